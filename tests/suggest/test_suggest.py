"""Suggested questions: answered by their documents, readable, and none where rules do not fit."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from askdoc.assistant import Assistant
from askdoc.index import update
from askdoc.load import load_text
from askdoc.model import Document
from askdoc.suggest import suggest
from askdoc.suggest.choose import made_from

HARBOUR = """The harbour of Port Ellery

The lighthouse of Port Ellery was built in 1887 by Calder and Sons. Mary Lindqvist founded the
rowing club on 3 May 1921. She was a teacher. The ferry crosses twice a day.

In the winter of that year the mole broke. Twelve boats sank in the harbour. The mayor said on
Friday that the quay would be repaired before the summer, which nobody believed.

According to the harbour office, Mary Lindqvist said that the tide had been too high. The fleet of
Port Ellery is a group of nine trawlers. Owen Pugh was born in Ostrava.
"""
NOVEL = "He looked at her. She said nothing, and it rained. They went there because of that."
GERMAN = "Die Brücke wurde im Jahr 1887 gebaut. Der Bürgermeister sagte, dass sie teuer war."


def made(text: str) -> list[str]:
    return [one.question for one in made_from([load_text(text, "a.txt")])]


def test_a_few_documents_and_their_questions() -> None:
    texts = {"harbour.txt": HARBOUR}
    expected = {
        "When was the lighthouse of Port Ellery built?",
        "When did Mary Lindqvist found the rowing club?",
        "How many boats sank in the harbour?",
        "What did the mayor say on Friday?",
        "What is the fleet of Port Ellery?",
        "Where was Owen Pugh born?",
        "How often does the ferry cross?",
    }
    assert expected <= set(made(HARBOUR))
    found = suggest(Assistant.from_texts(texts), 3)
    assert len(found) == 3
    assert len({question.split()[0] for question in found}) >= 2
    assert set(found) <= set(made(HARBOUR))


@pytest.mark.parametrize(
    "text",
    [
        "",
        NOVEL,
        GERMAN,
        "The shop sold a tall, narrow house. The old.",
        "President Owen Pugh bought a tall, narrow house.",
        "The men killed were sailors. The number of others was in doubt.",
        "Critics said so. Monday was a holiday. These are the boats.",
        "# The bridge of Calder was built in 1887.",  # a heading cites nothing
        "The bridge\nof Calder was built \x1b[31min 1887.",
        "The Van Nelle Factory has 2014 the status of a monument.",
        "橋は1887年に建てられた。",
    ],
)
def test_no_question_where_no_rule_fits(text: str) -> None:
    document = load_text(text, "a.md")
    assert made_from([document]) == []
    assert suggest(Assistant([document])) == []


PIECES = st.sampled_from(
    ["The bridge", "Mary Lindqvist", "In 1887,", "said that", "was built", "in Calder", "by", "the",
     "because", "of", "A pilot boat is a", "Twelve boats", ", ", ". ", '"', "\u202e", "\x00",
     "\x1b", "\n", "(", "’", "A B C", "has", "three ships", "?", "-", "U.S.", "and",
     "On 3 May 1921"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=60).map(" ".join)


@given(TEXTS)
@example("The bridge was built in Calder. " * 3)
@example("Twelve boats (and the ferry of Calder) sank in May.")
@settings(deadline=None)
def test_whatever_is_made_stands_in_its_document_and_is_one_clean_line(text: str) -> None:
    document = load_text(text, "a.txt")
    found = made_from([document])
    assert found == made_from([document])
    for one in found:
        assert one.sentence.start <= one.answer.start < one.answer.end <= one.sentence.end
        assert re.fullmatch(r"[A-Z][^?]*\?", one.question)
        assert len(one.question.split()) < 12
        assert not {unicodedata.category(mark) for mark in one.question} & {"Cc", "Cf", "Zl", "Zp"}
        assert "  " not in one.question


@given(st.lists(TEXTS, max_size=3))
@settings(deadline=None, max_examples=30)
def test_each_is_answered_from_its_own_sentence(texts: list[str]) -> None:
    documents = [load_text(text, f"{at}.txt") for at, text in enumerate([*texts, HARBOUR])]
    assistant = Assistant(documents, reader="lexical")
    made = {one.question: one for one in made_from(documents)}
    found = suggest(assistant)
    assert found == suggest(assistant)
    for question in found:
        first = assistant.ask(question).citations[0]
        one = made[question]
        assert (first.start, first.end) == (one.sentence.start, one.sentence.end)
        assert first.confidence >= 0.5
        assert first.short and first.short.start < one.answer.end
    sentences = [(made[one].sentence.document.source, made[one].sentence.start) for one in found]
    assert len(set(sentences)) == len(found)


class Counting:
    """An assistant that has no answers and counts how often it is asked."""

    def __init__(self, documents: list[Document]) -> None:
        self.documents = documents
        self.inner = Assistant([load_text("Nothing.", "none.txt")], reader="lexical")
        self.asked = 0

    def ask(self, question: str) -> object:
        self.asked += 1
        return self.inner.ask(question)


def test_no_more_than_twelve_questions_are_asked() -> None:
    lines = [f"The bridge of Calder{at} was built in {1800 + at}." for at in range(100)]
    counting = Counting([load_text("\n\n".join(lines), "a.txt")])
    assert suggest(counting) == []  # type: ignore[arg-type]
    assert counting.asked == 12


@pytest.mark.parametrize(
    "piece",
    ["A ", "A'", "The a ", "Mary Mary ", "(", "in 1887, ", "a of the ", "x" * 50 + " "],
)
def test_hostile_texts_take_no_time(piece: str) -> None:
    text = f"The bridge was built. {piece * 100_000}. Mary {piece * 100}."
    assert made_from([load_text(text, "a.txt")]) == []


def test_a_saved_index_gives_the_same(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "harbour.txt").write_text(HARBOUR)
    update(tmp_path / "index", [tmp_path / "docs"])
    saved = Assistant.open(tmp_path / "index", reader="lexical")
    files = Assistant.from_paths(tmp_path / "docs", reader="lexical")
    assert suggest(saved) == suggest(files) != []
