"""Documents that are held in memory.

Each is split and analysed when it is first needed, once, however many corpora it comes to stand in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from itertools import chain
from threading import RLock

from askdoc.model import Document, Extent, Hit, Passage
from askdoc.retrieve.memory import MemoryRetriever
from askdoc.retrieve.names import Names
from askdoc.store.prepared import PreparedDocument, prepare
from askdoc.store.selection import EVERYTHING, Selection
from askdoc.store.statistics import Statistics

# What is made once is the same for all threads: passages are told apart by identity.
_ONE_MAKES = RLock()


class _Held:
    """A document, and what becomes of it."""

    def __init__(self, document: Document, parcel: Callable[[Document], PreparedDocument]) -> None:
        self.document = document
        self._parcel = parcel

    @property
    def passages(self) -> list[Passage]:
        return self._made[0]

    @property
    def terms(self) -> list[list[str]]:
        """The terms of each passage."""
        return self._made[1]

    @property
    def _made(self) -> tuple[list[Passage], list[list[str]]]:
        with _ONE_MAKES:
            return self._analysed

    @cached_property
    def _analysed(self) -> tuple[list[Passage], list[list[str]]]:
        parcel = self._parcel(self.document)
        return parcel.passages(self.document), [words.split() for words in parcel.terms]

    @property
    def extent(self) -> Extent:
        document = self.document
        sentences = sum(len(passage.sentences) for passage in self.passages)
        return Extent(
            document.source, sentences, document.lines, len(document.text), document.notes
        )


class Shelf:
    """Documents that are searched together, and by which it is judged how rare a term is."""

    def __init__(self, held: Iterable[_Held]) -> None:
        self.held = tuple(held)

    @property
    def retriever(self) -> MemoryRetriever:
        with _ONE_MAKES:
            return self._retriever

    @cached_property
    def _retriever(self) -> MemoryRetriever:
        passages = tuple(chain.from_iterable(one.passages for one in self.held))
        return MemoryRetriever(passages, [terms for one in self.held for terms in one.terms])


class MemoryCorpus:
    """Documents in memory: a `Corpus`.

    Args:
        shelf: where they stand, with others that are not asked.
        selection: which are asked.
    """

    def __init__(self, shelf: Shelf, selection: Selection = EVERYTHING) -> None:
        self._shelf = shelf
        self._selection = selection
        self._chosen = [one for one in shelf.held if selection.holds(one.document.source)]
        self.documents: tuple[Document, ...] = tuple(one.document for one in self._chosen)

    @classmethod
    def of(
        cls, documents: Iterable[Document], parcel: Callable[[Document], PreparedDocument] = prepare
    ) -> MemoryCorpus:
        """A corpus of documents.

        Args:
            documents: what is asked.
            parcel: splits and analyses a document.
        """
        return cls(Shelf(_Held(document, parcel) for document in documents))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """See `Corpus.passages`."""
        return tuple(chain.from_iterable(one.passages for one in self._chosen))

    @cached_property
    def _extents(self) -> list[Extent]:
        return [one.extent for one in self._chosen]

    @property
    def extents(self) -> list[Extent]:
        """See `Corpus.extents`."""
        return list(self._extents)

    @cached_property
    def _among(self) -> list[bool] | None:
        """For each passage of the shelf whether it is one of these; None where all are."""
        if len(self._chosen) == len(self._shelf.held):
            return None
        return [
            chosen
            for one in self._shelf.held
            for chosen in [self._selection.holds(one.document.source)] * len(one.passages)
        ]

    def search(
        self, weights: Mapping[str, float], limit: int, beside: Statistics | None = None
    ) -> list[Hit]:
        """See `Retriever.search`; `beside` as in `MemoryRetriever.search`."""
        return self._shelf.retriever.search(weights, limit, self._among, beside)

    @cached_property
    def _names(self) -> Names:
        return Names(document.source for document in self.documents)

    def named(self, terms: Collection[str]) -> list[Document]:
        """See `Corpus.named`."""
        return [self.documents[at] for at in sorted(self._names.holding(terms))]

    def within(
        self,
        documents: Collection[Document],
        weights: Mapping[str, float],
        limit: int,
        beside: Statistics | None = None,
    ) -> list[Hit]:
        """See `Corpus.within`; `beside` as in `search`."""
        wanted = set(map(id, documents))
        among = [
            asked
            for one in self._shelf.held
            for asked in [id(one.document) in wanted] * len(one.passages)
        ]
        return self._shelf.retriever.search(weights, limit, among, beside)

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """What must be known of all passages to score others beside them, for these terms."""
        return self._shelf.retriever.statistics(terms)

    def only(self, names: Collection[str]) -> MemoryCorpus:
        """See `Corpus.only`."""
        return MemoryCorpus(self._shelf, self._selection.only(names))

    def adding(self, documents: Iterable[Document]) -> MemoryCorpus:
        """See `Corpus.adding`."""
        added = latest(documents)
        kept = (one for one in self._shelf.held if one.document.source not in added)
        shelf = Shelf(chain(kept, (_Held(document, prepare) for document in added.values())))
        return MemoryCorpus(shelf, self._selection.including(added))

    @property
    def unfinished(self) -> tuple[str, ...]:
        """See `Corpus.unfinished`: all was read that could be."""
        return ()

    @property
    def generation(self) -> str:
        """See `Corpus.generation`: it never changes."""
        return ""

    def changes(self, names: Collection[str]) -> dict[str, str]:
        """See `Corpus.changes`: what is held in memory was read just now."""
        return {}

    def snapshot(self) -> AbstractContextManager[None]:
        """See `Corpus.snapshot`: there is no other."""
        return nullcontext()


def latest(documents: Iterable[Document]) -> Mapping[str, Document]:
    """The last document of each name, by name."""
    found: dict[str, Document] = {}
    for document in documents:
        found.pop(document.source, None)
        found[document.source] = document
    return found
