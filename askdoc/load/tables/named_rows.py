"""Rows of cells as lines that can be cited alone, each cell with the name of its column.

`Country: Mexico | Population: 130 million`. Which row has the names is found in `column_names`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from askdoc.load.tables.titles import is_source

SEPARATOR = " | "

LONGEST_NAME = 200
"""A name with more characters than this is not repeated in other rows."""

MOST_REPEATED = 64 * 2**20
"""How many characters of names are repeated in one file: hostile ones could ask for any number."""

UNNAMED = "the names of the columns are not repeated in all rows, of which there are too many"

# A note below a table: what it is marked with, if its text stands in the next cell.
_MARK = re.compile(
    r"(?:\W{0,2}\w{1,2}\W{0,2}|[*†‡§#]{1,3}|notes?|sources?|quellen?|remarks?|anm(?:erkung)?)[.:]?",
    re.IGNORECASE,
)
_LEAST_WORDS_OF_NOTE = 3


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
        self._width = sum(map(bool, names))
        self._has_names = any(self._labels)
        self.repeated = repeated

    @property
    def ran_out(self) -> bool:
        """Whether some rows go without the names that they have."""
        return self._has_names and self.repeated > MOST_REPEATED

    def line(self, cells: Sequence[str]) -> str:
        """The line of a row: its cells' texts, each on one line, from the first column on."""
        if not self._has_names or self.repeated > MOST_REPEATED or self._is_apart(cells):
            return bare_line(cells)
        named = [label + cell for label, cell in zip(self._labels, cells, strict=False) if cell]
        named += [cell for cell in cells[len(self._labels) :] if cell]
        line = SEPARATOR.join(named)
        self.repeated += len(line) - sum(map(len, cells))
        return line

    def _is_apart(self, cells: Sequence[str]) -> bool:
        """Whether a row is none of the table's own: a title of some rows, a remark."""
        return self._width > 2 and bool(cells[0]) and not any(cells[1:])

    def may_be_note(self, cells: Sequence[str]) -> bool:
        """Whether a row, should it be one of the last, is a note below the table."""
        if not self._has_names or any(cells[2:]) or not cells[0]:
            return False
        if len(cells) < 2 or not cells[1]:
            return self._width > 2 or is_source(cells[0])
        return (
            self._width > 3
            and _MARK.fullmatch(cells[0]) is not None
            and len(cells[1].split()) >= _LEAST_WORDS_OF_NOTE
        )


def _label(name: str) -> str:
    name = name.rstrip(" :")
    return f"{name}: " if name and len(name) <= LONGEST_NAME else ""
