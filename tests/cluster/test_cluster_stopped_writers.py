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


# Where a step is that way is known of five files; `lab.fuzzing.cluster` goes through all steps.
@pytest.mark.parametrize(
    ("kind", "number", "step", "seen"),
    [
        ("make", 9, "state", "nothing"),
        ("make", 16, "_bulk", "a part"),
        ("update", 12, "state", "nothing"),
        ("update", 13, "state", "all"),
        ("rebuild", 16, "state", "nothing"),
        ("rebuild", 17, "DELETE", "all"),
    ],
)
def test_a_writer_that_is_killed_before_a_step_loses_nothing_that_was_committed(
    writers: Writers, kind: str, number: int, step: str, seen: str
) -> None:
    done = writers.stop(kind, number)
    assert step in done.step and done.seen == seen


@pytest.mark.parametrize(
    ("kind", "number", "step"),
    [
        ("make", 9, "state"),
        ("update", 10, "_bulk"),
        ("update", 12, "state"),
        ("rebuild", 16, "state"),
    ],
)
def test_what_a_writer_does_after_its_time_is_never_seen(
    writers: Writers, kind: str, number: int, step: str
) -> None:
    done = writers.hold_up(kind, number)
    assert step in done.step and done.seen == "all"


@pytest.mark.parametrize(("number", "step"), [(12, "_refresh"), (17, "DELETE")])
def test_a_rebuild_that_wakes_up_late_does_not_delete_what_others_have_made_anew(
    writers: Writers, number: int, step: str
) -> None:
    """It deleted every index but its own: by then the one that all readers ask."""
    done = writers.hold_up("rebuild", number, anew=True)
    assert step in done.step and done.seen == "all"
