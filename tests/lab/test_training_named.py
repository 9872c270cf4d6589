"""What is told of thresholds for questions that name somebody."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lab.training.neural.named import told_of_named


class Made(NamedTuple):
    answerable: bool
    names: bool
    swapped: bool


_ANY = st.tuples(st.builds(Made, st.booleans(), st.booleans(), st.booleans()), st.floats(0, 1))


def _figures(line: str) -> list[int]:
    return [int(word) for word in line.partition(": ")[2].split() if word.isdigit()]


@given(st.lists(_ANY, max_size=40))
def test_higher_thresholds_answer_fewer_twins_and_refuse_more(
    asked: list[tuple[Made, float]],
) -> None:
    made, guess = [one for one, _ in asked], np.array([sure for _, sure in asked])
    lines = list(told_of_named(made, guess))
    twins = sum(one.names and one.swapped and not one.answerable for one in made)
    able = sum(one.names and one.answerable for one in made)
    assert bool(lines) == bool(twins and able)
    figures = [_figures(line) for line in lines]
    assert all(of[1] == twins and of[3] == able for of in figures)
    answered, refused = [of[0] for of in figures], [of[2] for of in figures]
    assert answered == sorted(answered, reverse=True) and refused == sorted(refused)


def test_other_questions_count_for_nothing() -> None:
    made = [
        Made(False, True, True),
        Made(False, True, False),
        Made(False, False, True),
        Made(True, True, False),
        Made(True, False, False),
    ]
    low, *_, high = told_of_named(made, np.array([0.4, 0.9, 0.9, 0.6, 0.1]))
    assert _figures(low) == [1, 1, 0, 1]
    assert _figures(high) == [0, 1, 1, 1]
