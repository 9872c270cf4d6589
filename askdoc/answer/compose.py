"""Extracts -> an answer: which sentences are cited, and in which order."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from sys import maxsize

from askdoc.answer.agreement import Form, disagree, form_of, years
from askdoc.answer.several import coverage, further, in_reading_order, wants_several
from askdoc.model import Answer, Citation, Document, Extract, Question, ShortAnswer
from askdoc.text import tokenize

# How many sentences are shown as nearest when nothing is sure enough.
_NEAREST = 3
# From so many of the best sentences the citations are chosen, whatever the limit.
_POOL = 10
# A sentence that disagrees must be nearly as sure as the best, and as much about the question.
_LEAST_SHARE, _LEAST_COVERAGE = 0.7, 0.9

_BEHIND = 20
_WORD_BEHIND = re.compile(r"\s?(?:%|per ?cent\b)", re.IGNORECASE)

Place = tuple[str, int]
"""A sentence's source and where it begins."""


def compose(
    question: Question,
    extracts: Iterable[Extract],
    *,
    limit: int,
    threshold: float,
    without: Collection[Place] = (),
) -> Answer:
    """The answer that these extracts give.

    With a threshold of 0.0 these are the best, in their order. Above it they are those that the
    question needs: one where one is enough, else several in reading order; or, where documents
    disagree, one for each of what they say, the surest first.

    Args:
        question: what was asked.
        extracts: best first, confidences never rising; taken as far as they are needed.
        limit: at most so many citations, at least 1.
        threshold: the least confidence with which a sentence is cited; 0.0 cites whatever there is.
        without: sentences that are left out.
    """
    most = min(limit, maxsize)
    pool = list(islice(_distinct(extracts, without), max(most, _POOL) if threshold else most))
    sure = [extract for extract in pool if extract.confidence >= threshold]
    chosen, differing = _needed(question.resolved, sure) if threshold and sure else (sure, False)
    chosen = chosen[:most]
    shown = chosen if differing or not threshold else in_reading_order(chosen)
    return Answer(
        question=question,
        answered=bool(shown),
        confidence=pool[0].confidence if pool else 0.0,
        citations=tuple(map(cite, shown)),
        nearest=() if shown else tuple(map(cite, pool[: min(most, _NEAREST)])),
        disagreement=differing and len(shown) > 1,
    )


def _needed(question: str, sure: Sequence[Extract]) -> tuple[list[Extract], bool]:
    """What is cited of the sure extracts, most sure first, and whether these disagree."""
    pool = sure[:_POOL]
    if wants_several(question):
        return further(question, pool), False
    differing = _disagreeing(question, pool)
    return [pool[0], *differing], bool(differing)


def _disagreeing(question: str, sure: Sequence[Extract]) -> list[Extract]:
    """Extracts of other documents whose short answers can't be true beside the best one."""
    best = sure[0]
    short = _short(best)
    form = form_of(question, short) if short else None
    if form is None:
        return []
    asked = coverage(question, best)
    kept = [best]
    for extract in sure[1:]:
        if extract.confidence < _LEAST_SHARE * best.confidence:
            break
        theirs = _short(extract)
        if not theirs or form_of(question, theirs) is not form:
            continue
        if extract.sentence.document.source in {one.sentence.document.source for one in kept}:
            continue
        if coverage(question, extract) < _LEAST_COVERAGE * asked:
            continue
        apart = all(disagree(form, _short(one), theirs) for one in kept)
        if apart and not (form is not Form.DATE and _other_years(best, extract)):
            kept.append(extract)
    return kept[1:]


def _other_years(one: Extract, other: Extract) -> bool:
    """Whether two sentences tell of different years: then both may be true."""
    ours, theirs = years(one.sentence.text), years(other.sentence.text)
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


def _short(extract: Extract) -> str:
    if extract.short is None:
        return ""
    document, start, end = extract.sentence.document, *extract.short
    # What is counted may stand behind the number: "61" in "61 percent of the voters".
    behind = _WORD_BEHIND.match(document.part(end, min(end + _BEHIND, extract.sentence.end)))
    return document.part(start, end) + (behind.group() if behind else "")


def _distinct(extracts: Iterable[Extract], without: Collection[Place]) -> Iterator[Extract]:
    """The extracts without those that repeat an earlier one word for word in the same document.

    A line of marks ("---", "|---|") says nothing and is no answer to anything: it is left out too.
    """
    seen: set[tuple[Document, str]] = set()
    for extract in extracts:
        sentence = extract.sentence
        key = (sentence.document, " ".join(sentence.text.split()))
        left_out = (sentence.document.source, sentence.start) in without
        if key not in seen and not left_out and tokenize(key[1]):
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
