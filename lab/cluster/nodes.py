"""A cluster: several nodes on loopback that know each other."""

from __future__ import annotations

import json
import signal
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

from lab.cluster.build import built
from lab.cluster.guard import Guard
from lab.cluster.ports import free, is_free
from lab.cluster.process import TESTING, ClusterError, Node
from lab.cluster.wire import Reply, ask

_START_SECONDS = 120.0
_STARTS = 3


class Cluster:
    """Nodes "node-0", "node-1", ... with all they have in `folder`; they are named by number.

    `heap` is in megabytes, `options` are Java's, `settings` the engine's over those of ours.
    What is stopped and started again has its data and, where they are free, its ports. The
    processes end with this one, however it ends.

    Raises ClusterError, from whatever waits, with the last lines of the nodes' logs.
    """

    def __init__(
        self,
        folder: Path,
        nodes: int = 3,
        *,
        heap: int = 256,
        options: Sequence[str] = TESTING,
        settings: Mapping[str, object] | None = None,
    ) -> None:
        self.folder = folder.absolute()
        self._heap, self._options = heap, tuple(options)
        self._settings = dict(settings or {})
        self._guard: Guard | None = None
        ports = self._ports_of_before(nodes) or free(2 * nodes)
        self.nodes = [
            Node(f"node-{number}", self.folder / f"node-{number}", http, transport)
            for number, (http, transport) in enumerate(zip(ports[::2], ports[1::2], strict=True))
        ]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Of the first node, whether it runs or not."""
        return self.nodes[0].url

    @property
    def urls(self) -> list[str]:
        """Of all nodes; they stay the same while nodes are killed and started again."""
        return [node.url for node in self.nodes]

    @property
    def running(self) -> list[int]:
        """The nodes that are neither ended nor paused."""
        return [
            number
            for number, node in enumerate(self.nodes)
            if node.pid is not None and not node.paused
        ]

    def start(self) -> None:
        """Start all nodes, and wait until they are one cluster with all its copies in place."""
        if self._guard is not None:
            raise ClusterError(f"the cluster runs already: {self.folder}")
        for attempt in range(1, _STARTS + 1):
            try:
                self._start()
                return
            except BaseException as error:
                self.stop()
                taken = isinstance(error, ClusterError) and "Address already in use" in str(error)
                if not taken or attempt == _STARTS:
                    raise
            # Somebody was quicker at a port.
            ports = free(2 * len(self.nodes))
            for number, node in enumerate(self.nodes):
                node.http, node.transport = ports[2 * number : 2 * number + 2]

    def stop(self) -> None:
        """End all nodes in good order, those that are paused as well. What is down stays down."""
        for node in self.nodes:
            node.ask_to_end()
        for node in self.nodes:
            node.end()
        if self._guard is not None:
            self._guard.close()
            self._guard = None

    def kill(self, node: int) -> None:
        """Kill a node at once, as a loss of power would; gone when this returns."""
        self.nodes[node].signal(signal.SIGKILL)
        self.nodes[node].close()

    def pause(self, node: int) -> None:
        """Let a node stand still: its connections stay open, and nothing answers."""
        self.nodes[node].signal(signal.SIGSTOP)

    def resume(self, node: int) -> None:
        """Let a node that stands still go on."""
        self.nodes[node].signal(signal.SIGCONT)

    def restart(self, *nodes: int) -> None:
        """Start nodes that are down, or run, anew; they have joined the others after that.

        Of several all are down before the first is up. Their copies need not be in place yet:
        `wait` for that.
        """
        if self._guard is None:
            raise ClusterError(f"the cluster does not run: {self.folder}")
        ones = [self.nodes[node] for node in nodes]
        for one in ones:
            one.ask_to_end()
        for one in ones:
            one.end()
        for one in ones:
            one.launch(built(), self._heap, self._options, self._guard.group)
        until = monotonic() + _START_SECONDS
        for one in ones:
            one.ready(until)

    def heal(self) -> None:
        """Start all nodes that are paused or down anew, and wait until all copies are in place.

        One that is paused is not just let go on: where the others have given it up, it holds on to
        its copies for a minute.
        """
        down = [number for number in range(len(self.nodes)) if number not in self.running]
        for number in down:
            if self.nodes[number].paused:
                self.kill(number)
        self.restart(*down)
        self.wait()

    def manager(self) -> int:
        """The node that manages the cluster now."""
        path = f"/_cat/cluster_manager?format=json&cluster_manager_timeout={_START_SECONDS:.0f}s"
        name = self.ask("GET", path, seconds=_START_SECONDS + 10).body[0]["node"]
        return [node.name for node in self.nodes].index(name)

    def wait(
        self, status: str = "green", nodes: int | None = None, seconds: float = _START_SECONDS
    ) -> None:
        """Wait until the cluster is of exactly `nodes` nodes and its health is `status` or better.

        `nodes`: as many as run, where it is not given. The engine itself does the waiting.
        """
        wanted = len(self.running) if nodes is None else nodes
        limit = f"timeout={seconds:.0f}s&cluster_manager_timeout={seconds:.0f}s"
        path = f"/_cluster/health?wait_for_status={status}&wait_for_nodes={wanted}&{limit}"
        try:
            reply = self.ask("GET", path, seconds=seconds + 10)
        except (OSError, HTTPException) as error:
            raise self._error(f"does not answer ({error})") from error
        if reply.status != 200:
            raise self._error(f"is not {status} with {wanted} nodes, but {json.dumps(reply.body)}")

    def ask(self, method: str, path: str, body: object = None, *, seconds: float = 60.0) -> Reply:
        """Ask the first node that runs; as `wire.ask` else."""
        running = self.running
        if not running:
            raise self._error("has no node that runs")
        return ask(self.nodes[running[0]].url, method, path, body, seconds=seconds)

    def _start(self) -> None:
        engine = built()
        self._configure()
        self._guard = Guard()
        until = monotonic() + _START_SECONDS
        for node in self.nodes:
            node.launch(engine, self._heap, self._options, self._guard.group)
        for node in self.nodes:
            node.ready(until)
        self.wait(seconds=max(1.0, until - monotonic()))

    def _configure(self) -> None:
        together = {
            "cluster.name": "askdoc-lab",
            # One alone founds the cluster: three that start at once would unseat each other.
            "cluster.initial_cluster_manager_nodes": [self.nodes[0].name],
            "discovery.seed_hosts": [f"127.0.0.1:{node.transport}" for node in self.nodes],
            # A node that stands still is given up after 7 seconds, not after half a minute.
            "cluster.fault_detection.follower_check.timeout": "3s",
            "cluster.fault_detection.follower_check.retry_count": 2,
            "cluster.fault_detection.leader_check.timeout": "3s",
            "cluster.fault_detection.leader_check.retry_count": 2,
        }
        for node in self.nodes:
            node.configure(together | self._settings)
        ports = [port for node in self.nodes for port in (node.http, node.transport)]
        self._ports_file.write_text(json.dumps(ports))

    def _ports_of_before(self, nodes: int) -> list[int] | None:
        try:
            ports = json.loads(self._ports_file.read_text())
        except (OSError, ValueError):
            return None
        if not isinstance(ports, list) or len(ports) != 2 * nodes:
            return None
        found = [port for port in ports if type(port) is int and is_free(port)]
        return found if found == ports else None

    @property
    def _ports_file(self) -> Path:
        return self.folder / "ports.json"

    def _error(self, what: str) -> ClusterError:
        said = [f"{node.name}:\n{node.last_lines()}" for node in self.nodes]
        return ClusterError("\n".join([f"the cluster {what}: {self.folder}.", *said]))
