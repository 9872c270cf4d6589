"""A saved index as an engine: what searches it proposes, the catalogue has the terms."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from typing import Any, Protocol

from askdoc.retrieve.bm25 import Proposed, Scoring
from askdoc.store.prepared import PassageRecord
from askdoc.store.reader import CatalogReader
from askdoc.store.records import Records
from askdoc.store.sources import source_of
from askdoc.store.statistics import Statistics

Clause = Any
"""What narrows a search to some sources: made and read by what searches. None narrows nothing."""

# Of the passages that were looked at so many are kept as they were read: most of them are given.
_MOST_ROWS = 500


class Searched(Protocol):
    """One state of a saved index, to be searched."""

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """What must be known of all passages to score some of them, for these terms."""
        ...

    def clause(self, kept: Collection[int], left_out: Collection[int]) -> Clause:
        """What narrows a search to some sources, given by number.

        Args:
            kept: those that are asked.
            left_out: all others.
        """
        ...

    def among(self, sources: Collection[int]) -> Clause:
        """What narrows a search to the sources of these numbers."""
        ...

    def propose(
        self, worths: Mapping[str, float], mean_length: float, most: int, clause: Clause
    ) -> tuple[Sequence[int], Sequence[float], float]:
        """What `Engine.propose` gives, see there.

        Args:
            worths: what a match of each term is worth; each stands in some passage.
            mean_length: how many terms a passage has, of all that count.
            most: at most so many passages, at least 1.
            clause: narrows what is found.
        """
        ...


class IndexEngine:
    """One state of a saved index, for one question: an `Engine`.

    Args:
        searched: finds passages.
        catalog: where the terms of passages are.
        records: tells what is to be said where a passage is not there.
        clause: narrows what is found.
    """

    def __init__(
        self, searched: Searched, catalog: CatalogReader, records: Records, clause: Clause
    ) -> None:
        self._searched = searched
        self._catalog = catalog
        self._records = records
        self._clause = clause
        self._counted: dict[int, tuple[int, Sequence[int], bytes]] = {}

    def propose(self, scoring: Scoring, most: int) -> Proposed:
        """See `Engine.propose`."""
        searched = self._searched
        found = searched.propose(scoring.worths, scoring.mean_length, most, self._clause)
        return Proposed(*found)

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
