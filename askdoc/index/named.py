"""Which paths the user has named for an index: kept outside of it, where only the user can write.

`askdoc index` without a path reads again what was named before. What an index says of that may have
been written by anybody, and would have files read that nobody meant, so that only what this user
named for an index in this place counts.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from askdoc.store.folder import replace_file
from askdoc.store.gate import read_plain

_MOST_BYTES = 2**24
_OWNER_ONLY = 0o700
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_FOLDER = ("askdoc", "indexed")


def remember(
    index: Path, roots: Iterable[tuple[str, str]], environ: Mapping[str, str] = os.environ
) -> None:
    """Keep which paths were named for an index, with those that were named before.

    Where it cannot be kept they have to be named again.

    Args:
        index: the folder of the index.
        roots: absolute path, name as given.
        environ: tells where the user's programs keep such things.
    """
    known = dict(named(index, environ))
    told = {**known, **dict(roots)}
    place = _place(index, environ)
    if told == known or place is None:
        return
    content = json.dumps({"index": os.path.realpath(index), "named": list(told.items())})
    with suppress(OSError):
        place.parent.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
        if _is_private(place.parent):
            replace_file(place, content.encode("ascii"), rights=0o600)


def named(index: Path, environ: Mapping[str, str] = os.environ) -> list[tuple[str, str]]:
    """The paths that this user named for an index in this place: absolute path, name as given."""
    place = _place(index, environ)
    if place is None or not _is_private(place.parent) or not _is_private(place):
        return []
    try:
        told = json.loads(read_plain(place, _MOST_BYTES))
        if told["index"] != os.path.realpath(index):
            return []
        return [(str(path), str(name)) for path, name in told["named"]]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return []


def _place(index: Path, environ: Mapping[str, str]) -> Path | None:
    """Where it is kept for an index, None where the user has no place for such things."""
    state = environ.get("XDG_STATE_HOME", "")
    # The standard says that a relative path is to be ignored.
    if not os.path.isabs(state):
        try:
            state = str(Path.home() / ".local" / "state")
        except RuntimeError:
            return None
    name = hashlib.blake2b(os.fsencode(os.path.realpath(index)), digest_size=16).hexdigest()
    return Path(state, *_FOLDER, f"{name}.json")


def _is_private(path: Path) -> bool:
    """Whether nobody else can have written it."""
    try:
        status = path.lstat()
    except OSError:
        return False
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_WRITE
