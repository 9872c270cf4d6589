"""The main job on two real pages: questions that a reader would ask, and two nobody should answer.

The first page is somebody's news article, which is not part of the project: it is read where it
lies, and its tests are skipped where it does not. The second is the project's own sample.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from askdoc import Assistant

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT.parent / "shared" / "article" / "article.txt"
SEEDS = ROOT / "seeds"

needs_article = pytest.mark.skipif(not ARTICLE.is_file(), reason="the article is not here")


@cache
def assistant(path: Path) -> Assistant:
    return Assistant.from_paths(path)


ARTICLE_QUESTIONS = [
    ("What did Sheinbaum ask Trump for?", r"help to prevent weapons"),
    ("Who edited the article?", r"Editing by"),
    ("When did the us designate the Sinaloa Cartel?", r"In February"),
    ("Why has the surveillance of the cartels increased?", r"^Airborne"),
    ("Did the White House respond?", r"did not immediately respond"),
    ("When was the tense telephone conversation?", r"April 16"),
    ("What would the U.S. do if Mexico failed to dismantle the cartels?", r"unilateral"),
    ("Which issues did the two leaders discuss?", r"immigration"),
    ("What do the Mexican gangs smuggle?", r"fentanyl"),
    ("Why did she reject the offer?", r"not for sale"),
    ("What constitutional reform has Sheinbaum proposed?", r"constitutional reform"),
    ("Who is the president of Mexico?", r"President Claudia"),
    ("Where was the event?", r"Texcoco|university"),
]
SEEDS_QUESTIONS = [
    ("What did Sheinbaum ask Trump for?", r"flow of weapons"),
    ("When did the us put the Sinaloa Cartel on its list?", r"^In February"),
    ("What did the White House say?", r"no comment"),
    ("When was the conversation that soured?", r"16 April"),
    ("What did Trump say he would do if Mexico did not break up the cartels?", r"act alone"),
    ("Which newspaper had the reporters read?", r"Wall Street Journal"),
    ("Who told her audience about a phone call?", r"Claudia Sheinbaum"),
]
UNANSWERABLE = [
    "How many troops did Trump offer to send?",
    "What is the population of Mexico City?",
    "How tall is the Eiffel Tower?",
    "Who won the football match in Madrid?",
]


def check_top(path: Path, question: str, pattern: str) -> None:
    best = assistant(path).ask(question, threshold=0.0).citations[0]
    assert re.search(pattern, best.quote), best.quote
    (document,) = [d for d in assistant(path).documents if d.source == best.source]
    assert document.text[best.start : best.end] == best.quote


@needs_article
@pytest.mark.parametrize(("question", "pattern"), ARTICLE_QUESTIONS)
def test_the_article_is_cited(question: str, pattern: str) -> None:
    check_top(ARTICLE, question, pattern)


@needs_article
@pytest.mark.parametrize(
    "question",
    [
        "What did Sheinbaum ask Trump for?",
        "Who edited the article?",
        "What constitutional reform has Sheinbaum proposed?",
        "Did the White House respond?",
    ],
)
def test_the_article_answers(question: str) -> None:
    assert assistant(ARTICLE).ask(question).answered


@needs_article
@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Who edited the article?", r"^Diane Craft$"),
        ("When was the tense telephone conversation?", r"April 16"),
        ("When did the us designate the Sinaloa Cartel?", r"February"),
        ("Who is the president of Mexico?", r"Sheinbaum"),
    ],
)
def test_the_words_that_answer_are_marked(question: str, short: str) -> None:
    best = assistant(ARTICLE).ask(question, threshold=0.0).citations[0]
    assert best.short is not None
    assert re.search(short, best.short.text)


@needs_article
@pytest.mark.parametrize("question", UNANSWERABLE)
def test_the_article_does_not_say(question: str) -> None:
    answer = assistant(ARTICLE).ask(question)
    assert not answer.answered, answer.text


@needs_article
@pytest.mark.parametrize(
    ("question", "quote"), [("Where do I sign up?", "Sign up here."), ("AD BOX", "ARTICLE AD BOX")]
)
def test_left_overs_of_the_page_are_in_reach(question: str, quote: str) -> None:
    citations = assistant(ARTICLE).ask(question, limit=6, threshold=0.0).citations
    assert quote in [citation.quote for citation in citations]


@needs_article
def test_every_line_of_the_article_is_its_own() -> None:
    """Each line is a paragraph: no sentence may run over two, none may be lost."""
    text = assistant(ARTICLE).documents[0].text
    sentences = [s.text for passage in assistant(ARTICLE).passages for s in passage.sentences]
    assert not [sentence for sentence in sentences if "\n" in sentence]
    assert "".join("".join(sentences).split()) == "".join(text.split())
    assert 17 <= len(sentences) <= 30
    # Speech stays whole: a straight quotation mark that opens in a sentence closes in it.
    assert not [sentence for sentence in sentences if sentence.count('"') % 2]


@pytest.mark.parametrize(("question", "pattern"), SEEDS_QUESTIONS)
def test_the_sample_is_cited(question: str, pattern: str) -> None:
    check_top(SEEDS, question, pattern)


def test_the_sample_answers_the_example() -> None:
    answer = assistant(SEEDS).ask("What did Sheinbaum ask Trump for?")
    assert answer.answered
    assert "weapons" in answer.text


@pytest.mark.parametrize("question", UNANSWERABLE)
def test_the_sample_does_not_say(question: str) -> None:
    answer = assistant(SEEDS).ask(question)
    assert not answer.answered, answer.text
