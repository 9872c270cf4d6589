"""Which line ends cut the text, and which only wrap it.

A sentence never crosses a blank line (but that below a clause's number), a heading, a list item or
a table row. A single line end is harder: in text that was wrapped by hand or by a mail program it
means no more than a space, in a web page or a word processor's export every line is a paragraph.
The test is the one that a wrapping program applies, backwards: had the next line's first word
fitted on this line, nobody wrapped here. Rows of tables, logs and addresses are often too alike in
length for it; `rows` knows those.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator

from askdoc.split.boundaries import hangs
from askdoc.split.leads import (
    ALONE_ENDS,
    APART_STARTS,
    LONGEST_ALONE,
    NumbersApart,
    is_number_alone,
)
from askdoc.split.messages import LONGEST_MESSAGE, MESSAGE_STARTS, is_message, openers
from askdoc.split.rows import QUESTION, TURN, Block, are_rows, goes_low, goes_on

_ENDS = "\n\r\f\u2028\u2029"
_LINE_END = re.compile(rf"(\r\n|[{_ENDS}])")
_ONE_LINE_END = re.compile(rf"\r\n|[{_ENDS}]")
# A line end, blanks and one more, then all white space. These begin with a set (of one): only then
# are they searched for fast, and nearly all texts have but one kind of line end.
_LF_BLANK = re.compile(rf"\n[^\S{_ENDS}]*+\n\s*+")
_BLANK = re.compile(rf"[{_ENDS}](?:(?<=\r)\n)?+[^\S{_ENDS}]*+[{_ENDS}]\s*+")
_ITEM = re.compile(
    r"(?:[-*+•‣▪◦●–—·]|(\d{1,3})[.)]|\((?:[a-zA-Z]|\d{1,2}|[ivxlc]{2,4})\)|(?:[a-z]|[ivx]{2,4})[.)])"
    r"(?:\s|$)"
)
_SAYS = APART_STARTS | MESSAGE_STARTS
_MAY_BE_STAMP = re.compile(r":\d\d")
_WIDEST_MARGIN = 80
_SURE_MARKS = frozenset("*•‣▪◦●·")
_CLAUSE_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,4}\.?\s+[A-Z\"“]")
_LETTER_ITEM = re.compile(r"(?:[a-z]|[ivx]{2,4})[.)](?:\s|$)")
_AFTER_LETTER = frozenset(".)ivx")
_SMALL, _CAPITALS = frozenset(string.ascii_lowercase), frozenset(string.ascii_uppercase)
_OWN_LINE = re.compile(r"(?:#{1,6}\s|\||```|~~~|[-=*_]{3,}\s*$)")
_CAPTION = re.compile(
    r"(?:(?:Supplementary |Supplemental |Extended Data |Appendix )?(?:Figure|Fig\.|Table|Tab\.)"
    r"|Exhibit|Chart|Box|Scheme|Plate|Listing|Algorithm|Map|Photo|Illustration)"
    r"\s(?:[A-Z]?\d{1,3}(?:[.-]\d{1,3})?[a-zA-Z]?|[IVX]{1,5}|[A-Z])\s?[.:|–—]\s+[\"“(]?[A-Z\d]"
)
_CAPTION_STARTS = frozenset("Al Ap Bo Ch Ex Fi Il Li Ma Ph Pl Sc Su Ta".split())
_OWN_LINE_STARTS = frozenset("#|`~-=*_")


Stretch = tuple[int, int, bool, bool]
"""Where a stretch starts and ends, whether it opens a block, and whether it is one sentence,
whatever full stops it has.

