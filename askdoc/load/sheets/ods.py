"""OpenDocument spreadsheets (.ods, .ots, .fods as one XML file), read as their sheets show them.

A cell keeps the text that the program showed in it beside its value, so no format needs be known.
"""

from __future__ import annotations

from typing import NamedTuple

from askdoc.errors import EmptySource, UnsupportedFormat
from askdoc.load.common.archive import Archive, password
from askdoc.load.common.numbering import whole_number
from askdoc.load.common.xml import fed, parse
from askdoc.load.sheets.written import LAST_COLUMN, LAST_ROW, Hidden, SheetCell, SheetRow, Sheets
from askdoc.load.sheets.xlsx import HIDDEN_CELLS
from askdoc.load.sheets.xlsx_sheet import FilledDown, Merged
from askdoc.load.tables.named_rows import one_line
from askdoc.model import Document

_DROPPED = frozenset(
    ("office:annotation", "table:shapes", "office:forms", "table:tracked-changes", "draw:frame",
     "draw:object", "office:settings", "office:scripts", "table:content-validations")
)  # fmt: skip
_HIDDEN = ("collapse", "filter")
_BLANKS = frozenset(("text:p", "text:s", "text:tab", "text:line-break"))
# A row or cell may say that it stands there a million times.
_MOST_REPEATED = 100_000
_MOST_MERGED = 10_000
_MOST_ROWS = 10_000  # that are held before they are written


def load_ods(data: bytes, source: str) -> Document:
    """A document of a spreadsheet's sheets: a heading each, and its rows with their columns' names.

    Places are rows as the program counts them. What is hidden is left out, and a note says so.

    Raises:
        UnsupportedFormat: it is no OpenDocument spreadsheet, or a damaged one.
        SourceUnreadable: it is protected by a password.
        SourceTooLarge: it unpacks to more than is held in memory.
        EmptySource: no sheet shows anything.
    """
    archive = Archive(data, source)
    if b"encryption-data" in (archive.read("META-INF/manifest.xml") or b""):
        raise password(source)
    book = _Book(source)
    if "content.xml" not in archive:
        raise UnsupportedFormat(
            "not an OpenDocument spreadsheet, or a damaged one",
            source,
            "Check what it is, or leave it out.",
        )
    for _ in fed(archive.pieces("content.xml"), source, book):
        if book.sheets.is_full:
            break
    return _document(book, source)


def load_fods(data: bytes, source: str) -> Document:
    """A document of an OpenDocument spreadsheet that is one XML file; as `load_ods`."""
    if not data.strip():
        raise EmptySource(
            "there is no text in it", source, "Give a file that has some, or leave it out."
        )
    book = _Book(source)
    parse(data, source, book)
    return _document(book, source)


def _document(book: _Book, source: str) -> Document:
    if not book.is_spreadsheet:
        raise UnsupportedFormat(
            "it is an office document of another kind than its name says",
            source,
            "Give it the suffix of its kind.",
        )
    return book.sheets.document(source, tuple(book.notes))


class _Cell(NamedTuple):
    """The cell that is open."""

    times: int
    rows: int
    style: str
    value: str


