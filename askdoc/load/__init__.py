"""Path -> Document: find what the user named, decode it, mark its headings.

`formats` is the table from suffix to loader, `walk` finds files and `files` reads one. Loaders
stand in rooms: `text`, `web`, `mail`, `pdf`, `office`, `slides` and `sheets`, over `common` and
`tables`, which several of them need. What is named is read by `askdoc.reading`.
"""

from __future__ import annotations

from askdoc import split
from askdoc.english.analyzer import replace_lone_surrogates
from askdoc.load.common.clauses import with_clauses
from askdoc.load.files import load_bytes, read_bytes
from askdoc.load.formats import loader_for
from askdoc.load.text.markdown import load_markdown, mark_headings
from askdoc.load.text.pipe_tables import mark_tables
from askdoc.model import Document

__all__ = ["VERSION", "load_bytes", "load_text", "read_bytes", "reading"]

VERSION = 7
"""Raised whenever a loader makes another text of the same file, or other headings or tables: none
is kept from before."""


def reading() -> str:
    """What tells one way of making documents of files, and sentences of these, from another."""
    return f"{VERSION}-{split.VERSION}"


def load_text(text: str, source: str) -> Document:
    """A document of text that is at hand, kept exactly: `document.text == text`.

    But for lone surrogates, which no encoding and so no JSON can hold: they become U+FFFD, one for
    one, and the document's notes say so.

    Args:
        text: the text.
        source: the name that citations give; Markdown headings are marked if it ends in a
            Markdown suffix.
    """
    kept = replace_lone_surrogates(text)
    notes = () if kept == text else ("lone surrogates were replaced by U+FFFD",)
    document = Document(kept, replace_lone_surrogates(source), notes=notes)
    if loader_for(source) is load_markdown:
        document = mark_headings(document)
    return with_clauses(mark_tables(document))
