"""Sources as they are asked for: many names and addresses at a time, and only of what is cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from askdoc.errors import SavedIndexError
from askdoc.store.reader import CatalogReader
from askdoc.store.sources import Record, Source
from askdoc.store.telling import changed, damaged

_MOST_KNOWN = 10_000


class Records:
    """Sources that may be asked for, looked up together when the first of them is.

    For several threads at once.

    Args:
        catalog: where they are.
        version: of the catalogue, when they were found.
    """

    def __init__(self, catalog: CatalogReader, version: int) -> None:
        self._catalog = catalog
        self._version = version
        self._known: dict[int, Record] = {}
        self._wanted: set[int] = set()

    def want(self, numbers: Iterable[int]) -> None:
        """Have these looked up with the next that is not known."""
        with self._catalog.lock:
            self._wanted.update(numbers)

    def get(self, number: int) -> Record:
        """The source of this number.

        Raises:
            IndexChanged: there is none any more.
            IndexDamaged: there is none, and nobody took it out.
        """
        with self._catalog.lock:
            if number not in self._known:
                self._look_up({number})
            return self._known[number]

    def several(self, numbers: Set[int]) -> dict[int, Record]:
        """The sources of these numbers, all as they are now.

        Raises:
            IndexChanged, IndexDamaged: as `get`.
        """
        with self._catalog.lock:
            known = self._known
            if not known.keys() >= numbers:
                self._look_up(numbers)
            return {number: known[number] for number in numbers}

    def _look_up(self, numbers: Set[int]) -> None:
        """Know these sources and all that are wanted."""
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        wanted = self._wanted.union(numbers).difference(self._known)
        self._wanted.clear()
        self._known |= self._catalog.records(sorted(wanted))
        for number in numbers:
            if number not in self._known:
                raise self.missing(number)

    def missing(self, number: int) -> SavedIndexError:
        """What is to be said where this source, or a passage of it, is not there."""
        if self._catalog.has_moved(self._version):
            return changed(self._catalog.data)
        return damaged(self._catalog.data, f"a part of source {number} is missing")

    def known(self) -> Iterator[Source]:
        """Those that were looked up."""
        with self._catalog.lock:
            known = list(self._known.values())
        return map(self._catalog.source_in, known)
