"""Where a saved index is: what is so of one in a folder is so of one in a cluster."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from states import FERRY, write

from askdoc.cluster.address import Address
from askdoc.index import remove, update
from lab.cluster import Cluster

PLACES = ("folder", "cluster")


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> os.PathLike[str]:
    """Where an index may be made; in the cluster there may be one that nothing is in."""
    if request.param == "folder":
        return tmp_path / "index"
    shared: Address = request.getfixturevalue("shared_place")
    remove(shared, [os.sep])
    return shared


@pytest.fixture(params=PLACES)
def nowhere(request: pytest.FixtureRequest, tmp_path: Path) -> os.PathLike[str]:
    """Where there never was an index."""
    if request.param == "folder":
        return tmp_path / "index"
    cluster: Cluster = request.getfixturevalue("cluster")
    return Address.parse(f"{cluster.url}/{request.getfixturevalue('index_name')}")


@pytest.fixture(scope="session")
def shared_place(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """The index of all tests in the cluster: to make one takes longer than most of them."""
    name = f"shared-{uuid4().hex[:12]}"
    address = Address.parse(f"{cluster.url}/{name}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASKDOC_CLUSTER_SHARDS", "2")
        update(address, write(tmp_path_factory.mktemp("first") / "a.txt", FERRY), processes=0)
    yield address
    cluster.ask("DELETE", f"/{name}*?expand_wildcards=all")
