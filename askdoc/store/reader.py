"""What reads the sources of a saved index with their passages, wherever they are kept."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from askdoc.store.prepared import PassageRecord
from askdoc.store.sources import Record, Source
from askdoc.store.state import State


class CatalogReader(Protocol):
    """A catalogue: `store.catalog.Catalog` keeps it in a file, `cluster.catalog` asks a cluster.

    All methods raise SavedIndexError where it turns out to be damaged, or cannot be asked.
    """

    @property
    def data(self) -> os.PathLike[str]:
        """What errors name."""
        ...

    @property
    def lock(self) -> AbstractContextManager[Any]:
        """Held by the thread that reads."""
        ...

    def state(self) -> State:
        """What is committed."""
        ...

    def version(self) -> int:
        """A number that changes whenever something was committed."""
        ...

    def has_moved(self, version: int) -> bool:
        """Whether something was committed since it had this version."""
        ...

    def reading(self) -> AbstractContextManager[int]:
        """All that is read within is of one commit, which has this `version`.

        Raises:
            IndexChanged: at the end, that it is not.
        """
        ...

    def sources(self) -> Iterator[Source]:
        """All sources, by number, as they were at one moment."""
        ...

    def paths(self) -> tuple[list[int], list[bytes]]:
        """The numbers of all sources and where their files are, by number."""
        ...

    def source(self, number: int) -> Source | None:
        """The source of this number, None where there is none (any more)."""
        ...

    def source_at(self, path: bytes) -> Source | None:
        """The source of this absolute path."""
        ...

    def sources_at(self, path: bytes) -> Iterator[Source]:
        """The sources of this absolute path and of those below it, by path."""
        ...

    def records(self, numbers: Sequence[int]) -> dict[int, Record]:
        """The sources of these numbers, as far as they are there (any more), for `source_in`."""
        ...

    def source_in(self, record: Record) -> Source:
        """The source in a record."""
        ...

    def marks(self, number: int) -> bytes:
        """The marks of a source, packed.

        Raises:
            IndexChanged: there is no such source any more.
        """
        ...

    def rows(self, numbers: Sequence[int]) -> dict[int, PassageRecord]:
        """The passages of these numbers, as far as they are there (any more)."""
        ...

    def rows_of(self, source: int) -> list[tuple[int, PassageRecord]]:
        """All passages of a source, with their numbers, in order."""
        ...

    def counts(
        self, numbers: Sequence[int], terms: Iterable[str]
    ) -> dict[int, tuple[int, Sequence[int], bytes]]:
        """Of the passages of these numbers, as far as they are there (any more): how many terms
        each has, how often each of these terms stands there, in their order, and the passage
        itself, for `unpacked`."""
        ...

    def unpacked(self, rows: Mapping[int, bytes]) -> dict[int, PassageRecord]:
        """Passages by number that `counts` gave."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...
