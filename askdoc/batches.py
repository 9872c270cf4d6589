"""Hits in the batches in which they are read, and what a reader finds in them as it is asked for.

The batches are the same whatever the limit: how rare a term is among the hits that are read, and
how far one sentence stands above the others, must not change with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from itertools import chain

from askdoc.model import Extract, Hit, Passage, Question, Step
from askdoc.naming import merged, pointed_at
from askdoc.read import Reader
from askdoc.retrieve import Corpus
from askdoc.retrieve.query import query

OnStep = Callable[[Step], None]
"""Is told what begins now; what it raises ends it."""

# At least so many passages, and passages of so many sentences, are read together. Beyond these,
# retrieval's order is no better than chance.
_READ, _SENTENCES = 20, 60


def extracted(
    question: Question,
    corpus: Corpus,
    reader: Reader,
    *,
    unmatched: bool,
    also: Sequence[str] = (),
    state: AbstractContextManager[None] | None = None,
    on_step: OnStep | None = None,
) -> Iterator[Extract]:
    """What is read, best first; confidences never rise.

    Args:
        question: what is asked.
        corpus: what it is asked of.
        reader: who reads.
        unmatched: as for `batches`.
        also: other wordings of the question. Their words are looked for at a lower weight; what is
            found is read with each, and confidence is the mean.
        state: within which the corpus is asked; reading is done outside.
        on_step: see `OnStep`.

    Raises:
        IndexChanged: what comes next is of another state.
    """
    told = on_step or _nothing
    ceiling = 1.0
    weights = query(question.resolved, also)
    by_terms = reader.goes_by_terms or not weights
    found = batches(question, corpus, weights, unmatched, together=not by_terms)
    for hits in taken(found, state or nullcontext(), told):
        passages = {
            (hit.passage.document, sentence.start): hit.passage
            for hit in hits
            for sentence in hit.passage.sentences
        }
        for extract in _read(question, also, hits, reader, told):
            ceiling = min(ceiling, extract.confidence)
            if by_terms and not hits[0].score:
                ceiling = 0.0  # It is only shown because everything was asked for.
            at = extract.sentence.document, extract.sentence.start
            yield replace(extract, confidence=ceiling, passage=passages.get(at))


def _nothing(step: Step) -> None:
    pass


def taken(
    found: Iterator[Sequence[Hit]], state: AbstractContextManager[None], told: OnStep = _nothing
) -> Iterator[Sequence[Hit]]:
    """Batches as they are asked for, each looked for within a state and given out outside of it."""
    while True:
        told("searching")
        with state:
            hits = next(found, None)
        if hits is None:
            return
        yield hits


def _read(
    question: Question, also: Sequence[str], hits: Sequence[Hit], reader: Reader, told: OnStep
) -> list[Extract]:
    """What a reader finds in hits, by the mean over the wordings of a question, best first."""
    told("reading")
    found = reader.read(question, hits)
    if not also:
        return found
    total = {extract.sentence: extract.confidence for extract in found}
    for words in also:
        told("reading")
        for extract in reader.read(Question(asked=words, resolved=words), hits):
            total[extract.sentence] += extract.confidence
    mean = {sentence: round(one / (1 + len(also)), 4) for sentence, one in total.items()}
    best = sorted(found, key=lambda extract: -mean[extract.sentence])
    return [replace(extract, confidence=mean[extract.sentence]) for extract in best]


def batches(
    question: Question,
    corpus: Corpus,
    weights: Mapping[str, float],
    unmatched: bool,
    together: bool,
) -> Iterator[Sequence[Hit]]:
    """Hits that are read together, best first.

    Args:
        question: what is asked.
        corpus: what is searched.
        weights: the terms that are looked for, and what each is worth.
        unmatched: whether the passages that share no term follow, in order, with a score of 0.
        together: whether these may be read with the others, where there is room; then they follow
            without being asked for.
    """
    hits = corpus.search(weights, _SENTENCES)
    few = len(hits) < _SENTENCES
    hits = merged(pointed_at(question.resolved, corpus, weights, hits), hits)
    if few and together:
        yield from _cut(chain(hits, _unmatched(corpus, hits)))
        return
    matched: list[Hit] = []
    yield from _cut(_matching(corpus, weights, hits, matched, few))
    if unmatched or together:
        yield from _cut(_unmatched(corpus, matched))


def _matching(
    corpus: Corpus,
    weights: Mapping[str, float],
    hits: list[Hit],
    matched: list[Hit],
    complete: bool,
) -> Iterator[Hit]:
    """All hits, looked for as far as they are asked for, and noted in `matched`.

    `complete` says that `hits` are all there are.
    """
    limit = _SENTENCES
    known: set[Passage] = set()
    while True:
        for hit in hits:
            if hit.passage not in known:
                known.add(hit.passage)
                matched.append(hit)
                yield hit
        if complete:
            return
        limit *= 10
        hits = corpus.search(weights, limit)
        complete = len(hits) < limit


def _unmatched(corpus: Corpus, hits: Iterable[Hit]) -> Iterator[Hit]:
    matched = {hit.passage for hit in hits}
    return (Hit(passage, 0.0) for passage in corpus.passages if passage not in matched)


def _cut(hits: Iterable[Hit]) -> Iterator[Sequence[Hit]]:
    """The hits in the batches in which they are read."""
    portion: list[Hit] = []
    sentences = 0
    for hit in hits:
        if len(portion) >= _READ and sentences >= _SENTENCES:
            yield portion
            portion, sentences = [], 0
        portion.append(hit)
        sentences += len(hit.passage.sentences)
    if portion:
        yield portion
