"""Tables on a page: cells between ruled lines, or columns between level rules.

A grid of upright and level rules gives the cells; where rules are level only, as in books, the
columns are the strips that no word crosses. A row's cells may go on over several lines.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from statistics import median

from askdoc.load.pdf.bidi import in_reading_order
from askdoc.load.pdf.order import MOST_WORDS, Block, atoms_of, rows_of
from askdoc.load.pdf.rule_groups import NEAR, bounds_of, groups_of, steps_of
from askdoc.load.pdf.rules import Rule
from askdoc.load.pdf.word import Word

_LONGEST_CELL = 60
_LONGEST_RULED = 400  # between level rules alone: longer ones are columns of text
_MOST_IN_ONE = 0.7  # of the letters: more are a text in a frame
_SHORTEST_FRAMED = 150
_LEAST_SHARED = 0.4  # of the rows, which have several cells
_WORD_GAP = 0.45  # of the letters' size: no wall stands in a gap between words of one line
_MOST_CUT = 0.08
_CURRENCIES = frozenset("$€£¥")
_NUMBER = re.compile(r"[^\w\s]{0,2}\d")

Cell = list[str]
"""The lines of a cell."""


@dataclass
class Table:
    """Rows of cells; `header` tells whether the first row surely names the columns.

    `names` and `head`, the rows that have them, are found when it is written. `cells` are the words
    of each row's cells, as long as somebody asks where they stand.
    """

    rows: list[list[Cell]]
    header: bool
    edges: list[float]
    page: int = 0
    ruled: bool = True
    top: float = 0.0
    columns: list[tuple[float, float]] = field(default_factory=list)  # where their cells reach
    names: list[str] = field(default_factory=list)
    head: list[list[str]] = field(default_factory=list)
    cells: list[list[list[Word]]] = field(default_factory=list)


def tables_on(words: list[Word], rules: list[Rule]) -> tuple[list[Block], list[Word]]:
    """The tables between ruled lines, and the words that stand in none."""
    blocks: list[Block] = []
    if len(rules) < 3 or not 0 < len(words) <= MOST_WORDS:
        return blocks, words
    for group in groups_of(rules):
        x0, y0, x1, y1 = bounds_of(group)
        inside = [
            word for word in words
            if x0 - 1 < (word.x0 + word.x1) / 2 < x1 + 1 and y0 < word.base - 0.3 * word.size < y1
        ]  # fmt: skip
        table = _table(group, inside) if inside and not _is_part(inside, words) else None
        if table is not None:
            taken = set(map(id, inside))
            words = [word for word in words if id(word) not in taken]
            blocks.append(Block(x0, y0, x1, y1, table, min(word.at for word in inside)))
    return blocks, words


def _is_part(inside: list[Word], words: list[Word]) -> bool:
    """Whether lines begin outside the rules, as where only some columns are underlined."""
    within = {word.at for word in inside}
    rows = begun = 0
    for before, word in itertools.pairwise(sorted(words, key=lambda one: one.at)):
        if word.at in within:
            level = abs(before.base - word.base) < 0.3 * word.size
            rows += not level
            begun += level and before.at not in within and before.x1 <= word.x0 + 1
    return begun > max(1, rows // 2)


def _table(group: list[Rule], words: list[Word]) -> Table | None:
    upright = [rule for rule in group if not rule.level]
    level = [rule for rule in group if rule.level]
    xs = steps_of([(rule.x0 + rule.x1) / 2 for rule in upright])
    ys = steps_of([(rule.y0 + rule.y1) / 2 for rule in level])
    if len(ys) < 3:
        return None
    if len(xs) > 3 or (len(xs) == 3 and len(upright) > 2):
        return _grid(xs, ys, upright, words)
    return _ruled(ys, words)


def _grid(xs: list[float], ys: list[float], upright: list[Rule], words: list[Word]) -> Table | None:
    """Words put into the cells between upright and level rules."""
    cells: dict[tuple[int, int], list[Word]] = {}
    walls = [_walls(xs, upright, (a + b) / 2) for a, b in itertools.pairwise(ys)]
    apart = _pieces_apart(words)
    for word in words:
        row = bisect_right(ys, word.base - 0.3 * word.size) - 1
        row = min(max(row, 0), len(ys) - 2)
        middle = (word.x0 + word.x1) / 2
        column = bisect_right(walls[row], middle) - 1
        column = bisect_right(xs, walls[row][max(column, 0)] + 1) - 1
        if word.at in apart:
            column = max(column, min(bisect_right(xs, middle) - 1, len(xs) - 2))
        cells.setdefault((row, column), []).append(word)
    rows = [[cells.get((row, column), []) for column in range(len(xs) - 1)]
            for row in range(len(ys) - 1)]  # fmt: skip
    rows = [line for row in rows if any(row) for line in _lines_apart(row)]
    filled = [at for at in range(len(xs) - 1) if any(row[at] for row in rows)]
    if len(rows) < 2 or len(filled) < 2:
        return None
    rows = [[row[at] for at in filled] for row in rows]
    if not _is_sound(rows):
        return None
    rows, edges = _with_currencies(rows, [xs[at] for at in filled])
    table = Table(_texts(rows), _has_header(rows), edges, top=ys[0], cells=rows)
    table.columns = _reach(rows)
    return table


def _is_sound(rows: list[list[list[Word]]]) -> bool:
    """Whether rules part what stands in them: no frame around a text, no drawing across lines."""
    sizes = [sum(len(word.text) + 1 for word in cell) for row in rows for cell in row if cell]
    if max(sizes) > max(_SHORTEST_FRAMED, _MOST_IN_ONE * sum(sizes)):
        return False
    if sum(sum(map(bool, row)) > 1 for row in rows) < _LEAST_SHARED * len(rows):
        return False
    cell_of = {word.at: at for at, cell in enumerate(cell for row in rows for cell in row)
               for word in cell}  # fmt: skip
    words = sorted((word for row in rows for cell in row for word in cell), key=lambda w: w.at)
    cut = sum(
        cell_of[a.at] != cell_of[b.at]
        and abs(a.base - b.base) < 0.2 * a.size
        and -0.3 * a.size < b.x0 - a.x1 < _WORD_GAP * a.size
        for a, b in itertools.pairwise(words)
    )
    return cut <= max(1, _MOST_CUT * len(words))


def _pieces_apart(words: list[Word]) -> set[int]:
    """Figures with wide gaps between them, which have columns of their own in a merged cell."""
    apart: set[int] = set()
    for row in rows_of(atoms_of(words)):
        figures = [piece for piece in row if len(piece.words) == 1]
        if len(figures) > 1 and all(_NUMBER.match(piece.words[0].text) for piece in figures):
            apart.update(piece.words[0].at for piece in figures)
    return apart


def _walls(xs: list[float], upright: list[Rule], y: float) -> list[float]:
    """Where upright rules stand in the row at this height: cells may go over several columns."""
    there = [(rule.x0 + rule.x1) / 2 for rule in upright if rule.y0 - NEAR < y < rule.y1 + NEAR]
    walls = [x for x in xs if any(abs(x - wall) <= NEAR for wall in there)]
    return walls or xs


def _ruled(ys: list[float], words: list[Word]) -> Table | None:
    """Words between level rules, in columns that no word crosses."""
    lines = rows_of(atoms_of(words))
    columns = _columns(words)
    if len(columns) < 2 or len(lines) < 2:
        return None
    rows: list[list[list[Word]]] = []
    bands: list[int] = []
    for line in lines:
        row: list[list[Word]] = [[] for _ in columns]
        for word in sorted((word for piece in line for word in piece.words), key=lambda w: w.x0):
            row[max(0, bisect_right(columns, word.x0 + 1) - 1)].append(word)
        band = bisect_right(ys, line[0].base - 0.3 * line[0].size)
        every = len(ys) > len(lines) * 0.8 and len(ys) > 3
        own = bool(rows) and _have_figures(rows[-1], row)
        every_line = (every and not own) or (band <= 1 and len(ys) == 3)
        if rows and bands[-1] == band and (not row[0] or every_line):
            rows[-1] = [above + below for above, below in zip(rows[-1], row, strict=True)]
        else:
            rows.append(row)
            bands.append(band)
    sizes = [sum(len(word.text) + 1 for word in cell) for row in rows for cell in row if cell]
    shared = sum(sum(map(bool, row)) > 1 for row in rows)
    if len(rows) < 2 or median(sizes) > _LONGEST_CELL or shared < 0.6 * len(rows):
        return None
    if max(sizes) > _LONGEST_RULED or not _is_sound(rows):
        return None
    header = bands.count(bands[0]) == 1 and bands.count(bands[-1]) > 1 and len(set(bands)) <= 3
    rows, columns = _with_currencies(rows, columns)
    table = Table(_texts(rows), header or _has_header(rows), columns, top=ys[0], cells=rows)
    table.columns = _reach(rows)
    return table


def _lines_apart(row: list[list[Word]]) -> list[list[list[Word]]]:
    """A row between rules as the rows that it has: some tables rule only every few."""
    column_of = {word.at: at for at, cell in enumerate(row) for word in cell}
    found: list[list[list[Word]]] = []
    for pieces in rows_of(atoms_of([word for cell in row for word in cell])):
        line: list[list[Word]] = [[] for _ in row]
        for word in sorted((word for piece in pieces for word in piece.words), key=lambda w: w.x0):
            line[column_of[word.at]].append(word)
        found.append(line)
    several = any(_have_figures(a, b) for a, b in itertools.pairwise(found))
    return found if several else [row]


def _have_figures(above: list[list[Word]], row: list[list[Word]]) -> bool:
    """Whether two lines have figures in the same column, so that each is a row of its own."""
    both = [a + b for a, b in zip(above[1:], row[1:], strict=True) if a and b]
    return any(all(_NUMBER.match(word.text) or word.text in _CURRENCIES for word in cell)
               for cell in both)  # fmt: skip


def _with_currencies(
    rows: list[list[list[Word]]], columns: list[float]
) -> tuple[list[list[list[Word]]], list[float]]:
    """The same with signs of currency, which stand at a column's left, in one cell with figures."""
    for at in range(len(columns) - 2, 0, -1):
        # A name over both stands at the left as well.
        words = [word for row in rows if row[at + 1] for word in row[at]]
        if words and all(word.text in _CURRENCIES for word in words):
            rows = [[*row[:at], row[at] + row[at + 1], *row[at + 2 :]] for row in rows]
            columns = [*columns[: at + 1], *columns[at + 2 :]]
    return rows, columns


