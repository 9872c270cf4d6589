"""What the system tells of changes, by way of watchfiles: paths, each no more than a hint.

A hint may come late, or for nothing, or not at all: the system's queue may run over, and what
happens in a folder before it is watched nobody tells. So whoever is hinted at something looks
there, and looks at everything from time to time.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Collection
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING

from askdoc.errors import NotWatched
from askdoc.extras import install
from askdoc.load.walk import displayable

if TYPE_CHECKING:
    from watchfiles._rust_notify import RustNotify

# On Linux every folder is named by itself; elsewhere the system watches all that is below.
_BY_FOLDER = sys.platform.startswith("linux")
_STEP_MS, _GATHER_MS = 50, 200
_POLL_MS = 2_000  # where watchfiles itself has to look, since the system tells nothing
_LIMITS = Path("/proc/sys/fs/inotify")
_PLENTY = {"max_user_watches": 1_048_576, "max_user_instances": 1_024}


class Ended:
    """Whether a listener has been told to end, by the one who replaces it or by whoever stops all.

    Args:
        stop: stops all.
    """

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._replaced = False

    def end(self) -> None:
        self._replaced = True

    def is_set(self) -> bool:
        """Asked by watchfiles, many times a second."""
        return self._replaced or self._stop.is_set()


class Events:
    """Hints where something may have changed, gathered while nobody asks for them.

    Args:
        stop: ends all waiting.

    Attributes:
        told_at: when the last hint of those that were taken was told, by the system's clock that
            only goes forward.
    """

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._inbox: SimpleQueue[tuple[float, frozenset[str] | None]] = SimpleQueue()
        self._ended: Ended | None = None
        self.told_at = monotonic()

    def watch(self, folders: Collection[str], roots: Collection[str]) -> None:
        """Be told of these, and no longer of what was watched before.

        What was told and not yet taken stays.

        Args:
            folders: all folders in which something may happen that counts.
            roots: what was named: where the system watches all that is below, it is told these.

        Raises:
            FileNotFoundError: one of them is not there any more.
            NotWatched: the system does not do it, or watchfiles is missing.
        """
        ended = Ended(self._stop)
        try:
            from watchfiles._rust_notify import RustNotify, WatchfilesRustInternalError
        except ImportError:
            self.end()
            raise _missing() from None
        paths = [*folders] if _BY_FOLDER else [*filter(os.path.lexists, roots)]
        names = {} if _BY_FOLDER else {os.path.realpath(root): root for root in roots}
        try:
            told = RustNotify(paths, False, False, _POLL_MS, not _BY_FOLDER, False)
        except FileNotFoundError:
            raise
        except (OSError, UnicodeEncodeError, WatchfilesRustInternalError) as error:
            self.end()
            raise _refused(error) from None
        # Python waits for its end: when it ends itself, no code of Rust's may be waiting for it.
        threading.Thread(target=self._listen, args=(told, ended, names)).start()
        self.end()
        self._ended = ended

    def take(self, seconds: float) -> frozenset[str] | None:
        """What was told, waiting for it as long; None where something was lost: look everywhere.

        Empty where nothing was told, or all is stopped.
        """
        if self._ended is None:
            self._stop.wait(seconds)
            return frozenset()
        taken: set[str] = set()
        is_lost = False
        try:
            self.told_at, hints = self._inbox.get(timeout=max(0.0, seconds))
            while True:
                taken |= hints or set()
                is_lost = is_lost or hints is None
                self.told_at, hints = self._inbox.get_nowait()
        except Empty:
            return None if is_lost else frozenset(taken)

    def end(self) -> None:
        """No longer be told of anything."""
        if self._ended is not None:
            self._ended.end()
        self._ended = None

    def _listen(self, told: RustNotify, ended: Ended, names: dict[str, str]) -> None:
        """Hand on what is told until the end, with the roots by the names that they have here."""
        try:
            # Without a time limit: what came in just when that was over would be forgotten.
            while isinstance(changes := told.watch(_GATHER_MS, _STEP_MS, 0, ended), set):
                self._tell(frozenset(_named(path, names) for _, path in changes))
            self._tell(frozenset())
        except Exception:
            # It tells nothing any more after a name that is no UTF-8, or where it could not read.
            self._tell(None)
        finally:
            told.close()

    def _tell(self, hints: frozenset[str] | None) -> None:
        self._inbox.put((monotonic(), hints))


def _named(path: str, names: dict[str, str]) -> str:
    for real, name in names.items():
        if path.startswith(real):
            return name + path[len(real) :]
    return path


def _missing() -> NotWatched:
    return NotWatched(
        "watchfiles is not installed, so that the system does not tell what changes",
        remedy=f"To be told at once: {install('watch')}",
    )


def _refused(error: Exception) -> NotWatched:
    """What the system said, with its remedy where that is known."""
    said = str(error)
    if isinstance(error, UnicodeEncodeError):
        name = displayable(str(error.object))
        return NotWatched(
            "a folder cannot be watched whose name is no UTF-8", name, "Give it another name."
        )
    if "MaxFilesWatch" in said:
        return _limited("max_user_watches", "folders that may be watched")
    if "os error 24" in said:
        return _limited("max_user_instances", "programs that may watch folders")
    return NotWatched("the system does not watch the folders", displayable(said)[:200])


def _limited(name: str, what: str) -> NotWatched:
    return NotWatched(
        f"the system's limit is reached on {what}",
        f"fs.inotify.{name}{_now(name)}",
        f"To raise it: sudo sysctl fs.inotify.{name}={_PLENTY[name]}",
    )


def _now(name: str) -> str:
    """What the limit is."""
    try:
        return f" = {int((_LIMITS / name).read_text('ascii'))}"
    except (OSError, ValueError):
        return ""
