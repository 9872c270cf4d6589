"""The measures, as pure functions of what was asked and what came back.

Each follows its usual definition: EM and F1 are SQuAD's, average precision and reciprocal rank are
trec_eval's, the area under the ROC curve is that of Mann and Whitney (a tie counts half).
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Sequence

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


def calibration_error(confidence: Floats, right: Bools, bins: int = 10) -> float | None:
    """Expected calibration error over `bins` bins of equal count (sizes differ by one at most).

    Questions of one confidence may fall on both sides of a bin's border; each then counts with the
    group's share of right ones, so that the order of the questions makes no difference.
    `confidence` in [0, 1] and `right` have shape (n,). None where n is 0.
    """
    if not len(confidence):
        return None
    values, group, sizes = np.unique(confidence, return_inverse=True, return_counts=True)
    share = np.bincount(group, weights=right.astype(np.float64)) / sizes
    # A bin's weighted gap is |sum of (confidence - right)| / n; sorted values come in groups.
    gaps = np.repeat(values - share, sizes)
    return float(sum(abs(part.sum()) for part in np.array_split(gaps, bins)) / len(confidence))


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
