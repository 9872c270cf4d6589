"""The folder of a saved index: where its data stands, which format it has, and who may write.

`index.json` is replaced whole, by a rename, so that it always names data that is complete. What it
says of the format and of the analysis of text is compared when the index is opened: an index that
was made otherwise would give wrong answers without anybody noticing. Files that were read or cut
into sentences otherwise do no such harm; each tells of itself (`Source.reading`), and an update
reads it again.
"""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import shutil
import stat
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import IO

from askdoc.english import analyzer
from askdoc.errors import (
    IndexBusy,
    IndexDamaged,
    IndexNotFound,
    IndexOutdated,
    IndexUnwritable,
)
from askdoc.store.gate import (
    CATALOG,
    JOURNAL,
    MOST_DESCRIPTION,
    TERMS,
    check_data,
    check_place,
    parts,
    read_plain,
)
from askdoc.store.telling import REBUILD, damaged, shown, unwritable

FORMAT = 5
"""Raised whenever an index that was made before cannot be read any more."""

DESCRIPTION, LOCK = "index.json", "lock"
_DATA = re.compile(r"data-([0-9]{1,9})")
_LAST_NUMBER = 999_999_999
_PARTS = frozenset((CATALOG, JOURNAL, TERMS))
# What the system says of a lock that another process has.
_TAKEN = (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)


# Words that a change of the analyzer, or of the stemmer behind it, would hardly leave as they are.
_PROBE = (
    "The U.S. president's advisers won't have been trafficking; Café Zürich, naïve, O'Brien, 1,500 "
    "twelfth 3rd generously universities happiness skies dying inning news proceed organisation "
    "Will May Sept. relational digitizer hopefulness communism skis abilities internally 東京 мосту"
)


def analysis() -> str:
    """What tells one way of making terms from another: the terms of some telling words."""
    terms = " ".join(analyzer.terms(_PROBE))
    return f"{zlib.crc32(terms.encode('utf-8')):08x}"


def data_folder(folder: Path) -> Path:
    """Where the data of the index in this folder stands.

    Raises:
        IndexNotFound: there is no index.
        IndexDamaged: its description cannot be read, or there is what askdoc does not write.
        IndexOutdated: another version of askdoc made it.
    """
    check_place(folder)
    description = _described(folder)
    if description["format"] != FORMAT or description["analysis"] != analysis():
        raise IndexOutdated(
            "the saved index was made by another version of askdoc", shown(folder), REBUILD
        )
    name = str(description["data"])
    if not _DATA.fullmatch(name):
        raise damaged(folder, f"{DESCRIPTION} was changed")
    check_data(folder / name)
    return folder / name


def is_index(folder: Path) -> bool:
    """Whether there is an index in this folder, of whatever version and state."""
    return os.path.lexists(folder / DESCRIPTION)


def new_data_folder(folder: Path) -> Path:
    """An empty folder for data, beside what there is; `publish` makes it the index's.

    What an earlier writer made and never published is removed.

    Raises:
        IndexUnwritable: it cannot be made, or the index's place is taken by something else.
    """
    current = None
    if is_index(folder):
        try:
            current = folder / str(_described(folder)["data"])
        except IndexDamaged:
            if not _data_folders(folder):
                raise IndexUnwritable(
                    f"{DESCRIPTION} there belongs to something else", shown(folder),
                    "Choose another folder for the index: --index DIR.",
                ) from None  # fmt: skip
    clear_away(folder, current)
    data = folder / f"data-{_free_number(_names(folder) or ())}"
    try:
        (data / TERMS).mkdir(parents=True)
    except OSError as error:
        raise unwritable(error, folder) from None
    return data


def clear_away(folder: Path, current: Path | None) -> None:
    """Remove data that a writer made and never published, or had no time to remove."""
    for old in _data_folders(folder):
        if old != current:
            shutil.rmtree(old, ignore_errors=True)


def _data_folders(folder: Path) -> list[Path]:
    """All data of indexes in a folder; a folder of somebody else's may be called the same."""
    found = (folder / name for name in _names(folder) or () if _DATA.fullmatch(name))
    names = ((data, _names(data)) for data in found)
    return [data for data, held in names if held is not None and _PARTS.issuperset(held)]


