"""A saved index that keeps itself up to date with the files that it is made of."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from time import monotonic
from typing import NamedTuple

from askdoc.cluster.address import is_address
from askdoc.errors import (
    AskdocError,
    ClusterFailed,
    ClusterUnreachable,
    IndexBusy,
    IndexUnwritable,
    LoadError,
    SourceNotFound,
)
from askdoc.index import Report, update
from askdoc.index.indexer import Listener
from askdoc.load.walk import displayable
from askdoc.watch.loop import Hints, Looked, Loop, Notice, is_below

Progress = Callable[[], AbstractContextManager[Listener | None]]
"""Gives what is told how far an update has come, for as long as that takes."""

# Somebody else writes as long as an update takes; room is made by people.
_BUSY_SECONDS, _UNWRITABLE_SECONDS = 1.0, 30.0


class Updated(NamedTuple):
    """An update that came to its end.

    `problems` are those of the report that the update before had not; `seconds` is how long it
    took. Most updates find nothing to do: `changed` tells.
    """

    report: Report
    problems: Sequence[LoadError]
    seconds: float

    @property
    def changed(self) -> bool:
        """Whether something in the index is another now."""
        done = self.report
        return bool(done.added or done.changed or done.moved or done.removed or done.reread)


class _Stopped(Exception):
    """It is to end, in the middle of an update."""


def watch(
    folder: str | os.PathLike[str],
    paths: Iterable[str | os.PathLike[str]] = (),
    *,
    on_update: Callable[[Updated], None],
    on_notice: Notice,
    stop: threading.Event,
    rebuild: bool = False,
    follow_links: bool = False,
    progress: Progress = nullcontext,
    processes: int | None = None,
) -> bool:
    """Bring a saved index up to date as `index.update` does, and keep it so until stopped.

    Args:
        folder: where the index is, or is to be: its folder, or its address in a cluster.
        paths: as for `update`.
        on_update: is told of each update, the first one too, in this thread.
        on_notice: is told, once each, what is to be known and stops nothing: that somebody else
            writes the index, that it cannot be written, that the system does not tell of changes.
        stop: ends it, from any thread. An update that goes on ends after the file that is being
            read, and keeps what it has read.
        rebuild, follow_links, processes: as for `update`; `rebuild` for the first one.
        progress: is called for each update, as a context.

    Returns:
        Whether no update was broken off.

    Raises:
        SourceNotFound: of the first update only, and everything that `update` raises but IndexBusy
            and, later on, IndexUnwritable, ClusterUnreachable and ClusterFailed: it waits for the
            end of these.
    """
    named = [os.fspath(path) for path in paths]
    indexed = _Indexed(
        os.fspath(folder), named, on_update, on_notice, stop, rebuild, follow_links, progress,
        processes,
    )  # fmt: skip
    without = "" if is_address(indexed.folder) else indexed.folder
    Loop(indexed, stop, on_notice, without=without, follow_links=follow_links).run()
    return not indexed.broken_off


@dataclass
class _Indexed:
    """What a saved index is made of, looked at by updating it; the first fields are as above."""

    folder: str
    named: Sequence[str]
    on_update: Callable[[Updated], None]
    on_notice: Notice
    stop: threading.Event
    rebuild: bool = False
    follow_links: bool = False
    progress: Progress = nullcontext
    processes: int | None = None
    broken_off: bool = False
    _is_first: bool = True
    _roots: Sequence[str] = ()
    _devices: dict[str, int] = field(default_factory=dict)
    _problems: frozenset[str] = frozenset()
    _noticed: dict[str, frozenset[str]] = field(default_factory=dict)

    def paths(self) -> Sequence[str]:
        return self._roots or [os.path.abspath(path) for path in self.named]  # noqa: PTH100

    def look(self, hints: Hints) -> Looked:
        begun = monotonic()
        try:
            with self.progress() as listener:
                report = self._update(hints, listener)
        except _Stopped:
            self.broken_off = True
            return Looked()
        except IndexBusy as problem:
            remedy = "It is waited for until they have finished."
            self._notice("writing", [IndexBusy(problem.what, problem.where, remedy)])
            return Looked(again=_BUSY_SECONDS)
        except (IndexUnwritable, ClusterUnreachable, ClusterFailed) as problem:
            if self._is_first:
                raise
            self._notice("writing", [problem])
            return Looked(again=_UNWRITABLE_SECONDS)
        self._notice("writing", [])
        self._is_first, self._roots = False, report.roots
        told = {str(problem): problem for problem in report.problems}
        news = [problem for line, problem in told.items() if line not in self._problems]
        self._problems = frozenset(told)
        self.on_update(Updated(report, news, monotonic() - begun))
        return Looked(report.seconds)

    def _update(self, hints: Hints, listener: Listener | None) -> Report:
        def told(files: int, all_files: int, size: int, all_size: int) -> None:
            if listener is not None:
                listener(files, all_files, size, all_size)
            if self.stop.is_set() and files < all_files:
                raise _Stopped

        return update(
            self.folder,
            self.named,
            rebuild=self.rebuild and self._is_first,
            follow_links=self.follow_links,
            progress=told,
            processes=self.processes,
            hints=None if self._is_first else self._there(hints),
        )

    def _there(self, hints: Hints) -> list[str]:
        """What is hinted at, without the folders from which a drive was taken.

        An empty folder is left of a drive, or of a share, that was mounted there. It is not as if
        all files had been deleted.
        """
        taken = [root for root in self._roots if self._is_taken_away(root)]
        self._notice("drives", map(_taken_away, taken))
        everywhere = self._roots if hints is None else hints
        return [
            path for path in everywhere if not any(is_below(path, root) for root in taken)
        ]  # fmt: skip

    def _is_taken_away(self, root: str) -> bool:
        try:
            device = os.stat(root).st_dev  # noqa: PTH116
            if self._devices.setdefault(root, device) == device:
                return False
            if os.path.isdir(root) and not os.listdir(root):  # noqa: PTH112, PTH208
                return True
            self._devices[root] = device
        except OSError:
            pass  # Looking into it tells.
        return False

    def _notice(self, kind: str, problems: Iterable[AskdocError]) -> None:
        """Tell what of one kind was not the matter a moment ago."""
        told = {str(problem): problem for problem in problems}
        for line, problem in told.items():
            if line not in self._noticed.get(kind, ()):
                self.on_notice(problem)
        self._noticed[kind] = frozenset(told)


def _taken_away(root: str) -> AskdocError:
    return SourceNotFound(
        "the drive that was there is not mounted any more",
        displayable(root),
        "What was read of it is kept; askdoc remove takes it out.",
    )
