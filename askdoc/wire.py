"""Documents and errors as bytes and back, for what crosses from one process to another.

Not pickle, which would let a process that a hostile file has taken over run code in the one that
reads what it says. Offsets go as packed arrays and texts as UTF-8, so that neither takes time.
"""

from __future__ import annotations

import struct
import sys
from array import array
from itertools import accumulate, islice, pairwise

from askdoc.errors import (
    EmptySource,
    LinksNotFollowed,
    LoadError,
    SourceNotFound,
    SourceTooLarge,
    SourceUnreadable,
    UnsupportedFormat,
)
from askdoc.model import Document, Heading, Place, Span, Table

_DOCUMENT, _ERROR = b"D", b"E"
_ERRORS = {
    kind.__name__: kind
    for kind in (
        LoadError,
        SourceNotFound,
        SourceUnreadable,
        UnsupportedFormat,
        EmptySource,
        SourceTooLarge,
        LinksNotFollowed,
    )
}

# What it is; how many numbers; how many bytes of text.
_HEADER = struct.Struct("<cQQ")
# Headings, pages, places, notes, tables, names of columns, asides: how many there are of each.
_COUNTS = 7
# Lone surrogates, which a loader should not leave, come through all the same.
_CODING = ("utf-8", "surrogatepass")


def pack(result: Document | LoadError) -> bytes:
    """What came of reading a source, as bytes that `unpack` understands."""
    if isinstance(result, LoadError):
        return _pack(_ERROR, [], "", [type(result).__name__, *_parts(result)])
    headings, places, tables = result.headings, result.places, result.tables
    columns = [name for table in tables for name in table.columns]
    numbers = [len(headings), len(result.page_starts), len(places), len(result.notes)]
    numbers += [len(tables), len(columns), len(result.asides)]
    numbers += [heading.span.start for heading in headings]
    numbers += [heading.span.end for heading in headings]
    numbers += [heading.level for heading in headings]
    numbers += result.page_starts
    numbers += [place.start for place in places]
    numbers += [number for span in result.asides for number in span]
    numbers += [number for table in tables for number in (*table.span, len(table.columns))]
    strings = [result.source, *(heading.title for heading in headings)]
    strings += [place.name for place in places]
    strings += [table.title for table in tables]
    strings += columns
    strings += result.notes
    return _pack(_DOCUMENT, numbers, result.text, strings)


def unpack(data: bytes) -> Document | LoadError:
    """What was packed, exactly.

    Raises:
        ValueError: the bytes are not what `pack` gives.
    """
    try:
        kind, numbers, text, strings = _unpack(data)
        return _document(numbers, text, strings) if kind == _DOCUMENT else _error(strings)
    except (struct.error, IndexError, KeyError, TypeError, OverflowError) as error:
        raise ValueError("not a packed document") from error


def _parts(error: LoadError) -> tuple[str, str, str]:
    return error.what, error.where, error.remedy


def _pack(kind: bytes, numbers: list[int], text: str, strings: list[str]) -> bytes:
    """Numbers, one long text, and many short ones that go as one with the length of each."""
    packed = array("q", numbers)
    packed.extend(map(len, strings))
    if sys.byteorder == "big":
        packed.byteswap()
    body = text.encode(*_CODING)
    header = _HEADER.pack(kind, len(packed), len(body))
    return b"".join((header, packed.tobytes(), body, "".join(strings).encode(*_CODING)))


def _unpack(data: bytes) -> tuple[bytes, list[int], str, list[str]]:
    view = memoryview(data)
    kind, count, size = _HEADER.unpack_from(view)
    body = _HEADER.size + 8 * count
    if kind not in (_DOCUMENT, _ERROR) or body + size > len(view):
        raise ValueError("not a packed document")
    packed = array("q")
    packed.frombytes(view[_HEADER.size : body])
    if sys.byteorder == "big":
        packed.byteswap()
    text = str(view[body : body + size], *_CODING)
    short = str(view[body + size :], *_CODING)
    numbers = packed.tolist()
    own = _own_numbers(numbers) if kind == _DOCUMENT else 0
    lengths = numbers[own:]
    if min(lengths, default=0) < 0 or sum(lengths) != len(short):
        raise ValueError("not a packed document")
    bounds = pairwise(accumulate(lengths, initial=0))
    return kind, numbers[:own], text, [short[start:end] for start, end in bounds]


def _own_numbers(numbers: list[int]) -> int:
    """How many numbers of a document come before the lengths of its short texts."""
    headings, pages, places, notes, tables, columns, asides = numbers[:_COUNTS]
    own = _COUNTS + 3 * headings + pages + places + 2 * asides + 3 * tables
    short = 1 + headings + places + notes + tables + columns
    if min(numbers[:_COUNTS]) < 0 or own + short != len(numbers):
        raise ValueError("not a packed document")
    of_each = numbers[own - 3 * tables + 2 : own : 3]
    if min(of_each, default=0) < 0 or sum(of_each) != columns:
        raise ValueError("not a packed document")
    return own


def _document(numbers: list[int], text: str, strings: list[str]) -> Document:
    headings, pages, places, _, tables, columns, asides = numbers[:_COUNTS]
    offsets, short = iter(numbers[_COUNTS:]), iter(strings)
    source = next(short)
    spans = map(Span, list(islice(offsets, headings)), list(islice(offsets, headings)))
    levels = islice(offsets, headings)
    marked = tuple(map(Heading, spans, islice(short, headings), levels))
    page_starts = tuple(islice(offsets, pages))
    placed = tuple(map(Place, islice(offsets, places), islice(short, places)))
    beside = tuple(Span(next(offsets), next(offsets)) for _ in range(asides))
    titles, names = list(islice(short, tables)), islice(short, columns)
    grids = tuple(
        Table(Span(next(offsets), next(offsets)), title, tuple(islice(names, next(offsets))))
        for title in titles
    )
    # The names before the notes: all of them, since their counts add up.
    notes = tuple(short)
    return Document(text, source, marked, page_starts, notes, placed, grids, beside)


def _error(strings: list[str]) -> LoadError:
    kind, what, where, remedy = strings
    return _ERRORS[kind](what, where, remedy)
