"""SQLite: the sources with their passages, and what is committed.

What is read is checked against a checksum of its own, since SQLite has none: a flipped bit must be
an error, never another sentence. Numbers of sources are never used twice, so that the inverted
index, which knows passages by number, cannot take a new passage for an old one.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any

from askdoc.store.database import Database
from askdoc.store.occurrences import Counting, pack_occurrences
from askdoc.store.prepared import PassageRecord, PreparedDocument, check_spans
from askdoc.store.sources import (
    COLUMNS,
    MOST_PASSAGES,
    Record,
    Source,
    first_passage,
    pack_source,
    source_of,
    unpack_source,
)
from askdoc.store.state import State, pack_state, unpack_state
from askdoc.store.telling import changed, damaged

__all__ = ["MOST_PASSAGES", "Catalog", "Record", "Source", "State", "first_passage", "source_of"]

_AT_ONCE = 500
# More than some sources or passages that are asked for together ever have.
_MOST_FACTS = 64 * 2**20
_MOST_TEXT = 512 * 2**20
_CHECK = struct.Struct("<I")
_NUMBER = struct.Struct("<Q")


class Catalog(Database):
    """What stands in `sources.db`.

    Args:
        data: the folder of the index's data.
        create: None, or the state of a new one.
        writes: see `Database`.

    Raises:
        IndexDamaged: it is no catalogue, from here on in every method.
        IndexUnwritable: a killed writer left something to be undone, and there is no right to.
    """

    def __init__(self, data: Path, *, create: State | None = None, writes: bool = False) -> None:
        super().__init__(data, create=create is not None, writes=writes)
        if create is not None:
            with self.translated():
                self._write_state(create)

    # Reading

    def state(self) -> State:
        """What is committed."""
        with self.translated():
            found = self.db.execute("SELECT content, sum FROM state LIMIT 2").fetchall()
            if len(found) != 1:
                raise damaged(self.data, "its state was changed")
            return unpack_state(*found[0])

    def sources(self) -> Iterator[Source]:
        """All sources, by number, as they were at one moment.

        While they are given out nobody can commit, so they are not to be kept waiting for.
        """
        # Between two looks somebody else might commit: a changed file has another number.
        with self.reading():
            state, count, total = self.state(), 0, 0
            last = 0
            while found := self._sources_after(last):
                for row in found:
                    source = self.source_in(row)
                    if not last < source.id < state.next_id:
                        raise damaged(self.data, "its sources were changed")
                    last, count, total = source.id, count + 1, total + row[5]
                    yield source
            if (count, total % 2**64) != (state.sources, state.sources_sum):
                raise damaged(self.data, "its sources were changed")

    def paths(self) -> tuple[list[int], list[bytes]]:
        """The numbers of all sources and where their files are, by number.

        They are not looked through as `sources` are: what is found by them is read as a source.
        """
        with self.translated():
            rows = self.db.execute("SELECT id, path FROM sources ORDER BY id").fetchall()
            if not all(isinstance(path, bytes) for _, path in rows):
                raise ValueError("a path is no path")
            return [number for number, _ in rows], [path for _, path in rows]

    def _sources_after(self, number: int) -> list[Record]:
        return self._records(
            f"SELECT {COLUMNS} FROM sources WHERE id > ? ORDER BY id LIMIT {_AT_ONCE}", (number,)
        )

    def source(self, number: int) -> Source | None:
        """The source of this number, None where there is none (any more)."""
        found = self._records(f"SELECT {COLUMNS} FROM sources WHERE id = ?", (number,))
        return self.source_in(found[0]) if found else None

    def records(self, numbers: Sequence[int]) -> dict[int, Record]:
        """The sources of these numbers, as far as they are there (any more), for `source_in`."""
        found: dict[int, Record] = {}
        for some in _portions(numbers):
            marks = ",".join("?" * len(some))
            rows = self._records(f"SELECT {COLUMNS} FROM sources WHERE id IN ({marks})", some)
            found |= {row[0]: row for row in rows}
        return found

    def source_at(self, path: bytes) -> Source | None:
        """The source of this absolute path."""
        found = self._records(f"SELECT {COLUMNS} FROM sources WHERE path = ?", (path,))
        source = self.source_in(found[0]) if found else None
        if source is not None and source.path != path:
            raise damaged(self.data, "its sources were changed")
        return source

    def sources_at(self, path: bytes) -> Iterator[Source]:
        """The sources of this absolute path and of those below it, by path."""
        if (own := self.source_at(path)) is not None:
            yield own
        separator = os.sep.encode()
        last = path.removesuffix(separator) + separator
        end = last[:-1] + bytes([last[-1] + 1])
        query = f"SELECT {COLUMNS} FROM sources WHERE path > ? AND path < ? ORDER BY path LIMIT ?"
        while found := self._records(query, (last, end, _AT_ONCE)):
            for source in map(self.source_in, found):
                if not last < source.path < end:
                    raise damaged(self.data, "its sources were changed")
                last = source.path
                yield source

    def source_in(self, record: Record) -> Source:
        """The source in a record: read from it only now, since few of those found are looked at."""
        try:
            return unpack_source(record)
        except ValueError as error:
            raise damaged(self.data, str(error)) from None

    def marks(self, number: int) -> bytes:
        """The marks of a source, packed.

        Raises:
            IndexChanged: there is no such source any more.
        """
        with self.translated():
            row = self.db.execute("SELECT marks FROM sources WHERE id = ?", (number,)).fetchone()
            if row is None:
                raise changed(self.data)
            (check,) = _CHECK.unpack_from(row[0])
            marks = bytes(memoryview(row[0])[_CHECK.size :])
            if zlib.crc32(marks) != check:
                raise ValueError(f"the marks of source {number} were changed")
        return marks

    def rows(self, numbers: Sequence[int]) -> dict[int, PassageRecord]:
        """The passages of these numbers, as far as they are there (any more)."""
        found: dict[int, PassageRecord] = {}
        for some in _portions(numbers):
            marks = ",".join("?" * len(some))
            query = f"SELECT id, row FROM passages WHERE id IN ({marks})"
            found |= self._rows(query, some)
        return found

    def rows_of(self, source: int) -> list[tuple[int, PassageRecord]]:
        """All passages of a source, with their numbers, in order."""
        query = "SELECT id, row FROM passages WHERE id >= ? AND id < ? ORDER BY id"
        bounds = first_passage(source), first_passage(source + 1)
        return list(self._rows(query, bounds).items())

    def counts(
        self, numbers: Sequence[int], terms: Iterable[str]
    ) -> dict[int, tuple[int, Sequence[int], bytes]]:
        """Of the passages of these numbers, as far as they are there (any more): how many terms
        each has, how often each of these terms stands there, in their order, and the passage
        itself, for `unpacked`."""
        columns = Counting(terms).columns
        found: dict[int, tuple[int, Sequence[int], bytes]] = {}
        total = 0
        for some in _portions(numbers):
            marks = ",".join("?" * len(some))
            query = f"SELECT id, terms, row FROM passages WHERE id IN ({marks})"
            there: list[int] = []
            packed: list[bytes] = []
            rows: list[bytes] = []
            with self.translated():
                for number, one, row in self.db.execute(query, some):
                    total += len(one) + len(row)
                    if total > _MOST_TEXT:
                        raise ValueError(f"passage {number} was changed")
                    there.append(number)
                    packed.append(one)
                    rows.append(row)
                lengths, counts = columns(there, packed)
            each = zip(*counts, strict=True) if counts else repeat(())
            found |= zip(there, zip(lengths, each, rows))  # noqa: B905
        return found

    def unpacked(self, rows: Mapping[int, bytes]) -> dict[int, PassageRecord]:
        """Passages by number that `counts` gave; whether their sentences stand in their texts is
        not looked at."""
        with self.translated():
            return {number: self._passage(number, row) for number, row in rows.items()}

    def has_terms(self, source: int, terms: Sequence[str]) -> bool:
        """Whether these are the terms of all passages of a source, in order, each parted by
        blanks."""
        query = "SELECT id, terms FROM passages WHERE id >= ? AND id < ? ORDER BY id"
        bounds = first_passage(source), first_passage(source + 1)
        with self.translated():
            found = self.db.execute(query, bounds)
            return all(
                packed == pack_occurrences(number, words)
                for (number, packed), words in zip(found, terms, strict=False)
            )

    # Writing

    def write_state(self, state: State) -> None:
        """Replace the state."""
        self.db.execute("DELETE FROM state")
        self._write_state(state)

    def add(self, source: Source, parcel: PreparedDocument | None) -> int:
        """Add a source with what its document consists of, if it has one; its checksum."""
        marks, rows, terms = b"", list[bytes](), list[str]()
        if parcel is not None:
            marks, rows, terms = parcel.marks, parcel.rows, parcel.terms
        number, path, size, digest, facts, check = pack_source(source)
        self.db.execute(
            "INSERT INTO sources (id, path, size, digest, facts, marks, sum) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, path, size, digest, facts, _CHECK.pack(zlib.crc32(marks)) + marks, check),
        )
        self.db.executemany(
            "INSERT INTO passages (id, terms, row) VALUES (?, ?, ?)",
            (
                (at, pack_occurrences(at, words), _NUMBER.pack(at) + row)
                for at, (words, row) in enumerate(
                    zip(terms, rows, strict=True), start=first_passage(number)
                )
            ),
        )
        return check

    def update(self, source: Source) -> int:
        """Replace what is known of a source; its passages and marks stay. Its checksum."""
        number, path, size, digest, facts, check = pack_source(source)
        self.db.execute(
            "UPDATE sources SET path = ?, size = ?, digest = ?, facts = ?, sum = ? WHERE id = ?",
            (path, size, digest, facts, check, number),
        )
        return check

    def correct(self, source: int, terms: Sequence[str]) -> None:
        """Replace the terms of all passages of a source, each parted by blanks."""
        self.db.executemany(
            "UPDATE passages SET terms = ? WHERE id = ?",
            (
                (pack_occurrences(at, words), at)
                for at, words in enumerate(terms, start=first_passage(source))
            ),
        )

    def park(self, number: int) -> None:
        """Free the path of a source that is going to be updated: another may get it before."""
        self.db.execute("UPDATE sources SET path = ? WHERE id = ?", (b"%d" % number, number))

    def remove(self, numbers: Iterable[int]) -> None:
        """Remove sources, and their passages."""
        for number in numbers:
            self.db.execute("DELETE FROM sources WHERE id = ?", (number,))
            self.db.execute(
                "DELETE FROM passages WHERE id >= ? AND id < ?",
                (first_passage(number), first_passage(number + 1)),
            )

    # Inside

    def _records(self, query: str, values: Sequence[object]) -> list[Record]:
        """Records, as many bytes of them as sources have."""
        found: list[Record] = []
        total = 0
        with self.translated():
            for row in self.db.execute(query, values):
                total += len(row[1]) + len(row[3]) + len(row[4])
                if total > _MOST_FACTS:
                    raise ValueError("its sources were changed")
                found.append(row)
        return found

    def _rows(self, query: str, values: Sequence[object]) -> dict[int, PassageRecord]:
        found: dict[int, PassageRecord] = {}
        total = 0
        with self.translated():
            for number, packed in self.db.execute(query, values):
                total += len(packed)
                if total > _MOST_TEXT:
                    raise ValueError(f"passage {number} was changed")
                found[number] = check_spans(self._passage(number, packed))
        return found

    @staticmethod
    def _passage(number: int, packed: bytes) -> PassageRecord:
        # The number is there twice: a damaged page may give out another one's text.
        if _NUMBER.unpack_from(packed) != (number,):
            raise ValueError(f"passage {number} was changed")
        return PassageRecord.unpack(packed, _NUMBER.size)

    def _write_state(self, state: State) -> None:
        self.db.execute("INSERT INTO state VALUES (?, ?)", pack_state(state))


def _portions(numbers: Sequence[int]) -> Iterator[Sequence[Any]]:
    return (numbers[at : at + _AT_ONCE] for at in range(0, len(numbers), _AT_ONCE))
