"""From outcomes to figures: which measures a set has, over which of its questions.

A set of reading rows gets what its rows allow: AUROC and refusals where some questions have no
answer, article measures where it was asked by article. All of it follows the README of the data.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from lab.evaluation import measures
from lab.evaluation.asking import (
    ArticleOutcome,
    FollowUpOutcome,
    ParagraphOutcome,
    RankingOutcome,
)
from lab.evaluation.bleu import bleu_counts, corpus_bleu
from lab.evaluation.data import FollowUpRow, RankingRow, ReadingRow, Row
from lab.evaluation.measures import Indices
from lab.evaluation.run import Outcome

Statistic = Callable[[Indices], float | None]

# Plain BM25 over sentences (follow-ups: the question as asked), from the README of the data.
BASELINES = {
    ("squad2a", "article hit@1"): 0.727,
    ("squad2a", "article MRR@10"): 0.799,
    ("squad2a", "paragraph hit@1"): 0.857,
    ("squad2a", "AUROC"): 0.582,
    ("wikiqa", "MAP"): 0.617,
    ("wikiqa", "MRR"): 0.626,
    ("trecqa", "MAP"): 0.710,
    ("trecqa", "MRR"): 0.768,
    ("selqa", "MAP"): 0.863,
    ("selqa", "MRR"): 0.872,
    ("followups", "BLEU"): 34.0,
}


@dataclass(frozen=True)
class Figure:
    """One measure of one set over `n` questions, with its 95% bootstrap interval.

    `value`, `low` and `high` are None where there is nothing to measure, `baseline` where the
    README gives none. `note` tells what whoever reads the figure has to know. `statistic` gives
    the value over drawn questions, so that two readers can be compared on the same draws; None
    where it depends on the reader which questions are counted, or no reader takes part.
    """

    set: str
    measure: str
    n: int
    value: float | None
    low: float | None
    high: float | None
    baseline: float | None
    note: str = ""
    statistic: Statistic | None = field(default=None, repr=False, compare=False)


def draw_seed(seed: int, name: str, measure: str) -> int:
    """The seed of a figure's bootstrap: its own, and the same for every reader."""
    return zlib.crc32(f"{seed}:{name}:{measure}".encode())


class _Figures:
    """Makes the figures of one set, each with an interval of its own seed."""

    def __init__(self, name: str, seed: int, rounds: int) -> None:
        self._name, self._seed, self._rounds = name, seed, rounds

    def of(self, measure: str, n: int, statistic: Statistic, note: str = "") -> Figure:
        seed = draw_seed(self._seed, self._name, measure)
        interval = measures.bootstrap(n, statistic, seed, self._rounds)
        low, high = interval or (None, None)
        value = statistic(np.arange(n))
        baseline = BASELINES.get((self._name, measure))
        return Figure(self._name, measure, n, value, low, high, baseline, note, statistic)

    def mean(self, measure: str, values: Iterable[float], note: str = "") -> Figure:
        array = np.array(list(values), dtype=np.float64)
        return self.of(measure, len(array), lambda drawn: measures.mean(array[drawn]), note)


def _article(make: _Figures, outcomes: Sequence[ArticleOutcome]) -> Iterator[Figure]:
    yield make.mean("article hit@1", (any(outcome.right[:1]) for outcome in outcomes))
    yield make.mean(
        "article MRR@10", (measures.reciprocal_rank(outcome.right) for outcome in outcomes)
    )


Asked = Sequence[tuple[ReadingRow, ParagraphOutcome]]


def _hits(make: _Figures, asked: Asked) -> Iterator[Figure]:
    answerable = [(row, outcome) for row, outcome in asked if row.answers]
    yield make.mean("paragraph hit@1", (outcome.ranked_right for _, outcome in answerable))
    domains = sorted({row.domain for row, _ in answerable})
    for domain in domains if len(domains) > 1 else ():
        right = [outcome.ranked_right for row, outcome in answerable if row.domain == domain]
        yield make.mean(f"paragraph hit@1, {domain}", right)


def _words(make: _Figures, asked: Asked) -> Iterator[Figure]:
    scores = [
        (
            measures.exact_match(outcome.prediction, row.answers),
            measures.f1(outcome.prediction, row.answers),
        )
        if not outcome.given.failure
        else (0.0, 0.0)  # a crash is not a refusal, and never right
        for row, outcome in asked
    ]
    yield make.mean("EM", (em for em, _ in scores))
    yield make.mean("F1", (f1 for _, f1 in scores))
    if not all(row.answers for row, _ in asked):
        known = [score for score, (row, _) in zip(scores, asked, strict=True) if row.answers]
        yield make.mean("EM, answerable", (em for em, _ in known))
        yield make.mean("F1, answerable", (f1 for _, f1 in known))


