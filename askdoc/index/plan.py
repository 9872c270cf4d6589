"""What there is to do: the files that were named against those that the index knows.

Looking at a hundred thousand files must not mean reading them: one whose size and time are those
that the index remembers is taken to be the same. A file that changed within the resolution of its
time stamp, just before it was looked at, is the exception: its content is compared.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from askdoc.errors import LoadError
from askdoc.index.failures import is_passed_over
from askdoc.load.walk import Found, walk
from askdoc.store.catalog import Catalog, Source
from askdoc.store.files import digest_of

# The coarsest time stamps that are about (FAT) have two seconds.
_RESOLUTION = 2_000_000_000


class Task(NamedTuple):
    """A file to read: where it is, what it is called, what was known of it (None: nothing)."""

    path: bytes
    name: str
    size: int
    modified: int
    seen: int
    known: Source | None


class Plan:
    """What there is to do, kept in a temporary file: there may be more than memory holds.

    Args:
        catalog: what the index knows.
        roots: what was named: absolute path, name as given.
        without: a folder that is left out: the index's own, which may lie below a root.

    Attributes:
        unchanged: how many documents are as they were.
        unread: how many files that could not be read are as they were.
        passed_over: how many of these are of no kind that askdoc reads.
        problems: what could not be looked at.
        tasks: how many files are to be read; `size` how many bytes they have.
        gone: the numbers of the sources that are no longer there; `removed` counts the documents.
        moved: sources with their new path, name and times.
    """

    def __init__(self, catalog: Catalog, roots: Iterable[tuple[str, str]], *, without: str) -> None:
        self._catalog = catalog
        self._without = os.fsencode(os.path.abspath(without))
        self._db = sqlite3.connect("")
        self._db.execute("CREATE TABLE task (path UNIQUE, name, size, modified, seen, known)")
        self._db.execute("CREATE TABLE met (id INTEGER PRIMARY KEY)")
        self.unchanged = self.unread = self.passed_over = self.removed = 0
        self.problems: list[LoadError] = []
        self.moved: list[Source] = []
        self._unseen: list[bytes] = []
        named = list(roots)
        for root, name in named:
            self._look(root, name)
        self.gone = self._gone([os.fsencode(root) for root, _ in named])
        self._find_moved()
        tasks = self._db.execute("SELECT COUNT(*), TOTAL(size) FROM task").fetchone()
        self.tasks, self.size = int(tasks[0]), int(tasks[1])

    def close(self) -> None:
        """Remove the temporary file."""
        self._db.close()

    def __iter__(self) -> Iterator[Task]:
        for row in self._db.execute("SELECT * FROM task ORDER BY rowid"):
            known = None if row[5] is None else self._catalog.source(row[5])
            path, name, size, modified, seen, _ = row
            yield Task(path, name, size, modified, seen, known)

    def _look(self, root: str, name: str) -> None:
        for found in walk([root]):
            if isinstance(found, LoadError):
                # What stands below it was not seen, which does not mean that it is gone.
                self._unseen.append(os.fsencode(found.where))
                self.problems.append(found)
            elif isinstance(found, Found) and not self._is_own(found):
                self._compare(found, name + found.source[len(root) :])

    def _is_own(self, found: Found) -> bool:
        return is_below(os.fsencode(found.path), self._without)

    def _compare(self, found: Found, name: str) -> None:
        path, now = os.fsencode(found.path), time.time_ns()
        size, modified = found.status.st_size, found.status.st_mtime_ns
        known = self._catalog.source_at(path)
        if known is not None:
            if self._db.execute("INSERT OR IGNORE INTO met VALUES (?)", (known.id,)).rowcount < 1:
                return
            same = (known.size, known.modified) == (size, modified)
            if same and known.modified + _RESOLUTION < known.seen:
                self._count(known)
                if known.name != name:
                    self.moved.append(known._replace(name=name))
                return
        self._db.execute(
            "INSERT OR IGNORE INTO task VALUES (?, ?, ?, ?, ?, ?)",
            (path, name, size, modified, now, None if known is None else known.id),
        )

    def _count(self, known: Source) -> None:
        if not known.problem:
            self.unchanged += 1
        elif is_passed_over(known):
            self.passed_over += 1
        else:
            self.unread += 1

    def _gone(self, roots: list[bytes]) -> list[int]:
        """The sources below the roots that were not met, though they could have been."""
        unseen = tuple(path.rstrip(b"/") for path in self._unseen)
        gone = []
        for source in self._catalog.sources():
            if not any(is_below(source.path, root) for root in roots):
                continue
            if any(is_below(source.path, path) for path in unseen):
                continue
            met = self._db.execute("SELECT 1 FROM met WHERE id = ?", (source.id,)).fetchone()
            if met is None:
                gone.append(source.id)
                self.removed += not source.problem
        return gone

    def _find_moved(self) -> None:
        """Of the new files, those that are files that are gone, under another name."""
        gone = set(self.gone)
        if not gone:
            return
        new = self._db.execute("SELECT rowid, * FROM task WHERE known IS NULL").fetchall()
        for rowid, path, name, size, modified, seen, _ in new:
            same_size = [source for source in self._catalog.of_size(size) if source.id in gone]
            alike = [source for source in same_size if _suffix(source.path) == _suffix(path)]
            digest = digest_of(path) if alike else None
            for source in alike:
                if source.digest == digest:
                    moved = source._replace(path=path, name=name, modified=modified, seen=seen)
                    self.moved.append(moved)
                    self._db.execute("DELETE FROM task WHERE rowid = ?", (rowid,))
                    gone.discard(source.id)
                    self.removed -= not source.problem
                    break
        self.gone = [number for number in self.gone if number in gone]


def is_below(path: bytes, root: bytes) -> bool:
    """Whether a path is another one, or stands in that folder."""
    return path == root or path.startswith(root.rstrip(os.sep.encode()) + os.sep.encode())


def _suffix(path: bytes) -> bytes:
    return os.path.splitext(path)[1].lower()
