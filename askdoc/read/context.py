"""What the network is told of where a passage stands: title, heading, columns.

Documents say "we", "the Company", "this Agreement"; a question says whose. A row says "30 days" in
a column that is named a page above. So each window is read behind a line of what a person would
know from having the document open in front of them. None of it can be cited from there.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from weakref import WeakKeyDictionary

from askdoc.english.analyzer import name_in_words
from askdoc.model import Document

# In code points: as far down as the title of a document stands.
_TITLE_WITHIN = 400
# In code points: of each part, so that a line of prose that passes for a heading takes no room.
_LONGEST_PART = 160
# In code points: a first line that is longer is no title.
_LONGEST_LINE = 100
_APART = re.compile(r"[\W_]+")
_JOINED = " · "

_titles: WeakKeyDictionary[Document, str] = WeakKeyDictionary()


class Context(NamedTuple):
    """What a passage's surroundings are called; each is empty where there is none.

    `name` is the file's name in words, `title` the heading that the document begins with, `heading`
    that of the passage's own section, `columns` the head of the table that the passage is part of.
    """

    name: str = ""
    title: str = ""
    heading: str = ""
    columns: str = ""

    def line(self) -> str:
        """All of it in one line, each thing once."""
        parts: list[str] = []
        for part in (self.title or self.name, self.name, self.heading, self.columns):
            known = _words(" ".join(parts))
            if part and not _words(part) <= known:
                parts.append(part)
        return _JOINED.join(parts)


def context_of(document: Document, start: int) -> Context:
    """The context of what begins at `start`; of a passage that is its own heading without it."""
    title = title_of(document)
    heading = "" if document.is_heading(start) else document.heading_at(start) or ""
    return Context(
        name_in_words(document.source)[:_LONGEST_PART],
        title,
        heading[:_LONGEST_PART],
        columns_at(document, start),
    )


def title_of(document: Document) -> str:
    """The heading that a document begins with, else its first line where that is short; empty where
    there is neither."""
    found = _titles.get(document)
    if found is None:
        found = _titles[document] = _title(document)[:_LONGEST_PART]
    return found


def _title(document: Document) -> str:
    first = document.headings[0] if document.headings else None
    # "1. Definitions" is the heading of a clause: the title stands above it.
    if first and first.span.start < _TITLE_WITHIN and not first.title[:1].isdigit():
        return " ".join(first.title.split())
    line = document.opening(_TITLE_WITHIN).lstrip().split("\n", 1)[0].strip()
    is_title = len(line) <= _LONGEST_LINE and not line.endswith((".", "?", "!", ",", ";", "|"))
    return " ".join(line.split()) if is_title and ":" not in line else ""


def columns_at(document: Document, start: int) -> str:
    """What the columns are called of the table that `start` stands in, where that is not written in
    each row; empty where it is in none, or where it is the row that names them."""
    table = document.table_at(start)
    return " | ".join(table.columns) if table is not None and table.span.start != start else ""


def _words(text: str) -> set[str]:
    return set(_APART.split(text.casefold())) - {""}
