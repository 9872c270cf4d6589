"""What holds of every question and every history."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdoc import resolve

PIECES = st.sampled_from(
    "who what why when where did was is the a any other else he she it they his their this that "
    "Ada Marsh Leith album band ? . , and in 1997 'x \" “ ” ( ) besides about happened".split()
)
LINES = st.lists(PIECES, max_size=14).map(" ".join)
HISTORY = st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=7)
TOLD = [
    "Ada Marsh",
    "Early life",
    "Where was she born?",
    "In Leith.",
    "Did she write?",
    "Yes, plays.",
]


@settings(max_examples=300, deadline=None)
@given(st.one_of(LINES, st.text(max_size=60)), HISTORY)
def test_the_result_is_one_line_and_always_the_same(question: str, history: list[str]) -> None:
    resolved = resolve(question, history)
    assert len(resolved.splitlines()) <= 1
    assert resolved == resolve(question, list(history))


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=80))
def test_without_history_nothing_changes(question: str) -> None:
    expected = question if question.isprintable() else " ".join(question.split())
    assert resolve(question, []) == expected
    assert resolve(question, ["", "  "]) == expected


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of France?",
        "Who wrote the opera Fidelio?",
        "How many moons does Jupiter have?",
        "Which battle was fought at Sedan in 1870?",
        "What do memory cells store?",
        "where are kenworth trucks built",
        "When did Warsaw become the capital of Poland?",
        "What other instruments did Mozart play?",
        "Who designed the Eiffel Tower?",
        "Was Chopin born in Poland?",
    ],
)
def test_a_question_that_stands_alone_is_never_changed(question: str) -> None:
    assert resolve(question, TOLD) == question
    assert resolve(question, TOLD[2:]) == question


@pytest.mark.parametrize(
    "question",
    [
        "Where did she live?",
        "Why?",
        "What about her father?",
        "Did she write anything else?",
        "Are there any other interesting aspects about this article?",
        "Were there any reviews?",
        "What was Marsh's first play?",
    ],
)
def test_a_resolved_question_is_not_changed_again(question: str) -> None:
    resolved = resolve(question, TOLD)
    assert resolve(resolved, TOLD) == resolved


@pytest.mark.parametrize(
    "hostile",
    [
        "he " * 20_000 + "?",
        "?" * 50_000,
        "(" * 9_000 + "it",
        "\x00\x1b[31mshe\x07?",
        "\ud800 did she?",
        "And in " + "in " * 300 + "?",
        "did the " * 120 + "?",
        "What did\nshe\r\nwrite\u2028?",
        "A." * 450 + "'s " * 30,
    ],
)
def test_hostile_strings_do_no_harm(hostile: str) -> None:
    assert len(resolve(hostile, TOLD).splitlines()) <= 1
    assert len(resolve("Where was she born?", [hostile] * 60).splitlines()) <= 1
    assert resolve(hostile, [hostile] * 4) == resolve(hostile, [hostile] * 4)


def test_what_a_history_holds_is_not_mixed_up_with_its_headings() -> None:
    history = ["Who Framed the Dean", "Plot", "Who is the hero?", "Jonas Pell"]
    assert resolve("When was he born?", history) == "When was Jonas Pell born?"
