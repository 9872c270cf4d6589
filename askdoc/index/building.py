"""One update of a saved index, which may be stopped at any moment.

Files are read in child processes and committed some at a time. A commit goes in three steps: the
inverted index gets the new passages, which nobody sees yet; SQLite commits, and from then on
everybody sees the new and not the old; the next commit takes the old out of the inverted index.
Whoever is stopped between two steps leaves an inverted index that holds too much, never too little,
and the next run clears up.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from askdoc.errors import LoadError, SourceTooLarge
from askdoc.index.failures import Problem, as_error, is_passed_over, problem_of
from askdoc.index.plan import Plan, Task, is_below, united
from askdoc.index.reading import Result, read
from askdoc.store.catalog import MOST_PASSAGES, Catalog, Source, State
from askdoc.store.parcel import Parcel, read_marks
from askdoc.store.terms import Terms
from askdoc.store.writing import TermsWriter

# What is committed at once: so much text, or what came in so many seconds.
_BATCH_BYTES = 32 * 2**20
_BATCH_SECONDS = 10.0


@dataclass
class Report:
    """What an update did, in files.

    Attributes:
        added, changed, moved, removed, unchanged: so many files.
        problems: what could not be read this time.
        unread: files that could not be read before and have not changed since.
        passed_over: files in folders that are of no kind that askdoc reads.
        documents, passages: how many the index holds now.
    """

    added: int = 0
    changed: int = 0
    moved: int = 0
    removed: int = 0
    unchanged: int = 0
    problems: list[LoadError] = field(default_factory=list)
    unread: int = 0
    passed_over: int = 0
    documents: int = 0
    passages: int = 0


Listener = Callable[[int, int, int, int], None]
"""Is told how far an update has come: files and all files, bytes and all bytes."""


class Building:
    """One update of an index.

    Args:
        folder: where the index is.
        catalog: what SQLite holds.
        terms: the inverted index.
        progress: is told how far it has come.
    """

    def __init__(
        self, folder: Path, catalog: Catalog, terms: Terms, progress: Listener | None
    ) -> None:
        self._folder = os.fspath(folder)
        self._catalog = catalog
        self._terms = terms
        self._progress = progress
        self._report = Report()
        self._state = catalog.state()
        self._writer: TermsWriter | None = None
        # What was read: as it is to be stored, and what was known of the same file.
        self._batch: list[tuple[Source, Parcel | None, Source | None]] = []
        self._gone: list[int] = []
        self._updated: list[Source] = []
        self._broken_off = False
        self._size = 0
        self._begun = monotonic()

    def run(
        self, roots: list[tuple[str, str]], processes: int, *, follow_links: bool = False
    ) -> Report:
        """Bring the index up to date with what stands below the roots."""
        with closing(
            Plan(self._catalog, roots, without=self._folder, follow_links=follow_links)
        ) as plan:
            report = self._report
            report.unchanged, report.problems = plan.unchanged, plan.problems
            report.moved, report.removed = plan.relocated, plan.removed
            report.passed_over, report.unread = plan.passed_over, plan.unread
            self._updated += plan.moved
            self._gone += plan.gone
            known = united(list(self._state.roots), roots)
            if known != list(self._state.roots):
                self._change(self._state._replace(roots=tuple(known)))
            try:
                if plan.tasks:
                    self._read(plan, processes)
            except BaseException:
                # Stopped by Ctrl-C: what was read is kept, unless it was just being committed.
                # Then it is as if it had been killed, and the next run clears up.
                if not self._broken_off:
                    self._finish()
                raise
            else:
                self._finish()
            finally:
                if self._writer is not None:
                    self._writer.abandon()
        report.documents, report.passages = self._catalog.counts()
        return report

    def forget(self, gone: Sequence[int], roots: Sequence[bytes]) -> None:
        """Take sources out, and the roots below these paths."""
        left = tuple(
            root
            for root in self._state.roots
            if not any(is_below(os.fsencode(root[0]), path) for path in roots)
        )
        if left != self._state.roots:
            self._change(self._state._replace(roots=left))
        self._gone += gone
        self._finish()

    # Reading

    def _read(self, plan: Plan, processes: int) -> None:
        done = size = 0
        with closing(read(plan, min(processes, plan.tasks))) as results:
            for task, result in results:
                self._take(task, result)
                done, size = done + 1, size + task.size
                if self._progress is not None:
                    self._progress(done, plan.tasks, size, plan.size)

    def _take(self, task: Task, result: Result) -> None:
        """Put what came of a file into the batch."""
        known, parcel = task.known, result.parcel
        if result.same and known is not None:
            self._report.unchanged += 1
            self._updated.append(
                known._replace(
                    name=task.name, size=task.size, modified=task.modified, seen=task.seen
                )
            )
            return
        number = self._state.next_id + len(self._batch)
        # As if it had never been looked at, so that it is tried again.
        seen = 0 if result.unopened else task.seen
        source = Source(number, task.path, task.name, task.size, task.modified, seen, result.digest)
        if parcel is not None and len(parcel.rows) < MOST_PASSAGES:
            source = _described(source, parcel)
        else:
            source, parcel = source._replace(problem=result.problem or _too_many(task)), None
        self._count(source, known)
        self._batch.append((source, parcel, known))
        self._size += task.size
        if self._size >= _BATCH_BYTES or monotonic() - self._begun >= _BATCH_SECONDS:
            self._commit()

    def _count(self, source: Source, known: Source | None) -> None:
        if source.problem:
            if is_passed_over(source):
                self._report.passed_over += 1
            else:
                self._report.problems.append(as_error(source.problem))
        elif known is None:
            self._report.added += 1
        else:
            self._report.changed += 1

    # Committing

    def _commit(self) -> None:
        """Commit what was gathered: the new passages first, so that they are there when seen."""
        self._broken_off = True
        writer = self._opened()
        writer.remove(self._state.dead)
        for source, parcel, _ in self._batch:
            if parcel is not None:
                writer.add(source.id, parcel)
        writer.commit()
        replaced = [*self._gone, *(known.id for _, _, known in self._batch if known is not None)]
        state = self._state
        state = state._replace(
            generation=state.generation + 1,
            edition=state.edition + 1,
            next_id=state.next_id + len(self._batch),
            dead=tuple(replaced),
        )
        with self._catalog.transaction():
            self._catalog.remove(replaced)
            # A path may have been handed on from one file to another.
            for source in self._updated:
                self._catalog.park(source.id)
            for source in self._updated:
                self._catalog.update(source)
            for source, parcel, _ in self._batch:
                self._catalog.add(source, parcel.marks if parcel is not None else b"")
            self._catalog.write_state(state)
        self._state = state
        self._batch, self._gone, self._updated = [], [], []
        self._size, self._begun = 0, monotonic()
        self._broken_off = False

    def _finish(self) -> None:
        """Commit the rest and leave nothing to clear up."""
        if self._batch or self._gone or self._updated:
            self._commit()
        if self._writer is None and not self._state.writing:
            return
        writer = self._opened()
        writer.remove(self._state.dead)
        writer.commit()
        writer.close()
        self._writer = None
        self._change(self._state._replace(dead=(), writing=False, terms_sum=self._terms.checksum()))

    def _opened(self) -> TermsWriter:
        """The inverted index's writer; with it begins what a reader must not be surprised by."""
        if self._writer is None:
            # Files that are merged get checksums of their own: damage would pass for sound.
            self._terms.check(None if self._state.writing else self._state.terms_sum)
            self._change(self._state._replace(writing=True))
            self._writer = TermsWriter(self._terms)
            # What somebody who was stopped added and never committed.
            self._writer.remove_from(self._state.next_id)
        return self._writer

    def _change(self, state: State) -> None:
        state = state._replace(generation=state.generation + 1)
        with self._catalog.transaction():
            self._catalog.write_state(state)
        self._state = state


def _described(source: Source, parcel: Parcel) -> Source:
    """A source with what its parcel tells of it."""
    return source._replace(
        passages=len(parcel.rows),
        sentences=parcel.sentences,
        lines=parcel.lines,
        length=parcel.length,
        notes=read_marks(parcel.marks)[3],
    )


def _too_many(task: Task) -> Problem:
    return problem_of(
        SourceTooLarge("it has too many passages", task.name, "Split it into smaller files.")
    )
