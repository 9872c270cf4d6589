"""A question taken apart: its terms and weights, what it asks about, and how it is put."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import TEXTS, UNTIMED

from askdoc.english.analyzer import AUTHOR, terms
from askdoc.english.answer_types import AnswerType
from askdoc.read.analysis import QuestionAnalysis, is_negated


@UNTIMED
@given(TEXTS)
def test_every_term_has_its_weight(question: str) -> None:
    asked = QuestionAnalysis(question)
    assert len(set(asked.terms)) == len(asked.terms) == len(asked.weights)
    assert asked.total > 0.0
    assert all(asked.weight[term] > 0.0 for term in asked.terms)
    assert asked.capitals <= set(asked.terms)


def test_terms_are_the_questions_own_each_once() -> None:
    asked = QuestionAnalysis("Did the old bridge, the bridge of Ellery, fall?")
    assert asked.terms == terms("old bridge Ellery fall")
    assert asked.capitals == set(terms("Ellery"))
    assert asked.kind is AnswerType.ANY


@pytest.mark.parametrize(
    "question",
    [
        "What does the article say about the lighthouse?",
        "What, according to the text, happened to the lighthouse?",
        "In this document, where is the lighthouse?",
        "Which lighthouse is in the passage?",
    ],
)
def test_words_about_the_document_are_not_looked_for(question: str) -> None:
    assert not {"articl", "text", "document", "passag"} & set(QuestionAnalysis(question).terms)
    assert "lighthous" in QuestionAnalysis(question).terms


def test_a_question_about_nothing_else_keeps_them() -> None:
    assert QuestionAnalysis("What is the article about?").terms == ["articl"]


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("How many lamps are there?", "lamp"),
        ("In what year did it fall?", "year"),
        ("What kind of treaty was signed?", "treati"),
        ("Which of the other bridges fell?", "bridg"),
        ("What is it?", None),
        ("Who fell?", None),
        ("Did it fall?", None),
        ("How many?", None),
        ("", None),
    ],
)
def test_what_is_asked_about(question: str, focus: str | None) -> None:
    assert QuestionAnalysis(question).focus == focus


def test_the_country_in_lower_case_is_a_name() -> None:
    assert QuestionAnalysis("what did the us do?").terms == ["u.s"]


@pytest.mark.parametrize(
    "text",
    ["It did not fall.", "She never came.", "He refused.", "They don't know.", "Nobody can’t."],
)
def test_denials(text: str) -> None:
    assert is_negated(text)


@pytest.mark.parametrize("text", ["It fell.", "The notice came.", "A knotty nonet.", "", "Norway"])
def test_no_denials(text: str) -> None:
    assert not is_negated(text)


@pytest.mark.parametrize(
    "question",
    ["who wrote this article?", "Who is the author?", "Who wrote it?", "who's the writer"],
)
def test_who_wrote_the_document_is_about_its_author(question: str) -> None:
    asked = QuestionAnalysis(question)
    assert asked.terms == [AUTHOR]
    assert "wrote" in asked.authorship


@pytest.mark.parametrize(
    "question", ["Who wrote the ode?", "What does the author say?", "Who is it?", "Who edited it?"]
)
def test_other_questions_are_not(question: str) -> None:
    assert not QuestionAnalysis(question).authorship
