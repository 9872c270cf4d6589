"""Open a file that was found in a folder, without being led out of it.

Between finding a file and reading it, somebody who can write there may put a link in its place, or
in that of a folder above it. So the way down from the folder that was named is gone step by step,
each from the folder that is open already, and no step follows a link. Only if one is a link is it
asked where that leads, and the same way is gone there.
"""

from __future__ import annotations

import errno
import os
from pathlib import PurePath
from typing import BinaryIO

from askdoc.errors import SourceUnreadable

# What became a pipe since it was found does not keep us waiting.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
# A folder that is gone through need not be one that may be listed; only Linux can say so.
_THROUGH = getattr(os, "O_PATH", 0) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_STEP_BY_STEP = bool(_NO_LINK) and os.open in os.supports_dir_fd
# What systems say of a link where none is followed.
_A_LINK = (errno.ELOOP, errno.ENOTDIR, errno.EMLINK)


def open_at_once(path: str, flags: int, source: str, within: str = "") -> int:
    """A file descriptor, as `os.open` gives it, of whatever there is; never waits for a writer.

    Args:
        path: the file.
        flags: as for `os.open`.
        source: what an error calls it.
        within: the folder, a part of the path, that it must not lead out of; empty for any.

    Raises:
        OSError, ValueError: as `os.open`.
        SourceUnreadable: it leads out of the folder.
    """
    flags |= _AT_ONCE
    if not within:
        return os.open(path, flags)
    if _STEP_BY_STEP:
        try:
            return _open_below(within, path[len(within) :], flags)
        except OSError as error:
            if error.errno not in _A_LINK:
                raise
    real, root = os.path.realpath(path), os.path.realpath(within)
    if not is_inside(real, root):
        raise SourceUnreadable(
            "it now leads out of the folder that was named",
            source,
            "Somebody put a link there while it was read: look what it is.",
        )
    return _open_below(root, real[len(root) :], flags) if _STEP_BY_STEP else os.open(real, flags)


def given_by(file: BinaryIO, size: int, source: str) -> bytes:
    """What a file gives at once, at most so many bytes.

    Some that say that they are plain files have nothing at times, as the kernel's log has.

    Raises:
        SourceUnreadable: it gives nothing, which is not to say that it has ended.
        OSError: as `read`.
    """
    data: bytes | None = file.read(size)
    if data is None:
        raise SourceUnreadable(
            "it gives nothing to read now", source, "Copy what it gives to a file and name that."
        )
    return data


def is_inside(path: str, folder: str) -> bool:
    """Whether a path is a folder's, or of something in it; both as `realpath` gives them."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _open_below(folder: str, below: str, flags: int) -> int:
    *folders, name = PurePath(below.lstrip(os.sep)).parts or (os.curdir,)
    at = os.open(folder, _THROUGH)
    try:
        for inner in folders:
            above, at = at, os.open(inner, _THROUGH | _NO_LINK, dir_fd=at)
            os.close(above)
        return os.open(name, flags | _NO_LINK, dir_fd=at)
    finally:
        os.close(at)
