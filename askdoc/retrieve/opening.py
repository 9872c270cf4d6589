"""The retriever over a saved index, wherever it is kept."""

from __future__ import annotations

import os

from askdoc.cluster.address import Address, location
from askdoc.retrieve.disk import DiskRetriever
from askdoc.retrieve.saved import SavedRetriever


def retriever(index: str | os.PathLike[str]) -> SavedRetriever:
    """What searches the index of this folder, or at this address.

    Raises:
        IndexNotFound, IndexOutdated, IndexDamaged: it cannot be used.
        ClusterError: its cluster cannot be asked, or the address is none.
    """
    where = location(index)
    if isinstance(where, Address):
        from askdoc.retrieve.cluster import ClusterRetriever  # takes time to import

        return ClusterRetriever(where)
    return DiskRetriever(where)
