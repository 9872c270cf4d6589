"""Write the blocks of a word processor's document down as text, with its headings and pages.

Blocks are parted by blank lines; list items and table rows stand on lines of their own; what is
anchored in a paragraph stands below it. Blocks are written as they come and not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from askdoc.errors import EmptySource
from askdoc.load.common.clauses import with_clauses
from askdoc.load.office.block_tables import blocks_of
from askdoc.load.office.blocks import Block, Paragraph, Table, laid_out, without_pages
from askdoc.load.tables.titles import joined, titles_of
from askdoc.model import Document, Heading, Span
from askdoc.model import Table as MarkedTable

MOST_LEVELS = 6
"""Deeper headings count as this deep."""

ONLY_MARGINS = "its only text is in headers and footers"
"""The note of a document in which there is nothing else."""

_CLAUSE = re.compile(r"\w+\.\w|\[")


class Writer:
    """A text under construction."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._headings: list[Heading] = []
        self._page_starts: list[int] = []
        self._pages = 0  # pages that begin with the next text
        self._above: Paragraph | None = None
        self._line = ""  # the text of the paragraph above
        self._before = ""  # and of the one above that
        self._tables: list[MarkedTable] = []
        self._said: set[str] = set()
        self._table: Table | None = None  # whose rows the last of these has

    def write(self, blocks: Iterable[Block]) -> None:
        """Write these blocks and all that is in them, in order."""
        waiting = [*blocks][::-1]
        while waiting:
            block = waiting.pop()
            if isinstance(block, Table):
                self._above = None  # the rows of two tables are not neighbours
                block.section = self._headings[-1].title if self._headings else ""
                if titles := titles_of(self._line, self._before):
                    block.title = joined(titles, block.section)
                waiting.extend(reversed(blocks_of(block)))
            else:
                self._paragraph(block)
                waiting.extend(reversed(block.after))

    @property
    def is_empty(self) -> bool:
        return not self._length

    def write_once(self, blocks: Iterable[Block]) -> None:
        """As `write`, but for paragraphs that say what another one has said: headers do."""
        waiting = [*blocks][::-1]
        while waiting:
            block = waiting.pop()
            if isinstance(block, Paragraph):
                waiting.extend(reversed(block.after))
                block.after = []
                if block.text in self._said:
                    continue
                self._said.add(block.text)
            self.write([block])

    def document(self, source: str, notes: Iterable[str] = ()) -> Document:
        """The document that was written.

        Raises:
            EmptySource: there is no text in it.
        """
        text = "".join(self._parts)
        if not text:
            raise EmptySource(
                "there is no text in it", source, "Give a file that has some, or leave it out."
            )
        starts = [*self._page_starts, *[self._length] * self._pages]
        return with_clauses(
            Document(
                text,
                source,
                headings=tuple(self._headings),
                page_starts=(0, *starts) if starts else (),
                notes=tuple(dict.fromkeys(notes)),
                tables=tuple(self._tables),
            )
        )

    def _paragraph(self, paragraph: Paragraph) -> None:
        text, pages, pages_after = laid_out(paragraph.text, one_line=paragraph.level > 0)
        if not text:
            self._pages += len(pages) + pages_after
            return
        if self._length:
            self._append("\n" if _are_neighbours(self._above, paragraph) else "\n\n")
        start = self._length
        self._page_starts += [start] * self._pages
        label = without_pages(paragraph.label)
        if label:
            self._append(f"{label} ")
        # A page that begins with the text begins with its label.
        self._page_starts += [self._length + at if at else start for at in pages]
        self._pages = pages_after
        self._append(text)
        self._before, self._line = self._line, "" if paragraph.is_row or paragraph.level else text
        if paragraph.table is not None and paragraph.table.title:
            self._mark_row(paragraph.table, start)
        if paragraph.level:
            title = " ".join(f"{label} {text}".split())
            level = min(paragraph.level, MOST_LEVELS)
            self._headings.append(Heading(Span(start, self._length), title, level))
        self._above = paragraph

    def _mark_row(self, table: Table, start: int) -> None:
        """What begins at `start` and is just written is a row of a table that has a title."""
        if table is self._table:
            start = self._tables.pop().span.start
        self._table = table
        self._tables.append(MarkedTable(Span(start, self._length), table.title))

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _are_neighbours(above: Paragraph | None, below: Paragraph) -> bool:
    """Whether two paragraphs stand on neighbouring lines: rows of a table, items of a list.

    Clauses ("2.1") are paragraphs that have a number rather than items, and stand apart.
    """
    if above is None or above.level or below.level or above.is_row != below.is_row:
        return False
    if below.is_row:
        return True
    return all(one.label and not _CLAUSE.match(one.label) for one in (above, below))
