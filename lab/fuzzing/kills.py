"""`python -m lab.fuzzing.kills`: `kill -9` of `askdoc index` at any moment; nothing may be lost.

The program makes, updates or rebuilds an index of files with versions, small commit by small commit
so that it writes, commits and merges all the time, one in four times with child processes. After
each kill the index must hold a state that was committed, every document of it whole and found by
its own words, and after another run all that the files hold.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from askdoc.errors import AskdocError, IndexNotFound
from askdoc.index import status, update
from askdoc.store.folder import DESCRIPTION
from lab.fuzzing.fleet import Fleet, Lost

KINDS = ("update", "make", "rebuild")
_TURNS = ("update", "update", "make", "update", "rebuild")

_PROGRAM = """
import signal, sys
# Whoever starts this in a shell's background has it not hear Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
from askdoc.index import api
from askdoc.index import indexer
indexer._BATCH_BYTES = 3_000
api.processors = lambda: {processes}
from askdoc.cli import main
sys.exit(main(["index", *sys.argv[1:]]))
"""


class Runs:
    """Runs of the program over a fleet's files: one in four with child processes that read them.

    Args:
        fleet: whose files are indexed.
        index: where; all of it is made once, to see how long that takes.
    """

    def __init__(self, fleet: Fleet, index: Path) -> None:
        self.fleet = fleet
        self.index = index
        self.count = 0
        self.seconds = 0.0
        begun = time.monotonic()
        program = self.start(str(fleet.folder))
        said = program.communicate()[1]
        if program.returncode:
            raise Lost(f"it could not be made: {said.decode(errors='replace')}")
        self.seconds = time.monotonic() - begun

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Begin to index."""
        program = _PROGRAM.format(processes=2 if self.count % 4 == 3 else 0)
        self.count += 1
        return subprocess.Popen(
            [sys.executable, "-c", program, *arguments, "--index", str(self.index)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def stop(self, *arguments: str, by: signal.Signals = signal.SIGKILL) -> int:
        """Begin to index and be stopped at a random moment; the exit code, below 0 if killed."""
        program = self.start(*arguments)
        time.sleep(self.fleet.random.uniform(0.0, 1.1 * self.seconds))
        program.send_signal(by)
        program.communicate()
        return program.returncode


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; 1 where something was lost."""
    parser = argparse.ArgumentParser(prog="python -m lab.fuzzing.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="how many (100)")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        place = Path(folder)
        fleet = Fleet(place / "docs", Random(options.seed))
        runs = Runs(fleet, place / "index")
        while counts["killed"] < options.kills:
            kind = _TURNS[counts["begun"] % len(_TURNS)]
            counts["begun"] += 1
            try:
                _kill(kind, runs, place / "index", place / f"made{counts['begun']}", counts)
            except (Lost, AskdocError) as error:
                counts["lost"] += 1
                print(f"{kind}, number {counts['begun']}: {error}", flush=True)
                if counts["lost"] > 9:
                    break
                update(place / "index", fleet.folder, rebuild=True, processes=0)
    print(
        f"{counts['killed']} kills ({', '.join(f'{counts[kind]} {kind}' for kind in KINDS)}), "
        f"{counts['begun'] - counts['killed'] - counts['lost']} ended before; "
        f"{counts['partly']} left some of the files as they were before, "
        f"{counts['nothing']} no index yet; {fleet.checked:,} documents checked, "
        f"{counts['lost']} times something was lost"
    )
    return 1 if counts["lost"] else 0


def _kill(kind: str, runs: Runs, index: Path, fresh: Path, counts: Counter[str]) -> None:
    """One kill, and what must be true after it."""
    fleet = runs.fleet
    runs.index = fresh if kind == "make" else index
    if kind == "make":
        fleet.old = {}
    elif kind == "update":
        fleet.sail()
    code = runs.stop(*(["--rebuild"] if kind == "rebuild" else [str(fleet.folder)]))
    if code not in (0, -signal.SIGKILL):
        raise Lost(f"it ended with {code}")
    killed = code == -signal.SIGKILL
    try:
        left = fleet.check_committed(runs.index)
        if kind == "rebuild" and left:
            raise Lost(f"{left} files are gone while all is made anew")
        counts["partly"] += bool(left)
    except IndexNotFound:
        if kind != "make" or (runs.index / DESCRIPTION).exists():
            raise
        counts["nothing"] += 1
    update(runs.index, fleet.folder, processes=0)
    fleet.check_complete(runs.index)
    if status(runs.index).interrupted:
        raise Lost("it is still said to be interrupted")
    counts["killed"] += killed
    counts[kind] += killed


if __name__ == "__main__":
    sys.exit(main())