A block is what blank lines surround; a stretch is the part of it inside which only the ends of
sentences cut.
"""


def stretches(text: str) -> Iterator[Stretch]:
    """The stretches of running text, in order; what lies between them is white space."""
    only_lf = not any(end in text for end in _ENDS[1:])
    apart = NumbersApart(text)
    at, number = 0, -1
    for blank in (_LF_BLANK if only_lf else _BLANK).finditer(text):
        end, after = blank.span()
        may_say = text[at] in _SAYS  # Few begin so, and for the others nothing is asked.
        if may_say and end - at <= LONGEST_ALONE and apart.leads(at, end, after):
            at, number = after, at
            continue
        if only_lf and text.find("\n", at, end) < 0:
            if at < end:
                whole = may_say and _is_short_message(text, at, end)
                yield at if number < 0 else number, end, True, whole
        elif number < 0:
            yield from _block(text, at, end, only_lf)
        else:
            yield from _led(number, _block(text, at, end, only_lf))
        at, number = after, -1
    yield from _led(number, _block(text, at, len(text), only_lf))


def _led(number: int, found: Iterable[Stretch]) -> Iterable[Stretch]:
    """The stretches of a block, the first beginning with the number that stands above them."""
    if number < 0:
        return found
    first, *others = found
    return [(number, *first[1:]), *others]


def _block(text: str, start: int, end: int, only_lf: bool) -> Iterable[Stretch]:
    body = text[start:end]
    if only_lf:
        raw, line_ends = body.split("\n"), None
    else:
        raw, line_ends = _LINE_END.split(body)[::2], _LINE_END.findall(body)
    if len(raw) == 1:
        return [(start, end, True, _is_short_message(text, start, end))] if body else []
    # The blanks before the first line went with the blank line.
    margin = text[max(0, start - _WIDEST_MARGIN) : start]
    block = Block(body, raw, len(margin) - len(margin.rstrip(" \t")))
    if _may_be_chat(body) and (said := openers(block.lines)):
        return _chat(text, start, end, said, only_lf)
    return _lines(block, raw, line_ends, start, end)


def _may_be_chat(body: str) -> bool:
    """Whether a block has a stamp or a nickname anywhere."""
    if ":" in body and (body[0] in MESSAGE_STARTS or _MAY_BE_STAMP.search(body)):
        return True
    return "<" in body and "> " in body


def _lines(
    block: Block, raw: list[str], line_ends: list[str] | None, start: int, end: int
) -> Iterator[Stretch]:
    """The stretches of a block that is no chat."""
    lines = block.lines
    opens, number = True, _number(lines[0])
    begins, stop = start, start + len(raw[0])
    for at, following in enumerate(lines[1:], start=1):
        line_start = stop + (len(line_ends[at - 1]) if line_ends else 1)
        if following and _cuts(block, at, number):
            yield begins, stop, opens, False
            opens, begins = False, line_start
            if following[0].isdigit():
                number = _number(following) or number
        stop = line_start + len(raw[at])
    yield begins, end, opens, False


def _is_short_message(text: str, start: int, end: int) -> bool:
    return end - start <= LONGEST_MESSAGE and is_message(text[start:end].lstrip())


def _chat(text: str, start: int, end: int, said: list[int], only_lf: bool) -> Iterator[Stretch]:
    """The stretches of a block in which the lines `said` open messages."""
    starts = [start]
    starts += (match.end() for match in _ONE_LINE_END.finditer(text, start, end))
    cuts = [starts[line] for line in said]
    if cuts[0] > start:
        yield from _block(text, start, cuts[0], only_lf)
    for line, begins, stop in zip(said, cuts, [*cuts[1:], end], strict=True):
        if stop - begins <= LONGEST_MESSAGE:
            yield begins, stop, begins == start, True
            continue
        # The speaker, or the line that names the speaker, stays with what is said first.
        after = line + (1 if is_message(text[begins:stop].lstrip()) else 2)
        rest = starts[after] if after < len(starts) else stop
        yield begins, min(rest, stop), begins == start, False
        if rest < stop:
            for at, ends, _, whole in _block(text, rest, stop, only_lf):
                yield at, ends, False, whole


def _number(line: str) -> int:
    """The number of the list item that opens this line, 0 where none does."""
    item = _ITEM.match(line) if line[:1].isdigit() else None
    return int(item[1]) if item else 0


def _cuts(block: Block, at: int, number: int) -> bool:
    """Whether the text is cut before this line, the last numbered item above having `number`."""
    line, following = block.lines[at - 1], block.lines[at]
    first = following[0]
    if len(line) <= LONGEST_ALONE and line[-1:] in ALONE_ENDS and is_number_alone(line, following):
        return False
    if first in _CAPITALS:
        may_be_item = False
        if first in "QA" and block.is_questions and QUESTION.match(following):
            return True
        if following[:2] in _CAPTION_STARTS and _CAPTION.match(following):
            return block.opens_caption(at)
    elif first in _SMALL:
        may_be_item = following[1:2] in _AFTER_LETTER and _LETTER_ITEM.match(following) is not None
    else:
        may_be_item = not first.isalpha() and _ITEM.match(following) is not None
        if first.isdigit() and line[-1:] in ".;:" and _CLAUSE_NUMBER.match(following):
            return True
    if may_be_item:
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
    if block.may_talk and block.is_talk and TURN.match(following):
        return True
    if first not in _CAPITALS and goes_low(following):
        return False
    if block.may_have_fields:
        if line[-1:] == ":" and block.is_labelled(at):
            return False
        if block.is_entry(at):
            return True
    if block.is_unwrapped:
        return True
    if goes_on(line):
        return False
    if block.may_have_cells and block.is_beside_rows(at):
        return True
    return block.is_rows or (block.has_room_before(at) and not hangs(line, following))


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
