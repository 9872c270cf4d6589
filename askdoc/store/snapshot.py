"""One state of the inverted index, to be searched.

Questions are built from terms, never parsed. tantivy's inverse document frequency is replaced by
what a match of a term is worth: tantivy goes on counting passages that were deleted. What is found
is roughly in order; how far off that may be is known (`Snapshot.excess`).
"""

from __future__ import annotations

import math
import struct
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from askdoc.store.schema import FREQUENCIES, PASSAGE_FIELD, SOURCE_FIELD, TERMS_FIELD
from askdoc.store.statistics import Statistics

if TYPE_CHECKING:
    from tantivy import Index, Occur, Query

_MOST_KNOWN = 10_000
# Of tantivy's BM25, which cannot be told others: what a score is at most, in shares of a term's
# worth, and what stands below the line for a passage without length and for one of mean length.
_MOST_SHARE = 2.2
_NO_LENGTH, _MEAN_LENGTH = 0.3, 0.9
# It counts in single precision, so that each step may be off by half of this.
_STEP = 2.0**-23
_STEPS = 16
_SINGLES = struct.Struct("<2f")


Clause: TypeAlias = "tuple[Occur, Query]"
"""A part of a query, and whether it must match or must not."""


class _Term(NamedTuple):
    """In how many passages a term stands, without deleted ones, and how rare tantivy takes it to
    be, with them."""

    living: int
    rarity: float


