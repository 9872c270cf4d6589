"""What a cluster does that is simulated, and a real one does as well."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from saving import one_passage, save_in_cluster
from simulated import ADDRESS, SimulatedClient, SimulatedCluster

from askdoc.cluster.address import Address
from askdoc.cluster.client import Client
from askdoc.cluster.committed import look, replaced
from askdoc.cluster.indices import begin, make, others
from askdoc.cluster.state import Lease
from askdoc.errors import ClusterFailed, IndexBusy, IndexNotFound, IndexUnwritable
from askdoc.index.cluster_place import ClusterPlace
from askdoc.retrieve.cluster import ClusterRetriever

Connect = Callable[[], Client]
_TEXTS = {"mint": "river tower", "plum": "lamp tower", "fig": "mill"}


@pytest.fixture(params=["simulated", "real"])
def connect(request: pytest.FixtureRequest) -> Connect:
    """Makes clients of a cluster, for an index of the three texts."""
    if request.param == "real":
        cluster, name = map(request.getfixturevalue, ("cluster", "index_name"))
        address = Address.parse(f"{cluster.url}/{name}")
        made: Connect = lambda: Client(address)  # noqa: E731
    else:
        exchange = SimulatedCluster().exchange
        address, made = ADDRESS, lambda: SimulatedClient(exchange)
    passages = [one_passage(_TEXTS[name], name) for name in sorted(_TEXTS)]
    save_in_cluster(passages, _place(made))
    return made


def _place(connect: Connect) -> ClusterPlace:
    client = connect()
    return ClusterPlace(client.address, {}, lambda address, credentials: connect())


def _found(connect: Connect, words: list[str]) -> list[str]:
    client = connect()
    hits = ClusterRetriever(client.address, client).search(dict.fromkeys(words, 1.0), 10)
    return [hit.passage.text for hit in hits]


def test_an_index_that_was_deleted_is_not_made_by_who_writes_to_it(connect: Connect) -> None:
    client = connect()
    for kind in ("passages", "sources"):
        index = f"{client.address.name}-{kind}-{look(client).found.epoch}"
        client.request("DELETE", f"/{index}")
        with pytest.raises(ClusterFailed):
            save_in_cluster([one_passage("river", "pear")], _place(connect))
        assert client.request("GET", f"/{index}/_mapping", allowed=(404,)).status == 404


def test_the_index_of_the_state_is_not_made_by_who_replaces_it(connect: Connect) -> None:
    client = connect()
    before = look(client)
    client.request("DELETE", f"/{client.address.name}")
    with pytest.raises(IndexNotFound):
        replaced(client, before, before.found)
    assert client.request("GET", f"/{client.address.name}/_mapping", allowed=(404,)).status == 404


def test_what_was_made_by_a_try_whose_reply_was_lost_is_there(connect: Connect) -> None:
    client = connect()
    for _ in range(2):
        make(client, "0123456789ab", 64, 1)
    assert sorted(others(client, look(client).found.epoch)) == [
        f"{client.address.name}-passages-0123456789ab",
        f"{client.address.name}-sources-0123456789ab",
    ]
    with pytest.raises(IndexBusy):
        state = look(client).found.state._replace(listing="0123456789ab")
        begin(client, look(client).found._replace(state=state))


@pytest.mark.parametrize("terms", [1, 300, 600])
def test_questions_of_many_terms_are_asked_over_many_holes(connect: Connect, terms: int) -> None:
    """Both are clauses of a query, of which there may be so many."""
    client = connect()
    committed = look(client)
    first = 1_000
    holes = tuple((first + 10 * at, first + 10 * at + 5) for at in range(300))
    last = first + 10_000
    state = committed.found.state._replace(next_id=last)
    replaced(client, committed, committed.found._replace(state=state, holes=holes, reserved=last))
    words = ["tower", *(f"word{number}" for number in range(terms - 1))]
    assert sorted(_found(connect, words)) == ["lamp tower", "river tower"]


def test_so_many_holes_that_nothing_could_be_asked_are_not_made(connect: Connect) -> None:
    client = connect()
    committed = look(client)
    holes = tuple((1_000 + 10 * at, 1_005 + 10 * at) for at in range(300))
    state = committed.found.state._replace(next_id=20_000)
    found = committed.found._replace(state=state, holes=holes, reserved=21_000)
    with _place(connect).writing():
        pass
    committed = look(client)
    replaced(client, committed, found._replace(lease=Lease("", 0)))
    with pytest.raises(IndexUnwritable), _place(connect).writing():
        pass
    with _place(connect).writing(anew=True):
        pass
