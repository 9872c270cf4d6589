"""Nodes are killed and stand still while somebody writes an index and others ask it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from askdoc import Assistant
from askdoc.errors import ClusterError
from askdoc.index import update
from lab.cluster import Cluster
from lab.fuzzing.cluster.life import LEASE_SECONDS, Clock, Life, asking, before, living
from lab.fuzzing.cluster.whole import check_whole, scores
from lab.fuzzing.fleet import Fleet

WORDS = ("ship port", "crew saw no land", "voyage ended")


@pytest.fixture
def fleet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fleet:
    # Each node has a copy of something.
    monkeypatch.setenv("ASKDOC_CLUSTER_SHARDS", "2")
    return Fleet(tmp_path / "docs", Random(8), 5)


def at_bulk(number: int, act: Callable[[], object]) -> Life:
    """A life in which something happens just before that bulk request."""
    return Life(before(number, "_bulk", lambda step: act()))


def others(cluster: Cluster, node: int) -> list[int]:
    return [number for number in range(len(cluster.nodes)) if number != node]


def test_a_writer_goes_on_where_a_node_stands_still_and_it_comes_back_with_the_same_answers(
    frail_cluster: Cluster, index_name: str, fleet: Fleet
) -> None:
    cluster = frail_cluster
    door = cluster.manager()
    url = f"{cluster.nodes[door].url}/{index_name}"
    update(url, fleet.folder, processes=0)
    cluster.wait()  # a new index has one copy for a moment
    fleet.sail()
    slow = others(cluster, door)[0]
    with living(at_bulk(1, lambda: cluster.pause(slow)), Clock()):
        update(url, fleet.folder, processes=0)
    check_whole(fleet, url)
    fleet.sail()
    update(url, fleet.folder, processes=0)
    cluster.heal()
    check_whole(fleet, url, f"{cluster.nodes[slow].url}/{index_name}")


def test_a_writer_whose_node_is_killed_ends_with_an_error_and_nothing_is_lost_also_when_all_are(
    frail_cluster: Cluster, index_name: str, fleet: Fleet
) -> None:
    cluster = frail_cluster
    door, clock = others(cluster, cluster.manager())[0], Clock()
    url = f"{cluster.nodes[door].url}/{index_name}"
    update(url, fleet.folder, processes=0)
    cluster.wait()  # a new index has one copy for a moment
    fleet.sail()
    life = at_bulk(1, lambda: cluster.kill(door))
    with living(life, clock, patience=0.5), pytest.raises(ClusterError, match=index_name):
        update(url, fleet.folder, processes=0)
    elsewhere = f"{cluster.nodes[cluster.running[0]].url}/{index_name}"
    left = fleet.check_committed(elsewhere)
    assert left > 0
    opened = Assistant.open(elsewhere, reader="lexical")
    then = [scores(opened, words) for words in WORDS]
    for node in cluster.running:
        cluster.kill(node)
    cluster.heal()
    assert [scores(opened, words) for words in WORDS] == then
    assert fleet.check_committed(url) == left
    clock.ahead += LEASE_SECONDS
    with living(Life(), clock):
        update(url, fleet.folder, processes=0)
    check_whole(fleet, url)


def test_the_manager_is_killed_while_somebody_asks_and_comes_back_after_an_update(
    frail_cluster: Cluster, index_name: str, fleet: Fleet
) -> None:
    cluster = frail_cluster
    manager = cluster.manager()
    url = f"{cluster.nodes[others(cluster, manager)[0]].url}/{index_name}"
    update(url, fleet.folder, processes=0)
    cluster.wait()  # a new index has one copy for a moment
    sent = 0

    def kill(number: int) -> None:
        nonlocal sent
        sent = number
        if number == 3:
            cluster.kill(manager)

    held = Assistant.from_paths(fleet.folder, reader="lexical")
    expected = [held.ask(f"Which {words}?").model_dump_json() for words in WORDS]
    with asking(kill):
        opened = Assistant.open(url, reader="lexical")
    for words, answer in zip(WORDS, expected, strict=True):
        try:
            assert opened.ask(f"Which {words}?").model_dump_json() == answer
        except ClusterError:
            continue
    assert sent > 3 and manager not in cluster.running
    cluster.wait("yellow", nodes=2)
    assert [opened.ask(f"Which {words}?").model_dump_json() for words in WORDS] == expected
    fleet.sail()
    update(url, fleet.folder, processes=0)
    check_whole(fleet, url)
    cluster.heal()
    check_whole(fleet, f"{cluster.nodes[manager].url}/{index_name}")
