"""A child in the place of the one that draws pages, which replies what it was sent as a PDF."""

from __future__ import annotations

import signal
import struct

from askdoc.store.prepared import unpack

CRASH = b"crash"
REPLIES = (
    b"",
    b"x",
    CRASH,
    struct.pack("<II", 2, 2) + b"rgb",
    struct.pack("<II", 0, 5),
    struct.pack("<II", 2**31, 2**31),
    struct.pack("<4d", 0.1, 0.2, float("nan"), 0.4),
    struct.pack("<4d", 0.3, 0.2, 0.1, 0.4),
    struct.pack("<4d", 0.1, 0.2, 40.0, 0.4),
)


def _handle(message: bytes) -> bytes:
    _, given = unpack(message)
    if bytes(given) == CRASH:
        signal.raise_signal(signal.SIGSEGV)
    return bytes(given)


if __name__ == "__main__":
    from askdoc.workers import serve

    serve(_handle)
