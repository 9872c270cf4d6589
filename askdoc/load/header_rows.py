"""Which rows of a page's tables name the columns of the rows below them.

A page is looked through once before it is read, since a table is known for one of data only by what
comes after its header. Tables were long used to place things on a page, so a table counts only if a
row of headers, and of nothing else, stands over two rows of data or more, and no other table, no
heading and no form stands inside. Where no cell is said to be a header, what stands in the cells
has to tell it more clearly than in any other kind of file.
"""

from __future__ import annotations

import re

from askdoc.load.cell_looks import kind_of
from askdoc.load.column_names import SAMPLE_ROWS, header_of
from askdoc.load.markup import Tag, cut, decode_references

_HAS_HEADERS = re.compile(r"<(?:th|thead)[\s>]", re.IGNORECASE)
# What stands in the cells of a table of figures, and hardly anywhere in one that places texts.
_HAS_FIGURES = re.compile(r">[^<>A-Za-z]{0,12}\d[^<>A-Za-z]{0,12}<")
_SPAN = re.compile(r"colspan\s*=\s*[\"']?\s*([0-9]{1,3})", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_SCAFFOLDING = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "form", "input", "textarea"))
_LONGEST = 200
_LEAST_DATA = 2
# Of a table none of whose cells is said to be a header.
_LEAST_UNSAID, _LESS_OFTEN, _MOST_COLUMNS = 3, -2.0, 64
_LEAST_FIGURES = 0.5  # of what stands beside the first column


class _Row:
    def __init__(self, number: int, group: str) -> None:
        self.number = number
        self.group = group  # "thead", "tbody", "tfoot"
        self.headers = 0
        self.data = 0
        self.words = ""  # of all cells, cut off where they are long
        self.cells: list[str] = []  # their words by column
        self.span = 1  # of the last cell
        self.corner = False  # it begins with a data cell that has no text

    def start_cell(self, tag: Tag) -> None:
        self.end_cell()
        span = _SPAN.search(tag.raw_attributes) if tag.raw_attributes else None
        self.span = max(1, int(span[1])) if span else 1
        if len(self.cells) < _MOST_COLUMNS:
            self.cells.append("")

    def end_cell(self) -> None:
        """The last cell stands in all of its columns."""
        if self.cells and self.span > 1:
            self.cells += [self.cells[-1]] * min(self.span - 1, _MOST_COLUMNS - len(self.cells))
        self.span = 1

    @property
    def heads(self) -> bool:
        """Whether it names columns: two headers or more, no data but an empty corner."""
        cells = self.headers + self.data
        if self.group == "thead":
            return cells > 1
        return self.group != "tfoot" and self.headers > 1 and self.data == int(self.corner)


class _Table:
    def __init__(self, scaffolding: bool) -> None:
        self.scaffolding = scaffolding
        self.group = "tbody"
        self.row: _Row | None = None
        self.heads: list[_Row] = []
        self.data = 0
        self.sample: list[_Row] = []

    def end_row(self) -> None:
        row, self.row = self.row, None
        if row is None or not row.headers + row.data:
            return
        row.end_cell()
        if len(self.sample) < SAMPLE_ROWS:
            self.sample.append(row)
        if not row.heads:
            self.data += row.data > 0
        elif self.data == 0 or not _DIGIT.search(row.words) or row.words == self.heads[0].words:
            self.heads.append(row)  # below data, one with numbers is a total

    def header_rows(self) -> list[int]:
        if self.scaffolding or self.data < _LEAST_DATA:
            return []
        return [row.number for row in self.heads] or self._found()

    def _found(self) -> list[int]:
        """The header rows that only their cells tell of."""
        rows = [row for row in self.sample if any(row.cells)]
        full = sum(sum(map(bool, row.cells)) > 1 for row in rows)
        if any(row.headers for row in rows) or full <= _LEAST_UNSAID:
            return []
        cells = [row.cells for row in rows]
        if any(len(cell) >= _LONGEST for row in cells for cell in row):
            return []  # it places texts on the page
        found = header_of(cells, _LESS_OFTEN)
        if found is None:
            return []
        values = [cell for row in cells[found.last + 1 :] for cell in row[1:] if cell]
        if sum(kind_of(cell) == "figure" for cell in values) < _LEAST_FIGURES * len(values):
            return []
        return [row.number for row in rows[found.first : found.last + 1]]


def header_rows(html: str, *, xml: bool = False) -> frozenset[int]:
    """The numbers of the header rows of all tables of data, counting the page's `<tr>` from 0."""
    if _HAS_HEADERS.search(html) is None and _HAS_FIGURES.search(html) is None:
        return frozenset()
    found: list[int] = []
    tables: list[_Table] = []
    count = 0
    for piece in cut(html, xml=xml):
        if isinstance(piece, str):
            if tables and tables[-1].row is not None:
                _add_words(tables[-1].row, piece)
        elif piece.name == "table":
            _start_or_end_table(tables, piece, found)
        elif piece.name == "tr" and not piece.closing:
            if tables:
                tables[-1].end_row()
                tables[-1].row = _Row(count, tables[-1].group)
            count += 1
        elif tables:
            _see(tables[-1], piece)
    while tables:
        _end_table(tables, found)
    return frozenset(found)


def _start_or_end_table(tables: list[_Table], tag: Tag, found: list[int]) -> None:
    if tag.closing:
        if tables:
            _end_table(tables, found)
        return
    if tables:
        tables[-1].scaffolding = True
    role = tag.attributes().get("role", "").lower() if tag.raw_attributes else ""
    tables.append(_Table(role in ("presentation", "none")))


def _end_table(tables: list[_Table], found: list[int]) -> None:
    table = tables.pop()
    table.end_row()
    found += table.header_rows()


def _see(table: _Table, tag: Tag) -> None:
    name, row = tag.name, table.row
    if name in ("thead", "tbody", "tfoot"):
        table.end_row()
        table.group = "tbody" if tag.closing else name
    elif tag.closing:
        if name == "tr":
            table.end_row()
    elif name in _SCAFFOLDING:
        table.scaffolding = True
    elif row is not None and name == "th":
        row.headers += 1
        row.start_cell(tag)
    elif row is not None and name == "td":
        row.data += 1
        row.start_cell(tag)
        row.corner = row.headers == 0 and row.data == 1


def _add_words(row: _Row, piece: str) -> None:
    open_cell = row.cells[-1] if row.cells else None
    wanted = len(row.words) < _LONGEST or (open_cell is not None and len(open_cell) < _LONGEST)
    if not wanted or not (words := " ".join(decode_references(piece[:_LONGEST]).split())):
        return
    if len(row.words) < _LONGEST:
        row.words += f"{words} "
    if open_cell is not None:
        row.cells[-1] = f"{open_cell} {words}" if open_cell else words
    if row.headers == 0:
        row.corner = False