def _reach(rows: list[list[list[Word]]]) -> list[tuple[float, float]]:
    """From where to where the cells of each column reach."""
    columns = [[word for row in rows for word in row[at]] for at in range(len(rows[0]))]
    return [
        (min(word.x0 for word in words), max(word.x1 for word in words)) if words else (0.0, 0.0)
        for words in columns
    ]


def _columns(words: list[Word]) -> list[float]:
    """Where columns begin: behind strips that no word crosses."""
    least = 0.8 * median(word.size for word in words)
    starts: list[float] = []
    end = float("-inf")
    for word in sorted(words, key=lambda one: one.x0):
        if word.x0 - end > least:
            starts.append(word.x0)
        end = max(end, word.x1)
    return starts


def _texts(rows: list[list[list[Word]]]) -> list[list[Cell]]:
    return [[_lines(cell) for cell in row] for row in rows]


def _lines(words: list[Word]) -> Cell:
    if not words or (len(words) == 1 and words[0].text.isascii()):
        return [word.text for word in words]
    return [" ".join(word.text for word in line) for line in lines_in(words)]


def lines_in(words: list[Word]) -> list[list[Word]]:
    """The lines of a cell, from the top, each as it is read."""
    lines = []
    for row in rows_of(atoms_of(words)):
        inside = sorted((word for piece in row for word in piece.words), key=lambda word: word.x0)
        lines.append(in_reading_order(inside))
    return lines


def _has_header(rows: list[list[list[Word]]]) -> bool:
    """Whether the first row surely names the columns: it alone is bold, or it alone no number."""
    first, others = rows[0], rows[1:]
    if sum(map(bool, first)) < len(first) - 1 or not others:
        return False
    if all(word.bold for cell in first for word in cell):
        return any(not word.bold for row in others for cell in row for word in cell)
    if any(_NUMBER.match(word.text) for cell in first for word in cell[:2]):
        return False
    return any(
        all(row[at] and _NUMBER.match(row[at][0].text) for row in others)
        for at in range(len(first))
    )


def same_columns(one: Table, other: Table) -> bool:
    """Whether a table may go on another: its columns begin where those do."""
    return len(one.edges) == len(other.edges) and all(
        abs(a - b) <= 2 * NEAR for a, b in zip(one.edges, other.edges, strict=True)
    )
