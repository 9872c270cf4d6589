"""The retriever over a saved index: tantivy finds passages, SQLite says which are there.

tantivy's BM25 (k1 = 1.2, b = 0.75) is rank-bm25's but for its lower bound and for lengths above 40
terms, which tantivy rounds to one of 256 steps; its inverse document frequency is replaced by
rank-bm25's. What the inverted index holds beyond what is committed is passed over.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from askdoc.errors import IndexDamaged
from askdoc.model import Extent, Hit
from askdoc.store.catalog import Catalog, Record, State, source_of
from askdoc.store.files import change_of
from askdoc.store.folder import damaged, data_folder
from askdoc.store.stored import (
    StoredDocument,
    StoredDocuments,
    StoredPassage,
    StoredPassages,
    by_path,
)
from askdoc.store.terms import Found, Snapshot, Terms

# So many more than are asked for, so that those of equal score at the end can be put in order.
_SPARE = 4
_TRIES = 20
_KEPT_RECORDS = 10_000


class DiskRetriever:
    """BM25 over a saved index, always over what is committed when it is asked.

    Args:
        folder: the folder of the index.

    Raises:
        IndexNotFound, IndexOutdated, IndexDamaged: it cannot be used. All methods raise
            IndexDamaged where it turns out to be damaged.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open(data_folder(folder))

    def _open(self, data: Path) -> None:
        self.data = data
        self.catalog = Catalog(data)
        self._terms = Terms(data)
        self._version = -1
        self._records: dict[int, Record] = {}
        self._state = State()
        self._refresh()

    @property
    def documents(self) -> StoredDocuments:
        """All documents, as committed now."""
        self._refresh()
        return StoredDocuments(self.catalog, self._snapshot)

    @property
    def passages(self) -> StoredPassages:
        """All passages, as committed now."""
        return StoredPassages(self.catalog, self.documents)

    @property
    def extents(self) -> list[Extent]:
        """How much there is of each document, in the order of `documents`."""
        readable = [source for source in self.catalog.sources() if not source.problem]
        return [
            Extent(source.name, source.sentences, source.lines, source.length, source.notes)
            for source in sorted(readable, key=by_path)
        ]

    @property
    def state(self) -> State:
        """What is committed now."""
        self._refresh()
        return self._state

    def changes(self, names: Collection[str]) -> dict[str, str]:
        """What happened to the files of documents that were just found, since they were read."""
        sources = map(self.catalog.source_in, self._records.values())
        changed = {source.name: change_of(source) for source in sources if source.name in names}
        return {name: change for name, change in changed.items() if change}

    def search(self, weights: Mapping[str, float], limit: int) -> list[Hit]:
        """See `Retriever.search`."""
        if limit <= 0:
            return []
        for _ in range(_TRIES):
            self._refresh()
            hits = self._search(weights, limit)
            # A writer may have committed, and cleared away what was found, in the meantime.
            if hits is not None and self.catalog.version() == self._version:
                return hits
        raise damaged(self.data, "it changes faster than it can be read")

    def _refresh(self) -> None:
        """See what is committed now: SQLite's state, and an inverted index that holds all of it."""
        if not (self.data.exists() or self.folder.exists()):
            raise damaged(self.data, "it was removed")
        version = self.catalog.version()
        if version == self._version:
            return
        for _ in range(_TRIES):
            state = self.catalog.state()
            if not state.writing and self._terms.checksum() != state.terms_sum:
                if self.catalog.state() == state:
                    raise damaged(self.data, "the list of its files was changed")
                continue
            try:
                self._terms.check()
                snapshot = self._terms.snapshot()
            except IndexDamaged:
                # A writer may have merged files away while they were looked at.
                if not state.writing and self.catalog.state() == state:
                    raise
                continue
            version = self.catalog.version()
            if self.catalog.state().generation == state.generation:
                self._version, self._state, self._snapshot = version, state, snapshot
                self._dead = frozenset(state.dead)
                self._records.clear()
                return
        raise damaged(self.data, "it changes faster than it can be read")

    _snapshot: Snapshot
    _dead: frozenset[int] = frozenset()

    def _search(self, weights: Mapping[str, float], limit: int) -> list[Hit] | None:
        """The hits in the state that was last seen, None where it is no longer there."""
        query = self._snapshot.query(weights)
        if query is None:
            return []
        asked = limit + _SPARE
        while True:
            found = self._snapshot.best(query, asked)
            live = [hit for hit in found if self._is_live(source_of(hit.number))]
            # All of the same score as the last one must be known before they can be ordered.
            if len(found) < asked or (len(live) > limit and live[-1][0] < live[limit - 1][0]):
                break
            asked *= 4
        return self._hits(live, limit)

    def _is_live(self, source: int) -> bool:
        return source < self._state.next_id and source not in self._dead

    def _hits(self, live: list[Found], limit: int) -> list[Hit] | None:
        chosen = self._in_order(live, limit)
        records = self._records_of({source_of(found.number) for found in chosen})
        documents = {
            number: StoredDocument(self.catalog, self._snapshot, record)
            for number, record in records.items()
        }
        hits = []
        for found in chosen:
            document = documents.get(source_of(found.number))
            if document is None:
                if self.catalog.version() == self._version:
                    raise damaged(self.data, f"the source of passage {found.number} is missing")
                return None
            row = self._snapshot.row(found)
            hits.append(Hit(StoredPassage(document, found.number, row), found.score))
        return hits

    def _in_order(self, live: list[Found], limit: int) -> list[Found]:
        """The best, those of equal score in the order of their files and places."""
        scores = [found.score for found in live[: limit + 1]]
        if len(set(scores)) == len(scores):
            return live[:limit]
        alike = [found for found in live if found.score >= scores[:limit][-1]]
        records = self._records_of({source_of(found.number) for found in alike})
        paths = {
            number: by_path(self.catalog.source_in(record)) for number, record in records.items()
        }

        def place(found: Found) -> tuple[float, tuple[bytes, ...], int]:
            return -found.score, paths.get(source_of(found.number), ()), found.number

        return sorted(alike, key=place)[:limit]

    def _records_of(self, numbers: set[int]) -> dict[int, Record]:
        """The sources of these numbers, as far as they are there; they are remembered."""
        if len(self._records) > _KEPT_RECORDS:
            self._records.clear()
        unknown = numbers.difference(self._records)
        if unknown:
            self._records |= self.catalog.records(sorted(unknown))
        return {number: self._records[number] for number in numbers & self._records.keys()}
