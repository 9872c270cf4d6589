"""The retriever over a saved index, wherever it is kept: an engine proposes passages, the catalogue
says which are there and which terms they have, by which `bm25` scores them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager, ExitStack, suppress
from itertools import groupby
from pathlib import Path
from threading import RLock
from types import TracebackType

from askdoc.cluster.address import Address
from askdoc.errors import IndexChanged
from askdoc.model import Extent, Hit
from askdoc.retrieve.bm25 import Scored, Scoring, best, is_term
from askdoc.retrieve.proposing import Clause, IndexEngine, Searched
from askdoc.store.files import change_of
from askdoc.store.reader import CatalogReader
from askdoc.store.records import Records
from askdoc.store.selection import EVERYTHING, Selection
from askdoc.store.sources import Record, Source, source_of
from askdoc.store.state import State
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


class SavedRetriever(ABC):
    """BM25 over a saved index, always over what is committed when it is asked.

    For several threads at once, which wait for one another.

    Args:
        where: the folder or the address of the index.

    Attributes:
        catalog: where the sources and their passages are.

    Raises:
        IndexNotFound, IndexOutdated, IndexDamaged: it cannot be used. All methods raise
            IndexDamaged where it turns out to be damaged.
    """

    catalog: CatalogReader
    _version: int
    _state: State
    _snapshot: Searched
    _records: Records
    _clauses: dict[Selection, Clause]

    def __init__(self, where: Path | Address) -> None:
        self.where = where
        self._one_asks = RLock()
        self._open()

    @abstractmethod
    def _open(self) -> None:
        """Open what there is, and look what is committed."""

    @abstractmethod
    def _refresh(self) -> None:
        """See what is committed now, also where the index was made anew."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[tuple[CatalogReader, int]]:
        """All that is asked within is of one state, and no other thread asks; which state it is.

        Raises:
            IndexChanged: it was made anew meanwhile, or updated so that not all of it is there.
        """

    @abstractmethod
    def named(self, terms: Collection[str]) -> list[StoredDocument]:
        """Documents whose files' names hold one of these terms."""

    @abstractmethod
    def size(self) -> int:
        """How many bytes the index has on disk."""

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
        changed = {source.name: self.change_of(source) for source in cited}
        return {name: change for name, change in changed.items() if change}

    def change_of(self, source: Source) -> str:
        """What happened to the file of a source since it was read: `files.GONE`, `files.CHANGED` or
        ""."""
        return change_of(source)

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
        raise changed(self.catalog.data)

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

    def _seen(self, version: int, state: State, snapshot: Searched) -> None:
        """This is committed now."""
        self._version, self._state, self._snapshot = version, state, snapshot
        self._records = Records(self.catalog, version)
        self._clauses = {}

    def _found(
        self,
        weights: Mapping[str, float],
        limit: int,
        clause: Clause,
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

    def _clause(self, selection: Selection) -> Clause:
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

    def __init__(self, retriever: SavedRetriever) -> None:
        self._retriever = retriever
        self._first: tuple[CatalogReader, int] | None = None
        self._entered: list[ExitStack] = []

    def __enter__(self) -> None:
        with ExitStack() as stack:
            state = stack.enter_context(self._retriever.reading())
            if self._first is None:
                self._first = state
            elif state != self._first:
                raise changed(self._retriever.catalog.data)
            self._entered.append(stack.pop_all())

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._entered.pop().__exit__(kind, error, traceback)