def _confidence(make: _Figures, asked: Asked) -> Iterator[Figure]:
    confidence = np.array([outcome.ranked.confidence for _, outcome in asked])
    answerable = np.array([bool(row.answers) for row, _ in asked], dtype=np.bool_)
    right = np.array([outcome.ranked_right for _, outcome in asked], dtype=np.bool_)
    if not answerable.all():
        yield make.of(
            "AUROC", len(asked), lambda drawn: measures.auroc(confidence[drawn], answerable[drawn])
        )
    yield make.of(
        "ECE",
        len(asked),
        lambda drawn: measures.calibration_error(confidence[drawn], right[drawn]),
        "lower is better",
    )
    yield make.mean("answered, of all", (outcome.given.answered for _, outcome in asked))
    given = [outcome.given_right for _, outcome in asked if outcome.given.answered]
    yield replace(make.mean("right, of the answered", given), statistic=None)
    if not answerable.all():
        refused = [
            not outcome.given.answered and not outcome.given.failure
            for row, outcome in asked
            if not row.answers
        ]
        yield make.mean("refused, of the unanswerable", refused)


def _reading(make: _Figures, rows: Sequence[Row], outcomes: Sequence[Outcome]) -> Iterator[Figure]:
    by_id = {outcome.id: outcome for outcome in outcomes if isinstance(outcome, ParagraphOutcome)}
    asked = [(row, by_id[row.id]) for row in rows if isinstance(row, ReadingRow)]
    articles = [outcome for outcome in outcomes if isinstance(outcome, ArticleOutcome)]
    if articles:
        yield from _article(make, articles)
    yield from _hits(make, asked)
    yield from _words(make, asked)
    yield from _confidence(make, asked)


def _ranking(make: _Figures, rows: Sequence[Row], outcomes: Sequence[Outcome]) -> Iterator[Figure]:
    """MAP and MRR over the questions that have a right candidate.

    The rest are left out, as is usual on WikiQA and TREC-QA: no order of their candidates is
    better than another. The file of TREC-QA has the right candidates first, so that whoever
    returns nothing gets a MAP of 1 there; the last figure shows what remains when the wrong ones
    go first among those that were not returned.
    """
    by_id = {outcome.id: outcome for outcome in outcomes if isinstance(outcome, RankingOutcome)}
    asked = [row for row in rows if isinstance(row, RankingRow) and any(row.labels)]
    ranked = [_judged(row, by_id[row.id]) for row in asked]
    worst = [
        judged[: by_id[row.id].cited] + sorted(judged[by_id[row.id].cited :])
        for row, judged in zip(asked, ranked, strict=True)
    ]
    left_out = len(rows) - len(asked)
    note = f"{left_out} without a right candidate left out" if left_out else ""
    yield make.mean("MAP", map(_precision, ranked), note)
    yield make.mean("MRR", map(measures.reciprocal_rank, ranked), note)
    yield make.mean("MAP, not returned at their worst", map(_precision, worst), note)


def _judged(row: RankingRow, outcome: RankingOutcome) -> list[bool]:
    """Which candidates are right, in rank order; none where asking failed."""
    return [row.labels[number] and not outcome.failure for number in outcome.order]


def _precision(judged: Sequence[bool]) -> float:
    return measures.average_precision(judged) if any(judged) else 0.0


def _follow_ups(
    make: _Figures, rows: Sequence[Row], outcomes: Sequence[Outcome]
) -> Iterator[Figure]:
    by_id = {outcome.id: outcome for outcome in outcomes if isinstance(outcome, FollowUpOutcome)}
    asked = [row for row in rows if isinstance(row, FollowUpRow)]
    counts = bleu_counts([by_id[row.id].resolved for row in asked], [row.rewrite for row in asked])
    figure = make.of("BLEU", len(asked), lambda drawn: corpus_bleu(counts[drawn]))
    yield replace(figure, statistic=None)


def figures(
    name: str,
    rows: Sequence[Row],
    outcomes: Sequence[Outcome],
    seed: int,
    rounds: int = 1000,
) -> list[Figure]:
    """The figures of the set `name`.

    `rounds` is the number of bootstrap draws.

    Raises:
        ImportError: the set holds follow-ups, and sacrebleu is not installed.
    """
    make = _Figures(name, seed, rounds)
    kinds = {type(row) for row in rows}
    if ReadingRow in kinds:
        return list(_reading(make, rows, outcomes))
    if RankingRow in kinds:
        return list(_ranking(make, rows, outcomes))
    return list(_follow_ups(make, rows, outcomes))
