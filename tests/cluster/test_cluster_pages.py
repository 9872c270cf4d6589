"""The best passages are the best, however few a cluster is asked for at a time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from saving import one_passage, save_in_cluster
from simulated import ADDRESS, SimulatedClient, SimulatedCluster

from askdoc.index.cluster_place import ClusterPlace
from askdoc.index.committing import Batch
from askdoc.retrieve import bm25
from askdoc.retrieve import cluster as over_cluster
from askdoc.retrieve.cluster import ClusterRetriever
from askdoc.retrieve.memory import MemoryRetriever
from askdoc.store.sources import Source

_WORDS = ["river", "tower", "lamp", "mill", "mayor"]
_TEXTS = st.lists(
    st.tuples(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6), st.integers(0, 300)),
    min_size=1,
    max_size=14,
)
_WEIGHTS = st.dictionaries(
    st.sampled_from([*_WORDS, "coal"]), st.sampled_from([0.1, 0.3, 1.0, 1.0, 7.0]), min_size=1
)


class _Place(ClusterPlace):
    """A new index, of which it is believed that its passages have so many terms."""

    typical = 1

    def _typical(self) -> int:
        return self.typical


@settings(deadline=None)
@given(
    texts=_TEXTS,
    weights=_WEIGHTS,
    limit=st.integers(1, 16),
    typical=st.sampled_from([1, 5, 60, 1_000]),
    page=st.integers(1, 4),
    terms=st.integers(1, 3),
)
def test_pages_parts_and_bounds_lose_nothing(
    texts: list[tuple[list[str], int]],
    weights: dict[str, float],
    limit: int,
    typical: int,
    page: int,
    terms: int,
) -> None:
    exchange = SimulatedCluster().exchange
    passages = [
        one_passage(" ".join([*words, *["stone"] * more]), f"{at:09}.txt")
        for at, (words, more) in enumerate(texts)
    ]
    place = _Place(ADDRESS, {}, lambda address, _: SimulatedClient(exchange, address))
    place.typical = typical
    save_in_cluster(passages, place)
    retriever = ClusterRetriever(ADDRESS, SimulatedClient(exchange))
    expected = MemoryRetriever(passages).search(weights, limit)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bm25, "_FEWEST", 1)
        patch.setattr(bm25, "_TIMES", 1)
        patch.setattr(over_cluster, "_MOST_FOUND", page)
        patch.setattr(over_cluster, "_MOST_TERMS", terms)
        found = retriever.search(weights, limit)
    assert [(hit.passage.text, hit.score) for hit in found] == [
        (hit.passage.text, hit.score) for hit in expected
    ]


def test_a_question_of_more_terms_than_are_kept_finds_what_it_has_kept_before() -> None:
    """What was kept was let go of in the middle, and then missing: "the saved index is damaged"."""
    exchange = SimulatedCluster().exchange
    passages = [one_passage(f"river tower {_WORDS[at % 5]}", f"{at:09}.txt") for at in range(60)]
    save_in_cluster(
        passages, ClusterPlace(ADDRESS, {}, lambda address, _: SimulatedClient(exchange, address))
    )
    retriever = ClusterRetriever(ADDRESS, SimulatedClient(exchange))
    numbers = [passage.number for passage in retriever.passages]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("askdoc.cluster.catalog._MOST_KEPT", 20)
        patch.setattr("askdoc.cluster.catalog._AT_ONCE", 7)
        retriever.catalog.rows(numbers[:30])
        assert list(retriever.catalog.rows(numbers)) == numbers


def test_a_name_that_too_many_have_tells_none_apart_whether_they_can_be_read_or_not() -> None:
    """In a folder those counted that could not be read, in a cluster they did not."""
    exchange = SimulatedCluster().exchange

    def place() -> ClusterPlace:
        return ClusterPlace(ADDRESS, {}, lambda address, _: SimulatedClient(exchange, address))

    save_in_cluster([one_passage("river", "pear")], place())
    made = place()
    problem = ("SourceUnreadable", "it is damaged", "mint", "")
    with made.writing(), made.opened() as (catalog, commits):
        del catalog
        first = commits.state.next_id
        names = [f"/mint-{at}.txt" for at in range(25)]
        sources = [
            Source(first + at, name.encode(), name, 0, 0, 0, b"", problem=problem if at else ())
            for at, name in enumerate(names)
        ]
        commits.commit(Batch(read=[(source, None, None) for source in sources]), commits.state)
    retriever = ClusterRetriever(ADDRESS, SimulatedClient(exchange))
    assert retriever.named(["mint"]) == []
    assert [document.source for document in retriever.named(["mint", "0"])] == ["/mint-0.txt"]
