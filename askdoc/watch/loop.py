"""Look again when something may have changed: after a hint, when it is quiet, and in any case
from time to time.

Nothing rests on a hint: one that never came costs time, and no more. All folders are watched before
anything is looked at, so that what happens meanwhile is hinted at; and everything is looked at soon
after a hint, as well as every ten minutes, in case that others were lost.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from time import monotonic
from typing import NamedTuple, Protocol

from askdoc.errors import AskdocError, NotWatched
from askdoc.watch.events import Events
from askdoc.watch.folders import Identity, watched

Hints = frozenset[str] | None
"""Absolute paths at and below which something may have changed; None: anywhere."""

Notice = Callable[[AskdocError], None]
"""Is told what is to be known and stops nothing: what is the matter, where, and what to do."""

# Nothing below a named folder is looked at that is called so.
_HIDDEN = os.sep + "."
# Folders may come and go while they are listed.
_TRIES = 5
# So many looks at everything tell how long one takes: the machine may be busy during some.
_LATELY = 3


class Pace(NamedTuple):
    """How long is waited, all in seconds.

    `quiet` is how long nothing must happen before it is looked, `longest` how long that is waited
    for. Everything is looked at every `sweep`, and `settle` after a hint. Looking at everything
    takes no more than one part of the time in `share`; where it takes less than `fast`, it is done
    at every hint. `poll` is the least between two looks where the system tells nothing.
    """

    quiet: float = 1.0
    longest: float = 10.0
    sweep: float = 600.0
    settle: float = 10.0
    share: float = 10.0
    fast: float = 2.0
    poll: float = 2.0


PACE = Pace()


class Looked(NamedTuple):
    """What came of a look: how long looking took, before anything was read, in seconds.

    Where it could not be done, `again` is after how many seconds to try again, else 0.
    """

    seconds: float = 0.0
    again: float = 0.0


class Subject(Protocol):
    """What is kept up to date."""

    def paths(self) -> Sequence[str]:
        """The absolute paths that it depends on."""

    def look(self, hints: Hints) -> Looked:
        """Look there."""


class Loop:
    """Has a subject look whenever something may have changed.

    Args:
        subject: looks.
        stop: ends it; a look that goes on ends by itself.
        notice: is told why the system tells nothing, once.
        without: a folder in which nothing counts.
        follow_links: whether links are followed that lead out of a path.
        events: where hints come from.
        pace: how long is waited.
        clock: gives seconds.
    """

    def __init__(
        self,
        subject: Subject,
        stop: threading.Event,
        notice: Notice,
        *,
        without: str = "",
        follow_links: bool = False,
        events: Events | None = None,
        pace: Pace = PACE,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._subject, self._stop, self._notice = subject, stop, notice
        self._without = os.path.realpath(without) if without else ""
        self._follow_links = follow_links
        self._events = Events(stop) if events is None else events
        self._pace, self._clock = pace, clock
        self._named: Sequence[str] = ()
        self._paths: Sequence[str] = ()
        self._watched: dict[str, Identity] = {}
        self._refusal = ""
        self._sweep_at = self._watch_at = clock()
        self._lately: deque[float] = deque(maxlen=_LATELY)

    def run(self) -> None:
        """Look at everything, and again and again until stopped."""
        hints = news = None
        try:
            while not self._stop.is_set():
                self._watch(news)
                again = self._look(hints)
                news = self._wait(self._clock() + again if again else self._sweep_at)
                if again:
                    hints = _joined(hints, news)
                else:
                    hints = news = news or None  # Nothing is told: it is time to look.
        finally:
            self._events.end()

    def _look(self, hints: Hints) -> float:
        """Look where it is hinted at, or everywhere; the seconds after which to try again, or 0."""
        pace = self._pace
        is_everything = self._takes() < pace.fast or self._clock() >= self._sweep_at
        looked = self._subject.look(None if is_everything else hints)
        if looked.again:
            return looked.again
        now = self._clock()
        if hints is None or is_everything:
            self._lately.append(looked.seconds)
            self._sweep_at = now + pace.sweep
        after = pace.share * self._takes()
        if self._refusal:
            self._sweep_at = now + max(pace.poll, after)
        elif list(self._subject.paths()) != list(self._named):
            self._sweep_at = now  # What it depends on is known only now.
        elif hints is not None:
            self._sweep_at = min(self._sweep_at, now + max(pace.settle, after))
        return 0.0

    def _takes(self) -> float:
        """How long looking at everything takes."""
        return min(self._lately, default=0.0)

    # Watching

    def _watch(self, hints: Hints) -> None:
        """Have all folders watched that are there now; one that is another now is watched anew."""
        if self._refusal and self._clock() < self._watch_at:
            return
        anew = hints is None or not hints.isdisjoint(self._watched)
        for _ in range(_TRIES):
            self._named = self._subject.paths()
            # What a path leads to that is a link changes elsewhere.
            self._paths = paths = list(dict.fromkeys((*self._named, *_real(self._named))))
            folders = watched(paths, without=self._without, follow_links=self._follow_links)
            if not anew and folders == self._watched:
                return
            try:
                self._events.watch(folders, paths)
            except FileNotFoundError:
                continue
            except NotWatched as refusal:
                self._refuse(refusal)
                return
            # What was made between the listing and the watching is in neither.
            self._watched, self._refusal, anew = folders, "", False

    def _refuse(self, refusal: NotWatched) -> None:
        self._watched = {}
        self._watch_at = self._clock() + self._pace.sweep
        if self._refusal == str(refusal):
            return
        self._refusal = str(refusal)
        instead = f"Instead, files are looked at every {self._pace.poll:.0f} seconds or more."
        self._notice(NotWatched(refusal.what, refusal.where, f"{instead} {refusal.remedy}".strip()))

    # Waiting

    def _wait(self, until: float) -> Hints:
        """What is hinted at, when it is quiet; nothing where it is time, or all is stopped."""
        hints = self._take(until)
        last = self._clock() + self._pace.longest
        while hints != frozenset():
            # What was told while it was looked elsewhere may have been quiet since.
            more = self._take(min(self._events.told_at + self._pace.quiet, last))
            if more == frozenset():
                break
            hints = _joined(hints, more)
        return hints

    def _take(self, until: float) -> Hints:
        """The next hints that count, up to a moment."""
        while not self._stop.is_set() and (left := until - self._clock()) > 0:
            taken = self._events.take(left)
            if taken is None:
                return None
            if counting := frozenset(filter(self._counts, taken)):
                return counting
        return frozenset()

    def _counts(self, path: str) -> bool:
        """Whether a change there may be one of what is looked at."""
        if self._without and is_below(path, self._without):
            return False
        return any(
            is_below(one, path) or (is_below(path, one) and _HIDDEN not in path[len(one) :])
            for one in self._paths
        )


def _real(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        # A link may be one that nobody but its owner may read.
        with suppress(OSError):
            yield os.path.realpath(path)


def _joined(one: Hints, other: Hints) -> Hints:
    return None if one is None or other is None else one | other


def is_below(path: str, folder: str) -> bool:
    """Whether a path is another one, or stands in that folder."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
