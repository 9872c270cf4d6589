"""Have files read, split and analysed by child processes, and make sense of what they say.

Small files are handed over many at a time. Where one of many ends its child, each of them is tried
alone, so that only that one is lost.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from typing import NamedTuple

from askdoc.index import child
from askdoc.index.failures import Problem, crash, told
from askdoc.index.plan import Task
from askdoc.store.parcel import Parcel, unpack
from askdoc.workers import Failure, Outcome, Workers

_MODULE = "askdoc.index.child"
# What is handed over at once: it is held in memory some times over.
_MOST_FILES, _MOST_BYTES = 64, 2**19
# What is said of a file that the system would not open.
_NOT_OPENED = ("SourceUnreadable", "SourceNotFound")


class Result(NamedTuple):
    """What came of a file: it is as it was, or its parcel, or a problem.

    `digest` is that of its content, empty where that could not be read. `unopened` is whether the
    reason lies in the system rather than in the file, which then may be read next time as it is;
    `lost` is whether the child that read it was, which may be either's fault.
    """

    digest: bytes = b""
    parcel: Parcel | None = None
    problem: Problem | None = None
    same: bool = False
    unopened: bool = False
    lost: bool = False


def read(tasks: Iterable[Task], processes: int) -> Generator[tuple[Task, Result]]:
    """Each task with what came of it, in order but for those that end a child, which come last.

    Args:
        tasks: what is to be read.
        processes: so many children; 0 reads in this process.
    """
    if processes == 0:
        for task in tasks:
            (reply,) = unpack(child.handle(_job([task])))
            yield task, _understood(task, reply)
        return
    with Workers(_MODULE, count=processes, seconds=child.seconds) as workers:
        alone: list[Task] = []
        for portion, outcome in _run(workers, _portions(tasks)):
            if len(portion) > 1 and outcome.reply is None:
                alone += portion
            else:
                yield from _results(portion, outcome)
        for portion, outcome in _run(workers, ([task] for task in alone)):
            yield from _results(portion, outcome)


def _portions(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    portion: list[Task] = []
    size = 0
    for task in tasks:
        # What has cost a child before is not given to one with others.
        lost = task.known is not None and task.known.tries > 0
        if portion and (lost or len(portion) >= _MOST_FILES or size + task.size > _MOST_BYTES):
            yield portion
            portion, size = [], 0
        portion.append(task)
        size += _MOST_BYTES if lost else task.size
    if portion:
        yield portion


def _run(workers: Workers, portions: Iterable[list[Task]]) -> Iterator[tuple[list[Task], Outcome]]:
    begun: deque[list[Task]] = deque()

    def jobs() -> Iterator[bytes]:
        for portion in portions:
            begun.append(portion)
            yield _job(portion)

    for outcome in workers.run(jobs()):
        yield begun.popleft(), outcome


def _job(tasks: Iterable[Task]) -> bytes:
    return child.job(
        child.Errand(
            os.fsdecode(task.path),
            task.name,
            task.size,
            _digest(task),
            os.fsdecode(task.within),
            task.alone,
        )
        for task in tasks
    )


def _digest(task: Task) -> str:
    """The digest of a content that needs not be read again, empty where there is none."""
    return "" if task.known is None or task.anew else task.known.digest.hex()


def _results(tasks: list[Task], outcome: Outcome) -> Iterator[tuple[Task, Result]]:
    if outcome.reply is None:
        (task,) = tasks
        failure = outcome.failure or Failure.CRASHED
        problem = crash(failure, task.name, task.size, task.alone)
        unopened = failure is Failure.NOT_STARTED
        yield task, Result(problem=problem, unopened=unopened, lost=not unopened)
        return
    for task, reply in zip(tasks, unpack(outcome.reply), strict=True):
        yield task, _understood(task, reply)


def _understood(task: Task, reply: memoryview) -> Result:
    try:
        kind, digest, *rest = unpack(reply)
        if kind == child.SAME:
            return Result(bytes(digest), same=True)
        if kind == child.READ:
            return Result(bytes(digest), parcel=Parcel.from_bytes(rest[0]))
        problem = told(bytes(rest[0]))
        return Result(
            bytes(digest), problem=problem, unopened=not digest and problem[0] in _NOT_OPENED
        )
    except (ValueError, IndexError):
        # A child that says nothing sensible has come to grief as well.
        return Result(problem=crash(Failure.CRASHED, task.name, task.size), lost=True)
