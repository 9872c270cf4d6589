"""What a child of the tests' own does at a message's word: answer, crash, hang, hunger, chatter."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

from askdoc.workers import serve

_kept: list[bytes] = []


def handle(message: bytes) -> bytes:
    word, _, rest = message.partition(b" ")
    return _ACTS[word](rest)


def _crash(number: bytes) -> bytes:
    signal.raise_signal(int(number))
    return b"survived"


def _spin(_: bytes) -> bytes:
    while True:
        pass


def _use(seconds: bytes) -> bytes:
    """Compute for so long; how long this process has computed in all."""
    due = process_time() + float(seconds)
    while process_time() < due:
        pass
    return str(process_time()).encode()


def _spin_in_c(_: bytes) -> bytes:
    """A loop that no other thread of the process is let into."""
    return str(sum(range(10**15))).encode()


def _await(path: bytes) -> bytes:
    """Wait, without computing, until somebody writes to a pipe."""
    with Path(os.fsdecode(path)).open("rb") as pipe:
        return pipe.read()


def _eat(mebibytes: bytes) -> bytes:
    return str(len(bytearray(int(mebibytes) * 2**20))).encode()


def _keep(mebibytes: bytes) -> bytes:
    _kept.append(bytes(int(mebibytes) * 2**20))
    return str(len(_kept)).encode()


def _chatter(rest: bytes) -> bytes:
    print("printed")
    os.write(1, b"written to the descriptor")
    sys.stderr.write("complained")
    os.write(2, b"complained to the descriptor")
    return b"read " + sys.stdin.read().encode() + os.read(0, 10) + rest


def _exit(code: bytes) -> bytes:
    os._exit(int(code))


def _leave(code: bytes) -> bytes:
    sys.exit(int(code))


def _lie(_: bytes) -> bytes:
    """Say that far more comes than could, past the loop that would not."""
    import gc
    import io

    for stream in gc.get_objects():
        if isinstance(stream, io.BufferedWriter) and not stream.closed and stream.fileno() > 2:
            stream.write(b"a" + b"\xff" * 8)
            stream.flush()
    return b""


def _recurse(rest: bytes) -> bytes:
    return _recurse(rest) + rest


_ACTS: dict[bytes, Callable[[bytes], bytes]] = {
    b"echo": lambda rest: rest,
    b"size": lambda rest: b"%d" % len(rest),
    b"give": lambda rest: b"x" * int(rest),
    b"process": lambda _: b"%d" % os.getpid(),
    b"crash": _crash,
    b"exit": _exit,
    b"leave": _leave,
    b"use": _use,
    b"spin": _spin,
    b"spin-in-c": _spin_in_c,
    b"await": _await,
    b"eat": _eat,
    b"keep": _keep,
    b"chatter": _chatter,
    b"lie": _lie,
    b"recurse": _recurse,
}

if __name__ == "__main__":
    serve(handle)
