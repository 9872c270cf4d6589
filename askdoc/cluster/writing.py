"""Write an index in a cluster: who may, under which numbers, and how something is committed.

Any number of writers may try. Each has to replace the very state that it has read, so that only one
can commit; and each uses numbers that no other has had, so that what it leaves behind when it is
stopped stands where nobody looks.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, RLock, Thread
from types import TracebackType

from askdoc.cluster.client import Client
from askdoc.cluster.committed import Committed, busy, look, replaced, unread
from askdoc.cluster.indices import LEAVING_SECONDS, clear, indices, refresh
from askdoc.cluster.state import MOST_ID, ClusterState, Lease
from askdoc.errors import (
    AskdocError,
    ClusterError,
    IndexBusy,
    IndexDamaged,
    IndexOutdated,
    IndexUnwritable,
)
from askdoc.store.telling import REBUILD, option

LEASE_SECONDS = 60.0
# Who says to have the right for longer had a clock that was wrong, and may long be gone.
_LONGEST_LEASE = 3600.0
# Each counts as two clauses of all queries, of which there may be 1,024.
_MOST_HOLES = 300
# A writer's numbers are set aside so many at a time: each takes a state to be replaced.
_BLOCK = 2**16
_TRIES = 20

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
            self._thread.join(None if kind is None else LEAVING_SECONDS)
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
        client = self._client.hasty(LEAVING_SECONDS) if hurried else self._client
        try:
            replaced(client, self.committed, found, tries=1 if hurried else _TRIES)
        except IndexBusy:
            # Or it has just been prolonged.
            return self._thread is not None and self._thread.is_alive()
        except AskdocError:
            pass  # It ends by itself.
        return True


def _set_aside(last: int) -> int:
    return min(last + _BLOCK, MOST_ID - 1)


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
