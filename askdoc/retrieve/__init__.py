"""Passages -> hits: find the passages that may hold the answer, among however many there are.

A retriever sees terms only, and is judged by what it loses: the reader cannot bring back a passage
that retrieval left out. All retrievers pass one suite of tests (`tests/contracts/`).

What an assistant holds is a `Corpus`: documents and what finds their passages. `MemoryCorpus` has
them in memory, `IndexCorpus` in a saved index, `UnionCorpus` some here and some there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from askdoc.model import Document, Extent, Hit, Passage


class Retriever(Protocol):
    """What finds passages."""

    def search(self, weights: Mapping[str, float], limit: int) -> list[Hit]:
        """The best passages, best first, each sharing at least one term with the question.

        Args:
            weights: terms of the question, as `askdoc.english.analyzer` makes them, and what a
                match is worth (1.0 for a term that was asked for, less for one that is merely
                related).
            limit: at most so many hits, at least 0.

        Returns:
            Hits with scores above 0; equal scores in the order of the passages.
        """
        ...


class Corpus(Retriever, Protocol):
    """The documents that are asked, and what finds their passages.

    None ever changes but for a saved index that somebody updates: `only` and `adding` give another
    one, which shares all that was read, split and analysed.
    """

    @property
    def documents(self) -> Sequence[Document]:
        """What is asked."""
        ...

    @property
    def passages(self) -> Sequence[Passage]:
        """All passages of all documents, in order."""
        ...

    @property
    def extents(self) -> list[Extent]:
        """How much there is of each document, in order; no text is loaded for it."""
        ...

    def named(self, terms: Collection[str]) -> list[Document]:
        """Documents whose files' names hold one of these terms; terms that very many have tell
        none apart and are passed over."""
        ...

    def within(
        self, documents: Collection[Document], weights: Mapping[str, float], limit: int
    ) -> list[Hit]:
        """As `search`, but among the passages of these documents alone, with the same scores.

        Args:
            documents: some that this corpus gave.
            weights: as for `search`.
            limit: as for `search`.
        """
        ...

    def only(self, names: Collection[str]) -> Corpus:
        """The documents of these sources; names that there are not are passed over.

        How rare a term is goes on being judged by all documents, so that scores stay as they were.
        """
        ...

    def adding(self, documents: Iterable[Document]) -> Corpus:
        """These as well, last; each takes the place of those of its source's name."""
        ...

    @property
    def unfinished(self) -> tuple[str, ...]:
        """The paths that were named for a saved index and not read to their end; none for most."""
        ...

    @property
    def generation(self) -> str:
        """What tells one state of a saved index from any other; "" where all is in memory."""
        ...

    def changes(self, names: Collection[str]) -> dict[str, str]:
        """What happened to the files of these sources since they were read, if they were saved."""
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """What has all that is asked within answered from one state, however often one enters it.

        Others wait only while it is entered. What a document holds does not change meanwhile, but
        for its name: it may be looked at outside as well.

        Raises:
            IndexChanged: what was answered would be of two states.
        """
        ...
