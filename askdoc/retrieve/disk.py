"""The retriever over a saved index: tantivy proposes passages, SQLite says which are there and
which terms they have, by which `bm25` scores them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import groupby
from pathlib import Path
from threading import RLock
from types import TracebackType

from askdoc.errors import IndexChanged, SavedIndexError
from askdoc.model import Extent, Hit
from askdoc.retrieve.bm25 import Scored, Scoring, best, is_term
from askdoc.retrieve.names import Names
from askdoc.retrieve.proposing import IndexEngine
from askdoc.store.catalog import Catalog, Record, State, source_of
from askdoc.store.files import change_of
from askdoc.store.folder import DESCRIPTION, data_folder
from askdoc.store.inverted import InvertedIndex
from askdoc.store.records import Records
from askdoc.store.selection import EVERYTHING, Selection
from askdoc.store.snapshot import Clause, Snapshot
from askdoc.store.statistics import Statistics
from askdoc.store.stored import (
    StoredDocument,
    StoredDocuments,
    StoredPassage,
    StoredPassages,
    by_path,
    readable,
)
from askdoc.store.telling import changed

_TRIES = 20
# Few are asked at a time, and each may be large.
_MOST_SELECTIONS = 16


class DiskRetriever:
    """BM25 over a saved index, always over what is committed when it is asked.

    For several threads at once, which wait for one another.

    Args:
        folder: the folder of the index.

    Raises:
        IndexNotFound, IndexOutdated, IndexDamaged: it cannot be used. All methods raise
            IndexDamaged where it turns out to be damaged.
        IndexUnwritable: a writer was killed, and there is no right to undo what it left.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._describes = os.fspath(folder / DESCRIPTION)
        self._described: tuple[int, int] | None = None
        self._one_asks = RLock()
        self._open()

    def _open(self) -> None:
        for left in reversed(range(_TRIES)):
            described = self._description()
            try:
                self.data = data_folder(self.folder)
                self.catalog, self._terms = Catalog(self.data), InvertedIndex(self.data)
                self._look()
            except SavedIndexError:
                # It may have been made anew, and what was to be opened removed.
                if not left or self._description() == described:
                    raise
            else:
                self._described = described
                return

    @property
    def documents(self) -> StoredDocuments:
        """All documents, as committed now."""
        with self._one_asks:
            self._refresh()
            return StoredDocuments(self.catalog, self._records)

    @property
    def passages(self) -> StoredPassages:
        """All passages, as committed now."""
        return StoredPassages(self.documents)

    @property
    def extents(self) -> list[Extent]:
        """How much there is of each document, in the order of `documents`."""
        with self._one_asks:
            self._refresh()
            return [
                Extent(source.name, source.sentences, source.lines, source.length, source.notes)
                for source in readable(self.catalog)
            ]

    @property
    def state(self) -> State:
        """What is committed now."""
        with self._one_asks:
            self._refresh()
            return self._state

    def changes(self, names: Collection[str]) -> dict[str, str]:
        """What happened to the files of these documents since they were read."""
        with self._one_asks:
            self._refresh()
            cited = [source for source in self._records.known() if source.name in names]
            if not {source.name for source in cited}.issuperset(names):
                # They were found before somebody committed, or by another assistant.
                cited = [source for source in self.catalog.sources() if source.name in names]
        changed = {source.name: change_of(source) for source in cited}
        return {name: change for name, change in changed.items() if change}

    def search(
        self,
        weights: Mapping[str, float],
        limit: int,
        selection: Selection = EVERYTHING,
        beside: Statistics | None = None,
    ) -> list[Hit]:
        """See `Retriever.search`.

        Args:
            weights: as there.
            limit: as there.
            selection: the sources whose passages are looked for. How rare a term is is judged by
                all passages all the same.
            beside: passages elsewhere, by which it is judged as well.
        """
        if limit <= 0:
            return []
        for _ in range(_TRIES):
            with suppress(IndexChanged), self.reading():
                return self._found(weights, limit, self._clause(selection), beside)
        raise changed(self.data)

    def named(self, terms: Collection[str]) -> list[StoredDocument]:
        """Documents whose files' names hold one of these terms."""
        with self._one_asks:
            self._refresh()
            if self._names is None:
                ids, paths = self.catalog.paths()
                self._names = ids, Names(map(os.fsdecode, paths))
            numbers, names = self._names
            found = [numbers[at] for at in sorted(names.holding(terms))]
            self._records.want(found)
            documents = [self._document(number) for number in found]
            return [document for document in documents if not document.stored.problem]

    def within(
        self,
        sources: Collection[int],
        weights: Mapping[str, float],
        limit: int,
        beside: Statistics | None = None,
    ) -> list[Hit]:
        """As `search`, but among the passages of the sources of these numbers alone.

        Raises:
            IndexChanged: the index has another state than when these were found.
        """
        if limit <= 0 or not sources:
            return []
        with self._one_asks:
            return self._found(weights, limit, self._snapshot.among(sources), beside)

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """What must be known of all passages to score others beside them, for these terms."""
        with self._one_asks:
            self._refresh()
            return self._snapshot.statistics(filter(is_term, terms))

    def snapshot(self) -> OneState:
        """See `Corpus.snapshot`."""
        return OneState(self)

    @contextmanager
    def reading(self) -> Iterator[tuple[Catalog, int]]:
        """Nobody commits to the index, and no other thread asks it; which state of it that is.

        Raises:
            IndexChanged: it was made anew meanwhile, and what was answered is of both states.
        """
        with self._one_asks:
            if self._description() != self._described:
                self._open()  # It was made anew, or removed.
            catalog = self.catalog
            with catalog.reading() as version:
                if version != self._version:
                    self._look()
                state = catalog, self._state.edition
                yield state
                # Nobody can have committed to it, but it may have been made anew beside it.
                if (self.catalog, self._state.edition) != state:
                    raise changed(self.data)

    def _description(self) -> tuple[int, int] | None:
        """What tells one file that describes the index from another."""
        try:
            status = os.stat(self._describes)
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns

    def _refresh(self) -> None:
        """See what is committed now: SQLite's state, and an inverted index that holds all of it."""
        if self._description() != self._described:
            self._open()  # It was made anew, or removed.
            return
        if self.catalog.version() != self._version:
            self._look()

    def _look(self) -> None:
        error: SavedIndexError = changed(self.data)
        for _ in range(_TRIES):
            # Whoever commits after this is seen when it is next looked.
            version = self.catalog.version()
            state = self.catalog.state()
            try:
                snapshot = self._terms.snapshot(state)
            except SavedIndexError as found:
                # A writer may have removed files that it no longer needs.
                if self.catalog.state().generation == state.generation:
                    raise
                error = found
                continue
            self._version, self._state, self._snapshot = version, state, snapshot
            self._records = Records(self.catalog, version)
            self._clauses = {}
            self._names = None
            return
        raise error

    _version = -1
    _state: State
    _snapshot: Snapshot
    _records: Records
    _clauses: dict[Selection, Clause | None]
    _names: tuple[Sequence[int], Names] | None

    def _found(
        self,
        weights: Mapping[str, float],
        limit: int,
        clause: Clause | None,
        beside: Statistics | None,
    ) -> list[Hit]:
        statistics = self._snapshot.statistics(filter(is_term, weights)).beside(beside)
        scoring = Scoring(weights, statistics)
        engine = IndexEngine(self._snapshot, self.catalog, self._records, clause)
        found = best(engine, scoring, limit)
        # Those of the same score as the last among them, by whose paths it is chosen.
        records = self._records.several({source_of(number) for _, number in found})
        chosen = _in_order(found, limit, records)
        documents = {
            number: StoredDocument(number, self.catalog, self._records, records[number])
            for number in {source_of(number) for _, number in chosen}
        }
        rows = engine.passages([number for _, number in chosen])
        return [
            Hit(StoredPassage(documents[source_of(number)], number, rows[number]), score)
            for score, number in chosen
        ]

    def _clause(self, selection: Selection) -> Clause | None:
        """What narrows a query to these sources; made once for a state of the index."""
        if selection == EVERYTHING:
            return None
        clauses = self._clauses
        if selection not in clauses:
            if len(clauses) >= _MOST_SELECTIONS:
                clauses.clear()
            kept, left_out = set[int](), set[int]()
            for source in self.catalog.sources():
                (kept if selection.holds(source.name) else left_out).add(source.id)
            clauses[selection] = self._snapshot.clause(kept, left_out)
        return clauses[selection]

    def _document(self, number: int) -> StoredDocument:
        return StoredDocument(number, self.catalog, self._records)


