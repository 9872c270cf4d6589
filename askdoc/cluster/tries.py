"""How often and how fast a request is tried again."""

from __future__ import annotations

import random
from collections.abc import Callable

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0


class Tries:
    """The pauses of one request: each longer than the last."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], object]) -> None:
        self._clock, self._sleep = clock, sleep
        self._first: float | None = None
        self._pause = _FIRST_PAUSE

    def more(self, seconds: float) -> bool:
        """Whether to try again, after a pause, which was made.

        Args:
            seconds: how long after the first failure another try may start.
        """
        now = self._clock()
        self._first = now if self._first is None else self._first
        # Of many that wait for the same node, not all come back at once.
        pause = self._pause * random.uniform(0.5, 1)
        if now + pause - self._first > seconds:
            return False
        self._sleep(pause)
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        return True
