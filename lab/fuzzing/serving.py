"""Numbered cases in a process of its own, which a case may end without ending the others."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

SECONDS = 60.0
"""Of processor time for one case; whatever takes longer is ended."""


def serve(do: Callable[[int], dict[str, Any]], first: int, end: int) -> None:
    """Do the cases of these numbers; tell of each on standard output."""
    for number in range(first, end):
        print(number, flush=True)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        told = do(number)
        signal.setitimer(signal.ITIMER_PROF, 0)
        print(json.dumps(told), flush=True)


def served(
    module: str, arguments: Sequence[str], count: int
) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """What is told of each case, or how it ended its process.

    Args:
        module: what the process runs; it gets the arguments, the first number and the end, and
            calls `serve`.
        arguments: those that come first.
        count: how many cases there are.
    """
    at = 0
    while at < count:
        command = [sys.executable, "-m", module, *arguments, str(at), str(count)]
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None and process.stderr is not None
            try:
                for line in process.stdout:
                    told = json.loads(line)
                    if isinstance(told, int):
                        at = told
                    else:
                        yield at, told
                last = process.stderr.read().decode(errors="replace").strip().splitlines()[-1:]
            finally:
                process.kill()
        if process.returncode == 0:
            return
        if process.returncode == -signal.SIGPROF:
            yield at, f"more than {SECONDS:g} s of processor time"
        else:
            yield at, f"the process ended with {process.returncode}: {' '.join(last)}"
        at += 1
