"""Files of the index, as rows of the catalogue.

Each row has a checksum of its own, since SQLite has none: a flipped bit must be an error, never
another file. What has the right sum may still be made by somebody else: whatever is not of the
type that askdoc writes is damage as well.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple

from askdoc.english.analyzer import replace_lone_surrogates
from askdoc.store.prepared import pack

# A passage's number is its source's times this, and its own place in the source.
_BITS = 24
MOST_PASSAGES = 1 << _BITS
_MOST_NUMBER = 2**62
_MOST_TIME = 2**63
_PROBLEM_PARTS = 4


class Source(NamedTuple):
    """A file of the index, or one that could not be read.

    `path` is absolute, in the bytes of the file system; `name` as it is shown. `modified`,
    `changed` and `seen` are nanoseconds since 1970: of the last change of the file's content as
    its time stamp tells, of the last change that the system noted, and of when these were looked
    up; `seen` is 0 where the file is to be tried again. `length` counts code points, `terms` what
    all passages have, a term as often as it stands there; `notes` are the document's. `problem` is
    empty, or the kind, what, where and remedy of the error that reading it gave. `reading` tells
    which way of reading and cutting it has led to all of this, and `tries` how often in a row
    reading it came to no end, 0 for most.
    """

    id: int
    path: bytes
    name: str
    size: int
    modified: int
    seen: int
    digest: bytes
    passages: int = 0
    sentences: int = 0
    lines: int = 0
    length: int = 0
    notes: tuple[str, ...] = ()
    problem: tuple[str, ...] = ()
    changed: int = 0
    reading: str = ""
    tries: int = 0
    terms: int = 0


Record = tuple[int, bytes, int, bytes, bytes, int]
"""A source as SQLite has it: id, path, size, digest, facts, checksum."""

COLUMNS = "id, path, size, digest, facts, sum"
_SEARCHED = ("id", "path", "size", "digest")


def source_of(passage: int) -> int:
    """The number of the source that a passage's number tells."""
    return passage >> _BITS


def first_passage(source: int) -> int:
    """The number of a source's first passage; the others follow."""
    return source << _BITS


def pack_source(source: Source) -> Record:
    """A source as SQLite has it."""
    # What is never searched for.
    facts = [value for name, value in source._asdict().items() if name not in _SEARCHED]
    packed = json.dumps(facts).encode("ascii")
    key = source.id, source.path, source.size, source.digest
    return (*key, packed, zlib.crc32(_covered(*key, packed)))


def unpack_source(record: Sequence[Any]) -> Source:
    """What `pack_source` packed.

    Raises:
        ValueError: it is something else.
    """
    number, path, size, digest, facts, check = record
    try:
        if zlib.crc32(_covered(number, path, size, digest, facts)) != check:
            raise ValueError
        (
            name, modified, seen, passages, sentences, lines, length, notes, problem, changed,
            reading, tries, terms,
        ) = json.loads(facts)  # fmt: skip
        times = (modified, seen, changed)
        numbers = (size, passages, sentences, lines, length, tries, terms)
        if not (
            type(name) is type(reading) is str
            and set(map(type, (*times, *numbers))) == {int}
            and max(map(abs, times)) < _MOST_TIME
            and 0 <= min(numbers) <= max(numbers) < _MOST_NUMBER
            and passages < MOST_PASSAGES
            and _are_texts(notes)
            and _are_texts(problem)
            and len(problem) in (0, _PROBLEM_PARTS)
        ):
            raise ValueError
    except (ValueError, TypeError, RecursionError):
        raise ValueError(f"source {number!r:.40} was changed") from None
    return Source(
        number, path, _whole(name), size, modified, seen, digest, passages, sentences, lines,
        length, tuple(map(_whole, notes)), tuple(map(_whole, problem)), changed, reading, tries,
        terms,
    )  # fmt: skip


def _covered(number: int, path: bytes, size: int, digest: bytes, facts: bytes) -> bytes:
    return pack((b"%d %d" % (number, size), path, digest, facts))


def _are_texts(found: Any) -> bool:
    return type(found) is list and set(map(type, found)) <= {str}


def _whole(text: str) -> str:
    """A text that can be printed, whatever JSON made it of."""
    return text if text.isascii() else replace_lone_surrogates(text)
