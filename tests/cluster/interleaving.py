"""Several who write and read one index in a cluster, halted before each of their requests.

Each has a thread of its own, of which one runs at a time: until its next request. What becomes of
that is decided from outside: it is done, it gets lost, its reply gets lost, it is done later or
twice, or whoever has sent it is stopped for good. So every interleaving can be had, and had again.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from threading import Semaphore, Thread
from typing import Any

from simulated import SimulatedClient, SimulatedCluster

from askdoc.cluster.connection import Interrupted
from askdoc.cluster.writing import Writer
from askdoc.errors import AskdocError

Request = tuple[str, str, bytes | None]


class Fate(StrEnum):
    """What becomes of a request."""

    DONE = "done"
    LOST = "lost"
    REPLY_LOST = "reply lost"
    DELAYED = "delayed"
    TWICE = "twice"
    STOPPED = "stopped"
    STOPPED_AFTER = "stopped after it"
    PROLONGED = "the right is prolonged first"


class Stopped(BaseException):
    """The process was killed."""


class Line:
    """What lies between all of them and the cluster.

    Attributes:
        cluster: the cluster.
        underway: requests that somebody no longer waits for, and that may still arrive.
    """

    def __init__(self) -> None:
        self.cluster = SimulatedCluster()
        self.underway: list[Request] = []

    def arrive(self, at: int) -> None:
        """Have one of the requests arrive that are under way."""
        self.cluster.exchange(*self.underway.pop(at))

    def meet(self, request: Request, fate: Fate) -> tuple[int, bytes]:
        """The reply to a request, if there is one."""
        if fate is Fate.STOPPED:
            raise Stopped
        if fate in (Fate.DELAYED, Fate.TWICE):
            self.underway.append(request)
        if fate in (Fate.LOST, Fate.DELAYED):
            raise Interrupted("no reply in time", passing=True, late=True)
        reply = self.cluster.exchange(*request)
        if fate is Fate.STOPPED_AFTER:
            raise Stopped
        if fate is Fate.REPLY_LOST:
            raise Interrupted("no reply in time", passing=True, late=True)
        return reply


class Actor:
    """Somebody who asks the cluster.

    Args:
        line: leads there.
        work: what they do.

    Attributes:
        client: what they ask by.
        waiting: whether a request of theirs is to be decided on; otherwise they have come to their
            end.
        error: what went wrong.
        writer: the right to write, if they have it.
    """

    def __init__(self, line: Line, work: Callable[[Actor], None]) -> None:
        self.client = SimulatedClient(self._exchange)
        self.waiting = True
        self.error: BaseException | None = None
        self.writer: Writer | None = None
        self._line, self._work = line, work
        self._go, self._halted = Semaphore(0), Semaphore(0)
        self._fate, self._is_stopped, self._is_free = Fate.DONE, False, False
        self._request: Request | None = None
        Thread(target=self._run, daemon=True).start()
        self._halted.acquire()

    @property
    def asks(self) -> str:
        """What it waits with."""
        return " ".join(self._request[:2]) if self._request is not None else "nothing"

    def step(self, fate: Fate = Fate.DONE) -> None:
        """Have the request that waits meet its fate, and go on until the next."""
        self._fate = fate
        # Whoever prolongs a right waits for who commits: that is seen from another thread.
        if self.writer is not None:
            self._is_free = self.writer._lock.acquire(blocking=False)
            if self._is_free:
                self.writer._lock.release()
        self._go.release()
        self._halted.acquire()

    def finish(self, most: int = 2_000) -> None:
        """Go on to the end, if nothing is in the way."""
        while self.waiting:
            most -= 1
            assert most, "it goes on for ever"
            self.step()

    def _run(self) -> None:
        try:
            self._work(self)
        except Stopped:
            pass
        except BaseException as error:
            self.error = error
        self.waiting = False
        self._halted.release()

    def _exchange(self, *request: Any) -> tuple[int, bytes]:
        if self._is_stopped:
            raise Stopped
        while True:
            self._request = request
            self._halted.release()
            self._go.acquire()
            if self._fate is not Fate.PROLONGED:
                break
            if self.writer is not None and self._is_free:
                with suppress(AskdocError):
                    self.writer.prolong(self.client)
        try:
            return self._line.meet(request, self._fate)
        except Stopped:
            self._is_stopped = True
            raise
