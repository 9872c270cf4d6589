"""The retriever in memory: rank-bm25's BM25Plus over a list of passages.

`BM25Okapi` is not used: on few documents its inverse document frequency drops to zero and below, so
that a match counts against its passage. `BM25Plus` stays above zero on any number of passages, but
adds its lower bound to passages without a match as well; the formula it comes from (Lv and Zhai,
"Lower-bounding term frequency normalization", CIKM 2011) sums over matching terms only. Scoring
each term over just the passages that hold it gives that sum, and does not touch the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import nsmallest
from typing import TYPE_CHECKING

from askdoc import text
from askdoc.model import Hit, Passage

if TYPE_CHECKING:
    from rank_bm25 import BM25Plus


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
            analysed = [text.terms(passage.text) for passage in passages]
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

    def search(self, weights: Mapping[str, float], limit: int) -> list[Hit]:
        """See `Retriever.search`."""
        if self._bm25 is None:
            return []
        scores: dict[int, float] = {}
        for term, weight in weights.items():
            holding = self._holding.get(term)
            if holding is None or weight <= 0.0:
                continue
            found = self._bm25.get_batch_scores([term], holding)
            for number, score in zip(holding, found, strict=True):
                scores[number] = scores.get(number, 0.0) + weight * float(score)
        best = nsmallest(limit, scores.items(), key=lambda item: (-item[1], item[0]))
        return [Hit(self._passages[number], score) for number, score in best]
