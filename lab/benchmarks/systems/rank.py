"""rank-bm25: every passage's terms in memory, and every passage scored for every question.

It has no index on disk: what is built is pickled, as its users do.
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any, ClassVar

from lab.benchmarks.corpus import Asked, Corpus
from lab.benchmarks.systems import System


class RankBm25(System):
    """BM25Plus; over all passages, its ranking is that of plain BM25."""

    imports: ClassVar[tuple[str, ...]] = ("numpy", "rank_bm25")
    analysis: ClassVar[str] = "askdoc's terms"
    memory: ClassVar[int] = 4_500

    _texts: list[str]
    _bm25: Any

    def build(self, corpus: Corpus, folder: Path) -> None:
        """See `System.build`."""
        from rank_bm25 import BM25Plus

        from askdoc.english.analyzer import terms

        texts = list(corpus.passages())
        with (folder / "bm25.pickle").open("wb") as file:
            pickle.dump((texts, BM25Plus([terms(text) for text in texts])), file, protocol=5)

    def open(self, folder: Path) -> None:
        """See `System.open`."""
        with (folder / "bm25.pickle").open("rb") as file:
            self._texts, self._bm25 = pickle.load(file)

    def search(self, asked: Asked, limit: int) -> list[str]:
        """As rank-bm25's `get_top_n` does."""
        scores = self._bm25.get_scores(list(asked.terms))
        return [self._texts[number] for number in scores.argsort()[::-1][:limit]]
