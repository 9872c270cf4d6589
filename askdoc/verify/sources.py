"""The name of a source, as a citation gives it -> its document as it is now.

The names stand in a file that somebody else may have made. So nothing is opened but a regular file
that says it holds something: no pipe, no device, no folder, and none of the files that a system
makes up while they are read (in /proc they say that they hold nothing). What is opened is read with
the limits that hold for every document.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path

from askdoc.errors import EmptySource, SourceNotFound, SourceUnreadable
from askdoc.load.files import STDIN_SOURCE, displayable
from askdoc.load.walk import STDIN_PATH
from askdoc.model import Document
from askdoc.reading import load_paths

Locate = Callable[[str], str | None]
"""Name of a source -> path of its file, None for one that it does not know."""

PASTED = "pasted "
"""What the name of a text begins with that was pasted into the shell; a number follows."""

_PASTED = re.compile(rf"{PASTED}[1-9]\d{{0,8}}")

# What `displayable` makes of bytes that are not UTF-8, and of control characters.
_ESCAPE = re.compile(r"\\(?:ud(c[89a-f][0-9a-f])|x([01][0-9a-f]|7f|[89][0-9a-f]))")


class NoFile(Exception):
    """A source that cannot be told or read again; the message says why."""


def path_of(name: str, locate: Locate | None = None) -> str:
    """The path of a source's file, whether or not one is there.

    A name that could not be printed was cited with escapes, such as `caf\\udce9.txt`: it means the
    file that is shown so, unless there is also one that has these very characters.

    Raises:
        NoFile: the name is not that of a file, or of two.
    """
    located = locate(name) if locate is not None else None
    if located is not None:
        return located
    if name == STDIN_SOURCE:
        raise NoFile("standard input is not kept")
    if name in ("", STDIN_PATH) or "\0" in name:
        raise NoFile("this is not the name of a file")
    if _PASTED.fullmatch(name) and not os.path.lexists(name):
        raise NoFile("a text that was pasted is not kept")
    meant = _shown_as(name)
    if meant is None:
        return name
    if os.path.lexists(name):
        raise NoFile("two files are shown by this name")
    return meant


def indexed(index: str | os.PathLike[str], names: Collection[str]) -> Locate:
    """Looks names up in a saved index, which knows where the files are that it was made of.

    Args:
        index: its folder, or its address in a cluster.
        names: those that are going to be looked up.

    Raises:
        IndexNotFound, IndexOutdated, IndexDamaged, ClusterError: it cannot be used.
    """
    from askdoc.retrieve.opening import retriever

    wanted = frozenset(names)
    with closing(retriever(index).catalog) as catalog:
        known = {
            source.name: os.fsdecode(source.path)
            for source in catalog.sources()
            if source.name in wanted
        }
    return known.get


def identity(path: str) -> tuple[int | str, ...]:
    """What is the same for two paths at which the same document is read."""
    try:
        status = os.stat(path)  # noqa: PTH116 (a Path would change the name)
    except (OSError, ValueError):
        return (path,)
    # By its suffix a file is read as what it is.
    suffix = Path(path).suffix
    return (status.st_dev, status.st_ino, suffix) if status.st_ino else (path,)


def read(path: str) -> Document:
    """The document of the file at a path.

    Raises:
        LoadError: it cannot be read, or there is nothing to read in it.
    """
    _check_kind(path)
    # A lone `-` is standard input.
    loaded = load_paths([os.path.join(os.curdir, path) if path == STDIN_PATH else path])  # noqa: PTH118
    if len(loaded.documents) == 1:
        return loaded.documents[0]
    if loaded.problems:
        raise loaded.problems[0]
    raise SourceNotFound("no such file or folder", displayable(path), "Check the name.")


def _check_kind(path: str) -> None:
    """Raise a LoadError where a path names what is not even to be opened."""
    try:
        status = os.stat(path)  # noqa: PTH116 (as above)
    except (OSError, ValueError):
        return  # What is the matter, reading tells.
    if stat.S_ISDIR(status.st_mode):
        # It would be read with all below it.
        raise SourceUnreadable("a folder is there now", displayable(path), "Check the name.")
    if stat.S_ISREG(status.st_mode) and not status.st_size:
        raise EmptySource("there is nothing in it", displayable(path), "Check the name.")


def _shown_as(name: str) -> str | None:
    """The path of another name that is there and is shown as this one, None where none is."""
    path = _ESCAPE.sub(lambda match: chr(int(f"d{match[1]}" if match[1] else match[2], 16)), name)
    # Bytes that are UTF-8 when put side by side would not have been shown as escapes.
    if path == name or displayable(os.fsdecode(os.fsencode(path))) != name:
        return None
    return path if os.path.lexists(path) else None
