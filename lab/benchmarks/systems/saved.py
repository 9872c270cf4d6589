"""askdoc's saved index: as users ask it, and its retriever alone.

Its rows cost more than the others': it is built from files, which it loads and splits, and what it
finds it can cite.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from lab.benchmarks.corpus import Asked, Corpus
from lab.benchmarks.systems import System


class SavedIndex(System):
    """A question in words, which askdoc analyses."""

    imports: ClassVar[tuple[str, ...]] = (
        "sqlite3",
        "tantivy",
        "askdoc.assistant",
        "askdoc.retrieve.disk",
    )
    analysis: ClassVar[str] = "askdoc's terms"

    _assistant: Any

    def build(self, corpus: Corpus, folder: Path) -> None:
        """See `System.build`."""
        from askdoc.index import update

        update(folder, [corpus.files])

    def open(self, folder: Path) -> None:
        """See `System.open`."""
        from askdoc import Assistant

        self._assistant = Assistant.open(folder)

    def search(self, asked: Asked, limit: int) -> list[str]:
        """See `System.search`."""
        return [hit.passage.text for hit in self._assistant.search(asked.text, limit=limit)]


class SavedRetriever(SavedIndex):
    """The same terms as the others get, without the question's analysis."""

    def search(self, asked: Asked, limit: int) -> list[str]:
        """See `System.search`."""
        weights = dict.fromkeys(asked.terms, 1.0)
        hits = self._assistant._corpus.search(weights, limit)
        return [hit.passage.text for hit in hits]
