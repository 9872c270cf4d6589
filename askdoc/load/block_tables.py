"""A table as paragraphs, one a row, each so that it can be cited alone.

`Country: Mexico | Population: 130 million`: a row repeats the names of its columns, where the table
has them, and what is merged with cells above. A table that is only there to place things on the
page (one column, or cells with tables, headings or much text in them) is read cell by cell.
"""

from __future__ import annotations

from askdoc.load.blocks import PAGE, Block, Cell, Paragraph, Row, Table, without_pages

SEPARATOR = " | "
# What is repeated in other rows must be short, or a small file could make a huge text.
_LONGEST_REPEATED = 200
_WIDEST = 100
_MOST_HEADER_ROWS = 8
_LONG_CELL = 400
_LONGEST_NAME = 80


def blocks_of(table: Table) -> list[Block]:
    """The blocks that a table is read as, in order; notes in its rows stand below it."""
    rows = [row for row in table.rows if row.cells]
    if all(len(row.cells) == 1 for row in rows):
        return [block for row in rows for block in row.cells[0].blocks]
    lines = [[_line(cell) for cell in row.cells] for row in rows]
    heads = _header_rows(table, rows, lines)
    grid = _Grid()
    blocks: list[Block] = []
    below: list[Block] = []
    for number, (row, texts) in enumerate(zip(rows, lines, strict=True)):
        is_header = number < heads
        named = grid.add(row, texts, is_header)
        if None in texts:
            for cell, (name, _) in zip(row.cells, named, strict=True):
                blocks += _with_name(cell.blocks, name)
            continue
        blocks.append(Paragraph(PAGE * _pages(row) + _row_text(named, is_header), is_row=True))
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


def _header_rows(table: Table, rows: list[Row], lines: list[list[str | None]]) -> int:
    """How many rows from the top name the columns."""
    count = 0
    while count < len(rows) and rows[count].is_header and None not in lines[count]:
        count += 1
    if count > _MOST_HEADER_ROWS:
        return 0
    if count == 0 and len(rows) > 1 and (table.may_have_header or _looks_like_header(rows)):
        names = [name for name in lines[0] if name]
        distinct = len(set(names)) == len(names) > 1
        if distinct and None not in lines[0] and max(map(len, names)) <= _LONGEST_NAME:
            count = 1
    return count if count < len(rows) else 0


def _looks_like_header(rows: list[Row]) -> bool:
    """Whether the first row is bold, and the second is not."""
    return _is_bold(rows[0]) and not _is_bold(rows[1])


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

    def __init__(self) -> None:
        self._names: dict[int, list[str]] = {}
        self._above: dict[int, str] = {}

    def add(self, row: Row, texts: list[str | None], is_header: bool) -> list[tuple[str, str]]:
        """The name and the text of each cell of the next row."""
        found: list[tuple[str, str]] = []
        column = row.skipped
        for cell, written in zip(row.cells, texts, strict=True):
            text = self._above.get(column, "") if cell.goes_on and not written else written or ""
            short = text if len(text) <= _LONGEST_REPEATED else ""
            self._above[column] = short
            width = min(cell.columns, _WIDEST) if is_header and short else 0
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
