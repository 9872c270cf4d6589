"""Write a text line by line, with its headings and places: tables, records, anything in rows.

Far less than `Layout` can do, and many times as fast: a table may have a million rows.
"""

from __future__ import annotations

from askdoc.errors import EmptySource
from askdoc.model import Document, Heading, Place, Span, Table

MOST_HELD = 720 * 2**20
"""How many bytes a text and its places may take, about, beyond which a table is not read on: what a
child process has, less what it needs for itself."""

# In lines, as a whole, as what is stored of it: passages, terms, and both on their way.
_COPIES = 6

_PLACE_BYTES, _LINE_BYTES = 220, 120
MOST_LEVELS = 6
"""Deeper headings count as this deep."""


class Lines:
    """A text under construction."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._ends = 0  # line ends before the next line
        self._headings: list[Heading] = []
        self._places: list[Place] = []
        self._tables: list[Table] = []
        self._width = 1  # bytes that a character takes

    @property
    def is_full(self) -> bool:
        """Whether what there is takes as much memory as there is for it."""
        characters = _COPIES * self._width * self._length
        lines = _LINE_BYTES * len(self._parts) // 2 + _PLACE_BYTES * len(self._places)
        return characters + lines > MOST_HELD

    @property
    def is_empty(self) -> bool:
        return not self._parts

    def place(self, name: str) -> None:
        """The next line stands in a place of this name; an empty name ends the one before."""
        start = self._length + self._ends
        if self._places and self._places[-1].start == start:
            self._places.pop()
        if name != (self._places[-1].name if self._places else ""):
            self._places.append(Place(start, name))

    def line(self, text: str) -> None:
        """A line below the one before; one without text is none."""
        if not text:
            return
        if self._width < 4 and not text.isascii():
            self._width = max(self._width, 2 if max(text) <= "\uffff" else 4)
        if self._ends:
            self._parts.append("\n" * self._ends)
        self._parts.append(text)
        self._length += self._ends + len(text)
        self._ends = 1

    def gap(self) -> None:
        """The next line stands below a blank line."""
        self._ends = 2 if self._length else 0

    def heading(self, title: str, level: int) -> None:
        """A heading, between blank lines; its title is one line."""
        if not title:
            return
        self.gap()
        start = self._length + self._ends
        self.line(title)
        self._headings.append(Heading(Span(start, self._length), title, min(level, MOST_LEVELS)))
        self.gap()

    def start_table(self, title: str) -> None:
        """The next line begins a table of this title; without one nothing is marked."""
        start = self._length + self._ends
        self._tables.append(Table(Span(start, start), title))

    def end_table(self) -> None:
        """The table that was started last ends with the last line, or has gone on up to it."""
        table = self._tables[-1]
        self._tables[-1] = table._replace(span=Span(table.span.start, self._length))

    def paragraph(self, text: str) -> None:
        """Text between blank lines, its own line ends kept."""
        self.gap()
        self.line(text)
        self.gap()

    def marked(self, document: Document) -> None:
        """The text of a document between blank lines, with its headings."""
        self.gap()
        start = self._length + self._ends
        self.line(document.text)
        for (first, end), title, level in document.headings:
            self._headings.append(Heading(Span(start + first, start + end), title, level))
        self.gap()

    def document(self, source: str, notes: tuple[str, ...] = ()) -> Document:
        """What was written.

        Raises:
            EmptySource: that is nothing.
        """
        text = "".join(self._parts)
        if not text.strip():
            raise EmptySource(
                "there is no text in it", source, "Give a file that has some, or leave it out."
            )
        places = tuple(place for place in self._places if place.start < len(text))
        return Document(
            text,
            source,
            headings=tuple(self._headings),
            notes=tuple(dict.fromkeys(notes)),
            places=places,
            tables=tuple(t for t in self._tables if t.title and t.span.start < t.span.end),
        )
