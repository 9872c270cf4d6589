"""Documents of a saved index, and others in memory beside them.

Either side scores its own passages with what BM25 must know of both, so that their hits can stand
in one list as if all were in one place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from heapq import merge
from itertools import chain
from typing import TYPE_CHECKING, TypeVar, overload

from askdoc.errors import IndexChanged
from askdoc.model import Document, Extent, Hit, Passage
from askdoc.retrieve.memory_corpus import MemoryCorpus, latest

if TYPE_CHECKING:
    from askdoc.retrieve.index_corpus import IndexCorpus

_TRIES = 20

T = TypeVar("T")


class UnionCorpus:
    """Documents of a saved index, and after them others in memory: a `Corpus`.

    Args:
        saved: those of the index, which is never changed.
        held: those in memory.
    """

    def __init__(self, saved: IndexCorpus, held: MemoryCorpus) -> None:
        self._saved = saved
        self._held = held

    @property
    def documents(self) -> Sequence[Document]:
        """See `Corpus.documents`."""
        return _Both(self._saved.documents, self._held.documents)

    @property
    def passages(self) -> Sequence[Passage]:
        """See `Corpus.passages`."""
        return _Both(self._saved.passages, self._held.passages)

    @property
    def extents(self) -> list[Extent]:
        """See `Corpus.extents`."""
        return self._saved.extents + self._held.extents

    @property
    def unfinished(self) -> tuple[str, ...]:
        """See `Corpus.unfinished`."""
        return self._saved.unfinished

    @property
    def generation(self) -> str:
        """See `Corpus.generation`."""
        return self._saved.generation

    def search(self, weights: Mapping[str, float], limit: int) -> list[Hit]:
        """See `Retriever.search`."""
        for _ in range(_TRIES):
            with suppress(IndexChanged):
                return self._search(weights, limit)
        return self._search(weights, limit)

    def _search(self, weights: Mapping[str, float], limit: int) -> list[Hit]:
        with self._saved.snapshot():
            of_held = self._held.statistics(weights)
            saved = self._saved.search(weights, limit, beside=of_held)
            held = self._held.search(weights, limit, beside=self._saved.statistics(weights))
            return _merged(saved, held)[:limit]

    def named(self, terms: Collection[str]) -> list[Document]:
        """See `Corpus.named`."""
        return [*self._saved.named(terms), *self._held.named(terms)]

    def within(
        self, documents: Collection[Document], weights: Mapping[str, float], limit: int
    ) -> list[Hit]:
        """See `Corpus.within`."""
        with self._saved.snapshot():
            of_held, of_saved = self._held.statistics(weights), self._saved.statistics(weights)
            saved = self._saved.within(documents, weights, limit, beside=of_held)
            held = self._held.within(documents, weights, limit, beside=of_saved)
            return _merged(saved, held)[:limit]

    def only(self, names: Collection[str]) -> UnionCorpus:
        """See `Corpus.only`."""
        return UnionCorpus(self._saved.only(names), self._held.only(names))

    def adding(self, documents: Iterable[Document]) -> UnionCorpus:
        """See `Corpus.adding`."""
        added = latest(documents)
        return UnionCorpus(self._saved.without(added), self._held.adding(added.values()))

    def changes(self, names: Collection[str]) -> dict[str, str]:
        """See `Corpus.changes`."""
        held = {document.source for document in self._held.documents}
        return self._saved.changes([name for name in names if name not in held])

    def snapshot(self) -> AbstractContextManager[None]:
        """See `Corpus.snapshot`."""
        return self._saved.snapshot()


class _Both(Sequence[T]):
    """One sequence after the other, neither loaded before it is looked at."""

    def __init__(self, first: Sequence[T], second: Sequence[T]) -> None:
        self._first = first
        self._second = second

    def __len__(self) -> int:
        return len(self._first) + len(self._second)

    def __iter__(self) -> Iterator[T]:
        return chain(self._first, self._second)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        if isinstance(at, slice):
            return [self[number] for number in range(len(self))[at]]
        number = range(len(self))[at]
        before = len(self._first)
        return self._first[number] if number < before else self._second[number - before]


def _merged(saved: Sequence[Hit], held: Sequence[Hit]) -> list[Hit]:
    """The hits of both, best first; of equal score those of the index first, as they stand."""
    return list(merge(saved, held, key=lambda hit: -hit.score))
