"""Writers that are stopped between two steps, and writers that go on when their time was over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from random import Random
from typing import NamedTuple

from askdoc import Assistant
from askdoc.cluster.address import Address
from askdoc.cluster.client import Client
from askdoc.cluster.committed import look
from askdoc.errors import IndexBusy, IndexNotFound
from askdoc.index import status, update
from lab.fuzzing.cluster.life import LEASE_SECONDS, Clock, Killed, Life, before, living, once
from lab.fuzzing.cluster.whole import check_whole, scores
from lab.fuzzing.fleet import Fleet, Lost

KINDS = ("make", "update", "rebuild")


class Stopped(NamedTuple):
    """What came of a writer that was stopped, or held up, before one step.

    `step` is what it was, "" where there was no such step any more. `seen` tells how much of its
    work is seen after it: "nothing", "a part" or "all".
    """

    step: str
    seen: str


class Writers:
    """Writers of one index after another, over the files of a fleet.

    Args:
        folder: an empty one, for the files.
        url: the address of an index that is not there, to which something may be added.
        random: what decides.
        files: how many there are.

    Attributes:
        lives: those of all writers.
    """

    def __init__(self, folder: Path, url: str, random: Random, files: int = 6) -> None:
        self.fleet = Fleet(folder, random, files)
        self.clock = Clock()
        self.lives: list[Life] = []
        self._url = url
        self._made = 0

    def stop(self, kind: str, number: int, of: str = "") -> Stopped:
        """Stop a writer before that step; another one takes over and brings all up to date.

        Args:
            kind: what it does.
            number: of the step, from 1.
            of: an expression; only steps that hold it are counted.

        Raises:
            Lost: something is not as it should be then.
        """
        url = self._begin(kind)
        step = ""

        def die(what: str) -> None:
            nonlocal step
            step = what
            raise Killed

        reader = None if kind == "make" else Assistant.open(url, reader="lexical")
        with suppress(Killed):
            self._write(url, Life(before(number, of, die)), rebuild=kind == "rebuild")
        seen = self._look(kind, url, reader)
        self._take_over(url)
        return Stopped(step, seen)

    def hold_up(self, kind: str, number: int, of: str = "", *, anew: bool = False) -> Stopped:
        """Hold a writer up before that step until its time is over and others have committed.

        Args:
            kind: what it does.
            number: of the step, from 1.
            of: an expression; only steps that hold it are counted.
            anew: whether others make all anew.

        Raises:
            Lost: something is not as it should be then, or after later commits.
        """
        url = self._begin(kind)
        step = ""

        def wait(what: str) -> None:
            nonlocal step
            step = what
            self.clock.ahead += LEASE_SECONDS
            self.fleet.sail()
            self._write(url, Life(), rebuild=anew)

        # It ends by itself where it had no right yet, or all was done but to give it back.
        with suppress(IndexBusy):
            self._write(url, Life(before(number, of, wait)), rebuild=kind == "rebuild")
        seen = self._look(kind, url, None) if step else "all"
        if seen != "all":
            raise Lost(f"held up before {step}: what others committed is not seen")
        self._check(url)
        self.fleet.sail()
        self._write(url, Life())
        self._check(url)
        return Stopped(step, seen)

    # Inside

    def _begin(self, kind: str) -> str:
        self._made += kind == "make" or not self._made
        url = f"{self._url}-{self._made}"
        if kind == "make":
            self.fleet.old = {}
        else:
            if not self._is_there(url):
                self._write(url, Life())
            self.fleet.sail()
        return url

    @staticmethod
    def _is_there(url: str) -> bool:
        try:
            status(url)
        except IndexNotFound:
            return False
        return True

    def _is_held(self, url: str) -> bool:
        """Whether a writer has the right to write."""
        with Client(Address.parse(url)) as client, suppress(IndexNotFound):
            lease = look(client).found.lease
            return lease is not None and lease.until / 1000 > self.clock()
        return False

    def _write(self, url: str, life: Life, *, rebuild: bool = False) -> None:
        self.lives.append(life)
        with living(life, self.clock):
            update(url, self.fleet.folder, rebuild=rebuild, processes=0)

    def _look(self, kind: str, url: str, reader: Assistant | None) -> str:
        """What a reader sees that is new, and one who has read before."""
        try:
            left = self.fleet.check_committed(url)
        except IndexNotFound:
            if kind != "make":
                raise
            return "nothing"
        if reader is not None:
            fresh = Assistant.open(url, reader="lexical")
            for words in ("ship port", "voyage"):
                if scores(reader, words) != scores(fresh, words):
                    raise Lost("who has read before sees something else")
        return "all" if not left else "nothing" if left == len(self._changed()) else "a part"

    def _changed(self) -> list[str]:
        new, old = self.fleet.new, self.fleet.old
        return [name for name in new if new[name] != old.get(name)]

    def _take_over(self, url: str) -> None:
        """Another writer is let in when the time of the one before is over, and not before."""
        if self._is_held(url):
            with suppress(IndexBusy):
                self._write(url, Life())
                raise Lost("two had the right to write")
            self.clock.ahead += LEASE_SECONDS
        self._write(url, Life())
        self._check(url)

    def _check(self, url: str) -> None:
        check_whole(self.fleet, url)
        once(self.lives)


def each_step(
    writers: Writers, kind: str, *, held_up: bool, first: int = 1, every: int = 1
) -> Iterator[Stopped]:
    """Stop writers, or hold them up, before each step, or each so many, until there is none."""
    for number in count(first, every):
        if held_up:
            done = writers.hold_up(kind, number, anew=number % 3 == 0)
        else:
            done = writers.stop(kind, number)
        if not done.step:
            return
        yield done
