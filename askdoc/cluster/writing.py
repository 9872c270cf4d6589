"""Write an index in a cluster: who may, under which numbers, and how something is committed.

Any number of writers may try. Each has to replace the very state that it has read, so that only one
can commit; and each uses numbers that no other has had, so that what it leaves behind when it is
stopped stands where nobody looks.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from itertools import islice
from threading import Event, RLock, Thread
from types import TracebackType

from askdoc.cluster.catalog import Committed, look
from askdoc.cluster.client import Client
from askdoc.cluster.layout import (
    EPOCH,
    NUMBER,
    SOURCE,
    STATE,
    index_of_passages,
    index_of_sources,
    passages_body,
    sources_body,
    state_body,
    written,
)
from askdoc.cluster.replies import reason
from askdoc.cluster.searching import Found, failed, pages
from askdoc.cluster.state import MOST_ID, ClusterState, Lease, pack
from askdoc.cluster.visible import Clause, one_of
from askdoc.errors import (
    AskdocError,
    ClusterError,
    IndexBusy,
    IndexDamaged,
    IndexNotFound,
    IndexOutdated,
    IndexUnwritable,
)
from askdoc.store.state import State
from askdoc.store.telling import REBUILD, option

LEASE_SECONDS = 60.0
# Who says to have the right for longer had a clock that was wrong, and may long be gone.
_LONGEST_LEASE = 3600.0
# Each counts as two clauses of all queries, of which there may be 1,024.
_MOST_HOLES = 300
# A writer's numbers are set aside so many at a time: each takes a state to be replaced.
_BLOCK = 2**16
_TRIES = 20
_PAGE = 1_000
# Who is on the way out, stopped by Ctrl-C say, does not wait for a cluster that does not answer.
_LEAVING_SECONDS = 3.0

Now = Callable[[], float]


class Writer:
    """The right to write an index, for as long as it is entered.

    Args:
        client: speaks to the cluster.
        beat: another connection, by which the right is prolonged meanwhile; None: it is not.
        anew: whether what stands there need not be understood, since it is going to be replaced.
        seconds: how long the right lasts when it is not prolonged.
        now: tells the time in seconds.

    Attributes:
        is_clean: whether all numbers that were used are committed.

    Raises:
        IndexBusy: another one has it; from `replace`, that another one has taken it meanwhile.
        IndexNotFound, IndexOutdated, IndexDamaged, IndexUnwritable: there is no index that could be
            written.
    """

    def __init__(
        self,
        client: Client,
        beat: Client | None = None,
        *,
        anew: bool = False,
        seconds: float = LEASE_SECONDS,
        now: Now = time.time,
    ) -> None:
        self._client = client
        self._beat = beat
        self._seconds = seconds
        self._now = now
        self._owner = secrets.token_hex(8)
        self._lock = RLock()
        self._stopped = Event()
        self._thread: Thread | None = None
        self._holds = True
        self.is_clean = True
        self.committed = self._taken(anew)

    def __enter__(self) -> Writer:
        if self._beat is not None and self._holds:
            self._thread = Thread(
                target=self._prolong, args=(self._beat,), daemon=True, name="askdoc-lease"
            )
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(None if kind is None else _LEAVING_SECONDS)
            if self._thread.is_alive():
                return  # It waits for the cluster, and so would whoever gives back the right.
        if self._beat is not None:
            self._beat.close()
        given_back = self._release(hurried=kind is not None)
        if isinstance(error, ClusterError) and not given_back:
            # What was to be changed may have been cleared away by who has taken over.
            raise busy(self._client, "it has taken over") from error

    @property
    def found(self) -> ClusterState:
        """What is committed."""
        return self.committed.found

    def reserve(self, last: int) -> None:
        """Have all numbers up to this one, and not with it, to use.

        Raises:
            IndexUnwritable: there are no more.
        """
        with self._lock:
            if last >= MOST_ID:
                raise IndexUnwritable(
                    "the saved index has used up its numbers", str(self._client.address), REBUILD
                )
            if last > self.found.reserved:
                self.replace(self.found._replace(reserved=_set_aside(last)))

    def replace(self, found: ClusterState) -> None:
        """Commit another state; the lease in it is this writer's.

        Raises:
            IndexBusy: another writer has taken over, and nothing was committed.
        """
        with self._lock:
            self.committed = replaced(
                self._client, self.committed, found._replace(lease=self._lease())
            )
            self._holds = True

    def prolong(self, client: Client) -> None:
        """Have the right for longer; nothing else is another then.

        Raises:
            IndexBusy: another writer has taken over.
        """
        with self._lock:
            found = self.found._replace(lease=self._lease())
            self.committed = replaced(client, self.committed, found)

    # Inside

    def _lease(self) -> Lease:
        return Lease(self._owner, int((self._now() + self._seconds) * 1000))

    def _taken(self, anew: bool) -> Committed:
        """The state, with this writer's lease in it."""
        for _ in range(_TRIES):
            try:
                committed = look(self._client)
            except (IndexDamaged, IndexOutdated):
                if not anew:
                    raise
                # Nobody else's right could be read, and readers of another version go on.
                self._holds = False
                return unread(self._client)
            found = committed.found
            left = found.lease
            if left is not None:
                seconds = left.until / 1000 - self._now()
                if 0 < seconds <= _LONGEST_LEASE:
                    raise busy(self._client, f"for {int(seconds) + 1} seconds more at most")
                # It did not come to its end, and may still be writing.
                found = _passed_over(found)
            if len(found.holes) > _MOST_HOLES and not anew:
                raise IndexUnwritable(
                    f"{len(found.holes)} of those who wrote the saved index were stopped",
                    str(self._client.address), f"{REBUILD}{option(self._client.address)}",
                )  # fmt: skip
            reserved = _set_aside(max(found.reserved, found.state.next_id))
            found = found._replace(reserved=reserved, lease=self._lease())
            try:
                taken = replaced(self._client, committed, found)
            except IndexBusy:
                continue
            if left is not None and found.holes:
                with suppress(AskdocError):
                    refresh(self._client, *indices(self._client, found.epoch))
                    clear(self._client, found, left_behind=found.holes[-1:])
            return taken
        raise busy(self._client, "and others wait for it")

    def _prolong(self, client: Client) -> None:
        """Keep the right while something takes long."""
        while not self._stopped.wait(self._seconds / 4):
            try:
                self.prolong(client)
            except IndexBusy:
                return  # Whoever commits next is told.
            except AskdocError:
                continue

    def _release(self, *, hurried: bool) -> bool:
        """Give the right back; False where another one has taken it."""
        if not self._holds:
            return True
        found = self.found
        if self.is_clean:
            found = found._replace(lease=None, reserved=found.state.next_id)
        else:
            found = found._replace(lease=Lease(self._owner, 0))
        client = self._client.hasty(_LEAVING_SECONDS) if hurried else self._client
        try:
            replaced(client, self.committed, found, tries=1 if hurried else _TRIES)
        except IndexBusy:
            # Or it has just been prolonged.
            return self._thread is not None and self._thread.is_alive()
        except AskdocError:
            pass  # It ends by itself.
        return True


