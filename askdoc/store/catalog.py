"""SQLite: the sources, and what is committed.

What is read is checked against a checksum of its own, since SQLite has none: a flipped bit must be
an error, never another sentence. Numbers of sources are never used twice, so that the inverted
index, which knows passages by number, cannot take a new passage for an old one.
"""

from __future__ import annotations

import json
import sqlite3
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock
from typing import NamedTuple

from askdoc.errors import IndexBusy, IndexUnwritable
from askdoc.store.folder import CATALOG, changed, damaged, locked, shown, unwritable
from askdoc.store.journal import check_journal
from askdoc.store.parcel import pack

# A passage's number is its source's times this, and its own place in the source.
_BITS = 24
MOST_PASSAGES = 1 << _BITS
_WAIT_SECONDS = 20.0
_AT_ONCE = 500
_CACHE_KIB = 4000
_CHECK = struct.Struct("<I")

_SCHEMA = """
CREATE TABLE state (content BLOB NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    digest BLOB NOT NULL,
    passages INTEGER,
    facts BLOB NOT NULL,
    marks BLOB NOT NULL,
    sum INTEGER NOT NULL
);
CREATE INDEX by_size ON sources (size);
"""


class State(NamedTuple):
    """What is committed.

    `generation` counts commits, `edition` those that changed what is found. `next_id` is the number
    of the next source. `dead` are sources that are gone but may still be in the inverted index.
    `writing` is whether a writer has begun to change the inverted index, and `terms_sum` its
    checksum otherwise. `roots` are the paths that were named: absolute path, name as given.
    """

    generation: int = 0
    edition: int = 0
    next_id: int = 1
    dead: tuple[int, ...] = ()
    writing: bool = False
    terms_sum: int = 0
    roots: tuple[tuple[str, str], ...] = ()


class Source(NamedTuple):
    """A file of the index, or one that could not be read.

    `path` is absolute, in the bytes of the file system; `name` as it is shown. `modified` and
    `seen` are nanoseconds since 1970: of the file's last change and of when that was looked up.
    `length` counts code points; `notes` are the document's. `problem` is empty, or the kind, what,
    where and remedy of the error that reading it gave.
    """

    id: int
    path: bytes
    name: str
    size: int
    modified: int
    seen: int
    digest: bytes
    passages: int = 0
    sentences: int = 0
    lines: int = 0
    length: int = 0
    notes: tuple[str, ...] = ()
    problem: tuple[str, ...] = ()


class Unfinished(IndexUnwritable):
    """A killed writer left the catalogue half-written; opening it for writing undoes that."""


Record = tuple[int, bytes, int, bytes, bytes, int]
"""A source as SQLite has it."""


def source_of(passage: int) -> int:
    """The number of the source that a passage's number tells."""
    return passage >> _BITS


def first_passage(source: int) -> int:
    """The number of a source's first passage; the others follow."""
    return source << _BITS


