"""A short round under a watcher, and differences planted for it to see."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from askdoc.index import update
from lab.fuzzing import watch
from lab.fuzzing.changes import Changes

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such signals there")


def test_a_few_changes_and_a_kill(tmp_path: Path) -> None:
    done = watch.run(tmp_path, Random(4), count=8, kills=1, within=0.5)
    # How soon is for a person to see: this machine may have other work.
    assert not done.differing or done.late
    assert done.files > 10


def test_changes_are_made_by_their_seed(tmp_path: Path) -> None:
    names = []
    for place in (tmp_path / "a", tmp_path / "b"):
        (place / "docs").mkdir(parents=True)
        changes = Changes(place / "docs", Random(7), place / "outside")
        for _ in range(120):
            list(changes.make())
        assert changes.count == 120
        names.append(sorted(str(one.relative_to(place)) for one in place.rglob("*")))
    assert names[0] == names[1]
    assert len(names[0]) > 40


def test_each_difference_is_seen(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for name in ("a", "b", "c"):
        (docs / f"{name}.txt").write_text(f"The tug {name} is here.")
    update(tmp_path / "index", docs, processes=0)
    before = watch.held(tmp_path / "index")
    assert not watch._differing(before, before)
    (docs / "a.txt").write_text("The tug a has gone.")
    (docs / "b.txt").unlink()
    (docs / "d.txt").write_text("The tug d has come.")
    update(tmp_path / "index", docs, processes=0)
    said = watch._differing(before, watch.held(tmp_path / "index"))
    assert [line.rpartition("' ")[2] for line in said] == [
        "is as it was before",
        "should not be there",
        "is missing",
    ]
