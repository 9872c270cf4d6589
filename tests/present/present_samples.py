"""Answers made by hand, for the tests of how they look."""

from __future__ import annotations

import re

from askdoc.model import Answer, Citation, Document, Missing, Question, ShortAnswer, Span

TEXT = """Port log

The pilot boarded at 4 a.m. He asked for two tugs
to hold the stern, because the wind had risen.
Nobody was hurt.
"""
QUOTE = "He asked for two tugs\nto hold the stern, because the wind had risen."
DOCUMENT = Document(TEXT, "log/port.txt")

ESCAPE_SEQUENCE = re.compile(r"\x1b\[[0-9;]*m")


def cite(
    document: Document,
    start: int,
    end: int,
    short: Span | None = None,
    *,
    confidence: float = 0.83,
    page: int | None = None,
    heading: str | None = None,
) -> Citation:
    """A citation of a document's text at these offsets, true to it."""
    return Citation(
        quote=document.text[start:end],
        source=document.source,
        start=start,
        end=end,
        line=document.line_at(start),
        page=page,
        heading=heading,
        confidence=confidence,
        short=short
        and ShortAnswer(
            text=document.text[short.start : short.end], start=short.start, end=short.end
        ),
    )


def cite_words(words: str, short: str = "", **more: object) -> Citation:
    """A citation of some words of the port log."""
    start = TEXT.index(words)
    at = TEXT.index(short)
    span = Span(at, at + len(short)) if short else None
    return cite(DOCUMENT, start, start + len(words), span, **more)  # type: ignore[arg-type]


def answer_of(*citations: Citation) -> Answer:
    return Answer(
        question=Question(asked="What?", resolved="What?"),
        answered=bool(citations),
        confidence=citations[0].confidence if citations else 0.0,
        citations=citations,
    )


def refusal(*nearest: Citation, **more: object) -> Answer:
    """An answer that is none; a perhaps where `perhaps_threshold` is at most the confidence."""
    return Answer(
        question=Question(asked="What?", resolved="What?"),
        answered=False,
        confidence=nearest[0].confidence if nearest else 0.0,
        nearest=nearest,
        threshold=0.9,
        **{"perhaps_threshold": 0.9, **more},  # type: ignore[arg-type]
    )


WINE = (Missing(word="wine", near="France"), Missing(word="vin\x1b", near="France"))
NOWHERE = (Missing(word="Eiffel Tower"), Missing(word="O'Brien"), Missing(word="<wine>"))
