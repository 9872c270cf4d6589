"""The nouns of `askdoc.model` over what is stored: loaded as far as somebody looks at them.

A question looks at some sixty passages of a million, so a passage comes with its own text and a
document reads the rest of its text only when it is asked for.
"""

from __future__ import annotations

import os
from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence
from struct import Struct
from typing import overload

from askdoc.lazy import lazy
from askdoc.model import Document, Heading, Passage, Place, Sentence, Span, Table
from askdoc.store.annotations import Marks, read_marks
from askdoc.store.prepared import PassageRecord, check_spans, sentences
from askdoc.store.reader import CatalogReader
from askdoc.store.records import Records
from askdoc.store.selection import EVERYTHING, Selection
from askdoc.store.sources import Record, Source, first_passage
from askdoc.store.telling import damaged

_OFFSET = Struct("=I")
# So many passages at most are read to see how a document begins.
_OPENING = 8


class StoredDocument(Document):
    """A document of a saved index.

    Args:
        number: its source's number in the index.
        catalog: where its passages and marks are.
        records: what looks up its name.
        record: its source, where that was looked up.

    What is asked of it may raise IndexChanged: its file has left the index meanwhile. Two of them
    are equal where they are the same source of the same index, by the same name.
    """

    def __init__(
        self, number: int, catalog: CatalogReader, records: Records, record: Record | None = None
    ) -> None:
        # A frozen dataclass has no other way, and this one is made some twenty times a search.
        made = self.__dict__
        made["number"], made["_catalog"], made["_records"] = number, catalog, records
        if record is not None:
            made["_record"] = record

    number: int
    _records: Records
    _catalog: CatalogReader

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, StoredDocument):
            return NotImplemented
        same = self.number == other.number and self._catalog is other._catalog
        # What was made of one that has been renamed since holds its old name.
        return same and (self is other or self.source == other.source)

    def __hash__(self) -> int:
        return hash(self.number)

    @property
    def folder(self) -> os.PathLike[str]:
        """Where the index is that holds it."""
        return self._catalog.data

    @lazy
    def stored(self) -> Source:
        """What the index knows of the file."""
        return self._catalog.source_in(self._record)

    @lazy
    def _record(self) -> Record:
        return self._records.get(self.number)

    @lazy
    def _rows(self) -> dict[int, tuple[PassageRecord, str]]:
        return {}

    @lazy
    def _starts(self) -> list[int]:
        return []

    def look_up(self) -> None:
        """Have `stored`, which is all of a document that an update may change, as it is now.

        It is read from what was looked up only when somebody asks for it.
        """
        self._record  # noqa: B018  (looks it up)

    @property
    def source(self) -> str:
        return self.stored.name

    @lazy
    def text(self) -> str:
        """All of the text, in one piece."""
        whole = b"".join(row.text for _, row in self.rows).decode("utf-8")
        if len(whole) != self.stored.length:
            raise self._records.missing(self.number)
        return whole

    @property
    def rows(self) -> list[tuple[int, PassageRecord]]:
        """All passages as they are stored, with their numbers, in order."""
        rows = self._catalog.rows_of(self.number)
        if len(rows) != self.stored.passages:
            raise self._records.missing(self.number)
        return rows

    @lazy
    def _marks(self) -> Marks:
        try:
            return read_marks(self._catalog.marks(self.number))
        except ValueError as error:
            raise damaged(self._catalog.data, str(error)) from None

    @property
    def headings(self) -> tuple[Heading, ...]:
        return self._marks[0]

    @property
    def page_starts(self) -> tuple[int, ...]:
        return self._marks[1]

    @property
    def places(self) -> tuple[Place, ...]:
        return self._marks[2]

    @property
    def notes(self) -> tuple[str, ...]:
        return self._marks[3]

    @property
    def tables(self) -> tuple[Table, ...]:
        return self._marks[4]

    @property
    def asides(self) -> tuple[Span, ...]:
        return self._marks[5]

    def keep(self, row: PassageRecord) -> str:
        """Remember a passage that was read, since it is going to be looked at; its text."""
        known = self._rows.get(row.start)
        if known is None:
            known = self._rows[row.start] = row, row.text.decode("utf-8")
            insort(self._starts, row.start)
        return known[1]

    def part(self, start: int, end: int) -> str:
        row, text = self._row_at(start)
        if end - row.start > len(text):
            return self.text[start:end]
        return text[start - row.start : end - row.start]

    def opening(self, most: int) -> str:
        first = first_passage(self.number)
        rows = self._catalog.rows(range(first, first + _OPENING))
        return "".join(rows[at].text.decode("utf-8") for at in sorted(rows))[:most]

    def line_at(self, offset: int) -> int:
        row, text = self._row_at(offset)
        at = offset - row.start
        before = text[:at]
        ends = before.count("\n") + before.count("\r") - before.count("\r\n")
        # Between the two characters of a line's end it has not ended.
        return row.line + ends - (text[at - 1 : at + 1] == "\r\n" if at else 0)

    def _row_at(self, offset: int) -> tuple[PassageRecord, str]:
        """The passage that holds an offset, and its text."""
        at = bisect_right(self._starts, offset)
        if at:
            row, text = self._rows[self._starts[at - 1]]
            if offset <= row.start + len(text):
                return row, text
        # Nobody asks for this but of what no search has found: then all of it is looked at.
        for _, row in self.rows:
            self.keep(row)
        return self._rows[self._starts[bisect_right(self._starts, offset) - 1]]


