"""The retriever over a saved index in a folder: tantivy proposes, SQLite has the terms."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from askdoc.errors import SavedIndexError
from askdoc.retrieve.names import Names
from askdoc.retrieve.saved import SavedRetriever
from askdoc.store.catalog import Catalog
from askdoc.store.folder import DESCRIPTION, data_folder, size
from askdoc.store.inverted import InvertedIndex
from askdoc.store.stored import StoredDocument
from askdoc.store.telling import changed

_TRIES = 20


class DiskRetriever(SavedRetriever):
    """A saved index in a folder.

    Args:
        folder: the folder of the index.

    Raises:
        IndexNotFound, IndexOutdated, IndexDamaged: it cannot be used. All methods raise
            IndexDamaged where it turns out to be damaged.
        IndexUnwritable: a writer was killed, and there is no right to undo what it left.
    """

    catalog: Catalog
    _names: tuple[Sequence[int], Names] | None

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._describes = os.fspath(folder / DESCRIPTION)
        self._described: tuple[int, int] | None = None
        self._held: tuple[Catalog, int] | None = None
        super().__init__(folder)

    def _open(self) -> None:
        for left in reversed(range(_TRIES)):
            described = self._description()
            try:
                self.data = data_folder(self.folder)
                self.catalog, self._terms = Catalog(self.data), InvertedIndex(self.data)
                self._look()
            except SavedIndexError:
                # It may have been made anew, and what was to be opened removed.
                if not left or self._description() == described:
                    raise
            else:
                self._described = described
                return

    @contextmanager
    def reading(self) -> Iterator[tuple[Catalog, int]]:
        """See `SavedRetriever.reading`; meanwhile nobody commits, and what is made anew beside it
        is not looked at."""
        with self._one_asks:
            if self._held is not None:
                yield self._held
                return
            if self._description() != self._described:
                self._open()  # It was made anew, or removed.
            with self.catalog.reading() as version:
                if version != self._version:
                    self._look()
                self._held = self.catalog, self._state.edition
                try:
                    yield self._held
                finally:
                    self._held = None

    def named(self, terms: Collection[str]) -> list[StoredDocument]:
        """See `SavedRetriever.named`."""
        with self._one_asks:
            self._refresh()
            if self._names is None:
                ids, paths = self.catalog.paths()
                self._names = ids, Names(map(os.fsdecode, paths))
            numbers, names = self._names
            found = [numbers[at] for at in sorted(names.holding(terms))]
            self._records.want(found)
            documents = [self._document(number) for number in found]
            return [document for document in documents if not document.stored.problem]

    def size(self) -> int:
        """See `SavedRetriever.size`."""
        return size(self.folder, self.data)

    def _description(self) -> tuple[int, int] | None:
        """What tells one file that describes the index from another."""
        try:
            status = os.stat(self._describes)
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns

    def _refresh(self) -> None:
        """See what is committed now: SQLite's state, and an inverted index that holds all of it."""
        if self._held is not None:
            return
        if self._description() != self._described:
            self._open()  # It was made anew, or removed.
            return
        if self.catalog.version() != self._version:
            self._look()

    def _look(self) -> None:
        error: SavedIndexError = changed(self.data)
        for _ in range(_TRIES):
            # Whoever commits after this is seen when it is next looked.
            version = self.catalog.version()
            state = self.catalog.state()
            try:
                snapshot = self._terms.snapshot(state)
            except SavedIndexError as found:
                # A writer may have removed files that it no longer needs.
                if self.catalog.state().generation == state.generation:
                    raise
                error = found
                continue
            self._seen(version, state, snapshot)
            self._names = None
            return
        raise error
