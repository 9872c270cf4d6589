"""The wall clock: kills children that run over their time, one thread for all of them.

This is the far stop, for a child that waits for what never comes. What it computes is limited by
the processor time that it takes (`serving`).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from time import monotonic
from typing import Protocol

# Waking so many seconds late means that the whole program was stopped (Ctrl-Z), not only a child.
_STOPPED = 2.0


class Killable(Protocol):
    """What can be kept from going on."""

    def kill(self) -> None: ...


class Limit:
    """The time that a child has for what it is doing."""

    def __init__(self, child: Killable, seconds: float) -> None:
        self.child = child
        self.seconds = seconds
        self.due = monotonic() + seconds
        self.exceeded = False


class Watch:
    """Kills children that run over their time: one thread for all of them."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._limits: set[Limit] = set()
        self._wakes = inf
        self._thread: threading.Thread | None = None
        self._ended = False

    @contextmanager
    def over(self, child: Killable, seconds: float) -> Iterator[Limit]:
        """While this lasts, so many seconds at most, the child is doing something.

        Raises:
            RuntimeError: the system has no thread for it.
        """
        limit = Limit(child, seconds)
        with self._changed:
            if self._thread is None:
                thread = threading.Thread(target=self._run, daemon=True)
                thread.start()
                self._thread = thread
            self._limits.add(limit)
            if limit.due < self._wakes:
                self._changed.notify()
        try:
            yield limit
        finally:
            with self._changed:
                self._limits.discard(limit)

    def end(self) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        with self._changed:
            while not self._ended:
                now = monotonic()
                if now - self._wakes > _STOPPED:
                    for limit in self._limits:
                        limit.due = now + limit.seconds  # Nobody knows when the stop began.
                for limit in [limit for limit in self._limits if limit.due <= now]:
                    self._limits.discard(limit)
                    limit.exceeded = True
                    limit.child.kill()
                self._wakes = min((limit.due for limit in self._limits), default=inf)
                wait = min(self._wakes - now, threading.TIMEOUT_MAX)
                self._changed.wait(wait)
