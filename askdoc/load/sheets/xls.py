"""Excel workbooks of 97 to 2003 (.xls), read as their sheets show them, as newer ones are.

Programs give this name to web pages and to tables in plain text, too, which office programs open
without a word: these are read as what they are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askdoc.errors import LoadError
from askdoc.load.common.archive import password
from askdoc.load.common.decode import HEAD_BYTES, looks_like_text
from askdoc.load.common.raised import Rise, shown_at
from askdoc.load.common.xml import damaged
from askdoc.load.office.office97 import COMPOUND_FILE, ENCRYPTED_PACKAGE
from askdoc.load.sheets.csv import load_csv
from askdoc.load.sheets.number_formats import Format, format_of
from askdoc.load.sheets.written import SheetCell, SheetRow, Sheets
from askdoc.load.sheets.xlsx import HIDDEN_CELLS, load_xlsx
from askdoc.load.sheets.xlsx_sheet import FilledDown, Merged
from askdoc.load.signatures import HTML_START
from askdoc.load.tables.named_rows import one_line
from askdoc.load.tables.writer import TOO_MUCH
from askdoc.load.web.html import load_html
from askdoc.model import Document

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet

_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")  # a stream without its container
_ZIP = b"PK\x03\x04"
_MOST_MERGED = 10_000
_RISES = {1: Rise.RAISED, 2: Rise.LOWERED}


def load_xls(data: bytes, source: str) -> Document:
    """A document of a workbook's sheets: a heading each, and its rows with their columns' names.

    Places are rows as the program counts them. What is hidden is left out, and a note says so.

    Raises:
        UnsupportedFormat: it is no workbook, or a damaged one.
        SourceUnreadable: it is protected by a password.
        SourceTooLarge: it has more text than is held in memory.
        EmptySource: no sheet shows anything.
    """
    if data.startswith(_ZIP):
        return load_xlsx(data, source)
    if HTML_START.match(data):
        return load_html(data, source)
    if not data.startswith((COMPOUND_FILE, *_BIFF)) or not data.strip():
        return load_csv(data, source) if looks_like_text(data[:HEAD_BYTES]) else _not_one(source)
    if ENCRYPTED_PACKAGE in data:
        raise password(source)
    book = _opened(data, source)
    sheets = Sheets(source)
    notes: list[str] = []
    try:
        for sheet in book.sheets():
            name = one_line(sheet.name)
            if sheet.visibility:
                notes.append(f"the hidden sheet “{name}” was left out")
            elif sheets.is_full:
                notes.append(f"the sheet “{name}” was not read: {TOO_MUCH}")
            else:
                rows = _Rows(book, sheet)
                sheets.write(name, rows.read(), frozenset())
                notes += [HIDDEN_CELLS] * rows.hides
    except (LoadError, MemoryError):
        raise
    except Exception:  # Whatever the library stumbles over in a damaged file.
        raise damaged(source) from None
    return sheets.document(source, tuple(dict.fromkeys(notes)))


def _not_one(source: str) -> Document:
    raise damaged(source)


def _opened(data: bytes, source: str) -> Book:
    import xlrd

    try:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            return xlrd.open_workbook(
                file_contents=data, formatting_info=True, ragged_rows=True, logfile=nowhere
            )
    except MemoryError:
        raise
    except xlrd.XLRDError as error:
        raise password(source) if "encrypted" in str(error) else damaged(source) from None
    except Exception:  # As above: no error of its own, but those of indexing, unpacking, asserting.
        raise damaged(source) from None


class _Rows:
    """The rows of a sheet as they are shown."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self.hides = False
        self._book, self._sheet = book, sheet
        self._from_1904 = book.datemode == 1
        self._look = lru_cache(4096)(self._look_of)

    def read(self) -> Iterator[SheetRow]:
        filled = FilledDown()
        for top, bottom, left, _ in self._sheet.merged_cells[:_MOST_MERGED]:
            if bottom - top > 1:
                filled.add(Merged(top + 1, left, bottom, left))
        return filled.fill(self._rows())

    def _rows(self) -> Iterator[SheetRow]:
        sheet = self._sheet
        columns = {at for at, info in sheet.colinfo_map.items() if info.hidden}
        for number in range(sheet.nrows):
            info = sheet.rowinfo_map.get(number)
            cells, hidden = [], False
            for column in range(sheet.row_len(number)):
                text, bold = self._shown(number, column)
                if not text:
                    continue
                if column in columns or (info is not None and info.hidden):
                    self.hides = hidden = True
                else:
                    cells.append(SheetCell(column, text, bold))
            if cells or hidden:
                yield SheetRow(number + 1, cells)

    def _shown(self, row: int, column: int) -> tuple[str, bool]:
        """What a cell shows, and whether in bold letters."""
        import xlrd

        kind, value = self._sheet.cell_type(row, column), self._sheet.cell_value(row, column)
        if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
            return "", False
        form, bold = self._look(self._sheet.cell_xf_index(row, column))
        if kind == xlrd.XL_CELL_TEXT:
            return one_line(self._text(row, column, value)), bold
        if kind == xlrd.XL_CELL_BOOLEAN:
            return ("TRUE" if value else "FALSE"), bold
        if kind == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(value, ""), bold
        return one_line(form.number(f"{value:.15g}", from_1904=self._from_1904)), bold

    def _text(self, row: int, column: int, value: str) -> str:
        """A text, its raised and lowered figures written so that they stay that."""
        runs = self._sheet.rich_text_runlist_map.get((row, column))
        if not runs:
            return value
        starts = [0, *(start for start, _ in runs), len(value)]
        shown = ""
        for at, (_, font) in enumerate([(0, -1), *runs]):
            fonts: list[Any] = self._book.font_list
            rise = fonts[font].escapement if 0 <= font < len(fonts) else 0
            piece = value[starts[at] : starts[at + 1]]
            shown += shown_at(_RISES.get(rise, Rise.NONE), piece, shown[-2:])
        return shown

    def _look_of(self, number: int) -> tuple[Format, bool]:
        form = self._book.xf_list[number]
        code = self._book.format_map[form.format_key].format_str
        return format_of(code), bool(self._book.font_list[form.font_index].weight >= 600)
