"""Have files read, split and analysed by child processes, and check what these say.

Small files are handed over many at a time, since a child that waits for the next one does nothing
meanwhile. Each has limits of its own all the same, and one that costs its child costs no other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from askdoc.reading import protocol
from askdoc.reading.limits import MEMORY, failed
from askdoc.reading.protocol import Job, Result

if TYPE_CHECKING:
    # Most questions need no child, and then these need not be imported.
    from askdoc.workers import Outcome

CHILD = "askdoc.reading.child"
"""The module that a child runs."""

# What is handed over at once. Starting a child takes longer than reading so many small files.
_MOST_FILES, _MOST_BYTES = 32, 2**18

T = TypeVar("T")


def read(
    items: Iterable[T], job_of: Callable[[T], Job | None], processes: int | None = None
) -> Generator[tuple[T, Result]]:
    """Each item with what came of its job, in order; an empty `Result` where it has none.

    No child is thought of before there is a job for one.

    Args:
        items: taken as there is room for their jobs.
        job_of: an item's job, None where there is nothing to do for it.
        processes: so many children at most, None for one a processor; 0 reads in this process.
    """
    rest = iter(items)
    for item in rest:
        job = job_of(item)
        if job is None:
            yield item, Result()
        elif processes == 0:
            yield item, _done_here(job)
        else:
            yield from _read_in_children(chain([item], rest), job_of, processes)


def _done_here(job: Job) -> Result:
    from askdoc.reading import child

    return Result.from_bytes(child.handle(job.to_bytes()), job)


def _read_in_children(
    items: Iterable[T], job_of: Callable[[T], Job | None], processes: int | None
) -> Iterator[tuple[T, Result]]:
    from askdoc.workers import Workers

    begun: deque[tuple[T, Job | None]] = deque()
    with Workers(CHILD, count=processes, memory=MEMORY, seconds=protocol.seconds) as workers:
        for outcome in workers.run_portions(_portions(items, job_of, begun)):
            item, job = begun.popleft()
            while job is None:
                yield item, Result()
                item, job = begun.popleft()
            yield item, result_of(job, outcome)
    for item, _ in begun:
        yield item, Result()


def _portions(
    items: Iterable[T], job_of: Callable[[T], Job | None], begun: deque[tuple[T, Job | None]]
) -> Iterator[list[bytes]]:
    """Jobs that are handed over together; all items, and those without one, are put into `begun`.

    Whoever waits for an item waits for those before it, so these are counted as well.
    """
    portion: list[bytes] = []
    size = passed = 0
    for item in items:
        job = job_of(item)
        if job is not None:
            weight = _MOST_BYTES if job.apart else job.size
            if portion and size + weight > _MOST_BYTES:
                yield portion
                portion, size, passed = [], 0, 0
            portion.append(job.to_bytes())
            size += weight
        begun.append((item, job))
        passed += bool(portion)
        if passed >= _MOST_FILES:
            yield portion
            portion, size, passed = [], 0, 0
    if portion:
        yield portion


def result_of(job: Job, outcome: Outcome) -> Result:
    """What came of a job that was given to a child."""
    from askdoc.workers import Failure

    failure = outcome.failure or Failure.CRASHED
    if outcome.reply is not None:
        try:
            return Result.from_bytes(outcome.reply, job)
        except ValueError:
            # A child that says nothing sensible has come to grief as well.
            failure = Failure.CRASHED
    problem = failed(job.name, job.size, failure, job.alone)
    unopened = failure is Failure.NOT_STARTED
    return Result(problem=problem, unopened=unopened, lost=not unopened)
