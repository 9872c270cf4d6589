"""Tables without rules: lines whose parts stand below each other."""

from __future__ import annotations

from bisect import bisect_right

from askdoc.load.pdf_lines import Line
from askdoc.load.pdf_table import Table
from askdoc.load.pdf_word import Word

_NEAR = 3.0
_LONGEST_CELL = 60
_MOST_HEADER_LINES = 3


def with_aligned(items: list[Line | Table]) -> list[Line | Table]:
    """A page's lines, those that are rows of a table put together to one."""
    found: list[Line | Table] = []
    at = 0
    while at < len(items):
        rows = _rows_from(items, at)
        if len(rows) < 2:
            found.append(items[at])
            at += 1
            continue
        found.append(_table(rows, _header_above(found, rows)))
        at += len(rows)
    return found


def _rows_from(items: list[Line | Table], at: int) -> list[Line]:
    rows: list[Line] = []
    for place in range(at, len(items)):
        item = items[place]
        if not isinstance(item, Line) or (rows and not _same_columns(rows[-1], item)):
            break
        rows.append(item)
    return rows


def _same_columns(a: Line, b: Line) -> bool:
    if len(a.cells) < 2 or len(b.cells) < 2 or a.region != b.region:
        return False
    if not 0 < b.base - a.base < 4 * b.size:
        return False
    if max(len(cell[2]) for cell in a.cells[:-1]) > _LONGEST_CELL:
        return False
    shared = sum(
        any(abs(x[0] - y[0]) < _NEAR or abs(x[1] - y[1]) < _NEAR for y in b.cells)
        for x in a.cells[1:]
    )
    return shared >= min(len(a.cells), len(b.cells)) - 1


def _header_above(found: list[Line | Table], rows: list[Line]) -> list[Line]:
    """The bold lines right above rows that are not bold, taken from what was found."""
    above: list[Line] = []
    if all(row.bold for row in rows):
        return above
    below = rows[0]
    while found and len(above) < _MOST_HEADER_LINES:
        line = found[-1]
        if (
            not isinstance(line, Line) or not line.bold or line.region != below.region
            or not 0 < below.base - line.base < 2 * line.size
            or abs(line.size - below.size) > 0.5
        ):  # fmt: skip
            break
        above.insert(0, line)
        below = line
        found.pop()
    if above and max(len(line.cells) for line in above) < 2:
        found += above
        return []
    return above


def _table(rows: list[Line], above: list[Line]) -> Table:
    edges: list[float] = []
    end = float("-inf")
    for x0, x1, _ in sorted(cell for row in rows for cell in row.cells):
        if x0 > end:
            edges.append(x0)
        end = max(end, x1)
    texts = [[[] for _ in edges] for _ in rows]  # type: list[list[list[str]]]
    for row, line in zip(texts, rows, strict=True):
        for x0, _, text in line.cells:
            cell = row[bisect_right(edges, x0) - 1]
            cell[:] = [" ".join([*cell, text])]
    header = rows[0].bold and not all(row.bold for row in rows)
    if above:
        names: list[list[str]] = [[] for _ in edges]
        for line in above:
            for word in line.words:
                names[_column(edges, rows, word)].append(word.text)
        if sum(map(bool, names)) > 1:
            texts.insert(0, [[" ".join(name)] if name else [] for name in names])
            header = True
    return Table(texts, header, edges, rows[0].page)


def _column(edges: list[float], rows: list[Line], word: Word) -> int:
    """The column whose cells a header's word stands above, or nearest to."""
    far: dict[int, float] = {}
    for x0, x1, _ in (cell for row in rows for cell in row.cells):
        column = bisect_right(edges, x0) - 1
        apart = max(0.0, x0 - word.x1, word.x0 - x1)
        far[column] = min(apart, far.get(column, apart))
    return min(far, key=lambda column: (far[column], column))
