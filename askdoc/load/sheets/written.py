"""Write the sheets of a spreadsheet: a heading each, and its tables, parted by empty rows.

A sheet says where its cells are, and hardly ever which of them are a table: rows without a gap
between them are one, and go on after a gap if nothing there looks like a new one.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, pairwise
from typing import NamedTuple

from askdoc.errors import SourceTooLarge
from askdoc.load.tables.column_names import header_of
from askdoc.load.tables.lines import Lines
from askdoc.load.tables.named_rows import one_line
from askdoc.load.tables.titles import MOST_TITLES
from askdoc.load.tables.writer import Numbered, TableLines
from askdoc.model import Document

LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
"""How many columns and rows a sheet has, at most."""

MOST_CHARACTERS = 50_000_000
"""How much text the cells of a file may have, unless they are many and short: those of a small file
may all refer to one long text."""

_LONG = 100
_MOST_TOGETHER = 50_000
"""How many rows are looked at together; a table that has more goes on as it has begun."""

_BOLD, _PLAIN = 2.5, 0.0
# A sheet is laid out by hand: its first row is less often a header than that of an exported table.
_LESS_OFTEN = -0.6


class SheetCell(NamedTuple):
    """A cell that shows something: its column, counted from 0."""

    column: int
    text: str
    bold: bool = False


class Hidden:
    """Which columns of a sheet are hidden; a file may say so of the same ones many times."""

    def __init__(self) -> None:
        self._columns = bytearray(LAST_COLUMN)

    def hide(self, first: int, last: int) -> None:
        """Hide these columns, counted from 0, both included."""
        first, end = max(first, 0), min(last + 1, LAST_COLUMN)
        if first < end:
            self._columns[first:end] = b"\1" * (end - first)

    def __contains__(self, column: int) -> bool:
        return 0 <= column < LAST_COLUMN and self._columns[column] == 1


class SheetRow(NamedTuple):
    """A row, counted from 1 as the program does, and its cells from left to right.

    A row without cells is a hidden one, which leaves no gap.
    """

    number: int
    cells: list[SheetCell]


class Sheets:
    """A text of sheets.

    Args:
        source: what errors name.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._characters = 0
        self._lines = Lines()
        self._tables = TableLines(self._lines, titles_are_headings=False)
        self._columns: list[int] = []  # of the table that was written last
        self._named: frozenset[int] = frozenset()  # those of them that have names
        self._cells = 0
        self.start("", frozenset())

    @property
    def is_full(self) -> bool:
        """Whether there is no room for more rows; those that come are left out."""
        return bool(self._tables.stopped_before)

    def write(self, name: str, rows: Iterable[SheetRow], headers: frozenset[int]) -> None:
        """A whole sheet, as `start`, `add` and `end` write it in parts."""
        self.start(name, headers)
        self.add(rows)
        self.end()

    def start(self, name: str, headers: frozenset[int]) -> None:
        """A sheet begins.

        Args:
            name: what stands on its tab.
            headers: the numbers of rows that the file itself says to be headers.
        """
        self._name, self._headers = one_line(name), headers
        self._started = self._goes_on = False
        self._columns = []
        self._named = frozenset()
        self._run: list[SheetRow] = []
        self._last = 0
        self._above: list[list[Numbered]] = []

    def add(self, rows: Iterable[SheetRow]) -> None:
        """More rows of the sheet, in their order, those left out that are empty.

        Raises:
            SourceTooLarge: their texts are longer in all than MOST_CHARACTERS.
        """
        for row in rows:
            if self._run and row.number > self._last + 1:
                self._flush()
                self._goes_on = False
            self._last = row.number
            if row.cells:
                self._run.append(row)
            if len(self._run) >= _MOST_TOGETHER:
                self._flush()
                self._goes_on = True

    def end(self) -> None:
        """The sheet ends."""
        if self._run:
            self._flush()
        for lines in self._above:
            self._tables.write_bare(lines)

    def _flush(self) -> None:
        """Write the rows that have come without a gap between them."""
        table, self._run = self._run, []
        if self.is_full or not table:
            return
        if not self._started:
            self._lines.place("")
            self._lines.heading(self._name, 1)
            self._tables.start_section(self._name)
            self._started = True
        self._count(table)
        if self._goes_on:
            self._go_on(table)
            return
        count = len(table) + sum(map(len, self._above))
        if count <= MOST_TITLES and all(len(row.cells) == 1 for row in table):
            self._above.append([Numbered(f"row {r.number}", [r.cells[0].text]) for r in table])
            return
        self._table(table)

    def document(self, source: str, notes: tuple[str, ...]) -> Document:
        """What was written; raises EmptySource if that is nothing."""
        return self._lines.document(source, (*notes, *self._tables.notes))

    def _count(self, rows: list[SheetRow]) -> None:
        # Counted before any is written: many cells may share one text.
        self._cells += sum(len(row.cells) for row in rows)
        self._characters += sum(len(cell.text) for row in rows for cell in row.cells)
        if self._characters > max(MOST_CHARACTERS, _LONG * self._cells):
            raise SourceTooLarge(
                "it has more text than is held in memory",
                self._source,
                "Split it into smaller files.",
            )

    def _table(self, rows: list[SheetRow]) -> None:
        columns = sorted({cell.column for row in rows for cell in row.cells})
        used = frozenset(columns)
        places = {column: at for at, column in enumerate(columns)}
        numbered = [_numbered(row, places) for row in rows]
        known = next((at for at, row in enumerate(rows) if row.number in self._headers), None)
        cells = [row.cells for row in numbered]
        header = header_of(cells, _LESS_OFTEN + _boldness(rows), known)
        above, self._above = self._above, []
        if header is None:
            for lines in above:
                self._tables.write_bare(lines)
            above = []
        self._lines.gap()
        if header is None and self._named and used <= self._named and len(used) > 1:
            # Rows after a gap in a table whose columns have names.
            self._columns = sorted(self._named)
            self._go_on(rows)
            return
        self._tables.write_named(numbered, header, [*chain.from_iterable(above)])
        self._named = used if header is not None else frozenset()
        self._columns = columns

    def _go_on(self, rows: list[SheetRow]) -> None:
        """More rows of the table that was written last; columns that it had not have no names."""
        places = {column: at for at, column in enumerate(self._columns)}
        for column in sorted({cell.column for row in rows for cell in row.cells} - places.keys()):
            places[column] = len(places)
            self._columns.append(column)
        self._tables.go_on(_numbered(row, places) for row in rows)


def _numbered(row: SheetRow, places: dict[int, int]) -> Numbered:
    cells = [""] * (max(places[cell.column] for cell in row.cells) + 1)
    for cell in row.cells:
        cells[places[cell.column]] = cell.text
    return Numbered(f"row {row.number}", cells)


def _boldness(rows: list[SheetRow]) -> float:
    """What letters in bold say for a header: a row of them above rows of others."""
    for row, below in pairwise(rows):
        if len(row.cells) > 1:
            bold = all(cell.bold for cell in row.cells)
            return _BOLD if bold and not all(cell.bold for cell in below.cells) else _PLAIN
    return _PLAIN
