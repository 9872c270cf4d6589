"""Say that something takes a while, but only if it does, and only to somebody who waits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from askdoc.present.style import is_terminal

PATIENCE_SECONDS = 0.8


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
