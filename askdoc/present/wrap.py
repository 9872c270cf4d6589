"""Break a line to fit a terminal, counting cells: most characters take one, some two or none.

`textwrap` counts characters and knows only spaces, so Chinese, which takes two cells a character
and has no spaces, would run over the edge; and it returns strings, where marks need offsets.
"""

from __future__ import annotations

from unicodedata import category, east_asian_width

from askdoc.model import Span

_HANGING = 2
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


def fitted(text: str, width: int | None) -> str:
    """A text of several lines, those that are too wide broken at words.

    What does not fit of an indented line goes on two cells further in. Lines with escapes were laid
    out by who styled them, and stay. A width of None breaks nothing.
    """
    if width is None:
        return text
    return "\n".join(
        line if "\x1b" in line or cells(line) <= width else _hung(line, width)
        for line in text.split("\n")
    )


def _hung(line: str, width: int) -> str:
    text = line.lstrip(" ")
    indent = min(len(line) - len(text), width // 2)
    # All lines get the room of those further in, so that they can be broken in one go.
    deeper = indent + _HANGING if indent else 0
    first, *rest = (
        text[start:end].rstrip(" ") for start, end in wrapped(text, max(1, width - deeper))
    )
    return "\n".join([" " * indent + first, *(" " * deeper + one for one in rest)])
