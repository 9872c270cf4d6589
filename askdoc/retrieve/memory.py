"""The retriever in memory: every passage that has a term is scored, by `bm25`'s formula.

rank-bm25 counts what stands where. Its own scores are not used: `BM25Okapi`'s are zero and below on
few documents, and `BM25Plus` adds its lower bound to passages without a match as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from askdoc.english import analyzer
from askdoc.model import Hit, Passage
from askdoc.retrieve.bm25 import Scoring, is_term, share
from askdoc.store.statistics import Statistics

if TYPE_CHECKING:
    from rank_bm25 import BM25Plus


class MemoryRetriever:
    """BM25 over passages that are all at hand.

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
        self._lengths = np.array([len(terms) for terms in analysed], dtype=np.int64)

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
            beside: passages elsewhere by which it is judged as well.
        """
        import numpy as np

        if self._bm25 is None or limit <= 0:
            return []
        scoring = Scoring(weights, self.statistics(weights).beside(beside))
        norms, scores = scoring.norm(self._lengths), np.zeros(len(self._passages))
        counted = self._bm25.doc_freqs
        for term, worth in scoring.worths.items():
            holding = self._holding.get(term, ())
            counts = np.array([counted[number][term] for number in holding], dtype=np.int64)
            at = np.array(holding, dtype=np.int64)
            scores[at] += share(worth, counts, norms[at])
        if among is not None:
            scores[~np.array(among, dtype=bool)] = 0.0
        (found,) = scores.nonzero()
        ranked = found[np.argsort(-scores[found], kind="stable")]
        return [
            Hit(self._passages[number], score)
            for number, score in zip(
                ranked[:limit].tolist(), scores[ranked[:limit]].tolist(), strict=True
            )
        ]

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """What must be known of all passages to score others beside them, for these terms."""
        holding = {term: len(self._holding.get(term, ())) for term in terms if is_term(term)}
        return Statistics(len(self._passages), int(self._lengths.sum()), holding)
