"""A writer is stopped between two steps of its work, or goes on when its time was over."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from lab.cluster import Cluster
from lab.fuzzing.cluster.stopping import Writers


@pytest.fixture
def writers(
    cluster: Cluster, index_name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Writers:
    monkeypatch.setenv("ASKDOC_CLUSTER_SHARDS", "1")
    return Writers(tmp_path / "docs", f"{cluster.url}/{index_name}", Random(5), 5)


@pytest.mark.parametrize(
    ("kind", "step", "number", "seen"),
    [
        ("make", "_bulk", 2, "a part"),
        ("update", "PUT .*/state", 3, "nothing"),
        ("update", "PUT .*/state", 4, "all"),
        ("rebuild", "PUT .*/state", 2, "nothing"),
        ("rebuild", "DELETE", 1, "all"),
    ],
)
def test_a_writer_that_is_killed_before_a_step_loses_nothing_that_was_committed(
    writers: Writers, kind: str, step: str, number: int, seen: str
) -> None:
    done = writers.stop(kind, number, step)
    assert done.step and done.seen == seen


@pytest.mark.parametrize(
    ("kind", "step", "number"),
    [
        ("update", "_bulk", 1),
        ("update", "PUT .*/state", 3),
        ("rebuild", "PUT .*/state", 2),
    ],
)
def test_what_a_writer_does_after_its_time_is_never_seen(
    writers: Writers, kind: str, step: str, number: int
) -> None:
    done = writers.hold_up(kind, number, step)
    assert done.step and done.seen == "all"


def test_a_rebuild_that_wakes_up_late_does_not_delete_what_others_have_made_anew(
    writers: Writers,
) -> None:
    """It deleted every index but its own: by then the one that all readers ask."""
    done = writers.hold_up("rebuild", 1, "DELETE", anew=True)
    assert done.step and done.seen == "all"
