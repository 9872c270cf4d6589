"""Which paths a model may have indexed: those at or below folders that a person named for it."""

from __future__ import annotations

import os
from collections.abc import Sequence

from askdoc.errors import AskdocError, SourceNotFound
from askdoc.present.sanitize import one_line


def allowed_folders(named: Sequence[str]) -> list[str]:
    """The folders that were named, as they really are.

    Raises:
        SourceNotFound: one is no folder.
    """
    found = []
    for name in named:
        real = os.path.realpath(name)
        if not os.path.isdir(real):  # noqa: PTH112 (a Path would change the name)
            raise SourceNotFound("no such folder", one_line(name), "Name a folder that is there.")
        found.append(real)
    return found


def allowed(path: str, folders: Sequence[str]) -> str:
    """The real path of a file or folder at or below one of these, with all links followed.

    What is not absolute is looked for below each of them, in order. Whether a path outside is
    there at all is not told.

    Args:
        path: as a model named it.
        folders: real paths.

    Raises:
        AskdocError: it is not below one of them, or no path at all.
    """
    for folder in folders:
        try:
            real = os.path.realpath(os.path.join(folder, path))  # noqa: PTH118
        except (OSError, ValueError):  # A zero byte, a surrogate, too many links.
            continue
        within = real == folder or real.startswith(os.path.join(folder, ""))  # noqa: PTH118
        if within and os.path.lexists(real):
            return real
    raise AskdocError(
        "no file or folder below one that may be indexed",
        one_line(path),
        f"These may be, with all below them: {', '.join(map(one_line, folders))}",
    )
