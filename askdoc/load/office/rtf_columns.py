"""How many columns the cells of an RTF table are wide.

A row only says where each of its cells ends: one that reaches as far as two of another row is over
both, and hardly any program marks it as merged.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from askdoc.load.office.blocks import Row

# In twentieths of a point: edges that are nearer are the same, drawn by hand.
_SAME = 100


def widen(rows: Sequence[Row], ends: Sequence[Sequence[int]]) -> None:
    """Say of each cell how many columns it is over.

    Nothing is said where a row does not tell where all of its cells end, from left to right, or
    where no row has all columns: such rows were drawn by hand, and their edges mean nothing.

    Args:
        rows: of one table.
        ends: for each of them, where each of its cells ends, in twips.
    """
    if any(
        len(row.cells) != len(told) or any(b <= a for a, b in pairwise(told))
        for row, told in zip(rows, ends, strict=True)
    ):
        return
    edges = _edges(end for told in ends for end in told)
    if len(edges) != max(map(len, ends), default=0):
        return
    for row, told in zip(rows, ends, strict=True):
        before = -1
        for cell, end in zip(row.cells, told, strict=True):
            at = bisect_left(edges, end - _SAME)
            cell.columns = max(1, at - before)
            before = at


def _edges(ends: Iterable[int]) -> list[int]:
    """Where columns end: each place once, though rows differ by a little."""
    found: list[int] = []
    for end in sorted(ends):
        if not found or end - found[-1] > _SAME:
            found.append(end)
    return found
