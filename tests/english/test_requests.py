"""What asks for no quotation is told from what a quotation may answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TEXTS, UNTIMED

from askdoc.english.requests import is_request

DATA = Path(__file__).parents[1] / "data"


def lines(name: str) -> list[tuple[str, bool]]:
    """What is typed, and whether it asks for no quotation."""
    typed = (DATA / name).read_text("utf-8").split("\n\n", 1)[1].splitlines()
    return [(line[2:], line.startswith("- ")) for line in typed]


TUNE, BLIND = lines("requests-tune.txt"), lines("requests-blind.txt")
REQUESTS = st.sampled_from([typed for typed, asks_for_none in TUNE + BLIND if asks_for_none])
QUESTIONS = st.sampled_from([typed for typed, asks_for_none in TUNE + BLIND if not asks_for_none])
COURTESIES = st.sampled_from(["Hello! ", "hi, ", "Thanks. ", "ok, ", "Great! ", "please "])


def test_there_are_as_many_of_either_sort_as_it_takes() -> None:
    for half in (TUNE, BLIND):
        assert sum(asks_for_none for _, asks_for_none in half) >= 30
        assert sum(not asks_for_none for _, asks_for_none in half) >= 30


@pytest.mark.parametrize(("typed", "asks_for_none"), TUNE)
def test_what_the_rules_were_made_on(typed: str, asks_for_none: bool) -> None:
    assert is_request(typed) is asks_for_none


@pytest.mark.parametrize(("typed", "asks_for_none"), BLIND)
def test_what_was_not_looked_at_while_they_were_made(typed: str, asks_for_none: bool) -> None:
    assert is_request(typed) is asks_for_none


@given(COURTESIES, QUESTIONS)
def test_a_question_after_a_courtesy_is_one(courtesy: str, question: str) -> None:
    assert not is_request(courtesy + question)


@given(COURTESIES, REQUESTS, st.sampled_from(["", ".", "!", " please"]))
def test_a_request_after_a_courtesy_is_one(courtesy: str, request: str, end: str) -> None:
    bare = request.rstrip(".!?")
    assert is_request(courtesy + bare + end)
    assert is_request(f"  {courtesy.upper()}{bare.upper()}{end} ")


@given(REQUESTS, QUESTIONS)
def test_a_request_beside_a_question_leaves_it_a_question(request: str, question: str) -> None:
    assert not is_request(f"{request.rstrip('.!?')}. {question}")


@UNTIMED
@given(TEXTS)
def test_any_text_is_one_or_the_other(text: str) -> None:
    is_request(text)
    assert not is_request(text + " When did the ferry sail?")


@pytest.mark.parametrize("typed", ["", " ", "...", "x" * 10**6, "please " * 10_000])
def test_what_says_nothing_or_too_much_is_no_request(typed: str) -> None:
    assert not is_request(typed)
