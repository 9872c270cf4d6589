"""Rows of cells as lines that can be cited alone, each cell with the name of its column.

`Country: Mexico | Population: 130 million`. Files of rows hardly ever say whether their first row
names the columns, so that is decided from what stands below it: a wrong name makes every row say
something false, a missed one only leaves it short.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log
from typing import NamedTuple

SEPARATOR = " | "
SAMPLE_ROWS = 200
"""How many rows tell whether there is a header."""

LONGEST_NAME = 200
"""A name with more characters than this is not repeated in other rows."""

MOST_REPEATED = 64 * 2**20
"""How many characters of names are repeated in one file: hostile ones could ask for any number."""

UNNAMED = "the names of the columns are not repeated in all rows, of which there are too many"

_LONGEST_HEADER_CELL = 300
_LEAST_FILLED = 0.5
_LEAST_EVIDENCE_OF_ONE_COLUMN = 2.0
# A figure, date or time: it begins with a digit, and what letters it has are units or months.
_FIGURE = re.compile(
    r"[-+−(<>~≈]{0,2}\s?[$€£¥₹]?\s?[-+−]?[.,]?\d[\W\d_]*(?:[^\W\d_]{1,3}[\W\d_]*){0,3}"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_ADDRESS = re.compile(r"\S+@\S+\.\w+|[a-z]{2,8}://\S+|www\.\S+", re.IGNORECASE)
_STOPS = (".", "!", "?", ";", ",")


class _Look(NamedTuple):
    """What a cell looks like."""

    kind: str
    begins: str
    has_blank: bool
    has_digit: bool
    is_upper: bool
    ends_with_stop: bool
    is_long: bool


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
_PRIOR = 1.4
_LEAST_OF_A_COLUMN, _MOST_OF_A_COLUMN = -0.4, 4.0


def one_line(text: str) -> str:
    """A cell's text, any white space in it one space."""
    return " ".join(text.split())


def bare_line(cells: Sequence[str]) -> str:
    """The line of a row without names; an empty cell stays, so that columns can be counted."""
    if not cells[-1:] or not cells[-1]:
        cells = list(cells)
        while cells and not cells[-1]:
            cells.pop()
    line = SEPARATOR.join(cells)
    if "|  |" in line:
        line = line.replace("|  |", "| |").replace("|  |", "| |")
    return line.strip(" ")


class Names:
    """What the columns of a table are called.

    Args:
        names: by column, empty for a column that has none.
        repeated: how many characters other tables of the file have repeated before.
    """

    def __init__(self, names: Sequence[str] = (), repeated: int = 0) -> None:
        self._labels = [_label(name) for name in names]
        self._has_names = any(self._labels)
        self.repeated = repeated

    @property
    def ran_out(self) -> bool:
        """Whether some rows go without the names that they have."""
        return self._has_names and self.repeated > MOST_REPEATED

    def line(self, cells: Sequence[str]) -> str:
        """The line of a row: its cells' texts, each on one line, from the first column on."""
        if not self._has_names or self.repeated > MOST_REPEATED:
            return bare_line(cells)
        named = [label + cell for label, cell in zip(self._labels, cells, strict=False) if cell]
        named += [cell for cell in cells[len(self._labels) :] if cell]
        line = SEPARATOR.join(named)
        self.repeated += len(line) - sum(map(len, cells))
        return line


def _label(name: str) -> str:
    name = name.rstrip(" :")
    return f"{name}: " if name and len(name) <= LONGEST_NAME else ""


def header_at(rows: Sequence[Sequence[str]], more: float = 0.0) -> int | None:
    """Which of the first rows of a table names the columns, None if none does.

    Titles and remarks may stand above it, rows with one cell where the others have several.

    Args:
        rows: the first rows (SAMPLE_ROWS of them are looked at), none empty, cells on one line.
        more: what else speaks for a header, as the logarithm of odds.
    """
    rows = rows[:SAMPLE_ROWS]
    filled = [sum(map(bool, row)) for row in rows]
    usual = Counter(filled).most_common(1)[0][0] if filled else 0
    least = 1 if max(filled, default=0) == 1 else max(2, _LEAST_FILLED * usual)
    at = next((at for at, count in enumerate(filled) if count >= least), len(rows))
    if at + 1 >= len(rows) or not _may_be_header(rows[at], rows[at + 1 :]):
        return None
    needed = _LEAST_EVIDENCE_OF_ONE_COLUMN if least == 1 else 0.0
    return at if _PRIOR + more + _evidence(rows[at], rows[at + 1 :]) > needed else None


def _may_be_header(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    names = [cell for cell in row if cell]
    if len(set(names)) < len(names) or max(map(len, names)) > _LONGEST_HEADER_CELL:
        return False
    firsts = [cells[0] for cells in (row, *below) if cells and cells[0]]
    if firsts and 2 * sum(first.endswith(":") for first in firsts) >= len(firsts):
        return False  # a form: its names stand at the left
    figures = [column for column, cell in enumerate(row) if cell and _kind(cell) != "text"]
    if not figures:
        return True
    return len(figures) < len(names) and all(_heads_a_year(row, at, below) for at in figures)


def _heads_a_year(row: Sequence[str], column: int, below: Sequence[Sequence[str]]) -> bool:
    """Whether a cell is a year above other figures: years name columns, too."""
    if _YEAR.fullmatch(row[column]) is None:
        return False
    cells = [cells[column] for cells in below if column < len(cells) and cells[column]]
    years = sum(_YEAR.fullmatch(cell) is not None for cell in cells)
    return 2 * years < len(cells)


def _evidence(row: Sequence[str], below: Sequence[Sequence[str]]) -> float:
    """The logarithm of how much likelier the row is as names than as one more row."""
    total = 0.0
    for column, name in enumerate(row):
        cells = [cells[column] for cells in below if column < len(cells) and cells[column]]
        if not name or not cells:
            continue
        # By Good's and Turing's estimate, a value is as likely a new one as it is met only once.
        met_once = sum(count == 1 for count in Counter(cells).values())
        new = (met_once + 1) / (len(cells) + 2) if name not in cells else 1.0
        ratios = [log(0.99 / new) if name not in cells else -3.0]
        columns = zip(*map(_look, cells), strict=True)
        for shares, own, others in zip(_LOOKS_OF_NAMES, _look(name), columns, strict=True):
            as_row = (others.count(own) + 1) / (len(cells) + 2)
            ratios.append(log(shares[own] / as_row))
        # The looks hang together: the strongest for and against speak for all.
        ratio = max(0.0, *ratios) + min(0.0, *ratios)
        least = -3.0 if name in cells else _LEAST_OF_A_COLUMN
        total += min(max(ratio, least), _MOST_OF_A_COLUMN)
    return total


def _kind(text: str) -> str:
    if _FIGURE.fullmatch(text):
        return "figure"
    return "address" if _ADDRESS.fullmatch(text) else "text"


def _look(text: str) -> _Look:
    text = text[:_LONGEST_HEADER_CELL]
    first = text[:1]
    return _Look(
        kind=_kind(text),
        begins="upper" if first.isupper() else "lower" if first.islower() else "other",
        has_blank=" " in text,
        has_digit=any(map(str.isdigit, text)),
        is_upper=text.isupper(),
        ends_with_stop=text.endswith(_STOPS),
        is_long=len(text) > 40,
    )
