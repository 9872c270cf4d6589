"""Hand jobs out to children and give the outcomes back in the order of the jobs."""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from weakref import WeakSet

from askdoc.workers.process import Child, Failure, Job, Message, Outcome, size_of
from askdoc.workers.watch import Watch

MEMORY = 2**30
"""Bytes of address space that a child may have, where the system can limit it."""

SECONDS = 20.0
"""Processor time for one job."""

STOP_SECONDS = 600.0
"""Wall-clock time for one job: no less than this, so that only what stands still is ended by it."""

# And no less than this many times a job's processor time, since others may use the processor too.
_STOP_TIMES = 20.0

# Replies that wait for their turn; while they have more bytes than this, no message is begun but
# for the one that is waited for.
_MOST_HELD = 64 * 2**20
# How long a Ctrl-C may go unheard.
_HEARD_SECONDS = 1.0


_OPEN: WeakSet[Workers] = WeakSet()


class Workers:
    """A pool of children that are started when there is work, and started again when lost.

    Use it as a context manager: when it is left, however, all children have ended. A job that
    crashes its child or exceeds the limits fails alone; if the child had answered others before, it
    is tried once more in a fresh one, so that what comes of a job does not hang on its forerunners.

    Args:
        module: what a child runs, by its full name; it calls `serve`.
        count: at most so many children, by default one for each processor.
        memory: bytes of address space for a child, where the system can limit it.
        seconds: processor time for a job, in all threads of its child together, or a function
            that tells it for each. The system counts whole seconds: up to one more may pass.
        stop_seconds: wall-clock time for a job, where 20 times its processor time are not more.
    """

    def __init__(
        self,
        module: str,
        *,
        count: int | None = None,
        memory: int = MEMORY,
        seconds: float | Callable[[bytes], float] = SECONDS,
        stop_seconds: float = STOP_SECONDS,
    ) -> None:
        self._count = max(1, processors() if count is None else count)
        self._module = module
        self._memory = memory
        self._seconds = seconds
        self._stop_seconds = stop_seconds
        self._watch = Watch()
        self._children: list[Child] = []
        self._threads: list[threading.Thread] = []
        # Guards all that follows.
        self._changed = threading.Condition()
        self._queue: deque[Job] = deque()
        self._idle = 0
        self._held = 0
        self._awaited: Job | None = None
        self._running = False
        self._closed = False
        _OPEN.add(self)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all children at once, whatever they are doing, and wait until they have ended."""
        with self._changed:
            self._closed = True
            self._queue.clear()
            self._changed.notify_all()
        for child in self._children:
            child.end()
        self._watch.end()
        for thread in self._threads:
            with suppress(RuntimeError):  # A Ctrl-C came while it was started: it ends by itself.
                thread.join()

    def run(self, jobs: Iterable[bytes], ahead: int | None = None) -> Iterator[Outcome]:
        """What comes of each job, in the order of the jobs.

        Args:
            jobs: messages, each taken only when there is room for it.
            ahead: at most so many jobs are begun or done and not yet given out, by default four
                for each child. Fewer are where replies are large.

        Raises:
            RuntimeError: the workers are closed, or another run has not ended.
        """
        return self.run_portions(([job] for job in jobs), ahead)

    def run_portions(
        self, portions: Iterable[Sequence[bytes]], ahead: int | None = None
    ) -> Iterator[Outcome]:
        """As `run`, for jobs that are handed over some at a time, each portion to one child.

        A child goes on to the next job without waiting for anybody, which counts where jobs are
        small. Each has limits of its own, and one that costs its child costs no other.

        Args:
            portions: the jobs.
            ahead: as for `run`, in portions.

        Raises:
            RuntimeError: as `run`.
        """
        most = max(1, 4 * self._count if ahead is None else ahead)
        with self._changed:
            if self._closed or self._running:
                raise RuntimeError("the workers are closed" if self._closed else "still running")
            self._running = True
        waiting = deque[Job]()
        try:
            source = iter(portions)
            while True:
                while len(waiting) < most and (portion := next(source, None)) is not None:
                    # Among those that wait before any child may have it: whatever happens in
                    # between, it is dropped with them.
                    waiting.append(Job([self._message(content) for content in portion]))
                    self._submit(waiting[-1])
                if not waiting:
                    return
                for _ in waiting[0].messages:
                    yield self._result(waiting[0])
                waiting.popleft()
        finally:
            self._drop(waiting)

    def _submit(self, job: Job) -> None:
        with self._changed:
            self._queue.append(job)
            if len(self._queue) > self._idle and len(self._threads) < self._count:
                self._add_child()
            if not self._threads:
                self._queue.clear()
                job.outcomes.extend(Outcome(None, Failure.NOT_STARTED) for _ in job.messages)
            self._changed.notify_all()

    def _add_child(self) -> None:
        """One more, if the system has a thread for it; those that there are do the work if not."""
        child = Child(self._module, self._memory, self._watch)
        thread = threading.Thread(target=self._work, args=(child,), daemon=True)
        self._children.append(child)
        self._threads.append(thread)
        try:
            thread.start()
        except RuntimeError:
            self._children.remove(child)
            self._threads.remove(thread)

    def _message(self, content: bytes) -> Message:
        seconds = self._seconds(content) if callable(self._seconds) else self._seconds
        return Message(content, seconds, max(self._stop_seconds, _STOP_TIMES * seconds))

    def _result(self, job: Job) -> Outcome:
        with self._changed:
            self._awaited = job
            while not job.outcomes:
                if self._closed:
                    raise RuntimeError("the workers are closed")
                # A Ctrl-C that comes just before a wait is heard only when that ends.
                self._changed.wait(_HEARD_SECONDS)
            is_crowded = self._held > _MOST_HELD
            outcome = job.outcomes.popleft()
            self._held -= size_of(outcome)
            if is_crowded:
                self._changed.notify_all()
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def _drop(self, jobs: Iterable[Job]) -> None:
        """Nobody waits for these any more."""
        with self._changed:
            self._running = False
            self._queue.clear()
            self._awaited = None
            for job in jobs:
                job.dropped = True
            self._held = 0
            self._changed.notify_all()
        for child in self._children:
            if (busy := child.job) is not None and busy.dropped:
                child.kill()

    def _work(self, child: Child) -> None:
        """What a thread does: take jobs for its child until the workers are closed."""
        try:
            while (job := self._take()) is not None:
                try:
                    for outcome in child.answer(job):
                        self._give(job, outcome)
                except BaseException as error:
                    child.discard()  # What it still says would be taken for replies to others.
                    self._give(job, error)  # Raised again where somebody waits for the job.
        finally:
            child.discard()

    def _give(self, job: Job, outcome: Outcome | BaseException) -> None:
        """Hand out what came of a message, and wait until there is room for what comes next."""
        with self._changed:
            if job.dropped:
                return
            job.outcomes.append(outcome)
            self._held += size_of(outcome)
            if job is self._awaited:
                self._changed.notify_all()
            while not (self._closed or job.dropped or self._has_room_for(job)):
                self._changed.wait()

    def _has_room_for(self, job: Job) -> bool:
        if self._held <= _MOST_HELD:
            return True
        return job is self._awaited and not job.outcomes

    def _take(self) -> Job | None:
        with self._changed:
            self._idle += 1
            while not self._closed and not (self._queue and self._held <= _MOST_HELD):
                self._changed.wait()
            self._idle -= 1
            return None if self._closed else self._queue.popleft()


def end_all() -> None:
    """End all children of all pools at once: for a program that ends while threads use some."""
    for workers in list(_OPEN):
        workers.close()


def processors() -> int:
    """How many processors this program may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
