"""Break a line to fit a terminal, counting cells: most characters take one, some two or none.

`textwrap` counts characters and knows only spaces, so Chinese, which takes two cells a character
and has no spaces, would run over the edge; and it returns strings, where marks need offsets.
"""

from __future__ import annotations

import re
from unicodedata import category, east_asian_width

from askdoc.model import Span

_HANGING = 2
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;]*m|\][^\x07\x1b]*(?:\x07|\x1b\\))")
_TAKES_NONE = frozenset(("Mn", "Me", "Cf"))


def cells(text: str) -> int:
    """How many cells of a terminal the text takes."""
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def _cells_of(char: str) -> int:
    if category(char) in _TAKES_NONE:
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def wrapped(text: str, width: int | None) -> list[Span]:
    """The spans of the lines that a text is broken into, each at most `width` cells wide.

    Lines break at spaces, which then belong to no line, and before characters that take two cells;
    a word that is wider than a line is cut. A width of None breaks nothing. Never empty.
    """
    if width is None:
        return [Span(0, len(text))]
    lines: list[Span] = []
    start, used = 0, 0
    pause: Span | None = None  # where the line would end, and where the next would begin
    for at, char in enumerate(text):
        room = _cells_of(char)
        if char == " ":
            pause = Span(at, at + 1)
        elif room == 2 and at > start and text[at - 1] != " ":
            pause = Span(at, at)
        if used + room > width and char != " " and at > start:
            end, following = pause or Span(at, at)
            lines.append(Span(start, end))
            start, used, pause = following, cells(text[following:at]), None
        used += room
    lines.append(Span(start, len(text)))
    return lines


def broken(text: str, width: int | None, before: str = "", *, least: int = 1) -> list[str]:
    """The lines of a text, `before` in front of the first and as many blanks before the others.

    Args:
        text: what is broken.
        width: cells of a line, `before` included; None breaks nothing.
        before: what stands in front.
        least: cells that the text gets at least.
    """
    indent = cells(before)
    spans = wrapped(text, None if width is None else max(least, width - indent))
    return [(" " * indent if at else before) + text[slice(*span)] for at, span in enumerate(spans)]


def fitted(text: str, width: int | None) -> str:
    """A text of several lines, those that are too wide broken at words.

    What does not fit of an indented line goes on two cells further in. Escapes (weight, links) take
    no cells, and go on over a break. A width of None breaks nothing.
    """
    if width is None:
        return text
    return "\n".join(_hung(line, width) for line in text.split("\n"))


def _hung(line: str, width: int) -> str:
    plain = _ESCAPE.sub("", line)
    if cells(plain) <= width:
        return line
    text = plain.lstrip(" ")
    indent = min(len(plain) - len(text), width // 2)
    # All lines get the room of those further in, so that they can be broken in one go.
    deeper = indent + _HANGING if indent else 0
    spans = wrapped(text, max(1, width - deeper))
    # What is shown, in order: of the spans, and the escapes where they stand in the text.
    escapes: list[tuple[int, str]] = []
    passed = len(plain) - len(text)
    for escape in _ESCAPE.finditer(line):
        escapes.append((max(0, escape.start() - passed), escape[0]))
        passed += len(escape[0])
    lines = []
    for at, (start, end) in enumerate(spans):
        last = at + 1 == len(spans)
        shown, done = "", start
        while escapes and (escapes[0][0] <= end or last):
            place, code = escapes.pop(0)
            shown += text[done : max(done, place)] + code
            done = max(done, place)
        shown += text[done:end]
        lines.append(" " * (deeper if at else indent) + shown.rstrip(" "))
    return "\n".join(lines)
