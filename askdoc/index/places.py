"""Where a saved index is kept, for whoever writes it: in a folder, or in a cluster."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol

from askdoc.cluster.address import Address, location
from askdoc.index.committing import Batch, Committing
from askdoc.index.named import remember
from askdoc.store.catalog import Catalog
from askdoc.store.folder import clear_away, data_folder, is_index, locked, new_data_folder, publish
from askdoc.store.listing import EMPTY
from askdoc.store.reader import CatalogReader
from askdoc.store.state import State, digest_of_state


class Commits(Protocol):
    """What changes an index, a commit at a time: `Committing` tells what it does."""

    broken_off: bool

    @property
    def state(self) -> State: ...
    def change(self, state: State) -> None: ...
    def commit(self, batch: Batch, state: State) -> None: ...
    def abandon(self) -> None: ...


class Opened(NamedTuple):
    """An index that is being written: what is there, and what changes it."""

    catalog: CatalogReader
    commits: Commits


class Place(Protocol):
    """Where an index is, or is to be.

    Attributes:
        where: the folder, or the address.
        without: a folder that is never read as documents; "" for none.

    All methods of one in a cluster raise ClusterError where that does not answer, or not in full.
    """

    where: Path | Address
    without: str

    def is_index(self) -> bool:
        """Whether there is an index, of whatever version and state."""
        ...

    def look(self) -> None:
        """See that there is an index that can be used.

        Raises:
            IndexNotFound, IndexOutdated, IndexDamaged: there is none.
        """
        ...

    def writing(self, *, anew: bool = False) -> AbstractContextManager[None]:
        """The right to write it, which one has at a time.

        Args:
            anew: whether what is there need not be understood, since it is going to be replaced.

        Raises:
            IndexBusy: somebody else has it.
            IndexUnwritable: it cannot be written.
        """
        ...

    def roots(self) -> tuple[tuple[str, str], ...]:
        """What was named for it, as it says itself.

        Raises:
            SavedIndexError: it cannot be used.
        """
        ...

    def opened(self) -> AbstractContextManager[Opened]:
        """What there is, to be changed.

        Raises:
            IndexNotFound, IndexOutdated, IndexDamaged: it cannot be used.
        """
        ...

    def begun(self, state: State, *, seen: bool) -> AbstractContextManager[Opened]:
        """A new index that holds nothing, to be filled.

        Args:
            state: its first.
            seen: whether it is the index from the beginning; otherwise it takes the place of the
                one before when it was filled.
        """
        ...


class FolderPlace:
    """A folder: see `Place`.

    Args:
        folder: where the index is, or is to be.
    """

    def __init__(self, folder: Path) -> None:
        self.where: Path | Address = folder
        self.without = os.fspath(folder)
        self._folder = folder

    def is_index(self) -> bool:
        """See `Place.is_index`."""
        return is_index(self._folder)

    def look(self) -> None:
        """See `Place.look`."""
        data_folder(self._folder)

    @contextmanager
    def writing(self, *, anew: bool = False) -> Iterator[None]:
        """See `Place.writing`."""
        with locked(self._folder):
            yield

    def roots(self) -> tuple[tuple[str, str], ...]:
        """See `Place.roots`."""
        with closing(Catalog(data_folder(self._folder), writes=True)) as catalog:
            return catalog.state().roots

    @contextmanager
    def opened(self) -> Iterator[Opened]:
        """See `Place.opened`."""
        data = data_folder(self._folder)
        clear_away(self._folder, data)
        with closing(Catalog(data, writes=True)) as catalog:
            yield Opened(catalog, Committing(self._folder, catalog))

    @contextmanager
    def begun(self, state: State, *, seen: bool) -> Iterator[Opened]:
        """See `Place.begun`."""
        folder = self._folder
        data = new_data_folder(folder)
        state = state._replace(listing=EMPTY)
        remember(folder, committed=[digest_of_state(state)])
        with closing(Catalog(data, create=state)) as catalog:
            if seen:
                publish(folder, data)
            yield Opened(catalog, Committing(folder, catalog))
        if not seen:
            publish(folder, data)


def place_of(index: str | os.PathLike[str]) -> Place:
    """Where an index is that was named so.

    Raises:
        ClusterMisnamed: it seems to be in a cluster, and that is no address.
    """
    where = location(index)
    if isinstance(where, Address):
        from askdoc.index.cluster_place import ClusterPlace  # takes time to import

        return ClusterPlace(where)
    return FolderPlace(where)
