"""A saved index as an engine: tantivy proposes, SQLite has the terms."""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence

from askdoc.retrieve.bm25 import Proposed, Scoring
from askdoc.store.catalog import Catalog, source_of
from askdoc.store.prepared import PassageRecord
from askdoc.store.records import Records
from askdoc.store.snapshot import Clause, Snapshot

# Of the passages that were looked at so many are kept as they were read: most of them are given.
_MOST_ROWS = 500


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
        self._counted: dict[int, tuple[int, Sequence[int], bytes]] = {}

    def propose(self, scoring: Scoring, most: int) -> Proposed:
        """See `Engine.propose`."""
        query = self._snapshot.query(scoring.worths)
        if query is None:
            return Proposed((), (), -1.0)
        if self._clause is not None:
            query = self._snapshot.narrowed(query, self._clause)
        scores, numbers = self._snapshot.best(query, most)
        given, passed_over = self._snapshot.excess(len(scoring.worths), scoring.mean_length)
        rest = scores[-1] * passed_over if len(scores) == most else -1.0
        return Proposed(numbers, [score * given for score in scores], rest)

    def counts(
        self, numbers: Sequence[int], terms: Collection[str]
    ) -> list[tuple[int, int, Sequence[int]]]:
        """See `Engine.counts`."""
        counted = self._catalog.counts(numbers, terms)
        if len(counted) < len(numbers):
            self._miss(numbers, counted)
        if len(self._counted) < _MOST_ROWS:
            self._counted |= counted
        return [(number, length, counts) for number, (length, counts, _) in counted.items()]

    def passages(self, numbers: Sequence[int]) -> dict[int, PassageRecord]:
        """The passages of these numbers, which were among those that were counted."""
        known = self._counted
        rows = {number: known[number][2] for number in numbers if number in known}
        found = self._catalog.unpacked(rows)
        if len(found) < len(numbers):
            found |= self._catalog.rows([number for number in numbers if number not in found])
            self._miss(numbers, found)
        return found

    def _miss(self, numbers: Sequence[int], found: Container[int]) -> None:
        for number in numbers:
            if number not in found:
                raise self._records.missing(source_of(number))
