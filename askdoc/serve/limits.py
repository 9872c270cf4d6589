"""How much is done at a time: threads for what takes long, a queue of bounded length before them.

The event loop never waits for a question. A thread cannot be ended from outside, so whoever is told
that it took too long, or is gone, asks the work to stop (`Stop`); its thread is free when it has.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic
from typing import Any, Generic, TypeVar

from askdoc.serve.problems import RETRY_SECONDS, Problem

T = TypeVar("T")


class Stopped(Exception):
    """Nobody waits for this work any more."""


class Stop:
    """Tells work that nobody waits for it any more."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def ask(self) -> None:
        """Have the work stop where it next looks."""
        self._asked.set()

    @property
    def asked(self) -> bool:
        """Whether it is to stop."""
        return self._asked.is_set()

    def check(self) -> None:
        """Raise Stopped where the work is to stop."""
        if self.asked:
            raise Stopped


class Room:
    """How many bytes may be held for clients that take their time; asked from the event loop alone.

    Args:
        most: so many at most, but for a single one that is larger.

    Attributes:
        taken: how many are held.
    """

    def __init__(self, most: int) -> None:
        self.most, self.taken = most, 0

    def take(self, size: int) -> None:
        """Hold so many more, until `leave`.

        Raises:
            Problem: there are too many already.
        """
        if self.taken and self.taken + size > self.most:
            raise Problem(
                "too-busy",
                "others are still being sent too much",
                remedy="Ask again in a moment.",
                headers={"Retry-After": str(RETRY_SECONDS)},
            )
        self.taken += size

    def leave(self, size: int) -> None:
        """Hold so many no longer."""
        self.taken -= size


class _Job(Generic[T]):
    def __init__(self, work: Callable[[Stop], T]) -> None:
        self.loop = asyncio.get_running_loop()
        self.reply: asyncio.Future[T] = self.loop.create_future()
        self.work, self.stop = work, Stop()

    def run(self) -> None:
        """Do it, in a thread, and hand the outcome to the event loop."""
        try:
            self.stop.check()
            done = self.work(self.stop)
        except BaseException as error:
            # A StopIteration cannot go through a future.
            kept = RuntimeError(str(error)) if isinstance(error, StopIteration) else error
            self._tell(lambda: self.reply.set_exception(kept))
        else:
            self._tell(lambda: self.reply.set_result(done))

    def _tell(self, tell: Callable[[], None]) -> None:
        def unless_left() -> None:
            if not self.reply.done():
                tell()

        with suppress(RuntimeError):  # The server has ended meanwhile.
            self.loop.call_soon_threadsafe(unless_left)


class Pool:
    """A fixed number of threads, and those who wait for one.

    Args:
        name: what its threads are called.
        workers: how many threads.
        waiting: so many wait at most.
        seconds: how long work may take, its waiting included.
    """

    def __init__(self, name: str, workers: int, waiting: int, seconds: float) -> None:
        self.name, self.workers, self.most_waiting, self.seconds = name, workers, waiting, seconds
        self._jobs: deque[_Job[object]] = deque()
        self._changed = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._closed = False
        self.busy = 0

    @property
    def waiting(self) -> int:
        """How many wait for a thread."""
        return len(self._jobs)

    async def run(
        self, work: Callable[[Stop], T], gone: Callable[[], Awaitable[None]] | None = None
    ) -> T:
        """What work gives that is done in a thread.

        Args:
            work: is told when it is to stop.
            gone: comes to an end when nobody waits for the work any more.

        Raises:
            Problem: too many wait, or it took too long.
            Stopped: nobody waits any more.
        """
        job = _Job(work)
        self._submit(job)
        leaving = None if gone is None else asyncio.ensure_future(gone())
        begun = monotonic()
        try:
            awaited: set[asyncio.Future[Any]] = {job.reply}
            if leaving is not None:
                awaited.add(leaving)
            await asyncio.wait(awaited, timeout=self.seconds, return_when=asyncio.FIRST_COMPLETED)
            if job.reply.done():
                return job.reply.result()
            if monotonic() - begun < self.seconds:
                raise Stopped
            raise Problem(
                "too-long",
                f"it took longer than {self.seconds:g} seconds",
                remedy="Ask fewer documents at a time, or again when less is asked.",
                headers={"Retry-After": str(RETRY_SECONDS)},
            )
        finally:
            job.stop.ask()
            job.reply.cancel()  # What still comes of it is for nobody.
            self._forget(job)
            if leaving is not None:
                leaving.cancel()

    def check_room(self) -> None:
        """Raise a Problem where too many wait already."""
        with self._changed:
            waits = self.busy + len(self._jobs) >= self.workers
            if self._closed or (waits and len(self._jobs) >= self.most_waiting):
                raise Problem(
                    "too-busy",
                    f"{len(self._jobs)} others wait already",
                    remedy="Ask again in a moment.",
                    headers={"Retry-After": str(RETRY_SECONDS)},
                )

    def close(self) -> None:
        """Take no more work, and ask what goes on to stop."""
        with self._changed:
            self._closed = True
            for job in self._jobs:
                job.stop.ask()
            self._changed.notify_all()

    def _submit(self, job: _Job[T]) -> None:
        with self._changed:
            self.check_room()
            self._jobs.append(job)  # type: ignore[arg-type]
            if len(self._threads) < self.workers:
                # A daemon: what never comes to an end must not keep the program from its own.
                thread = threading.Thread(target=self._work, name=self.name, daemon=True)
                self._threads.append(thread)
                thread.start()
            self._changed.notify()

    def _forget(self, job: _Job[T]) -> None:
        """Who waits no more takes no place in the queue."""
        with self._changed, suppress(ValueError):
            self._jobs.remove(job)  # type: ignore[arg-type]

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._jobs:
                    if self._closed:
                        return
                    self._changed.wait()
                job = self._jobs.popleft()
                self.busy += 1
            try:
                job.run()
            finally:
                with self._changed:
                    self.busy -= 1
