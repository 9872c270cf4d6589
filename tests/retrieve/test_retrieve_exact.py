"""The same order and the same scores from memory and from a saved index, to the last digit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from saving import Changing, one_passage

from askdoc.english.analyzer import terms
from askdoc.model import Hit
from askdoc.retrieve.bm25 import Proposed, Scored, Scoring, best, share
from askdoc.retrieve.disk import DiskRetriever
from askdoc.retrieve.memory import MemoryRetriever
from askdoc.store.listing import segments
from askdoc.store.statistics import Statistics

FEW = settings(deadline=None, max_examples=25)
WORDS = "bridge tower lamp ferry mayor flood river school vote treaty".split()
TERMS = terms(" ".join(WORDS))
TEXTS = st.lists(st.sampled_from(WORDS), max_size=70).map(lambda words: " ".join(["the", *words]))
WEIGHTS = st.dictionaries(st.sampled_from(TERMS), st.floats(0.01, 1.0), min_size=1, max_size=6)


def told(hits: Sequence[Hit]) -> list[tuple[str, float]]:
    return [(hit.passage.document.source, hit.score) for hit in hits]


STEPS = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from("abcdefghijkl"), TEXTS, max_size=4),
        st.frozensets(st.sampled_from("abcdefghijkl"), max_size=3),
    ),
    min_size=1,
    max_size=12,
)


@FEW
@given(steps=STEPS, weights=WEIGHTS, limit=st.integers(1, 8))
def test_after_every_update_disk_scores_as_memory_does(
    steps: list[tuple[dict[str, str], frozenset[str]]], weights: dict[str, float], limit: int
) -> None:
    """Passages that were deleted and not yet merged away counted as if they were there."""
    there: dict[str, str] = {}
    with TemporaryDirectory() as name, Changing(Path(name)) as index:
        retriever = DiskRetriever(Path(name))
        for texts, gone in steps:
            texts = {at: text for at, text in texts.items() if at not in gone}
            index.change(texts, gone)
            there = {at: text for at, text in (there | texts).items() if at not in gone}
            memory = MemoryRetriever([one_passage(there[at], at) for at in sorted(there)])
            assert told(retriever.search(weights, 100)) == told(memory.search(weights, 100))
            assert told(retriever.search(weights, limit)) == told(memory.search(weights, limit))


def test_a_part_of_which_no_passage_has_a_term_does_not_count_as_if_each_had_one() -> None:
    """Its file of postings then begins with that of another field: passages were passed over whose
    exact score was higher than what was believed to be the most that they can have."""
    texts = {"f": "treaty vote tower tower lamp treaty", "l": "lamp tower tower vote"}
    weights = {"tower": 0.9, "flood": 1.0, "treati": 0.3, "lamp": 0.5, "vote": 0.7}
    with TemporaryDirectory() as name, Changing(Path(name)) as index:
        index.change(dict.fromkeys("abcxyz", "the"))
        index.change(texts)
        index.change({}, ["a", "b"])
        there = dict.fromkeys("cxyz", "the") | texts
        memory = MemoryRetriever([one_passage(there[at], at) for at in sorted(there)])
        found = told(DiskRetriever(Path(name)).search(weights, 1))
        assert found == told(memory.search(weights, 1))


def corpus(chance: Random, count: int) -> dict[str, str]:
    """Texts by name: of common and rare words, in stretches of short and of long ones."""
    common, rare = WORDS[:3], WORDS[3:]
    texts = {}
    for at in range(count):
        longest = (8, 120, 30)[3 * at // count]
        words = chance.choices(common, [9, 3, 1], k=chance.randint(1, longest))
        words += chance.choices(rare, k=chance.randint(0, 2))
        chance.shuffle(words)
        texts[f"{at:05}"] = " ".join(words)
    return texts


@pytest.mark.parametrize("seed", [1, 2])
def test_long_lists_are_passed_over_only_where_nothing_in_them_counts(seed: int) -> None:
    """tantivy keeps, for each 128 passages of a term, what they score at most: by the mean length
    of the part that they were written in, which is not that of all. And it rounds lengths."""
    chance = Random(seed)
    texts = corpus(chance, 3000)
    with TemporaryDirectory() as name, Changing(Path(name)) as index:
        retriever = DiskRetriever(Path(name))
        names = sorted(texts)
        for at in range(3):
            index.change({name: texts[name] for name in names[1000 * at : 1000 * (at + 1)]})
        # Those of few terms go: by what tantivy still counts, the others are longer than they are.
        gone = frozenset(chance.sample(names[:1000], 950))
        index.change({}, gone)
        assert len(segments(retriever.state.listing)) == 3
        there = [name for name in names if name not in gone]
        memory = MemoryRetriever([one_passage(texts[name], name) for name in there])
        for _ in range(40):
            weights = {
                term: chance.uniform(0.1, 1) for term in chance.sample(TERMS, chance.randint(1, 5))
            }
            limit = chance.choice([1, 20, 28])
            assert told(retriever.search(weights, limit)) == told(memory.search(weights, limit))


def test_hundreds_of_copies_come_in_the_order_of_their_paths() -> None:
    """Of a text that was there more than 300 times, any copy was given."""
    with TemporaryDirectory() as name, Changing(Path(name)) as index:
        for at in range(400, 0, -100):
            index.change({f"{at - back:03}": "A bridge." for back in range(100)})
        hits = DiskRetriever(Path(name)).search({"bridg": 1.0}, 3)
        assert [hit.passage.document.source for hit in hits] == ["001", "002", "003"]


class Rough:
    """An engine whose scores are off by as much as it says."""

    def __init__(self, passages: Sequence[list[str]], errors: Sequence[float]) -> None:
        self._passages = passages
        self._errors = errors

    def propose(self, scoring: Scoring, most: int) -> Proposed:
        rough = [
            (exact(scoring, words) * error, at)
            for at, (words, error) in enumerate(zip(self._passages, self._errors, strict=True))
            if not scoring.worths.keys().isdisjoint(words)
        ]
        rough.sort(reverse=True)
        # What is multiplied and divided by the same may come out a digit lower than it was.
        bounds = [score / min(self._errors) * (1.0 + 2.0**-50) for score, _ in rough[:most]]
        rest = bounds[-1] if len(rough) > most else -1.0
        return Proposed([at for _, at in rough[:most]], bounds, rest)

    def counts(
        self, numbers: Sequence[int], terms: Collection[str]
    ) -> Iterator[tuple[int, int, Sequence[int]]]:
        for at in numbers:
            yield at, len(self._passages[at]), [self._passages[at].count(term) for term in terms]


def exact(scoring: Scoring, words: list[str]) -> float:
    return scoring.score(len(words), [words.count(term) for term in scoring.worths])


@settings(deadline=None, max_examples=60)
@given(
    words=st.lists(
        st.lists(st.sampled_from(TERMS), min_size=1, max_size=6), min_size=1, max_size=120
    ),
    weights=WEIGHTS,
    limit=st.integers(1, 40),
    data=st.data(),
)
def test_whatever_an_engine_proposes_first_the_best_are_the_best(
    words: list[list[str]], weights: dict[str, float], limit: int, data: st.DataObject
) -> None:
    error = st.floats(0.7, 1.0)
    errors = data.draw(st.lists(error, min_size=len(words), max_size=len(words)))
    holding = {term: sum(term in one for one in words) for term in weights}
    scoring = Scoring(weights, Statistics(len(words), sum(map(len, words)), holding))
    scores = [Scored(exact(scoring, one), at) for at, one in enumerate(words)]
    ranked = sorted((one for one in scores if one.score > 0.0), key=lambda one: (-one[0], one[1]))
    least = ranked[min(limit, len(ranked)) - 1].score if ranked else 0.0
    found = best(Rough(words, errors), scoring, limit)
    assert found == [one for one in ranked if one.score >= least]


@given(weight=st.floats(0.01, 20), counts=st.lists(st.integers(0, 500), min_size=1), data=st.data())
def test_a_passage_scores_the_same_alone_as_among_others_and_as_in_an_array(
    weight: float, counts: list[int], data: st.DataObject
) -> None:
    lengths = data.draw(st.lists(st.integers(1, 10**6), min_size=len(counts), max_size=len(counts)))
    scoring = Scoring({"bridg": weight, "tower": 0.7}, Statistics(7, 191, {"bridg": 3, "tower": 2}))
    norms, columns = scoring.norm(np.array(lengths)), [counts, counts[::-1]]
    arrays = [
        share(worth, np.array(column), norms)
        for worth, column in zip(scoring.worths.values(), columns, strict=True)
    ]
    among = scoring.scores(lengths, columns)
    assert among == (arrays[0] + arrays[1]).tolist()
    assert among == [
        scoring.score(length, [one, other])
        for length, one, other in zip(lengths, *columns, strict=True)
    ]
