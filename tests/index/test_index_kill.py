"""`kill -9` of the real program at random moments: what was committed is there, and all of it.

A little program sets how much is committed at once, since sixty files would be one commit.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from versions import Fleet

from askdoc.errors import IndexNotFound
from askdoc.index import status, update
from askdoc.store.folder import DESCRIPTION

KILLS = int(os.environ.get("ASKDOC_KILLS", "16"))
"""How often the program is killed; set the variable for a longer search."""

_PROGRAM = """
import sys
from askdoc.index import build, building
building._BATCH_BYTES = 3_000
build.processors = lambda: {processes}
from askdoc.cli import main
sys.exit(main(["index", *sys.argv[1:]]))
"""


class Runs:
    """Runs of the program over a fleet's files: one in four with child processes that read them."""

    def __init__(self, fleet: Fleet, index: Path) -> None:
        self.fleet = fleet
        self.index = index
        self.count = 0
        self.seconds = 0.0
        begun = time.monotonic()
        assert self.start(str(fleet.folder)).wait() == 0
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

    def stop(self, *arguments: str, by: signal.Signals = signal.SIGKILL) -> bytes:
        """Begin to index and be stopped at a random moment; what was written to standard error."""
        program = self.start(*arguments)
        time.sleep(self.fleet.random.uniform(0.0, 1.1 * self.seconds))
        program.send_signal(by)
        return program.communicate()[1]


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGINT])
def test_a_writer_that_is_stopped_loses_nothing(tmp_path: Path, by: signal.Signals) -> None:
    fleet, index = Fleet(tmp_path / "docs", Random(1)), tmp_path / "index"
    update(index, fleet.folder, processes=0)
    runs = Runs(fleet, index)
    left = []
    for _ in range(KILLS if by is signal.SIGKILL else KILLS // 4):
        fleet.sail()
        runs.stop(str(fleet.folder), by=by)
        left.append(fleet.check_committed(index))
        update(index, fleet.folder, processes=0)
        fleet.check_complete(index)
        assert not status(index).interrupted
    # Otherwise nothing was tried.
    assert any(left)


def test_killed_while_the_index_is_first_made(tmp_path: Path) -> None:
    fleet = Fleet(tmp_path / "docs", Random(3))
    runs = Runs(fleet, tmp_path / "first")
    for attempt in range(KILLS // 4):
        runs.index = tmp_path / f"index{attempt}"
        runs.stop(str(fleet.folder))
        try:
            fleet.check_committed(runs.index)
        except IndexNotFound:
            assert not (runs.index / DESCRIPTION).exists()
        update(runs.index, fleet.folder, processes=0)
        fleet.check_complete(runs.index)


def test_killed_while_the_index_is_made_anew(tmp_path: Path) -> None:
    fleet, index = Fleet(tmp_path / "docs", Random(4)), tmp_path / "index"
    update(index, fleet.folder, processes=0)
    runs = Runs(fleet, index)
    for _ in range(KILLS // 4):
        runs.stop("--rebuild")
        fleet.check_complete(index)
    update(index, processes=0)
    assert len(list(index.glob("data-*"))) == 1
    fleet.check_complete(index)
