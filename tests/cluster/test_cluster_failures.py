"""Nodes that are killed and stand still: what the engine says then."""

from __future__ import annotations

import pytest
from passages import bulk, create, passage, search

from lab.cluster import Cluster, ask


def _other_than_manager(cluster: Cluster) -> int:
    return (cluster.manager() + 1) % len(cluster.nodes)


def _holder(cluster: Cluster, index: str) -> tuple[int, int]:
    """A node that does not manage the cluster and holds shards of an index, and how many."""
    shards = cluster.ask("GET", f"/_cat/shards/{index}?format=json").body
    holders = [int(shard["node"].removeprefix("node-")) for shard in shards]
    node = next(node for node in holders if node != cluster.manager())
    return node, holders.count(node)


def test_killing_one_of_three_leaves_all_answers_where_there_is_a_replica_and_lacks_some_else(
    frail_cluster: Cluster, index_name: str
) -> None:
    cluster = frail_cluster
    safe, frail = f"{index_name}-safe", f"{index_name}-frail"
    for name, replicas in ((safe, 1), (frail, 0)):
        create(cluster, name, shards=3, replicas=replicas)
        bulk(cluster, name, [passage(number, ["a"]) for number in range(300)])
        assert search(cluster, name, ["a"])["hits"]["total"]["value"] == 300
    lost, holds = _holder(cluster, frail)
    cluster.kill(lost)

    # Before and after the others have noticed.
    for noticed in (False, True):
        if noticed:
            cluster.wait("red", nodes=2)
        found = search(cluster, safe, ["a"])
        assert found["hits"]["total"]["value"] == 300
        assert found["_shards"]["successful"] == found["_shards"]["total"] == 3
        lacking = search(cluster, frail, ["a"])
        assert lacking["hits"]["total"]["value"] < 300
        assert lacking["_shards"]["successful"] == 3 - holds
    # Nothing has failed where nobody was asked: who looks at failures alone takes a part for all.
    assert lacking["_shards"]["failed"] == 0
    counted = cluster.ask("GET", f"/{frail}/_count").body
    assert counted["_shards"]["failed"] == 0
    assert counted["count"] == lacking["hits"]["total"]["value"]
    whole = f"/{frail}/_search?search_type=dfs_query_then_fetch&allow_partial_search_results=false"
    assert cluster.ask("POST", whole, {"query": {"match": {"terms": "a"}}}).status == 503


def test_what_a_bulk_confirmed_outlives_the_death_of_all_nodes(
    frail_cluster: Cluster, index_name: str
) -> None:
    cluster = frail_cluster
    create(cluster, index_name, shards=3, replicas=1)
    found = bulk(cluster, index_name, [passage(number, ["a"]) for number in range(100)])
    assert {item["status"] for item in found} == {201}
    urls = cluster.urls
    for node in range(3):
        cluster.kill(node)
    assert cluster.running == []
    cluster.heal()
    assert cluster.urls == urls
    assert search(cluster, index_name, ["a"], 100)["hits"]["total"]["value"] == 100


def test_another_manager_is_elected_and_the_killed_one_comes_back(
    frail_cluster: Cluster, index_name: str
) -> None:
    cluster = frail_cluster
    create(cluster, index_name, shards=3, replicas=1)
    bulk(cluster, index_name, [passage(number, ["a"]) for number in range(30)])
    killed = cluster.manager()
    cluster.kill(killed)
    cluster.wait("yellow", nodes=2)
    assert cluster.manager() in cluster.running
    assert search(cluster, index_name, ["a"])["hits"]["total"]["value"] == 30
    bulk(cluster, index_name, [passage(number, ["a"]) for number in range(30, 40)])
    cluster.restart(killed)
    cluster.wait("green", nodes=3)
    back = cluster.nodes[killed].url
    path = f"/{index_name}/_count?preference=_local"
    assert ask(back, "GET", path).body["count"] == 40


def test_a_node_that_stands_still_takes_a_question_and_replies_only_when_it_goes_on(
    frail_cluster: Cluster,
) -> None:
    cluster = frail_cluster
    node = _other_than_manager(cluster)
    cluster.pause(node)
    assert node not in cluster.running
    with pytest.raises(TimeoutError):
        ask(cluster.nodes[node].url, "GET", "/", seconds=0.2)
    cluster.resume(node)
    assert ask(cluster.nodes[node].url, "GET", "/").status == 200
