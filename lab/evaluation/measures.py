"""The measures, as pure functions of what was asked and what came back.

Each follows its usual definition: EM and F1 are SQuAD's, average precision and reciprocal rank are
trec_eval's, the area under the ROC curve is that of Mann and Whitney (a tie counts half).
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Indices = NDArray[np.int64]

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(a|an|the)\b")


def normalize(text: str) -> str:
    """SQuAD's normal form: lower case, without ASCII punctuation, articles, doubled blanks."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def _golds(answers: Sequence[str]) -> list[str]:
    """The known answers as SQuAD compares them; the empty string where there is none."""
    return [answer for answer in answers if normalize(answer)] or [""]


def exact_match(prediction: str, answers: Sequence[str]) -> float:
    """1.0 where the prediction is one of the answers in SQuAD's normal form, else 0.0.

    Where there are no answers, the empty prediction is the right one.
    """
    return float(normalize(prediction) in map(normalize, _golds(answers)))


def _token_f1(prediction: str, answer: str) -> float:
    predicted, expected = normalize(prediction).split(), normalize(answer).split()
    if not predicted or not expected:
        return float(predicted == expected)
    common = sum((Counter(predicted) & Counter(expected)).values())
    return 2 * common / (len(predicted) + len(expected))


def f1(prediction: str, answers: Sequence[str]) -> float:
    """SQuAD's F1 over words, in [0, 1]: the best over the known answers."""
    return max(_token_f1(prediction, answer) for answer in _golds(answers))


def average_precision(ranked: Sequence[bool]) -> float:
    """Mean of the precision at each right item; `ranked` is in rank order and complete.

    Raises:
        ValueError: nothing in it is right, so that there is no precision to average.
    """
    hits = [rank for rank, right in enumerate(ranked, 1) if right]
    if not hits:
        raise ValueError("average precision is undefined where nothing is right")
    return sum(found / rank for found, rank in enumerate(hits, 1)) / len(hits)


def reciprocal_rank(ranked: Sequence[bool]) -> float:
    """1 / the rank (from 1) of the first right item; 0.0 where nothing is right."""
    return next((1 / rank for rank, right in enumerate(ranked, 1) if right), 0.0)


def auroc(scores: Floats, positive: Bools) -> float | None:
    """The chance that a positive scores above a negative, ties counted half.

    `scores` and `positive` have shape (n,). None where one of the two kinds is missing.
    """
    positives = int(positive.sum())
    negatives = len(positive) - positives
    if not positives or not negatives:
        return None
    _, group, sizes = np.unique(scores, return_inverse=True, return_counts=True)
    # The mean rank of each group of equal scores, ranks counted from 1.
    ranks = np.cumsum(sizes) - (sizes - 1) / 2
    above = float(ranks[group][positive].sum()) - positives * (positives + 1) / 2
    return above / (positives * negatives)


class Bin(NamedTuple):
    """`size` questions of like confidence: their mean confidence, and the share right."""

    size: int
    confidence: float
    right: float


def reliability(confidence: Floats, right: Bools, bins: int = 10) -> list[Bin]:
    """At most `bins` bins of equal count (sizes differ by one at most), by rising confidence.

    Questions of one confidence may fall on both sides of a bin's border; each then counts with the
    group's share of right ones, so that the order of the questions makes no difference.
    `confidence` in [0, 1] and `right` have shape (n,).
    """
    if not len(confidence):
        return []
    values, group, sizes = np.unique(confidence, return_inverse=True, return_counts=True)
    share = np.bincount(group, weights=right.astype(np.float64)) / sizes
    # Sorted, the values come in groups.
    sides = (np.array_split(np.repeat(side, sizes), bins) for side in (values, share))
    return [
        Bin(len(sure), float(sure.mean()), float(correct.mean()))
        for sure, correct in zip(*sides, strict=True)
        if len(sure)
    ]


def calibration_error(confidence: Floats, right: Bools, bins: int = 10) -> float | None:
    """Expected calibration error: the mean gap between confidence and share right, over questions.

    Arguments as in `reliability`. None where n is 0.
    """
    if not len(confidence):
        return None
    found = reliability(confidence, right, bins)
    return sum(one.size * abs(one.confidence - one.right) for one in found) / len(confidence)


def risk_at_coverage(confidence: Floats, right: Bools, answered: Bools) -> tuple[Floats, Floats]:
    """What each threshold answers and gets wrong, from the highest confidence to the lowest.

    `confidence`, `right` and `answered` (whether there is an answer at threshold 0.0) have shape
    (n,). Gives, for each confidence that occurs, the coverage (share of the questions that are
    answered) and the risk (share of wrong ones among these), both of shape (confidences,).
    """
    sure, wrong = confidence[answered], ~right[answered]
    order = np.argsort(-sure, kind="stable")
    count = np.arange(1, len(order) + 1)
    # Questions of one confidence are answered together.
    last = np.append(np.diff(sure[order]) != 0, True)[: len(order)]
    return count[last] / max(1, len(confidence)), np.cumsum(wrong[order])[last] / count[last]


def mean(values: Floats) -> float | None:
    """The mean; None of nothing."""
    return float(values.mean()) if len(values) else None


def bootstrap(
    count: int,
    statistic: Callable[[Indices], float | None],
    seed: int,
    rounds: int = 1000,
    level: float = 0.95,
) -> tuple[float, float] | None:
    """The percentile bootstrap interval of `statistic`, by drawing `count` questions anew.

    `statistic` gets the drawn indices, shape (count,); a draw for which it is undefined (None) is
    left out. None where `count` is 0 or every draw was undefined. Questions are taken as
    independent; several stand on one paragraph, so the true interval is somewhat wider.
    """
    if not count:
        return None
    generator = np.random.default_rng(seed)
    drawn = (statistic(generator.integers(0, count, count)) for _ in range(rounds))
    values = [value for value in drawn if value is not None]
    if not values:
        return None
    tail = 100 * (1 - level) / 2
    low, high = np.percentile(values, [tail, 100 - tail])
    return float(low), float(high)
