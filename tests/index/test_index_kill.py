"""`kill -9` of the real program at random moments: what was committed is there, and all of it.

`python -m lab.fuzzing.kills` does the same for as long as one likes.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from random import Random

import pytest

from askdoc.errors import IndexNotFound
from askdoc.index import status, update
from askdoc.store.folder import DESCRIPTION
from lab.fuzzing.fleet import Fleet
from lab.fuzzing.kills import Runs

KILLS = int(os.environ.get("ASKDOC_KILLS", "16"))
"""How often the program is killed; set the variable for a longer search."""


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
