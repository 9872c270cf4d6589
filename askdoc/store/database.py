"""SQLite, opened so that a database of somebody else's can do nothing but be read.

Its tables must be those that askdoc makes: what a view or a trigger does is up to whoever made it.
How long a text may be and how many steps a statement may take is bounded, by the size of the file.
Readers open it to read only, so that SQLite neither undoes nor deletes anything for them.
"""

from __future__ import annotations

import sqlite3
import struct
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from threading import RLock
from types import TracebackType

from askdoc.errors import AskdocError, IndexBusy, IndexUnwritable
from askdoc.store.folder import locked
from askdoc.store.gate import CATALOG, has_other_names
from askdoc.store.journal import check_journal
from askdoc.store.telling import damaged, shown, unwritable

LONGEST = 128 * 2**20
"""Bytes of the longest value that is stored."""

_WAIT_SECONDS = 20.0
# How often, and how long in between, what is being undone by somebody else is waited for.
_TRIES, _PAUSE_SECONDS = 20, 0.05
_CACHE_KIB = 4000
# A statement that reads everything takes some five steps a row, and no row has fewer bytes.
_STEPS = 1_000_000
_LEAST_PORTIONS = 20

_SCHEMA = """
CREATE TABLE state (content BLOB NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    digest BLOB NOT NULL,
    facts BLOB NOT NULL,
    sum INTEGER NOT NULL,
    marks BLOB NOT NULL
);
CREATE TABLE passages (id INTEGER PRIMARY KEY, terms BLOB NOT NULL, row BLOB NOT NULL);
"""
_TABLES = frozenset(statement.strip() for statement in _SCHEMA.split(";") if statement.strip())
# The index of what is UNIQUE has no statement of its own.
_UNIQUE = ("index", "sqlite_autoindex_sources_1", "sources", None)
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 0,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_UNWRITABLE = frozenset(
    (
        sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_LOCKED,
    )
)  # fmt: skip


class Unfinished(IndexUnwritable):
    """A killed writer left the catalogue half-written, and that could not be undone."""


