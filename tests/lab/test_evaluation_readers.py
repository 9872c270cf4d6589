"""The readers as the lab asks them: once, and yet as a user would be answered."""

from __future__ import annotations

import json
import pickle
from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import askdoc.read
from askdoc import AskdocError, Assistant
from askdoc.read import READERS
from askdoc.read.network import SETTINGS
from lab.evaluation.asking import ask_paragraph
from lab.evaluation.data import ReadingRow
from lab.evaluation.readers import build_assistant

SENTENCES = (
    "Ada Callan built the mill in 1850.",
    "The mill burned on a night in 1871.",
    "It had four wheels and drew its water from the hill.",
    "Nobody was hurt.",
    "Was the miller insured?",
    "Owen Lindqvist bought the ruin for 40,000 pounds.",
    "The mill burned on a night in 1871.",
    "---",
)
QUESTIONS = (
    "When did the mill burn?",
    "Who built the mill?",
    "How many wheels did the mill have?",
    "Why was the queen of Sweden angry?",
    "What is it?",  # stop words only
    "who wrote this",
    "zeppelin",  # in no text
    "???",
)
paragraphs = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12).map(" ".join)


@cache
def assistant(text: str, reader: str) -> Assistant:
    return Assistant.from_texts({"paragraph.txt": text}, reader=reader)


@pytest.mark.parametrize("reader", READERS)
@settings(deadline=None, max_examples=50)
@given(text=paragraphs, question=st.sampled_from(QUESTIONS))
def test_what_is_given_is_what_a_user_is_told(reader: str, text: str, question: str) -> None:
    row = ReadingRow("q", question, "Mill", text, (), "")
    build = partial(build_assistant, reader=reader, model=None)
    (outcome,) = ask_paragraph(build, text, [row])
    try:
        told = assistant(text, reader).ask(question, limit=3)
    except AskdocError:
        assert (outcome.given.answered, outcome.given.confidence) == (False, 0.0)
        return
    given = outcome.given
    assert (given.answered, given.confidence) == (told.answered, told.confidence)
    may_be_told = [(c.start, c.end, c.confidence, c.short) for c in given.citations]
    are_told = {
        (c.start, c.end, c.confidence, c.short.text if c.short else None) for c in told.citations
    }
    assert are_told <= set(may_be_told)
    assert not may_be_told or may_be_told[0] in are_told
    first = given.citations[0] if given.citations else None
    assert outcome.prediction == ((first.short or first.quote) if first else "")


@pytest.mark.parametrize("reader", READERS)
def test_the_threshold_refuses_some_of_these_and_not_all(reader: str) -> None:
    """Else the test above compares nothing."""
    text = " ".join(SENTENCES)
    made = pickle.loads(pickle.dumps(partial(build_assistant, reader=reader, model=None)))
    rows = [ReadingRow(question, question, "Mill", text, (), "") for question in QUESTIONS]
    answered = [outcome.given.answered for outcome in ask_paragraph(made, text, rows)]
    assert {*answered} == {True, False}


def test_a_model_of_another_folder_is_read_with(tmp_path: Path) -> None:
    """Its settings are its own, told apart here by the threshold; it is loaded once."""
    shipped = Path(askdoc.read.__file__).parent / "model"
    for file in shipped.iterdir():
        if file.name != SETTINGS:
            (tmp_path / file.name).symlink_to(file)
    settings = json.loads((shipped / SETTINGS).read_text("utf-8"))
    (tmp_path / SETTINGS).write_text(json.dumps({**settings, "threshold": 0.9876}), "utf-8")
    texts = {"paragraph.txt": " ".join(SENTENCES)}
    question = "When did the mill burn?"
    other = build_assistant(texts, reader="neural", model=tmp_path)
    assert other.threshold_for(question) == 0.9876
    lexical = build_assistant(texts, reader="lexical", model=tmp_path)
    assert lexical.threshold_for(question) != 0.9876
    own = build_assistant(texts, reader="neural", model=None)
    assert own.threshold_for(question) == settings["threshold"]
    ranked = (asker.ask(question, limit=3, threshold=0.0) for asker in (own, other))
    assert next(ranked) == next(ranked), "the same network, whatever the threshold"
    (tmp_path / SETTINGS).unlink()
    again = build_assistant(texts, reader="neural", model=tmp_path)
    assert again.threshold_for(question) == 0.9876


def test_a_saved_index_answers_as_texts_in_memory_do() -> None:
    texts = {
        "b/one": "The ferry left at nine.\r\n\r\nIt carried forty cars.",
        "a": "Nobody knows.",
    }
    memory = build_assistant(texts, reader="lexical", model=None)
    saved = build_assistant(texts, reader="lexical", model=None, saved=True)
    question = "How many cars did the ferry carry?"
    ours, theirs = (one.ask(question, limit=3, threshold=0.0) for one in (saved, memory))
    assert [c.model_dump(exclude={"confidence"}) for c in ours.citations] == [
        c.model_dump(exclude={"confidence"}) for c in theirs.citations
    ]
    assert ours.citations[0].source == "b/one"
