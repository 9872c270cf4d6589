"""BM25, exactly: the one formula by which passages are scored, wherever they are kept.

k1 and b are what tantivy and Lucene have, so that what these find comes in nearly this order. How
rare a term is, is told as rank-bm25's BM25Plus does: `BM25Okapi`'s drops to zero and below on few
documents, so that a match counts against its passage.

An engine only proposes passages (`Engine`). Its own scores hang on what it rounds, on what it has
not cleared up yet and on how its parts are cut; so each proposal is scored again here, in double
precision, the same operations in the same order, and the same passages get the same scores in the
same order from every engine, to the last digit.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import neg
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, overload

from askdoc.store.statistics import Statistics

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Counts = NDArray[np.int64]

K1, B = 1.2, 0.75
# An engine is asked for four times as many as are wanted, and for so many at least: that takes it
# hardly longer, and of a hundred questions three have it asked again, which takes twice as long.
_FEWEST = 30
_TIMES = 4
_MORE = 4
# Passages are first looked at down to this share of what the last of the best is proposed for: of a
# hundred questions one has to look further.
_NEARLY = 0.99
# At most so many are looked at together.
_MANY = 2_000
# No engine keeps terms above some 64 KB, and a code point may have four bytes.
_LONGEST_TERM = 16_000


class Scoring:
    """What a passage is worth to one question.

    Args:
        weights: the terms of the question, and what a match of each is worth.
        statistics: of all passages that count, for these terms.

    Attributes:
        worths: what a match of each term is worth, with how rare it is; only of those that some
            passage has. Their order is the order in which their shares are added up.
    """

    def __init__(self, weights: Mapping[str, float], statistics: Statistics) -> None:
        passages, length, holding = statistics
        self.worths: dict[str, float] = {}
        for term, weight in weights.items():
            held = holding.get(term, 0)
            if held > 0 and weight > 0.0:
                self.worths[term] = weight * math.log((passages + 1) / held)
        self._each = tuple(self.worths.values())
        self.mean_length = length / passages if length and passages else 1.0
        self._steep = K1 * B / self.mean_length

    @overload
    def norm(self, length: int) -> float: ...
    @overload
    def norm(self, length: Counts) -> Floats: ...
    def norm(self, length: int | Counts) -> float | Floats:
        """What passages of so many terms have below the line, beside how often a term stands
        there."""
        return K1 * (1.0 - B) + self._steep * length

    def score(self, length: int, counts: Sequence[int]) -> float:
        """What a passage is worth.

        Args:
            length: how many terms it has.
            counts: how often each term of `worths` stands there, in their order.
        """
        return self.scores([length], [[count] for count in counts])[0]

    def scores(self, lengths: Iterable[int], counts: Iterable[Sequence[int]]) -> list[float]:
        """What several passages are worth.

        Args:
            lengths: how many terms each has.
            counts: for each term of `worths`, in their order, how often it stands in each.
        """
        norms = [K1 * (1.0 - B) + self._steep * length for length in lengths]
        scores = [0.0] * len(norms)
        # As `norm` and `share` have it: to call them takes twice as long as all the rest.
        for worth, column in zip(self._each, counts, strict=True):
            scores = [
                score + worth * (count * (K1 + 1.0) / (count + norm)) if count else score
                for score, count, norm in zip(scores, column, norms, strict=True)
            ]
        return scores


@overload
def share(worth: float, count: int, norm: float) -> float: ...
@overload
def share(worth: float, count: Counts, norm: Floats) -> Floats: ...
def share(worth: float, count: int | Counts, norm: float | Floats) -> float | Floats:
    """What a term adds to the score of passages in which it stands `count` times.

    For a passage as for many at a time; `Scoring.scores` does the same, operation by operation.
    """
    return worth * (count * (K1 + 1.0) / (count + norm))


def is_term(term: str) -> bool:
    """Whether this may be looked for: what is empty, or longer than engines keep, is in none."""
    return 0 < len(term) <= _LONGEST_TERM


class Proposed(NamedTuple):
    """What an engine proposes: passages by number, best first.

    `bounds` never rise; neither a passage's exact score nor that of any behind it is above its own.
    No passage that is not proposed scores above `rest`, which is below 0 where every passage that
    has any of the terms is proposed.
    """

    numbers: Sequence[int]
    bounds: Sequence[float]
    rest: float


class Engine(Protocol):
    """What finds passages by terms, roughly: a library, a cluster."""

    def propose(self, scoring: Scoring, most: int) -> Proposed:
        """The passages that seem best.

        Args:
            scoring: how they are going to be scored.
            most: at most so many, at least 1.
        """
        ...

    def counts(
        self, numbers: Sequence[int], terms: Collection[str]
    ) -> Iterable[tuple[int, int, Sequence[int]]]:
        """Of each of these passages its number, how many terms it has, and how often each of these
        stands there, in their order."""
        ...


class Scored(NamedTuple):
    """A passage by its number, and its exact score."""

    score: float
    number: int


def best(engine: Engine, scoring: Scoring, limit: int) -> list[Scored]:
    """The best passages with scores above 0, best first, and all that score as the last of them.

    The engine is asked for more until nothing that it has not proposed can be among them, and what
    it proposes is looked at no further than that.

    Args:
        engine: proposes them.
        scoring: what they are worth.
        limit: so many, at least 1, and those of the same score as the last.
    """
    scores: dict[int, float] = {}
    asked, least = max(_FEWEST, _TIMES * limit), 0.0
    while scoring.worths:
        proposed = engine.propose(scoring, asked)
        least = _look_at(engine, scoring, limit, proposed, scores)
        if proposed.rest < least:
            break
        asked *= _MORE
    chosen = [Scored(score, at) for at, score in scores.items() if score >= least and score > 0.0]
    chosen.sort(key=lambda one: (-one.score, one.number))
    return chosen


def _look_at(
    engine: Engine, scoring: Scoring, limit: int, proposed: Proposed, scores: dict[int, float]
) -> float:
    """Score what is proposed and not scored yet, as far as it may be among the best.

    Returns:
        The score of the last of the best so far, 0 where they are fewer.
    """
    numbers, bounds, _ = proposed
    at, least = 0, _least(scores, limit)
    # What the last of the best is going to be worth is nearly what it is proposed for.
    least_of_some = least or (_NEARLY * bounds[limit - 1] if len(bounds) >= limit else 0.0)
    while at < len(numbers) and bounds[at] >= least:
        end = min(bisect_right(bounds, -least_of_some, at + 1, key=neg), at + _MANY)
        some = [number for number in numbers[at:end] if number not in scores]
        found = list(engine.counts(some, scoring.worths)) if some else []
        if found:
            there, lengths, counts = zip(*found, strict=True)
            scores.update(
                zip(there, scoring.scores(lengths, zip(*counts, strict=True)), strict=True)
            )
        at, least = end, _least(scores, limit)
        least_of_some = least
    return least


def _least(scores: Mapping[int, float], limit: int) -> float:
    """The score that the last of so many has, 0 where there are fewer."""
    return sorted(scores.values(), reverse=True)[limit - 1] if len(scores) >= limit else 0.0
