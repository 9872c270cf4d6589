"""A question becomes terms and what a match of each is worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import TEXTS, UNTIMED

from askdoc.english.analyzer import AUTHOR, normalize_question, terms
from askdoc.retrieve.query import query


@UNTIMED
@given(TEXTS)
def test_own_terms_count_fully_and_related_ones_less(question: str) -> None:
    weights = query(question)
    own = set(terms(normalize_question(question)))
    assert {term for term, worth in weights.items() if worth == 1.0} == own
    assert all(0.0 < weights[term] < 1.0 for term in weights.keys() - own)


@pytest.mark.parametrize("question", ["", "   ", "?!", "What did they do?", "who is it"])
def test_function_words_give_nothing_to_look_for(question: str) -> None:
    assert query(question) == {}


def test_a_word_asked_twice_counts_once() -> None:
    assert query("bridge, bridge: Bridges?") == query("bridge")


def test_a_word_of_near_meaning_is_looked_for_too() -> None:
    assert len(query("weapons")) > 1


def test_the_country_in_lower_case() -> None:
    assert query("what did the us do")["u.s"] == 1.0


@pytest.mark.parametrize("question", ["who wrote this?", "who is the author?", "who's the writer"])
def test_who_wrote_it_looks_for_bylines(question: str) -> None:
    assert query(question).get(AUTHOR, 0.0) > 0.5


def test_a_question_of_a_megabyte_asks_for_some_hundreds_of_terms() -> None:
    assert len(query(" ".join(f"w{number}" for number in range(150_000)))) <= 500
