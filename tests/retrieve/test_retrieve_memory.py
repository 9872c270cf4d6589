"""The retriever in memory against rank-bm25 itself, whose sum it corrects."""

from __future__ import annotations

import numpy as np
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
def test_scores_are_those_of_rank_bm25_without_what_it_gives_for_nothing(
    texts: list[str], weights: dict[str, float]
) -> None:
    passages = [passage(text) for text in texts]
    analysed = [terms(text) for text in texts]
    bm25 = BM25Plus(analysed)
    expected = []
    for number, held in enumerate(analysed):
        score = 0.0
        for term, weight in weights.items():
            everything = float(bm25.get_scores([term])[number])
            # BM25Plus adds idf * delta to every document, also to those without the term.
            nothing = bm25.idf.get(term, 0.0) * bm25.delta
            score += weight * (everything if term in held else everything - nothing)
        expected.append(score)
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


def test_the_lengths_are_an_array_before_the_first_search() -> None:
    """rank-bm25 made an array of all lengths for each term: 40 ms a search instead of 4."""
    retriever = MemoryRetriever([passage("A bridge."), passage("A tower by the river.")])
    assert retriever._bm25 is not None
    assert isinstance(retriever._bm25.doc_len, np.ndarray)
