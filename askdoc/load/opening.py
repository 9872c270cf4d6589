"""Open a file that was found in a folder, without being led out of it, and read what it gives.

Between finding a file and reading it, somebody who can write there may put a link in its place, or
in that of a folder above it. So the system is asked where the file that was opened really is. Where
it does not tell, the way down from the folder that was named is gone step by step, each from the
folder that is open already, and no step follows a link.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import PurePath
from typing import BinaryIO

from askdoc.errors import SourceUnreadable

MAX_BYTES = 64 * 2**20
"""The largest file that is read: a document's text is held in memory.

Of a table that is larger (`formats.READ_IN_PART`) this much is read, and a byte more, which tells
its loader.
"""

# What became a pipe since it was found does not keep us waiting.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
# A folder that is gone through need not be one that may be listed; only Linux can say so.
_THROUGH = getattr(os, "O_PATH", 0) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_STEP_BY_STEP = bool(_NO_LINK) and os.open in os.supports_dir_fd
# What systems say of a link where none is followed.
_A_LINK = (errno.ELOOP, errno.ENOTDIR, errno.EMLINK)
_CHUNK = 2**20


def open_at_once(path: str, flags: int, source: str, within: str = "") -> int:
    """A file descriptor, as `os.open` gives it, of whatever there is; never waits for a writer.

    Args:
        path: the file.
        flags: as for `os.open`.
        source: what an error calls it.
        within: the folder that it must not lead out of, as `realpath` gives it; empty for any.

    Raises:
        OSError, ValueError: as `os.open`.
        SourceUnreadable: it leads out of the folder.
    """
    flags |= _AT_ONCE
    if not within:
        return os.open(path, flags)
    try:
        file = os.open(path, flags | _NO_LINK)
    except OSError as error:
        if error.errno not in _A_LINK:
            raise
    else:
        if is_inside(_real_path(file), within):
            return file
        os.close(file)
    real = os.path.realpath(path)
    if not is_inside(real, within):
        raise SourceUnreadable(
            "it now leads out of the folder that was named",
            source,
            "Somebody put a link there while it was read: look what it is.",
        )
    return (
        _open_below(within, real[len(within) :], flags) if _STEP_BY_STEP else os.open(real, flags)
    )


def read_all(file: BinaryIO, size: int, most: int, source: str) -> bytes:
    """What a file holds from here on; more than `most` bytes only to show that there are more.

    A file may be larger than it says, under /proc or while it is being written.

    Args:
        file: open for reading.
        size: how many bytes there are likely to be.
        most: how many are of use.
        source: what an error calls it.

    Raises:
        SourceUnreadable, OSError: as `given_by`.
    """
    parts: list[bytes] = []
    held, wanted = 0, max(size, 0) + 1
    while held <= most:
        wanted = min(wanted, most + 1 - held)
        part = given_by(file, wanted, source)
        parts.append(part)
        held += len(part)
        if len(part) < wanted:
            break
        wanted = _CHUNK
    return b"".join(parts)


def given_by(file: BinaryIO, size: int, source: str) -> bytes:
    """What a file gives at once, at most so many bytes; fewer only where it ends.

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


def _real_path(file: int) -> str:
    """Where an open file is, by no link; empty where the system does not tell."""
    try:
        if sys.platform == "linux":
            return os.readlink(f"/proc/self/fd/{file}")  # noqa: PTH115 (a Path takes longer)
        if sys.platform == "darwin":
            import fcntl

            told = fcntl.fcntl(file, fcntl.F_GETPATH, bytes(1024))
            return os.fsdecode(told.partition(b"\0")[0])
    except OSError:
        pass
    return ""


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
