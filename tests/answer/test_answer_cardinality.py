"""How many things a question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.answer.cardinality import Act, Cardinality, act, wants


@pytest.mark.parametrize(
    "question",
    [
        "When did they meet?",
        "How many people came?",
        "Who designed the bridge?",
        "Who chairs the commission?",
        "Who leads?",
        "Where was the second meeting held?",
        "Which city did they meet in?",
        "In what year was the canal dug?",
    ],
)
def test_a_date_a_number_a_name_or_a_place_is_one_thing(question: str) -> None:
    assert wants(question) is Cardinality.ONE


@pytest.mark.parametrize(
    "question",
    [
        "What are the steps of the repair?",
        "Which ports are open?",
        "What rules hold at the lake?",
        "Who were the members of the committee?",
        "What reasons did she give?",
        "Which of the two bridges were closed?",
        "What old options does it have?",
        "Tell me about the strike.",
        "List the duties of the tenant",
        "What happened on Monday?",
        "On which days do they meet?",
        "How did the union react to the offer?",
    ],
)
def test_plurals_and_orders_to_tell_ask_for_several(question: str) -> None:
    assert wants(question) is Cardinality.LISTED


@pytest.mark.parametrize(
    "question",
    ["What did she say?", "And what did the two leaders discuss?", "What must the tenant do?",
     "what else has he promised", "What does the tool need?"],
)  # fmt: skip
def test_what_somebody_did_may_be_several_things(question: str) -> None:
    assert wants(question) is Cardinality.WHATEVER


@pytest.mark.parametrize(
    "question",
    [
        "Why did she reject it?",
        "What is a proxy?",
        "When may they end the lease?",
        "What port?",
        "What drives the pump?",
        "What helps a sick bee?",
        "Which port serves the page?",
        "What does he weigh?",
        "What does the error mean?",
    ],
)
def test_one_thing_unless_the_text_says_that_there_is_another(question: str) -> None:
    assert wants(question) is Cardinality.ONE_OR_ADDED


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What did Ada Marsh tell them?", "ada marsh"),
        ("What must the tenant do?", "the tenant"),
        ("What does Tidegate need?", "tidegate"),
        ("What did she say?", "she"),
        ("Who told them?", ""),
        ("Why did Marsh leave?", ""),
    ],
)
def test_who_does_it(question: str, name: str) -> None:
    assert act(question).named == name


def test_what_is_done() -> None:
    assert act("What must the old tenants do?") == Act("the old tenants", "do", "must")
    assert act("What does Tidegate need?") == Act("tidegate", "need", "")


@given(st.text(max_size=60), st.booleans())
def test_any_question_at_all(text: str, opened: bool) -> None:
    question = f"What did {text}" if opened else text
    assert wants(question) is wants(f"  {question} ")
    words = question.casefold().replace("’", "'")
    assert all(word.casefold() in words for word in act(question).named.split())