def size(folder: Path, data: Path) -> int:
    """How many bytes the index in this folder has on disk, whatever else stands there."""
    total = 0
    for place in (data, data / TERMS):
        with suppress(OSError, ValueError):
            total += sum(one.st_size for one in parts(place).values() if stat.S_ISREG(one.st_mode))
    with suppress(OSError):
        total += (folder / DESCRIPTION).lstat().st_size
    return total


def _free_number(names: Iterable[str]) -> int:
    """A number for new data: one that no reader knows from before, as long as there are any."""
    taken = {int(found[1]) for name in names if (found := _DATA.fullmatch(name))}
    following = max(taken, default=0) + 1
    if following <= _LAST_NUMBER:
        return following
    return next(number for number in count(1) if number not in taken)


def _names(folder: Path) -> list[str] | None:
    """What stands in a folder; None where it is none, or only a link to one."""
    try:
        return list(parts(folder))
    except (OSError, ValueError):
        return None


def publish(folder: Path, data: Path) -> None:
    """Make some data the index's own, in one step, and remove what it had before.

    Raises:
        IndexUnwritable: there is no room, or no right.
    """
    description = {"format": FORMAT, "analysis": analysis(), "data": data.name}
    checked = {**description, "check": _check(description)}
    content = (json.dumps(checked, indent=2) + "\n").encode("ascii")
    try:
        replace_file(folder / DESCRIPTION, content)
    except OSError as error:
        raise unwritable(error, folder) from None
    clear_away(folder, data)


def replace_file(path: Path, content: bytes, *, rights: int = 0o666) -> None:
    """Write a file so that whoever reads it sees all of the old or all of the new.

    Args:
        path: the file.
        content: what it is to hold.
        rights: which it gets where it is new, less what the system takes off.
    """
    # A name that nobody foresees, and that must be free: a link there would be written through.
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with open(beside, "xb", opener=partial(os.open, mode=rights)) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The right to write the index in this folder, which one process has at a time.

    The system takes it back when the process ends, however it ends.

    Raises:
        IndexBusy: another process has it.
        IndexUnwritable: the folder cannot be written.
    """
    check_place(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = _lock_file(folder / LOCK)
    except OSError as error:
        raise unwritable(error, folder) from None
    with file:
        try:
            free = _lock(file)
        except OSError as error:  # A file system may have no locks.
            raise unwritable(error, folder) from None
        if not free:
            raise IndexBusy(
                "somebody else is writing the saved index",
                shown(folder),
                "Try again when they have finished; questions can be asked meanwhile.",
            )
        yield


def _lock_file(path: Path) -> IO[bytes]:
    """The file that is locked, which must be one and no link to another, no pipe, no device."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    file = os.fdopen(os.open(path, flags | getattr(os, "O_BINARY", 0), 0o666), "r+b", buffering=0)
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, f"{LOCK} is no plain file")
    return file


def _lock(file: IO[bytes]) -> bool:
    try:
        try:
            import fcntl
        except ImportError:
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _TAKEN:
            raise
        return False
    return True


def _described(folder: Path) -> dict[str, object]:
    try:
        content = read_plain(folder / DESCRIPTION, MOST_DESCRIPTION)
    except ValueError as error:
        raise damaged(folder, str(error)) from None
    except (FileNotFoundError, NotADirectoryError):
        raise IndexNotFound(
            "there is no saved index", shown(folder), "Make one: askdoc index PATH..."
        ) from None
    except OSError as error:
        raise damaged(folder, error.strerror or "it cannot be read") from None
    try:
        description = json.loads(content)
        check = description.pop("check")
        sound = check == _check(description) and {"format", "analysis", "data"} <= set(description)
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        raise damaged(folder, f"{DESCRIPTION} cannot be read") from None
    if not sound:
        raise damaged(folder, f"{DESCRIPTION} was changed")
    return dict(description)


def _check(description: dict[str, object]) -> int:
    return zlib.crc32(json.dumps(description, sort_keys=True).encode("ascii"))
