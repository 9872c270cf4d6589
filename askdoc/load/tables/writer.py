"""Write one table after the other as lines: what their columns are called, which row is where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from askdoc.load.tables.column_names import SAMPLE_ROWS, Header, header_of
from askdoc.load.tables.lines import Lines
from askdoc.load.tables.named_rows import UNNAMED, Names, bare_line
from askdoc.load.tables.titles import joined, titles_above

TOO_MUCH = "there is more than is held in memory; split it into smaller files"
_MOST_NOTES = 50
"""How many rows at a table's end may be notes: so many are held back until its end is seen."""


class Numbered(NamedTuple):
    """A row of a table: its place, and its cells from the first column on, each on one line."""

    place: str
    cells: Sequence[str]


class TableLines:
    """Writes tables into a text.

    Args:
        lines: the text.
        titles_are_headings: whether nothing but its table stands below a title.
    """

    def __init__(self, lines: Lines, titles_are_headings: bool = True) -> None:
        self._lines, self._titles_are_headings = lines, titles_are_headings
        self._names = Names()
        self._section = ""
        self._notes: tuple[str, ...] = ()
        self.stopped_before = ""
        """The place of the first row that there was no room for."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know of how the tables were written."""
        if not self.stopped_before:
            return self._notes
        return (*self._notes, f"from {self.stopped_before} on it was not read: {TOO_MUCH}")

    def start_section(self, name: str) -> None:
        """What follows stands under a heading of this name."""
        self._section = name

    def write(self, rows: Iterable[Numbered], more: float = 0.0) -> None:
        """A table; `more` is what speaks for a header besides its rows. Empty rows are left out."""
        rows = (row for row in rows if any(row.cells))
        first = list(islice(rows, SAMPLE_ROWS))
        self.write_named(chain(first, rows), header_of([row.cells for row in first], more))

    def write_named(
        self, rows: Iterable[Numbered], header: Header | None, above: Sequence[Numbered] = ()
    ) -> None:
        """A table of which it is known which rows name the columns.

        Args:
            rows: of the table, and titles over the names of its columns.
            header: which of the rows these are.
            above: further titles, which stand over a gap.
        """
        every: Iterator[Numbered] = iter(rows)
        self._names = Names((), self._names.repeated)
        title = ""
        if header is not None:
            title = self._write_titles(above, list(islice(every, header.first)), header.units)
        self._lines.start_table(title)
        if header is not None:
            for row in islice(every, header.last - header.first + 1):
                self._write(row, bare_line(row.cells))
            self._names = Names(header.names, self._names.repeated)
        self.go_on(every)

    def go_on(self, rows: Iterable[Numbered]) -> None:
        """More rows of the table that was written last."""
        held: list[Numbered] = []  # rows that are notes if no other row comes after them
        for row in rows:
            if self._lines.is_full:
                of = f" of “{self._section}”" if self._section else ""
                self.stopped_before = row.place + of
                break
            if len(held) < _MOST_NOTES and self._names.may_be_note(row.cells):
                held.append(row)
                continue
            for one in (*held, row):
                self._write(one, self._names.line(one.cells))
            held.clear()
        for one in held:
            self._write(one, bare_line(one.cells))
        self._lines.end_table()
        if self._names.ran_out:
            self._notes = (UNNAMED,)

    def write_bare(self, rows: Iterable[Numbered]) -> None:
        """Rows that belong to no table."""
        self._lines.gap()
        for row in rows:
            self._write(row, bare_line(row.cells))

    def _write_titles(self, above: Sequence[Numbered], rows: Sequence[Numbered], units: str) -> str:
        """Write the rows above the names; gives the title that short ones of a cell make."""
        titles = titles_above([row.cells for row in (*above, *rows)])
        for at, row in enumerate((*above, *rows)):
            if above and at == len(above):
                self._lines.gap()
            line = " ".join(filter(None, row.cells))
            if line in titles and self._titles_are_headings:
                self._lines.gap()
                self._lines.place(row.place)
                self._lines.heading(line, 1)
            else:
                self._write(row, bare_line(row.cells))
        if above and not rows:
            self._lines.gap()
        return joined([*titles, units] if units else titles, self._section)

    def _write(self, row: Numbered, line: str) -> None:
        self._lines.place(row.place)
        self._lines.line(line)
