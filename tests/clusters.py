"""A real cluster of three nodes, started when the first test asks for it and shared by all.

Where none can run, what needs it is skipped and says why; with ASKDOC_CLUSTER=required that is an
error; with ASKDOC_CLUSTER=none they are skipped in any case.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest

from lab.cluster import Cluster, missing

shared: list[Cluster] = []
"""The cluster while a test has it that has asked for the fixture, for what is no fixture itself."""


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three nodes, which a test leaves as it found them; see `frail_cluster`."""
    require_cluster()
    with Cluster(tmp_path_factory.mktemp("cluster")) as started:
        shared.append(started)
        yield started
    shared.clear()


@pytest.fixture
def frail_cluster(cluster: Cluster) -> Iterator[Cluster]:
    """The same one for a test that kills and pauses its nodes: it is whole again after that."""
    yield cluster
    cluster.heal()


@pytest.fixture
def index_name(cluster: Cluster) -> Iterator[str]:
    """A name that no index has; all whose names begin with it are deleted after the test."""
    name = f"test-{uuid4().hex[:12]}"
    yield name
    cluster.ask("DELETE", f"/{name}*?expand_wildcards=all")


def require_cluster() -> None:
    """Skip a test that needs a cluster, or fail it, where none can run; skip it where none is
    wanted."""
    wanted = os.environ.get("ASKDOC_CLUSTER")
    if wanted == "none":
        pytest.skip("ASKDOC_CLUSTER=none: no cluster is wanted")
    why = missing()
    if why is not None and wanted == "required":
        pytest.fail(why)
    if why is not None:
        pytest.skip(why)
