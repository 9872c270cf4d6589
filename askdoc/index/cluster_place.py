"""A saved index in a cluster, for whoever writes it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from askdoc.cluster.address import Address
from askdoc.cluster.catalog import ClusterCatalog
from askdoc.cluster.client import Client
from askdoc.cluster.committed import Committed
from askdoc.cluster.credentials import Credentials
from askdoc.cluster.indices import begin, check_own, drop, indices, make, others
from askdoc.cluster.layout import SHARDS, STATE
from askdoc.cluster.state import ClusterState
from askdoc.cluster.writing import Writer
from askdoc.errors import ClusterMisnamed, IndexBusy, IndexUnwritable
from askdoc.index.clustered import ClusterCommitting
from askdoc.index.places import Opened
from askdoc.store.state import State

SHARDS_VARIABLE = "ASKDOC_CLUSTER_SHARDS"
_MOST_SHARDS = 1024
_EPOCH_BYTES = 6
# How many terms passages have, where nothing is known of them: as those of people's documents.
_TYPICAL = 64


class ClusterPlace:
    """A cluster: see `Place`.

    Args:
        address: where the index is, or is to be.
        environ: tells who asks, and how many shards a new index gets.
        connect: makes what speaks to the cluster; None: as `Client` does.

    All methods raise ClusterError where the cluster does not answer, or not in full.
    """

    def __init__(
        self,
        address: Address,
        environ: Mapping[str, str] = os.environ,
        connect: Callable[[Address, Credentials], Client] | None = None,
    ) -> None:
        self.where: Path | Address = address
        self.without = ""
        credentials = Credentials.find(address, environ)
        connect = connect or Client
        self._client, self._beat = connect(address, credentials), connect(address, credentials)
        self._shards = _shards(environ)
        self._writer: Writer | None = None
        self._kept = ExitStack()

    def is_index(self) -> bool:
        """See `Place.is_index`."""
        path = f"/{self._client.address.name}/_doc/{STATE}"
        return self._client.request("HEAD", path, allowed=(404,)).status != 404

    def look(self) -> None:
        """See `Place.look`."""
        ClusterCatalog(self._client)

    @contextmanager
    def writing(self, *, anew: bool = False) -> Iterator[None]:
        """See `Place.writing`."""
        check_own(self._client)
        with ExitStack() as self._kept, closing(self._client):
            if self.is_index():
                self._take(anew=anew)
            yield

    def roots(self) -> tuple[tuple[str, str], ...]:
        """See `Place.roots`."""
        return ClusterCatalog(self._client).state().roots

    @contextmanager
    def opened(self) -> Iterator[Opened]:
        """See `Place.opened`."""
        writer = self._writer or self._take()
        if unused := others(self._client, writer.found.epoch):
            writer.replace(writer.found)
            drop(self._client, unused)
        catalog = ClusterCatalog(self._client, writer.committed)
        yield Opened(catalog, ClusterCommitting(catalog, writer))

    @contextmanager
    def begun(self, state: State, *, seen: bool) -> Iterator[Opened]:
        """See `Place.begun`."""
        writer = self._writer
        if writer is None and not seen and self.is_index():
            writer = self._take(anew=True)  # Somebody has made it since.
        epoch = secrets.token_hex(_EPOCH_BYTES)
        found = ClusterState(state._replace(listing=epoch), self._typical())
        make(self._client, epoch, found.typical, self._shards)
        if writer is None:
            # What is not there yet is seen from the beginning.
            with self._dropping(epoch, IndexBusy, IndexUnwritable):
                begin(self._client, found)
            with self.opened() as opened:
                yield opened
            return
        catalog = ClusterCatalog(self._client, Committed(found, -1, -1))
        with self._dropping(epoch, BaseException):
            yield Opened(catalog, ClusterCommitting(catalog, writer, unpublished=True))
            unused = others(self._client, epoch)
        with self._dropping(epoch, IndexBusy):
            writer.replace(catalog.found._replace(reserved=catalog.found.state.next_id))
        drop(self._client, unused)

    @contextmanager
    def _dropping(self, epoch: str, *errors: type[BaseException]) -> Iterator[None]:
        """Remove the indices of an epoch where one of these errors says that it is not published.

        Where that is not certain they stay: whoever writes next removes what is not needed.
        """
        try:
            yield
        except errors:
            drop(self._client, indices(self._client, epoch))
            raise

    def _take(self, *, anew: bool = False) -> Writer:
        writer = Writer(self._client, self._beat, anew=anew)
        self._writer = self._kept.enter_context(writer)
        return writer

    def _typical(self) -> int:
        """How many terms a passage has, as the index that is made anew tells."""
        state = self._writer.found.state if self._writer is not None else State()
        return max(1, round(state.terms / state.passages)) if state.passages else _TYPICAL


def _shards(environ: Mapping[str, str]) -> int:
    said = environ.get(SHARDS_VARIABLE, "")
    if not said:
        return SHARDS
    if said.isascii() and said.isdigit() and 1 <= int(said) <= _MOST_SHARDS:
        return int(said)
    raise ClusterMisnamed(
        "this is no number of shards", f"{SHARDS_VARIABLE}={said[:20]}", f"1 to {_MOST_SHARDS}."
    )
