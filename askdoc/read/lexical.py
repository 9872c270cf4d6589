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

from askdoc.english.answer_types import AnswerType
from askdoc.model import Extract, Hit, Question, Sentence, Span
from askdoc.read import Contribution
from askdoc.read.analysis import QuestionAnalysis, analysed
from askdoc.read.answer_forms import answers
from askdoc.read.columns import answering, short_span
from askdoc.read.definitions import defining, definitions_first
from askdoc.read.features import FEATURES, features
from askdoc.read.parts import PassageParts, SentenceParts
from askdoc.read.rows import wrong_rows
from askdoc.split import stamp

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# What the second model sees beside a sentence's features.
RANK_FEATURES = ("score", "margin", "sentences")
LEAST_ODDS = -30.0
"""Log-odds of what can't answer; lower ones make no difference."""
# How many passages are kept taken apart between questions: those of the last questions.
_KEPT = 512


class ScoredSentences(NamedTuple):
    """Sentences and what is said of them: `rows` (sentences, features), and for each sentence its
    score, which orders them, the log-odds that it answers, and whether it is the wrong row of a
    table, whatever these say."""

    sentences: list[SentenceParts]
    rows: NDArray[np.float64]
    scores: NDArray[np.float64]
    odds: NDArray[np.float64]
    wrong: NDArray[np.bool_]


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
        confidence=[data["confidence"].get(name, 0.0) for name in (*FEATURES, *RANK_FEATURES)],
        bias=data["confidence"]["bias"],
    )


def rank_features(
    scores: NDArray[np.float64], wrong: NDArray[np.bool_] | None = None
) -> NDArray[np.float64]:
    """How each sentence stands among the others: columns as in `RANK_FEATURES`.

    A sentence's margin is its score above the best of the others, wrong ones left out; for all but
    the first it is negative. A sentence alone is taken to stand 2 above nothing.
    """
    import numpy as np

    able = scores if wrong is None or wrong.all() else scores[~wrong]
    ordered = np.sort(able)[::-1]
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
        asked = analysed(question.resolved)
        judged = self._judge(asked, hits)
        extracts: list[Extract] = []
        ceiling = 1.0
        for at in np.lexsort((-judged.scores, judged.wrong)).tolist():
            ceiling = min(ceiling, sigmoid(float(judged.odds[at])))
            parts = judged.sentences[at]
            extracts.append(Extract(parts.sentence, round(ceiling, 4), _short(asked, parts)))
        return definitions_first(asked.text, extracts)

    def score(self, question: Question, hits: Sequence[Hit]) -> ScoredSentences:
        """What each sentence of the hits' passages is worth, in their order; at least one hit."""
        return self._judge(analysed(question.resolved), hits)

    def contributions(
        self, question: Question, hits: Sequence[Hit], sentence: Sentence
    ) -> list[Contribution]:
        """See `Explaining.contributions`: the features, and the sentence beside the others."""
        import numpy as np

        if not hits:
            return []
        judged = self.score(question, hits)
        values = np.hstack([judged.rows, rank_features(judged.scores, judged.wrong)])
        for at, (parts, row) in enumerate(zip(judged.sentences, values.tolist(), strict=True)):
            if parts.sentence == sentence:
                weighed = zip((*FEATURES, *RANK_FEATURES), row, _weights().confidence, strict=True)
                found = [
                    Contribution(name, value, value * weight) for name, value, weight in weighed
                ]
                found.append(Contribution("bias", 1.0, _weights().bias))
                found += wrong_row_contribution(judged.wrong, at)
                return [*found, *defining(question.resolved, sentence, found)]
        return []

    def _judge(self, asked: QuestionAnalysis, hits: Sequence[Hit]) -> ScoredSentences:
        import numpy as np

        passages = [self._taken_apart(hit.passage) for hit in hits]
        rows = features(asked, hits, passages)
        weights = _weights()
        scores = rows @ np.array(weights.rank)
        sentences = [parts for passage in passages for parts in passage.sentences]
        wrong = np.zeros(len(sentences), dtype=bool)
        wrong[list(wrong_rows(asked, passages))] = True
        told = np.hstack([rows, rank_features(scores, wrong)])
        odds = told @ np.array(weights.confidence) + weights.bias
        odds[wrong] = LEAST_ODDS
        return ScoredSentences(sentences, rows, scores, odds, wrong)


def sigmoid(odds: float) -> float:
    """The chance that these log-odds mean."""
    return 1.0 / (1.0 + exp(-max(LEAST_ODDS, min(-LEAST_ODDS, odds))))


def wrong_row_contribution(wrong: NDArray[np.bool_], at: int) -> list[Contribution]:
    """What is told of a sentence that is the wrong row of a table; nothing of others."""
    return [Contribution("wrong_row", 1.0, LEAST_ODDS)] if wrong[at] else []


def _short(asked: QuestionAnalysis, parts: SentenceParts) -> Span | None:
    """The words that answer, in the document's offsets: the candidate nearest to the question's,
    in a row of a table the cell that is asked for."""
    found = answers(asked, parts)
    if (sent := stamp(parts.text)) is not None:
        # When a message was sent is no answer to what it says.
        found = [span for span in found if not sent[0] <= span.start < sent[1]]
    best = _nearest(asked, parts, found) if found else None
    if parts.row is not None:
        best = short_span(answering(asked, parts.row), best, parts.text)
    offset = parts.sentence.start
    return None if best is None else Span(offset + best.start, offset + best.end)


def _nearest(asked: QuestionAnalysis, parts: SentenceParts, found: list[Span]) -> Span:
    """The span that is nearest to the words of the question; at least one is found."""
    wanted = asked.terms
    if asked.kind is AnswerType.NUMBER and asked.focus in parts.places:
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

    return min(found, key=distance)


def _gap(text: str, start: int, end: int) -> int:
    """How far two places of a sentence are apart; a clause's end between them counts as a line."""
    between = text[start:end]
    return len(between.replace(" by ", "")) + 80 * sum(between.count(mark) for mark in ";:")
