"""The notes that stand below the text of a page."""

from __future__ import annotations

import re

from askdoc.load.pdf.lines import Line, PageText

SMALL = 0.94
"""Times the size of the text: letters that are no larger are small."""
_NOTE = re.compile(r"(?:\[?\d{1,3}\]?|[*†‡§]{1,3})[.)]?\s?[^\W\d_\"“'(]?\S")


def is_note(line: Line) -> bool:
    """Whether a line begins as a note does, with its mark."""
    return _NOTE.match(line.text) is not None and _starts_note(line)


def _starts_note(line: Line) -> bool:
    return line.text[0] in "[*†‡§" or re.match(r"\d{1,3}[.)]?\s", line.text) is not None


def take_notes(page: PageText, body: float) -> list[Line]:
    """Takes the small lines below the text that begin with a note's mark from a page."""
    lines = [item for item in page.items if isinstance(item, Line)]
    taken: list[Line] = []
    for region in dict.fromkeys(line.region for line in lines):
        column = [line for line in lines if line.region == region]
        low = len(column)
        while low > 0 and column[low - 1].size <= SMALL * body:
            low -= 1
        below = column[low:]
        while below and not is_note(below[0]):
            below.pop(0)
        if not below or (low == 0 and below[0].base < 0.5 * page.height):
            continue
        others = [line for line in lines if line.region > region and line.x0 < below[0].right]
        if not any(line.base > below[0].base and line.size > SMALL * body for line in others):
            taken += below
    gone = set(map(id, taken))
    page.items = [item for item in page.items if id(item) not in gone]
    return taken
