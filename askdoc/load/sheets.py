"""Write the sheets of a spreadsheet: a heading each, and its tables, parted by empty rows.

A sheet says where its cells are, and hardly ever which of them are a table: rows without a gap
between them are one, and go on after a gap if nothing there looks like a new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import NamedTuple

from askdoc.errors import SourceTooLarge
from askdoc.load.column_names import header_of
from askdoc.load.lines import Lines
from askdoc.load.named_rows import one_line
from askdoc.load.table_lines import Numbered, TableLines
from askdoc.load.table_titles import MOST_TITLES
from askdoc.model import Document

LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
"""How many columns and rows a sheet has, at most."""

MOST_CHARACTERS = 50_000_000
"""How much text the cells of a file may have; those of a small one may all refer to a long text."""

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
        self._columns: frozenset[int] = frozenset()  # of the table that was written last

    def write(self, name: str, rows: Iterable[SheetRow], headers: frozenset[int]) -> None:
        """A sheet.

        Args:
            name: what stands on its tab.
            rows: in their order, those left out that are empty.
            headers: the numbers of rows that the file itself says to be headers.

        Raises:
            SourceTooLarge: that, with the sheets before, is more than MOST_CHARACTERS.
        """
        started = False
        self._columns = frozenset()
        above: list[list[Numbered]] = []  # what may be the title of the next table, over a gap
        for table in _tables(rows):
            if not started:
                self._lines.place("")
                self._lines.heading(one_line(name), 1)
                self._tables.start_section(one_line(name))
                started = True
            self._count(table)
            count = len(table) + sum(map(len, above))
            if count <= MOST_TITLES and all(len(row.cells) == 1 for row in table):
                above.append([Numbered(f"row {r.number}", [r.cells[0].text]) for r in table])
                continue
            self._table(table, headers, above)
            above = []
        for lines in above:
            self._tables.write_bare(lines)

    def document(self, source: str, notes: tuple[str, ...]) -> Document:
        """What was written; raises EmptySource if that is nothing."""
        return self._lines.document(source, notes + self._tables.notes)

    def _count(self, rows: list[SheetRow]) -> None:
        # Counted before any is written: many cells may share one text.
        self._characters += sum(len(cell.text) for row in rows for cell in row.cells)
        if self._characters > MOST_CHARACTERS:
            raise SourceTooLarge(
                "it has more text than is held in memory",
                self._source,
                "Split it into smaller files.",
            )

    def _table(
        self, rows: list[SheetRow], headers: frozenset[int], above: list[list[Numbered]]
    ) -> None:
        columns = sorted({cell.column for row in rows for cell in row.cells})
        places = {column: at for at, column in enumerate(columns)}
        numbered = [_numbered(row, places) for row in rows]
        known = next((at for at, row in enumerate(rows) if row.number in headers), None)
        cells = [row.cells for row in numbered]
        header = header_of(cells, _LESS_OFTEN + _boldness(rows), known)
        used = frozenset(columns)
        if header is None:
            for lines in above:
                self._tables.write_bare(lines)
            above = []
        self._lines.gap()
        if header is None and self._columns and used <= self._columns and len(used) > 1:
            # Rows after a gap in a table whose columns have names.
            columns = sorted(self._columns)
            places = {column: at for at, column in enumerate(columns)}
            self._tables.go_on(_numbered(row, places) for row in rows)
            return
        self._tables.write_named(numbered, header, [*chain.from_iterable(above)])
        self._columns = used if header is not None else frozenset()


def _tables(rows: Iterable[SheetRow]) -> Iterator[list[SheetRow]]:
    """Runs of rows without a gap; a title over a gap is a run of its own."""
    table: list[SheetRow] = []
    last = 0
    for row in rows:
        if table and row.number > last + 1:
            yield table
            table = []
        last = row.number
        if row.cells:
            table.append(row)
    if table:
        yield table


def _numbered(row: SheetRow, places: dict[int, int]) -> Numbered:
    cells = [""] * (places[row.cells[-1].column] + 1)
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
