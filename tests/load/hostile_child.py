"""Loaders that crash, hang or hunger, the child that reads with them, and askdoc with all of it.

A file named *.vanishing is gone as soon as a child was told to read it.

`python -m hostile_child` is the child; `python -m hostile_child askdoc ARGUMENTS` is the program.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from askdoc.load.formats import LOADERS
from askdoc.model import Document
from askdoc.reading import child, limits, pool, protocol
from askdoc.reading.protocol import Job
from askdoc.workers.serving import TIME_IS_UP

SECONDS = 2.0
HANGS_FOR = 0.5  # what hangs for so long would hang for two seconds, too


def _crashes(data: bytes, source: str) -> Document:
    signal.raise_signal(signal.SIGSEGV)
    return Document("survived", source)


def _hangs(data: bytes, source: str) -> Document:
    while True:
        pass


def _hungers(data: bytes, source: str) -> Document:
    eaten: list[bytes] = []
    while True:
        eaten.append(bytes(2**27))


def _is_late(data: bytes, source: str) -> Document:
    """What has used up its time, without taking any."""
    os._exit(TIME_IS_UP)


def _has_a_bug(data: bytes, source: str) -> Document:
    return Document(str(data[10**9]), source)


def _is_sound(data: bytes, source: str) -> Document:
    print("a library that prints")
    return Document(data.decode(), source, notes=(f"read in process {os.getpid()}",))


def _vanishing(path: str) -> None:
    if path.endswith(".vanishing"):
        Path(path).unlink(missing_ok=True)


def _job_message(job: Job, to_bytes: Callable[[Job], bytes] = Job.to_bytes) -> bytes:
    _vanishing(job.path)
    return to_bytes(job)


def _seconds(message: bytes, seconds: Callable[[bytes], float] = protocol.seconds) -> float:
    return HANGS_FOR if b"a.hang" in message else seconds(message)


FAKES = {
    ".crash": _crashes,
    ".hang": _hangs,
    ".hunger": _hungers,
    ".late": _is_late,
    ".bug": _has_a_bug,
    ".sound": _is_sound,
    ".vanishing": _is_sound,
}

if __name__ == "__main__":
    LOADERS.update(FAKES)
    if sys.argv[1] != "askdoc":
        child.main()
    from askdoc.cli import main

    pool.CHILD = "hostile_child"
    limits.SECONDS = SECONDS
    protocol.seconds = _seconds
    Job.to_bytes = _job_message  # type: ignore[method-assign, assignment]
    sys.exit(main(sys.argv[2:]))