class Catalog:
    """What stands in `sources.db`.

    Args:
        data: the folder of the index's data.
        create: whether to make a new one.
        writes: whether to change it, which only the holder of the lock may. Only then is undone
            what a killed writer left.

    Raises:
        IndexDamaged: it is no catalogue, from here on in every method.
        Unfinished: a killed writer left something to be undone; from every method that reads.
    """

    def __init__(self, data: Path, *, create: bool = False, writes: bool = False) -> None:
        self.data = data
        self._one_reads = RLock()
        path = data / CATALOG
        mode = "rwc" if create else "rw" if writes else "ro"
        if writes:
            check_journal(data)
        with self._translated():
            self._db = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}",
                uri=True,
                timeout=_WAIT_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
            if create:
                self._db.executescript(_SCHEMA)
                # Until its writer has finished.
                self._write_state(State(writing=True))
            # What has not been committed stays in memory: spilling would lock readers out.
            self._db.execute("PRAGMA cache_spill=OFF")
            self._db.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")

    def close(self) -> None:
        self._db.close()

    # Reading

    def version(self) -> int:
        """A number that changes whenever another process has committed."""
        with self._translated():
            return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def state(self) -> State:
        """What is committed."""
        with self._translated():
            found = self._db.execute("SELECT content, sum FROM state").fetchall()
            if len(found) != 1 or zlib.crc32(found[0][0]) != found[0][1]:
                raise damaged(self.data, "its state was changed")
        content = json.loads(found[0][0])
        content["dead"] = tuple(content["dead"])
        content["roots"] = tuple((path, name) for path, name in content["roots"])
        return State(**content)

    def counts(self) -> tuple[int, int]:
        """How many documents and passages there are."""
        with self._translated():
            counted = "SELECT COUNT(passages), TOTAL(passages) FROM sources"
            documents, passages = self._db.execute(counted).fetchone()
        return int(documents), int(passages)

    def sources(self) -> Iterator[Source]:
        """All sources, by number, as they were at one moment.

        While they are given out nobody can commit, so they are not to be kept waiting for.
        """
        # Between two looks somebody else might commit: a changed file has another number.
        with self.reading():
            last = -1
            while found := self._sources_after(last):
                yield from (self.source_in(row) for row in found)
                last = found[-1][0]

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read within is of one commit; writers wait for its end before the next.

        Threads wait for one another here: were their readings to overlap, no writer's turn might
        ever come.
        """
        with self._one_reads:
            if self._db.in_transaction:
                yield
                return
            with self._translated():
                self._db.execute("BEGIN")
                # SQLite takes its lock with the first look, not with BEGIN.
                self._db.execute("SELECT 1 FROM state").fetchall()
            try:
                yield
            finally:
                self._db.execute("COMMIT")

    def _sources_after(self, number: int) -> list[Record]:
        with self._translated():
            return self._db.execute(
                f"SELECT {_COLUMNS} FROM sources WHERE id > ? ORDER BY id LIMIT {_AT_ONCE}",
                (number,),
            ).fetchall()

    def source(self, number: int) -> Source | None:
        """The source of this number, None where there is none (any more)."""
        return self._one("id = ?", number)

    def records(self, numbers: Sequence[int]) -> dict[int, Record]:
        """The sources of these numbers, as far as they are there (any more), for `source_in`."""
        found: dict[int, Record] = {}
        for some in _portions(numbers):
            with self._translated():
                rows = self._db.execute(
                    f"SELECT {_COLUMNS} FROM sources WHERE id IN ({','.join('?' * len(some))})",
                    some,
                ).fetchall()
            found |= {row[0]: row for row in rows}
        return found

    def source_at(self, path: bytes) -> Source | None:
        """The source of this absolute path."""
        return self._one("path = ?", path)

    def of_size(self, size: int) -> list[Source]:
        """The sources of so many bytes."""
        with self._translated():
            found = self._db.execute(
                f"SELECT {_COLUMNS} FROM sources WHERE size = ? ORDER BY id", (size,)
            ).fetchall()
        return [self.source_in(row) for row in found]

    def marks(self, number: int) -> bytes:
        """The marks of a source, packed.

        Raises:
            IndexChanged: there is no such source any more.
        """
        with self._translated():
            row = self._db.execute("SELECT marks FROM sources WHERE id = ?", (number,)).fetchone()
            if row is None:
                raise changed(self.data)
            (check,) = _CHECK.unpack_from(row[0])
            marks = bytes(memoryview(row[0])[_CHECK.size :])
        if zlib.crc32(marks) != check:
            raise damaged(self.data, f"the marks of source {number} were changed")
        return marks

    # Writing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written within is committed at once, or not at all.

        Raises:
            IndexUnwritable: there is no room, or no right.
        """
        with self._translated():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def write_state(self, state: State) -> None:
        """Replace the state."""
        self._db.execute("DELETE FROM state")
        self._write_state(state)

    def add(self, source: Source, marks: bytes) -> None:
        """Add a source with its marks, packed."""
        facts = _facts(source)
        passages = None if source.problem else source.passages
        checked = _CHECK.pack(zlib.crc32(marks)) + marks
        self._db.execute(
            "INSERT INTO sources (id, path, size, digest, passages, facts, marks, sum) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*_key(source), passages, facts, checked, _sum_of_source(source, facts)),
        )

    def update(self, source: Source) -> None:
        """Replace what is known of a source; its passages and marks stay."""
        facts = _facts(source)
        self._db.execute(
            "UPDATE sources SET path = ?, size = ?, digest = ?, facts = ?, sum = ? WHERE id = ?",
            (*_key(source)[1:], facts, _sum_of_source(source, facts), source.id),
        )

    def park(self, number: int) -> None:
        """Free the path of a source that is going to be updated: another may get it before."""
        self._db.execute("UPDATE sources SET path = ? WHERE id = ?", (b"%d" % number, number))

    def remove(self, numbers: Iterable[int]) -> None:
        """Remove sources."""
        for number in numbers:
            self._db.execute("DELETE FROM sources WHERE id = ?", (number,))

    # Inside

    def _one(self, where: str, value: object) -> Source | None:
        with self._translated():
            row = self._db.execute(
                f"SELECT {_COLUMNS} FROM sources WHERE {where}", (value,)
            ).fetchone()
        return None if row is None else self.source_in(row)

    def source_in(self, record: Record) -> Source:
        """The source in a record: read from it only now, since few of those found are looked at."""
        number, path, size, digest, facts, check = record
        try:
            found = zlib.crc32(_covered(number, path, size, digest, facts))
        except TypeError:  # A damaged page may give a text where bytes were written.
            found = -1
        if found != check:
            raise damaged(self.data, f"source {number} was changed")
        name, modified, seen, passages, sentences, lines, length, notes, problem = json.loads(facts)
        return Source(
            number, path, name, size, modified, seen, digest, passages, sentences, lines, length,
            tuple(notes), tuple(problem),
        )  # fmt: skip

    def _write_state(self, state: State) -> None:
        content = json.dumps(state._asdict()).encode("ascii")
        self._db.execute("INSERT INTO state VALUES (?, ?)", (content, zlib.crc32(content)))

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """SQLite's errors in the user's words."""
        try:
            yield
        except sqlite3.Error as error:
            extended = getattr(error, "sqlite_errorcode", 0) or 0
            code = extended & 0xFF
            if extended == sqlite3.SQLITE_READONLY_ROLLBACK:
                raise Unfinished(
                    "an update of the saved index was broken off", shown(self.data), _UNDO
                ) from None
            if code in _UNWRITABLE:
                raise unwritable(error, self.data) from None
            raise damaged(self.data, str(error)) from None
        except (TypeError, OverflowError, UnicodeDecodeError, struct.error, MemoryError) as error:
            # A damaged page may give a text where a number was written.
            raise damaged(self.data, str(error)) from None


