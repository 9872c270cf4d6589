"""The retriever in memory against rank-bm25 itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Plus
from strategies import UNTIMED

from askdoc.english.analyzer import terms
from askdoc.model import Document, Passage, Sentence
from askdoc.retrieve.memory import MemoryRetriever

VOCABULARY = "bridge river tower lamp ferry school vote treaty mayor garden winter flood".split()
CORPORA = st.lists(
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=12).map(" ".join),
    min_size=1,
    max_size=8,
)
QUESTIONS = st.dictionaries(
    st.sampled_from([*terms(" ".join(VOCABULARY)), "unheard"]),
    st.sampled_from([0.1, 0.4, 1.0]),
    min_size=1,
    max_size=4,
)


def passage(text: str) -> Passage:
    document = Document(text, "a")
    return Passage(document, (Sentence(document, 0, len(text)),))


@UNTIMED
@given(CORPORA, QUESTIONS)
def test_scores_are_those_of_rank_bm25_without_its_lower_bound(
    texts: list[str], weights: dict[str, float]
) -> None:
    passages = [passage(text) for text in texts]
    analysed = [terms(text) for text in texts]
    bm25 = BM25Plus(analysed, k1=1.2, b=0.75, delta=0.0)
    expected = [0.0] * len(texts)
    for term, weight in weights.items():
        if any(term in held for held in analysed):
            for number, score in enumerate(bm25.get_scores([term])):
                expected[number] += weight * float(score)
    hits = MemoryRetriever(passages).search(weights, len(texts))
    scores = {passages.index(hit.passage): hit.score for hit in hits}
    for number, score in enumerate(expected):
        assert scores.get(number, 0.0) == pytest.approx(score, abs=1e-9)
    assert set(scores) == {number for number, score in enumerate(expected) if score > 1e-9}


def test_texts_without_any_word_are_no_reason_to_divide_by_zero() -> None:
    passages = [passage(text) for text in ("...", "!!!", "of the and")]
    assert MemoryRetriever(passages).search({"bridg": 1.0}, 5) == []


def test_one_wordless_passage_among_others_is_never_found() -> None:
    passages = [passage("..."), passage("The bridge fell.")]
    hits = MemoryRetriever(passages).search({"bridg": 1.0}, 5)
    assert [hit.passage for hit in hits] == [passages[1]]


@pytest.mark.parametrize("weight", [0.0, -1.0])
def test_a_term_that_is_worth_nothing_finds_nothing(weight: float) -> None:
    assert MemoryRetriever([passage("bridge")]).search({"bridg": weight}, 5) == []
