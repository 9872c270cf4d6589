"""A PDF's table as lines, each row with the names of its columns, and what holds for all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from askdoc.load.pdf.table import Table, same_columns
from askdoc.load.tables.cell_looks import is_period, is_year
from askdoc.load.tables.column_names import Header, header_of
from askdoc.load.tables.named_rows import LONGEST_NAME, SEPARATOR
from askdoc.load.tables.titles import titles_above

# What it takes, as the logarithm of odds, to read names over columns that nothing rules.
_UNRULED = -2.0
_SAID_SO = 2.5  # they are bold, if what is below is not
_MOST_OF_HEAD = 5

Row = list[str]


class Written(NamedTuple):
    """The lines of a table, and the titles and units that stand over the names of its columns."""

    lines: list[str]
    titles: list[str]


def written(
    table: Table, before: Table | None, join: Callable[[list[str]], str], title: list[str]
) -> Written:
    """A line a row, each below a header repeating it: `Country: Mexico | Population: 130`.

    Args:
        table: what to write; its names are kept in it.
        before: the table that ended the page before, which this one may go on.
        join: puts the lines of a cell together.
        title: what was found to hold for the table before.
    """
    rows = [[" ".join(join(cell).split()) for cell in row] for row in table.rows]
    rows = _with_whole_dates([row for row in rows if any(row)])
    header = _header(table, rows)
    if header is not None and not _names_most(header, rows):
        header = None
    if before is not None and before.names and same_columns(table, before):
        again = rows[: len(before.head)] == before.head
        if again or header is None:
            table.names, table.head = before.names, before.head
            rest = rows[len(before.head) :] if again else rows
            return Written([_named(row, table.names) for row in rest], title)
    if header is None:
        return Written([_bare(row) for row in rows], [])
    table.names, table.head = list(header.names), rows[: header.last + 1]
    titles = titles_above(rows[: header.first])
    above = [_bare(row) for row in table.head]
    lines = [*above, *(_named(row, table.names) for row in rows[header.last + 1 :])]
    return Written(lines, [*titles, header.units] if header.units else titles)


def _with_whole_dates(rows: list[Row]) -> list[Row]:
    """The rows, a date that stands over two of them ("March 31," over "2023") in one."""
    for at, (above, row) in enumerate(pairwise(rows[:_MOST_OF_HEAD])):
        if list(map(bool, above)) == list(map(bool, row)) and all(
            is_year(cell) and is_period(f"{over} {cell}")
            for over, cell in zip(above, row, strict=True)
            if cell
        ):
            both = [f"{over} {cell}".strip() for over, cell in zip(above, row, strict=True)]
            return [*rows[:at], both, *rows[at + 2 :]]
    return rows


def _header(table: Table, rows: Sequence[Row]) -> Header | None:
    if len(rows) < 2:
        return None
    if not table.header:
        return header_of(rows, 0.0 if table.ruled else _UNRULED)
    if sum(map(bool, rows[0])) < 2:
        return header_of(rows, _SAID_SO)
    return header_of(rows, known=0, goes_on=True)


def _names_most(header: Header, rows: Sequence[Row]) -> bool:
    """Whether most columns have a name: a form's first row has few."""
    below = rows[header.last + 1 :]
    used = [at for at in range(len(header.names)) if any(row[at] for row in below)]
    return 2 * sum(bool(header.names[at]) for at in used) >= len(used)


def _bare(row: Row) -> str:
    return SEPARATOR.join(filter(None, row))


def _named(row: Row, names: list[str]) -> str:
    if len(names) > 2 and sum(map(bool, row)) == 1:
        return "".join(row)  # a title over some of the rows
    return SEPARATOR.join(
        f"{name.rstrip(' :')}: {cell}" if name and len(name) <= LONGEST_NAME else cell
        for name, cell in zip(names, row, strict=True)
        if cell
    )
