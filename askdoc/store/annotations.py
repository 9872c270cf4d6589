"""What is marked in a document's text, packed: headings, pages, places, notes, tables, asides."""

from __future__ import annotations

import json
import zlib
from typing import Any

from askdoc.model import Document, Heading, Place, Span, Table

# To how many bytes marks may unpack: those of a large table shrink to a tenth.
_MOST_MARKS = 64 * 2**20
_MOST_TIMES = 30

Marks = tuple[
    tuple[Heading, ...],
    tuple[int, ...],
    tuple[Place, ...],
    tuple[str, ...],
    tuple[Table, ...],
    tuple[Span, ...],
]


def write_marks(document: Document) -> bytes:
    """Headings, pages, places, notes, tables and asides, packed; b"" where there are none."""
    marked = document.headings or document.page_starts or document.places or document.tables
    if not marked and not document.notes and not document.asides:
        return b""
    content: list[Any] = [
        [[*heading.span, heading.title, heading.level] for heading in document.headings],
        document.page_starts,
        document.places,
        document.notes,
        [[*table.span, table.title, table.columns] for table in document.tables],
    ]
    if document.asides:
        content.append(document.asides)
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode("utf-8"), 1)


def read_marks(packed: bytes) -> Marks:
    """What `write_marks` packed.

    Raises:
        ValueError: it is damaged, or unpacks to more than a document has.
    """
    if not packed:
        return (), (), (), (), (), ()
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, max(_MOST_MARKS, _MOST_TIMES * len(packed)))
        if not unpacking.eof or unpacking.unused_data:
            raise ValueError("marks were changed")
        headings, page_starts, places, notes, tables, *others = json.loads(content)
        (asides,) = others or [()]
        marks = (
            tuple(Heading(Span(start, end), title, level) for start, end, title, level in headings),
            tuple(page_starts),
            tuple(Place(start, name) for start, name in places),
            tuple(notes),
            tuple(
                Table(Span(start, end), title, tuple(columns))
                for start, end, title, columns in tables
            ),
            tuple(Span(start, end) for start, end in asides),
        )
        _check_marks(*marks)
    except (zlib.error, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    return marks


def _check_marks(
    headings: tuple[Heading, ...],
    page_starts: tuple[int, ...],
    places: tuple[Place, ...],
    notes: tuple[str, ...],
    tables: tuple[Table, ...],
    asides: tuple[Span, ...],
) -> None:
    """See that all is of the type that it should be, and can be printed."""
    numbers = [
        *page_starts,
        *(place.start for place in places),
        *(number for one in headings for number in (*one.span, one.level)),
        *(number for table in tables for number in table.span),
        *(number for span in asides for number in span),
    ]
    if not {type(number) for number in numbers} <= {int} or min(numbers, default=0) < 0:
        raise ValueError("marks were changed")
    texts = [*notes, *(one.title for one in headings), *(place.name for place in places)]
    texts += [text for table in tables for text in (table.title, *table.columns)]
    for text in texts:
        if not text.isascii():
            text.encode()  # No half of a surrogate pair.
