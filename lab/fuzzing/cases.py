"""A case is made by its kind, its seed and its number, and judged in a process with limits."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from lab.fuzzing.archives import AnyGrowth
from lab.fuzzing.costs import peak_memory
from lab.fuzzing.edits import MOST_BYTES
from lab.fuzzing.kinds import broken, growing
from lab.fuzzing.oracle import Broken, judge, judge_growth

MEMORY = 2**30
"""Bytes of address space of the process that reads."""

_MOST_RESIDENT = 600 * 2**20
_SECONDS = 30.0  # of processor time for one case: those of `oracle`, several times
_GROWING = 0.03


class Finding(NamedTuple):
    """A case that a loader failed, and the numbers that make it."""

    suffix: str
    seed: int
    number: int
    what: str
    details: str

    @property
    def reproducer(self) -> str:
        """The command that makes the case again."""
        return f"python -m lab.fuzzing {self.suffix[1:]} --seed {self.seed} --case {self.number}"


def case(suffix: str, seed: int, number: int) -> bytes | AnyGrowth:
    """The bytes of a case, or an input that grows: half of them with a negative seed."""
    rng = Random(f"{suffix} {seed} {number}")
    if rng.random() < (_GROWING if seed >= 0 else 0.5):
        return growing(suffix, rng)
    return broken(suffix, rng)[: 2 * MOST_BYTES]


def findings(suffix: str, seed: int, first: int, count: int) -> Iterator[Finding | int]:
    """What cases of these numbers show; a number is told when its case is begun."""
    at, end = first, first + count
    while at < end:
        command = [sys.executable, "-m", "lab.fuzzing.cases", suffix, *map(str, (seed, at, end))]
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            assert process.stdout is not None
            try:
                for line in process.stdout:
                    told = json.loads(line)
                    if isinstance(told, int):
                        at = told
                        yield told
                    else:
                        yield Finding(suffix, seed, at, *told)
            finally:
                process.kill()
        if process.returncode == -signal.SIGPROF:
            yield Finding(suffix, seed, at, "too slow", f"more than {_SECONDS:g} s")
        elif process.returncode:
            yield Finding(suffix, seed, at, f"the process ended with {process.returncode}", "")
        at += 1


def _serve(suffix: str, seed: int, first: int, end: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for number in range(first, end):
        print(number, flush=True)
        signal.setitimer(signal.ITIMER_PROF, _SECONDS)
        found = judged(case(suffix, seed, number), suffix)
        if found:
            print(json.dumps(found), flush=True)
        resident = peak_memory()
        if resident > _MOST_RESIDENT:
            print(json.dumps(("too much memory", f"{resident / 2**20:.0f} MiB")), flush=True)
            return  # how much the next one takes could not be seen in this process


def judged(made: bytes | AnyGrowth, suffix: str) -> Broken | None:
    """What is wrong with how a case is read."""
    return judge(made, suffix) if isinstance(made, bytes) else judge_growth(made, suffix)


if __name__ == "__main__":
    _serve(sys.argv[1], *map(int, sys.argv[2:]))
