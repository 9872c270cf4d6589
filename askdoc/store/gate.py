"""What is looked at before anything of an index is opened.

An index may have been made by somebody else: it came with an archive, a clone, a shared drive. So
every name in it must be one that askdoc itself gives, and every file a plain one of a size that
askdoc may have written. A link would lead out of the folder, a pipe would be waited for, a device
could have no end. Names beside the data are nobody's business: a folder may hold
more than an index.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from askdoc.errors import IndexDamaged
from askdoc.store.telling import REBUILD, damaged, shown, unwritable

CATALOG, TERMS = "sources.db", "terms"
JOURNAL = f"{CATALOG}-journal"
META, MANAGED = "meta.json", ".managed.json"
KINDS = ("term", "idx", "fieldnorm", "fast", "pos", "store")

SEGMENT = re.compile(rf"[0-9a-f]{{32}}\.(?:{'|'.join(KINDS)}|[0-9]{{1,20}}\.del)")
"""A part of the inverted index: what it belongs to, which deletions it tells, its kind."""

LEFT_OVER = re.compile(r"\.tmp[0-9A-Za-z]{6}|\.(?:meta|\.managed)\.json\.[0-9a-f]{1,16}")
"""What a writer that was killed left half-written beside the inverted index."""

# File managers and network file systems put these anywhere.
_FOREIGN = re.compile(r"\.DS_Store|\._.{1,250}|Thumbs\.db|desktop\.ini|\.nfs[0-9a-f]{1,64}")
_LOCK = re.compile(r"\.tantivy-(?:meta|writer)\.lock")

MOST_DESCRIPTION = 2**16
MOST_LIST = 2**22
MOST_SEGMENT = 2**32
_MOST_CATALOG = 2**40
_MOST_NAMES = 20_000
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def open_plain(path: str | Path, most: int) -> BinaryIO:
    """A plain file, opened to be read: no link is followed, and no pipe waited for.

    Raises:
        ValueError: it is something else, or has more bytes than `most`.
        OSError: it cannot be opened.
    """
    name = os.path.basename(path)  # noqa: PTH119 (of either kind)
    # A device may do something when it is opened; the second look is at what was opened.
    _check(name, os.lstat(path), most)
    file = os.fdopen(os.open(path, _FLAGS), "rb")
    try:
        _check(name, os.fstat(file.fileno()), most)
    except ValueError:
        file.close()
        raise
    return file


def read_plain(path: str | Path, most: int) -> bytes:
    """All of a plain file; raises as `open_plain` does."""
    with open_plain(path, most) as file:
        content = file.read(most + 1)
    if len(content) > most:  # It grew meanwhile.
        raise ValueError(f"{os.path.basename(path)} is too large")  # noqa: PTH119
    return content


def check_place(folder: Path) -> None:
    """See that the folder of an index is one, and no link to another.

    Raises:
        IndexDamaged: it is a link.
    """
    try:
        status = folder.lstat()
    except OSError:
        return  # Whoever opens it says so.
    if stat.S_ISLNK(status.st_mode):
        raise IndexDamaged(
            "the folder of a saved index must not be a link", shown(folder),
            f"Name the folder itself: --index {shown(folder.resolve())}",
        )  # fmt: skip


def check_data(data: Path) -> None:
    """Look at all that the data of an index consists of, and open none of it.

    Raises:
        IndexDamaged: a part is missing, or there is what askdoc does not write.
        IndexUnwritable: it cannot be looked at.
    """
    here, below = _looked_at(data, data), _looked_at(data, data / TERMS)
    if CATALOG not in here or TERMS not in here:
        raise IndexDamaged("a part of the saved index is missing", shown(data), REBUILD)
    for name, status in here.items():
        if name == TERMS:
            continue
        if name not in (CATALOG, JOURNAL) and not _FOREIGN.fullmatch(name):
            raise damaged(data, f"{shown(name)} is no file of an index")
        _check_named(data, name, status, _MOST_CATALOG)
    for name, status in below.items():
        if name in (META, MANAGED) or LEFT_OVER.fullmatch(name):
            most = MOST_LIST
        elif SEGMENT.fullmatch(name):
            most = MOST_SEGMENT
        elif _LOCK.fullmatch(name) or _FOREIGN.fullmatch(name):
            most = MOST_DESCRIPTION
        else:
            raise damaged(data, f"{shown(name)} is no file of an index")
        _check_named(data, name, status, most)


def parts(folder: Path) -> dict[str, os.stat_result]:
    """What stands in a folder that is none itself behind a link; a folder in it counts, too.

    Raises:
        NotADirectoryError: it is none.
        OSError: it cannot be listed.
        ValueError: there is too much in it.
    """
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise NotADirectoryError(20, "Not a directory", os.fspath(folder))
    return dict(_entries(folder))


def _entries(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for number, entry in enumerate(entries):
            if number >= _MOST_NAMES:
                raise ValueError("there are too many files in it")
            try:
                yield entry.name, Path(entry.path).lstat()
            except FileNotFoundError:
                continue  # Somebody is writing.


def _looked_at(data: Path, folder: Path) -> dict[str, os.stat_result]:
    try:
        return parts(folder)
    except (FileNotFoundError, NotADirectoryError):
        what = "a part of the saved index is missing"
        raise IndexDamaged(what, shown(data), REBUILD) from None
    except ValueError as error:
        raise damaged(data, str(error)) from None
    except OSError as error:
        raise unwritable(error, data) from None


def _check_named(data: Path, name: str, status: os.stat_result, most: int) -> None:
    try:
        _check(name, status, most)
    except ValueError as error:
        raise damaged(data, str(error)) from None


def _check(name: str, status: os.stat_result, most: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise ValueError(f"{shown(name)} is no plain file")
    if status.st_size > most:
        raise ValueError(f"{shown(name)} is larger than any that askdoc writes")


def has_other_names(path: Path) -> bool:
    """Whether a file stands under another name, too, so that writing to it would change that."""
    try:
        return path.lstat().st_nlink > 1
    except OSError:
        return False
