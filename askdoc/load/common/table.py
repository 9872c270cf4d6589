"""A table that is being laid out: what its columns are called, which cells reach into other rows.

A row below a header names the header before each cell, so that it says all it means when it is
cited alone. Columns are counted as a browser counts them, with cells that span several columns and
rows; what a hostile table could multiply (long headers, cells that reach down for ever) is bounded.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from askdoc.load.tables.titles import is_corner

LONGEST_LABEL = 100
"""A header or a cell with more characters than this is not repeated in other rows."""

_MOST_HEADER_ROWS = 3
_MOST_REACHING = 64
_MOST_LABELS = 4096


class _Cell(NamedTuple):
    """The columns of a cell, half-open, and its text."""

    start: int
    end: int
    text: str


class _Reaching(NamedTuple):
    """A cell that spans rows: up to which column and row, and how it reads there."""

    end: int
    until: int
    text: str


class Table:
    """The headers of a table's columns, and the cells that reach down from the rows above."""

    def __init__(self) -> None:
        self.row = -1  # which row is open
        self.units = ""  # of all columns, where the corner has them
        self._headers: list[list[_Cell]] = []
        self._labels: dict[tuple[int, int], str] = {}  # by columns, once asked for
        self._in_header = False
        self._reaching: dict[int, _Reaching] = {}

    @property
    def labelled(self) -> bool:
        """Whether the columns have names."""
        return bool(self._headers)

    def start_row(self, header: bool) -> bool:
        """Begin a row; gives whether its cells are headers.

        A header below other rows is a new one; below a header row it belongs to the same.
        """
        self.row += 1
        if header:
            self._headers = self._headers if self._in_header else []
            self._labels.clear()
        self._in_header = header
        if not header or len(self._headers) == _MOST_HEADER_ROWS:
            return False
        self._headers.append([])
        return True

    def add_header(self, cell: _Cell) -> None:
        if cell.start == 0 and cell.end == 1 and is_corner(cell.text):
            self.units = cell.text
        if self._headers:
            self._headers[-1].append(cell)

    def label(self, start: int, end: int) -> str:
        """What stands before a cell in these columns: "Header: ", or nothing if none is theirs."""
        label = self._labels.get((start, end))
        if label is None:
            if len(self._labels) >= _MOST_LABELS:
                self._labels.clear()
            label = self._labels[start, end] = self._find_label(start, end)
        return label

    def _find_label(self, start: int, end: int) -> str:
        words: list[str] = []
        for cells in self._headers:
            at = bisect_right(cells, start, key=lambda cell: cell.start) - 1
            following = cells[at + 1].start if at + 1 < len(cells) else end
            if following < end or (at >= 0 and start < cells[at].end < end):
                return ""  # it stands below several headers
            if at >= 0 and end <= cells[at].end and cells[at].text not in ("", *words):
                words.append(cells[at].text)
        label = " ".join(words).rstrip(" :")
        return f"{label}: " if 0 < len(label) <= LONGEST_LABEL else ""

    def reach(self, column: int, cell: _Reaching) -> None:
        if len(self._reaching) >= _MOST_REACHING:
            self._reaching = {at: old for at, old in self._reaching.items() if old.until > self.row}
        if len(self._reaching) >= _MOST_REACHING:
            self._headers = []  # columns are not told apart any more
            self._labels.clear()
        else:
            self._reaching[column] = cell

    def reaching(self, column: int) -> _Reaching | None:
        """The cell of a row above which fills this column of the open row, too."""
        cell = self._reaching.get(column)
        return cell if cell is not None and cell.until > self.row else None


class Row:
    """A table row that is being written."""

    def __init__(self, table: Table, header: bool) -> None:
        self.cells = 0
        self.started = False  # some cell has text
        self.broken = False  # some cell has blocks of its own, so this row is not one line
        self._header = table.start_row(header)
        self.labelled = table.labelled and not header
        self.cell_at: tuple[int, int] | None = None  # the open cell's first part and its offset
        self._table = table
        self._column = 0
        self._end = 0
        self._rows = 1
        self._label = ""
        self._reaching: list[str] = []

    @property
    def repeats(self) -> bool:
        """Whether the text of the open cell is wanted again, as a header or in rows below."""
        return self._header or (self.labelled and self._rows > 1)

    def start_cell(self, span: int, rows: int, label: bool) -> None:
        """The next cell begins, in the first column that no cell from above fills."""
        self.cells += 1
        self.cell_at = None
        self._column = self._end
        self._pass_reaching()
        self._end = self._column + max(1, span)
        self._rows = max(1, rows)
        wanted = self.labelled and label
        self._label = self._table.label(self._column, self._end) if wanted else ""

    def end_cell(self, text: str) -> None:
        """The open cell has ended, with this text where that is wanted again."""
        if self._header and text:
            self._table.add_header(_Cell(self._column, self._end, text))
        if self._rows > 1 and (self._header or self.labelled):
            again = f"{self._label}{text}" if text and self.labelled else ""
            self._table.reach(
                self._column, _Reaching(self._end, self._table.row + self._rows, again)
            )
            self._rows = 1

    def lead(self) -> str:
        """What stands before the open cell's text: cells that reach in before it, its header."""
        taken, self._reaching = self._reaching, []
        return "".join(f"{text} | " for text in taken if not self.broken) + self._label

    def tail(self) -> str:
        """The cells that reach in behind the last one."""
        self._column = self._end
        self._pass_reaching()
        taken, self._reaching = self._reaching, []
        return "".join(f" | {text}" for text in taken if not self.broken)

    def _pass_reaching(self) -> None:
        while (cell := self._table.reaching(self._column)) is not None:
            if self.labelled and cell.text:
                self._reaching.append(cell.text)
            self._column = cell.end
