"""Have files read, split and analysed by child processes, and check what these say.

Small files are handed over many at a time, since a child that waits for the next one does nothing
meanwhile. Each has limits of its own all the same, and one that costs its child costs no other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Generic, TypeVar

from askdoc.reading import protocol
from askdoc.reading.limits import MEMORY, failed
from askdoc.reading.protocol import Job, Result

if TYPE_CHECKING:
    # Most questions need no child, and then these need not be imported.
    from askdoc.workers import Outcome, Workers

CHILD = "askdoc.reading.child"
"""The module that a child runs."""

# What is handed over at once. Starting a child takes longer than reading so many small files.
_MOST_FILES, _MOST_BYTES = 32, 2**18
# Items without a job that are made behind the last job, before anything is given out.
_MOST_AHEAD = 512

T = TypeVar("T")


class _Begun(Generic[T]):
    """An item, the job that a child has for it, and what was made of it where it has none."""

    def __init__(self, item: T, job: Job | None) -> None:
        self.item = item
        self.job = job
        self._made: Result | None = None

    def made(self, here: Callable[[T], Result]) -> Result:
        """What is made of it here, once."""
        if self._made is None:
            self._made = here(self.item)
        return self._made


def read(
    items: Iterable[T],
    job_of: Callable[[T], Job | None],
    here: Callable[[T], Result] = lambda item: Result(),
    *,
    processes: int | None = None,
) -> Generator[tuple[T, Result]]:
    """Each item with what came of it, in order.

    No child is thought of before there is a job for one.

    Args:
        items: taken as there is room for their jobs.
        job_of: an item's job, None where it needs no child.
        here: does what is to be done for such an item, if need be while children are busy.
        processes: so many children at most, None for one a processor; 0 reads in this process.
    """
    rest = iter(items)
    for item in rest:
        job = job_of(item)
        if job is None:
            yield item, here(item)
        elif processes == 0:
            yield item, _without_child(job)
        else:
            yield from _with_children(item, rest, job_of, here, processes)


def _without_child(job: Job) -> Result:
    from askdoc.reading import child

    return Result.from_bytes(child.handle(job.to_bytes()), job)


def _with_children(
    first: T,
    rest: Iterator[T],
    job_of: Callable[[T], Job | None],
    here: Callable[[T], Result],
    processes: int | None,
) -> Iterator[tuple[T, Result]]:
    from askdoc.workers import Workers

    with Workers(CHILD, count=processes, memory=MEMORY, seconds=protocol.seconds) as workers:
        for item in chain([first], rest):
            if job_of(item) is None:
                yield item, here(item)
            else:
                yield from _run(workers, chain([item], rest), job_of, here)


def _run(
    workers: Workers,
    items: Iterable[T],
    job_of: Callable[[T], Job | None],
    here: Callable[[T], Result],
) -> Iterator[tuple[T, Result]]:
    """What comes of items, up to where there have been no jobs for long."""
    begun: deque[_Begun[T]] = deque()

    def listed() -> Iterator[_Begun[T]]:
        for item in items:
            begun.append(_Begun(item, job_of(item)))
            yield begun[-1]

    for outcome in workers.run_portions(_portions(listed(), here)):
        one = begun.popleft()
        while one.job is None:
            yield one.item, one.made(here)
            one = begun.popleft()
        yield one.item, result_of(one.job, outcome)
    for one in begun:
        yield one.item, one.made(here)


def _portions(begun: Iterable[_Begun[T]], here: Callable[[T], Result]) -> Iterator[list[bytes]]:
    """Jobs that are handed over together; what needs no child is done when these are busy.

    Whoever waits for an item waits for those before it, so all are counted. There is an end to it
    where no job comes for long, since what was made is not given out meanwhile.
    """
    portion: list[bytes] = []
    without: list[_Begun[T]] = []
    size = passed = ahead = 0

    def make() -> None:
        for one in without:
            one.made(here)
        without.clear()

    for one in begun:
        weight = 0
        if one.job is None:
            without.append(one)
        else:
            # An empty file weighs something, too: else one that is apart would be put behind it.
            weight = _MOST_BYTES if one.job.apart else max(one.job.size, 1)
        if portion and (passed >= _MOST_FILES or size + weight > _MOST_BYTES):
            yield portion
            portion, size, passed = [], 0, 0
            make()
        if one.job is not None:
            portion.append(one.job.to_bytes())
        size, passed = size + weight, passed + bool(portion)
        if not portion:
            make()
            ahead += 1
            if ahead >= _MOST_AHEAD:
                return
        else:
            ahead = 0
    if portion:
        yield portion
    make()


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