class _Book:
    """A target for content.xml, or for a flat file."""

    def __init__(self, source: str) -> None:
        self.sheets = Sheets(source)
        self.notes: list[str] = []
        self.is_spreadsheet = False
        self._depth = self._dropped_at = 0
        self._style = ""
        self._bold: set[str] = set()
        self._hidden_styles: set[str] = set()
        self._repeated = 0
        self._name = ""
        self._rows: list[SheetRow] | None = None
        self._merged = 0
        self._filled = FilledDown()
        self._hidden_columns = Hidden()
        self._hides = False
        self._columns = self._row = self._column = 0
        self._row_times = 1
        self._row_is_hidden = False
        self._cells: list[SheetCell] = []
        self._cell: _Cell | None = None
        self._parts: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._dropped_at:
            return
        if name in _DROPPED or (name == "table:table" and self._rows is not None):
            self._dropped_at = self._depth
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._start_cell(attributes)
        elif name in _BLANKS:
            self._parts.append(" ")
        elif name == "table:table-row":
            self._row_times = max(1, _times(attributes, "rows", LAST_ROW))
            self._row_is_hidden = attributes.get("table:visibility") in _HIDDEN
            self._column, self._cells = 0, []
        elif name == "table:table-column":
            count = _times(attributes, "columns", LAST_COLUMN)
            if attributes.get("table:visibility") in _HIDDEN:
                self._hidden_columns.hide(self._columns, self._columns + count - 1)
            self._columns += count
        elif name == "table:table":
            self._start_sheet(attributes)
        elif name == "office:spreadsheet":
            self.is_spreadsheet = True
        elif name == "style:style":
            self._style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)
        elif name == "style:text-properties" and attributes.get("fo:font-weight") == "bold":
            self._bold.add(self._style)

    def text(self, text: str) -> None:
        if self._cell is not None and not self._dropped_at:
            self._parts.append(text)

    def end(self, name: str) -> None:
        if self._dropped_at:
            if self._dropped_at == self._depth:
                self._dropped_at = 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell()
        elif name == "table:table-row":
            self._end_row()
        elif name == "table:table" and self._rows is not None:
            self.sheets.add(self._filled.fill(self._rows))
            self.sheets.end()
            if self._hides and HIDDEN_CELLS not in self.notes:
                self.notes.append(HIDDEN_CELLS)
            self._rows = None
        self._depth -= 1

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        self._name = one_line(attributes.get("table:name", ""))
        if attributes.get("table:style-name") in self._hidden_styles:
            self.notes.append(f"the hidden sheet “{self._name}” was left out")
            self._dropped_at = self._depth
            return
        self._rows, self._merged, self._hidden_columns = [], 0, Hidden()
        self._filled = FilledDown()
        self.sheets.start(self._name, frozenset())
        self._hides = False
        self._columns = self._row = 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._parts = []
        self._cell = _Cell(
            _times(attributes, "columns", LAST_COLUMN),
            whole_number(attributes.get("table:number-rows-spanned"), 1),
            attributes.get("table:style-name", ""),
            attributes.get("office:value", attributes.get("office:date-value", "")),
        )

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None or self._rows is None:
            return
        text = one_line("".join(self._parts)) or one_line(cell.value)
        first = self._column
        self._column += cell.times
        if not text:
            return
        if cell.rows > 1 and self._merged < _MOST_MERGED:
            top = self._row + 1
            self._merged += 1
            self._filled.add(Merged(top, first, min(top + cell.rows - 1, LAST_ROW), first))
        for column in range(first, min(first + cell.times, LAST_COLUMN)):
            if self._row_is_hidden or column in self._hidden_columns:
                self._hides = True
                continue
            self._repeated += column > first
            if column > first and self._repeated > _MOST_REPEATED:
                break
            self._cells.append(SheetCell(column, text, cell.style in self._bold))

    def _end_row(self) -> None:
        if self._rows is None:
            return
        first = self._row + 1
        self._row += self._row_times
        if not self._cells:
            self._repeated += self._row_times if self._row_is_hidden else 0
            if self._row_is_hidden and self._repeated <= _MOST_REPEATED:
                self._rows += [SheetRow(number, []) for number in range(first, self._row + 1)]
            return
        for number in range(first, self._row + 1):
            self._repeated += len(self._cells) * (number > first)
            if number > first and self._repeated > _MOST_REPEATED:
                break
            self._rows.append(SheetRow(number, [*self._cells]))
        if len(self._rows) >= _MOST_ROWS:
            self.sheets.add(self._filled.fill(self._rows))
            self._rows = []


def _times(attributes: dict[str, str], kind: str, most: int) -> int:
    return min(max(1, whole_number(attributes.get(f"table:number-{kind}-repeated"), 1)), most)