def replaced(
    client: Client, before: Committed, found: ClusterState, *, tries: int = _TRIES
) -> Committed:
    """Replace a state that was read by another.

    Raises:
        IndexBusy: it is not there any more, so that this can never be done.
        ClusterError: the cluster does not answer. It may have been done, or may yet be.
    """
    document = pack(found)
    error: ClusterError | None = None
    for _ in range(tries):
        query = {
            "if_seq_no": str(before.sequence), "if_primary_term": str(before.term),
            "require_alias": "true",
        }  # fmt: skip
        try:
            reply = client.request(
                "PUT", f"/{written(client.address.name)}/_doc/{STATE}", document, query=query,
                allowed=(409,), again=False,
            )  # fmt: skip
        except ClusterError as problem:
            error = problem
        else:
            if reply.status != 409:
                return Committed(found, *_position(client, reply.body))
        # Whether it, or an earlier try, was done, only the state itself can tell.
        now = look(client)
        if now.found == found:
            return now
        if _is_only_prolonged(before.found, now.found, found):
            before = now
        elif (now.sequence, now.term) != (before.sequence, before.term):
            raise busy(client, "it has taken over")
    raise error or failed(client, "it does not let its state be replaced")


def _is_only_prolonged(before: ClusterState, now: ClusterState, found: ClusterState) -> bool:
    """Whether the one who replaces a state has had the right for longer, and has not been told."""
    mine, there = found.lease or before.lease, now.lease
    return (
        mine is not None
        and there is not None
        and mine.owner == there.owner
        and there.until > 0  # it was not given back meanwhile
        and now._replace(lease=None) == before._replace(lease=None)
    )


