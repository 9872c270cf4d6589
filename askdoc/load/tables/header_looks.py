"""Whether a row looks like the names of the columns below it: odds by how cells look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import log

from askdoc.load.tables.cell_looks import (
    LONGEST_HEADER_CELL,
    Look,
    is_led_by_year,
    is_period,
    is_year,
    kind_of,
    look_of,
    shape_of,
)

Cells = Sequence[str]

# How names of columns look: the share of them that has each look.
_LOOKS_OF_NAMES: tuple[dict[object, float], ...] = (
    {"text": 0.97, "figure": 0.02, "address": 0.01},
    {"upper": 0.6, "lower": 0.35, "other": 0.05},
    {False: 0.65, True: 0.35},
    {False: 0.9, True: 0.1},
    {False: 0.85, True: 0.15},
    {False: 0.96, True: 0.04},
    {False: 0.95, True: 0.05},
)
_LEAST_OF_A_COLUMN, _MOST_OF_A_COLUMN = -0.4, 4.0
_BEFORE_YEAR = re.compile(r"(?<=[^\W\d])\s+\(?(?:1[5-9]|20)\d\d\)?\Z")
# What a year or a band ("10-20 cm") says for its row where nothing below is one.
_PERIOD_ABOVE_OTHERS, _BAND_ABOVE_OTHERS = 1.5, 0.7


def column_of(rows: Sequence[Cells], column: int) -> list[str]:
    return [cells[column] for cells in rows if column < len(cells) and cells[column]]


def may_be_header(row: Cells, below: Sequence[Cells]) -> bool:
    """Whether nothing speaks against the row's being names, however likely that is."""
    names = [cell for cell in row if cell]
    if len(set(names)) < len(names) or max(map(len, names)) > LONGEST_HEADER_CELL:
        return False
    firsts = [cells[0] for cells in (row, *below) if cells and cells[0]]
    if firsts and 2 * sum(first.endswith(":") for first in firsts) >= len(firsts):
        return False  # a form: its names stand at the left
    figures = [column for column, cell in enumerate(row) if cell and kind_of(cell) != "text"]
    if not figures:
        return True
    if len(figures) == len(names) and not _has_corner(row, below):
        return False
    series = _series(row, below)
    return all(_heads_others(row, at, below, series) or _is_band(row, at, below) for at in figures)


def _has_corner(row: Cells, below: Sequence[Cells]) -> bool:
    """Whether the names leave a corner free, above the names of rows."""
    return not row[0] and share(below, 0, lambda cell: kind_of(cell) == "text") > 0.5


def _heads_others(row: Cells, column: int, below: Sequence[Cells], series: int) -> bool:
    """Whether a cell is a year, a date or begins with one, above what is none."""
    if is_led_by_year(row[column]):
        return True
    if not is_year(row[column]):
        return is_period(row[column]) and share(below, column, is_period) < 0.5
    # Amounts may look like years, too; hardly ever like one after the other.
    return series > 2 or share(below, column, is_year) < (0.5 if series < 2 else 0.7)


def _series(row: Cells, below: Sequence[Cells]) -> int:
    """How many years a row has that come one after the other, 1 if a row below has as many."""
    count = _consecutive(row)
    if count > 2 and any(_consecutive(cells) >= count for cells in below):
        return 1
    return count


def _consecutive(row: Cells) -> int:
    """How many years a row has, if each is one more, or one less, than that before; else 1."""
    years = [int(cell) for cell in row if is_year(cell)]
    steps = {following - year for year, following in pairwise(years)}
    return len(years) if steps in ({1}, {-1}) else 1


def _is_band(row: Cells, column: int, below: Sequence[Cells]) -> bool:
    """Whether a figure is written as none below it: a size, an age, a dose over plain numbers."""
    shape = shape_of(row[column])
    return shape != "9" and share(below, column, lambda cell: shape_of(cell) == shape) == 0.0


def share(rows: Sequence[Cells], column: int, look: Callable[[str], bool]) -> float:
    """The share of a column's cells that have a look; 0 where it has none."""
    cells = column_of(rows, column)
    return sum(map(look, cells)) / len(cells) if cells else 0.0


def evidence(row: Cells, below: Sequence[Cells]) -> float:
    """The logarithm of how much likelier the row is as names than as one more row."""
    total = 0.0
    series = _series(row, below)
    for column, name in enumerate(row):
        cells = column_of(below, column)
        if not name or not cells:
            continue
        if name not in cells and (kind_of(name) != "text" or _is_date(name)):
            if _heads_others(row, column, below, series):
                total += _PERIOD_ABOVE_OTHERS
                continue
            if _is_band(row, column, below):
                total += _BAND_ABOVE_OTHERS
                continue
        total += _of_column(name, cells)
    return total


def _is_date(name: str) -> bool:
    """Whether it is a period that begins with its month: "March 31, 2023"."""
    return is_period(name) and any(map(str.isdigit, name))


def _of_column(name: str, cells: list[str]) -> float:
    # By Good's and Turing's estimate, a value is as likely a new one as it is met only once.
    met_once = sum(count == 1 for count in Counter(cells).values())
    new = (met_once + 1) / (len(cells) + 2) if name not in cells else 1.0
    ratios = [log(0.99 / new) if name not in cells else -3.0]
    columns = zip(*map(look_of, cells), strict=True)
    looks: Look = look_of(_BEFORE_YEAR.sub("", name))  # "Pairs 1990" is as good a name as "Pairs"
    for shares, own, others in zip(_LOOKS_OF_NAMES, looks, columns, strict=True):
        as_row = (others.count(own) + 1) / (len(cells) + 2)
        ratios.append(log(shares[own] / as_row))
    # The looks hang together: the strongest for and against speak for all.
    ratio = max(0.0, *ratios) + min(0.0, *ratios)
    least = -3.0 if name in cells else _LEAST_OF_A_COLUMN
    return min(max(ratio, least), _MOST_OF_A_COLUMN)
