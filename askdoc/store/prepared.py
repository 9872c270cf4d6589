"""A document ready to be stored: its passages with their text, spans and terms, and its marks.

Documents are prepared in child processes, which hand over bytes, and what is asked again is kept as
bytes between two runs: both are this. Nothing is unpickled, for the child has just read a file of
somebody else's.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple
from zlib import crc32

from askdoc.english.analyzer import joined_terms
from askdoc.model import Document, Passage, Sentence
from askdoc.split import cut
from askdoc.store.annotations import read_marks, write_marks

_COUNT = struct.Struct("<Q")
_COUNTS = struct.Struct("<QQQ")
_ROW = struct.Struct("<IQQI")
_CHECK_BYTES = 4
# Where a sentence begins and where it ends.
_SPAN_BYTES = 8


class PassageRecord(NamedTuple):
    """A passage as it is stored.

    `text` is UTF-8 and runs to the start of the next passage, so that the texts of all rows joined
    are the document's text. `start` is an offset in it, `line` the 1-based line of that; `spans`
    holds the starts of the sentences and then their ends, as 32-bit offsets.
    """

    start: int
    line: int
    spans: bytes
    text: bytes

    def pack(self) -> bytes:
        """All of it, with a checksum in front."""
        head = _ROW.pack(0, self.start, self.line, len(self.spans))[_CHECK_BYTES:]
        content = b"".join((head, self.spans, self.text))
        return crc32(content).to_bytes(_CHECK_BYTES, "little") + content

    @classmethod
    def unpack(cls, packed: bytes, first: int = 0) -> PassageRecord:
        """What `pack` packed.

        Args:
            packed: that, behind something else.
            first: how many bytes stand before it.

        Raises:
            ValueError: it is something else, or damaged.
        """
        try:
            check, start, line, size = _ROW.unpack_from(packed, first)
        except struct.error as error:
            raise ValueError(str(error)) from None
        if crc32(packed[first + _CHECK_BYTES :]) != check:
            raise ValueError("a passage was changed")
        head = first + _ROW.size
        return cls(start, line, packed[head : head + size], packed[head + size :])


def check_spans(row: PassageRecord) -> PassageRecord:
    """A row that anybody may have made: its text is one, its sentences stand in it.

    Raises:
        ValueError: it was made to look sound.
    """
    first, _, spans, text = row
    offsets = array("I", spans)
    half = len(offsets) // 2
    # A question has some twenty rows checked, and a plain loop takes a third of the time of maps.
    at = first
    for start, end in zip(offsets[:half], offsets[half:], strict=True):
        if not at <= start < end:
            raise ValueError("a passage was changed")
        at = end
    length = len(text) if text.isascii() else len(str(text, "utf-8"))
    if not half or at > first + length:
        raise ValueError("a passage was changed")
    return row


class PreparedDocument(NamedTuple):
    """A document ready to be stored.

    `rows` are its passages in order, each packed as `PassageRecord` does, and `terms` a string a
    passage: its terms, parted by blanks. `marks` holds headings, pages, places and notes, packed.
    `length` counts code points, `lines` the lines that a person counts.
    """

    rows: list[bytes]
    terms: list[str]
    marks: bytes
    length: int
    lines: int
    sentences: int

    @property
    def term_count(self) -> int:
        """How many terms all passages have, one as often as it stands there."""
        return count_terms(self.terms)

    def to_bytes(self) -> bytes:
        """All of it, for a pipe or a file; `from_bytes` reads it again."""
        return b"".join(self.pieces())

    def pieces(self) -> list[bytes]:
        """What `to_bytes` gives, before it is put together."""
        terms = [f"{line}\n".encode("utf-8", "replace") for line in self.terms]
        terms[-1:] = [last[:-1] for last in terms[-1:]]
        counts = _COUNTS.pack(self.length, self.lines, self.sentences)
        sizes = array("I", map(len, self.rows)).tobytes()
        return packed(([counts], [self.marks], [sizes], self.rows, terms))

    @classmethod
    def from_bytes(cls, data: bytes | memoryview) -> PreparedDocument:
        """What `to_bytes` made.

        Raises:
            ValueError: it is something else, or damaged.
        """
        try:
            counts, marks, sizes, packed, terms = unpack(data)
            rows = _pieces(bytes(packed), array("I", bytes(sizes)))
            length, lines, sentences = _COUNTS.unpack(counts)
        except (ValueError, struct.error) as error:
            raise ValueError(f"not a parcel: {error}") from None
        joined = str(terms, "utf-8").split("\n") if rows else []
        if len(joined) != len(rows):
            raise ValueError("not a parcel: its parts do not fit together")
        return cls(rows, joined, bytes(marks), length, lines, sentences)

    def document(self, source: str) -> Document:
        """The document, as it was; `prepare` makes nothing else of it than this parcel.

        Whoever made the parcel, it is then one that `prepare` could have made.

        Raises:
            ValueError: it is not.
        """
        texts = []
        at = sentences = 0
        for packed in self.rows:
            row = check_spans(PassageRecord.unpack(packed))
            if row.start != at or not 1 <= row.line <= self.lines:
                raise ValueError("passages do not follow each other")
            texts.append(str(row.text, "utf-8"))
            at += len(texts[-1])
            sentences += len(row.spans) // _SPAN_BYTES
        if (at, sentences) != (self.length, self.sentences) or not self.lines <= at > 0:
            raise ValueError("not as much as it says")
        headings, page_starts, places, notes, tables, asides = read_marks(self.marks)
        document = _Prepared(
            "".join(texts), source, headings, page_starts, notes, places, tables, asides
        )
        document.__dict__["parcel"] = self  # A frozen dataclass has no other way.
        return document

    def passages(self, document: Document) -> list[Passage]:
        """The passages of the document that `document` gave."""
        return [
            Passage(document, sentences(document, PassageRecord.unpack(row).spans))
            for row in self.rows
        ]


def count_terms(passages: Iterable[str]) -> int:
    """How many terms some passages have, whose terms are parted by blanks."""
    return sum(len(terms.split()) for terms in passages)


def _pieces(whole: bytes, sizes: array[int]) -> list[bytes]:
    """The parts of so many bytes that something consists of."""
    ends = list(accumulate(sizes, initial=0))
    if ends[-1] != len(whole):
        raise ValueError("its parts do not fit together")
    return [whole[start:end] for start, end in pairwise(ends)]


class _Prepared(Document):
    """A document that was made of a parcel, and brings it along.

    What is made of it by changing a field has none.
    """

    parcel: PreparedDocument | None = None


def prepare(document: Document) -> PreparedDocument:
    """A document, split and analysed, unless that was done before."""
    if isinstance(document, _Prepared) and document.parcel is not None:
        return document.parcel
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
        rows.append(PassageRecord(start, line, spans, piece.encode("utf-8")).pack())
        # But for white space around them, the sentences are all there is.
        terms.append(joined_terms(piece.strip()))
        line = document.line_at(end) if odd else line + piece.count("\n")
    marks = write_marks(document)
    return PreparedDocument(rows, terms, marks, len(text), document.lines, len(found.starts))


def sentences(document: Document, spans: bytes) -> tuple[Sentence, ...]:
    """The sentences of a stored passage."""
    offsets = array("I", spans)
    half = len(offsets) // 2
    return tuple(
        Sentence(document, start, end)
        for start, end in zip(offsets[:half], offsets[half:], strict=True)
    )


def pack(sections: Iterable[bytes]) -> bytes:
    """Some byte strings as one: each after its length."""
    return b"".join(packed([section] for section in sections))


def packed(sections: Iterable[Sequence[bytes]]) -> list[bytes]:
    """What `pack` gives, in pieces, of byte strings that are in pieces themselves.

    However many lie in each other, what is large is copied once, when all are put together.
    """
    pieces: list[bytes] = []
    for section in sections:
        pieces.append(_COUNT.pack(sum(map(len, section))))
        pieces += section
    return pieces


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
