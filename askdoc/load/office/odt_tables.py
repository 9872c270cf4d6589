"""Put the cells of an OpenDocument table into rows, and tell which of them go on below others."""

from __future__ import annotations

from askdoc.load.common.numbering import whole_number
from askdoc.load.office.blocks import Block, Cell, Row, Table

# A row may say that it repeats a cell a billion times.
_MOST_COLUMNS = 1000


class Grid:
    """A table that is open."""

    def __init__(self) -> None:
        self.table = Table()
        self.in_header = False
        self._spans: dict[int, tuple[int, int]] = {}
        """By column: how many rows the cell there still reaches down, and how wide it is."""
        self._column = 0
        self._covered = 0  # how many of the next cells are part of the one before

    def start_row(self) -> None:
        self.table.rows.append(Row(is_header=self.in_header))
        self._column = self._covered = 0

    def start_cell(self, attributes: dict[str, str]) -> None:
        if not self.table.rows:
            return
        width = _count(attributes, "table:number-columns-spanned")
        columns = width * _count(attributes, "table:number-columns-repeated")
        rows = whole_number(attributes.get("table:number-rows-spanned"), 1)
        if rows > 1:
            self._spans[self._column] = (rows - 1, width)
        self._covered = width - 1
        self._column += columns
        self.table.rows[-1].cells.append(Cell(columns=columns))

    def end_cell(self, blocks: list[Block]) -> None:
        if self.table.rows and self.table.rows[-1].cells:
            self.table.rows[-1].cells[-1].blocks = blocks

    def covered_cell(self, attributes: dict[str, str]) -> None:
        """Cells that others lie over: from the left (nothing of them is left), or from above."""
        if not self.table.rows:
            return
        for _ in range(_count(attributes, "table:number-columns-repeated")):
            if self._covered:
                self._covered -= 1
                continue
            left, width = self._spans.pop(self._column, (0, 1))
            if left > 1:
                self._spans[self._column] = (left - 1, width)
            self.table.rows[-1].cells.append(Cell(columns=width, goes_on=left > 0))
            self._column += width
            self._covered = width - 1


def _count(attributes: dict[str, str], name: str) -> int:
    return min(max(1, whole_number(attributes.get(name), 1)), _MOST_COLUMNS)
