"""The numbers that a word processor shows before list items, clauses and headings.

They are not in a document's text: the file says how each level counts, and the reader counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BULLET = "-"
"""What any bullet is written as."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# Beyond this a letter or a Roman number is no number that anybody wrote.
_MOST_LETTERS = 26 * 8
_MOST_ROMAN = 4999
_MOST = 10**9


def numeral(value: int, kind: str) -> str:
    """A number as a level shows it.

    Args:
        value: the number.
        kind: the name of the format in Office Open XML; a kind that is not known is decimal.
    """
    if kind in ("lowerLetter", "upperLetter") and 1 <= value <= _MOST_LETTERS:
        # Word goes on after z with aa, bb.
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters if kind == "lowerLetter" else letters.upper()
    if kind in ("lowerRoman", "upperRoman") and 1 <= value <= _MOST_ROMAN:
        return _roman(value) if kind == "lowerRoman" else _roman(value).upper()
    if kind == "decimalZero":
        return f"{value:02}"
    if kind == "ordinal":
        return f"{value}{_ordinal_suffix(value)}"
    return "" if kind == "none" else str(value)


def whole_number(text: str | None, default: int) -> int:
    """The number that an attribute holds, `default` where it holds none that makes sense."""
    try:
        value = int(text) if text is not None and len(text) < 12 else default
    except ValueError:
        return default
    return value if -_MOST <= value <= _MOST else default


def _roman(value: int) -> str:
    letters = ""
    for worth, letter in _ROMAN:
        letters += letter * (value // worth)
        value %= worth
    return letters


def _ordinal_suffix(value: int) -> str:
    if value // 10 % 10 == 1:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list counts and shows its number."""

    kind: str = "decimal"
    """As `numeral` has it, or "bullet"."""
    pattern: str = ""
    """What is shown; %1 to %9 stand for the numbers of the levels."""
    start: int = 1
    restarts_after: int | None = None
    """The level (from 1) whose items begin its count anew, 0 for none; None: any above it."""
    is_legal: bool = False
    """Whether the levels above are shown in decimal whatever they are."""


class Counters:
    """Where the counting of one list stands, level by level."""

    def __init__(self) -> None:
        self._values: list[int | None] = [None] * 10

    def restart(self, level: int, start: int) -> None:
        """The next item of a level has this number."""
        self._values[level] = start - 1

    def clear(self, level: int) -> None:
        """The next item of a level is its first."""
        self._values[level] = None

    def next(self, levels: Sequence[Level], level: int) -> str:
        """The label of the next item on a level (from 0)."""
        own = levels[level]
        value = self._values[level]
        self._values[level] = own.start if value is None else value + 1
        for deeper in range(level + 1, len(levels)):
            after = levels[deeper].restarts_after
            if after is None or 0 < level + 1 <= after:
                self._values[deeper] = None
        return self.label(levels, level)

    def label(self, levels: Sequence[Level], level: int) -> str:
        """What an item on this level shows now."""
        own = levels[level]
        if own.kind == "bullet":
            # A bullet that is white space is none.
            return BULLET if own.pattern.strip() else ""
        shown = own.pattern
        for above in range(min(level + 1, 9)):
            mark = f"%{above + 1}"
            if mark in shown:
                kind = "decimal" if own.is_legal else levels[above].kind
                value = self._values[above]
                number = numeral(levels[above].start if value is None else value, kind)
                shown = shown.replace(mark, number)
        return shown.strip()
