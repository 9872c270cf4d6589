"""Extracts -> an answer: choose, cite, or say that the documents don't say.

The reader says how sure it is of each sentence; here it is decided what that is enough for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from sys import maxsize

from askdoc.model import Answer, Citation, Document, Extract, Question, ShortAnswer
from askdoc.text import tokenize

# How many sentences are shown as nearest when nothing is sure enough.
_NEAREST = 3


def compose(
    question: Question, extracts: Iterable[Extract], *, limit: int, threshold: float
) -> Answer:
    """The answer that these extracts give, best first.

    Args:
        question: what was asked.
        extracts: best first, confidences never rising; no more are taken than are shown.
        limit: at most so many citations, at least 1.
        threshold: the least confidence with which a sentence is cited; 0.0 cites whatever there is.
    """
    distinct = list(islice(_distinct(extracts), min(limit, maxsize)))
    sure = [extract for extract in distinct if extract.confidence >= threshold]
    confidence = distinct[0].confidence if distinct else 0.0
    citations = tuple(map(cite, sure))
    nearest = () if citations else tuple(map(cite, distinct[: min(limit, _NEAREST)]))
    return Answer(
        question=question,
        answered=bool(citations),
        confidence=confidence,
        citations=citations,
        nearest=nearest,
    )


def _distinct(extracts: Iterable[Extract]) -> Iterator[Extract]:
    """The extracts without those that repeat an earlier one word for word in the same document.

    A line of marks ("---", "|---|") says nothing and is no answer to anything: it is left out too.
    """
    seen: set[tuple[Document, str]] = set()
    for extract in extracts:
        sentence = extract.sentence
        key = (sentence.document, " ".join(sentence.text.split()))
        if key not in seen and tokenize(key[1]):
            seen.add(key)
            yield extract


def cite(extract: Extract) -> Citation:
    """An extract with its address: what a person needs to find the sentence again."""
    document, start, end = extract.sentence
    short = None
    if extract.short is not None:
        span = extract.short
        short = ShortAnswer(
            text=document.part(span.start, span.end), start=span.start, end=span.end
        )
    return Citation(
        quote=document.part(start, end),
        source=document.source,
        start=start,
        end=end,
        line=document.line_at(start),
        page=document.page_at(start),
        heading=document.heading_at(start),
        place=document.place_at(start),
        confidence=extract.confidence,
        short=short,
    )
