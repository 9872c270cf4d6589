"""Loaders that crash, hang or hunger, the child that reads with them, and askdoc with all of it.

A file named *.vanishing is gone as soon as a child was told to read it.

`python -m hostile_child` is the child; `python -m hostile_child askdoc ARGUMENTS` is the program.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from askdoc.index import child, reading
from askdoc.index.child import Errand
from askdoc.load import isolation
from askdoc.load.child import handle
from askdoc.load.formats import LOADERS
from askdoc.load.walk import Found
from askdoc.model import Document
from askdoc.workers import serve
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


def _isolated_job(
    found: Found, alone: bool = False, job: Callable[[Found, bool], bytes] = isolation.job
) -> bytes:
    _vanishing(found.path)
    return job(found, alone)


def _index_job(
    files: Iterable[Errand], job: Callable[[Iterable[Errand]], bytes] = child.job
) -> bytes:
    listed = list(files)
    for errand in listed:
        _vanishing(errand.path)
    return job(listed)


def _isolated_seconds(
    message: bytes, seconds: Callable[[bytes], float] = isolation.seconds
) -> float:
    return HANGS_FOR if b"a.hang" in message else seconds(message)


def _index_seconds(asked: bytes, seconds: Callable[[bytes], float] = child.seconds) -> float:
    return HANGS_FOR if b"a.hang" in asked else seconds(asked)


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
        serve(handle)
    from askdoc.cli import main

    isolation.CHILD = "hostile_child"
    isolation.SECONDS = SECONDS
    isolation.seconds = _isolated_seconds
    isolation.job = _isolated_job
    reading._MODULE = "hostile_indexer"
    child.seconds = _index_seconds
    child.job = _index_job
    sys.exit(main(sys.argv[2:]))
