"""What there is to do: the files that were named against those that the index knows.

Looking at a hundred thousand files must not mean reading them: one whose size and times are those
that the index remembers is taken to be the same. There are two times: that of the content, which
anybody may set, and that of the last change that the system noted, which nobody can set, but which
another name or other rights change as well. Where either is another, the content is compared; and
where the content changed within the resolution of its time stamp, just before it was looked at.

What was read by an askdoc that reads otherwise is read again, and what could not be read is tried
again when it is named, or where another try may help.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from askdoc.errors import LoadError, SourceNotFound
from askdoc.index.hints import Hints
from askdoc.load import reading
from askdoc.load.formats import LOADERS, suffix_of
from askdoc.load.passed import links_not_followed
from askdoc.load.walk import Found, Walked, displayable, walk
from askdoc.reading.protocol import Job
from askdoc.store.files import digest_of
from askdoc.store.reader import CatalogReader
from askdoc.store.sources import Source

# The coarsest time stamps that are about (FAT) have two seconds.
_RESOLUTION = 2_000_000_000


class Task(NamedTuple):
    """A file to read: where it is, what it is called, what was known of it (None: nothing).

    `modified`, `changed` and `seen` are as in `Source`. `within` is the folder that it must not
    lead out of, empty for any. `anew` is whether it is to be read though its content may be what it
    was, `alone` whether it is all that was named.
    """

    path: bytes
    name: str
    size: int
    modified: int
    changed: int
    seen: int
    known: Source | None
    within: bytes = b""
    anew: bool = False
    alone: bool = False

    @property
    def job(self) -> Job:
        """What whoever reads it is told."""
        known = self.known
        return Job(
            os.fsdecode(self.path),
            self.name,
            self.size,
            digest="" if known is None or self.anew else known.digest.hex(),
            within=os.fsdecode(self.within),
            alone=self.alone,
            apart=known is not None and known.tries > 0,
        )


class Plan:
    """What there is to do, kept in a temporary file: there may be more than memory holds.

    Args:
        catalog: what the index knows.
        roots: what was named: absolute path, name as given.
        without: a folder that is left out: the index's own, which may lie below a root; "" for
            none.
        named: the absolute paths that were named this time.
        follow_links: whether links are followed that lead out of a root.
        hints: None, or the absolute paths at and below which something may be another than the
            index knows: nothing else is compared.

    Attributes:
        unchanged: how many documents are as they were.
        unread: how many files that could not be read are as they were.
        passed_over: how many of these are of no kind that askdoc reads.
        problems: what could not be looked at.
        tasks: how many files are to be read; `size` how many bytes they have.
        gone: the numbers of the sources that are no longer there; `removed` counts the documents.
        moved: sources with their new path, name and times; `relocated` counts the documents with a
            new path, others are only called otherwise.
    """

    def __init__(
        self,
        catalog: CatalogReader,
        roots: Iterable[tuple[str, str]],
        *,
        without: str,
        named: Collection[str] = (),
        follow_links: bool = False,
        hints: Collection[str] | None = None,
    ) -> None:
        self._catalog = catalog
        self._hints = Hints(hints)
        self._follow_links = follow_links
        self._without = os.fsencode(os.path.realpath(without)) if without else b""
        self._folder = "", False, False
        self._named = frozenset(map(os.fsencode, named))
        self._reading = reading()
        self._db = sqlite3.connect("")
        self._db.execute(
            "CREATE TABLE task "
            "(path UNIQUE, name, size, modified, changed, seen, known, within, tries)"
        )
        self._db.execute("CREATE TABLE met (id INTEGER PRIMARY KEY)")
        self.unchanged = self.unread = self.passed_over = self.removed = self.relocated = 0
        self.problems: list[LoadError] = []
        self.moved: list[Source] = []
        self._unseen: list[bytes] = []
        looked = list(roots)
        for root, name in looked:
            self._look(root, name)
        self.gone = self._gone([os.fsencode(root) for root, _ in looked])
        self._find_moved()
        tasks = self._db.execute("SELECT COUNT(*), TOTAL(size) FROM task").fetchone()
        self.tasks, self.size = int(tasks[0]), int(tasks[1])

    def close(self) -> None:
        """Remove the temporary file."""
        self._db.close()

    def __iter__(self) -> Iterator[Task]:
        # What came to no end before may again, and is to keep nothing else waiting.
        for row in self._db.execute("SELECT * FROM task ORDER BY tries > 0, rowid"):
            path, name, size, modified, changed, seen, number, within, _ = row
            known = None if number is None else self._catalog.source(number)
            anew = known is not None and self._is_read_anew(known)
            alone = self._named == {path}
            yield Task(path, name, size, modified, changed, seen, known, within, anew, alone)

    def _look(self, root: str, name: str) -> None:
        shown_root, shown_name = displayable(root), displayable(name)

        def named(source: str) -> str:
            below = source[len(shown_root) :].lstrip(os.sep)
            return os.path.join(shown_name, below) if below else shown_name

        for found in walk([root], follow_links=self._follow_links):
            if isinstance(found, LoadError):
                # What stands below it was not seen, which does not mean that it is gone.
                if not _leads_to_what_is_gone(found, root):
                    self._unseen.append(os.fsencode(found.where))
                remedy = found.remedy
                if found.where == shown_root and self._has_vanished(root):
                    remedy = "What was read of it is kept; askdoc remove takes it out."
                self.problems.append(type(found)(found.what, named(found.where), remedy))
            elif isinstance(found, Walked):
                # What links lead to that are followed no longer is gone, as it is for a question.
                if (problem := links_not_followed(found, shown_name)) is not None:
                    self.problems.append(problem)
            elif self._is_looked_at(found):
                self._compare(found, named(found.source))

    def _has_vanished(self, root: str) -> bool:
        """Whether a root is not there that once was."""
        known = self._catalog.sources_at(os.fsencode(root))
        return not os.path.lexists(root) and any(True for _ in known)

    def _is_looked_at(self, found: Found) -> bool:
        """Whether a file is hinted at, and not the index's own by whatever links."""
        folder = os.path.dirname(found.path)
        if self._folder[0] != folder:
            own = bool(self._without) and is_below(
                os.fsencode(os.path.realpath(folder)), self._without
            )
            self._folder = folder, not own, self._hints.cover(os.fsencode(folder))
        _, is_others, is_hinted = self._folder
        return is_others and (is_hinted or self._hints.name(os.fsencode(found.path)))

    def _compare(self, found: Found, name: str) -> None:
        path, now = os.fsencode(found.path), time.time_ns()
        status = found.status
        known = self._catalog.source_at(path)
        if known is not None:
            if self._db.execute("INSERT OR IGNORE INTO met VALUES (?)", (known.id,)).rowcount < 1:
                return
            if self._is_as_it_was(known, status) and not self._is_read_anew(known):
                self._count(known)
                if known.name != name:
                    self.moved.append(renamed(known, name))
                return
        self._db.execute(
            "INSERT OR IGNORE INTO task VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                path,
                name,
                status.st_size,
                status.st_mtime_ns,
                status.st_ctime_ns,
                now,
                None if known is None else known.id,
                os.fsencode(found.within),
                0 if known is None else known.tries,
            ),
        )

    def _is_as_it_was(self, known: Source, status: os.stat_result) -> bool:
        """Whether a file has not changed, as far as can be told without looking into it."""
        before = known.size, known.modified, known.changed
        now = status.st_size, status.st_mtime_ns, status.st_ctime_ns
        # Windows gives as the third when the file was made, which stays the same. And what is to be
        # tried again has not been looked at.
        return before == now and known.seen > 0 and known.modified + _RESOLUTION < known.seen

    def _is_read_anew(self, known: Source) -> bool:
        """Whether a file is read again whatever it holds: it is read otherwise now, or named."""
        is_named = bool(known.problem) and known.path in self._named
        return is_named or known.reading != self._reading

    def _count(self, known: Source) -> None:
        if not known.problem:
            self.unchanged += 1
        elif is_passed_over(known):
            self.passed_over += 1
        else:
            self.unread += 1

    def _gone(self, roots: list[bytes]) -> list[int]:
        """The sources below the roots that were not met, though they could have been."""
        unseen = self._unseen
        gone = []
        for source in self._hints.sources(self._catalog):
            if not any(is_below(source.path, root) for root in roots):
                continue
            if unseen:
                shown = os.fsencode(displayable(os.fsdecode(source.path)))
                if any(is_below(shown, path) for path in unseen):
                    continue
            met = self._db.execute("SELECT 1 FROM met WHERE id = ?", (source.id,)).fetchone()
            if met is None:
                gone.append(source.id)
                self.removed += not source.problem
        return gone

    def _find_moved(self) -> None:
        """Of the new files, those that are files that are gone, under another name."""
        if not self.gone:
            return
        gone = self._gone_alike()
        new = self._db.execute("SELECT rowid, * FROM task WHERE known IS NULL").fetchall()
        for rowid, path, name, size, modified, changed, seen, *_ in new:
            alike = gone.get((size, _suffix(path)))
            numbers = alike.get(digest_of(path) or b"") if alike else None
            known = self._catalog.source(numbers.pop()) if numbers else None
            if known is None:
                continue
            moved = renamed(known, name)._replace(
                path=path, modified=modified, changed=changed, seen=seen
            )
            self.moved.append(moved)
            self._db.execute("DELETE FROM task WHERE rowid = ?", (rowid,))
            self.removed -= not known.problem
            self.relocated += not known.problem
        moved_ids = {source.id for source in self.moved}
        self.gone = [number for number in self.gone if number not in moved_ids]

    def _gone_alike(self) -> dict[tuple[int, bytes], dict[bytes, list[int]]]:
        """The sources that are gone, by size and suffix, and these by content; lowest last.

        Not those that were read otherwise than files are now.
        """
        alike: dict[tuple[int, bytes], dict[bytes, list[int]]] = {}
        for number in reversed(self.gone):
            source = self._catalog.source(number)
            if source is not None and source.digest and source.reading == self._reading:
                by_content = alike.setdefault((source.size, _suffix(source.path)), {})
                by_content.setdefault(source.digest, []).append(number)
        return alike


