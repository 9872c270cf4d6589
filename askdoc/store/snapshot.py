"""One state of the inverted index, to be searched.

Questions are built from terms, never parsed. tantivy's inverse document frequency is replaced by
rank-bm25's, over the passages that are there: tantivy goes on counting those that were deleted.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from askdoc.store.schema import FREQUENCIES, PASSAGE_FIELD, SOURCE_FIELD, TERMS_FIELD
from askdoc.store.sources import source_of
from askdoc.store.statistics import Statistics

if TYPE_CHECKING:
    from tantivy import Index, Occur, Query

_LONGEST_TERM = 65_000
# Passages of a term that are looked through to see which were deleted: a tenth of a millisecond.
_MOST_COUNTED = 20_000
_MOST_KNOWN = 10_000
# How tantivy's explanation of a score names the mean length of all passages.
_MEAN_LENGTH = "avgdl"


Clause: TypeAlias = "tuple[Occur, Query]"
"""A part of a query, and whether it must match or must not."""


class Found(NamedTuple):
    """A passage that was found: its score and its number."""

    score: float
    number: int

    @property
    def source(self) -> int:
        """The number of its source."""
        return source_of(self.number)


class Snapshot:
    """One committed state of the inverted index.

    Args:
        index: what tantivy opened.
        held: how many passages its files hold, those that were deleted included.
        translated: tells tantivy's errors in the user's words.
    """

    def __init__(
        self, index: Index, held: int, translated: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._translated = translated
        self._held = held
        self._counted: dict[str, int] = {}
        self._mean_length: float | None = None
        self._searcher = index.searcher()
        self._schema = index.schema
        self._passages = self._searcher.num_docs

    def query(self, weights: Mapping[str, float], beside: Statistics | None = None) -> Query | None:
        """What looks for some terms, each worth so much; None where no passage has any.

        Args:
            weights: the terms, and what a match of each is worth.
            beside: passages elsewhere that count, too, when it comes to how rare a term is.
        """
        import tantivy

        parts: list[tuple[Occur, Query]] = []
        with self._translated():
            for term, weight in weights.items():
                rarity = self._rarity(term, beside) if weight > 0.0 and _is_term(term) else 0.0
                if rarity:
                    boosted = tantivy.Query.boost_query(self._holds(term), weight * rarity)
                    parts.append((tantivy.Occur.Should, boosted))
            return tantivy.Query.boolean_query(parts) if parts else None

    def clause(self, kept: Collection[int], left_out: Collection[int]) -> Clause | None:
        """What narrows a query to some sources, given by number, and changes no score.

        Args:
            kept: those that are asked.
            left_out: all others.

        Returns:
            None where there is nothing to be left out.
        """
        import tantivy

        if not left_out:
            return None
        keeps = len(kept) <= len(left_out)
        with self._translated():
            fewer = sorted(kept if keeps else left_out)
            some = tantivy.Query.term_set_query(self._schema, SOURCE_FIELD, fewer)
            occurs = tantivy.Occur.Must if keeps else tantivy.Occur.MustNot
            return occurs, tantivy.Query.const_score_query(some, 0.0)

    def among(self, sources: Collection[int]) -> Clause:
        """What narrows a query to the sources of these numbers."""
        import tantivy

        with self._translated():
            some = tantivy.Query.term_set_query(self._schema, SOURCE_FIELD, sorted(sources))
            return tantivy.Occur.Must, tantivy.Query.const_score_query(some, 0.0)

    def narrowed(self, query: Query, clause: Clause) -> Query:
        """A query, narrowed by what `clause` gave."""
        import tantivy

        with self._translated():
            return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), clause])

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """What must be known of all passages to score others beside them, for these terms."""
        with self._translated():
            holding = {
                term: self._living(term, self._searcher.doc_freq(TERMS_FIELD, term))
                for term in terms
                if _is_term(term)
            }
            found = [term for term, count in holding.items() if count]
            if self._mean_length is None and found:
                self._mean_length = self._explained_length(found[0])
            most = max(holding.values(), default=0)
            return Statistics(max(self._passages, most), holding, self._mean_length)

    def _explained_length(self, term: str) -> float | None:
        """How many terms a passage has in the mean: tantivy says so only in an explanation."""
        one = self._holds(term)
        found = self._searcher.search(one, 1, count=False).hits
        if not found:
            return None
        parts = [json.loads(one.explain(self._searcher, found[0][1]).to_json())]
        while parts:
            part = parts.pop()
            if part["description"].startswith(_MEAN_LENGTH):
                return float(part["value"])
            parts += part.get("details") or ()
        return None

    def _holds(self, term: str) -> Query:
        import tantivy

        return tantivy.Query.term_query(self._schema, TERMS_FIELD, term, FREQUENCIES)

    def best(self, query: Query, limit: int) -> list[Found]:
        """Passages with scores above 0, best first, at most `limit`."""
        with self._translated():
            # tantivy sets room aside for as many as are asked for.
            most = max(1, min(limit, self._passages))
            found = self._searcher.search(query, most, count=False).hits
            numbers = self._searcher.fast_field_values(PASSAGE_FIELD, [at for _, at in found])
            return [
                Found(score, int(number or 0))
                for (score, _), number in zip(found, numbers, strict=True)
            ]

    def _rarity(self, term: str, beside: Statistics | None) -> float:
        """rank-bm25's inverse document frequency (BM25Plus) over tantivy's (Lucene's).

        tantivy multiplies with its own, ln(1 + (N - n + 0.5) / (n + 0.5)). Passages that were
        deleted count in both N and n until their files are merged. 0 where no passage has the term.
        """
        holding = self._searcher.doc_freq(TERMS_FIELD, term)
        living = self._living(term, holding)
        if not living:
            return 0.0
        own = math.log(1.0 + (self._held - holding + 0.5) / (holding + 0.5))
        passages = max(self._passages, living)
        if beside is not None:
            passages += beside.passages
            living += beside.holding.get(term, 0)
        return math.log((passages + 1) / living) / own

    def _living(self, term: str, holding: int) -> int:
        """In how many passages a term stands, of `holding` that the files tell.

        A page that is edited every day leaves its rare words behind as if they were common ones.
        """
        if self._passages == self._held or not holding:
            return holding
        if holding > _MOST_COUNTED:
            return max(1, holding * self._passages // self._held)
        if term not in self._counted:
            if len(self._counted) >= _MOST_KNOWN:
                self._counted.clear()
            found = self._searcher.search(self._holds(term), 1, count=True)
            self._counted[term] = int(found.count)  # type: ignore[attr-defined]
        return self._counted[term]


def _is_term(term: str) -> bool:
    return 0 < len(term) <= _LONGEST_TERM
