"""How far one reader is above another on the same questions.

Two readers that answer the same questions are right and wrong on much the same ones: what differs
is known far better than either figure, and its interval comes from drawing the questions once for
both. Intervals of the two figures that overlap say little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lab.evaluation import measures
from lab.evaluation.figures import Figure, draw_seed
from lab.evaluation.measures import Indices


@dataclass(frozen=True)
class Difference:
    """`value` is the figure of `reader` minus that of `than`, with its 95% bootstrap interval."""

    set: str
    measure: str
    n: int
    reader: str
    than: str
    value: float
    low: float
    high: float


def difference(
    than: tuple[str, Figure], other: tuple[str, Figure], seed: int, rounds: int = 1000
) -> Difference | None:
    """What a reader's figure is above another's; each comes with its reader's name.

    None where the figures do not count the same questions, or count none.
    """
    (first, below), (second, above) = than, other
    before, after = below.statistic, above.statistic
    if before is None or after is None or below.n != above.n:
        return None
    if below.value is None or above.value is None:
        return None

    def gap(drawn: Indices) -> float | None:
        low, high = before(drawn), after(drawn)
        return None if low is None or high is None else high - low

    drawing = draw_seed(seed, below.set, below.measure)
    interval = measures.bootstrap(below.n, gap, drawing, rounds)
    if interval is None:
        return None
    value = above.value - below.value
    return Difference(below.set, below.measure, below.n, second, first, value, *interval)


def differences(
    found: Mapping[str, Sequence[Figure]], seed: int, rounds: int = 1000
) -> list[Difference]:
    """Every later reader against the first, measure by measure, where they can be compared.

    `found` maps a reader's name to its figures: of the same rows, and so in the same order.
    """
    (than, below), *others = found.items()
    made = (
        difference((than, first), (name, second), seed, rounds)
        for name, above in others
        for first, second in zip(below, above, strict=True)
    )
    return [one for one in made if one is not None]
