"""Tables without rules: lines whose parts stand below each other, and the names over them."""

from __future__ import annotations

import re
from bisect import bisect_right

from askdoc.load.pdf.lines import Line
from askdoc.load.pdf.table import Cell, Table

_NEAR = 3.0
_LONGEST_CELL = 60
_LONGEST_LABEL = 100
_LONGEST_NAME = 40
_MOST_HEADER_LINES = 3
_MOST_TITLES = 2  # between two rows
_SPACE = 0.45  # times the size of letters
_FIGURE = re.compile(r"[^\w\s]{0,3}\s?\d[\W\d]{0,15}|[-–—]")

Part = tuple[float, float, str]
"""Left edge, right edge and text of what stands in a cell."""


def with_aligned(items: list[Line | Table]) -> list[Line | Table]:
    """A page's lines, those that are rows of a table put together to one."""
    found: list[Line | Table] = []
    at = 0
    while at < len(items):
        item = items[at]
        if isinstance(item, Table) and item.columns:
            above = _names_above(found, item.top, item.columns)
            item.rows[:0] = _head(above, item.columns)
        rows = _rows_from(items, at)
        if len(rows) < 2:
            found.append(items[at])
            at += 1
            continue
        above = _names_above(found, rows[0], _columns(_edges(rows), rows))
        found.append(_table(rows, [] if all(row.bold for row in rows) else above))
        at += len(rows)
    return found


def _rows_from(items: list[Line | Table], at: int) -> list[Line]:
    """The rows from here on, with the titles that stand between them."""
    rows: list[Line] = []
    titles: list[Line] = []
    last: Line | None = None
    for place in range(at, len(items)):
        item = items[place]
        if not isinstance(item, Line):
            break
        if last is None or _same_columns(last, item):
            rows += [*titles, item]
            titles, last = [], item
        elif len(titles) < _MOST_TITLES and _is_title(last, item):
            titles.append(item)
        else:
            break
    return rows


def _is_title(row: Line, line: Line) -> bool:
    """Whether a line stands over the next rows of a statement: "Operating expenses:"."""
    if len(line.cells) != 1 or line.region != row.region or len(row.cells) < 2:
        return False
    near = 0 < line.base - row.base < 4 * line.size
    beside = line.x1 < row.cells[1][0] and len(line.text) <= _LONGEST_CELL
    return near and beside and all(_FIGURE.fullmatch(cell[2]) for cell in row.cells[1:])


def _same_columns(a: Line, b: Line) -> bool:
    if len(a.cells) < 2 or len(b.cells) < 2 or a.region != b.region:
        return False
    if not 0 < b.base - a.base < 4 * b.size:
        return False
    figures = all(_FIGURE.fullmatch(cell[2]) for cell in a.cells[1:])
    longest = max(len(cell[2]) for cell in a.cells[:-1])
    if longest > (_LONGEST_LABEL if figures else _LONGEST_CELL):
        return False
    shared = sum(
        any(abs(x[0] - y[0]) < _NEAR or abs(x[1] - y[1]) < _NEAR for y in b.cells)
        for x in a.cells[1:]
    )
    return shared >= min(len(a.cells), len(b.cells)) - 1


def _names_above(
    found: list[Line | Table], below: Line | float, columns: list[tuple[float, float]]
) -> list[Line]:
    """The lines right above rows that stand over their columns, taken from what was found.

    Args:
        found: what stands above.
        below: the first row, or how far down its table begins.
        columns: from where to where each reaches.
    """
    above: list[Line] = []
    titles: list[Line] = []
    while found and len(above) < _MOST_HEADER_LINES:
        line = found[-1]
        if not isinstance(line, Line) or not _is_near(line, below):
            break
        if not above and len(titles) < _MOST_TITLES and _is_left(line, columns):
            titles.insert(0, line)
        elif _is_over(line, columns):
            above.insert(0, line)
        else:
            break
        below = line
        found.pop()
    if above and max(len(_parts(line)) for line in above) > 1:
        return [*above, *titles]
    found += [*above, *titles]
    return []


def _is_left(line: Line, columns: list[tuple[float, float]]) -> bool:
    """Whether a line is a title over some rows, as wide as the names of rows at most."""
    alone = len(line.cells) == 1 and len(line.text) <= _LONGEST_CELL
    return alone and len(columns) > 1 and line.x1 < columns[1][0] and line.x0 < columns[0][1]


def _is_near(line: Line, below: Line | float) -> bool:
    if isinstance(below, float):
        return -line.size < below - line.base < 2 * line.size
    if line.region != below.region or line.page != below.page:
        return False
    near = 0 < below.base - line.base < 2.6 * line.size
    return near and abs(line.size - below.size) <= 0.2 * line.size


def _is_over(line: Line, columns: list[tuple[float, float]]) -> bool:
    """Whether all parts of a line may be names: short ones over columns, the first aside."""
    parts = _parts(line)
    over = [[x0 < right and left < x1 for left, right in columns] for x0, x1, _ in parts]
    if any(len(text) > _LONGEST_NAME for _, _, text in parts) or not all(map(any, over)):
        return False
    return not any(one[0] for one in (over[1:] if len(parts) > 1 else over))


