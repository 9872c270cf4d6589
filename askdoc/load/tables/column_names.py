"""Which of a table's first rows name its columns, and how.

Files of rows hardly ever say whether their first row names the columns, so that is decided from
what stands below it: a wrong name makes every row say something false, a missed one only leaves it
short. Names may stand in two rows: groups over their columns, units below names, a name over two
lines. Titles may stand above.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from askdoc.load.tables.cell_looks import (
    LONGEST_HEADER_CELL,
    is_led_by_year,
    is_period,
    is_unit,
    kind_of,
)
from askdoc.load.tables.header_looks import Cells, column_of, evidence, may_be_header, share
from askdoc.load.tables.titles import is_corner

SAMPLE_ROWS = 200
"""How many rows tell whether there is a header."""

_LEAST_FILLED = 0.5
_LEAST_EVIDENCE_OF_ONE_COLUMN = 2.0
_PRIOR = 1.4
# How many of the cells below a corner are names of rows.
_LEAST_OF_NAMES = 0.5
# A second row of names has to look like one by itself: nothing but its place tells of it.
_LEAST_OF_TWO_ROWS = 1.0


# What stands in cells of its own beside figures, and an empty cell.
_SIGNS = frozenset(("", "$", "€", "£", "¥", "%", ")", ")%"))


class Header(NamedTuple):
    """The rows from `first` to `last`, counted from 0, name the columns: `names`, "" for none.

    `units` are what the name of the first column is if it stands above names of rows, and says in
    what all others count.
    """

    first: int
    last: int
    names: tuple[str, ...]
    units: str = ""


def header_of(
    rows: Sequence[Cells], more: float = 0.0, known: int | None = None, *, goes_on: bool = False
) -> Header | None:
    """The rows that name the columns of a table, None if none does.

    Args:
        rows: the first rows (SAMPLE_ROWS of them are looked at), none empty, cells on one line.
        more: what else speaks for a header, as the logarithm of odds.
        known: a row of which it is known that it names the columns.
        goes_on: whether it may only be the first of two that do, rather than the second.
    """
    rows = rows[:SAMPLE_ROWS]
    found = _found(rows, more, known, goes_on)
    if found is None or not found.names or not is_corner(corner := found.names[0]):
        return found
    of_rows = share(rows[found.last + 1 :], 0, lambda cell: kind_of(cell) == "text")
    if of_rows <= _LEAST_OF_NAMES or not any(found.names[1:]):
        return found
    return found._replace(units=corner)


def _found(rows: Sequence[Cells], more: float, known: int | None, goes_on: bool) -> Header | None:
    filled = [sum(cell not in _SIGNS for cell in row) for row in rows]
    counts = Counter(count for count in filled if count > 1) or Counter(filled)
    usual = counts.most_common(1)[0][0] if counts else 0
    if known is not None:
        top = known if goes_on else known - 1
        least = 0.0 if goes_on else -_PRIOR
        both = _two_rows(rows, top, filled, usual, least) if top >= 0 else None
        return both or Header(known, known, tuple(rows[known]))
    least = 1 if max(filled, default=0) == 1 else max(2, _LEAST_FILLED * usual)
    at = next((at for at, count in enumerate(filled) if count >= least), len(rows))
    for top in (at - 1, at):
        if top >= 0 and (found := _two_rows(rows, top, filled, usual)) is not None:
            return found
    below = _own_rows(rows[at + 1 :], usual)
    if not below or not may_be_header(rows[at], below):
        return None
    needed = _LEAST_EVIDENCE_OF_ONE_COLUMN if least == 1 else 0.0
    if _PRIOR + more + evidence(rows[at], below) <= needed:
        return None
    return Header(at, at, tuple(rows[at]))


def _own_rows(rows: Sequence[Cells], usual: int) -> Sequence[Cells]:
    """The rows without titles and notes among them, which are a cell in a table of several."""
    if usual < 3:
        return rows
    return [row for row in rows if sum(map(bool, row)) > 1] or rows


def _two_rows(
    rows: Sequence[Cells],
    top: int,
    filled: list[int],
    usual: int,
    least: float = _LEAST_OF_TWO_ROWS,
) -> Header | None:
    """The names that a row and the one below it give together, None if they don't."""
    if top + 2 >= len(rows) or min(filled[top], filled[top + 1]) == 0:
        return None
    above, beneath = list(rows[top]), list(rows[top + 1])
    width = max(len(above), len(beneath))
    above += [""] * (width - len(above))
    beneath += [""] * (width - len(beneath))
    below = _own_rows(rows[top + 2 :], usual)
    if not any(beneath) or max(map(len, (*above, *beneath))) > LONGEST_HEADER_CELL:
        return None
    if not all(_may_name(cell) for cell in (*above, *beneath) if cell):
        return None
    spread = _grouped(above, beneath)
    if spread is not None:
        lower = [cell or over for cell, over in zip(beneath, spread, strict=True)]
        names = _joined(spread, beneath)
        if _are_distinct(names) and evidence(lower, below) > least:
            return Header(top, top + 1, names)
    elif _are_units(beneath, above) or _goes_on(above, beneath, below):
        names = _joined(above, beneath)
        if _are_distinct(names) and may_be_header(above, below):
            return Header(top, top + 1, names)
    return None