class Snapshot:
    """One committed state of the inverted index.

    Args:
        index: what tantivy opened.
        parts: how many passages each part of it holds, those that were deleted included, and how
            many terms tantivy counts in these.
        passages: how many passages are committed.
        length: how many terms these have.
        translated: tells tantivy's errors in the user's words, again and again.
    """

    def __init__(
        self,
        index: Index,
        parts: Sequence[tuple[int, int]],
        passages: int,
        length: int,
        translated: AbstractContextManager[None],
    ) -> None:
        self._translated = translated
        self._held = sum(held for held, _ in parts)
        self._means = [terms / held for held, terms in parts if terms]
        self._mean = sum(terms for _, terms in parts) / self._held if self._means else 1.0
        # Where no passage of a part has a term its file begins with what follows, a number for each
        # passage: as many are told as where each has one term.
        sure = sum(terms for held, terms in parts if terms != held)
        self._least_mean = max(sure, 1) / self._held if self._means else 1.0
        self._known: dict[str, _Term] = {}
        self._searcher = index.searcher()
        self._schema = index.schema
        self._living = self._searcher.num_docs
        self._passages, self._length = passages, length

    def propose(
        self, worths: Mapping[str, float], mean_length: float, most: int, clause: Clause | None
    ) -> tuple[list[int], list[float], float]:
        """The passages that seem best, for whoever scores them again.

        Args:
            worths: what a match of each term is worth.
            mean_length: of all passages that count.
            most: at most so many, at least 1.
            clause: narrows what is found, as `clause` and `among` give it.

        Returns:
            The passages by number, best first; what the exact score of each is at most; and what
            that of any other passage is at most, below 0 where there is none.
        """
        query = self.query(worths)
        if query is None:
            return [], [], -1.0
        if clause is not None:
            query = self.narrowed(query, clause)
        scores, numbers = self.best(query, most)
        given, passed_over = self.excess(len(worths), mean_length)
        rest = scores[-1] * passed_over if len(scores) == most else -1.0
        return numbers, [score * given for score in scores], rest

    def query(self, worths: Mapping[str, float]) -> Query | None:
        """What looks for some terms, each worth so much; None where no passage has any."""
        from tantivy import Occur, Query

        should, parts = Occur.Should, list[tuple[Occur, Query]]()
        with self._translated:
            for term, worth in worths.items():
                known = self._look_up(term)
                if not known.living:
                    continue
                holds = Query.term_query(self._schema, TERMS_FIELD, term, FREQUENCIES)
                # It scores as if tantivy's inverse document frequency were its worth.
                if known.rarity > 0.0:
                    one = Query.boost_query(holds, worth / known.rarity)
                else:
                    # Among many millions of passages that all have it tantivy sees it as worth
                    # nothing.
                    one = Query.const_score_query(holds, worth * _MOST_SHARE)
                parts.append((should, one))
            return Query.boolean_query(parts) if parts else None

    def excess(self, terms: int, mean_length: float) -> tuple[float, float]:
        """How many times what tantivy scores a passage it may score exactly, at most.

        Args:
            terms: how many are looked for.
            mean_length: of all passages that count.

        Returns:
            That for a passage that tantivy gives; and how many times the last score that it gives
            a passage may score exactly that it does not give.
        """
        # tantivy rounds lengths down, which only ever makes a score higher. Where its mean length
        # is too low, what it has below the line is so many times too much at most.
        given = max(1.0, mean_length / self._least_mean) * (1.0 + (terms + _STEPS) * _STEP)
        return given, given * self._passed_over

    @cached_property
    def _passed_over(self) -> float:
        """How many times the last score that tantivy gives a passage may score, by tantivy's own
        formula, that it passes over as scoring too little."""
        # Each block of a part's list of passages keeps which passage in it scores highest. That
        # was found with the mean length of that part alone; by the mean of all, another one may.
        # With what a term has below the line beside its count as 0.3 / count + 0.9 x, and x as
        # length / count / mean length, this is how much more the other one then scores at most.
        blocks = 1.0
        for mean in self._means:
            for of_all in (self._mean, self._least_mean):
                share = (1.0 + _NO_LENGTH * mean / of_all) / (1.0 + _NO_LENGTH)
                blocks = max(blocks, share, 1.0 / share)
        # The highest score of a term that tantivy reckons with is that of a passage of endless
        # length that says nothing else; a length rounded down by a ninth scores a little higher.
        longest = _MEAN_LENGTH / self._least_mean
        return max(blocks, (1.0 + longest) / (1.0 + longest * 8 / 9))

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
        with self._translated:
            fewer = sorted(kept if keeps else left_out)
            some = tantivy.Query.term_set_query(self._schema, SOURCE_FIELD, fewer)
            occurs = tantivy.Occur.Must if keeps else tantivy.Occur.MustNot
            return occurs, tantivy.Query.const_score_query(some, 0.0)

    def among(self, sources: Collection[int]) -> Clause:
        """What narrows a query to the sources of these numbers."""
        import tantivy

        with self._translated:
            some = tantivy.Query.term_set_query(self._schema, SOURCE_FIELD, sorted(sources))
            return tantivy.Occur.Must, tantivy.Query.const_score_query(some, 0.0)

    def narrowed(self, query: Query, clause: Clause) -> Query:
        """A query, narrowed by what `clause` gave."""
        import tantivy

        with self._translated:
            return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), clause])

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """What must be known of all passages to score some of them, for these terms."""
        with self._translated:
            holding = {term: self._look_up(term).living for term in terms}
        # An index that somebody made up may say otherwise.
        passages = max(self._passages, max(holding.values(), default=0))
        return Statistics(passages, self._length, holding)

    def best(self, query: Query, limit: int) -> tuple[list[float], list[int]]:
        """The scores of passages, best first, at most `limit`, and their numbers."""
        with self._translated:
            # tantivy sets room aside for as many as are asked for.
            most = max(1, min(limit, self._living))
            found = self._searcher.search(query, most, count=False).hits
            if not found:
                return [], []
            scores, places = zip(*found, strict=True)
            numbers: list[Any] = self._searcher.fast_field_values(PASSAGE_FIELD, list(places))
            return list(scores), [number or 0 for number in numbers]

    def _look_up(self, term: str) -> _Term:
        known = self._known.get(term)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            holding = living = int(self._searcher.doc_freq(TERMS_FIELD, term))
            # A page that is edited every day leaves its rare words behind as if they were common.
            if holding and self._living != self._held:
                from tantivy import Query

                holds = Query.term_query(self._schema, TERMS_FIELD, term, FREQUENCIES)
                found = self._searcher.search(holds, 1, count=True)
                living = int(found.count)  # type: ignore[attr-defined]
            known = self._known[term] = _Term(living, _own_rarity(self._held, holding))
        return known


def _own_rarity(held: int, holding: int) -> float:
    """tantivy's inverse document frequency, rounded to single precision as often as there."""
    more, fewer = _singles(held - holding, holding)
    more, fewer = _singles(more + 0.5, fewer + 0.5)
    share, _ = _singles(more / fewer, 0.0)
    return math.log(_singles(1.0 + share, 0.0)[0])


def _singles(one: float, other: float) -> tuple[float, float]:
    """The nearest numbers of single precision."""
    rounded: tuple[float, float] = _SINGLES.unpack(_SINGLES.pack(one, other))
    return rounded
