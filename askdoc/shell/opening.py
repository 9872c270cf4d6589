"""`/open N`: a sentence in its document."""

from __future__ import annotations

from typing import NamedTuple

from askdoc.errors import AskdocError
from askdoc.model import Citation, Document
from askdoc.present import harmless, surroundings
from askdoc.shell.sitting import Sitting
from askdoc.shell.talking import numbered


class Page(NamedTuple):
    """What is looked at: a document, and the sentence in it that is marked."""

    document: Document
    citation: Citation


def page(sitting: Sitting, argument: str) -> Page:
    """The document of sentence N.

    Raises:
        AskdocError: there is no such sentence, or it no longer stands in its document.
    """
    _, citation = numbered(sitting.shown, argument, "/open")
    for document in sitting.everyone.documents:
        if document.source == citation.source and _stands_in(document, citation):
            return Page(document, citation)
    raise AskdocError("the quote no longer stands in", harmless(citation.source))


def around(opened: Page, sitting: Sitting) -> str:
    """The sentence with a few lines before and after, for where there is no screen to scroll."""
    return surroundings(opened.document, opened.citation, sitting.style())


def _stands_in(document: Document, citation: Citation) -> bool:
    return document.part(citation.start, citation.end) == citation.quote
