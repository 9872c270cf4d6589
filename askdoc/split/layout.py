"""Which line ends cut the text, and which only wrap it.

A sentence never crosses a blank line, a heading, a list item or a table row. A single line end is
harder: in text that was wrapped by hand or by a mail program it means no more than a space, in a
web page or a word processor's export every line is a paragraph. The test is the one that a wrapping
program applies, backwards: had the next line's first word fitted on this line, nobody wrapped here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from askdoc.model import Span

# Wider than terminals and mail programs wrap: beyond it a line is a paragraph of its own.
_WIDEST_WRAP = 130
# A line this much shorter than its block's widest was ended on purpose.
_SLACK = 3

_NEWLINE = "(?:\r\n?|[\n\f\u2028\u2029])"
_BLANK = re.compile(rf"{_NEWLINE}[^\S\n\r\f\u2028\u2029]*{_NEWLINE}\s*")
_LINE_END = re.compile(_NEWLINE)
_ITEM = re.compile(r"\s*(?:[-*+•‣▪◦●–—·]\s+|\d{1,3}[.)]\s+|\([a-zA-Z0-9]{1,4}\)\s+|[a-z]\)\s+)")
_OWN_LINE = re.compile(r"\s{0,3}(?:#{1,6}\s|\||```|~~~|[-=*_]{3,}\s*$)")
_FIELD = re.compile(r"[A-Z][A-Za-z-]{1,24}:\s+\S")
_FIRST_WORD = re.compile(r"\s*(\S{1,80})")
# A line that ends so was going to go on, however short it is.
_GOES_ON = re.compile(
    r"(?:[,–—&-]|\b(?:an?|and|as|at|by|for|from|her|his|in|its|nor|of|on|or|our|than|that|the|their"
    r"|to|was|were|with|who|which))\s*$"
)


def stretches(text: str) -> Iterator[tuple[Span, bool]]:
    """The stretches of running text, in order, each with whether it opens a block.

    A block is what blank lines surround; a stretch is the part of it inside which only the ends of
    sentences cut. White space around a stretch belongs to none.
    """
    at = 0
    for blank in _BLANK.finditer(text):
        yield from _block(text, at, blank.start())
        at = blank.end()
    yield from _block(text, at, len(text))


def _block(text: str, start: int, end: int) -> Iterator[tuple[Span, bool]]:
    ends = list(_LINE_END.finditer(text, start, end))
    if not ends:
        if start < end:
            yield Span(start, end), True
        return
    starts = [start, *(line_end.end() for line_end in ends)]
    stops = [*(line_end.start() for line_end in ends), end]
    lines = [text[begin:stop] for begin, stop in zip(starts, stops, strict=True)]
    width = max(map(len, lines))
    opens, stretch_start = True, start
    for at in range(1, len(lines)):
        if _cuts(lines[at - 1], lines[at], width):
            yield Span(stretch_start, stops[at - 1]), opens
            opens, stretch_start = False, starts[at]
    yield Span(stretch_start, end), opens


def _cuts(line: str, following: str, width: int) -> bool:
    """Whether the line end between these two lines of a block of that width cuts the text."""
    if width > _WIDEST_WRAP or _ITEM.match(following):
        return True
    if _OWN_LINE.match(line) or _OWN_LINE.match(following):
        return True
    if _FIELD.match(following) and _FIELD.match(line):
        return True
    word = _FIRST_WORD.match(following)
    if word is None:
        return False
    opening = word.group(1)
    if opening[0].islower():
        return False
    line = line.rstrip()
    return len(line) + 1 + len(opening) + _SLACK <= width and not _GOES_ON.search(line[-12:])
