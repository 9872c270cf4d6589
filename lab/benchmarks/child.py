"""Runs a worker in a process of its own, and gives what it reports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.benchmarks.timing import BenchmarkError

_WORKER = Path(__file__).with_name("worker.py")
# Nothing is to be asked of a network, and nobody to be told that we measure.
_ALONE = {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "false"}


@dataclass(frozen=True)
class Report:
    """What a worker tells; seconds, and bytes.

    `cold` is the time from starting the process to its first answer, `times` what each question
    took, `cold_busy` and `busy` what of these the processor worked: on a machine that others use
    too, that tells what a free one would need. `imported` and `loaded` are what it took before to
    import what was named and then to load the reader. 0 and empty where that was not asked for.
    """

    cold: float
    times: tuple[float, ...]
    cold_busy: float
    busy: tuple[float, ...]
    imported: float
    loaded: float
    peak: int
    disk: int


def ask_child(
    request: Mapping[str, object], python: Path | None = None, remedy: str = ""
) -> Report:
    """Have a worker do what `worker.py` says of such a request.

    Args:
        request: see there.
        python: of which environment; None for this one, with its PYTHONPATH.
        remedy: what to say where it fails.

    Raises:
        BenchmarkError: it cannot be started, fails, or does not report.
    """
    # Without the script's own folder, whose modules have names that others have as well.
    flag, name = ("-P", sys.executable) if python is None else ("-I", str(python))
    began = time.time()
    told = run_worker([name, flag, _WORKER], request, remedy=remedy, environment=_ALONE)
    try:
        return Report(
            cold=told["answered_at"] - began if request.get("questions") else 0.0,
            times=tuple(told["seconds"]),
            cold_busy=told["cold_busy"] if request.get("questions") else 0.0,
            busy=tuple(told["busy"]),
            imported=told["imported"],
            loaded=told["loaded"] if "system" in request else 0.0,
            peak=told["peak"],
            disk=told["disk"] if "installed" in request else 0,
        )
    except (KeyError, TypeError) as error:
        raise _failed("no report came back", name, remedy) from error


def run_worker(
    command: Sequence[str | Path],
    request: Mapping[str, object],
    *,
    remedy: str = "",
    environment: Mapping[str, str] | None = None,
) -> Any:
    """What a command writes in JSON that reads a request in JSON, in a process of its own.

    Args:
        command: the Python, and what it runs.
        request: what it is to do.
        remedy: what to say where it fails.
        environment: what is set beside this process's own.

    Raises:
        BenchmarkError: it cannot be started, fails, or does not report.
    """
    name = str(command[0])
    try:
        done = subprocess.run(
            [str(word) for word in command],
            input=json.dumps(request).encode(),
            capture_output=True,
            env={**os.environ, **(environment or {})},
        )
    except OSError as error:
        raise BenchmarkError(f"{error.strerror}: {name}. Name a Python.") from error
    if done.returncode:
        raise _failed(_last_line(done.stderr) or f"exit code {done.returncode}", name, remedy)
    try:
        return json.loads(done.stdout)
    except ValueError as error:
        raise _failed("no report came back", name, remedy) from error


def _failed(what: str, name: str, remedy: str) -> BenchmarkError:
    return BenchmarkError(f"{what.rstrip('.')}: {name}. {remedy}".rstrip())


def _last_line(raw: bytes) -> str:
    lines: Sequence[str] = raw.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""
