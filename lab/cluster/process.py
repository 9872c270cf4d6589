"""One node: its folder, its process, and the signals that it gets."""

from __future__ import annotations

import json
import os
import re
import selectors
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

_CONFIGURATION = Path(__file__).parent / "engine" / "log4j2.xml"
_LAST_LINES = 20
_LINE = 300  # characters
_END_SECONDS = 20.0

# Starts in a second and keeps small; the second compiler would take the processor from the tests.
TESTING = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
# As one would run it: what takes long is compiled well.
MEASURING = ("-XX:+UseG1GC",)
_ALWAYS = (
    "-XX:-UsePerfData",
    "-XX:+ExitOnOutOfMemoryError",
    "-Xlog:disable",
    "-Xlog:all=error:stderr",
    "-Dfile.encoding=UTF-8",
    "-Djava.awt.headless=true",
    "-Dlog4j2.disable.jmx=true",
    # As the engine's own launcher has it.
    "-Dio.netty.noUnsafe=true",
    "-Dio.netty.noKeySetOptimization=true",
    "-Dio.netty.recycler.maxCapacityPerThread=0",
    "-Dio.netty.allocator.numDirectArenas=0",
)


class ClusterError(RuntimeError):
    """A cluster does not start, or not become what was waited for; with the end of its log."""


@dataclass(frozen=True)
class Engine:
    """What runs a node: Java's program, the class path, and an archive of loaded classes."""

    java: str
    jars: tuple[Path, ...]
    archive: Path | None = None


@dataclass
class Node:
    """A node in `home`, which answers at `http` and hears other nodes at `transport` (ports)."""

    name: str
    home: Path
    http: int
    transport: int
    paused: bool = False
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http}"

    @property
    def pid(self) -> int | None:
        """The process, or None where it has ended."""
        if self._process is None or self._process.poll() is not None:
            return None
        return self._process.pid

    def configure(self, settings: Mapping[str, object]) -> None:
        """Write the engine's settings of this node, over those that each node has."""
        own: dict[str, object] = {
            "node.name": self.name,
            "network.host": "127.0.0.1",
            "http.port": self.http,
            "transport.port": self.transport,
            "http.type": "netty4",
            "transport.type": "netty4",
            "path.data": str(self.home / "data"),
            "path.logs": str(self.home),
            # A disk that others fill is no failure of what is tried here.
            "cluster.routing.allocation.disk.threshold_enabled": False,
            # A small heap is full of garbage most of the time, which is no reason to refuse.
            "indices.breaker.total.use_real_memory": False,
        }
        lines = [
            f"{json.dumps(key)}: {json.dumps(value)}"
            for key, value in (own | dict(settings)).items()
        ]
        (self.home / "config").mkdir(parents=True, exist_ok=True)
        (self.home / "config" / "opensearch.yml").write_text("\n".join(lines) + "\n")

    def launch(self, engine: Engine, heap: int, options: Sequence[str], group: int) -> None:
        """Start the process with a heap of so many megabytes, in a group of processes.

        It does not answer yet: `ready` waits for that.
        """
        shared = [f"-XX:SharedArchiveFile={engine.archive}"] if engine.archive else []
        command = [
            engine.java, *shared, f"-Xmx{heap}m", *options, *_ALWAYS,
            f"-Djava.io.tmpdir={self.home}", f"-XX:ErrorFile={self.home / 'crash.txt'}",
            f"-Dlog4j2.configurationFile={_CONFIGURATION}", f"-Dengine.log={self._log}",
            "-cp", os.pathsep.join(map(str, engine.jars)), "EngineNode", str(self.home),
        ]  # fmt: skip
        self.close()
        with self._errors.open("ab") as errors:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors,
                cwd=self.home, process_group=group,
            )  # fmt: skip
        self.paused = False

    def ready(self, until: float) -> None:
        """Wait until the node says that it answers; `until` is of the monotonic clock.

        Raises ClusterError where its process ends instead, or the time has passed.
        """
        assert self._process is not None and self._process.stdout is not None
        pipe = self._process.stdout
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            if not selector.select(max(0.0, until - monotonic())):
                raise self.error("has not started in time")
        if os.read(pipe.fileno(), 100).strip() != b"ready":
            raise self.error("ended while it started")

    def signal(self, number: signal.Signals) -> None:
        """Send a signal. Raises ClusterError where the process has ended."""
        if self.pid is None:
            raise self.error("does not run")
        os.kill(self.pid, number)
        if number in (signal.SIGSTOP, signal.SIGCONT):
            self.paused = number == signal.SIGSTOP

    def ask_to_end(self) -> None:
        """Let it close in good order; one that has ended is left alone."""
        if self.pid is not None:
            self.signal(signal.SIGTERM)
            self.signal(signal.SIGCONT)

    def end(self) -> None:
        """Wait for one that was asked to end, and kill it where it does not."""
        if self._process is not None:
            try:
                self._process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self.close()

    def close(self) -> None:
        """Wait for a process that ends by itself now, and let its pipe go."""
        if self._process is not None:
            self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()
        self._process, self.paused = None, False

    def memory(self) -> int | None:
        """Bytes of memory that the process has, or None where it has ended or it is not known."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text()
        except OSError:
            return None
        found = re.search(r"^VmRSS:\s+(\d+) kB$", status, re.MULTILINE)
        return int(found[1]) * 1024 if found else None

    def error(self, what: str) -> ClusterError:
        """What is wrong with this node, and the last that it said."""
        return ClusterError(f"{self.name} {what}: {self.home}.\n{self.last_lines()}")

    def last_lines(self) -> str:
        """The end of the node's log and of what it wrote as errors."""
        said: list[str] = []
        for file in (self._log, self._errors):
            if file.exists():
                lines = file.read_text(errors="replace").splitlines()[-_LAST_LINES:]
                said += [line[:_LINE] for line in lines]
        return "\n".join(said)

    @property
    def _log(self) -> Path:
        return self.home / "engine.log"

    @property
    def _errors(self) -> Path:
        return self.home / "errors.txt"
