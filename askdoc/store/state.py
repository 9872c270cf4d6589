"""What is committed, as one row of the catalogue.

It has a checksum, and no field of another type, too few or too many is taken: a checksum only says
that nothing was damaged, and whoever makes an index to do harm can work one out.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

_MOST = 2**62
_DIGEST_BYTES = 20
# Passages are numbered by their source's number times 2^24.
_MOST_ID = 2**38
_LONGEST_PATH = 2**16


class SegmentFile(NamedTuple):
    """A file of the inverted index: its name, its size in bytes and its checksum."""

    name: str
    size: int
    sum: int


class State(NamedTuple):
    """What is committed.

    `generation` counts commits, `edition` those that changed what is found. `next_id` is the number
    of the next source. `sources` counts these, readable or not, and `sources_sum` adds up their
    checksums, modulo 2^64. `documents` and `passages` count what can be asked, `terms` what these
    passages have, a term as often as it stands there. `roots` are the paths that were named:
    absolute path, name as given; `unfinished` those of them, absolute, that were not read to their
    end. `listing` is tantivy's list of what the inverted index consists of, `files` are all files
    of that list.
    """

    generation: int = 0
    edition: int = 0
    next_id: int = 1
    sources: int = 0
    sources_sum: int = 0
    documents: int = 0
    passages: int = 0
    terms: int = 0
    roots: tuple[tuple[str, str], ...] = ()
    unfinished: tuple[str, ...] = ()
    listing: str = ""
    files: tuple[SegmentFile, ...] = ()

    @property
    def waiting(self) -> tuple[str, ...]:
        """The names of the roots that were not read to their end, as they were given."""
        names = dict(self.roots)
        return tuple(names.get(path, path) for path in self.unfinished)


def pack_state(state: State) -> tuple[bytes, int]:
    """A state as it is stored, and its checksum."""
    content = json.dumps(state._asdict()).encode("ascii")
    return content, zlib.crc32(content)


def digest_of_state(state: State, contents: Iterable[bytes] = ()) -> str:
    """What tells one state from any other, also from one that is made to look like it.

    Args:
        state: what is committed.
        contents: digests of what its files hold, since a checksum can be had with any content.
    """
    whole = hashlib.blake2b(pack_state(state)[0], digest_size=_DIGEST_BYTES)
    for content in contents:
        whole.update(content)
    return whole.hexdigest()


def unpack_state(content: Any, check: Any) -> State:
    """What `pack_state` packed.

    Raises:
        ValueError: it is something else.
    """
    if type(content) is not bytes or zlib.crc32(content) != check:
        raise ValueError("its state was changed")
    try:
        found = json.loads(content)
        if type(found) is not dict or found.keys() != _READ.keys():
            raise ValueError("its state has other fields")
        return State(**{name: read(found[name]) for name, read in _READ.items()})
    except (ValueError, RecursionError) as error:
        raise ValueError(f"its state was changed: {error}") from None


def _number(most: int) -> Callable[[Any], int]:
    def read(found: Any) -> int:
        if type(found) is not int or not 0 <= found < most:
            raise ValueError("no number")
        return found

    return read


def _text(longest: int) -> Callable[[Any], str]:
    def read(found: Any) -> str:
        if type(found) is not str or len(found) > longest:
            raise ValueError("no text")
        return found

    return read


def _path(found: Any) -> str:
    path = _text(_LONGEST_PATH)(found)
    # Not every text is one: what follows would fail in the middle of something else.
    if b"\0" in os.fsencode(path):
        raise ValueError("no path")
    return path


def _several(read: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def read_all(found: Any) -> tuple[Any, ...]:
        if type(found) is not list:
            raise ValueError("no list")
        return tuple(map(read, found))

    return read_all


def _record(
    make: Callable[..., Any], *fields: Callable[[Any], Any]
) -> Callable[[Any], tuple[Any, ...]]:
    def read(found: Any) -> tuple[Any, ...]:
        if type(found) is not list or len(found) != len(fields):
            raise ValueError("no record")
        made: tuple[Any, ...] = make(*(one(part) for one, part in zip(fields, found, strict=True)))
        return made

    return read


def _pair(path: str, name: str) -> tuple[str, str]:
    return path, name


_READ: dict[str, Callable[[Any], Any]] = {
    "generation": _number(_MOST),
    "edition": _number(_MOST),
    "next_id": _number(_MOST_ID),
    "sources": _number(_MOST_ID),
    "sources_sum": _number(2**64),
    "documents": _number(_MOST_ID),
    "passages": _number(_MOST),
    "terms": _number(_MOST),
    "roots": _several(_record(_pair, _path, _text(_LONGEST_PATH))),
    "unfinished": _several(_path),
    "listing": _text(2**22),
    "files": _several(_record(SegmentFile, _text(100), _number(_MOST), _number(2**32))),
}
