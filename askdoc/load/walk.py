"""Find what the user named: files, and all files below folders, however many there are.

What is found is given out at once, with the status that was asked for to find it; only one folder's
names a level are held, and what tells one file from another. Nothing is opened here.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from askdoc.errors import LoadError, SourceNotFound, SourceUnreadable
from askdoc.load.opening import is_inside

STDIN_PATH = "-"

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
# So many links that were not followed are remembered by name.
_NAMED = 5
# On Windows another kind of link than a symbolic one leads from folder to folder, too.
_JUNCTION = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)


class Found(NamedTuple):
    """A regular file.

    `source` is `path` as it can be printed. `folder` is the named folder that it was found below,
    None where the file itself was named. `again` is true of a file that is named by itself, but
    was found below a folder before: it has been read, or passed over without a word. `within` is
    the real path of the folder that the file must not lead out of when it is opened, or empty.
    """

    path: str
    source: str
    status: os.stat_result
    folder: str | None = None
    again: bool = False
    within: str = ""


class Walked(NamedTuple):
    """A named folder has no more files.

    `repeated` if some of them had been found before; `problems` is how many errors it gave;
    `leading_out` is how many links were not followed since they lead out of the folder, and `links`
    are the paths of the first of them.
    """

    folder: str
    repeated: bool
    problems: int
    leading_out: int = 0
    links: tuple[str, ...] = ()


def walk(
    paths: Iterable[str | os.PathLike[str]], *, follow_links: bool = False
) -> Iterator[Found | Walked | LoadError]:
    """Everything that is named: files, and folders with all below them, in sorted order.

    Hidden files and folders below a named one are left out, and nothing is found twice. What cannot
    be read (a device, a link that leads nowhere, a folder without rights) is an error among what
    is found, never raised. After all files of a named folder comes its `Walked`.

    Args:
        paths: what is named; one that is a link is followed.
        follow_links: whether links below a named folder are followed that lead out of it.
    """
    walker = Walker(follow_links=follow_links)
    for path in paths:
        yield from walker.find(path)


class Walker:
    """Finds what is named, one path at a time, and remembers what it has found."""

    def __init__(self, *, follow_links: bool = False) -> None:
        self._follow = follow_links
        self._seen: set[int | str] = set()
        self._named: set[int | str] = set()

    def find(self, path: str | os.PathLike[str]) -> Iterator[Found | Walked | LoadError]:
        """What one path names, as `walk` gives it."""
        name = os.fsdecode(path)
        try:
            status = _status(name)
            identity = _identity(name, status)
            is_new = identity not in self._seen
            self._seen.add(identity)
            if stat.S_ISDIR(status.st_mode):
                if is_new:
                    yield from self._below(name)
            elif identity not in self._named:
                self._named.add(identity)
                yield _found(name, status, None, again=not is_new)
        except LoadError as problem:
            yield problem

    def _below(self, folder: str) -> Iterator[Found | Walked | LoadError]:
        repeated, problems, leading_out = False, 0, 0
        links: list[str] = []
        within = "" if self._follow else _real_path(folder)
        # Not by recursion: folders may be nested more deeply than Python's functions.
        levels = [_listing(folder)]
        while levels:
            path = next(levels[-1], None)
            if path is None:
                levels.pop()
                continue
            try:
                if isinstance(path, LoadError):
                    raise path
                status = _status(path, follow=self._follow)
                if within and _is_link(status):
                    if not is_inside(_real_path(path), within):
                        leading_out += 1
                        links += [path] * (len(links) < _NAMED)
                        continue
                    status = _status(path)
                identity = _identity(path, status)
                is_folder = stat.S_ISDIR(status.st_mode)
                if identity in self._seen:
                    repeated = repeated or not is_folder
                    continue
                self._seen.add(identity)
                if is_folder:
                    levels.append(_listing(path))
                else:
                    yield _found(path, status, folder, within=within)
            except LoadError as problem:
                problems += 1
                yield problem
        yield Walked(folder, repeated, problems, leading_out, tuple(links))


def displayable(name: str) -> str:
    """A name that can be printed: undecodable bytes and control characters become escapes."""
    shown = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", shown)


def not_a_file(source: str) -> SourceUnreadable:
    """What is said of pipes, sockets and devices: opening one could wait for ever."""
    return SourceUnreadable(
        "not a regular file", source, f"To read from a pipe, give {STDIN_PATH} and pipe it in."
    )


def os_problem(error: OSError | ValueError, path: str, source: str = "") -> LoadError:
    """The system's error in the user's words; a ValueError is what Python says of some names.

    Args:
        error: what the system said.
        path: what it was asked for.
        source: what the error names, where that is not simply the path.
    """
    source = source or displayable(path)
    if isinstance(error, FileNotFoundError) and Path(path).is_symlink():
        return SourceNotFound("a link to what is not there", source, "Mend or remove the link.")
    if isinstance(error, FileNotFoundError | NotADirectoryError) or not isinstance(error, OSError):
        return SourceNotFound("no such file or folder", source, "Check the name.")
    if isinstance(error, PermissionError):
        return SourceUnreadable(
            "no permission to read it", source, "Change its rights, or ask its owner for a copy."
        )
    reason = (error.strerror or "it cannot be read").rstrip(".")
    return SourceUnreadable(
        reason[:1].lower() + reason[1:], source, "Check it, or copy it elsewhere and name the copy."
    )


def _found(
    path: str,
    status: os.stat_result,
    folder: str | None,
    *,
    again: bool = False,
    within: str = "",
) -> Found:
    source = displayable(path)
    if not stat.S_ISREG(status.st_mode):
        raise not_a_file(source)
    return Found(path, source, status, folder, again, within)


def _listing(folder: str) -> Iterator[str | LoadError]:
    """The paths in a folder, sorted, without the hidden ones."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 (a Path would lose "./" and "//")
    except OSError as error:
        yield os_problem(error, folder)
        return
    for name in names:
        if not name.startswith("."):
            yield os.path.join(folder, name)  # noqa: PTH118


def _status(path: str, *, follow: bool = True) -> os.stat_result:
    try:
        return os.stat(path) if follow else os.lstat(path)  # noqa: PTH116 (as above)
    except (OSError, ValueError) as error:
        raise os_problem(error, path) from None


def _real_path(path: str) -> str:
    try:
        return os.path.realpath(path)
    except OSError as error:  # A link may be one that nobody but its owner may read.
        raise os_problem(error, path) from None


def _is_link(status: os.stat_result) -> bool:
    if stat.S_ISLNK(status.st_mode):
        return True
    return getattr(status, "st_reparse_tag", 0) == _JUNCTION


def _identity(path: str, status: os.stat_result) -> int | str:
    """What is the same for two names of one file; some file systems give no inode numbers."""
    return status.st_dev << 128 | status.st_ino if status.st_ino else str(Path(path).resolve())
