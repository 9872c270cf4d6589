"""What a threshold for questions that name somebody lets through, and what it gives up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

_STEPS = np.arange(0.35, 0.75, 0.05)


class Asked(Protocol):
    """A question: whether its document answers, whether it names somebody, and whether it is a twin
    in which somebody, or what is done, was exchanged."""

    @property
    def answerable(self) -> bool: ...

    @property
    def names(self) -> bool: ...

    @property
    def swapped(self) -> bool: ...


def told_of_named(made: Sequence[Asked], guess: NDArray[np.float64]) -> Iterator[str]:
    """Of each threshold a line: how many such twins are answered at it, and how many answerable
    questions that name somebody are refused; none where there are no such questions.

    Args:
        made: the questions.
        guess: the confidence of each.
    """
    twins = np.array([one.names and one.swapped and not one.answerable for one in made], dtype=bool)
    asked = np.array([one.names and one.answerable for one in made], dtype=bool)
    if not asked.any() or not twins.any():
        return
    for least in _STEPS:
        answered, refused = int((guess[twins] >= least).sum()), int((guess[asked] < least).sum())
        yield (
            f"named, at {least:.2f}: {answered} of {twins.sum()} twins answered, "
            f"{refused} of {asked.sum()} refused"
        )
