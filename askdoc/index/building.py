"""One update of a saved index, which may be stopped at any moment.

Files are read in child processes and committed some at a time. A commit goes in three steps: the
inverted index gets new files, without the old passages and with the new, which nobody sees yet;
SQLite commits, together with the texts, which files those are, and from then on everybody sees
them; the files that are no longer needed are removed. Whoever is stopped between two steps leaves
files that nobody opens, and the next run clears up.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from askdoc.errors import LoadError, SourceTooLarge
from askdoc.index.failures import Problem, as_error, is_passed_over, problem_of
from askdoc.index.named import own, remember
from askdoc.index.plan import Plan, Task, is_below, united
from askdoc.index.reading import Result, read
from askdoc.store.catalog import MOST_PASSAGES, Catalog, Source, State
from askdoc.store.database import LONGEST
from askdoc.store.parcel import Parcel, read_marks
from askdoc.store.sources import pack_source
from askdoc.store.telling import damaged
from askdoc.store.writing import TermsWriter
from askdoc.text import joined_terms

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
        progress: is told how far it has come.
    """

    def __init__(self, folder: Path, catalog: Catalog, progress: Listener | None = None) -> None:
        self._folder = os.fspath(folder)
        self._catalog = catalog
        self._writer = TermsWriter(catalog.data)
        self._progress = progress
        self._report = Report()
        self._state = catalog.state()
        # What is not changed is not opened, and is to be sound all the same.
        self._writer.check(self._state)
        self._is_own = self._writer.digest(self._state) in own(folder).committed
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
            left = [path for path, _ in roots] if plan.tasks else []
            self._change(
                self._state._replace(
                    roots=tuple(known),
                    unfinished=_of_roots((*self._state.unfinished, *left), known),
                )
            )
            try:
                if plan.tasks:
                    self._read(plan, processes)
            except BaseException:
                # Stopped by Ctrl-C: what was read is kept, unless it was just being committed.
                # Then it is as if it had been killed, and the next run clears up.
                if not self._broken_off:
                    self._finish(self._state.unfinished)
                raise
            else:
                done = [os.fsencode(path) for path, _ in roots]
                self._finish(_without(self._state.unfinished, done))
            finally:
                self._writer.abandon()
        report.documents, report.passages = self._state.documents, self._state.passages
        return report

    def forget(self, gone: Sequence[int], roots: Sequence[bytes]) -> None:
        """Take sources out, and the roots below these paths."""
        left = tuple(
            root
            for root in self._state.roots
            if not any(is_below(os.fsencode(root[0]), path) for path in roots)
        )
        self._gone += gone
        self._state = self._state._replace(roots=left)
        try:
            self._finish(_without(self._state.unfinished, roots))
        finally:
            self._writer.abandon()

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
        if parcel is not None and _can_be_kept(parcel):
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

    def _commit(self, unfinished: tuple[str, ...] | None = None) -> None:
        """Commit what was gathered: the inverted index first, so that it is there when seen."""
        self._broken_off = True
        replaced = [*self._gone, *(known.id for _, _, known in self._batch if known is not None)]
        state = self._state
        state = state._replace(
            generation=state.generation + 1,
            edition=state.edition + 1,
            next_id=state.next_id + len(self._batch),
            unfinished=state.unfinished if unfinished is None else unfinished,
        )
        if replaced or any(parcel is not None for _, parcel, _ in self._batch):
            state = self._written(state, replaced)
        with self._catalog.transaction():
            state = self._stored(state, replaced)
            self._write(state)
        self._committed(state)
        self._writer.sweep(state)
        self._batch, self._gone, self._updated = [], [], []
        self._size, self._begun = 0, monotonic()
        self._broken_off = False

    def _written(self, state: State, replaced: Sequence[int]) -> State:
        """Have the inverted index without the old passages and with the new."""
        writer = self._writer
        # tantivy merges what it finds, and takes on trust that it is sound. What somebody else
        # wrote is analysed anew from the texts.
        writer.begin(self._state, anew=not self._is_own)
        if self._is_own:
            writer.remove(replaced)
        else:
            self._analyse(frozenset(replaced))
        for source, parcel, _ in self._batch:
            if parcel is not None:
                writer.add(source.id, parcel.terms)
        return writer.commit(state)

    def _analyse(self, left_out: Collection[int]) -> None:
        """Have all that is stored in the inverted index, but some."""
        for source in self._catalog.sources():
            if source.problem or source.id in left_out:
                continue
            rows = self._catalog.rows_of(source.id)
            if len(rows) != source.passages:
                raise damaged(self._catalog.data, f"a part of source {source.id} is missing")
            texts = (row.text.decode("utf-8") for _, row in rows)
            self._writer.add(source.id, (joined_terms(text.strip()) for text in texts))

    def _stored(self, state: State, replaced: Sequence[int]) -> State:
        """Have the catalogue without the old sources and with the new; what it then holds."""
        catalog = self._catalog
        before = list(map(catalog.source, (*replaced, *(one.id for one in self._updated))))
        catalog.remove(replaced)
        # A path may have been handed on from one file to another.
        for source in self._updated:
            catalog.park(source.id)
        total = state.sources_sum - sum(pack_source(one)[5] for one in before if one is not None)
        total += sum(map(catalog.update, self._updated))
        for source, parcel, _ in self._batch:
            marks, rows = (parcel.marks, parcel.rows) if parcel is not None else (b"", [])
            total += catalog.add(source, marks, rows)
        after = [*self._updated, *(source for source, _, _ in self._batch)]
        was, now = _readable(before), _readable(after)
        return state._replace(
            sources=state.sources + len(self._batch) - len(replaced),
            sources_sum=total % 2**64,
            documents=state.documents + len(now) - len(was),
            passages=state.passages + sum(now) - sum(was),
        )

    def _finish(self, unfinished: tuple[str, ...]) -> None:
        """Commit the rest."""
        if self._batch or self._gone or self._updated:
            self._commit(unfinished)
        else:
            self._change(self._state._replace(unfinished=unfinished))

    def _change(self, state: State) -> None:
        if state == self._catalog.state():
            self._state = state
            return
        state = state._replace(generation=state.generation + 1)
        with self._catalog.transaction():
            self._write(state)
        self._committed(state)

    def _write(self, state: State) -> None:
        """Write a state, and before that keep that it is this user's."""
        if self._is_own or state.files != self._state.files:
            remember(Path(self._folder), committed=[self._writer.digest(state)])
        self._catalog.write_state(state)

    def _committed(self, state: State) -> None:
        self._is_own = self._is_own or state.files != self._state.files
        self._state = state


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


def _readable(sources: Iterable[Source | None]) -> list[int]:
    """How many passages those have that were read."""
    return [source.passages for source in sources if source is not None and not source.problem]


def _can_be_kept(parcel: Parcel) -> bool:
    longest = max(map(len, parcel.rows), default=0)
    return len(parcel.rows) < MOST_PASSAGES and max(longest, len(parcel.marks)) < LONGEST // 2


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
