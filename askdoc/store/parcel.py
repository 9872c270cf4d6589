"""A document ready to be stored: its passages with their text, spans and terms, and its marks.

Documents are prepared in child processes, which hand over bytes, and what is asked again is kept as
bytes between two runs: both are this. Nothing is unpickled, for the child has just read a file of
somebody else's.
"""

from __future__ import annotations

import json
import struct
import zlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple
from zlib import crc32

from askdoc.model import Document, Heading, Passage, Place, Sentence, Span
from askdoc.split import cut
from askdoc.text import joined_terms

_COUNT = struct.Struct("<Q")
_COUNTS = struct.Struct("<QQ")
_SPAN_BYTES = 2 * array("I").itemsize


class Row(NamedTuple):
    """A passage as it is stored.

    `text` is UTF-8 and runs to the start of the next passage, so that the texts of all rows joined
    are the document's text. `start` is an offset in it, `line` the 1-based line of that; `spans`
    holds the starts of the sentences and then their ends, as 32-bit offsets. `check` is `checksum`
    of the others: reckoned where the passage is made, compared where it is read.
    """

    start: int
    line: int
    spans: bytes
    text: bytes
    check: int


def checksum(start: int, line: int, spans: bytes, text: bytes) -> int:
    """What tells a passage from one with a flipped bit."""
    return crc32(text, crc32(spans, crc32(b"%d %d" % (start, line))))


class Parcel(NamedTuple):
    """A document ready to be stored.

    `marks` holds headings, pages, places and notes, packed; `terms` a string a row: the passage's
    terms, parted by blanks. `length` counts code points, `lines` the lines that a person counts.
    """

    rows: list[Row]
    terms: list[str]
    marks: bytes
    length: int
    lines: int

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return sum(len(row.spans) for row in self.rows) // _SPAN_BYTES

    def to_bytes(self) -> bytes:
        """All of it, for a pipe or a file; `from_bytes` reads it again."""
        numbers = array("Q", [number for row in self.rows for number in (row[0], row[1], row[4])])
        lengths = array("I", [len(piece) for row in self.rows for piece in row[2:4]])
        return pack(
            [
                _COUNTS.pack(self.length, self.lines),
                self.marks,
                numbers.tobytes(),
                lengths.tobytes(),
                b"".join(row.spans for row in self.rows),
                b"".join(row.text for row in self.rows),
                "\n".join(self.terms).encode("utf-8", "replace"),
            ]
        )

    @classmethod
    def from_bytes(cls, data: bytes | memoryview) -> Parcel:
        """What `to_bytes` made.

        Raises:
            ValueError: it is something else, or damaged.
        """
        try:
            return cls._from_sections(unpack(data))
        except (ValueError, struct.error, IndexError) as error:
            raise ValueError(f"not a parcel: {error}") from None

    @classmethod
    def _from_sections(cls, sections: Sequence[memoryview]) -> Parcel:
        counts, marks, numbers, lengths, spans, text, terms = sections
        of_rows = array("Q", bytes(numbers))
        sizes = array("I", bytes(lengths))
        columns = (
            of_rows[0::3],
            of_rows[1::3],
            _pieces(bytes(spans), sizes[0::2]),
            _pieces(bytes(text), sizes[1::2]),
            of_rows[2::3],
        )
        # A zip that is strict says so if they do not fit together.
        rows = list(map(Row._make, zip(*columns, strict=True)))
        lines = str(terms, "utf-8").split("\n") if rows else []
        if len(lines) != len(rows):
            raise ValueError("its parts do not fit together")
        return cls(rows, lines, bytes(marks), *_COUNTS.unpack(counts))

    def document(self, source: str) -> Document:
        """The document, as it was."""
        headings, page_starts, places, notes = read_marks(self.marks)
        text = b"".join(row.text for row in self.rows).decode("utf-8")
        return Document(text, source, headings, page_starts, notes, places)

    def passages(self, document: Document) -> list[Passage]:
        """The passages of the document that `document` gave."""
        return [Passage(document, sentences(document, row.spans)) for row in self.rows]


def _pieces(whole: bytes, sizes: array[int]) -> list[bytes]:
    """The parts of so many bytes that something consists of."""
    ends = list(accumulate(sizes, initial=0))
    if ends[-1] != len(whole):
        raise ValueError("its parts do not fit together")
    return [whole[start:end] for start, end in pairwise(ends)]


def prepare(document: Document) -> Parcel:
    """A document, split and analysed."""
    text = document.text
    found = cut(text, {heading.span.start for heading in document.headings})
    firsts = list(accumulate(found.sizes, initial=0))
    starts = [0, *(found.starts[first] for first in firsts[1:-1]), len(text)]
    rows, terms, line = [], [], 1
    odd = "\r" in text
    for at, size in enumerate(found.sizes):
        first, start, end = firsts[at], starts[at], starts[at + 1]
        opens, closes = found.starts[first : first + size], found.ends[first : first + size]
        spans = opens.tobytes() + closes.tobytes()
        piece = text[start:end]
        content = start, line, spans, piece.encode("utf-8")
        rows.append(Row(*content, checksum(*content)))
        # But for white space around them, the sentences are all there is.
        terms.append(joined_terms(piece.strip()))
        line = document.line_at(end) if odd else line + piece.count("\n")
    return Parcel(rows, terms, write_marks(document), len(text), document.lines)


def sentences(document: Document, spans: bytes) -> tuple[Sentence, ...]:
    """The sentences of a stored passage."""
    offsets = array("I", spans)
    half = len(offsets) // 2
    return tuple(
        Sentence(document, start, end)
        for start, end in zip(offsets[:half], offsets[half:], strict=True)
    )


Marks = tuple[tuple[Heading, ...], tuple[int, ...], tuple[Place, ...], tuple[str, ...]]


def write_marks(document: Document) -> bytes:
    """Headings, pages, places and notes, packed; b"" where there are none."""
    if not (document.headings or document.page_starts or document.places or document.notes):
        return b""
    content: list[Any] = [
        [[*heading.span, heading.title, heading.level] for heading in document.headings],
        document.page_starts,
        document.places,
        document.notes,
    ]
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode("utf-8"), 1)


def read_marks(packed: bytes) -> Marks:
    """What `write_marks` packed.

    Raises:
        ValueError: it is damaged.
    """
    if not packed:
        return (), (), (), ()
    try:
        headings, page_starts, places, notes = json.loads(zlib.decompress(packed))
        return (
            tuple(Heading(Span(start, end), title, level) for start, end, title, level in headings),
            tuple(page_starts),
            tuple(Place(start, name) for start, name in places),
            tuple(notes),
        )
    except (zlib.error, TypeError) as error:
        raise ValueError(str(error)) from None


def pack(sections: Iterable[bytes]) -> bytes:
    """Some byte strings as one: each after its length."""
    return b"".join(piece for section in sections for piece in (_COUNT.pack(len(section)), section))


def unpack(data: bytes | memoryview) -> list[memoryview]:
    """What `pack` put together.

    Raises:
        ValueError: it is something else, or cut short.
    """
    view, at, found = memoryview(data), 0, []
    while at < len(view):
        if at + _COUNT.size > len(view):
            raise ValueError("cut short")
        (size,) = _COUNT.unpack_from(view, at)
        at += _COUNT.size
        if at + size > len(view):
            raise ValueError("cut short")
        found.append(view[at : at + size])
        at += size
    return found
