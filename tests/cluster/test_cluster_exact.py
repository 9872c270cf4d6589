"""The same order and the same scores from a cluster as from memory, to the last digit, however far
off the engine's own scores are."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from saving import one_passage, save_in_cluster

from askdoc.cluster.address import Address
from askdoc.english.analyzer import terms
from askdoc.index.cluster_place import ClusterPlace
from askdoc.model import Passage
from askdoc.retrieve.memory import MemoryRetriever
from askdoc.retrieve.opening import retriever
from askdoc.retrieve.saved import SavedRetriever
from lab.cluster import Cluster

COMMON = "bridge tower lamp".split()
RARE = "ferry mayor flood river school vote treaty".split()
# Of most of them one passage in a hundred has one.
MANY = [f"word{number}" for number in range(700)]
TERMS = terms(" ".join([*COMMON, *RARE]))
Both = tuple[SavedRetriever, MemoryRetriever]


def texts(chance: Random) -> Iterator[str]:
    """Of common and rare words, in stretches of short and of long passages, with many alike."""
    for longest in (8, 200, 40):
        for _ in range(400):
            words = chance.choices(COMMON, [9, 3, 1], k=chance.randint(1, longest))
            words += chance.choices(RARE, k=chance.randint(0, 2))
            words += chance.choices(MANY, k=chance.randint(0, 7))
            chance.shuffle(words)
            yield " ".join(words)
        yield from ["The bridge and the tower."] * 30


# What the engine takes passages to have in the mean; they have 47.
@pytest.fixture(scope="module", params=[1, 47, 1_000])
def both(request: pytest.FixtureRequest, cluster: Cluster) -> Both:
    """The same passages in the cluster and in memory."""
    passages = [
        Passage(one.document, one.sentences)
        for number, text in enumerate(texts(Random(7)))
        for one in [one_passage(text, f"/{number:09}.txt")]
    ]
    url = f"{cluster.url}/exact-{request.param}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("askdoc.index.cluster_place._TYPICAL", request.param)
        save_in_cluster(passages, ClusterPlace(Address.parse(url)))
    return retriever(url), MemoryRetriever(passages)


def test_whatever_is_asked_comes_in_the_same_order_with_the_same_scores(both: Both) -> None:
    chance = Random(11)
    for _ in range(40):
        asked = chance.sample(TERMS, chance.randint(1, 6))
        weights = {term: chance.choice([1.0, 1.0, 0.4, 0.07]) for term in asked}
        limit = chance.choice([1, 3, 20, 60, 700, 5_000])
        assert told(both[0], weights, limit) == told(both[1], weights, limit), (weights, limit)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(
    weights=st.dictionaries(st.sampled_from(TERMS), st.floats(0.01, 1.0), min_size=1, max_size=8),
    limit=st.integers(1, 40),
)
def test_whatever_the_weights(both: Both, weights: dict[str, float], limit: int) -> None:
    assert told(both[0], weights, limit) == told(both[1], weights, limit)


def test_a_question_of_more_terms_than_the_engine_takes_at_once(both: Both) -> None:
    weights = dict.fromkeys([*terms(" ".join(MANY)), *TERMS, "nowher"], 1.0)
    assert len(weights) > 600
    for limit in (1, 20, 300):
        assert told(both[0], weights, limit) == told(both[1], weights, limit)


def told(asked: SavedRetriever | MemoryRetriever, weights: dict[str, float], limit: int) -> object:
    return [(hit.score, hit.passage.document.source) for hit in asked.search(weights, limit)]


def test_the_script_has_the_numbers_of_the_exact_formula() -> None:
    from askdoc.cluster import layout
    from askdoc.retrieve import bm25

    assert pytest.approx(bm25.K1 * (1 - bm25.B)) == layout.NO_LENGTH
    assert pytest.approx(bm25.K1 * bm25.B) == layout.TYPICAL_LENGTH
