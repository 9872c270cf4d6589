"""Join what was read from the parts of one file into one document, each part findable again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from askdoc.load.tables.titles import shifted
from askdoc.model import Document, Heading, Place, Span, Table

_LOWEST_LEVEL = 6
_MOST_NOTES = 20


class Joined:
    """A text of blocks, parted by blank lines, with headings, places and notes."""

    def __init__(self) -> None:
        self.headings: list[Heading] = []
        self.places: list[Place] = []
        self.tables: list[Table] = []
        self.notes: list[str] = []
        self._parts: list[str] = []
        self._length = 0
        self._place = ""  # of the next block

    @property
    def is_empty(self) -> bool:
        return not self._length

    def start_place(self, name: str) -> None:
        """The next blocks stand in the place of this name; an empty name is none."""
        self._place = " ".join(name.split())

    def note(self, text: str) -> None:
        """Say once how something was read; beyond twenty notes it is only said that there are."""
        if text in self.notes:
            return
        if len(self.notes) < _MOST_NOTES:
            self.notes.append(text)
        elif len(self.notes) == _MOST_NOTES:
            self.notes.append("more was not read than is named here")

    def heading(self, title: str, level: int) -> None:
        title = " ".join(title.split())
        if title:
            self.block(title, (Heading(Span(0, len(title)), title, 1),), level - 1)

    def block(
        self,
        text: str,
        headings: Sequence[Heading] = (),
        below: int = 0,
        tables: Sequence[Table] = (),
    ) -> None:
        """Add a text, the headings in it as so many levels lower ones, and the tables in it."""
        text = text.rstrip()
        if not text:
            return
        start = self._begin(text)
        for span, title, level in headings:
            moved = Span(span.start + start, min(span.end, len(text)) + start)
            self.headings.append(Heading(moved, title, min(_LOWEST_LEVEL, level + below)))
        self.tables += shifted((one for one in tables if one.span.end <= len(text)), start)

    def document(self, document: Document, below: int) -> None:
        """Add a document that stood in the file; its pages and places stand inside the place."""
        outer = self._place
        text = document.text.rstrip()
        self.block(text, document.headings, below, document.tables)
        start = self._length - len(text)
        for place in _places(document, len(text)):
            name = ", ".join(filter(None, (outer, place.name)))
            if self.places and self.places[-1].start == place.start + start:
                self.places.pop()
            self.places.append(Place(place.start + start, name))
        for note in document.notes:
            self.note(f"{outer}: {note}" if outer else note)

    def result(self, source: str) -> Document:
        return Document(
            "".join(self._parts),
            source,
            headings=tuple(self.headings),
            notes=tuple(self.notes),
            places=tuple(self.places),
            tables=tuple(self.tables),
        )

    def _begin(self, text: str) -> int:
        """Write a block; gives where it starts."""
        if self._length:
            self._parts.append("\n\n")
            self._length += 2
        start = self._length
        if self._place != (self.places[-1].name if self.places else ""):
            self.places.append(Place(start, self._place))
        self._parts.append(text)
        self._length += len(text)
        return start


def _places(document: Document, length: int) -> Iterator[Place]:
    """The places of a document, or its pages; of those at one start the last."""
    places = document.places or tuple(
        Place(start, f"page {number}") for number, start in enumerate(document.page_starts, start=1)
    )
    ends = [*(place.start for place in places[1:]), length]
    for place, end in zip(places, ends[: len(places)], strict=True):
        if place.start < end:
            yield place
