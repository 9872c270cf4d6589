"""Ctrl-C in the shell: it stops what is being done, and nothing else, however often it is pressed.

At the prompt it is a key and no signal. Between prompts Python would raise KeyboardInterrupt at any
line, also in those that make the next prompt or deal with the interrupt before. And a module whose
import was cut off cannot always be imported again: numpy stays half a module, and every question
after that would fail. So an import is waited for.
"""

from __future__ import annotations

import _thread
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType

_AS_ONE_SECONDS = 0.3
_AGAIN_SECONDS = 0.05
_IMPORTING = "<frozen importlib"


class Interrupts:
    """Raises KeyboardInterrupt only in blocks that may be stopped, while it is entered."""

    def __init__(self) -> None:
        self._stoppable = False
        self._raised = float("-inf")

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Have Ctrl-C raise nothing but in blocks that may be stopped."""
        before = signal.signal(signal.SIGINT, self._interrupt)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    @contextmanager
    def stop_here(self) -> Iterator[None]:
        """A block that may be stopped.

        Raises:
            KeyboardInterrupt: Ctrl-C was pressed in it.
        """
        self._stoppable = True
        try:
            yield
        finally:
            self._stoppable = False

    def over(self) -> None:
        """What was stopped has been dealt with."""
        self._stoppable = False

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        now = monotonic()
        # Pressed twice it is once: the second would hit whoever deals with the first.
        if not self._stoppable or now - self._raised <= _AS_ONE_SECONDS:
            return
        if _imports(frame):
            again = threading.Timer(_AGAIN_SECONDS, _interrupt_main)
            again.daemon = True
            again.start()
            return
        self._raised = now
        raise KeyboardInterrupt


def _interrupt_main() -> None:
    """Press Ctrl-C again for the main thread, also where it waits for something."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    else:
        _thread.interrupt_main()


def _imports(frame: FrameType | None) -> bool:
    """Whether what is interrupted is part of an import."""
    while frame is not None:
        if frame.f_code.co_filename.startswith(_IMPORTING):
            return True
        frame = frame.f_back
    return False
