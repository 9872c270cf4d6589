"""Plain text, and everything that a person writes as text under another name: logs, .rst, code."""

from __future__ import annotations

from askdoc.load.common.clauses import with_clauses
from askdoc.load.common.decode import decode
from askdoc.load.text.pipe_tables import mark_tables
from askdoc.model import Document


def load_plain(data: bytes, source: str) -> Document:
    """A document whose text is the file, decoded and otherwise exactly as it is.

    Its headings are those of numbered clauses, where it has some.

    Raises:
        UnsupportedFormat: the bytes are not text.
        EmptySource: there is nothing but white space.
    """
    text, notes = decode(data, source)
    return with_clauses(mark_tables(Document(text, source, notes=notes)))
