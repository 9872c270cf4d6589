"""Lay out the text of a page as lines and blocks, as plain text shows them.

White space between blocks is only written when text follows, so that empty elements leave no trace
and every block is set off by exactly what its neighbours ask for.
"""

from __future__ import annotations

import re

from askdoc.load.common.table import LONGEST_LABEL, Row, Table
from askdoc.load.tables.titles import LONGEST_TITLE, joined, titles_of
from askdoc.model import Heading, Place, Span
from askdoc.model import Table as MarkedTable

LINE, BLOCK = 1, 2
"""How many line ends set something off: a line of its own, or a blank line around it."""

# How many characters of headers are written into rows: a hostile table could ask for any number.
_MOST_REPEATED = 32 * 2**20

_SPACE = re.compile("[ \t\n\r\f\v\xa0]+")
# Invisible to a reader, and in the way of finding the word: soft hyphens and byte order marks.
_INVISIBLE = str.maketrans({"\xad": None, "\ufeff": None})
_IN_PRE = str.maketrans({"\xad": None, "\ufeff": None, "\xa0": " "})


class Layout:
    """A text under construction, and what is marked in it: headings, pages, places."""

    def __init__(self) -> None:
        self.headings: list[Heading] = []
        self.page_starts: list[int] = []
        self.places: list[Place] = []
        self.tables: list[MarkedTable] = []
        # What begins with the next text: pages (those without text begin with it too), a place.
        self._pages = 0
        self._place: str | None = None
        self._parts: list[str] = []
        self._length = 0
        self._breaks = 0
        self._space = False
        self._bullet = False
        self._separators = 0
        self._rows: list[Row] = []
        self._tables: list[Table] = [Table()]  # the table at each depth of open rows
        self._repeated = 0
        self._block_at = (0, 0)  # of the block that was begun last: its first part and offset
        self._before_at = (0, 0)  # and of the one before
        self._title = ""  # of the outermost table that is open
        self._row_at: int | None = None  # where its open row begins
        self._in_marked = False  # whether it is the last of `tables`
        self._pre_space: list[str] | None = None  # inside <pre>: white space not yet written
        self._level = 0  # of the heading that is open, 0 for none
        self._heading_at: tuple[int, int] | None = None  # its first part and offset

    def result(self) -> str:
        return "".join(self._parts)

    @property
    def length(self) -> int:
        """How much is written."""
        return self._length

    @property
    def in_heading(self) -> bool:
        return self._level > 0

    @property
    def heading_has_text(self) -> bool:
        return self._heading_at is not None

    def start_page(self) -> None:
        """The next text begins a page; a page without text begins where the next one does."""
        self.set_off(BLOCK)
        self._pages += 1

    def start_place(self, name: str) -> None:
        """The next text stands in a place of this name; an empty name ends the place before it."""
        self._place = name

    def text(self, text: str) -> None:
        """Running text: any white space in it is one space."""
        if self._pre_space is not None:
            self._preformatted(text, self._pre_space)
            return
        text = _SPACE.sub(" ", text.translate(_INVISIBLE))
        if not text.strip():
            self._space = self._space or bool(text)
            return
        self._space = self._space or text[0] == " "
        self._write(text.strip(" "))
        self._space = text[-1] == " "

    def set_off(self, lines: int) -> None:
        """What follows stands apart from what came before: LINE or BLOCK."""
        row = self._rows[-1] if self._rows else None
        at_start_of_cell = self._separators or (row is not None and not row.started)
        if self._bullet or at_start_of_cell or not self._length:
            return
        self._breaks = max(self._breaks, LINE if self.heading_has_text else lines)

    def line_end(self) -> None:
        """A line end in running text; two in a row make a blank line, more do not."""
        if self._pre_space is not None:
            self._pre_space.append("\n")
        elif self._length and not (self._bullet or self._separators):
            self._breaks = min(BLOCK, self._breaks + 1)

    def start_item(self) -> None:
        self.set_off(LINE)
        self._bullet = True

    def end_item(self) -> None:
        self._bullet = False
        self.set_off(LINE)

    def start_table(self) -> None:
        """A table inside a cell is a page's scaffolding: it starts afresh below what was there."""
        if self._rows:
            self._leave_row_line()
            self._rows[-1].broken = True
        else:
            self._title = self._titles_above()
            self._in_marked = False
        self.set_off(BLOCK)
        del self._tables[len(self._rows) :]
        self._tables.append(Table())

    def start_caption(self) -> None:
        """What follows, up to `end_caption`, is the title of the table that was started last."""
        self.set_off(BLOCK)

    def end_caption(self) -> None:
        if not self._rows and (caption := self._since(self._block_at)):
            self._title = self._titled(caption)
        self.set_off(BLOCK)

    def _titles_above(self) -> str:
        """The title that the last blocks make for a table below them."""
        whole, line = self._since(self._before_at), self._since(self._block_at)
        before = whole.removesuffix(line) if whole else ""
        titles = titles_of(line, before)
        return joined(titles, self.headings[-1].title if self.headings else "") if titles else ""

    def _since(self, at: tuple[int, int]) -> str:
        """What was written since some part and offset, on one line; nothing if that is long."""
        part, offset = at
        if self.heading_has_text or self._length - offset > LONGEST_TITLE:
            return ""
        return " ".join("".join(self._parts[part:]).split())

    def _titled(self, title: str) -> str:
        return joined([title], self.headings[-1].title if self.headings else "") if title else ""

    def start_row(self, header: bool = False) -> None:
        """A row of the table that was started last, or of one outside any table.

        Args:
            header: its cells name the columns: in the rows below it, each cell that has text is
                written as "Header: text", and empty cells are left out.
        """
        self._separators = 0
        self.set_off(LINE)
        if len(self._tables) <= len(self._rows):
            self._tables.append(Table())
        self._rows.append(Row(self._tables[len(self._rows)], header))

    def start_cell(self, span: int = 1, *, rows: int = 1, label: bool = True) -> None:
        """The next cell of the open row.

        Args:
            span: how many columns it fills.
            rows: how many rows it fills; below a header, the next ones repeat it.
            label: whether its column's header stands before its text.
        """
        if not self._rows:
            self.set_off(LINE)
            return
        row = self._rows[-1]
        if row.cells:
            self._end_cell(row)
        row.start_cell(span, rows, label)
        if row.cells == 1:
            return
        if row.broken:
            self.set_off(BLOCK)
        else:
            self._breaks = 0 if row.started else self._breaks
            self._separators = int(row.started) if row.labelled else self._separators + 1

    def end_row(self) -> None:
        if not self._rows:
            return
        row = self._rows[-1]
        if row.cells:
            self._end_cell(row)
            tail = row.tail()
            if row.started:
                self._repeat(tail)
        self._rows.pop()
        del self._tables[len(self._rows) + 1 :]
        self._separators = 0
        if row.started:
            self._breaks = BLOCK if row.broken else LINE
            if self._rows:
                self._rows[-1].started = True
            else:
                self._mark_row()

    def _mark_row(self) -> None:
        """A row of an outermost table has ended: with its text, if it is of one with a title."""
        title = self._title
        if units := self._tables[0].units:
            title = joined([title, units], "") if title else self._titled(units)
        if title and self._row_at is not None:
            if self._in_marked:
                self._row_at = self.tables.pop().span.start
            self.tables.append(MarkedTable(Span(self._row_at, self._length), title))
            self._in_marked = True
        self._row_at = None

    def start_pre(self) -> None:
        self.set_off(BLOCK)
        self._pre_space = []

    def end_pre(self) -> None:
        self._pre_space = None
        self.set_off(BLOCK)

    def start_heading(self, level: int) -> None:
        self.end_heading()
        if self._rows:
            self._leave_row_line()
        self.set_off(BLOCK)
        self._level = level

    def end_heading(self) -> None:
        if self._heading_at is not None:
            part, offset = self._heading_at
            title = " ".join("".join(self._parts[part:]).split())
            self.headings.append(Heading(Span(offset, self._length), title, self._level))
        self._heading_at = None
        self._level = 0
        self.set_off(BLOCK)

    def _end_cell(self, row: Row) -> None:
        """The open cell ends; its text is gathered if the rows below are to repeat it."""
        words = ""
        if row.repeats and row.cell_at is not None:
            part, offset = row.cell_at
            if self._length - offset <= LONGEST_LABEL:
                words = " ".join("".join(self._parts[part:]).split())
        row.end_cell(words)

    def _repeat(self, text: str) -> None:
        """Write a header, or a cell of a row above, once more."""
        if text and self._repeated + len(text) <= _MOST_REPEATED:
            self._repeated += len(text)
            self._append(text)

    def _leave_row_line(self) -> None:
        row = self._rows[-1]
        self._separators = 0
        if row.started:
            row.broken = True
            self._breaks = BLOCK

    def _preformatted(self, text: str, held: list[str]) -> None:
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_IN_PRE)
        body = text.rstrip()
        if not body:
            held.append(text)
            return
        written = "".join(held) + body
        held[:] = [text[len(body) :]]
        if self._breaks or not self._length or self._bullet or self._separators:
            # The first line: blank lines above it go, its indentation stays.
            first = written.lstrip()
            self._write(written[: -len(first)].rpartition("\n")[2] + first)
        else:
            self._space = False
            self._write(written)

    def _write(self, text: str) -> None:
        row = self._rows[-1] if self._rows else None
        if self._breaks:
            self._append("\n" * self._breaks)
            if row is not None and row.started and self._breaks >= BLOCK:
                row.broken = True
        elif self._space and self._length and not self._separators and not self._bullet:
            self._append(" ")
        if self._breaks >= BLOCK or not self._length:
            self._before_at = self._block_at
            self._block_at = (len(self._parts), self._length)
        if row is not None and self._row_at is None:
            self._row_at = self._length
        self._mark()
        if self._separators:
            lead = " | " if row is not None and row.started else "| "
            self._append(lead + "| " * (self._separators - 1))
        if row is not None and row.cell_at is None:
            if not self._level:
                self._repeat(row.lead())
            row.cell_at = (len(self._parts), self._length)
        if self._bullet:
            self._append("- ")
        self._breaks, self._space, self._bullet, self._separators = 0, False, False, 0
        if row is not None:
            row.started = True
        if self._level and self._heading_at is None:
            self._heading_at = (len(self._parts), self._length)
        self._append(text)

    def _mark(self) -> None:
        """What was said to begin with the next text begins here."""
        self.page_starts += [self._length if self.page_starts else 0] * self._pages
        self._pages = 0
        if self._place is not None:
            self.places.append(Place(self._length, self._place))
            self._place = None

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
