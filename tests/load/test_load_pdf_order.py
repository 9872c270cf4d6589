"""What stands side by side on a page of a PDF is one sentence only where the page has it so."""

from __future__ import annotations

import random
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_made import Placed, page_of, set_in, text_of

from askdoc.load.pdf.pdf import load_pdf
from lab.fuzzing.hostile.tiny_pdf import tiny_pdf

_COLUMNS = (
    "Before the first start, check that the hopper is empty and that all six coulters move freely."
    " The lamp on the left panel flashes once when the drive is ready for work in the field.",
    "With the tractor in first gear, lift the drill and drive slowly. The drill locks by itself"
    " once both of its arms are up, and a horn sounds twice while the lamps stay lit for a while.",
    "If the drill has stood still for a quarter of an hour, remote control is switched off. To"
    " wake it, press the green button on the handset, and wait until the lamp no longer blinks.",
)
_WORDS = "harbour vessel pilot owner notice payment shall be given within days of the date".split()


def columns(step: float) -> list[list[Placed]]:
    """Three columns, each this much lower than the one to its left."""
    return [set_in(text, 40 + 180 * at, 640 - step * at, 32) for at, text in enumerate(_COLUMNS)]


@pytest.mark.parametrize("step", [0.0, 3.0, 5.0])
@pytest.mark.parametrize("order", ["by column", "by level", "at random"])
def test_no_quote_went_over_the_gutter_of_columns_with_callouts(step: float, order: str) -> None:
    """Single figures of a picture above stood in the gutters, and lines on levels of their own."""
    lines = [line for column in columns(step) for line in column]
    if order == "by level":
        lines.sort(key=lambda line: (-line[1], line[0]))
    elif order == "at random":
        random.Random(7).shuffle(lines)
    callouts = [(205.0, 720.0, "5"), (388.0, 700.0, "3"), (300.0, 690.0, "4")]
    text = text_of([*callouts, *lines])
    for column in _COLUMNS:
        assert column in text


def test_a_heading_beside_its_clause_was_put_into_the_clause() -> None:
    """ "Late The carrier pays interest" was made of a heading's first line and its clause's."""
    clauses = (
        ("Late", "Payments", "The carrier pays interest of two per cent a month on what is paid"
         " after the last day of the month in which the invoice was received by it."),
        ("Lost", "Goods", "The carrier replaces what was lost on board, unless the owner was told"
         " in writing before the voyage that the hold was not dry."),
    )  # fmt: skip
    lines: list[Placed] = []
    for at, (first, second, text) in enumerate(clauses):
        top = 700.0 - 100 * at
        lines += [(60, top, first), (60, top - 12, second), *set_in(text, 220, top, 55)]
    text = text_of(lines)
    for first, second, clause in clauses:
        assert clause in text
        assert f"{first} {clause[:11]}" not in text
        assert f"{first} {second}" in text


@given(
    st.lists(st.lists(st.sampled_from(_WORDS), min_size=25, max_size=60), min_size=2, max_size=6),
    st.integers(min_value=24, max_value=60),
)
@settings(max_examples=25, deadline=None)
def test_hanging_numbers_make_no_columns(clauses: list[list[str]], hang: int) -> None:
    """A contract's section numbers, set apart from the text by a wide gap, are no column."""
    lines: list[Placed] = []
    y = 780.0
    for at, words in enumerate(clauses, start=1):
        first, *others = textwrap.wrap(" ".join(words), 70)
        lines += [(60, y, f"{at}.1"), (60 + hang, y, first)]
        lines += [(60 + hang, y - 12 * n, line) for n, line in enumerate(others, start=1)]
        y -= 12 * len(others) + 30
    text = text_of(lines)
    for at, words in enumerate(clauses, start=1):
        assert f"{at}.1 {' '.join(words)}" in text.replace("\n\n", "\n")


def test_a_frame_around_a_text_is_no_table() -> None:
    """Boxes drawn around a letter's parts put the words of its lines into cells."""
    sentence = "The society asks for your consent before the first of the month. " * 3
    frame = b"0.5 w 50 400 500 330 re S 50 600 500 40 re S 60 400 20 330 re S "
    lines = [*set_in(sentence.strip(), 62, 700, 80), *set_in(sentence.strip(), 62, 580, 80)]
    text = load_pdf(tiny_pdf([frame + page_of(lines)]), "a.pdf").text
    assert " | " not in text
    assert text.count(sentence.strip()) == 2


def test_figures_of_a_statement_are_no_column_of_text() -> None:
    names = ["Cash and cash equivalents", "Accounts receivable, net", "Vendor receivables",
             "Property and equipment", "Other assets of the group"]  # fmt: skip
    lines: list[Placed] = []
    for at, name in enumerate(names):
        y = 700.0 - 14 * at
        lines += [(60, y, name), (330, y, f"{at + 1}2,345,678"), (450, y, f"{at + 1}1,222,333")]
    text = text_of(lines)
    for at, name in enumerate(names):
        assert f"{name} | {at + 1}2,345,678 | {at + 1}1,222,333" in text


@pytest.mark.parametrize("lower", [0.0, 4.0])
def test_three_long_columns_were_read_across_where_the_file_writes_them_line_by_line(
    lower: float,
) -> None:
    """The two columns right of the first gutter filled no line between them."""
    texts = [" ".join(f"{name}{at}" for at in range(90)) for name in ("first", "middle", "last")]
    lines = [
        line
        for at, text in enumerate(texts)
        for line in set_in(text, 40 + 180 * at, 700 - lower * (at == 1), 32)
    ]
    lines.sort(key=lambda line: (-line[1], line[0]))
    found = text_of(lines).split()
    assert found == " ".join(texts).split()


def test_two_short_texts_were_one_where_the_file_writes_them_line_by_line() -> None:
    left = "Did the student receive Form 1098 from this college for the year before this one?"
    right = "Has the pilot been told of the storm that the harbour office saw coming in the west?"
    lines = [*set_in(left, 40, 700, 36), *set_in(right, 330, 700, 36)]
    lines.sort(key=lambda line: (-line[1], line[0]))
    text = text_of(lines)
    assert left in text
    assert right in text


def test_a_narrow_text_that_begins_with_a_small_letter_went_on_from_a_wide_one() -> None:
    """Cells of a table without rules: only as wide a column goes on, or what the file has next."""
    wide = set_in("the marlstone is purple and red and lies in beds that are as thick as a hand or "
                  "more and very irregular to", 40, 690, 40)  # fmt: skip
    narrow = set_in("clay of the coarse kind and silt with some sand in it", 330, 690, 14)
    text = text_of([*narrow, *wide])
    assert "irregular to clay" not in text
    assert "clay of the coarse kind" in text


def test_a_row_of_two_texts_went_on_with_the_line_below_the_first() -> None:
    """It was "Your telephone number of a taxpayer who died" over two boxes of a form."""
    row = [(40.0, 700.0, "fill in the box if this is the return"), (330.0, 700.0, "your number")]
    text = text_of([*row, (40.0, 688.0, "of a taxpayer who died"), (40.0, 660.0, "and no other")])
    assert all("your number" not in part for part in text.split("\n\n") if "who died" in part)
