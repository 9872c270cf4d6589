"""Say that something takes a while, but only if it does, and only to somebody who waits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TextIO

from askdoc.present.style import is_terminal

PATIENCE_SECONDS = 0.8
_EVERY_SECONDS = 0.2


@contextmanager
def patience(
    message: str, stream: TextIO | None, *, seconds: float = PATIENCE_SECONDS
) -> Iterator[None]:
    """Show a message on a terminal while the block runs, if it runs longer than some seconds.

    The message is wiped out again, so that nothing of it stays between the lines of an answer.
    """
    if stream is None or not is_terminal(stream):
        yield
        return
    shown = threading.Event()
    lock = threading.Lock()
    timer = threading.Timer(seconds, _show, (message, stream, shown, lock))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with lock:
            if shown.is_set():
                stream.write("\r" + " " * len(message) + "\r")
                stream.flush()
            shown.set()


def _show(message: str, stream: TextIO, shown: threading.Event, lock: threading.Lock) -> None:
    with lock:
        # Set already means that the block has ended in the meantime.
        if not shown.is_set():
            stream.write(message)
            stream.flush()
            shown.set()


@contextmanager
def bar(verb: str, stream: TextIO | None) -> Iterator[Callable[[int, int, int, int], None] | None]:
    """On a terminal, a line that tells how far something has come; None elsewhere.

    What is given is called with files done and in all, and bytes done and in all; the line shows
    rate and time left, is rewritten a few times a second, and is wiped out in the end.
    """
    if stream is None or not is_terminal(stream):
        yield None
        return
    begun = monotonic()
    shown, last = 0, 0.0

    def show(files: int, all_files: int, size: int, all_size: int) -> None:
        nonlocal shown, last
        now = monotonic()
        if now - last < _EVERY_SECONDS and files < all_files:
            return
        last = now
        line = _line(verb, files, all_files, size, all_size, now - begun)
        stream.write("\r" + line.ljust(shown))
        stream.flush()
        shown = len(line)

    try:
        yield show
    finally:
        stream.write("\r" + " " * shown + "\r")
        stream.flush()


def _line(verb: str, files: int, all_files: int, size: int, all_size: int, seconds: float) -> str:
    rate = size / max(seconds, 1e-3)
    line = f"{verb} {files:,} of {all_files:,} files, {rate / 1e6:.1f} MB/s"
    if rate > 0 and files < all_files:
        left = round((all_size - size) / rate)
        line += f", {left // 3600}:{left // 60 % 60:02}:{left % 60:02} left"
    return line