def _may_name(cell: str) -> bool:
    return kind_of(cell) == "text" or is_period(cell) or is_led_by_year(cell) or is_unit(cell)


def _are_distinct(names: Cells) -> bool:
    named = [name for name in names if name]
    return len(set(named)) == len(named) > 1


def _joined(above: Cells, beneath: Cells) -> tuple[str, ...]:
    both = zip(above, beneath, strict=True)
    return tuple(over if over == cell else f"{over} {cell}".strip() for over, cell in both)


def _grouped(above: list[str], beneath: list[str]) -> list[str] | None:
    """The upper names, each in all the columns that it is over, None if they are no groups.

    A group's name stands over the first of its columns, or over each of them.
    """
    above = _evenly(above, beneath)
    spread: list[str] = []
    group = ""
    repeated = any(over and over == following for over, following in pairwise(above))
    sizes: Counter[int] = Counter()
    begun = -1
    for at, (over, cell) in enumerate(zip(above, beneath, strict=True)):
        if over and not (repeated and over == group):
            group, begun = over, at
        elif not over and not cell:
            group = ""
        spread.append(over or (group if cell else ""))
        if group and cell and cell != over:
            sizes[begun] += 1
    # Only the left stub may be named in one of the rows alone.
    if max(sizes.values(), default=0) < 2 or [*sizes] == [0]:
        return None  # at most a title above all columns
    several = [begun for begun, size in sizes.items() if size > 1]
    bare = [at for at, over in enumerate(spread) if not over and beneath[at]]
    return spread if all(at < min(several) for at in bare) else None


def _evenly(above: list[str], beneath: list[str]) -> list[str]:
    """The upper names at the first of their columns where all were moved to the left.

    Whoever turns a page into rows may lose how many columns a cell is over. Names below that come
    again and again tell it.
    """
    named = [at for at, over in enumerate(above) if over]
    first, groups = named[0], len(named)
    lower = beneath[first:]
    size, left = divmod(len(lower), groups)
    moved = named == list(range(first, first + groups)) and groups > 1 and size > 1 and not left
    if not moved or lower != lower[:size] * groups:
        return above
    spread = above[:first]
    for at in named:
        spread += [above[at], *[""] * (size - 1)]
    return spread


def _are_units(beneath: Cells, above: Cells) -> bool:
    pairs = [(cell, over) for cell, over in zip(beneath, above, strict=True) if cell]
    return all(over and is_unit(cell) for cell, over in pairs) and not all(
        is_unit(over) for _, over in pairs
    )


def _goes_on(above: Cells, beneath: Cells, below: Sequence[Cells]) -> bool:
    """Whether each name goes on in the row below it: "Date of" over "birth"."""
    if list(map(bool, above)) != list(map(bool, beneath)):
        return False
    named = [at for at, cell in enumerate(beneath) if cell]
    low = [at for at in named if beneath[at][:1].islower()]
    figures = [at for at in named if share(below, at, lambda cell: kind_of(cell) != "text") > 0.5]
    return (
        len(low) > 0.8 * len(named)
        and len(figures) >= 0.5 * len(named)
        and not any(beneath[at] in column_of(below, at) for at in named)
    )
