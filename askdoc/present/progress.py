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
_LONG_SECONDS = 3  # after which it is told how long it takes
_TYPED = 4  # characters


@contextmanager
def patience(
    message: str, stream: TextIO | None, *, seconds: float = PATIENCE_SECONDS
) -> Iterator[Callable[[int], None]]:
    """Show a message on a terminal while the block runs, if it runs longer than some seconds.

    Behind it stands how long it has taken, and how many files were read if that is told: by
    calling what is given with their number. The message is wiped out again, so that nothing of it
    stays between the lines of an answer.
    """
    if stream is None or not is_terminal(stream):
        yield lambda files: None
        return
    waiting = _Waiting(message, stream, seconds)
    try:
        waiting.start()
        yield waiting.tell
    finally:
        waiting.end()


class _Waiting(threading.Thread):
    """Writes the message from time to time, until it is ended."""

    def __init__(self, message: str, stream: TextIO, seconds: float) -> None:
        super().__init__(daemon=True)
        self._message, self._stream, self._seconds = message, stream, seconds
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._files = 0
        self._shown = 0
        self._line = ""
        self._begun = monotonic()

    def tell(self, files: int) -> None:
        self._files = files

    def run(self) -> None:
        pause = self._seconds
        while not self._over.wait(pause):
            with self._lock:
                if not self._over.is_set():
                    self._write()
            pause = _EVERY_SECONDS

    def end(self) -> None:
        # First, so that the message is not written on where this is interrupted.
        self._over.set()
        with self._lock:
            if self._shown:
                # What was typed meanwhile, ^C say, stands behind it.
                self._stream.write("\r" + " " * (self._shown + _TYPED) + "\r")
                self._stream.flush()

    def _write(self) -> None:
        parts = [self._message]
        if self._files:
            parts.append(f"{self._files:,} files")
        taken = int(monotonic() - self._begun)
        if taken >= _LONG_SECONDS:
            parts.append(f"{taken} s")
        line = " ".join(parts)
        if line == self._line:
            return
        self._line = line
        self._stream.write("\r" + line.ljust(self._shown))
        self._stream.flush()
        self._shown = max(self._shown, len(line))


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
