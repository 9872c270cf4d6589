"""bm25s: scores worked out beforehand, as a sparse matrix of NumPy's; plain, without Numba."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from lab.benchmarks.corpus import Asked, Corpus
from lab.benchmarks.systems import System


class Bm25s(System):
    """bm25s with its corpus, both loaded into memory as it does by default."""

    imports: ClassVar[tuple[str, ...]] = ("numpy", "bm25s")
    analysis: ClassVar[str] = "askdoc's terms"
    memory: ClassVar[int] = 5_500

    _bm25: Any

    def build(self, corpus: Corpus, folder: Path) -> None:
        """See `System.build`."""
        import bm25s

        from askdoc.english.analyzer import terms

        texts = list(corpus.passages())
        built = bm25s.BM25()
        built.index([terms(text) for text in texts], show_progress=False)
        built.save(folder, corpus=texts, show_progress=False)

    def open(self, folder: Path) -> None:
        """See `System.open`."""
        import bm25s

        self._bm25 = bm25s.BM25.load(folder, load_corpus=True, show_progress=False)

    def search(self, asked: Asked, limit: int) -> list[str]:
        """See `System.search`."""
        most = min(limit, len(self._bm25.corpus))
        found, _ = self._bm25.retrieve([list(asked.terms)], k=most, show_progress=False)
        return [passage["text"] for passage in found[0]]
