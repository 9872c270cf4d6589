"""The engine, made once for all that need it: jars by Maven, a class by Java's compiler.

It lies in `askdoc-lab` of the user's folder of caches, or in the folder that the variable
ASKDOC_ENGINE names, under a digest of what it is made of. With it lies an archive of the classes
that a node loads: with it a node starts in a second, not in two and a half.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from lab.cluster.guard import Guard
from lab.cluster.ports import free
from lab.cluster.process import TESTING, ClusterError, Engine, Node
from lab.cluster.wire import ask

_SOURCES = Path(__file__).parent / "engine"
_TOOLS = ("java", "javac", "jar", "mvn")
_BUILD_SECONDS = 900.0
_START_SECONDS = 120.0
_HEAP = 256
_COLOUR = re.compile(r"\x1b\[\d*m")


@cache
def missing() -> str | None:
    """Why no cluster can run here, a sentence, or None; makes the engine where it is not made."""
    if os.name != "posix":
        return "a cluster needs the signals and locks of a system such as Linux or macOS"
    lacking = [name for name in _TOOLS if _tool(name) is None]
    if lacking:
        return f"a cluster needs Java's compiler and Maven: here is no {', no '.join(lacking)}"
    try:
        built()
    except (ClusterError, OSError, HTTPException) as error:
        return str(error)
    return None


@cache
def built() -> Engine:
    """The engine, made now or before.

    Raises ClusterError, OSError or HTTPException where it cannot be made.
    """
    folder = _caches() / f"engine-{_digest()}"
    once(folder, _make)
    return _engine(folder)


def once(folder: Path, make: Callable[[Path], None]) -> None:
    """Have `make` fill a folder, unless that was done before; of several who ask, one does it.

    What was interrupted or failed is made anew, from an empty folder.
    """
    import fcntl  # not on every system; `missing` says so

    folder.parent.mkdir(parents=True, exist_ok=True)
    # The system lets go of it, however this process ends.
    with folder.with_suffix(".lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / "complete"  # written last
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()


def _make(folder: Path) -> None:
    _jars(folder)
    _archive(_engine(folder))


def _engine(folder: Path) -> Engine:
    archive = folder / "classes.jsa"
    jars = tuple(sorted((folder / "jars").glob("*.jar")))
    return Engine(_tool("java") or "java", jars, archive if archive.exists() else None)


def _jars(folder: Path) -> None:
    """What Maven brings, and the class of ours among it."""
    shutil.copy(_SOURCES / "pom.xml", folder)
    jars = folder / "jars"
    quietly = ["--quiet", "--batch-mode"]
    goal = ["dependency:copy-dependencies", f"-DoutputDirectory={jars}"]
    _run(["mvn", *quietly, *goal], folder)
    source = str(_SOURCES / "EngineNode.java")
    _run(["javac", "-cp", f"{jars}/*", "-d", "classes", source], folder)
    _run(["jar", "--create", "--file", str(jars / "node.jar"), "-C", "classes", "."], folder)


def _archive(engine: Engine) -> None:
    """Run a node for a moment; what it loaded is archived as it ends."""
    made = engine.jars[0].parent.parent / "classes.jsa"
    guard = Guard()
    try:
        with TemporaryDirectory() as home:
            http, transport = free(2)
            node = Node("node-0", Path(home), http, transport)
            node.configure({"discovery.type": "single-node"})
            options = (*TESTING, f"-XX:ArchiveClassesAtExit={made}")
            node.launch(engine, _HEAP, options, guard.group)
            node.ready(monotonic() + _START_SECONDS)
            _exercise(node.url)
            node.ask_to_end()
            node.end()
    finally:
        guard.close()


def _exercise(url: str) -> None:
    """What nearly every test does, so that its classes are loaded."""
    fields = {"terms": {"type": "text"}, "number": {"type": "long"}}
    ask(url, "PUT", "/one", {"mappings": {"dynamic": "strict", "properties": fields}})
    ask(url, "POST", "/one/_bulk?refresh=true", [{"index": {}}, {"terms": "a b", "number": 1}])
    filtered = {"must": {"match": {"terms": "a"}}, "filter": {"range": {"number": {"lt": 2}}}}
    query = {"query": {"bool": filtered}}
    ask(url, "POST", "/one/_search?search_type=dfs_query_then_fetch", query)
    ask(url, "GET", "/one/_count")
    ask(url, "GET", "/_cluster/health?wait_for_status=yellow")
    ask(url, "DELETE", "/one")


def _run(command: Sequence[str], folder: Path) -> None:
    """Run one of the tools. Raises ClusterError with the last that it said."""
    program = _tool(command[0]) or command[0]
    try:
        done = subprocess.run(
            [program, *command[1:]], cwd=folder, stdin=subprocess.DEVNULL, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
            timeout=_BUILD_SECONDS,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ClusterError(f"the engine of a cluster cannot be made: {error}") from error
    if done.returncode:
        # The first line tells; the rest is advice.
        said = _COLOUR.sub("", done.stdout).strip().partition("\n")[0]
        raise ClusterError(f"the engine of a cluster cannot be made: {command[0]} says: {said}")


def _digest() -> str:
    """Of all that the engine is made of: an edit, or another Java, makes another one."""
    version = subprocess.run(
        [_tool("java") or "java", "-version"], capture_output=True, check=False
    )
    parts = [file.read_bytes() for file in sorted(_SOURCES.iterdir())]
    return hashlib.sha256(b"\0".join([*parts, version.stderr])).hexdigest()[:16]


def _tool(name: str) -> str | None:
    """A program of the JDK that JAVA_HOME names, or that the path has."""
    home = os.environ.get("JAVA_HOME")
    if home and name != "mvn":
        return shutil.which(name, path=str(Path(home) / "bin"))
    return shutil.which(name)


def _caches() -> Path:
    named = os.environ.get("ASKDOC_ENGINE")
    if named:
        return Path(named).absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "askdoc-lab"
