"""Loaders that crash, hang or hunger, the child that reads with them, and askdoc with all of it.

`python -m hostile_child` is the child; `python -m hostile_child askdoc ARGUMENTS` is the program.
"""

from __future__ import annotations

import os
import signal
import sys

from askdoc.load import isolation
from askdoc.load.child import handle
from askdoc.load.formats import LOADERS
from askdoc.model import Document
from askdoc.workers import serve

SECONDS = 2.0


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


def _has_a_bug(data: bytes, source: str) -> Document:
    return Document(str(data[10**9]), source)


def _is_sound(data: bytes, source: str) -> Document:
    print("a library that prints")
    return Document(data.decode(), source, notes=(f"read in process {os.getpid()}",))


FAKES = {
    ".crash": _crashes,
    ".hang": _hangs,
    ".hunger": _hungers,
    ".bug": _has_a_bug,
    ".sound": _is_sound,
}

if __name__ == "__main__":
    LOADERS.update(FAKES)
    if sys.argv[1] != "askdoc":
        serve(handle)
    from askdoc.cli import main

    isolation.CHILD = "hostile_child"
    isolation.SECONDS = SECONDS
    sys.exit(main(sys.argv[2:]))
