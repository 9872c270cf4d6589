"""Which line ends cut the text, and which only wrap it.

A sentence never crosses a blank line, a heading, a list item or a table row. A single line end is
harder: in text that was wrapped by hand or by a mail program it means no more than a space, in a
web page or a word processor's export every line is a paragraph. The test is the one that a wrapping
program applies, backwards: had the next line's first word fitted on this line, nobody wrapped here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Wider than terminals and mail programs wrap: beyond it a line is a paragraph of its own.
_WIDEST_WRAP = 130
# A line this much shorter than its block's widest was ended on purpose.
_SLACK = 3

_NEWLINE = "(?>\r\n|[\n\r\f\u2028\u2029])"
_BLANK = re.compile(rf"{_NEWLINE}[^\S\n\r\f\u2028\u2029]*{_NEWLINE}\s*")
_LINE_END = re.compile(_NEWLINE)
_ITEM = re.compile(r"(?:[-*+•‣▪◦●–—·]|\d{1,3}[.)]|\([a-zA-Z0-9]{1,4}\)|[a-z]\))(?:\s|$)")
_OWN_LINE = re.compile(r"(?:#{1,6}\s|\||```|~~~|[-=*_]{3,}\s*$)")
_OWN_LINE_STARTS = frozenset("#|`~-=*_")
_FIELD = re.compile(r"[A-Z][A-Za-z-]{1,24}:\s+\S")
_FIRST_WORD = re.compile(r"\S{1,80}")
# A line that ends so was going to go on, however short it is.
_GOES_ON = re.compile(
    r"(?:[,–—&-]|\b(?:an?|and|as|at|by|for|from|her|his|in|its|nor|of|on|or|our|than|that|the|their"
    r"|to|was|were|with|who|which))$"
)


def stretches(text: str) -> Iterator[tuple[int, int, bool]]:
    """The stretches of running text: start, end, and whether one opens a block, in order.

    A block is what blank lines surround; a stretch is the part of it inside which only the ends of
    sentences cut. What lies between stretches is white space.
    """
    at = 0
    for blank in _BLANK.finditer(text):
        yield from _block(text, at, blank.start())
        at = blank.end()
    yield from _block(text, at, len(text))


def _block(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    ends = [line_end.span() for line_end in _LINE_END.finditer(text, start, end)]
    if not ends:
        if start < end:
            yield start, end, True
        return
    starts = [start, *(after for _, after in ends)]
    stops = [*(before for before, _ in ends), end]
    width = max(stop - begin for begin, stop in zip(starts, stops, strict=True))
    opens, stretch_start = True, start
    line = text[start : stops[0]].strip()
    for at in range(1, len(starts)):
        following = text[starts[at] : stops[at]].strip()
        if width > _WIDEST_WRAP or _cuts(line, following, width):
            yield stretch_start, stops[at - 1], opens
            opens, stretch_start = False, starts[at]
        line = following
    yield stretch_start, end, opens


def _cuts(line: str, following: str, width: int) -> bool:
    """Whether the line end between these two lines of a block of that width cuts the text."""
    if not following:
        return False
    first = following[0]
    if not first.isupper() and _ITEM.match(following):
        return True
    if _is_own_line(line) or _is_own_line(following):
        return True
    if first.islower():
        return False
    if first.isupper() and _FIELD.match(following) and _FIELD.match(line):
        return True
    word = _FIRST_WORD.match(following)
    needed = len(line) + 1 + (word.end() if word else 0) + _SLACK
    return needed <= width and not _GOES_ON.search(line[-12:])


def _is_own_line(line: str) -> bool:
    return line[:1] in _OWN_LINE_STARTS and _OWN_LINE.match(line) is not None
