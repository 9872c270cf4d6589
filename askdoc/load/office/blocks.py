"""What a word processor's document is made of: the nouns between its readers and its writer.

The readers of docx, odt and rtf say what stands in a document, block by block; `block_tables` makes
paragraphs of tables, and `writer` makes the text of paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# White space in a paragraph means no more than a space, but for these two.
LINE_END, PAGE = "\n", "\f"

_GAP = re.compile("[ \t\n\f\r\v\xa0]+")
# Invisible to a reader, and in the way of finding the word: soft hyphens and byte order marks.
_INVISIBLE = str.maketrans({"\xad": None, "\ufeff": None})


@dataclass(slots=True)
class Paragraph:
    """A paragraph: running text, a heading, a list item, a note, a row of a table.

    In `text` any white space is one space, but for line ends that somebody has set (LINE_END) and
    places where a page begins (PAGE), which may be in the middle of a word.
    """

    text: str
    level: int = 0
    """Of a heading, from 1; 0 is no heading."""
    label: str = ""
    """What the list or note shows before the text: "2.1", "(a)", "-", "[3]"."""
    bold: bool = False
    """Whether all of it is bold, which tells the first row of a table as its header."""
    after: list[Block] = field(default_factory=list)
    """What is anchored in it and stands below: notes, text boxes."""
    is_row: bool = False
    table: Table | None = None
    """Of a row: the table that it is of."""


@dataclass(slots=True)
class Cell:
    """A cell of a table and how it is merged with others."""

    blocks: list[Block] = field(default_factory=list)
    columns: int = 1
    """How many columns it is wide."""
    goes_on: bool = False
    """Whether it only continues the cell above it."""


@dataclass(slots=True)
class Row:
    """A row of a table; a header row says what the rows below it hold."""

    cells: list[Cell] = field(default_factory=list)
    is_header: bool = False
    skipped: int = 0
    """How many columns are left free before its first cell."""


@dataclass(slots=True)
class Table:
    rows: list[Row] = field(default_factory=list)
    may_have_header: bool = False
    """Whether its first row is a header if it looks like one."""
    title: str = ""
    """What it is called, and in which units it counts."""
    section: str = ""
    """The heading that it stands under."""


Block = Paragraph | Table


def without_pages(text: str) -> str:
    """The text as it is written on one line."""
    return laid_out(text, one_line=True)[0]


def laid_out(raw: str, *, one_line: bool) -> tuple[str, list[int], int]:
    """A paragraph's text as it is written; where pages begin in it; how many begin after it."""

    def gap(match: re.Match[str]) -> str:
        found = match[0]
        pages = found.count(PAGE)
        if pages == len(found):
            return found
        lines = 0 if one_line else min(2, found.count(LINE_END))
        return (LINE_END * lines or " ") + PAGE * pages

    spaced = _GAP.sub(gap, raw.translate(_INVISIBLE))
    if PAGE not in spaced:
        return spaced.strip(), [], 0
    pieces = spaced.split(PAGE)
    joined = "".join(pieces)
    text = joined.strip()
    at = len(joined.lstrip()) - len(joined)
    starts: list[int] = []
    for piece in pieces[:-1]:
        at += len(piece)
        starts.append(max(0, at))
    inside = [start for start in starts if start < len(text)]
    return text, inside, len(starts) - len(inside)
