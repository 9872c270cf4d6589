"""The tables among the passages that are read together: which rows belong to which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice

from askdoc.english.analyzer import terms
from askdoc.lazy import lazy
from askdoc.model import Document, Table
from askdoc.read.cells import Cell, Row, single, years_in
from askdoc.read.context import context_of
from askdoc.read.parts import PassageParts, SentenceParts

# A line in a table that has more code points is a text.
_LONGEST_PIECE = 1000
# More tables than these are not looked through.
_MOST_TABLES = 50
# In terms: more are no name of a column.
_LONGEST_NAME = 10
# What may stand around a name, of the table's own marks.
_AROUND = " \t*_`"
# So many columns has a form: names of its fields, and values.
_OF_A_FORM = 2
Key = tuple[Document, Table | None]


class SeenTable:
    """The rows of one table, by the numbers of their sentences among all that are read.

    Attributes:
        rows: those that say anything.
        headers: those that only name the columns, or rule a line below the names.
        columns: the names of the columns, in order.
        around: the terms of what holds for all rows: file, title, heading.
    """

    def __init__(self, around: frozenset[str]) -> None:
        self.rows: dict[int, Row] = {}
        self.headers: set[int] = set()
        self.columns: dict[str, None] = {}
        self.around = around

    def add(self, at: int, row: Row) -> None:
        self.rows[at] = row
        self.columns.update(dict.fromkeys(row.columns))

    @lazy
    def column_terms(self) -> frozenset[str]:
        return frozenset(terms("\n".join(self.columns)))

    @lazy
    def terms(self) -> frozenset[str]:
        """The terms of all cells."""
        return frozenset(chain.from_iterable(c.terms for r in self.rows.values() for c in r.cells))

    @lazy
    def proper(self) -> frozenset[str]:
        """The terms of the names in columns of names: "Ada Quill"."""
        cells = chain.from_iterable(self._by_column[column] for column in self.of_names)
        return frozenset(chain.from_iterable(cell.terms for cell in cells if cell.proper))

    @lazy
    def of_names(self) -> frozenset[str | int]:
        """The columns whose cells are names of two words and more, as those of people are."""
        return self._columns_of(lambda cell: cell.proper)

    @lazy
    def years(self) -> frozenset[str]:
        """The years that columns are named by."""
        return frozenset(years_in("\n".join(self.columns)))

    @lazy
    def _of_numbers(self) -> frozenset[str | int]:
        return self._columns_of(lambda cell: any(term[0].isdigit() for term in cell.terms))

    @lazy
    def _of_years(self) -> frozenset[str | int]:
        return self._columns_of(lambda cell: any(map(years_in, cell.terms)))

    def _columns_of(self, looks: Callable[[Cell], bool]) -> frozenset[str | int]:
        """The columns half of whose cells look so, of those that tell rows apart."""
        return frozenset(
            column
            for column, cells in self._by_column.items()
            if len(cells) > 1
            and self._tells_rows_apart(column)
            and 2 * sum(map(looks, cells)) >= len(cells)
        )

    def columns_with(self, term: str) -> set[int]:
        """The places of the columns in which a term fills a cell."""
        return {
            cell.place
            for row in self.rows.values()
            for cell in row.cells
            if cell.terms == {term} and self._tells_rows_apart(self.column_of(cell))
        }

    def tells_apart(self, cell: Cell, by: str) -> bool:
        """Whether a cell is of a column that tells rows apart by such a term: by a year one of
        years, by a number one of numbers."""
        column = self.column_of(cell)
        if not any(map(str.isdigit, by)):
            return self._tells_rows_apart(column)
        return column in (self._of_years if years_in(by) else self._of_numbers)

    def _tells_rows_apart(self, column: str | int) -> bool:
        """Not by the values of a form, which has names of fields beside them."""
        columns = list(self.columns or self._by_column)
        return len(columns) != _OF_A_FORM or column == columns[0]

    def column_of(self, cell: Cell) -> str | int:
        """What tells the column of a cell: its name, or else its place."""
        return cell.name or cell.place

    @lazy
    def _by_column(self) -> dict[str | int, list[Cell]]:
        found: dict[str | int, list[Cell]] = {}
        for row in self.rows.values():
            for cell in row.cells:
                found.setdefault(self.column_of(cell), []).append(cell)
        return found


def seen_tables(passages: Sequence[PassageParts]) -> list[SeenTable]:
    """The tables that these passages have rows of; none for passages of running text."""
    numbered = list(enumerate(chain.from_iterable(passage.sentences for passage in passages)))
    rows = [(at, parts, parts.row) for at, parts in numbered if parts.row is not None]
    if not rows:
        return []
    found: dict[Key, list[SeenTable]] = {}
    bare: list[tuple[int, SentenceParts, Row]] = []
    for at, parts, row in rows:
        if row.columns:
            _place(found, at, parts, row)
        else:
            bare.append((at, parts, row))
    for at, parts, row in bare:
        _place_bare(found, at, parts, row)
    start = 0
    for passage in passages:
        _place_parts(found, start, passage.sentences)
        start += len(passage.sentences)
    return list(islice(chain.from_iterable(found.values()), _MOST_TABLES))


def _place(found: dict[Key, list[SeenTable]], at: int, parts: SentenceParts, row: Row) -> None:
    tables = found.setdefault((parts.sentence.document, row.table), [])
    if row.table is not None and row.table.columns:
        table = tables[0] if tables else _new(tables, parts)
        if _is_header(parts, row) or _names_only(parts.text, row, table.columns):
            table.headers.add(at)
            table.columns.update(dict.fromkeys(row.columns))
            return
    else:
        names = set(row.columns)
        alike = (one for one in tables[-_MOST_TABLES:] if _shares(names, one.columns))
        table = next(alike, None) or _new(tables, parts)
    table.add(at, row)


def _is_header(parts: SentenceParts, row: Row) -> bool:
    """Whether a row is the first of its table, or rules a line; the first field of a form is none,
    nor a text."""
    if not any(map(str.isalnum, parts.text)):
        return True
    first = row.table is not None and row.table.span.start == parts.sentence.start
    are_names = all(len(cell.terms) <= _LONGEST_NAME for cell in row.cells)
    return first and are_names and len(row.cells) > 1 and parts.text[row.cells[0].end - 1] != ":"


def _shares(names: set[str], columns: Iterable[str]) -> bool:
    """Whether a row with columns of these names is of a table with those."""
    known = set(columns)
    return bool(known) and 2 * len(names & known) >= min(len(names), len(known))


def _place_bare(found: dict[Key, list[SeenTable]], at: int, parts: SentenceParts, row: Row) -> None:
    """A row without names: the names themselves, a title among the rows, or of a bare table."""
    tables = found.setdefault((parts.sentence.document, row.table), [])
    for table in tables[:_MOST_TABLES]:
        if table.columns and _names_only(parts.text, row, table.columns):
            table.headers.add(at)
            return
    width = len(row.cells)
    near = [table for table in tables[-_MOST_TABLES:] if table.rows and not table.columns]
    alike = (table for table in near if width == len(next(iter(table.rows.values())).cells))
    (next(alike, None) or _new(tables, parts)).add(at, row)


def _place_parts(
    found: dict[Key, list[SeenTable]], start: int, sentences: Sequence[SentenceParts]
) -> None:
    """Sentences that are no rows beside others that are: lines of one cell, which have a name, and
    the rest is empty; and pieces of a row of names, cut at "no." as if that ended a sentence."""
    for at, parts in enumerate(sentences):
        if parts.row is not None or len(parts.text) > _LONGEST_PIECE:
            continue
        document = parts.sentence.document
        around = document.table_at(parts.sentence.start)
        tables = [one for one in found.get((document, around), [])[:_MOST_TABLES] if one.columns]
        pieces = {piece.strip(_AROUND) for piece in parts.text.split("|")} - {""}
        named = next((table for table in tables if pieces <= table.columns.keys()), None)
        if named is not None:
            named.headers.add(start + at)
            continue
        rows = [sentences[place].row for place in (at - 1, at + 1) if 0 <= place < len(sentences)]
        if len(rows) < 2 or None in rows or "|" in parts.text:
            continue
        beside = next((table for table in tables if start + at - 1 in table.rows), None)
        if beside is not None:
            row = single(parts.text, parts.tokens, beside.columns, around)
            if row is not None:
                beside.add(start + at, row)


def _names_only(text: str, row: Row, columns: Iterable[str]) -> bool:
    """Whether all cells of a row are names of columns."""
    known = set(columns)
    return len(row.cells) > 1 and all(text[cell.start : cell.end] in known for cell in row.cells)


def _new(tables: list[SeenTable], parts: SentenceParts) -> SeenTable:
    document, start, _ = parts.sentence
    told = context_of(document, start)
    title = document.heading_at(start) or ""
    tables.append(SeenTable(frozenset(terms("\n".join((told.name, told.title, title))))))
    return tables[-1]
