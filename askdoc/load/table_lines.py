"""Write one table after the other as lines: what their columns are called, which row is where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from askdoc.load.lines import Lines
from askdoc.load.named_rows import SAMPLE_ROWS, UNNAMED, Names, header_at


class Numbered(NamedTuple):
    """A row of a table: its place, and its cells from the first column on, each on one line."""

    place: str
    cells: Sequence[str]


class TableLines:
    """Writes tables into a text."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._names = Names()
        self.notes: tuple[str, ...] = ()

    def write(self, rows: Iterable[Numbered], more: float = 0.0) -> None:
        """A table; `more` is what speaks for a header besides its rows. Empty rows are left out."""
        rows = (row for row in rows if any(row.cells))
        first = list(islice(rows, SAMPLE_ROWS))
        at = header_at([row.cells for row in first], more)
        self.write_named(chain(first, rows), at)

    def write_named(self, rows: Iterable[Numbered], header: int | None) -> None:
        """A table of which it is known which row, counted from 0, names the columns."""
        every: Iterator[Numbered] = iter(rows)
        self._names = Names((), self._names.repeated)
        if header is not None:
            for row in islice(every, header + 1):
                self._row(row)
                last = row.cells
            self._names = Names(last, self._names.repeated)
        self.go_on(every)

    def go_on(self, rows: Iterable[Numbered]) -> None:
        """More rows of the table that was written last."""
        for row in rows:
            self._row(row)
        if self._names.ran_out:
            self.notes = (UNNAMED,)

    def _row(self, row: Numbered) -> None:
        self._lines.place(row.place)
        self._lines.line(self._names.line(row.cells))
