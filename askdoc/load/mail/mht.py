"""Web archives, which browsers save a page as with all that belongs to it: a mail of many parts."""

from __future__ import annotations

from askdoc.errors import EmptySource, UnsupportedFormat
from askdoc.load.common.clauses import with_clauses
from askdoc.load.mail.body import shown
from askdoc.load.mail.eml import message_of
from askdoc.load.mail.mime import cut_message
from askdoc.model import Document

_DEEPEST = 5


def load_mht(data: bytes, source: str) -> Document:
    """A document of the page that a browser saved as a web archive, with its headings.

    Raises:
        UnsupportedFormat: the bytes are not a web archive.
        EmptySource: the page shows no text.
    """
    if not data.strip():
        raise EmptySource("there is no text in it", source, "Give a file that has some.")
    part = message_of(data, source)
    for _ in range(_DEEPEST):
        if not part.type.startswith("multipart/"):
            break
        part = next(part.parts(), cut_message(b""))
    if part.type not in ("text/html", "application/xhtml+xml", "text/plain"):
        raise UnsupportedFormat(
            "a web archive without a page", source, "Save the page as HTML instead."
        )
    (text, headings, tables, asides), notes = shown(part, source, title=True)
    if not text:
        raise EmptySource("there is no text in it", source, "Give a file that has some.")
    return with_clauses(
        Document(text, source, headings=headings, notes=notes, tables=tables, asides=asides)
    )
