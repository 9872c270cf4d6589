"""The nouns: offsets, lines, pages and headings of a document; the frozen models that leave it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from strategies import TEXTS, UNTIMED

from askdoc.model import (
    Answer,
    Citation,
    Document,
    Extract,
    Heading,
    Hit,
    Passage,
    Question,
    Sentence,
    ShortAnswer,
    Span,
    Table,
)

BREAKS = st.lists(st.sampled_from(["a", "bc", "\n", "\r", "\r\n", "\n\r", "\x0b", "\u2028"])).map(
    "".join
)


def _lines(text: str) -> list[str]:
    """The lines as editors count them, line ends kept; what comes after the last end is one too."""
    lines, line = [], ""
    for at, char in enumerate(text):
        line += char
        if char == "\n" or (char == "\r" and text[at + 1 : at + 2] != "\n"):
            lines.append(line)
            line = ""
    return [*lines, line]


@UNTIMED
@given(BREAKS | TEXTS)
def test_lines_are_counted_as_editors_do(text: str) -> None:
    document = Document(text, "a")
    lines = _lines(text)
    assert document.line_count == len(lines)
    spans = [document.line_span(number) for number in range(1, len(lines) + 1)]
    assert [text[span.start : span.end] for span in spans] == lines
    for number, span in enumerate(spans, start=1):
        assert {document.line_at(at) for at in range(span.start, span.end)} <= {number}
    assert document.line_at(len(text)) == len(lines)


@pytest.mark.parametrize("line", [0, -1, 3])
def test_there_is_no_such_line(line: int) -> None:
    with pytest.raises(IndexError, match=r"memo\.txt"):
        Document("one\ntwo", "memo.txt").line_span(line)


def test_an_empty_text_has_one_empty_line() -> None:
    document = Document("", "a")
    assert (document.line_count, document.line_at(0)) == (1, 1)
    assert document.line_span(1) == Span(0, 0)


def test_a_heading_holds_until_the_next() -> None:
    text = "intro\n# One\nbody\n# Two\nmore"
    first, second = text.index("# One"), text.index("# Two")
    document = Document(
        text,
        "a.md",
        headings=(
            Heading(Span(first, first + 5), "One", 1),
            Heading(Span(second, second + 5), "Two", 1),
        ),
    )
    assert document.heading_at(0) is None
    assert document.heading_at(first - 1) is None
    assert {document.heading_at(at) for at in range(first, second)} == {"One"}
    assert {document.heading_at(at) for at in range(second, len(text))} == {"Two"}
    openings = {at for at in range(len(text)) if document.is_heading(at)}
    assert openings == {first, second}


def test_a_table_with_a_title_is_what_its_rows_stand_under_and_nothing_else() -> None:
    text = "# One\nx: 1\nx: 2\nmore"
    first, after = text.index("x: 1"), text.index("\nmore")
    document = Document(
        text,
        "a",
        headings=(Heading(Span(0, 5), "One", 1),),
        tables=(Table(Span(0, 2), "", ("x",)), Table(Span(first, after), "In francs")),
    )
    under = [document.heading_at(at) for at in range(len(text))]
    assert under == ["One"] * first + ["In francs"] * (after - first) + ["One"] * (
        len(text) - after
    )
    tables = [document.table_at(at) for at in range(len(text))]
    assert [at for at, table in enumerate(tables) if table is None] == [
        *range(2, first), *range(after, len(text))
    ]  # fmt: skip


def test_pages_count_from_one_and_are_none_without_pages() -> None:
    assert Document("abc", "a").page_at(1) is None
    document = Document("abcdef", "a", page_starts=(0, 2, 5))
    assert [document.page_at(at) for at in range(6)] == [1, 1, 2, 2, 2, 3]


def test_documents_are_told_apart_by_identity() -> None:
    one, other = Document("same", "a"), Document("same", "a")
    assert one != other
    assert len({one, other}) == 2


def test_passages_and_sentences_are_views_of_their_document() -> None:
    document = Document("One. Two.  Three.", "a")
    sentences = (Sentence(document, 0, 4), Sentence(document, 5, 9), Sentence(document, 11, 17))
    passage = Passage(document, sentences)
    assert [sentence.text for sentence in sentences] == ["One.", "Two.", "Three."]
    assert (passage.start, passage.end, passage.text) == (0, 17, "One. Two.  Three.")
    with pytest.raises(FrozenInstanceError):
        passage.sentences = ()  # type: ignore[misc]
    assert Hit(passage, 1.5).score == 1.5
    assert Extract(sentences[0], 0.5).short is None


def _answer() -> Answer:
    citation = Citation(
        quote="Größe 中\n„zitiert“ \u2028 \x1b[31m\x00",
        source="a.txt",
        start=3,
        end=25,
        line=1,
        confidence=0.75,
        short=ShortAnswer(text="中", start=9, end=10),
    )
    return Answer(
        question=Question(asked="who?", resolved="who?"),
        answered=True,
        confidence=0.75,
        citations=(citation, citation.model_copy(update={"quote": "other", "short": None})),
    )


def test_an_answer_survives_its_json() -> None:
    answer = _answer()
    again = Answer.model_validate_json(answer.model_dump_json())
    assert again == answer
    assert again.model_dump_json() == answer.model_dump_json()


@given(st.lists(TEXTS))
def test_each_quote_stands_in_the_text_of_an_answer_where_its_span_says(quotes: list[str]) -> None:
    citations = tuple(
        Citation(quote=quote, source="a", start=0, end=len(quote), line=1, confidence=0.9)
        for quote in quotes
    )
    asked = Question(asked="Why?", resolved="Why?")
    answer = Answer(question=asked, answered=True, confidence=0.9, citations=citations)
    assert [answer.text[start:end] for start, end in answer.spans] == quotes
    assert all(one.end <= other.start for one, other in pairwise(answer.spans))


def test_the_text_of_an_answer_is_its_quotes() -> None:
    answer = _answer()
    assert answer.text == f"{answer.citations[0].quote}\nother"
    assert answer.model_dump()["text"] == answer.text
    nothing = Answer(question=answer.question, answered=False, confidence=0.1)
    assert (nothing.text, nothing.citations, nothing.nearest) == ("", (), ())


def test_a_question_reads_as_what_it_means() -> None:
    assert str(Question(asked="And why?", resolved="Why did she go?")) == "Why did she go?"


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (_answer(), "answered"),
        (_answer().citations[0], "quote"),
        (_answer().citations[0].short, "text"),
        (_answer().question, "asked"),
    ],
)
def test_what_leaves_askdoc_is_frozen(part: object, name: str) -> None:
    with pytest.raises(ValidationError):
        setattr(part, name, getattr(part, name))
    hash(part)


@pytest.mark.parametrize("confidence", [-0.01, 1.01, float("nan")])
def test_a_confidence_is_a_probability(confidence: float) -> None:
    with pytest.raises(ValidationError):
        Answer(question=Question(asked="a", resolved="a"), answered=False, confidence=confidence)
    with pytest.raises(ValidationError):
        Citation(quote="a", source="a", start=0, end=1, line=1, confidence=confidence)
