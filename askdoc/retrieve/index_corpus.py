"""Documents of a saved index: all of them, or those of some sources."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager

from askdoc.model import Document, Extent, Hit
from askdoc.retrieve.memory_corpus import MemoryCorpus
from askdoc.retrieve.opening import retriever
from askdoc.retrieve.saved import SavedRetriever
from askdoc.retrieve.union_corpus import UnionCorpus
from askdoc.store.selection import EVERYTHING, Selection
from askdoc.store.state import digest_of_state
from askdoc.store.statistics import Statistics
from askdoc.store.stored import StoredDocument, StoredDocuments, StoredPassages


class IndexCorpus:
    """Documents of a saved index, always as committed when it is asked: a `Corpus`.

    Args:
        retriever: finds passages in the index.
        selection: the sources that are asked. It goes by names: whatever an update brings under
            one of them is asked, and what comes under another is not.

    All methods raise IndexDamaged where the index turns out to be damaged.
    """

    def __init__(self, retriever: SavedRetriever, selection: Selection = EVERYTHING) -> None:
        self._retriever = retriever
        self._selection = selection

    @classmethod
    def open(cls, index: str | os.PathLike[str]) -> IndexCorpus:
        """All documents of the index in this folder, or at this address.

        Raises:
            IndexNotFound, IndexOutdated, IndexDamaged: it cannot be used.
            ClusterError: its cluster cannot be asked, or the address is none.
        """
        return cls(retriever(index))

    @property
    def documents(self) -> StoredDocuments:
        """See `Corpus.documents`: in the order of their paths."""
        return self._retriever.documents.of(self._selection)

    @property
    def passages(self) -> StoredPassages:
        """See `Corpus.passages`."""
        return StoredPassages(self.documents)

    @property
    def extents(self) -> list[Extent]:
        """See `Corpus.extents`."""
        holds = self._selection.holds
        return [extent for extent in self._retriever.extents if holds(extent.source)]

    @property
    def unfinished(self) -> tuple[str, ...]:
        """See `Corpus.unfinished`."""
        return self._retriever.state.waiting

    @property
    def generation(self) -> str:
        """See `Corpus.generation`."""
        return digest_of_state(self._retriever.state)

    def search(
        self, weights: Mapping[str, float], limit: int, beside: Statistics | None = None
    ) -> list[Hit]:
        """See `Retriever.search`; `beside` as in `DiskRetriever.search`."""
        return self._retriever.search(weights, limit, self._selection, beside)

    def named(self, terms: Collection[str]) -> list[Document]:
        """See `Corpus.named`."""
        found = self._retriever.named(terms)
        return [document for document in found if self._selection.holds(document.source)]

    def within(
        self,
        documents: Collection[Document],
        weights: Mapping[str, float],
        limit: int,
        beside: Statistics | None = None,
    ) -> list[Hit]:
        """See `Corpus.within`; `beside` as in `search`."""
        numbers = {one.number for one in documents if isinstance(one, StoredDocument)}
        return self._retriever.within(numbers, weights, limit, beside)

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """What must be known of all passages to score others beside them, for these terms."""
        return self._retriever.statistics(terms)

    def only(self, names: Collection[str]) -> IndexCorpus:
        """See `Corpus.only`."""
        return IndexCorpus(self._retriever, self._selection.only(names))

    def without(self, names: Collection[str]) -> IndexCorpus:
        """All but the documents of these sources."""
        return IndexCorpus(self._retriever, self._selection.without(names))

    def adding(self, documents: Iterable[Document]) -> UnionCorpus:
        """See `Corpus.adding`: they are held in memory, and the index is not changed."""
        return UnionCorpus(self, MemoryCorpus.of(())).adding(documents)

    def changes(self, names: Collection[str]) -> dict[str, str]:
        """See `Corpus.changes`."""
        return self._retriever.changes(set(filter(self._selection.holds, names)))

    def snapshot(self) -> AbstractContextManager[None]:
        """See `Corpus.snapshot`."""
        return self._retriever.snapshot()
