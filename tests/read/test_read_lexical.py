"""The lexical reader's short answers and what it keeps, beyond what holds for every reader."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import UNTIMED

from askdoc.model import Document, Hit, Passage, Question, Sentence, Span
from askdoc.read import lexical
from askdoc.read.analysis import QuestionAnalysis
from askdoc.read.answer_forms import answers
from askdoc.read.lexical import LexicalReader
from askdoc.read.parts import PassageParts, SentenceParts


def passage(text: str) -> Passage:
    document = Document(text, "a")
    return Passage(document, (Sentence(document, 0, len(text)),))


def short(question: str, text: str) -> str | None:
    """The words that the reader marks in a text that is one sentence."""
    asked = Question(asked=question, resolved=question)
    (extract,) = LexicalReader().read(asked, [Hit(passage(text), 1.0)])
    return text[extract.short.start : extract.short.end] if extract.short else None


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        (
            "Who is the president of Mexico?",
            "President Claudia Sheinbaum said that American soldiers would never come to Mexico.",
            "Claudia Sheinbaum",
        ),
        ("Who leads Ostrava?", "Norwegian ferries to Ostrava pleased Owen.", "Owen"),
        ("Who built the bridge?", "The bridge was built by Calder & Co. in 1911.", "Calder & Co."),
        ("How many days are left to pay?", "2.1 The client pays in 30 days.", "30 days"),
        ("How much is the rent?", "The rent is $81k a year.", "$81k"),
        ("When does the ferry leave?", "The ferry leaves at 4:15 a.m. daily.", "4:15 a.m."),
        ("How many came?", "No one came.", None),
        ("How tall is the tower?", "The tower is 300 feet tall.", "300 feet"),
        ("Who came to the meeting?", "Attendees: Ann Lee", "Ann Lee"),
        ("What fell?", "The bridge fell.", None),
    ],
)
def test_the_words_that_answer(question: str, text: str, words: str | None) -> None:
    assert short(question, text) == words


WORDS = st.sampled_from("lamp ferry 3 12 1998 Owen Ruth , ; by : one forty weeks the a".split())


def _by_hand(asked: QuestionAnalysis, parts: SentenceParts) -> Span:
    """The nearest candidate, by looking at all pairs of candidate and term."""
    wanted: Sequence[str] = asked.terms
    if asked.focus in parts.places:
        wanted = [asked.focus]
    tokens = [parts.tokens[place] for term in wanted for place in parts.places.get(term, ())]

    def distance(span: Span) -> tuple[int, int]:
        gaps = [
            lexical._gap(parts.text, token.end, span.start)
            if token.end <= span.start
            else lexical._gap(parts.text, span.end, token.start)
            for token in tokens
        ]
        return (min(gaps, default=0), span.start)

    return min(answers(asked, parts), key=distance)


@UNTIMED
@given(st.lists(WORDS, min_size=1, max_size=30).map(" ".join))
def test_the_nearest_on_either_side_is_the_nearest_of_all(text: str) -> None:
    asked = QuestionAnalysis("How many lamps did the ferry have?")
    parts = SentenceParts(passage(text).sentences[0])
    found = lexical._short(asked, parts)
    assert found == (_by_hand(asked, parts) if answers(asked, parts) else None)


def test_a_sentence_of_many_numbers_and_many_terms_is_read_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each of 330 numbers was held against each of 330 terms: 7 s for a question to 20 lines."""
    calls = []
    gap = lexical._gap

    def counting(text: str, start: int, end: int) -> int:
        calls.append((start, end))
        return gap(text, start, end)

    monkeypatch.setattr(lexical, "_gap", counting)
    assert short("How many cats are there?", "cat 1 " * 330) == "1"
    assert len(calls) <= 2 * 330


def test_the_passages_of_the_last_questions_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those read first were dropped, even when each question read them again."""
    taken: list[Passage] = []

    def take(passage: Passage) -> PassageParts:
        taken.append(passage)
        return PassageParts(passage)

    monkeypatch.setattr(lexical, "_KEPT", 3)
    monkeypatch.setattr(lexical, "PassageParts", take)
    reader = LexicalReader()
    question = Question(asked="Who fell?", resolved="Who fell?")
    passages = [passage(f"Owen {number} fell.") for number in range(4)]
    for number in (0, 1, 2, 0, 3, 2, 0, 1):
        reader.read(question, [Hit(passages[number], 1.0)])
    assert taken == [passages[number] for number in (0, 1, 2, 3, 1)]
