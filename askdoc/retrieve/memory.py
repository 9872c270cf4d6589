"""The retriever in memory: rank-bm25's BM25Plus over a list of passages.

`BM25Okapi` is not used: on few documents its inverse document frequency drops to zero and below, so
that a match counts against its passage. `BM25Plus` stays above zero on any number of passages, but
adds its lower bound to passages without a match as well; the formula it comes from (Lv and Zhai,
"Lower-bounding term frequency normalization", CIKM 2011) sums over matching terms only. Scoring
each term over just the passages that hold it gives that sum, and does not touch the others.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from heapq import nsmallest
from typing import TYPE_CHECKING

from askdoc.english import analyzer
from askdoc.model import Hit, Passage
from askdoc.store.statistics import Statistics

if TYPE_CHECKING:
    from rank_bm25 import BM25Plus

# tantivy's, which has no lower bound: what is scored beside a saved index is scored alike.
_TANTIVY = {"k1": 1.2, "b": 0.75, "delta": 0.0}


class MemoryRetriever:
    """BM25+ over passages that are all at hand.

    Args:
        passages: what is searched, in the order that breaks ties; may be empty.
        analysed: their terms, where they are known.
    """

    def __init__(
        self, passages: Sequence[Passage], analysed: Sequence[Sequence[str]] | None = None
    ) -> None:
        import numpy as np
        from rank_bm25 import BM25Plus

        self._passages = passages
        if analysed is None:
            analysed = [analyzer.terms(passage.text) for passage in passages]
        self._holding: dict[str, list[int]] = {}
        for number, terms in enumerate(analysed):
            for term in dict.fromkeys(terms):
                self._holding.setdefault(term, []).append(number)
        # rank-bm25 divides by the mean length: without any term there is nothing to rank.
        self._bm25: BM25Plus | None = BM25Plus(analysed) if self._holding else None
        if self._bm25 is not None:
            # rank-bm25 keeps the lengths as a list and makes an array of them all for each term
            # that is looked up: nine tenths of a search among 30,000 passages.
            self._bm25.doc_len = np.array(self._bm25.doc_len)

    def search(
        self,
        weights: Mapping[str, float],
        limit: int,
        among: Sequence[bool] | None = None,
        beside: Statistics | None = None,
    ) -> list[Hit]:
        """See `Retriever.search`.

        Args:
            weights: as there.
            limit: as there.
            among: for each passage whether it is looked for; None for all. How rare a term is is
                judged by all passages all the same.
            beside: passages of a saved index by which it is judged as well; scores then compare
                with those that it gives.
        """
        if self._bm25 is None:
            return []
        bm25 = self._bm25 if beside is None else self._beside(self._bm25, beside)
        scores: dict[int, float] = {}
        for term, weight in weights.items():
            holding = self._holding.get(term)
            if holding is None or weight <= 0.0:
                continue
            worth = weight * self._share(term, beside)
            if among is not None:
                holding = [number for number in holding if among[number]]
            found = bm25.get_batch_scores([term], holding)
            for number, score in zip(holding, found, strict=True):
                scores[number] = scores.get(number, 0.0) + worth * float(score)
        best = nsmallest(limit, scores.items(), key=lambda item: (-item[1], item[0]))
        return [Hit(self._passages[number], score) for number, score in best]

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """What must be known of all passages to score others beside them, for these terms."""
        holding = {term: len(self._holding.get(term, ())) for term in terms}
        return Statistics(len(self._passages), holding)

    @staticmethod
    def _beside(bm25: BM25Plus, beside: Statistics) -> BM25Plus:
        """The same passages, scored as tantivy scores those beside them."""
        alike = copy(bm25)
        vars(alike).update(_TANTIVY)
        if beside.mean_length is not None:
            alike.avgdl = beside.mean_length
        return alike

    def _share(self, term: str, beside: Statistics | None) -> float:
        """How rare a term is with others beside, as a share of what it is without."""
        if beside is None:
            return 1.0
        count, holding = len(self._passages), len(self._holding[term])
        with_others = (count + beside.passages + 1) / (holding + beside.holding.get(term, 0))
        return math.log(with_others) / math.log((count + 1) / holding)
