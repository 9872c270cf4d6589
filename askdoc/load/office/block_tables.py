"""A table as paragraphs, one a row, each so that it can be cited alone.

`Country: Mexico | Population: 130 million`: a row repeats the names of its columns, where the table
has them, and what is merged with cells above. A table that is only there to place things on the
page (one column, or cells with tables, headings or much text in them) is read cell by cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from askdoc.load.office.blocks import PAGE, Block, Cell, Paragraph, Row, Table, without_pages
from askdoc.load.tables.column_names import SAMPLE_ROWS, Header, header_of
from askdoc.load.tables.titles import MOST_TITLES, is_corner, joined

SEPARATOR = " | "
# What is repeated in other rows must be short, or a small file could make a huge text.
_LONGEST_REPEATED = 200
_WIDEST = 100
_MOST_HEADER_ROWS = 8
_LONG_CELL = 400
_LONGEST_NAME = 80
# What a look or a word of the file says for a header, and that most files tell of theirs.
_LEAST_BELOW = 2
_SAID_SO, _LESS_OFTEN = 2.5, -2.0


def blocks_of(table: Table) -> list[Block]:
    """The blocks that a table is read as, in order; notes in its rows stand below it."""
    rows = [row for row in table.rows if row.cells]
    if all(len(row.cells) == 1 for row in rows):
        return [block for row in rows for block in row.cells[0].blocks]
    lines = [[_line(cell) for cell in row.cells] for row in rows]
    head = _head(table, rows, lines)
    if head.titles or head.units:
        table.title = joined([table.title, *head.titles, head.units], table.section)
    grid = _Grid(head.names)
    blocks: list[Block] = []
    below: list[Block] = []
    for number, (row, texts) in enumerate(zip(rows, lines, strict=True)):
        is_header = number < head.rows
        named = grid.add(row, texts, is_header and number >= len(head.titles))
        if None in texts:
            for cell, (name, _) in zip(row.cells, named, strict=True):
                blocks += _with_name(cell.blocks, "" if is_header else name)
            continue
        text = PAGE * _pages(row) + _row_text(named, is_header)
        blocks.append(Paragraph(text, is_row=True, table=table))
        for cell in row.cells:
            for block in cell.blocks:
                if isinstance(block, Paragraph):
                    below += block.after
    return blocks + below


def _line(cell: Cell) -> str | None:
    """A cell as a part of one line, None where it has blocks that no line can hold."""
    texts: list[str] = []
    for block in cell.blocks:
        if (
            isinstance(block, Table)
            or block.level
            or any(isinstance(b, Table) for b in block.after)
        ):
            return None
        text = without_pages(block.text)
        if text:
            texts.append(f"{block.label} {text}" if block.label else text)
    line = " ".join(texts)
    return None if len(texts) > 1 and len(line) > _LONG_CELL else line


class _Head(NamedTuple):
    """The first `rows` of a table: its titles, a row each, and then the names of its columns.

    `names` are by column where the cells do not tell by their widths which columns they are over.
    """

    rows: int = 0
    titles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    units: str = ""


def _head(table: Table, rows: list[Row], lines: list[list[str | None]]) -> _Head:
    """Which rows from the top name the columns, or the table."""
    count = 0
    while count < len(rows) and rows[count].is_header and None not in lines[count]:
        count += 1
    if count > _MOST_HEADER_ROWS or count == len(rows):
        return _Head()
    titles = _titles(lines)
    if count > len(titles):
        corner = lines[count - 1][0] or ""
        return _Head(count, titles, units=corner if is_corner(corner) else "")
    may_have = table.may_have_header or _looks_like_header(rows[len(titles) :])
    found = _found(rows, lines, _SAID_SO if may_have or count else _LESS_OFTEN)
    full = sum(sum(map(bool, texts)) > 1 for texts in lines[len(titles) :])
    told = may_have or count or full > _LEAST_BELOW
    if found is not None and told and found.first == len(titles):
        return _Head(found.last + 1, titles, found.names, found.units)
    if may_have and not titles and len(rows) > 1:
        names = [name for name in lines[0] if name]
        distinct = len(set(names)) == len(names) > 1
        if distinct and None not in lines[0] and max(map(len, names)) <= _LONGEST_NAME:
            return _Head(1)
    return _Head(count) if count else _Head()


def _titles(lines: list[list[str | None]]) -> tuple[str, ...]:
    """The texts of the first rows that have but one cell with text."""
    rows = takewhile(lambda texts: None not in texts and sum(map(bool, texts)) == 1, lines)
    titles = [next(text for text in texts if text) for texts in islice(rows, MOST_TITLES + 1)]
    fits = len(titles) <= MOST_TITLES and all(len(title) <= _LONGEST_REPEATED for title in titles)
    return tuple(titles) if fits else ()


def _found(rows: list[Row], lines: list[list[str | None]], more: float) -> Header | None:
    """The header of a table whose file does not tell of one, by what stands in its cells."""
    grid = _Grid()
    sample: list[list[str]] = []
    for row, texts in zip(rows[:SAMPLE_ROWS], lines, strict=False):
        cells = [""] * min(row.skipped, _WIDEST)
        for cell, (_, text) in zip(row.cells, grid.add(row, texts, False), strict=True):
            cells += [text] * min(cell.columns, _WIDEST)
        if len(set(filter(None, cells))) == 1:
            cells = cells[: cells.index(next(filter(None, cells))) + 1]
        if not any(cells):
            return None if not sample else header_of(sample, more)
        sample.append(cells[:_WIDEST])
    return header_of(sample, more)


def _looks_like_header(rows: list[Row]) -> bool:
    """Whether the first row is bold, and the second is not."""
    return len(rows) > 1 and _is_bold(rows[0]) and not _is_bold(rows[1])


def _is_bold(row: Row) -> bool:
    paragraphs = [
        block
        for cell in row.cells
        for block in cell.blocks
        if isinstance(block, Paragraph) and block.text.strip()
    ]
    return bool(paragraphs) and all(paragraph.bold for paragraph in paragraphs)


class _Grid:
    """What stands above each column: its names, and what cells that go on continue."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        self._given = bool(names)
        self._names = {column: [name] for column, name in enumerate(names)}
        self._above: dict[int, str] = {}

    def add(self, row: Row, texts: list[str | None], is_header: bool) -> list[tuple[str, str]]:
        """The name and the text of each cell of the next row."""
        found: list[tuple[str, str]] = []
        column = row.skipped
        for cell, written in zip(row.cells, texts, strict=True):
            text = self._above.get(column, "") if cell.goes_on and not written else written or ""
            short = text if len(text) <= _LONGEST_REPEATED else ""
            self._above[column] = short
            heads = is_header and short and not self._given
            width = min(cell.columns, _WIDEST) if heads else 0
            for covered in range(column, column + width):
                if short not in self._names.setdefault(covered, []):
                    self._names[covered].append(short)
            name = "" if is_header else " ".join(self._names.get(column, ()))
            is_whole_row = len(row.cells) == 1 and cell.columns > 1
            usable = len(name) <= _LONGEST_REPEATED and not is_whole_row
            found.append((name.rstrip(": ") if usable else "", text))
            column += max(1, cell.columns)
        return found


def _row_text(named: list[tuple[str, str]], is_header: bool) -> str:
    if not is_header and any(name for name, _ in named):
        return SEPARATOR.join(f"{name}: {text}" if name else text for name, text in named if text)
    texts = [text for _, text in named]
    while texts and not texts[-1]:
        texts.pop()
    # An empty cell stays between its separators, so that columns can be counted.
    return SEPARATOR.join(texts).replace("|  |", "| |").strip() if any(texts) else ""


def _with_name(blocks: list[Block], name: str) -> list[Block]:
    """A cell's blocks, the name of its column before the first text."""
    for block in blocks:
        if isinstance(block, Table) or block.level:
            break
        if without_pages(block.text):
            if name:
                block.text = f"{name}: {block.text}"
            break
    return blocks


def _pages(row: Row) -> int:
    """How many pages begin in a row: a page may begin in several of its cells at once."""
    return max(
        sum(block.text.count(PAGE) for block in cell.blocks if isinstance(block, Paragraph))
        for cell in row.cells
    )
