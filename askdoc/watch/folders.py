"""Which folders are watched: those in which a file may come, change or go that is looked at.

They are named to the system one by one. Left to itself it would follow links out of what was named,
wherever they lead, and watch what nobody looks at: hidden folders, and the saved index, in which
every update writes.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from askdoc.load.opening import is_inside


class Identity(NamedTuple):
    """What tells a folder from another that has its name later."""

    device: int
    inode: int


def watched(
    paths: Iterable[str], *, without: str = "", follow_links: bool = False
) -> dict[str, Identity]:
    """The folders to be watched for what is named.

    These are the named folders with all below them, but for what `load.walk` does not enter, and
    the folder in which each path stands, or would stand: there it comes and goes itself. A folder
    that may not be listed is none of them.

    Args:
        paths: absolute.
        without: a folder that is left out, with all below it.
        follow_links: whether links are followed that lead out of a named folder.
    """
    left_out = _identity(without) if without else None
    found: dict[str, Identity] = {}
    known = {left_out}
    for path in paths:
        above = _nearest(os.path.dirname(path))  # noqa: PTH120 (as names are given everywhere here)
        identity = _identity(above)
        if identity is not None and os.access(above, os.R_OK):
            found.setdefault(above, identity)
    for path in paths:
        found.update(_below(path, known, follow_links))
    return found


def _below(
    root: str, known: set[Identity | None], follow_links: bool
) -> Iterator[tuple[str, Identity]]:
    """A folder and those below it, as `load.walk` enters them; nothing of what is no folder."""
    within = "" if follow_links else os.path.realpath(root)
    # Not by recursion: folders may be nested more deeply than Python's functions.
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        identity = _identity(folder)
        if identity is None or identity in known:
            continue
        known.add(identity)
        try:
            inside = sorted(_folders_in(folder, within), reverse=True)
        except OSError:
            continue  # It may not be listed, or has gone: whoever looks into it says so.
        yield folder, identity
        waiting += inside


def _folders_in(folder: str, within: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            with suppress(OSError):
                is_led_out = within and entry.is_symlink() and not _is_within(entry.path, within)
                if entry.is_dir() and not is_led_out:
                    yield entry.path


def _is_within(path: str, folder: str) -> bool:
    return is_inside(os.path.realpath(path), folder)


def _nearest(folder: str) -> str:
    """A folder, or the nearest above it that is there."""
    while not os.path.isdir(folder):  # noqa: PTH112
        above = os.path.dirname(folder)  # noqa: PTH120
        if above == folder:
            break
        folder = above
    return folder


def _identity(path: str) -> Identity | None:
    """None where there is no folder."""
    try:
        status = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    return Identity(status.st_dev, status.st_ino) if stat.S_ISDIR(status.st_mode) else None
