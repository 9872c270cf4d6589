"""`python -m lab.fuzzing.together`: one writes a saved index while others read it.

A writer brings all files to the next version, again and again; now and then it renames one and
makes the index anew. Readers in processes of their own ask, search and read documents. Every answer
must be of one committed state, and no reader may fail.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import NamedTuple

from askdoc.index import update
from lab.benchmarks.timing import p95
from lab.table import table

_OLD = 1_600_000_000 * 10**9
_RENAMED_EVERY, _REBUILT_EVERY = 7, 10
USES = ("ask", "search", "read", "look")


class Convoy:
    """Files that are all at one version.

    Args:
        folder: where they are.
        count: how many.
    """

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = folder
        self.count = count
        self.version = -1
        folder.mkdir(parents=True)
        self.go_on()

    def go_on(self) -> None:
        """Bring all files to the next version."""
        self.version += 1
        for number in range(self.count):
            path = self.folder / f"{number:02}.md"
            path.write_text(
                f"# Log\n\nThe ship {number} left the port in year {self.version}.\n\n"
                + f"The crew of ship {number} saw no land. " * 30,
                encoding="utf-8",
            )
            os.utime(path, ns=(_OLD + self.version, _OLD + self.version))

    def update(self, index: Path | str) -> int:
        """Bring an index up to date, by way of another one in some versions; the updates."""
        updates = 1
        if self.version % _RENAMED_EVERY == 0:
            first, renamed = self.folder / "00.md", self.folder / "zz.md"
            first.rename(renamed)
            update(index, self.folder, processes=0)
            renamed.rename(first)
            updates += 1
        rebuild = self.version % _REBUILT_EVERY == 0 and self.version > 0
        update(index, self.folder, rebuild=rebuild, processes=0)
        return updates


class Seen(NamedTuple):
    """What readers saw, by what they did and by version, and the seconds of each question."""

    counts: Counter[str]
    seconds: list[float]
    failures: list[str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; 1 where a reader failed or too little was tried."""
    parser = argparse.ArgumentParser(prog="python -m lab.fuzzing.together", description=__doc__)
    parser.add_argument("--seconds", type=float, default=300.0, help="how long (300)")
    parser.add_argument("--readers", type=int, default=6, help="how many (6)")
    parser.add_argument("--files", type=int, default=12, help="how many (12)")
    parser.add_argument("--updates", type=int, default=200, help="at least so many (200)")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        convoy, index = Convoy(Path(folder) / "docs", options.files), Path(folder) / "index"
        seen, updates = sailed(convoy, index, options.readers, options.seconds, options.updates)
    return 1 if seen.failures or updates < options.updates else 0


def sailed(
    convoy: Convoy, index: Path | str, readers: int, seconds: float, least: int
) -> tuple[Seen, int]:
    """Write an index while others read it, and print what they saw; it, and the updates.

    Args:
        convoy: whose files are indexed.
        index: a folder, or an address.
        readers: how many read it.
        seconds: how long.
        least: so many updates at least.
    """
    convoy.update(index)
    reading = [Reader(index, convoy.count) for _ in range(readers)]
    began, updates = monotonic(), 0
    while monotonic() - began < seconds or updates < least:
        convoy.go_on()
        updates += convoy.update(index)
        if any(reader.has_ended for reader in reading):
            break
    taken = monotonic() - began
    seen = together([reader.end() for reader in reading])
    print(shown(seen))
    versions = sum(what.startswith("version ") for what in seen.counts) - 1
    print(
        f"\n{updates} updates and {readers} readers in {taken:.0f} s; {versions} of "
        f"{convoy.version + 1} states were seen, {len(seen.failures)} readers failed"
    )
    for failure in seen.failures:
        print(failure)
    return seen, updates


class Reader:
    """A reader in a process of its own."""

    def __init__(self, index: Path | str, count: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "lab.fuzzing.reader", str(index), str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    @property
    def has_ended(self) -> bool:
        """Whether it has ended by itself, which is a failure."""
        return self._process.poll() is not None

    def end(self) -> Seen:
        """Let it end; what it saw."""
        return self._seen(*self._process.communicate(b"enough\n"))

    def end_when_failed(self) -> Seen:
        """Wait until it fails; what it saw."""
        self._process.wait()
        return self._seen(*self._process.communicate())

    def _seen(self, out: bytes, errors: bytes) -> Seen:
        if self._process.returncode:
            return Seen(Counter(), [], [errors.decode(errors="replace").strip()])
        told = json.loads(out)
        return Seen(Counter(told["seen"]), told["seconds"], [])


def together(parts: Sequence[Seen]) -> Seen:
    """What several readers saw."""
    return Seen(
        sum((part.counts for part in parts), Counter()),
        [one for part in parts for one in part.seconds],
        [failure for part in parts for failure in part.failures],
    )


def shown(seen: Seen) -> str:
    """A row for each thing that readers do, and how long questions took."""
    rows = [
        (use, f"{seen.counts[use]:,}", f"{seen.counts[f'{use} changed']:,}", "", "") for use in USES
    ]
    if seen.seconds:
        middle = sorted(seen.seconds)[len(seen.seconds) // 2]
        rows[0] = (*rows[0][:3], f"{1000 * middle:.0f}", f"{1000 * p95(seen.seconds):.0f}")
    header = ("what", "times", "told that it changed", "median ms", "p95 ms")
    return table(header, rows, frozenset(range(1, 5)))


if __name__ == "__main__":
    sys.exit(main())
