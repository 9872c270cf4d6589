"""The lexical reader: ranks sentences by what they share with the question, and knows its limits.

Two linear models over the same features. The first orders the sentences of one question; the second
says how likely a sentence answers at all, which also depends on how far it stands above the others
and on what of the question the documents lack. Both were fitted by `lab/training/lexical.py`; the
weights, with what they were fitted on, are in `askdoc/data/lexical.json`.

It needs no model file and reads a passage in well under a millisecond, so it is also what is left
when a heavier reader cannot run.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from math import exp, log
from typing import TYPE_CHECKING, NamedTuple

from askdoc.model import Extract, Hit, Question, Sentence, Span
from askdoc.read import Mark
from askdoc.read.asked import Asked
from askdoc.read.features import FEATURES, answers, features
from askdoc.read.kinds import Kind
from askdoc.read.parts import PassageParts, SentenceParts
from askdoc.split import stamp

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# What the second model sees beside a sentence's features.
STANDING = ("score", "margin", "sentences")
# How many passages are kept taken apart between questions: those of the last questions.
_KEPT = 512


class Judged(NamedTuple):
    """Sentences and what is said of them: `rows` (sentences, features), and for each sentence its
    score, which orders them, and the log-odds that it answers."""

    sentences: list[SentenceParts]
    rows: NDArray[np.float64]
    scores: NDArray[np.float64]
    odds: NDArray[np.float64]


class _Weights(NamedTuple):
    rank: list[float]
    confidence: list[float]
    bias: float


@cache
def _weights() -> _Weights:
    raw = resources.files("askdoc.data").joinpath("lexical.json").read_text("utf-8")
    data = json.loads(raw)
    return _Weights(
        rank=[data["rank"].get(name, 0.0) for name in FEATURES],
        confidence=[data["confidence"].get(name, 0.0) for name in (*FEATURES, *STANDING)],
        bias=data["confidence"]["bias"],
    )


def standing(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """How each sentence stands among the others: columns as in `STANDING`.

    A sentence's margin is its score above the best of the others; for all but the first it is
    negative. A sentence alone is taken to stand 2 above nothing.
    """
    import numpy as np

    ordered = np.sort(scores)[::-1]
    first, second = ordered[0], ordered[1] if len(ordered) > 1 else ordered[0] - 2.0
    others = np.where(scores == first, second, first)
    return np.column_stack([scores, scores - others, np.full(len(scores), log(len(scores)))])


class LexicalReader:
    """Term overlap, weighed; see the module."""

    # Low on purpose: a paraphrase that shares hardly a word with its answer gets little more, and
    # the confidence is shown with each answer. What each threshold gives up and lets through is
    # printed by lab/training/lexical.py; at 0.35 it refuses 9 of 10 questions whose paragraph was
    # taken away.
    threshold = 0.21
    # Of 287 field questions between the two, half of them without an answer, the best sentence
    # answered 33; far below it is hardly worse, so that nothing speaks for another half.
    perhaps_threshold = 0.105
    goes_by_terms = True

    def __init__(self) -> None:
        self._taken_apart = lru_cache(_KEPT)(PassageParts)

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Extract]:
        """See `Reader.read`."""
        import numpy as np

        if not hits:
            return []
        asked = Asked(question.resolved)
        judged = self._judge(asked, hits)
        extracts: list[Extract] = []
        ceiling = 1.0
        for at in np.argsort(-judged.scores, kind="stable").tolist():
            ceiling = min(ceiling, logistic(float(judged.odds[at])))
            parts = judged.sentences[at]
            extracts.append(Extract(parts.sentence, round(ceiling, 4), _short(asked, parts)))
        return extracts

    def judge(self, question: Question, hits: Sequence[Hit]) -> Judged:
        """What each sentence of the hits' passages is worth, in their order; at least one hit."""
        return self._judge(Asked(question.resolved), hits)

    def marks(self, question: Question, hits: Sequence[Hit], sentence: Sentence) -> list[Mark]:
        """See `Explaining.marks`: the features, and how the sentence stands among the others."""
        import numpy as np

        if not hits:
            return []
        judged = self.judge(question, hits)
        values = np.hstack([judged.rows, standing(judged.scores)])
        for parts, row in zip(judged.sentences, values.tolist(), strict=True):
            if parts.sentence == sentence:
                weighed = zip((*FEATURES, *STANDING), row, _weights().confidence, strict=True)
                marks = [Mark(name, value, value * weight) for name, value, weight in weighed]
                return [*marks, Mark("bias", 1.0, _weights().bias)]
        return []

    def _judge(self, asked: Asked, hits: Sequence[Hit]) -> Judged:
        import numpy as np

        passages = [self._taken_apart(hit.passage) for hit in hits]
        rows = features(asked, hits, passages)
        weights = _weights()
        scores = rows @ np.array(weights.rank)
        odds = np.hstack([rows, standing(scores)]) @ np.array(weights.confidence) + weights.bias
        sentences = [parts for passage in passages for parts in passage.sentences]
        return Judged(sentences, rows, scores, odds)


def logistic(odds: float) -> float:
    """The chance that these log-odds mean."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds))))


def _short(asked: Asked, parts: SentenceParts) -> Span | None:
    """The words that answer, in the document's offsets: the candidate nearest to the question's."""
    found = answers(asked, parts)
    if (sent := stamp(parts.text)) is not None:
        # When a message was sent is no answer to what it says.
        found = [span for span in found if not sent[0] <= span.start < sent[1]]
    if not found:
        return None
    wanted = asked.terms
    if asked.kind is Kind.NUMBER and asked.focus in parts.places:
        wanted = [asked.focus]
    tokens = [parts.tokens[place] for term in wanted for place in parts.places.get(term, ())]

    ends, starts = sorted(t.end for t in tokens), sorted(t.start for t in tokens)

    def distance(span: Span) -> tuple[int, int]:
        # Only the nearest on either side can be: sentences may hold thousands of both.
        before, after = bisect_right(ends, span.start), bisect_left(starts, span.end)
        if before < after:
            return (0, span.start)
        gaps = []
        if before:
            gaps.append(_gap(parts.text, ends[before - 1], span.start))
        if after < len(starts):
            gaps.append(_gap(parts.text, span.end, starts[after]))
        return (min(gaps, default=0), span.start)

    best = min(found, key=distance)
    offset = parts.sentence.start
    return Span(offset + best.start, offset + best.end)


def _gap(text: str, start: int, end: int) -> int:
    """How far two places of a sentence are apart; a clause's end between them counts as a line."""
    between = text[start:end]
    return len(between.replace(" by ", "")) + 80 * sum(between.count(mark) for mark in ";:")
