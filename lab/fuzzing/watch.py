"""`python -m lab.fuzzing.watch`: a thousand random changes below a folder that is watched.

The real program keeps an index up to date meanwhile. Soon after the last change the index must
hold what one holds that is made from nothing: the same texts with the same marks under the same
names, and the same files that could not be read. With `--kills` the program is killed at random
moments and started again; what it had committed must still be there each time.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic
from typing import NamedTuple

from askdoc.errors import IndexNotFound
from askdoc.index import update
from askdoc.retrieve.disk import DiskRetriever
from askdoc.store.catalog import Source
from lab.fuzzing.changes import Changes
from lab.fuzzing.fleet import Lost

Held = dict[str, tuple[object, ...]]
"""Name of a file -> all that an index holds of it."""

_LOOKS_SECONDS, _LATE_SECONDS, _KILL_SECONDS = 0.1, 60.0, 20.0


class Run(NamedTuple):
    """What came of a run.

    `differing` are the files of which another thing is held than there should be, with what is the
    matter; `seconds` after the last change its last state was seen; `states` is how many there
    were. `late` is when all was as it should be where that took longer, 0 where it never was.
    """

    differing: Sequence[str]
    files: int
    seconds: float
    states: int
    late: float


def held(index: Path) -> Held:
    """All that an index holds, but for when files were looked at."""
    retriever = DiskRetriever(index)
    found: Held = {}
    with closing(retriever.catalog) as catalog:
        for source in catalog.sources():
            marks = b"" if source.problem else catalog.marks(source.id)
            rows = [bytes(row.text) for _, row in catalog.rows_of(source.id)]
            found[source.name] = (*_lasting(source), marks, *rows)
    return found


def _lasting(source: Source) -> tuple[object, ...]:
    return (
        source.path, source.size, source.digest, source.passages, source.sentences, source.lines,
        source.length, source.notes, source.problem,
    )  # fmt: skip


class Watcher:
    """The real program, watching `docs` in a folder.

    Args:
        folder: where it runs.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = (folder / "watcher.log").open("ab")
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        program = [sys.executable, "-m", "askdoc", "index", "docs", "--watch"]
        root = Path(__file__).parents[2]
        environ = {**os.environ, "PYTHONPATH": os.fspath(root)}
        return subprocess.Popen(
            program, cwd=self._folder, env=environ, stdout=self._log, stderr=self._log
        )

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def kill(self) -> None:
        """End it at once, and start it again."""
        self._process.kill()
        self._process.wait()
        self._process = self._start()

    def stop(self) -> int:
        """Press Ctrl-C; the exit code."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait()
        self._log.close()
        return self._process.returncode


def run(folder: Path, random: Random, count: int, kills: int, within: float) -> Run:
    """Make changes under a watcher's eyes, and compare its index with one made from nothing.

    Args:
        folder: an empty folder.
        random: what decides.
        count: how many changes.
        kills: how often the watcher is killed meanwhile.
        within: seconds after the last change when the index is compared.

    Raises:
        Lost: the watcher ended by itself, or something that it had committed has gone.
    """
    docs, index = folder / "docs", folder / "index"
    docs.mkdir()
    changes = Changes(docs, random, folder / "outside")
    for _ in range(30):
        _finish(changes)
    watcher = Watcher(folder)
    generation = _wait_until_made(index, watcher)
    killed = set(random.sample(range(count), kills))
    for number in range(count):
        for _ in changes.make():
            time.sleep(random.choice((0.0, 0.0, 0.05, 1.5)))
        if random.random() < 0.2:
            time.sleep(random.choice((0.01, 0.05, 0.3, 1.2)))
        if number in killed:
            # At times it has no time to commit what was changed, and is starting yet.
            until = monotonic() + random.choice((0.0, _KILL_SECONDS))
            while _generation(index) == generation and monotonic() < until:
                time.sleep(_LOOKS_SECONDS)
            time.sleep(random.uniform(0.0, 2.0))
            generation = _kill(watcher, index, generation)
    last = monotonic()
    now, seconds = held(index), 0.0
    for state in _states(index, watcher, last + within):
        now, seconds = state, monotonic() - last
    fresh = _fresh(folder)
    differing, late = _differing(now, fresh), 0.0
    if differing:
        for state in _states(index, watcher, monotonic() + _LATE_SECONDS):
            if state == fresh:
                late = monotonic() - last
                break
    generation = _generation(index)
    if code := watcher.stop():
        raise Lost(f"the watcher ended with {code}")
    return Run(differing, len(fresh), seconds, generation, late)


def _states(index: Path, watcher: Watcher, until: float) -> Iterator[Held]:
    """What an index holds, now and whenever that is another, up to a moment."""
    known = -1
    while monotonic() < until:
        if watcher.has_ended:
            raise Lost("the watcher has ended by itself")
        if (generation := _generation(index)) != known:
            known = generation
            yield held(index)
        time.sleep(_LOOKS_SECONDS)


def _differing(now: Held, fresh: Held) -> list[str]:
    said = []
    for name in sorted({*fresh, *now}):
        if name not in now:
            said.append(f"{name!r} is missing")
        elif name not in fresh:
            said.append(f"{name!r} should not be there")
        elif now[name] != fresh[name]:
            said.append(f"{name!r} is as it was before")
    return said


def _finish(changes: Changes) -> None:
    for _ in changes.make():
        pass


def _fresh(folder: Path) -> Held:
    """What an index holds that is made from nothing, of the same names."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        update("fresh", "docs", processes=1)
    finally:
        os.chdir(before)
    return held(folder / "fresh")