def _position(client: Client, body: object) -> tuple[int, int]:
    """By what a document can be replaced that was read or written."""
    told = body if isinstance(body, dict) else {}
    sequence, term = told.get("_seq_no"), told.get("_primary_term")
    if type(sequence) is not int or type(term) is not int:
        raise failed(client, "its state has no number")
    return sequence, term


def _set_aside(last: int) -> int:
    return min(last + _BLOCK, MOST_ID - 1)


def busy(client: Client, how_long: str) -> IndexBusy:
    """That another writer has the right."""
    return IndexBusy(
        f"somebody else is writing the saved index ({how_long})",
        str(client.address),
        "Try again when they have finished; questions can be asked meanwhile.",
    )


def unread(client: Client) -> Committed:
    """The state as nothing, where it cannot be read: only by what it can be replaced.

    Raises:
        IndexNotFound: there is none.
    """
    address = client.address
    reply = client.request("GET", f"/{address.name}/_doc/{STATE}", allowed=(404,))
    if reply.status == 404:
        remedy = f"Make one: askdoc index PATH...{option(address)}"
        raise IndexNotFound("there is no saved index", str(address), remedy)
    return Committed(ClusterState(State()), *_position(client, reply.body))


def make(client: Client, epoch: str, typical: int, shards: int) -> None:
    """Make the indices of an epoch, which hold nothing."""
    bodies = passages_body(typical, shards), sources_body()
    for index, body in zip(indices(client, epoch), bodies, strict=True):
        _create(client, index, body)


def indices(client: Client, epoch: str) -> tuple[str, str]:
    """The indices of an epoch: of its passages, and of its sources."""
    name = client.address.name
    return index_of_passages(name, epoch), index_of_sources(name, epoch)


def _create(client: Client, index: str, body: Mapping[str, object]) -> None:
    """Make an index, unless it is there; a try whose reply was lost may have made it."""
    body = {**body, "aliases": {written(index): {}}}
    reply = client.request("PUT", f"/{index}", body, allowed=(400,))
    if reply.status == 400 and "already_exists" not in (why := reason(reply.body)):
        raise failed(client, why)


def begin(client: Client, found: ClusterState) -> None:
    """Commit the first state of an index.

    Raises:
        IndexBusy: somebody else has just done so.
        IndexUnwritable: an index of this name belongs to something else.
    """
    name = client.address.name
    _create(client, name, state_body())
    check_own(client)
    query = {"op_type": "create", "require_alias": "true"}
    path = f"/{written(name)}/_doc/{STATE}"
    reply = client.request("PUT", path, pack(found), query=query, allowed=(409,))
    # An earlier try may have been done, and somebody else may have the right to write by now.
    if reply.status == 409 and look(client).found.epoch != found.epoch:
        raise busy(client, "it has just been made")


