"""Days and times as spreadsheets keep them, days since a day long ago, and as codes show them.

The first system counts from 1900 and believes that year to have had a 29 February, as the program
did that it was made after; the other counts from 1 January 1904.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from askdoc.english.dates import MONTHS, WEEKDAYS


class _Token(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...


class Piece(NamedTuple):
    """What one piece of a date is: y, mo, d, h, mi, s with their widths, or a literal."""

    kind: str
    width: int
    text: str


_SECONDS = 86_400
_LAST_DAY = 2_958_465  # 31 December 9999


def date_tokens(tokens: Sequence[_Token]) -> list[Piece] | None:
    """The pieces of a code that shows a day or time, None of one that shows a number."""
    if not any(token.kind in ("date", "elapsed") for token in tokens):
        return None
    pieces: list[Piece] = []
    for at, token in enumerate(tokens):
        text = token.text.lower()
        if token.kind == "elapsed":
            pieces.append(Piece(f"all {text[0]}", len(text), ""))
        elif token.kind == "date":
            kind = {"y": "y", "e": "y", "b": "y", "d": "d", "h": "h", "s": "s"}.get(text[0], "")
            pieces.append(Piece(kind or _month_or_minute(tokens, at), len(text), ""))
        elif token.kind == "noon":
            pieces.append(Piece("noon", len(text), token.text))
        elif token.kind == "digits" and pieces and pieces[-1].text == ".":
            pieces[-1] = Piece("fraction", len(text), ".")
        else:
            pieces.append(Piece("", 0, token.text))
    return pieces


def _month_or_minute(tokens: Sequence[_Token], at: int) -> str:
    """An m is minutes next to hours or seconds, else a month."""
    if len(tokens[at].text) > 2:
        return "mo"
    timed = [
        (i, token.text[0].lower())
        for i, token in enumerate(tokens)
        if token.kind in ("date", "elapsed")
    ]
    place = next(n for n, (i, _) in enumerate(timed) if i == at)
    before = timed[place - 1][1] if place else ""
    after = timed[place + 1][1] if place + 1 < len(timed) else ""
    return "mi" if before == "h" or after == "s" else "mo"


def shown_date(value: float, pieces: Sequence[Piece], from_1904: bool) -> str | None:
    """A day or time as the pieces show it, None of a number that is none."""
    elapsed = any(piece.kind.startswith("all") for piece in pieces)
    if (value < 0 and not elapsed) or abs(value) > _LAST_DAY:
        return None
    places = max((piece.width for piece in pieces if piece.kind == "fraction"), default=0)
    unit = 10 ** min(places, 3)
    ticks = int(abs(value) * _SECONDS * unit + 0.5)
    seconds, ticks = divmod(ticks, unit)
    days, second = divmod(seconds, _SECONDS)
    day = _day(days, from_1904)
    has_noon = any(piece.kind == "noon" for piece in pieces)
    hour, minute = second // 3600, second // 60 % 60
    shown: list[str] = ["-"] if value < 0 else []
    for kind, width, text in pieces:
        if kind in ("y", "mo", "d"):
            shown.append(_of_day(day, kind, width))
        elif kind == "h":
            shown.append(str((hour + 11) % 12 + 1 if has_noon else hour).rjust(min(width, 2), "0"))
        elif kind in ("mi", "s"):
            part = minute if kind == "mi" else second % 60
            shown.append(str(part).rjust(min(width, 2), "0"))
        elif kind == "noon":
            half = "AM" if hour < 12 else "PM"
            shown.append(half if width > 3 else half[0])
        elif kind == "fraction":
            shown.append(f".{str(ticks).rjust(min(width, 3), '0')}")
        elif kind.startswith("all"):
            every = seconds // {"h": 3600, "m": 60, "s": 1}[kind[-1]]
            shown.append(str(every).rjust(width, "0"))
        else:
            shown.append(text)
    return " ".join("".join(shown).split())


def _day(days: int, from_1904: bool) -> tuple[int, int, int, int]:
    """Year, month, day, and weekday from Monday, 0."""
    if not from_1904 and days == 60:
        return 1900, 2, 29, 2
    if not from_1904 and days == 0:
        return 1900, 1, 0, 5
    first = date(1904, 1, 1) if from_1904 else date(1899, 12, 31 if days < 60 else 30)
    try:
        found = first + timedelta(days=days)
    except OverflowError:
        found = date.max
    return found.year, found.month, found.day, found.weekday()


def _of_day(day: tuple[int, int, int, int], kind: str, width: int) -> str:
    year, month, number, weekday = day
    if kind == "y":
        return f"{year % 100:02}" if width <= 2 else str(year)
    if kind == "mo":
        name = MONTHS[month - 1].title()
        if width >= 3:
            return name[:1] if width == 5 else name if width > 3 else name[:3]
        return str(month).rjust(width, "0")
    if width >= 3:
        name = WEEKDAYS[weekday].title()
        return name if width > 3 else name[:3]
    return str(number).rjust(width, "0")
