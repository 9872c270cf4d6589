"""Extracts -> an answer: which sentences are cited, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from sys import maxsize

from askdoc.answer.cardinality import Cardinality, wants
from askdoc.answer.disagreement import disagreeing
from askdoc.answer.lists import with_list
from askdoc.answer.selection import further, in_reading_order
from askdoc.english.analyzer import tokenize
from askdoc.model import (
    LEAST_CHANCE,
    Answer,
    Citation,
    Document,
    Extract,
    Missing,
    Question,
    ShortAnswer,
)

# How many sentences are shown as nearest when nothing is sure enough.
_NEAREST = 3
# From so many of the best sentences the citations are chosen, whatever the limit.
_POOL = 10
# After so many sentences in a row that only repeat others, none that is new is waited for: a file
# may say one thing a million times, and each question would read it all.
_MOST_REPEATS = 300

Place = tuple[str, int]
"""A sentence's source and where it begins."""

Gone = Callable[[Collection[str]], Collection[str]]
"""Of some sources, those that are no longer there."""


def _nothing_is_gone(sources: Collection[str]) -> Collection[str]:
    return ()


def compose(
    question: Question,
    extracts: Iterable[Extract],
    *,
    limit: int,
    threshold: float,
    perhaps_threshold: float | None = None,
    without: Collection[Place] = (),
    gone: Gone = _nothing_is_gone,
    missing: Callable[[], tuple[Missing, ...]] = tuple,
    incomplete: bool = False,
) -> Answer:
    """The answer that these extracts give.

    With a threshold of 0.0 these are the best, in their order. Above it they are those that the
    question needs: one where one is enough, else several in reading order; or, where documents
    disagree, one for each of what they say, the surest first. Where none is sure enough but some
    have a real chance, only these are the nearest.

    Args:
        question: what was asked.
        extracts: best first, confidences never rising; taken as far as they are needed.
        limit: at most so many citations, at least 1.
        threshold: the least confidence with which a sentence is cited; 0.0 cites whatever there is.
        perhaps_threshold: the least confidence of a sentence that has a real chance; at the
            threshold or above it, or None, there is none that has.
        without: sentences that are left out.
        gone: tells of some sources which are no longer there, although their texts are.
        missing: tells what the question has and the documents don't; asked where none is cited.
        incomplete: as in `Answer`.
    """
    most = min(limit, maxsize)
    least = threshold if perhaps_threshold is None else min(perhaps_threshold, threshold)
    # With a threshold of 0.0 all are wanted, also of a text that repeats itself.
    distinct = _distinct(extracts, without, _MOST_REPEATS if threshold else maxsize)
    pool = list(islice(distinct, max(most, _POOL) if threshold else most))
    sure = [extract for extract in pool if extract.confidence >= threshold]
    shown, differing = sure, False
    if threshold and sure:
        shown, differing = _needed(question.resolved, sure, most, without, gone)
    return Answer(
        question=question,
        answered=bool(shown),
        confidence=max((extract.confidence for extract in shown or pool), default=0.0),
        citations=tuple(map(cite, shown)),
        nearest=() if shown else tuple(map(cite, _nearest(pool, min(most, _NEAREST), least))),
        disagreement=differing,
        threshold=threshold,
        perhaps_threshold=least,
        missing=() if shown else missing(),
        incomplete=incomplete,
    )


def only_quoted(question: Question, *, threshold: float, perhaps_threshold: float) -> Answer:
    """What is said to a request that no quotation can answer."""
    return Answer(
        question=question,
        answered=False,
        confidence=0.0,
        threshold=threshold,
        perhaps_threshold=min(perhaps_threshold, threshold),
        no_question=True,
    )


def _nearest(pool: Sequence[Extract], most: int, least: float) -> Sequence[Extract]:
    """What is shown where nothing is cited: what has a chance, or else what comes nearest."""
    # A row that cannot answer comes near to nothing.
    best = [extract for extract in pool[:most] if extract.confidence > 0.0]
    return [extract for extract in best if extract.confidence >= max(least, LEAST_CHANCE)] or best


def _needed(
    question: str, sure: Sequence[Extract], most: int, without: Collection[Place], gone: Gone
) -> tuple[list[Extract], bool]:
    """What is cited of the sure extracts, in its order, and whether these disagree.

    A file that was renamed or removed may have said what is no longer so: where it disagrees with
    one that is there, it is not heard.
    """
    pool = list(sure[:_POOL])
    wanted = wants(question)
    differing = disagreeing(question, pool, wanted)
    while len(differing) > 1:
        sources = {extract.sentence.document.source for extract in differing}
        left = gone(sources)
        if not 0 < len(left) < len(sources):
            return differing[:most], most > 1
        pool = [extract for extract in pool if extract.sentence.document.source not in left]
        differing = disagreeing(question, pool, wanted)
    chosen = pool[:1] if wanted is Cardinality.ONE else further(question, pool, wanted)
    if len(chosen) == 1:
        whole = with_list(chosen[0], most, wanted)
        chosen = [extract for extract in whole if _place(extract) not in without]
    return in_reading_order(chosen[:most]), False


def _distinct(
    extracts: Iterable[Extract], without: Collection[Place], most_repeats: int = maxsize
) -> Iterator[Extract]:
    """The extracts without those that repeat an earlier one word for word in the same document.

    A line of marks ("---", "|---|") says nothing and is no answer to anything: it is left out too.
    They end after more than `most_repeats` in a row that repeat.
    """
    seen: set[tuple[Document, str]] = set()
    repeats = 0
    for extract in extracts:
        sentence = extract.sentence
        key = (sentence.document, " ".join(sentence.text.split()))
        if key in seen:
            repeats += 1
            if repeats > most_repeats:
                return
        elif tokenize(key[1]):
            repeats = 0
            seen.add(key)
            if _place(extract) not in without:
                yield extract


def _place(extract: Extract) -> Place:
    return extract.sentence.document.source, extract.sentence.start


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
