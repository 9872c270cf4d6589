"""What stands in a folder, for whoever completes the name of a file; never waits for long."""

from __future__ import annotations

import os
from itertools import islice

# A folder of more entries than this is looked through no further.
MOST_LOOKED_AT = 20_000


def entries(folder: str) -> list[tuple[str, bool]]:
    """The names in a folder, sorted, and of each whether it is a folder; empty where there is none.

    Args:
        folder: its path, "" for the current one; `~` is the user's own.
    """
    try:
        with os.scandir(os.path.expanduser(folder) or os.curdir) as found:  # noqa: PTH111
            return sorted((one.name, _is_folder(one)) for one in islice(found, MOST_LOOKED_AT))
    except (OSError, ValueError):
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # A link that leads to itself, say.
        return False
