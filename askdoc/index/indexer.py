"""One update of a saved index, which may be stopped at any moment.

Files are read in child processes and committed some at a time (`committing`), so that a run that is
stopped loses little, and questions are answered meanwhile from what was committed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from operator import attrgetter
from time import monotonic

from askdoc.errors import LoadError, SourceTooLarge
from askdoc.index.committing import Batch
from askdoc.index.diff import Plan, Task, is_below, is_passed_over, renamed, united
from askdoc.index.places import Commits
from askdoc.load import reading
from askdoc.load.common.losses import is_loss
from askdoc.model import Document
from askdoc.reading.pool import read
from askdoc.reading.problems import as_error, problem_of
from askdoc.reading.protocol import Result
from askdoc.store.database import LONGEST
from askdoc.store.prepared import prepare
from askdoc.store.reader import CatalogReader
from askdoc.store.sources import MOST_PASSAGES, Source
from askdoc.store.state import State

# What is committed at once: so much text, or what came in so many seconds.
_BATCH_BYTES = 32 * 2**20
_BATCH_SECONDS = 10.0
# So often in a row is read what costs its child, unless it is named.
_MOST_TRIES = 2


@dataclass
class Report:
    """What an update did, in files.

    Attributes:
        added, changed, moved, removed, unchanged: so many files.
        reread: files that have not changed and were read again, as another version reads them.
        problems: what could not be read this time.
        notes: what was not read of the documents that were, each with its document's name.
        unread: files that could not be read before, and have not changed and not been tried since.
        passed_over: files in folders that are of no kind that askdoc reads.
        documents, passages: how many the index holds now.
        roots: the absolute paths that were looked at.
        seconds: how long looking took, before anything was read.
    """

    added: int = 0
    changed: int = 0
    moved: int = 0
    removed: int = 0
    unchanged: int = 0
    reread: int = 0
    problems: list[LoadError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: int = 0
    passed_over: int = 0
    documents: int = 0
    passages: int = 0
    roots: tuple[str, ...] = ()
    seconds: float = 0.0


Listener = Callable[[int, int, int, int], None]
"""Is told how far an update has come: files and all files, bytes and all bytes."""


class Building:
    """One update of an index.

    Args:
        catalog: what is there.
        commits: what changes it.
        without: a folder that is not read: the index's own, "" for none.
        progress: is told how far it has come.
    """

    def __init__(
        self,
        catalog: CatalogReader,
        commits: Commits,
        without: str,
        progress: Listener | None = None,
    ) -> None:
        self._without = without
        self._catalog = catalog
        self._commits = commits
        self._progress = progress
        self._report = Report()
        self._batch = Batch()
        self._size = 0
        self._begun = monotonic()

    def run(
        self,
        roots: list[tuple[str, str]],
        processes: int,
        *,
        named: Collection[str] = (),
        follow_links: bool = False,
        hints: Collection[str] | None = None,
    ) -> Report:
        """Bring the index up to date with what stands below the roots, as `Plan` has them."""
        with closing(
            Plan(
                self._catalog,
                roots,
                without=self._without,
                named=named,
                follow_links=follow_links,
                hints=hints,
            )
        ) as plan:
            report = self._report
            report.roots = tuple(path for path, _ in roots)
            report.seconds = monotonic() - self._begun
            report.unchanged, report.problems = plan.unchanged, plan.problems
            report.moved, report.removed = plan.relocated, plan.removed
            report.passed_over, report.unread = plan.passed_over, plan.unread
            self._batch.updated += plan.moved
            self._batch.gone += plan.gone
            state = self._commits.state
            known = united(list(state.roots), roots)
            before = _of_roots(state.unfinished, known)
            left = [path for path, _ in roots] if plan.tasks else []
            unfinished = _of_roots((*state.unfinished, *left), known)
            self._commits.change(state._replace(roots=tuple(known), unfinished=unfinished))
            try:
                if plan.tasks:
                    self._read(plan, processes)
            except BaseException:
                # Stopped by Ctrl-C: what was read is kept, unless it was just being committed.
                # Then it is as if it had been killed, and the next run clears up.
                if not self._commits.broken_off:
                    self._finish(self._commits.state)
                raise
            else:
                # Who looked at some places has not seen to what an earlier run left elsewhere.
                done = [os.fsencode(path) for path, _ in roots]
                state = self._commits.state
                now = before if hints is not None else _without(state.unfinished, done)
                self._finish(state._replace(unfinished=now))
            finally:
                self._commits.abandon()
        state = self._commits.state
        report.documents, report.passages = state.documents, state.passages
        return report

    def forget(self, gone: Sequence[int], paths: Sequence[bytes]) -> None:
        """Take sources out, and the roots below these paths."""
        state = self._commits.state
        roots = tuple(
            root
            for root in state.roots
            if not any(is_below(os.fsencode(root[0]), path) for path in paths)
        )
        self._batch.gone += gone
        unfinished = _without(state.unfinished, paths)
        try:
            self._finish(state._replace(roots=roots, unfinished=unfinished))
        finally:
            self._commits.abandon()

    # Reading

    def _read(self, plan: Plan, processes: int) -> None:
        done = size = 0
        processes = min(processes, plan.tasks)
        with closing(read(plan, attrgetter("job"), processes=processes)) as results:
            for task, result in results:
                self._take(task, result)
                done, size = done + 1, size + task.size
                if self._progress is not None:
                    self._progress(done, plan.tasks, size, plan.size)

    def _take(self, task: Task, result: Result) -> None:
        """Put what came of a file into the batch."""
        known, document = task.known, result.document
        if result.same and known is not None:
            self._count_same(known)
            self._batch.updated.append(
                renamed(known, task.name)._replace(
                    size=task.size,
                    modified=task.modified,
                    changed=task.changed,
                    seen=task.seen,
                )
            )
            return
        number = self._commits.state.next_id + len(self._batch.read)
        source = _source(number, task, result)
        described = None if document is None else _described(source, document)
        if document is None or described is None:
            problem = problem_of(result.problem or _too_many(task))
            source, parcel = source._replace(problem=problem), None
        else:
            source, parcel = described, prepare(document)
        self._count(source, known)
        self._batch.read.append((source, parcel, known))
        self._size += task.size
        if self._size >= _BATCH_BYTES or monotonic() - self._begun >= _BATCH_SECONDS:
            self._commit(self._commits.state)

    def _count_same(self, known: Source) -> None:
        if not known.problem:
            self._report.unchanged += 1
        elif is_passed_over(known):
            self._report.passed_over += 1
        else:
            self._report.unread += 1

    def _count(self, source: Source, known: Source | None) -> None:
        self._report.notes += (f"{source.name}: {one}" for one in source.notes if is_loss(one))
        if source.problem:
            if is_passed_over(source):
                self._report.passed_over += 1
            else:
                self._report.problems.append(as_error(source.problem))
        elif known is None:
            self._report.added += 1
        elif known.digest == source.digest and not known.problem:
            self._report.reread += 1
        else:
            self._report.changed += 1

    # Committing

    def _commit(self, state: State) -> None:
        """Commit what was gathered."""
        self._commits.commit(self._batch, state)
        self._batch = Batch()
        self._size, self._begun = 0, monotonic()

    def _finish(self, state: State) -> None:
        """Commit the rest."""
        if self._batch:
            self._commit(state)
        else:
            self._commits.change(state)


def _source(number: int, task: Task, result: Result) -> Source:
    """What is kept of a file that was read, or was to be."""
    version, tries = reading(), 0
    if result.lost:
        known = task.known
        asked = task.size, task.modified, task.changed, version
        as_it_was = known is not None and asked == (
            known.size, known.modified, known.changed, known.reading
        )  # fmt: skip
        tries = 1 + (known.tries if known is not None and as_it_was else 0)
    # As if it had never been looked at, so that it is tried again. What cost a child is only once,
    # since every try may take as long as all other files together.
    tried_again = result.unopened or 0 < tries < _MOST_TRIES
    return Source(
        number,
        task.path,
        task.name,
        task.size,
        task.modified,
        0 if tried_again else task.seen,
        result.digest,
        changed=task.changed,
        reading=version,
        tries=tries,
    )


def _of_roots(paths: Iterable[str], roots: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The roots that these paths are, or stand below."""
    below = [os.fsencode(path) for path in paths]
    return tuple(
        root for root, _ in roots if any(is_below(path, os.fsencode(root)) for path in below)
    )


def _without(unfinished: Iterable[str], done: Sequence[bytes]) -> tuple[str, ...]:
    """Those that do not stand below what was done."""
    return tuple(
        path for path in unfinished if not any(is_below(os.fsencode(path), one) for one in done)
    )


def _described(source: Source, document: Document) -> Source | None:
    """A source with what its document tells of it; None where that is more than can be kept."""
    parcel = prepare(document)
    longest = max(map(len, (*parcel.rows, parcel.marks)))
    # A code point of a term may have four bytes.
    longest = max(longest, 2 * max(map(len, parcel.terms), default=0))
    if len(parcel.rows) >= MOST_PASSAGES or longest > LONGEST // 2:
        return None
    return source._replace(
        passages=len(parcel.rows),
        sentences=parcel.sentences,
        lines=parcel.lines,
        length=parcel.length,
        terms=parcel.term_count,
        notes=document.notes,
    )


def _too_many(task: Task) -> LoadError:
    return SourceTooLarge("it has too many passages", task.name, "Split it into smaller files.")
