"""Which rows of a page's tables name the columns of the rows below them.

A page is looked through once before it is read, since a table is known for one of data only by what
comes after its header. Tables were long used to place things on a page, so a table counts only if a
row of headers, and of nothing else, stands over two rows of data or more, and no other table, no
heading and no form stands inside. Where no cell is said to be a header, it tells how the first row
and the table look; else what stands in the cells has to tell it more clearly than in any other kind
of file.
"""

from __future__ import annotations

import re

from askdoc.load.common.markup import Tag, cut, decode_references
from askdoc.load.tables.cell_looks import kind_of
from askdoc.load.tables.column_names import SAMPLE_ROWS, header_of

_HAS_TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)
_SPAN = re.compile(r"colspan\s*=\s*[\"']?\s*([0-9]{1,3})", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_SCAFFOLDING = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "form", "input", "textarea"))
_LONGEST = 200
_LEAST_DATA = 2
# Of a table none of whose cells is said to be a header: rows that are full, of so many columns.
_LEAST_UNSAID, _LEAST_OF_TWO_COLUMNS, _MOST_COLUMNS = 2, 3, 64
_LEAST_FIGURES = 0.5  # of what stands beside the first column
# What the looks of the first row, and of the table, say for a header, and that most have none.
_SET_OFF, _RULED, _LESS_OFTEN = 2.5, 1.0, -2.0
_OF_WORDS = -3.5  # nor are there figures
_BOLD = frozenset(("b", "strong"))
_MARKED = re.compile(r"\bbgcolor\b|background|head|font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_HAS_RULES = re.compile(r"\bborder\s*=\s*[\"']?0*[1-9]|\bborder(?:\s*:|\s|$)|\brules\s*=", re.I)
_PLACED = frozenset(("a", "img", "button", "ul", "ol"))


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
        self.bold = 0  # how many elements that make letters bold are open
        self.plain = False  # some of its words are not bold
        self.marks = 0  # how many of its tags say that it looks like a header

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
    def is_set_off(self) -> bool:
        """Whether it looks like a header: all bold, or all on another ground."""
        return bool(self.words) and (not self.plain or self.marks >= max(1, self.data))

    @property
    def heads(self) -> bool:
        """Whether it names columns: two headers or more, no data but an empty corner."""
        cells = self.headers + self.data
        if self.group == "thead":
            return cells > 1
        return self.group != "tfoot" and self.headers > 1 and self.data == int(self.corner)


class _Table:
    def __init__(self, scaffolding: bool, ruled: bool) -> None:
        self.scaffolding = scaffolding
        self.ruled = ruled  # it has lines, or a caption: what only places things has none
        self.places = False  # it has links or pictures
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
        cells = [_once(row.cells) for row in rows]
        full = [len(row) for row in cells if sum(map(bool, row)) > 1]
        if any(row.headers for row in rows) or len(full) <= _LEAST_UNSAID:
            return []
        if any(len(cell) >= _LONGEST for row in cells for cell in row):
            return []  # it places texts on the page
        first = next(at for at, row in enumerate(cells) if sum(map(bool, row)) > 1)
        set_off = rows[first].is_set_off and not rows[-1].is_set_off
        if max(full) == 2 and not set_off and len(full) <= _LEAST_OF_TWO_COLUMNS:
            return []  # the first line of a form, as likely as not
        more = _LESS_OFTEN + set_off * _SET_OFF + self.ruled * _RULED
        if not (set_off or self.ruled or _has_figures(cells)):
            if self.places or max(full) == 2:
                return []
            more = _OF_WORDS
        found = header_of(cells, more)
        return [] if found is None else [row.number for row in rows[found.first : found.last + 1]]


def _once(cells: list[str]) -> list[str]:
    """A title over all columns as one cell; other rows as they are."""
    return cells[:1] if len(set(cells)) == 1 else cells


def _has_figures(cells: list[list[str]]) -> bool:
    """Whether half of what stands beside the first column, below the first row, are figures."""
    values = [cell for row in cells[1:] for cell in row[1:] if cell]
    return sum(kind_of(cell) == "figure" for cell in values) >= _LEAST_FIGURES * len(values)


def header_rows(html: str, *, xml: bool = False) -> frozenset[int]:
    """The numbers of the header rows of all tables of data, counting the page's `<tr>` from 0."""
    if _HAS_TABLE.search(html) is None:
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
                tables[-1].row = row = _Row(count, tables[-1].group)
                row.marks = _MOST_COLUMNS * _is_marked(piece)
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
    ruled = bool(tag.raw_attributes) and _HAS_RULES.search(tag.raw_attributes) is not None
    tables.append(_Table(role in ("presentation", "none"), ruled))


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
        elif row is not None and name in _BOLD:
            row.bold = max(0, row.bold - 1)
    elif name in _SCAFFOLDING:
        table.scaffolding = True
    elif name == "caption":
        table.ruled = True
    elif name in _PLACED:
        table.places = True
    elif row is not None and name in _BOLD:
        row.bold += 1
    elif row is not None and name == "th":
        row.headers += 1
        row.start_cell(tag)
    elif row is not None and name == "td":
        row.data += 1
        row.bold, row.marks = 0, row.marks + _is_marked(tag)
        row.start_cell(tag)
        row.corner = row.headers == 0 and row.data == 1


def _is_marked(tag: Tag) -> bool:
    return bool(tag.raw_attributes) and _MARKED.search(tag.raw_attributes) is not None


def _add_words(row: _Row, piece: str) -> None:
    open_cell = row.cells[-1] if row.cells else None
    wanted = len(row.words) < _LONGEST or (open_cell is not None and len(open_cell) < _LONGEST)
    if not wanted or not (words := " ".join(decode_references(piece[:_LONGEST]).split())):
        return
    row.plain = row.plain or not row.bold
    if len(row.words) < _LONGEST:
        row.words += f"{words} "
    if open_cell is not None:
        row.cells[-1] = f"{open_cell} {words}" if open_cell else words
    if row.headers == 0:
        row.corner = False
