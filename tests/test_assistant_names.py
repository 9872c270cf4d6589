"""Who wrote it, and names that are spelled like words: what is asked decides what is looked for."""

from __future__ import annotations

import pytest
from samples import LOG

from askdoc import Assistant

BYLINES = [
    "By Jane Doe", "By Jane Doe, Staff Writer", "Written by Jane Doe", "Jane Doe reports.",
    "Jane Doe reports from Port Ellery.", "Reporting by Jane Doe; editing by Tom Berg",
    "Author: Jane Doe", "Words by Jane Doe",
]  # fmt: skip


@pytest.mark.parametrize("byline", BYLINES)
@pytest.mark.parametrize(
    "question",
    ["who wrote this article?", "who is the author?", "Who wrote it?", "Who's the writer?"],
)
def test_who_wrote_it_finds_the_byline(byline: str, question: str) -> None:
    """Such a line shared no term with the question: "by" is a function word."""
    body = "The buyer wrote a cheque to Owen Calder. The report was written in haste, she said."
    for text in (f"Bell sold\n\n{byline}\n\n{LOG}\n{body}", f"{LOG}\n{body}\n\n{byline}\n"):
        answer = Assistant.from_texts({"log.txt": text}).ask(question)
        assert "Jane Doe" in answer.text
        short = answer.citations[0].short
        assert short is not None
        assert short.text == "Jane Doe"


def test_who_wrote_a_book_is_not_answered_by_the_byline() -> None:
    text = f"By Jane Doe\n\n{LOG}\nOwen Calder wrote a book about the ferry."
    answer = Assistant.from_texts({"log.txt": text}).ask("Who wrote a book about the ferry?")
    assert answer.text.startswith("Owen Calder")


TEAMS = (
    "The IT team fixes laptops. It is a small team, and it works in the cellar.\n\n"
    "In May they may move upstairs.\n\n"
    "The director asked Will about the cost. Will said that it will cost a lot."
)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("what does the IT team do?", "The IT team fixes laptops."),
        ("What did Will say?", "Will said that it will cost a lot."),
        ("When was Will asked?", "The director asked Will about the cost."),
        ("What is planned for May?", "In May they may move upstairs."),
    ],
)
def test_a_name_that_is_spelled_like_a_function_word_is_looked_for(
    question: str, quote: str
) -> None:
    answer = Assistant.from_texts({"a": TEAMS}).ask(question, threshold=0.0)
    assert answer.text == quote


def test_a_question_in_the_text_is_no_answer_to_itself() -> None:
    text = "What does the IT team do?\n\nThe IT team fixes laptops and phones."
    answer = Assistant.from_texts({"a": text}).ask("What does the IT team do?", limit=2)
    assert answer.citations[0].quote == "The IT team fixes laptops and phones."
