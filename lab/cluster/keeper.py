"""A cluster that outlives the command that starts it: a process of its own holds it."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO

from lab.cluster.nodes import Cluster
from lab.cluster.process import MEASURING, TESTING, ClusterError

_CHECKOUT = Path(__file__).parents[2]


def start(folder: Path, rest: Sequence[str] = ()) -> list[str]:
    """Start a cluster in `folder` and leave it running; a line of name, address and process a node.

    Raises ClusterError where it does not start, or one runs there.
    """
    folder = folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    with _lock(folder) as file:
        if not _taken(file):
            raise ClusterError(f"a cluster runs already: {folder}")
    said = folder / "keeper.txt"
    with said.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "lab.cluster", "keep", str(folder), *rest],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, cwd=_CHECKOUT,
            start_new_session=True,
        )  # fmt: skip
    assert process.stdout is not None
    with process.stdout:
        ready = process.stdout.readline()
    if not ready:
        process.wait()
        raise ClusterError(said.read_text(errors="replace").strip())
    return status(folder)


def keep(folder: Path, nodes: int, heap: int, measure: bool) -> None:
    """Start a cluster and hold it until this process is told to end; says "ready" when it runs."""
    with _lock(folder) as file:
        if not _taken(file):
            raise ClusterError(f"a cluster runs already: {folder}")
        signal.signal(signal.SIGTERM, _end)
        options = MEASURING if measure else TESTING
        try:
            with Cluster(folder, nodes, heap=heap, options=options) as cluster:
                lines = [f"{node.name} {node.url} process {node.pid}" for node in cluster.nodes]
                _state(folder).write_text(json.dumps({"keeper": os.getpid(), "lines": lines}))
                print("ready", flush=True)
                while True:
                    signal.pause()
        finally:
            _state(folder).unlink(missing_ok=True)


def status(folder: Path) -> list[str]:
    """A line of name, address and process a node; none where no cluster runs in `folder`."""
    if not folder.is_dir():
        return []
    with _lock(folder) as file:
        if _taken(file):
            return []
    return [str(line) for line in _read(folder)["lines"]]


def stop(folder: Path) -> None:
    """End the cluster that runs in `folder`, if one does, and wait until it has ended."""
    if not status(folder):
        return
    os.kill(int(_read(folder)["keeper"]), signal.SIGTERM)
    with _lock(folder) as file:
        fcntl.flock(file, fcntl.LOCK_EX)


def _end(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(0)


@contextmanager
def _lock(folder: Path) -> Iterator[BinaryIO]:
    """What the keeper holds a lock of as long as it lives."""
    with (folder / "keeper.lock").open("ab") as file:
        yield file


def _taken(file: BinaryIO) -> bool:
    """Take the lock, which is held until the file is closed; False where another has it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read(folder: Path) -> dict[str, Any]:
    try:
        state = json.loads(_state(folder).read_text())
    except FileNotFoundError:
        raise ClusterError(f"a cluster is starting or ending: {folder}") from None
    assert isinstance(state, dict)
    return state


def _state(folder: Path) -> Path:
    return folder / "cluster.json"
