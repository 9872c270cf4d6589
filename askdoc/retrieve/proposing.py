"""A saved index as an engine: tantivy proposes, SQLite has the terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from askdoc.retrieve.bm25 import Proposed, Scoring
from askdoc.store.catalog import Catalog, source_of
from askdoc.store.records import Records
from askdoc.store.snapshot import Clause, Snapshot


class IndexEngine:
    """One state of a saved index, for one question: an `Engine`.

    Args:
        snapshot: the inverted index.
        catalog: where the terms of passages are.
        records: tells what is to be said where a passage is not there.
        clause: narrows what is found; None for all.
    """

    def __init__(
        self, snapshot: Snapshot, catalog: Catalog, records: Records, clause: Clause | None
    ) -> None:
        self._snapshot = snapshot
        self._catalog = catalog
        self._records = records
        self._clause = clause

    def propose(self, scoring: Scoring, most: int) -> Proposed:
        """See `Engine.propose`."""
        query = self._snapshot.query(scoring.worths)
        if query is None:
            return Proposed((), -1.0)
        if self._clause is not None:
            query = self._snapshot.narrowed(query, self._clause)
        found = self._snapshot.best(query, most)
        numbers = [number for _, number in found]
        if len(found) < most:
            return Proposed(numbers, -1.0)
        excess = self._snapshot.excess(len(scoring.worths), scoring.mean_length)
        return Proposed(numbers, found[-1].score * excess)

    def words(self, numbers: Sequence[int]) -> Mapping[int, Sequence[str]]:
        """See `Engine.words`."""
        words = self._catalog.terms(numbers)
        for number in numbers:
            if number not in words:
                raise self._records.missing(source_of(number))
        return words