def _generation(index: Path) -> int:
    retriever = DiskRetriever(index)
    with closing(retriever.catalog):
        return retriever.state.generation


def _wait_until_made(index: Path, watcher: Watcher) -> int:
    while not watcher.has_ended:
        try:
            return _generation(index)
        except IndexNotFound:
            time.sleep(_LOOKS_SECONDS)
    raise Lost("the watcher has ended by itself")


def _kill(watcher: Watcher, index: Path, before: int) -> int:
    """Kill the watcher; what had been committed must be there, and whole."""
    seen = max(before, _generation(index))
    watcher.kill()
    held(index)
    retriever = DiskRetriever(index)
    with closing(retriever.catalog):
        if retriever.state.generation < seen:
            raise Lost(f"state {seen} was committed and has gone")
    return seen


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; 1 where an index is not what it should be."""
    parser = argparse.ArgumentParser(prog="python -m lab.fuzzing.watch", description=__doc__)
    parser.add_argument("--changes", type=int, default=1_000, help="how many (1,000)")
    parser.add_argument("--kills", type=int, default=0, help="of the watcher, meanwhile (0)")
    parser.add_argument("--within", type=float, default=5.0, help="seconds after the last (5)")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        place = Path(folder)
        try:
            done = run(place, Random(options.seed), options.changes, options.kills, options.within)
        except Lost as lost:
            print(lost, (place / "watcher.log").read_text(errors="replace"), sep="\n")
            return 1
        log = (place / "watcher.log").read_text(errors="replace").splitlines()
    print(
        f"seed {options.seed}: {options.changes:,} changes, {options.kills} kills, {done.states} "
        f"states; {done.files} files, {len(done.differing)} not as they are in an index made from "
        f"nothing; the last state came {done.seconds:.1f} s after the last change"
    )
    if done.differing:
        print(
            f"  after {done.late:.1f} s all was as it should be" if done.late else "  it stays so"
        )
        # Whether the machine had other work, and how long each of the last updates took.
        print(f"  {os.getloadavg()[0]:.0f} programs wanted a processor")
        print(*(f"  {line}" for line in (*done.differing[:20], *log[-4:])), sep="\n")
    return 1 if done.differing or any("Traceback" in line for line in log) else 0


if __name__ == "__main__":
    sys.exit(main())