def _edges(rows: list[Line]) -> list[float]:
    edges: list[float] = []
    end = float("-inf")
    cells = [cell for row in rows if len(row.cells) > 1 for cell in row.cells]
    for x0, x1, _ in sorted(cells):
        if x0 > end:
            edges.append(x0)
        end = max(end, x1)
    return edges


def _columns(edges: list[float], rows: list[Line]) -> list[tuple[float, float]]:
    """From where to where the cells of each column reach."""
    left, right = list(edges), list(edges)
    for x0, x1, _ in (cell for row in rows if len(row.cells) > 1 for cell in row.cells):
        at = bisect_right(edges, x0) - 1
        left[at], right[at] = min(left[at], x0), max(right[at], x1)
    return list(zip(left, right, strict=True))


def _parts(line: Line) -> list[Part]:
    """What stands apart on a line of names; those of narrow columns stand close."""
    if not line.words:
        return line.cells
    parts: list[Part] = []
    for word in sorted(line.words, key=lambda one: one.x0):
        if parts and word.x0 - parts[-1][1] < _SPACE * line.size:
            parts[-1] = (parts[-1][0], word.x1, f"{parts[-1][2]} {word.text}")
        else:
            parts.append((word.x0, word.x1, word.text))
    return parts


def _table(rows: list[Line], above: list[Line]) -> Table:
    edges = _edges(rows)
    texts = [[[] for _ in edges] for _ in rows]  # type: list[list[list[str]]]
    for row, line in zip(texts, rows, strict=True):
        for x0, _, text in line.cells:
            cell = row[max(0, bisect_right(edges, x0) - 1)]
            cell[:] = [" ".join([*cell, text])]
    header = rows[0].bold and not all(row.bold for row in rows)
    if above:
        head = _head(above, _columns(edges, rows))
        texts[:0] = head
        header = all(line.bold for line in above) and sum(map(bool, head[0])) > 1
    return Table(texts, header, edges, rows[0].page, ruled=False)


def _head(above: list[Line], columns: list[tuple[float, float]]) -> list[list[Cell]]:
    """Rows of names and titles: names over several lines in one, groups of columns above them."""
    names = [line for line in above if not _is_left(line, columns) or line.bold]
    found: list[list[str]] = []
    groups = True
    for number, line in enumerate(names):
        row, wide = [""] * len(columns), False
        below = names[number + 1] if number + 1 < len(names) else None
        over = _over_runs(line, below, columns) if below is not None else {}
        for part in _words_apart(_parts(line), line, columns):
            at, covered = over.get(part) or _column(part, columns)
            row[at] = f"{row[at]} {part[2]}".strip()
            wide = wide or covered > 1
        if found and (not groups or list(map(bool, row)) == list(map(bool, found[-1]))):
            both = zip(found[-1], row, strict=True)
            found[-1] = [f"{over} {name}".strip() for over, name in both]
        else:
            found.append(row)
        groups = groups and wide
    blank = [""] * (len(columns) - 1)
    found += [[line.text, *blank] for line in above[len(names) :]]
    return [[[cell] if cell else [] for cell in row] for row in found]


def _over_runs(
    line: Line, below: Line, columns: list[tuple[float, float]]
) -> dict[Part, tuple[int, int]]:
    """For names that are each in the middle over as many names below: the first column of these.

    Such a name may stand over a gap, or over one column alone: it is no wider than a year.
    """
    upper, lower = (
        [part for part in _parts(one) if part[0] >= columns[0][1]] for one in (line, below)
    )
    size, left = divmod(len(lower), len(upper)) if upper else (0, 0)
    if left or size < 2:
        return {}
    found: dict[Part, tuple[int, int]] = {}
    for at, part in enumerate(upper):
        run = lower[at * size : (at + 1) * size]
        middle = (part[0] + part[1]) / 2
        if not run[0][0] < middle < run[-1][1]:
            return {}
        found[part] = (_column(run[0], columns)[0], size)
    return found


def _words_apart(parts: list[Part], line: Line, columns: list[tuple[float, float]]) -> list[Part]:
    """The parts, those over several columns in words if each of these is over its own."""
    found: list[Part] = []
    for part in parts:
        words = [
            (word.x0, word.x1, word.text) for word in line.words
            if part[0] <= word.x0 and word.x1 <= part[1]
        ]  # fmt: skip
        own = [_column(word, columns)[1] == 1 and _is_within(word, columns) for word in words]
        split = len(words) > 1 and _column(part, columns)[1] > 1 and all(own)
        found += words if split else [part]
    return found


def _is_within(word: Part, columns: list[tuple[float, float]]) -> bool:
    wide = max(min(word[1], right) - max(word[0], left) for left, right in columns)
    return wide > 0.6 * (word[1] - word[0])


def _column(part: Part, columns: list[tuple[float, float]]) -> tuple[int, int]:
    """The column that a name stands over, or nearest to, and how many it is over."""
    x0, x1, _ = part
    over = [at for at, (left, right) in enumerate(columns) if x0 < right and left < x1]
    if over:
        return over[0], len(over)
    far = [max(left - x1, x0 - right) for left, right in columns]
    return far.index(min(far)), 1
