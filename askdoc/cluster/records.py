"""Sources and passages as the documents of a cluster hold them, each with a checksum."""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any

from askdoc.cluster.layout import (
    COUNTS,
    ROW,
    decoded,
    encoded,
    with_text,
    without_text,
)
from askdoc.cluster.searching import Found
from askdoc.cluster.state import MOST_ID
from askdoc.store.occurrences import HEAD_BYTES, pack_occurrences
from askdoc.store.prepared import PassageRecord, check_spans
from askdoc.store.sources import (
    Record,
    Source,
    pack_source,
)

_NUMBER = struct.Struct("<Q")
_CHECK = struct.Struct("<I")
# Of the largest number of a passage.
_MOST_DIGITS = 19


def number_in(found: Found) -> int:
    """The number by which a document is called.

    Raises:
        ValueError: it is called otherwise.
    """
    if not (found.id.isascii() and found.id.isdigit() and len(found.id) <= _MOST_DIGITS):
        raise ValueError("what was found has no number")
    return int(found.id)


def pack_record(source: Source) -> str:
    """A source as the cluster keeps it."""
    number, path, size, digest, facts, check = pack_source(source)
    parts = [number, encoded(path), size, digest.hex(), facts.decode("ascii"), check]
    return encoded(json.dumps(parts).encode("ascii"))


def unpack_record(packed: Any) -> Record:
    """What `pack_record` packed; what stands in it is checked when it is made a source.

    Raises:
        ValueError, TypeError: it is something else.
    """
    number, path, size, digest, facts, check = json.loads(decoded(packed))
    texts = path, digest, facts
    if not (
        {type(number), type(size), type(check)} == {int}
        and set(map(type, texts)) == {str}
        and 0 <= number < MOST_ID
    ):
        raise ValueError("a source was changed")
    return (
        number, decoded(path), size, bytes.fromhex(digest), facts.encode("ascii"), check,
    )  # fmt: skip


def pack_row(number: int, row: bytes) -> str:
    """A passage as the cluster keeps it: its number stands there, too."""
    text = len(PassageRecord.unpack(row).text)
    return with_text(_NUMBER.pack(number) + row, _NUMBER.size + len(row) - text)


def pack_counts(number: int, terms: str) -> str:
    """How often which terms stand in a passage, as the cluster keeps it."""
    return with_text(pack_occurrences(number, terms), HEAD_BYTES)


def pack_marks(number: int, marks: bytes) -> bytes:
    """The marks of a source as the cluster keeps them, with a checksum that holds for it only."""
    return _CHECK.pack(zlib.crc32(marks, zlib.crc32(_NUMBER.pack(number)))) + marks


def content_of(found: Found) -> tuple[bytes, bytes]:
    """A passage that was found: which terms it has, and the passage itself."""
    return without_text(found.source[COUNTS]), without_text(found.source[ROW])


def passage_of(number: int, packed: bytes) -> PassageRecord:
    if packed[: _NUMBER.size] != _NUMBER.pack(number):
        raise ValueError(f"passage {number} was changed")
    return check_spans(PassageRecord.unpack(packed[_NUMBER.size :]))
