"""The name of a source, as a citation gives it -> its document as it is now."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

from askdoc.errors import SourceNotFound, SourceUnreadable
from askdoc.load import load_paths
from askdoc.load.files import STDIN_SOURCE, displayable
from askdoc.load.walk import STDIN_PATH
from askdoc.model import Document

Locate = Callable[[str], str | None]
"""Name of a source -> path of its file, None for one that it does not know."""

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
    if name in ("", STDIN_PATH):
        raise NoFile("this is not the name of a file")
    meant = _shown_as(name)
    if meant is None:
        return name
    if os.path.lexists(name):
        raise NoFile("two files are shown by this name")
    return meant


def read(path: str) -> Document:
    """The document of the file at a path.

    Raises:
        LoadError: it cannot be read, or there is nothing to read in it.
    """
    # A folder would be read with all below it, and a lone `-` is standard input.
    if os.path.isdir(path):  # noqa: PTH112 (a Path would change the name)
        raise SourceUnreadable("a folder is there now", displayable(path), "Check the name.")
    loaded = load_paths([os.path.join(os.curdir, path) if path == STDIN_PATH else path])  # noqa: PTH118
    if len(loaded.documents) == 1:
        return loaded.documents[0]
    if loaded.problems:
        raise loaded.problems[0]
    raise SourceNotFound("no such file or folder", displayable(path), "Check the name.")


def _shown_as(name: str) -> str | None:
    """The path of another name that is there and is shown as this one, None where none is."""
    path = _ESCAPE.sub(lambda match: chr(int(f"d{match[1]}" if match[1] else match[2], 16)), name)
    # Bytes that are UTF-8 when put side by side would not have been shown as escapes.
    if path == name or displayable(os.fsdecode(os.fsencode(path))) != name:
        return None
    return path if os.path.lexists(path) else None
