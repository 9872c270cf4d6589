"""Files and folders that nobody but their owner can read or change.

What askdoc keeps for next time is the text of documents and what was asked. Somebody who could
write there would have words put into a document's mouth; who could put a link there would have
another file written over. So a folder is used only where no other user can change or replace it,
nothing in it is opened through a link, and every file is made anew.

Windows gives a user's folders to that user alone and has no such mode bits: nothing is checked.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600
_OTHERS = 0o077
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
# What became a pipe or a terminal meanwhile keeps nobody waiting.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_HAS_OWNERS = hasattr(os, "geteuid")


class NotPrivate(OSError):
    """A file or folder that somebody else could read or change; `filename` says which."""

    def __init__(self, what: str, path: str | os.PathLike[str]) -> None:
        super().__init__(errno.EPERM, what, os.fspath(path))


def private_folder(folder: Path, *, make: bool = True) -> bool:
    """Whether there is a folder that only the user can read, and that nobody else can replace.

    Where others may look into it but not write, they no longer may.

    Args:
        folder: its path, absolute.
        make: whether to make it, and all above it, where it is missing.

    Raises:
        NotPrivate: somebody else could change or replace it, or it is a link.
        OSError: it cannot be made, or is no folder.
    """
    if not _HAS_OWNERS:
        if make:
            folder.mkdir(parents=True, exist_ok=True)
        return folder.is_dir()
    _check_above(folder)
    try:
        status = folder.lstat()
    except FileNotFoundError:
        if not make:
            return False
        _make(folder)
        status = folder.lstat()
    if stat.S_ISLNK(status.st_mode):
        raise NotPrivate("this is a link and no folder", folder)
    if not stat.S_ISDIR(status.st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), os.fspath(folder))
    if status.st_uid != os.geteuid():
        raise NotPrivate("this folder belongs to another user", folder)
    if _others_can_write(status):
        raise NotPrivate("other users can write to this folder", folder)
    if status.st_mode & _OTHERS:
        folder.chmod(_PRIVATE_FOLDER)
    return True


def open_private(path: Path, mode: str = "rb") -> BinaryIO:
    """Open a file in a private folder, never through a link.

    Where others may read it but not write, they no longer may.

    Args:
        path: the file.
        mode: `rb`, or `ab`, which makes a file that is missing.

    Raises:
        NotPrivate: it is no plain file, or others could write to it, or it is another user's.
        OSError: it cannot be opened.
    """

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags | _NO_LINK | _AT_ONCE, _PRIVATE_FILE)

    file = open(path, mode, opener=opener)  # noqa: SIM115 (a Path takes no opener)
    try:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise NotPrivate("this is no plain file", path)
        if _HAS_OWNERS:
            if status.st_uid != os.geteuid():
                raise NotPrivate("this file belongs to another user", path)
            if _others_can_write(status):
                raise NotPrivate("other users can write to this file", path)
            if status.st_mode & _OTHERS:
                os.fchmod(file.fileno(), _PRIVATE_FILE)
    except BaseException:
        file.close()
        raise
    return file  # type: ignore[return-value]


def write_new(
    path: Path, content: bytes, *, permissions: int = _PRIVATE_FILE, durable: bool = False
) -> None:
    """Write a file that is not there yet; what is half written is taken away again.

    Args:
        path: the file.
        content: what goes into it.
        permissions: mode bits, of which the process's mask is taken off.
        durable: whether it has to be there after a power failure, for which the disk is waited for.

    Raises:
        FileExistsError: something has this name, a link that leads nowhere too.
        OSError: it cannot be written.
    """

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags | _NO_LINK, permissions)

    file = open(path, "xb", opener=opener)  # noqa: SIM115 (what was there is not to be taken away)
    try:
        with file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def replace(
    path: Path, content: bytes, *, permissions: int = _PRIVATE_FILE, durable: bool = False
) -> None:
    """Write a file so that whoever reads it sees all of the old or all of the new.

    Args:
        path: the file; a link is replaced and not followed.
        content: what goes into it.
        permissions: mode bits, of which the process's mask is taken off.
        durable: whether it has to be there after a power failure, for which the disk is waited for.

    Raises:
        OSError: it cannot be written; what was there before is as it was.
    """
    # A name that nobody can guess: in a folder of many users it might be there already.
    beside = path.with_name(f".askdoc-{os.urandom(8).hex()}")
    write_new(beside, content, permissions=permissions, durable=durable)
    try:
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _check_above(folder: Path) -> None:
    """See that nobody else can put another folder in the place of one of those above."""
    # Both as they are named and as they are: a link may stand where others can change it.
    above = dict.fromkeys((*folder.parents, *Path(os.path.realpath(folder.parent) + "/x").parents))
    # In a container root may be shown as another user; whoever has "/" can replace all the same.
    trusted = {0, os.geteuid(), Path(folder.anchor).stat().st_uid}
    for parent in above:
        try:
            status = parent.stat()
        except FileNotFoundError:
            continue
        if status.st_uid not in trusted:
            raise NotPrivate("another user can change this folder", parent)
        # In a sticky folder, such as /tmp, nobody can take away what is another's.
        if _others_can_write(status) and not status.st_mode & stat.S_ISVTX:
            raise NotPrivate("other users can write to this folder", parent)


def _others_can_write(status: os.stat_result) -> bool:
    if status.st_mode & stat.S_IWOTH:
        return True
    return bool(status.st_mode & stat.S_IWGRP) and not _is_own_group(status.st_gid)


def _is_own_group(number: int) -> bool:
    """Whether a group is the user's alone, as many systems give one to each user."""
    import grp
    import pwd

    try:
        group, user = grp.getgrgid(number), pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return False
    return group.gr_name == user and set(group.gr_mem) <= {user}


def _make(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for the user alone."""
    missing = [folder]
    while not os.path.lexists(missing[-1].parent):
        missing.append(missing[-1].parent)
    for path in reversed(missing):
        path.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