def check_own(client: Client) -> None:
    """See that what has the index's name is askdoc's.

    Raises:
        IndexUnwritable: it is not.
    """
    name = client.address.name
    reply = client.request("GET", f"/{name}/_mapping", allowed=(404,))
    try:
        is_own = reply.status == 404 or all(
            "askdoc" in one["mappings"]["_meta"] for one in reply.body.values()
        )
    except (LookupError, TypeError, AttributeError):
        is_own = False
    if not is_own:
        raise IndexUnwritable(
            "an index of this name belongs to something else", str(client.address),
            "Choose another name: --index https://HOST:9200/NAME",
        )  # fmt: skip


def others(client: Client, epoch: str) -> list[str]:
    """The indices of other epochs.

    They may be removed by whoever replaces the state after this: an epoch is published by one who
    has read a state before its indices were made, and cannot replace that any more. Without that
    the one that all read might be among them.
    """
    name = client.address.name
    reply = client.request("GET", f"/{name}-passages-*,{name}-sources-*/_mapping", allowed=(404,))
    if reply.status == 404 or type(reply.body) is not dict:
        return []
    shape = re.compile(rf"{re.escape(name)}-(?:passages|sources)-({EPOCH})")
    named = map(shape.fullmatch, reply.body)
    return [found[0] for found in named if found is not None and found[1] != epoch]


def drop(client: Client, unused: Iterable[str]) -> None:
    """Remove indices; where that fails, whoever writes next does."""
    client = client.hasty(_LEAVING_SECONDS)
    with suppress(AskdocError):
        for index in unused:
            client.request("DELETE", f"/{index}", allowed=(404,))


def refresh(client: Client, *names: str) -> None:
    """Have what was written found by searches.

    Copies that are not there do no harm: whatever brings them back has them refreshed.

    Raises:
        ClusterFailed: a copy could not be refreshed, and would go on without what was written.
    """
    told = client.request("POST", f"/{','.join(names)}/_refresh").body
    shards = told.get("_shards") if isinstance(told, dict) else None
    if not isinstance(shards, dict) or shards.get("failed") != 0:
        raise failed(client, "a copy could not be refreshed")


def clear(
    client: Client, found: ClusterState, *, left_behind: Iterable[tuple[int, int]] = (),
    dead: Iterable[int] = (), superseded: Iterable[int] = (),
) -> None:  # fmt: skip
    """Delete what nobody sees: what stopped writers left, and what is not there any more.

    Args:
        client: speaks to the cluster.
        found: tells the indices.
        left_behind: numbers of sources, from the first to before the last.
        dead: sources that are gone.
        superseded: documents of sources of which something else is known.
    """
    of_passages = [*_ranges(SOURCE, left_behind), *one_of(SOURCE, dead)]
    of_sources = [
        *_ranges(NUMBER, left_behind), *one_of(SOURCE, dead), *one_of(NUMBER, superseded),
    ]  # fmt: skip
    both = indices(client, found.epoch)
    for index, clauses in zip(both, (of_passages, of_sources), strict=True):
        body = {"_source": [SOURCE], "query": {"bool": {"should": clauses}}}
        if clauses:
            gone = pages(client, index, body, NUMBER, _PAGE)
            routed = index == both[0]
            while some := list(islice(gone, _PAGE)):
                client.bulk([_deletion(index, one, routed) for one in some], allowed=(404,))


def _deletion(index: str, found: Found, routed: bool) -> bytes:
    action = {"_index": index, "_id": found.id}
    if routed:
        action["routing"] = str(found.source[SOURCE])
    return json.dumps({"delete": action}).encode("ascii")


def _ranges(field: str, ranges: Iterable[tuple[int, int]]) -> list[Clause]:
    return [{"range": {field: {"gte": first, "lt": last}}} for first, last in ranges]


def _passed_over(found: ClusterState) -> ClusterState:
    """A state whose writer was stopped: what it may have used is used by nobody else."""
    first, last = found.state.next_id, found.reserved
    if first == last:
        return found
    holes = list(found.holes)
    if holes and holes[-1][1] == first:
        first = holes.pop()[0]
    holes.append((first, last))
    return found._replace(state=found.state._replace(next_id=last), holes=tuple(holes))
