"""What is committed to an index in a cluster: one document, replaced by compare-and-set.

Whatever a writer puts into the cluster is seen by nobody before this document says so: it tells up
to which number passages and sources count, and which of them do not (any more).
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable
from typing import Any, NamedTuple

from askdoc.cluster.layout import EPOCH
from askdoc.store.folder import FORMAT, analysis
from askdoc.store.state import State, pack_state, unpack_state

_MOST = 2**62
# Of numbers of sources, as `store.state` has it.
MOST_ID = 2**38
_MOST_TIME = 2**63
_MOST_OWNER = 100


class Lease(NamedTuple):
    """The right to write: who has it, and until when, in milliseconds since 1970.

    The time only says when another writer may try. What keeps two from committing is that each
    replaces the very document that it has read.
    """

    owner: str
    until: int


class ClusterState(NamedTuple):
    """What is committed.

    `state` is what every saved index has; its `listing` is the epoch, which is part of the names of
    the indices that hold it, and a number of sources is one of their documents', too. `typical` is
    how many terms a passage had when the epoch was begun, by which OpenSearch scores it. Numbers
    below `reserved` may have been used by a writer. `holes` are numbers, from the first to before
    the last, that a writer had who did not come to its end; `doubtful` are such that were handed to
    the cluster more than once, since no reply had come. What was sent first may arrive when all was
    removed again, so that those of them that are gone are never forgotten. `dead` are sources that
    are no longer there, and `superseded` documents of sources of which something else is known now,
    each with the edition that left it out: they are deleted when no reader needs them.
    """

    state: State
    typical: int = 1
    reserved: int = 1
    holes: tuple[tuple[int, int], ...] = ()
    doubtful: tuple[tuple[int, int], ...] = ()
    dead: tuple[tuple[int, int], ...] = ()
    superseded: tuple[tuple[int, int], ...] = ()
    lease: Lease | None = None

    @property
    def epoch(self) -> str:
        """What tells the indices of this state from others that were made before."""
        return self.state.listing

    def is_doubtful(self, number: int) -> bool:
        """Whether what has this number may arrive once more."""
        return any(first <= number < last for first, last in self.doubtful)


class Outdated(Exception):
    """Another version of askdoc wrote this."""


def pack(found: ClusterState) -> dict[str, object]:
    """A state as the document that is stored."""
    content = json.dumps(
        {
            "format": FORMAT,
            "analysis": analysis(),
            **found._asdict(),
            "state": pack_state(found.state)[0].decode("ascii"),
        }
    )
    return {"content": content, "sum": zlib.crc32(content.encode("ascii"))}


def unpack(document: Any) -> ClusterState:
    """What `pack` packed.

    Raises:
        Outdated: another version did.
        ValueError: it is something else.
    """
    try:
        content = document["content"].encode("ascii")
        if zlib.crc32(content) != document["sum"]:
            raise ValueError("its state was changed")
        found = json.loads(content)
        if (found.pop("format"), found.pop("analysis")) != (FORMAT, analysis()):
            raise Outdated
        if found.keys() != _READ.keys():
            raise ValueError("its state has other fields")
        state = ClusterState(**{name: read(found[name]) for name, read in _READ.items()})
    except (LookupError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise ValueError(f"its state was changed: {error}") from None
    # It becomes a part of the names of indices.
    if not (state.state.next_id <= state.reserved and re.fullmatch(EPOCH, state.epoch)):
        raise ValueError("its state was changed: numbers do not fit together")
    return state


def _state(found: Any) -> State:
    content = found.encode("ascii")
    return unpack_state(content, zlib.crc32(content))


def _number(least: int, most: int) -> Callable[[Any], int]:
    def read(found: Any) -> int:
        if type(found) is not int or not least <= found < most:
            raise ValueError("no number")
        return found

    return read


def _pairs(most: int) -> Callable[[Any], tuple[tuple[int, int], ...]]:
    first, second = _number(0, MOST_ID), _number(0, most)

    def read(found: Any) -> tuple[tuple[int, int], ...]:
        if type(found) is not list or any(type(one) is not list for one in found):
            raise ValueError("no list")
        return tuple((first(one), second(other)) for one, other in found)

    return read


def _lease(found: Any) -> Lease | None:
    if found is None:
        return None
    owner, until = found
    if type(owner) is not str or len(owner) > _MOST_OWNER:
        raise ValueError("no lease")
    return Lease(owner, _number(0, _MOST_TIME)(until))


_READ: dict[str, Callable[[Any], Any]] = {
    "state": _state,
    "typical": _number(1, 2**31),
    "reserved": _number(1, MOST_ID),
    "holes": _pairs(MOST_ID),
    "doubtful": _pairs(MOST_ID),
    "dead": _pairs(_MOST),
    "superseded": _pairs(_MOST),
    "lease": _lease,
}
