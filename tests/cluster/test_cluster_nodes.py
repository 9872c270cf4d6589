"""Starting and stopping: nothing is left behind, however it ends, and errors say what is wrong."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from clusters import require_cluster

from lab.cluster import Cluster, ClusterError, build
from lab.cluster.build import once
from lab.cluster.ports import free, is_free

_CHECKOUT = Path(__file__).parents[2]
_HOLDER = """
import signal, sys
from pathlib import Path
from lab.cluster import Cluster
cluster = Cluster(Path(sys.argv[1]), nodes=1)
cluster.start()
if sys.argv[2] == "paused":
    cluster.pause(0)
print(cluster.nodes[0].pid, flush=True)
signal.pause()
"""
_LIMIT = 60_000  # milliseconds


@pytest.fixture
def _able() -> None:
    require_cluster()


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lab.cluster", *arguments]
    return subprocess.run(command, cwd=_CHECKOUT, capture_output=True, text=True, check=False)


def _ended(process: int) -> bool:
    """Whether a process, which is no child of this one, ends; waits for it."""
    try:
        descriptor = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        return bool(poll.poll(_LIMIT))
    finally:
        os.close(descriptor)


@pytest.mark.usefixtures("_able")
@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waits for a process as Linux does")
@pytest.mark.parametrize("state", ["running", "paused"])
def test_no_node_outlives_a_program_that_is_killed(tmp_path: Path, state: str) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(tmp_path), state], cwd=_CHECKOUT,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    with holder.stdout:
        node = int(holder.stdout.readline())
    holder.kill()
    holder.wait()
    assert _ended(node)


@pytest.mark.usefixtures("_able")
def test_the_command_starts_a_cluster_that_stays_and_stops_it(tmp_path: Path) -> None:
    folder = str(tmp_path / "cluster")
    assert _run("status", folder).returncode == 1
    started = _run("start", folder, "--nodes", "1")
    try:
        assert started.returncode == 0, started.stderr
        assert _run("status", folder).stdout == started.stdout
        name, url, *_, process = started.stdout.split()
        assert (name, url[:17]) == ("node-0", "http://127.0.0.1:")
        twice = _run("start", folder)
        assert twice.returncode == 2
        assert "runs already" in twice.stderr
    finally:
        stopped = _run("stop", folder)
    assert stopped.stdout == f"stopped: {folder}\n"
    with pytest.raises(ProcessLookupError):
        os.kill(int(process), 0)
    assert _run("status", folder).stdout == f"no cluster runs: {folder}\n"


@pytest.mark.usefixtures("_able")
def test_what_is_started_again_has_its_data_and_its_addresses(tmp_path: Path) -> None:
    with Cluster(tmp_path, nodes=1) as cluster:
        before = cluster.urls
        cluster.ask("PUT", "/kept/_doc/1", {"a": 1})
        with pytest.raises(ClusterError, match="runs already"):
            cluster.start()
    assert cluster.running == []
    cluster = Cluster(tmp_path, nodes=1)
    assert cluster.urls == before
    assert not (tmp_path / "node-0" / "crash.txt").exists()


@pytest.mark.usefixtures("_able")
def test_a_node_that_does_not_start_says_why(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path, nodes=1, settings={"node.nonsense": "x"})
    with pytest.raises(ClusterError, match=r"node-0 ended while it started(.|\n)*node\.nonsense"):
        cluster.start()
    assert cluster.running == []


@pytest.mark.usefixtures("_able")
def test_ports_that_somebody_took_in_between_are_changed_for_others(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path, nodes=1)
    taken = cluster.nodes[0].http
    with socket.create_server(("127.0.0.1", taken)):
        assert not is_free(taken)
        with cluster:
            assert cluster.nodes[0].http != taken
            assert cluster.ask("GET", "/").status == 200


def test_ports_are_all_different_and_free() -> None:
    ports = free(50)
    assert len(set(ports)) == 50
    assert all(map(is_free, ports))


def test_it_is_said_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    why = build.missing.__wrapped__()
    assert why == (
        "a cluster needs Java's compiler and Maven: here is no java, no javac, no jar, no mvn"
    )


def test_what_was_interrupted_is_made_anew_from_an_empty_folder(tmp_path: Path) -> None:
    folder = tmp_path / "engine"

    def interrupted(inside: Path) -> None:
        (inside / "half").touch()
        raise KeyboardInterrupt

    def whole(inside: Path) -> None:
        assert list(inside.iterdir()) == []
        (inside / "made").touch()

    with pytest.raises(KeyboardInterrupt):
        once(folder, interrupted)
    once(folder, whole)
    once(folder, interrupted)  # there is nothing to do any more
    assert {file.name for file in folder.iterdir()} == {"made", "complete"}


def test_of_several_at_once_one_makes_it_and_all_find_it_whole(tmp_path: Path) -> None:
    made: list[int] = []
    together = threading.Barrier(5)

    def asks() -> None:
        together.wait()
        once(tmp_path / "engine", lambda inside: made.append(1))
        assert (tmp_path / "engine" / "complete").exists()

    threads = [threading.Thread(target=asks) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


@pytest.mark.usefixtures("_able")
def test_it_is_said_what_maven_could_not_bring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Maven sends its colours to a file as well; what it says is one line without them."""
    empty = f"-Dmaven.repo.local={tmp_path / 'repository'}"
    nowhere = "-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=1"
    monkeypatch.setenv("MAVEN_OPTS", f"{empty} {nowhere} {nowhere.replace('http', 'https')}")
    monkeypatch.setenv("ASKDOC_ENGINE", str(tmp_path / "engine"))
    build.built.cache_clear()
    try:
        why = build.missing.__wrapped__()
    finally:
        build.built.cache_clear()
    assert why is not None
    assert why.startswith("the engine of a cluster cannot be made: mvn says: [ERROR] ")
    assert why.isprintable()
