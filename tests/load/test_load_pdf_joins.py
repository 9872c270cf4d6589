"""Lines of a PDF that neither its file nor its page has one after the other make no sentence."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_made import Placed, set_in, text_of

from askdoc.load.pdf.joins import Joins
from askdoc.load.pdf.lines import Line

_CLAUSE = (
    "The carrier shall give the receiver notice of the arrival of the vessel without delay and"
    " shall hold the goods for ten days at the harbour, after which they may be sold by auction"
    " to anybody who pays the freight, the dues of the port and what the storage has cost"
)


def together(text: str, one: str, other: str) -> bool:
    """Whether two texts stand in one paragraph."""
    return any(one in part and other in part for part in text.split("\n\n"))


def line_at(x0: float, base: float, first: int, *, region: int = 0, wide: float = 100.0) -> Line:
    """A line of four words of its own."""
    text = f"some words of line{first}"
    return Line(text, x0, x0 + wide, base, 10.0, False, 0, region, x0, x0 + wide, first=first,
                last=first + 3)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(40, 80))
def test_a_text_that_stands_alone_is_whole_in_whatever_order_the_file_writes_it(
    chance: random.Random, width: int
) -> None:
    lines = set_in(_CLAUSE, 60, 700, width)
    chance.shuffle(lines)
    assert text_of(lines).strip() == _CLAUSE


def test_a_cell_of_a_table_without_rules_went_on_in_the_row_below() -> None:
    """A table of rocks: "laminated, or structureless Centimeter-thick Scour surfaces".

    The first line of each cell hangs out; the file writes row by row, each cell with its lines.
    """
    rows = [
        [["Clayey, slightly", "silty, occasionally", "dedolomitized,", "green, red, or",
          "purple marlstone"],
         ["Mottled,", "brecciated,", "laminated, or", "structureless"],
         ["Caliche-like fabrics,"]],
        [["Medium to dark"], ["Centimeter-thick"], ["Scour surfaces,"]],
    ]  # fmt: skip
    lines: list[Placed] = []
    for row, cells in enumerate(rows):
        for x, cell in zip((109.0, 175.0, 235.0), cells, strict=True):
            lines += [
                (x + 6 * (at > 0), 703 - 78 * row - 11.3 * at, text) for at, text in enumerate(cell)
            ]
    text = text_of(lines, size=8)
    assert together(text, "laminated, or", "structureless")
    assert not together(text, "structureless", "Centimeter-thick")
    assert not together(text, "structureless", "Scour surfaces")


def test_what_the_file_writes_next_goes_on_wherever_it_stands() -> None:
    a, b = line_at(60, 700, 0), line_at(300, 100, 4, region=1)
    assert not Joins([a, b]).is_doubtful(a, b)


@given(st.floats(-2, 250), st.integers(5, 50), st.booleans())
def test_a_line_below_is_doubtful_where_something_stands_beside_or_between(
    gap: float, first: int, between: bool
) -> None:
    a, b = line_at(60, 100, 0), line_at(60, 124, 60)
    other = line_at(70, 112, first, region=1)
    if not between:
        other = line_at(160 + gap, 100, first, region=1)
    assert Joins([a, b, other]).is_doubtful(a, b)
    assert not Joins([a, b]).is_doubtful(a, b)


@pytest.mark.parametrize("side", [60.0, 300.0])
def test_the_next_column_goes_on_but_not_what_is_set_apart_by_a_text_beside(side: float) -> None:
    """A note below the first column is passed over, a text to its right is not."""
    a, b = line_at(60, 500, 0), line_at(300, 100, 12, region=1)
    other = line_at(side, 600, 5, region=2)
    assert Joins([a, b, other]).is_doubtful(a, b) == (side == 300.0)


def test_a_word_that_is_broken_over_two_lines_stays_whole_beside_a_figure() -> None:
    """Wherever the file writes them, its second half belongs to the first."""
    a, b, figure = line_at(60, 100, 0), line_at(60, 112, 20), line_at(180, 100, 8, region=1)
    assert Joins([a, b, figure]).is_doubtful(a, b)
    a.text, b.text = "the ship lay at its anchor-", "age for a night"
    assert not Joins([a, b, figure]).is_doubtful(a, b)


def test_a_page_of_countless_lines_is_not_searched_for_each_of_them() -> None:
    """Time would grow with the square of the lines, which whoever made the file chooses."""
    lines = [line_at(60, 12.0 * at, 8 * at) for at in range(2_500)]
    joins = Joins(lines)
    assert joins.is_doubtful(lines[0], lines[1])
    assert not Joins(lines[:1_000]).is_doubtful(lines[0], lines[1])