def _leads_to_what_is_gone(problem: LoadError, root: str) -> bool:
    """Whether it is of a link below a root to what is not there, and would be below it, too."""
    link = problem.where
    if link == root or not isinstance(problem, SourceNotFound) or not os.path.islink(link):
        return False
    return is_below(os.fsencode(os.path.realpath(link)), os.fsencode(os.path.realpath(root)))


def is_passed_over(source: Source) -> bool:
    """Whether a file was left out only for being of no kind that askdoc reads, as folders hold."""
    kind = source.problem[0] if source.problem else ""
    return kind in ("UnsupportedFormat", "EmptySource") and suffix_of(source.name) not in LOADERS


def renamed(source: Source, name: str) -> Source:
    """A source under another name, which what is said of it has in it as well."""
    if not source.problem:
        return source._replace(name=name)
    kind, what, _, remedy = source.problem
    return source._replace(name=name, problem=(kind, what, name, remedy))


def is_below(path: bytes, root: bytes) -> bool:
    """Whether a path is another one, or stands in that folder."""
    return path == root or path.startswith(root.rstrip(os.sep.encode()) + os.sep.encode())


def united(before: list[tuple[str, str]], roots: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Roots as they were named last; those that another one finds are not repeated."""
    united = {**dict(before), **dict(roots)}
    return [
        (path, name)
        for path, name in united.items()
        if not any(other != path and _finds(other, path) for other in united)
    ]


def _finds(root: str, path: str) -> bool:
    """Whether a path stands below a root; one that is a link may lead out of it."""
    if not is_below(os.fsencode(path), os.fsencode(root)):
        return False
    try:
        real, real_root = os.path.realpath(path), os.path.realpath(root)
    except OSError:  # A link that may not be read: it is kept as it was named.
        return False
    return is_below(os.fsencode(real), os.fsencode(real_root))


def _suffix(path: bytes) -> bytes:
    return os.path.splitext(path)[1].lower()