def _in_order(found: list[Scored], limit: int, records: Mapping[int, Record]) -> list[Scored]:
    """The best, those of equal score in the order of their files and places."""
    if len({score for score, _ in found}) == len(found):
        return found[:limit]

    def place(one: Scored) -> tuple[tuple[bytes, ...], int]:
        return by_path(records[source_of(one.number)][1]), one.number

    ordered: list[Scored] = []
    for _, equals in groupby(found, key=lambda one: one.score):
        alike = list(equals)
        ordered += sorted(alike, key=place) if len(alike) > 1 else alike
    return ordered[:limit]


class OneState:
    """Whatever is asked within it, however often it is entered, is of one state of the index.

    While it is entered other threads and whoever updates the index wait; in between they do not.
    It is for one thread.

    Args:
        retriever: over the index.

    Raises:
        IndexChanged: on entering, that the index has another state than when it was first entered.
    """

    def __init__(self, retriever: DiskRetriever) -> None:
        self._retriever = retriever
        self._first: tuple[Catalog, int] | None = None
        self._entered: list[ExitStack] = []

    def __enter__(self) -> None:
        with ExitStack() as stack:
            state = stack.enter_context(self._retriever.reading())
            if self._first is None:
                self._first = state
            elif state != self._first:
                raise changed(self._retriever.data)
            self._entered.append(stack.pop_all())

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._entered.pop().__exit__(kind, error, traceback)
