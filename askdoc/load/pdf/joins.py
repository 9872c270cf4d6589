"""Whether two lines may be read as one: the net under all that finds the order of a page.

What looks like a column may be a table without rules, a form, or a picture's captions. So before a
line goes on with another the page is asked once more, whatever found their order: the file writes
one right after the other, or anybody would read them so, since the second stands right below and
nothing beside. Where neither is so a paragraph ends: a sentence that is cut is dull, one that is
put together from two places is invented.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from statistics import median

from askdoc.load.pdf.lines import Line

_LEVEL = 0.3  # of the letters' size: how much higher or lower what stands beside may be
_LONG_COLUMN, _LEAST_COLUMN = 12, 3  # lines: whatever they look like, or else
_LEAST_LETTERS = 20  # of a line of running text in a narrow column
_FULL = 2.0  # of the letters' size: how far from its column's edge a line may end
_LEAST_GUTTER = 1.2  # of the letters' size
_MOST_LINES = 2_000
"""With more of them on a page the file's order alone counts."""
_BROKEN = ("-", "\xad")


class Joins:
    """The lines of one page, asked which of them go on with which."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = sorted(lines, key=lambda line: line.base)
        self._bases = [line.base for line in self._lines]
        self._columns: dict[int, bool] = {}

    def is_doubtful(self, a: Line, b: Line) -> bool:
        """Whether neither the file nor the page tells that a line goes on with another."""
        if a.page != b.page or is_written_next(a, b):
            return False
        if a.region == b.region and a.text[-1] in _BROKEN and b.text[0].islower():
            return False  # a word is broken between them
        if len(self._lines) > _MOST_LINES:
            return True
        if b.base > a.base:
            return not self._is_right_below(a, b)
        return not self._is_next_column(a, b)

    def _is_right_below(self, a: Line, b: Line) -> bool:
        """Whether a line is the next one below, with nothing beside both but another column."""
        if not _overlap(a, b):
            return False
        x0, x1 = min(a.x0, b.x0), max(a.x1, b.x1)
        apart = _LEVEL * b.size
        for line in self._others(a, b, a.base, b.base):
            if a.base + apart < line.base < b.base - apart and line.x0 < x1 and line.x1 > x0:
                return False
        beside = [*self._beside(a, b, behind=True), *self._beside(b, a, behind=False)]
        if not beside:
            return True
        if a.region != b.region or min(gap for gap, _ in beside) < _LEAST_GUTTER * b.size:
            return False
        return self._is_column(a) and all(self._is_column(line) for _, line in beside)

    def _beside(self, line: Line, other: Line, *, behind: bool) -> Iterator[tuple[float, Line]]:
        """What stands behind or before a line on its level, and how far from it."""
        apart = _LEVEL * line.size
        for one in self._others(line, other, line.base - apart, line.base + apart):
            gap = one.x0 - line.x1 if behind else line.x0 - one.x1
            if gap > -apart:
                yield gap, one

    def _is_next_column(self, a: Line, b: Line) -> bool:
        """Whether the file writes nothing between two columns but what a reader passes over.

        These are figures and notes below the one, and titles and figures above the other.
        """
        if b.first <= a.last:
            return self._is_column(a) and self._is_column(b)  # written line by line over both
        return all(
            (line.base > a.base and _overlap(line, a)) or (line.base < b.base and _overlap(line, b))
            for line in self._others(a, b)
            if a.last < line.first < b.first
        )

    def _is_column(self, line: Line) -> bool:
        """Whether a line is of a column of text; else it may be of a cell in a row of a table."""
        if not self._columns:
            regions = defaultdict(list)
            for one in self._lines:
                regions[one.region].append(one)
            self._columns = {region: _is_text(lines) for region, lines in regions.items()}
        return self._columns.get(line.region, False)

    def _others(
        self, a: Line, b: Line, top: float = float("-inf"), bottom: float = float("inf")
    ) -> Iterator[Line]:
        """The lines of the page, from the top, but for these two."""
        start, end = bisect_left(self._bases, top), bisect_left(self._bases, bottom)
        return (line for line in self._lines[start:end] if line is not a and line is not b)


def _is_text(lines: list[Line]) -> bool:
    if len(lines) >= _LONG_COLUMN or len(lines) < _LEAST_COLUMN:
        return len(lines) >= _LONG_COLUMN
    full = [line.x1 > line.right - _FULL * line.size for line in lines[:-1]]
    return 2 * sum(full) >= len(full) and median(len(line.text) for line in lines) >= _LEAST_LETTERS


def is_written_next(a: Line, b: Line) -> bool:
    """Whether the file writes a line right after another; what was filled in has no place there."""
    return 0 <= b.first - a.last <= 1


def _overlap(a: Line, b: Line) -> bool:
    return min(a.x1, b.x1) > max(a.x0, b.x0)