def undo(folder: Path, data: Path) -> None:
    """Undo what a writer left that was killed while it wrote the catalogue.

    Args:
        folder: the folder of the index.
        data: that of its data.

    Raises:
        IndexDamaged: what it left was changed.
        IndexUnwritable: there is no right to write.
    """
    try:
        with locked(folder), closing(Catalog(data, writes=True)) as catalog, catalog.transaction():
            pass
    except IndexBusy:
        return  # Another one is doing it.


_UNDO = "Run askdoc index as somebody who may write it: what was saved before is still there."
_COLUMNS = "id, path, size, digest, facts, sum"
_UNWRITABLE = frozenset(
    (
        sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_LOCKED,
    )
)  # fmt: skip


def _portions(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[at : at + _AT_ONCE] for at in range(0, len(numbers), _AT_ONCE))


def _key(source: Source) -> tuple[int, bytes, int, bytes]:
    return source.id, source.path, source.size, source.digest


def _facts(source: Source) -> bytes:
    """What is never searched for."""
    searched = ("id", "path", "size", "digest")
    facts = [value for name, value in source._asdict().items() if name not in searched]
    return json.dumps(facts).encode("ascii")


def _covered(number: int, path: bytes, size: int, digest: bytes, facts: bytes) -> bytes:
    return pack((b"%d %d" % (number, size), path, digest, facts))


def _sum_of_source(source: Source, facts: bytes) -> int:
    return zlib.crc32(_covered(*_key(source), facts))
