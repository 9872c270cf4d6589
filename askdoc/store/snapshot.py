"""One state of the inverted index, to be searched.

Questions are built from terms, never parsed. tantivy's inverse document frequency is replaced by
rank-bm25's, over the passages that are there: tantivy goes on counting those that were deleted.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from askdoc.store.catalog import MOST_PASSAGES, source_of
from askdoc.store.parcel import Row
from askdoc.store.schema import (
    FREQUENCIES,
    NUMBER,
    PASSAGE_FIELD,
    ROW_FIELD,
    SOURCE_FIELD,
    TERMS_FIELD,
)

if TYPE_CHECKING:
    from tantivy import DocAddress, Query, Searcher

    from askdoc.store.terms import Terms

_LONGEST_TERM = 65_000
# Passages of a term that are looked through to see which were deleted: a tenth of a millisecond.
_MOST_COUNTED = 20_000
_MOST_KNOWN = 10_000


class Found(NamedTuple):
    """A passage that was found: its score, its number, and where tantivy has it."""

    score: float
    number: int
    address: DocAddress

    @property
    def source(self) -> int:
        """The number of its source."""
        return source_of(self.number)


class Snapshot:
    """One committed state of the inverted index.

    Args:
        terms: what it is a state of.
        searcher: tantivy's view of it.
        held: how many passages its files hold, those that were deleted included.
    """

    def __init__(self, terms: Terms, searcher: Searcher, held: int) -> None:
        self._terms = terms
        self._held = held
        self._counted: dict[str, int] = {}
        self._searcher = searcher
        self._schema = terms.index.schema
        self._passages = searcher.num_docs

    def query(self, weights: Mapping[str, float]) -> Query | None:
        """What looks for some terms, each worth so much; None where no passage has any."""
        import tantivy

        parts: list[tuple[tantivy.Occur, Query]] = []
        with self._terms.translated():
            for term, weight in weights.items():
                if weight <= 0.0 or not term or len(term) > _LONGEST_TERM:
                    continue
                rarity = self._rarity(term)
                if rarity:
                    one = tantivy.Query.term_query(self._schema, TERMS_FIELD, term, FREQUENCIES)
                    boosted = tantivy.Query.boost_query(one, weight * rarity)
                    parts.append((tantivy.Occur.Should, boosted))
            return tantivy.Query.boolean_query(parts) if parts else None

    def best(self, query: Query, limit: int) -> list[Found]:
        """Passages with scores above 0, best first, at most `limit`."""
        with self._terms.translated():
            # tantivy sets room aside for as many as are asked for.
            most = max(1, min(limit, self._passages))
            found = self._searcher.search(query, most, count=False).hits
            numbers = self._searcher.fast_field_values(PASSAGE_FIELD, [at for _, at in found])
            return [
                Found(score, int(number or 0), address)
                for (score, address), number in zip(found, numbers, strict=True)
            ]

    def rows(self, found: Iterable[Found]) -> list[Row]:
        """The passages themselves."""
        doc = self._searcher.doc
        with self._terms.translated():
            return [_row(one.number, doc(one.address)[ROW_FIELD][0]) for one in found]

    def of_source(self, source: int) -> list[tuple[int, Row]]:
        """All passages of a source, with their numbers, in order."""
        import tantivy

        with self._terms.translated():
            query = tantivy.Query.term_query(self._schema, SOURCE_FIELD, source)
            passages = sorted(self.best(query, MOST_PASSAGES), key=lambda found: found.number)
            numbers = [found.number for found in passages]
            return list(zip(numbers, self.rows(passages), strict=True))

    def _rarity(self, term: str) -> float:
        """rank-bm25's inverse document frequency (BM25Plus) over tantivy's (Lucene's).

        tantivy multiplies with its own, ln(1 + (N - n + 0.5) / (n + 0.5)). Passages that were
        deleted count in both N and n until their files are merged. 0 where no passage has the term.
        """
        holding = self._searcher.doc_freq(TERMS_FIELD, term)
        living = self._living(term, holding)
        if not living:
            return 0.0
        own = math.log(1.0 + (self._held - holding + 0.5) / (holding + 0.5))
        return math.log((max(self._passages, living) + 1) / living) / own

    def _living(self, term: str, holding: int) -> int:
        """In how many passages a term stands, of `holding` that the files tell.

        A page that is edited every day leaves its rare words behind as if they were common ones.
        """
        import tantivy

        if self._passages == self._held or not holding:
            return holding
        if holding > _MOST_COUNTED:
            return max(1, holding * self._passages // self._held)
        if term not in self._counted:
            if len(self._counted) >= _MOST_KNOWN:
                self._counted.clear()
            one = tantivy.Query.term_query(self._schema, TERMS_FIELD, term, FREQUENCIES)
            found = self._searcher.search(one, 1, count=True)
            self._counted[term] = int(found.count)  # type: ignore[attr-defined]
        return self._counted[term]


def _row(number: int, stored: bytes) -> Row:
    """A passage, if it is the one of this number: a damaged file may give out another one's."""
    if stored[: NUMBER.size] != NUMBER.pack(number):
        raise ValueError(f"passage {number} is missing")
    return Row.unpack(stored[NUMBER.size :])