class Database:
    """The tables of an index.

    Args:
        data: the folder of the index's data.
        create: whether to make a new one.
        writes: whether to change it, which only the holder of the lock may. Only then is undone
            what a killed writer left.

    Attributes:
        data: the folder of the index's data.
        lock: held by the thread that reads, and by whoever keeps what was read in order.

    Raises:
        IndexDamaged: it is none, from here on in every method.
        Unfinished: a killed writer left something to be undone, and there is no right to.
    """

    def __init__(self, data: Path, *, create: bool = False, writes: bool = False) -> None:
        self.data = data
        self.lock = RLock()
        self._translating = _Translating(self)
        self.portions = 0
        path = data / CATALOG
        mode = "rwc" if create else "rw" if writes else "ro"
        if writes:
            check_journal(data)
            if has_other_names(path):
                raise damaged(data, f"{CATALOG} has another name elsewhere, where it would change")
        with self.translated():
            self.db = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}",
                uri=True,
                timeout=_WAIT_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
        try:
            self._bound(path)
            if create:
                with self.translated():
                    self.db.executescript(_SCHEMA)
            self.version()
            self._check_schema()
            with self.translated():
                # What has not been committed stays in memory: spilling would lock readers out.
                self.db.execute("PRAGMA cache_spill=OFF")
                self.db.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
            if writes:
                self._check_whole()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of it."""
        self.db.close()

    def version(self) -> int:
        """A number that changes whenever another process has committed.

        What a killed writer left half-written is undone first, if there is the right to.
        """
        for _ in range(_TRIES):
            with suppress(Unfinished):
                return self._version()
            self._undo()
        return self._version()

    def has_moved(self, version: int) -> bool:
        """Whether another process has committed since."""
        return self.version() != version

    def _version(self) -> int:
        with self.translated():
            return int(self.db.execute("PRAGMA data_version").fetchone()[0])

    def _undo(self) -> None:
        """Have SQLite undo what a writer left that was killed while it wrote."""
        try:
            with locked(self.data.parent), closing(Database(self.data, writes=True)):
                return
        except IndexBusy:
            time.sleep(_PAUSE_SECONDS)  # Another one is doing it.

    @contextmanager
    def reading(self) -> Iterator[int]:
        """All that is read within is of one commit, which has this `version`; writers wait for its
        end before the next.

        Threads wait for one another here: were their readings to overlap, no writer's turn might
        ever come.
        """
        with self.lock:
            if self.db.in_transaction:
                yield self.version()
                return
            try:
                yield self._begin()
            finally:
                with self.translated():
                    if self.db.in_transaction:
                        self.db.execute("COMMIT")

    def _begin(self) -> int:
        for _ in range(_TRIES):
            with self.translated():
                self.db.execute("BEGIN")
            with suppress(Unfinished):
                # SQLite takes its lock with the first look, not with BEGIN.
                return self._version()
            with self.translated():
                self.db.execute("ROLLBACK")
            self._undo()
        with self.translated():
            self.db.execute("BEGIN")
        return self._version()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written within is committed at once, or not at all.

        Raises:
            IndexUnwritable: there is no room, or no right.
        """
        with self.translated():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise

    def translated(self) -> AbstractContextManager[None]:
        """SQLite's errors in the user's words; one thread at a time."""
        return self._translating

    # Inside

    def _bound(self, path: Path) -> None:
        """Limit what a statement may take, whatever the file says."""
        with self.translated():
            for limit, most in _LIMITS.items():
                self.db.setlimit(limit, most)
            self.db.execute("PRAGMA trusted_schema=OFF")
            self.db.execute("PRAGMA cell_size_check=ON")

        def goes_on() -> bool:
            self.portions += 1
            if self.portions < _LEAST_PORTIONS:
                return False
            with suppress(OSError):
                return self.portions * _STEPS > path.stat().st_size
            return True

        self.db.set_progress_handler(goes_on, _STEPS)

    def _check_schema(self) -> None:
        with self.translated():
            found = self.db.execute(
                "SELECT type, name, tbl_name, sql FROM sqlite_master LIMIT 20"
            ).fetchall()
            tables = {row[3] for row in found if row[0] == "table"}
            others = [row for row in found if row[0] != "table"]
            if tables != _TABLES or len(found) != len(_TABLES) + 1 or others != [_UNIQUE]:
                raise damaged(self.data, f"{CATALOG} has other tables")
            (mode,) = self.db.execute("PRAGMA journal_mode").fetchone()
            if mode != "delete":
                raise damaged(self.data, f"{CATALOG} is kept in another way")

    def _check_whole(self) -> None:
        """Before it is changed: what is found by its path must be what stands there."""
        with self.translated():
            ((said, *_), *_) = self.db.execute("PRAGMA integrity_check('sources')").fetchall()
            if said != "ok":
                raise damaged(self.data, said.strip().splitlines()[-1])

    def told(self, error: sqlite3.Error) -> AskdocError:
        """What is to be said of an error of SQLite's."""
        extended = getattr(error, "sqlite_errorcode", 0) or 0
        if extended == sqlite3.SQLITE_READONLY_ROLLBACK:
            return Unfinished(
                "an update of the saved index was broken off",
                shown(self.data),
                "Run askdoc index as somebody who may write it: what was saved is still there.",
            )
        if extended & 0xFF in _UNWRITABLE:
            return unwritable(error, self.data)
        return damaged(self.data, str(error))


class _Translating(AbstractContextManager[None]):
    """What `Database.translated` gives: a question enters it ten times, so it is made once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> None:
        self._database.lock.acquire()
        self._database.portions = 0

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if isinstance(error, sqlite3.Error):
                raise self._database.told(error) from None
            # A damaged page may give a text where a number was written.
            if isinstance(error, (TypeError, ValueError, OverflowError, struct.error, MemoryError)):
                raise damaged(self._database.data, str(error)) from None
        finally:
            self._database.lock.release()
