"""Follow the XML of one sheet of an Excel workbook, and give its rows as they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from askdoc.load.common.numbering import whole_number
from askdoc.load.sheets.number_formats import Format
from askdoc.load.sheets.written import LAST_COLUMN, LAST_ROW, Hidden, SheetCell, SheetRow
from askdoc.load.tables.named_rows import one_line

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})"')
_FILTER = re.compile(rb'<(?:\w+:)?autoFilter\b[^>]*?\bref="([A-Z]{1,3}\d{1,7})')
_END_OF_ROWS = re.compile(rb"</(?:\w{1,20}:)?sheetData>")
_LONGEST_END = 64
_MOST_BEHIND = 32 * 2**20
_MOST_MERGED = 10_000
_MOST_MERGED_CELLS = 200_000


class Style(NamedTuple):
    """How a cell is shown."""

    format: Format
    bold: bool


class Merged(NamedTuple):
    """Cells that are shown as one: rows from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet:
    """A target for the part of a sheet.

    Args:
        strings: the texts that cells share.
        styles: by the number that cells give.
        from_1904: whether days are counted from 1904.
    """

    def __init__(self, strings: Sequence[str], styles: Sequence[Style], from_1904: bool) -> None:
        self.rows: list[SheetRow] = []
        self.is_sheet = False
        self.hides = False
        self.empty_formulas = 0
        self._has_formula = False
        self._strings, self._styles, self._from_1904 = strings, styles, from_1904
        self._hidden_columns = Hidden()
        self._row = self._column = 0
        self._row_is_hidden = self._hid_some = False
        self._kind = ""
        self._style = 0
        self._caught: list[str] | None = None
        self._parts: list[str] = []
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "x:c":
            self._start_cell(attributes)
        elif name == "x:v" or (name == "x:t" and not self._phonetic):
            self._caught = []
        elif name == "x:f":
            self._has_formula = True
        elif name == "x:row":
            self._row = min(whole_number(attributes.get("r"), self._row + 1), LAST_ROW + 1)
            self._row_is_hidden = attributes.get("hidden") in ("1", "true")
            self._column = -1
            self._hid_some = False
            self.rows.append(SheetRow(self._row, []))
        elif name == "x:rPh":
            self._phonetic += 1
        elif name == "x:col" and attributes.get("hidden") in ("1", "true"):
            first = whole_number(attributes.get("min"), 0) - 1
            self._hidden_columns.hide(first, whole_number(attributes.get("max"), 0) - 1)
        elif name == "x:worksheet":
            self.is_sheet = True

    def take(self) -> list[SheetRow]:
        """The rows that are complete, which are then forgotten; the last one may be open."""
        rows, self.rows = self.rows[:-1], self.rows[-1:]
        return rows

    def text(self, text: str) -> None:
        if self._caught is not None:
            self._caught.append(text)

    def end(self, name: str) -> None:
        if name in ("x:v", "x:t"):
            self._parts += self._caught or ()
            self._caught = None
        elif name == "x:c":
            self._end_cell()
        elif name == "x:rPh":
            self._phonetic -= 1
        elif name == "x:row" and self.rows and not (self.rows[-1].cells or self._hid_some):
            self.rows.pop()

    def _start_cell(self, attributes: dict[str, str]) -> None:
        at = _REFERENCE.match(attributes.get("r", ""))
        self._column = column_number(at[1]) if at else self._column + 1
        self._kind = attributes.get("t", "n")
        self._style = whole_number(attributes.get("s"), 0)
        self._parts = []
        self._has_formula = False

    def _end_cell(self) -> None:
        raw = "".join(self._parts)
        self._parts = []
        if not raw or not self.rows:
            # A formula may well give an empty text; then the file says that it is one.
            self.empty_formulas += self._has_formula and self._kind != "str"
            return
        style = self._styles[self._style] if 0 <= self._style < len(self._styles) else None
        text = one_line(self._shown(raw, style))
        if not text:
            return
        if self._row_is_hidden or self._column in self._hidden_columns:
            self.hides = self._hid_some = True
            return
        cells = self.rows[-1].cells
        if self._column < LAST_COLUMN and (not cells or cells[-1].column < self._column):
            cells.append(SheetCell(self._column, text, style is not None and style.bold))

    def _shown(self, raw: str, style: Style | None) -> str:
        if self._kind == "s":
            at = whole_number(raw, -1)
            return self._strings[at] if 0 <= at < len(self._strings) else ""
        if self._kind == "b":
            return "TRUE" if raw.strip() == "1" else "FALSE"
        if self._kind == "d":
            return raw.removesuffix("T00:00:00").replace("T", " ")
        if self._kind != "n" or style is None:
            return raw
        return style.format.number(raw, from_1904=self._from_1904)


def column_number(letters: str) -> int:
    """The number of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number - 1


class FilledDown:
    """Repeats what stands in cells that reach down in the rows beside them, row by row.

    Args:
        merged: the cells, as far as they are known before their rows come.
    """

    def __init__(self, merged: Iterable[Merged] = ()) -> None:
        self._by_top: dict[int, list[Merged]] = {}
        self._reaching: dict[int, tuple[int, SheetCell]] = {}  # column -> the last row, the cell
        self._count = 0
        for one in merged:
            self.add(one)

    def add(self, merged: Merged) -> None:
        """One more; its first row is still to come."""
        self._by_top.setdefault(merged.top, []).append(merged)

    def fill(self, rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
        """The rows, which come in order, with what reaches down into them."""
        for row in rows:
            if self._reaching and row.cells:
                self._fill(row)
            for one in self._by_top.pop(row.number, ()):
                cell = next((cell for cell in row.cells if cell.column == one.left), None)
                if cell is not None:
                    self._reaching[one.left] = one.bottom, cell
            yield row

    def _fill(self, row: SheetRow) -> None:
        ended = [column for column, (last, _) in self._reaching.items() if last < row.number]
        for column in ended:
            del self._reaching[column]
        own = {cell.column for cell in row.cells}
        missing = [cell for column, (_, cell) in self._reaching.items() if column not in own]
        self._count += len(missing)
        if missing and self._count <= _MOST_MERGED_CELLS:
            row.cells[:] = sorted((*row.cells, *missing), key=lambda cell: cell.column)


def end_of(pieces: Iterable[bytes]) -> bytes:
    """What stands behind the rows in a sheet's part that comes in pieces, from their end on."""
    tail, found = b"", False
    for piece in pieces:
        tail += piece
        if not found and (end := _END_OF_ROWS.search(tail)) is not None:
            tail, found = tail[end.start() :], True
        elif not found:
            tail = tail[-_LONGEST_END:]
        if len(tail) > _MOST_BEHIND:
            break
    return tail if found else b""


def below_the_rows(part: bytes) -> tuple[list[Merged], frozenset[int]]:
    """What a sheet's part tells after its rows: merged cells, and the row with filter buttons."""
    tail = part[part.rfind(b"sheetData>") + 1 :]
    merged: list[Merged] = []
    for match in _MERGE.finditer(tail):
        first, last = (_place(reference.decode()) for reference in match.groups())
        if first[0] < last[0] and len(merged) < _MOST_MERGED:
            merged.append(Merged(*first, *last))
    return merged, frozenset(_place(match[1].decode())[0] for match in _FILTER.finditer(tail))


def _place(reference: str) -> tuple[int, int]:
    match = _REFERENCE.match(reference)
    return (int(match[2]), column_number(match[1])) if match else (0, 0)
