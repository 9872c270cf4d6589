"""What stands side by side without being columns, a table or one line: figures, forms, callouts.

Two stretches on one level with a gap between them make a line only if the file writes one right
after the other; a sentence put together over the gap might be one that the page does not have. So
where that is in doubt the file's own order wins, and where the file has none, blocks from the top.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from statistics import median

from askdoc.load.pdf.order import Block, Piece, rows_of
from askdoc.load.pdf.word import Word

Row = list[Piece]
"""Pieces that make one line, from left to right."""

_FIGURE = re.compile(r"[^\w\s]{0,3}\d[\d.,%)x–-]*|[-–—$€£¥%()]+|n/a")
_MOST_PIECES = 2_000
_LONGEST_CELL = 16
_LONGEST_NAME = 30
_MOST_NAMES = 3  # rows of names over a table
_NEAR = 3.0
_LONG = 20  # letters: a line of running text rather than a label
_FAR = 250.0  # points
_GUTTER = 2.0  # of the letters' size
_STEP = 2.5  # times the size of letters: from a line to the next of its block
_SURE = 0.5  # of the long lines, which have to stand below those that are written before them


def ranks_of(words: list[Word]) -> dict[int, int]:
    """From a word's `at` to its place among all words of the page in the file's order."""
    return {at: rank for rank, at in enumerate(sorted({word.at for word in words}))}


def span_of(row: Row, ranks: Mapping[int, int]) -> tuple[int, int]:
    """The places of a line's first and last word in the file's order."""
    ats = [word.at for piece in row for word in piece.words]
    return ranks[min(ats)], ranks[max(ats)]


def parts_of(region: list[Piece], ranks: Mapping[int, int]) -> list[list[Row]]:
    """The lines of a region; in several parts where lines stand beside each other."""
    rows = [sorted(row, key=lambda piece: piece.x0) for row in rows_of(region)]
    if len(region) > _MOST_PIECES:
        return [rows]
    of_table = _of_tables(rows)
    near = zip([[], *rows], [*rows[1:], []], strict=False)
    split = [
        [row] if whole else _side_by_side(row, ranks, [*above, *below])
        for row, whole, (above, below) in zip(rows, of_table, near, strict=False)
    ]
    beside = any(_is_beside(a, b) for a, b in itertools.pairwise(rows))
    if not beside and all(len(row) == 1 for row in split):
        return [rows]
    lines = [line for row in split for line in row]
    in_file = sorted(lines, key=lambda line: min(piece.first for piece in line))
    return _stretches(in_file) if _goes_down(in_file) else _blocks(lines)


def _side_by_side(row: Row, ranks: Mapping[int, int], near: Row) -> list[Row]:
    """The stretches of a row that the file writes in one go, and that no gutter parts.

    `near` is what stands on the lines above and below.
    """
    found: list[Row] = [[row[0]]]
    for before, piece in itertools.pairwise(row):
        # What was filled in has the rank of its label.
        step = _first(piece, ranks) - _last(before, ranks)
        if step in (0, 1) and _are_level(before, piece) and not _is_gutter(before, piece, near):
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def _is_gutter(a: Piece, b: Piece, near: Row) -> bool:
    """Whether two texts stand a wide gap apart, behind which other lines begin as well.

    Files that write a page line by line go over the gutter between its columns.
    """
    if b.x0 - a.x1 < _GUTTER * max(a.size, b.size):
        return False
    long = [piece for piece in near if piece.length >= _LONG]
    return any(abs(one.x0 - b.x0) < _NEAR for one in long) and (
        a.length >= _LONG or any(abs(one.x0 - a.x0) < _NEAR for one in long)
    )


def _are_level(a: Piece, b: Piece) -> bool:
    """Whether letters of one size stand at one height; PDFium takes what is near for one line."""
    alike = abs(a.size - b.size) < 0.15 * max(a.size, b.size)
    return not alike or abs(a.base - b.base) < 0.12 * a.size


def _is_beside(a: Row, b: Row) -> bool:
    """Whether lines of text stand beside each other on levels of their own."""
    if b[0].base - a[0].base >= 0.8 * min(a[0].size, b[0].size):
        return False
    if max(a[0].x0, b[0].x0) - min(a[-1].x1, b[-1].x1) <= 0:
        return False
    return min(sum(piece.length for piece in row) for row in (a, b)) >= _LONG


def _of_tables(rows: list[Row]) -> list[bool]:
    """For each row whether it is one of a table, the names over its columns among them."""
    near = zip([[], *rows], rows, [*rows[1:], []], strict=False)
    found = [
        isinstance(row[0], Block) or _is_of_table(row, above, below) for above, row, below in near
    ]
    names = 0
    for at in range(len(rows) - 2, -1, -1):
        names = 0 if found[at] else names + 1
        if found[at + 1] and 0 < names <= _MOST_NAMES and _is_over(rows[at], rows[at + 1]):
            found[at] = True
    return found


def _is_over(row: Row, below: Row) -> bool:
    """Whether each piece of a row stands over a column of the row below."""
    block = below[0]
    if isinstance(block, Block):
        near = block.y0 - row[0].base < _STEP * row[0].size
        below = [Block(block.x0, 0, block.x1, 0, None, 0)]
    else:
        near = block.base - row[0].base < _STEP * row[0].size
    short = max(piece.length for piece in row) <= _LONGEST_NAME
    over = all(any(one.x0 < two.x1 and two.x0 < one.x1 for two in below) for one in row)
    return len(row) > 1 and near and short and over


def _is_of_table(row: Row, above: Row, below: Row) -> bool:
    """Whether a row is one of a table: figures behind a name, or short cells below each other."""
    if len(row) < 2 or median(piece.length for piece in row[1:]) > _LONGEST_CELL:
        return False
    figures = sum(map(_is_figure, row[1:]))
    if 2 * figures >= len(row) - 1:
        return True
    return any(len(other) > 2 and _same_columns(row, other) for other in (above, below))


def _same_columns(row: Row, other: Row) -> bool:
    shared = sum(
        any(abs(one.x0 - two.x0) < _NEAR or abs(one.x1 - two.x1) < _NEAR for two in other)
        for one in row
    )
    return shared >= max(3, len(row) - 1)


def _is_figure(piece: Piece) -> bool:
    return all(_FIGURE.fullmatch(word.text) for word in piece.words)


def _first(piece: Piece, ranks: Mapping[int, int]) -> int:
    return min((ranks[word.at] for word in piece.words), default=-1)


def _last(piece: Piece, ranks: Mapping[int, int]) -> int:
    return max((ranks[word.at] for word in piece.words), default=-1)


def _goes_down(lines: list[Row]) -> bool:
    """Whether the file writes the lines of a block one below the other."""
    long = [line for line in lines if sum(piece.length for piece in line) >= _LONG]
    if len(long) < 2:
        return True
    steps = sum(_is_below(a, b) for a, b in itertools.pairwise(long))
    return steps >= _SURE * (len(long) - 1)


def _is_below(a: Row, b: Row) -> bool:
    """Whether a line is the next one of the block that another is in."""
    over = min(a[-1].x1, b[-1].x1) - max(a[0].x0, b[0].x0)
    size = max(a[0].size, b[0].size)
    near = 0.3 * size < b[0].base - a[0].base < _STEP * size
    return near and over > 0.3 * min(a[-1].x1 - a[0].x0, b[-1].x1 - b[0].x0)


def _stretches(lines: list[Row]) -> list[list[Row]]:
    """The lines as they come, parted where one does not stand below the one before."""
    parts = [[lines[0]]]
    for before, line in itertools.pairwise(lines):
        over = min(before[-1].x1, line[-1].x1) - max(before[0].x0, line[0].x0)
        alone = isinstance(before[0], Block) or isinstance(line[0], Block)
        if over > 0 and (line[0].base > before[0].base or alone):
            parts[-1].append(line)
        else:
            parts.append([line])
    return parts


def _blocks(lines: list[Row]) -> list[list[Row]]:
    """Lines that stand close below each other, put together; blocks from the top."""
    blocks: list[list[Row]] = []
    near: list[list[Row]] = []
    for line in lines:
        # Nothing further down stands close to what is too far up already.
        near = [block for block in near if line[0].base - block[-1][0].base < _FAR]
        above = [block for block in near if _is_below(block[-1], line)]
        if above:
            min(above, key=lambda block: abs(block[-1][0].x0 - line[0].x0)).append(line)
        else:
            blocks.append([line])
            near.append(blocks[-1])
    return blocks
