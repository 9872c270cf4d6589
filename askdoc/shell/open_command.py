"""`/open N`: a sentence in its document."""

from __future__ import annotations

from askdoc.errors import AskdocError
from askdoc.model import Citation, Document
from askdoc.present import sanitize, surroundings
from askdoc.shell.answers import numbered
from askdoc.shell.command import Page, Reply
from askdoc.shell.state import ShellState


def open_page(state: ShellState, argument: str) -> Reply:
    """`/open [N]`: the document of sentence N, to be looked at.

    The text is the sentence with a few lines before and after, for where there is no screen to
    scroll.

    Raises:
        AskdocError: there is no such sentence, or it no longer stands in its document.
    """
    page = _page(state, argument)
    return Reply(surroundings(page.document, page.citation, state.style()), page=page)


def _page(state: ShellState, argument: str) -> Page:
    _, citation = numbered(state.shown, argument, "/open")
    for document in state.everyone.documents:
        if document.source == citation.source and _stands_in(document, citation):
            return Page(document, citation)
    raise AskdocError("the quote no longer stands in", sanitize(citation.source))


def _stands_in(document: Document, citation: Citation) -> bool:
    return document.part(citation.start, citation.end) == citation.quote