class StoredPassage(Passage):
    """A passage of a saved index; two are equal where they are the same one.

    What is asked of it may raise IndexDamaged: somebody made it up.
    """

    def __init__(self, document: StoredDocument, number: int, row: PassageRecord) -> None:
        made = self.__dict__
        made["document"], made["number"], made["_row"] = document, number, row

    document: StoredDocument
    number: int
    """Its number in the index, which tells its source and its place there."""
    _row: PassageRecord

    @lazy
    def _sound(self) -> PassageRecord:
        """The row, once it was seen that its sentences stand in it."""
        try:
            return check_spans(self._row)
        except ValueError as error:
            raise damaged(self.document.folder, str(error)) from None

    @lazy
    def sentences(self) -> tuple[Sentence, ...]:
        # Their text and lines are going to be asked for, which the document then need not look up.
        self.document.keep(self._sound)
        return sentences(self.document, self._sound.spans)

    # What a passage tells by its sentences, without making these: a search makes many passages.

    @property
    def start(self) -> int:
        return int(_OFFSET.unpack_from(self._sound.spans)[0])

    @property
    def end(self) -> int:
        spans = self._sound.spans
        return int(_OFFSET.unpack_from(spans, len(spans) - _OFFSET.size)[0])

    @property
    def text(self) -> str:
        # The sentences are all there is in the row but for the white space around them.
        try:
            return self._row.text.decode("utf-8").strip()
        except UnicodeDecodeError as error:
            raise damaged(self.document.folder, str(error)) from None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, StoredPassage):
            return NotImplemented
        return self.number == other.number and self.document == other.document

    def __hash__(self) -> int:
        return hash(self.number)


class StoredDocuments(Sequence[StoredDocument]):
    """The documents of a saved index, by name, loaded one by one."""

    def __init__(
        self,
        catalog: CatalogReader,
        records: Records,
        selection: Selection = EVERYTHING,
    ) -> None:
        self.catalog = catalog
        self._records = records
        self.selection = selection

    def of(self, selection: Selection) -> StoredDocuments:
        """Those of some sources."""
        return StoredDocuments(self.catalog, self._records, selection)

    @lazy
    def _numbers(self) -> list[int]:
        return [source.id for source in readable(self.catalog, self.selection)]

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[StoredDocument]:
        return map(self._made, self._numbers)

    @overload
    def __getitem__(self, at: int) -> StoredDocument: ...
    @overload
    def __getitem__(self, at: slice) -> list[StoredDocument]: ...
    def __getitem__(self, at: int | slice) -> StoredDocument | list[StoredDocument]:
        if isinstance(at, slice):
            return list(map(self._made, self._numbers[at]))
        return self._made(self._numbers[at])

    def _made(self, number: int) -> StoredDocument:
        return StoredDocument(number, self.catalog, self._records)


class StoredPassages(Sequence[StoredPassage]):
    """The passages of a saved index, document by document."""

    def __init__(self, documents: StoredDocuments) -> None:
        self._documents = documents

    def __len__(self) -> int:
        if self._documents.selection == EVERYTHING:
            return self._documents.catalog.state().passages
        chosen = readable(self._documents.catalog, self._documents.selection)
        return sum(source.passages for source in chosen)

    def __iter__(self) -> Iterator[StoredPassage]:
        for document in self._documents:
            for number, row in document.rows:
                yield StoredPassage(document, number, row)

    @overload
    def __getitem__(self, at: int) -> StoredPassage: ...
    @overload
    def __getitem__(self, at: slice) -> list[StoredPassage]: ...
    def __getitem__(self, at: int | slice) -> StoredPassage | list[StoredPassage]:
        # Nobody looks passages up by place among all of them; a sequence can, all the same.
        if isinstance(at, slice):
            return list(self)[at]
        for number, passage in enumerate(self):
            if number == (at if at >= 0 else len(self) + at):
                return passage
        raise IndexError("there are fewer passages")


def readable(catalog: CatalogReader, selection: Selection = EVERYTHING) -> list[Source]:
    """The sources that have a document, in the order of their paths."""
    found = (
        source
        for source in catalog.sources()
        if not source.problem and selection.holds(source.name)
    )
    return sorted(found, key=lambda source: by_path(source.path))


def by_path(path: bytes) -> tuple[bytes, ...]:
    """What sources are ordered by: as a walk over their folders comes by them."""
    return tuple(path.split(os.sep.encode()))
