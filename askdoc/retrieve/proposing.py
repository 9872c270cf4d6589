"""A saved index as an engine: tantivy proposes, SQLite has the terms."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

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
        self._rows: dict[int, bytes] = {}

    def propose(self, scoring: Scoring, most: int) -> Proposed:
        """See `Engine.propose`."""
        query = self._snapshot.query(scoring.worths)
        if query is None:
            return Proposed((), (), -1.0)
        if self._clause is not None:
            query = self._snapshot.narrowed(query, self._clause)
        found = self._snapshot.best(query, most)
        given, passed_over = self._snapshot.excess(len(scoring.worths), scoring.mean_length)
        rest = found[-1].score * passed_over if len(found) == most else -1.0
        return Proposed(
            [number for _, number in found], [score * given for score, _ in found], rest
        )

    def counts(
        self, numbers: Sequence[int], terms: Collection[str]
    ) -> Iterator[tuple[int, int, Sequence[int]]]:
        """See `Engine.counts`."""
        counted = self._catalog.counts(numbers, terms)
        for number in numbers:
            if number not in counted:
                raise self._records.missing(source_of(number))
            length, counts, row = counted[number]
            if len(self._rows) < _MOST_ROWS:
                self._rows[number] = row
            yield number, length, counts

    def passages(self, numbers: Sequence[int]) -> dict[int, PassageRecord]:
        """The passages of these numbers, which were among those that were counted."""
        rows = self._rows
        found = {
            number: self._catalog.passage(number, rows[number])
            for number in numbers
            if number in rows
        }
        if len(found) < len(numbers):
            found |= self._catalog.rows([number for number in numbers if number not in found])
            for number in numbers:
                if number not in found:
                    raise self._records.missing(source_of(number))
        return found
