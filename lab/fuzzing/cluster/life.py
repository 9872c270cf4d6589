"""A writer that is stopped, or held up, before any step of its work; and a clock for its lease.

A step is a request that changes something in the cluster, or looks at what others may change: any
but a search. From a writer that was stopped nothing
comes any more, not even what it would send while it ends: as the cluster sees it, its process was
killed.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import Any
from unittest.mock import patch

from askdoc.cluster.client import Client
from askdoc.cluster.writing import Writer
from askdoc.index import cluster_place, indexer
from askdoc.retrieve import cluster as retrieving
from lab.fuzzing.fleet import Lost

_SEARCHES = ("/_search", "/_count", "/_mget")
# A machine that is busy may take longer for an update than a lease lasts.
LEASE_SECONDS = 600.0
# So that an update takes several commits.
BATCH_BYTES = 3_000


class Killed(BaseException):
    """The end of a writer."""


class Clock:
    """Tells a time that can be put forward; a lease that is over need not be waited for."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


class Life:
    """What one writer does.

    Args:
        before: is told the number of each step, from 1, before it is sent, and its method and path;
            it may raise Killed.

    Attributes:
        steps: how many there were.
        written: how often each document of passages and sources was written.
    """

    def __init__(self, before: Callable[[int, str], object] = lambda number, step: None) -> None:
        self._before = before
        self._over = False
        self.steps = 0
        self.written: Counter[tuple[str, str]] = Counter()

    def send(self, method: str, path: str, body: object) -> None:
        """See to a request that is going to be sent.

        Raises:
            Killed: it is not.
        """
        if self._over:
            raise Killed
        if path.endswith(_SEARCHES):
            return
        self.steps += 1
        try:
            self._before(self.steps, f"{method} {path}")
        except Killed:
            self._over = True
            raise
        if path == "/_bulk" and isinstance(body, bytes):
            for line in body.splitlines():
                if line.startswith(b'{"index"'):
                    action = json.loads(line)["index"]
                    self.written[action["_index"], action["_id"]] += 1


def before(number: int, of: str, act: Callable[[str], object]) -> Callable[[int, str], None]:
    """What has something happen before a step, for a `Life`.

    Args:
        number: of the step, from 1.
        of: an expression; only steps that hold it are counted.
        act: what happens; it is told the step.
    """
    counted = 0

    def told(at: int, step: str) -> None:
        nonlocal counted
        counted += re.search(of, step) is not None
        if counted == number and re.search(of, step):
            act(step)

    return told


@contextmanager
def living(life: Life, clock: Clock, patience: float = 30.0) -> Iterator[None]:
    """Whoever writes an index in a cluster within this has that life, that clock and so many
    seconds of patience."""

    class Mortal(Client):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **{"patience": patience, **options})

        def request(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
            life.send(method, path, body)
            return super().request(method, path, body, **options)

    with (
        patch.object(cluster_place, "Client", Mortal),
        patch.object(cluster_place, "Writer", partial(Writer, seconds=LEASE_SECONDS, now=clock)),
        patch.object(indexer, "_BATCH_BYTES", BATCH_BYTES),
    ):
        yield


@contextmanager
def asking(before: Callable[[int], object]) -> Iterator[None]:
    """Whoever opens an index in a cluster within this tells the number of each request, from 1,
    before it is sent."""
    numbers = count(1)

    class Telling(Client):
        def request(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
            before(next(numbers))
            return super().request(method, path, body, **options)

    with patch.object(retrieving, "Client", Telling):
        yield


def once(lives: Iterator[Life] | list[Life]) -> None:
    """See that no number was used twice, by one writer or by two.

    Raises:
        Lost: one was.
    """
    written: Counter[tuple[str, str]] = Counter()
    for life in lives:
        written += life.written
    twice: Mapping[tuple[str, str], int] = {one: n for one, n in written.items() if n > 1}
    if twice:
        raise Lost(f"numbers were used twice: {list(twice)[:3]}")
