"""Which line ends cut the text, and which only wrap it.

A sentence never crosses a blank line, a heading, a list item or a table row. A single line end is
harder: in text that was wrapped by hand or by a mail program it means no more than a space, in a
web page or a word processor's export every line is a paragraph. The test is the one that a wrapping
program applies, backwards: had the next line's first word fitted on this line, nobody wrapped here.
Rows of tables, logs and addresses are often too alike in length for it; `rows` knows those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from askdoc.split.rows import Block, are_rows, goes_low, goes_on

_NEWLINE = "(?>\r\n|[\n\r\f\u2028\u2029])"
_ENDS = "\n\r\f\u2028\u2029"
# As `_NEWLINE [^\S...]* _NEWLINE \s*`, but beginning with a set, which is found fast.
_BLANK = re.compile(rf"[{_ENDS}](?:(?<=\r)\n)?+[^\S{_ENDS}]*+[{_ENDS}]\s*+")
_LINE_END = re.compile(_NEWLINE)
_ITEM = re.compile(
    r"(?:[-*+•‣▪◦●–—·]|(\d{1,3})[.)]|\((?:[a-zA-Z]|\d{1,2}|[ivxlc]{2,4})\)|(?:[a-z]|[ivx]{2,4})[.)])"
    r"(?:\s|$)"
)
_WIDEST_MARGIN = 80
_SURE_MARKS = frozenset("*•‣▪◦●·")
_LETTERED = re.compile(r"[a-z]{1,4}[.)]")
_OWN_LINE = re.compile(r"(?:#{1,6}\s|\||```|~~~|[-=*_]{3,}\s*$)")
_OWN_LINE_STARTS = frozenset("#|`~-=*_")


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
    # The blanks before the first line went with the blank line.
    margin = text[max(0, start - _WIDEST_MARGIN) : start]
    starts[0] -= len(margin) - len(margin.rstrip(" \t"))
    lines = [text[begin:stop] for begin, stop in zip(starts, stops, strict=True)]
    block = Block(text[start:end], lines)
    opens, stretch_start = True, start
    number = _number(block.lines[0])
    for at, following in enumerate(block.lines[1:], start=1):
        if not following:
            continue
        if _cuts(block, at, number):
            yield stretch_start, stops[at - 1], opens
            opens, stretch_start = False, starts[at]
            if following[0].isdigit():
                number = _number(following) or number
    yield stretch_start, end, opens


def _number(line: str) -> int:
    """The number of the list item that opens this line, 0 where none does."""
    item = _ITEM.match(line) if line[:1].isdigit() else None
    return int(item[1]) if item else 0


def _cuts(block: Block, at: int, number: int) -> bool:
    """Whether the text is cut before this line, the last numbered item above having `number`."""
    line, following = block.lines[at - 1], block.lines[at]
    first = following[0]
    if (not first.isalpha() or _LETTERED.match(following)) and _ITEM.match(following):
        if _is_item(block, at, number):
            return True
        if first in "–—":
            return False
    if first in _OWN_LINE_STARTS and _OWN_LINE.match(following):
        return True
    if line[:1] in _OWN_LINE_STARTS and _OWN_LINE.match(line):
        return True
    if block.may_have_cells and are_rows(line, following):
        return True
    if goes_low(following):
        return False
    if block.is_entry(at):
        return True
    if block.is_unwrapped:
        return True
    return (block.is_rows or block.has_room_before(at)) and not goes_on(line)


def _is_item(block: Block, at: int, number: int) -> bool:
    """Whether a line that opens like a list item is one, and not a wrapped dash, number or letter.

    A mark of mid-sentence seldom opens two lines of a block; that of a list nearly always does.
    """
    line, mark = block.lines[at - 1], block.lines[at][0]
    if line[-1:] in ".:;!?":
        return True
    if mark.isdigit():
        counted = _number(block.lines[at])
        if counted == number + 1 or counted == 1:
            return number > 0 or not goes_on(line) or line.endswith(",")
        return not goes_on(line) and block.has_room_before(at)
    if mark in _SURE_MARKS or _ITEM.match(block.lines[0]) or block.items(mark) > 1:
        return True
    if mark in "–—":
        return False
    return block.is_narrow or (not goes_on(line) and block.has_room_before(at))
