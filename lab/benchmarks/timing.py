"""Take times: processes side by side, and the row of the table that comes out of it."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

Command = Sequence[str | Path]
T = TypeVar("T")


class BenchmarkError(Exception):
    """What was to be timed is missing or does not work; the message is one line."""


@dataclass(frozen=True)
class Result:
    """One measurement: `figure` in `unit`, with the smallest and the largest single run.

    `target` is the most that `figure` should be, or the least where `at_least`; None where there
    is none. `figure` is None where nothing came back in time; `note` then tells.
    """

    what: str
    unit: str
    figure: float | None
    low: float | None
    high: float | None
    target: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target was met, None where there is none."""
        if self.target is None:
            return None
        if self.figure is None:
            return False
        return self.figure >= self.target if self.at_least else self.figure <= self.target


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes, once."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def p95(times: Sequence[float]) -> float:
    """The time within which 19 of 20 came; of the times themselves, which are not none."""
    return sorted(times)[round(0.95 * (len(times) - 1))]


def pinned(work: Callable[..., T], *given: object) -> T:
    """What `work` gives, run in a process of its own that has one core, where the system allows it.

    The processes that it starts have the same core. `work`, what it is given, what it gives and
    what it raises must be picklable.

    Raises:
        BenchmarkError: the process broke.
    """
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=_pin) as pool:
        try:
            return pool.submit(work, *given).result()
        except BrokenProcessPool as error:
            raise BenchmarkError("the process that measures broke. Try again.") from error


def _pin() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def process(command: Command, folder: Path, accepted: frozenset[int]) -> Callable[[], None]:
    """A process to time, run in `folder` without input; it must end with an accepted exit code.

    Raises:
        BenchmarkError: when run, it cannot be started or ends with another exit code.
    """
    words = [str(word) for word in command]

    def run() -> None:
        try:
            done = subprocess.run(words, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True)
        except OSError as error:
            raise BenchmarkError(f"{error.strerror}: {words[0]}. Run: pip install -e .") from error
        if done.returncode not in accepted:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            last = f" ({said[-1]})" if said else ""
            raise BenchmarkError(f"exit code {done.returncode}: {' '.join(words)}{last}")

    return run


def in_turn(works: Sequence[Callable[[], object]], rounds: int) -> list[tuple[float, ...]]:
    """Seconds of each in each round, after one run each to warm up."""
    for work in works:
        work()
    return [tuple(seconds(work) for work in works) for _ in range(rounds)]


def ratio(
    what: str,
    work: Callable[[], None],
    reference: Callable[[], None],
    rounds: int,
    target: float,
) -> Result:
    """Time both in turn, `rounds` times after one run each to warm up.

    The figure is the median of the ratios of neighbouring runs, so that a machine that slows down
    halfway does so for both.
    """
    pairs = in_turn((work, reference), rounds)
    ratios = [one / other for one, other in pairs]
    ours, theirs = (1000 * statistics.median(times) for times in zip(*pairs, strict=True))
    note = f"{ours:.0f} ms to {theirs:.0f} ms"
    return Result(
        what, "times", statistics.median(ratios), min(ratios), max(ratios), target, note=note
    )
