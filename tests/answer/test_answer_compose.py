"""Extracts become an answer: what is sure enough, each sentence once, else the nearest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import DOCUMENTS, UNTIMED

from askdoc.answer import cite, compose
from askdoc.english.analyzer import tokenize
from askdoc.load import load_text
from askdoc.model import (
    LEAST_CHANCE,
    Answer,
    Document,
    Extract,
    Missing,
    Question,
    Sentence,
    Span,
)
from askdoc.split import split
from askdoc.verify.consistency import fault_of_answer

QUESTION = Question(asked="what?", resolved="what?")
CONFIDENCES = st.floats(0.0, 1.0)


def extracts_of(document: Document, confidences: list[float]) -> list[Extract]:
    """One extract a sentence, as far as the confidences go, best first."""
    found = [sentence for block in split(document) for sentence in block]
    pairs = zip(found, sorted(confidences, reverse=True), strict=False)
    return [
        Extract(sentence, confidence, Span(sentence.start, sentence.start + 1))
        for sentence, confidence in pairs
    ]


@UNTIMED
@given(DOCUMENTS, st.lists(CONFIDENCES, max_size=12), st.integers(1, 6), CONFIDENCES)
def test_an_answer_cites_what_is_sure_enough_and_nothing_else(
    document: Document, confidences: list[float], limit: int, threshold: float
) -> None:
    extracts = extracts_of(document, confidences)
    answer = compose(QUESTION, extracts, limit=limit, threshold=threshold)
    assert answer.answered is bool(answer.citations)
    assert len(answer.citations) <= limit
    assert all(citation.confidence >= threshold for citation in answer.citations)
    assert not (answer.citations and answer.nearest)
    worded = [x for x in extracts if tokenize(x.sentence.text)]
    assert answer.answered == any(extract.confidence >= threshold for extract in worded)
    # What has no chance at all comes near nothing.
    real = any(extract.confidence > 0.0 for extract in worded)
    assert bool(answer.nearest) == (real and not answer.answered)
    assert len(answer.nearest) <= limit
    assert all(citation.confidence < threshold for citation in answer.nearest)
    shown = [citation.confidence for citation in (*answer.citations, *answer.nearest)]
    assert shown == sorted(shown, reverse=True)
    assert answer.confidence == (worded[0].confidence if worded else 0.0)
    assert Answer.model_validate_json(answer.model_dump_json()) == answer


@UNTIMED
@given(DOCUMENTS, st.lists(CONFIDENCES, max_size=12), st.integers(1, 6))
def test_a_quote_is_cited_once_and_each_stands_where_it_says(
    document: Document, confidences: list[float], limit: int
) -> None:
    extracts = extracts_of(document, confidences)
    answer = compose(QUESTION, extracts, limit=limit, threshold=0.0)
    quotes = [" ".join(citation.quote.split()) for citation in answer.citations]
    assert len(set(quotes)) == len(quotes)
    distinct = {
        " ".join(extract.sentence.text.split())
        for extract in extracts
        if tokenize(extract.sentence.text)
    }
    assert len(quotes) == min(limit, len(distinct))
    for citation in answer.citations:
        assert document.text[citation.start : citation.end] == citation.quote
        assert citation.short is not None
        assert document.text[citation.short.start : citation.short.end] == citation.short.text


def _extract(document: Document, quote: str, confidence: float) -> Extract:
    start = document.text.index(quote)
    return Extract(Sentence(document, start, start + len(quote)), confidence)


def test_a_repeated_sentence_is_cited_at_its_best_place() -> None:
    document = Document("It fell.\n\nIt  fell. It rose.", "a")
    extracts = [
        _extract(document, "It  fell.", 0.9),
        _extract(document, "It fell.", 0.8),
        _extract(document, "It rose.", 0.7),
    ]
    answer = compose(QUESTION, extracts, limit=3, threshold=0.0)
    assert [citation.quote for citation in answer.citations] == ["It  fell.", "It rose."]


@pytest.mark.parametrize("marks", ["---", "|---|---|", "***", "…", '"'])
def test_a_line_of_marks_is_never_cited(marks: str) -> None:
    """The rule under a table's head came before the table's rows."""
    document = Document(f"{marks}\n\nIt fell.", "a")
    extracts = [_extract(document, marks, 0.9), _extract(document, "It fell.", 0.8)]
    answer = compose(QUESTION, extracts, limit=2, threshold=0.0)
    assert [citation.quote for citation in answer.citations] == ["It fell."]
    assert answer.confidence == 0.8
    assert not compose(QUESTION, extracts[:1], limit=1, threshold=0.0).answered


def test_no_more_is_read_than_is_shown() -> None:
    document = Document("It fell. It rose.", "a")

    def extracts() -> Iterator[Extract]:
        yield _extract(document, "It fell.", 0.9)
        raise AssertionError("a second extract was asked for")

    assert compose(QUESTION, extracts(), limit=1, threshold=0.0).text == "It fell."


def test_two_documents_may_say_the_same() -> None:
    one, other = Document("It fell.", "one"), Document("It fell.", "other")
    extracts = [_extract(one, "It fell.", 0.9), _extract(other, "It fell.", 0.8)]
    answer = compose(QUESTION, extracts, limit=3, threshold=0.0)
    assert [citation.source for citation in answer.citations] == ["one", "other"]


def test_the_threshold_itself_is_enough() -> None:
    document = Document("It fell.", "a")
    extracts = [_extract(document, "It fell.", 0.5)]
    assert compose(QUESTION, extracts, limit=1, threshold=0.5).answered
    assert not compose(QUESTION, extracts, limit=1, threshold=0.5000001).answered


@UNTIMED
@given(DOCUMENTS, st.lists(CONFIDENCES, max_size=12), CONFIDENCES, st.none() | CONFIDENCES)
def test_the_verdict_is_that_of_the_best_sentence(
    document: Document, confidences: list[float], threshold: float, perhaps: float | None
) -> None:
    extracts = extracts_of(document, confidences)
    answer = compose(QUESTION, extracts, limit=3, threshold=threshold, perhaps_threshold=perhaps)
    assert answer.answered == (answer.verdict == "answered")
    sure = [one.confidence for one in answer.nearest]
    least = threshold if perhaps is None else perhaps
    has_chance = bool(sure) and sure[0] >= max(least, LEAST_CHANCE)
    assert (answer.verdict == "perhaps") == has_chance
    if has_chance:
        assert min(sure) >= max(least, LEAST_CHANCE) and least < threshold
    assert answer.text == "" or answer.answered
    assert fault_of_answer(answer) == ""


def test_what_has_a_chance_is_not_mixed_with_what_has_none() -> None:
    document = Document("It fell. It rose. It sank.", "a")
    words = {"It fell.": 0.4, "It rose.": 0.3, "It sank.": 0.1}
    extracts = [_extract(document, quote, sure) for quote, sure in words.items()]

    def verdict(threshold: float, perhaps: float) -> tuple[str, list[str]]:
        answer = compose(
            QUESTION, extracts, limit=3, threshold=threshold, perhaps_threshold=perhaps
        )
        return answer.verdict, [one.quote for one in answer.nearest]

    assert verdict(0.5, 0.2) == ("perhaps", ["It fell.", "It rose."])
    assert verdict(0.5, 0.5) == verdict(0.5, 0.9) == ("unanswered", list(words))
    assert verdict(0.35, 0.2) == ("answered", [])
    assert verdict(0.5, 0.0) == ("perhaps", list(words))


def test_what_is_missing_is_only_asked_where_nothing_is_cited() -> None:
    document = Document("It fell.", "a")
    told = (Missing(word="what"),)
    extracts = [_extract(document, "It fell.", 0.5)]
    answer = compose(QUESTION, extracts, limit=1, threshold=0.6, missing=lambda: told)
    assert answer.missing == told

    def never() -> tuple[Missing, ...]:
        raise AssertionError("it was asked")

    assert compose(QUESTION, extracts, limit=1, threshold=0.4, missing=never).missing == ()


def test_nothing_was_found() -> None:
    answer = compose(QUESTION, [], limit=3, threshold=0.0)
    assert answer == Answer(
        question=QUESTION, answered=False, confidence=0.0, threshold=0.0, perhaps_threshold=0.0
    )


def test_a_citation_has_the_address_of_its_sentence() -> None:
    text = "intro\r\n\r\n# Bees\r\n\r\nThey need water.\r\nThey need shade."
    document = load_text(text, "garden.md")
    citation = cite(_extract(document, "They need shade.", 0.5))
    assert (citation.source, citation.line, citation.page) == ("garden.md", 6, None)
    assert (citation.heading, citation.quote, citation.short) == ("Bees", "They need shade.", None)
    assert cite(_extract(document, "intro", 0.5)).heading is None
    paged = Document("One.\fTwo.", "a", page_starts=(0, 5))
    assert cite(_extract(paged, "Two.", 0.5)).page == 2


def test_one_sentence_a_million_times_is_not_read_to_its_end() -> None:
    """Each question read all of such a file, two minutes for 50 MB, to find a second sentence."""
    document = load_text("The lamp is lit at dusk.\nIt is red.", "a.txt")
    first, other = (block for blocks in split(document) for block in blocks)
    taken = []

    def repeats(times: int) -> Iterator[Extract]:
        for number in range(times):
            taken.append(number)
            yield Extract(first, 0.9)
        yield Extract(other, 0.8)

    answer = compose(QUESTION, repeats(1_000_000), limit=5, threshold=0.5)
    assert [citation.quote for citation in answer.citations] == [first.text]
    assert len(taken) < 1_000
    # As many repeats as real files have hide nothing, and a ranking leaves nothing out.
    few = compose(QUESTION, repeats(200), limit=1, threshold=0.95)
    assert [citation.quote for citation in few.nearest] == [first.text]
    few = compose(QUESTION, repeats(200), limit=5, threshold=0.95)
    assert [citation.quote for citation in few.nearest] == [first.text, other.text]
    ranked = compose(QUESTION, repeats(2_000), limit=5, threshold=0.0)
    assert [citation.quote for citation in ranked.citations] == [first.text, other.text]
