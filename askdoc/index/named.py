"""What this user has named for an index and committed to it: kept outside of it, and private.

`askdoc index` without a path reads again what was named before. What an index says of that may have
been written by anybody, and would have files read that nobody meant, so that only what this user
named for an index in this place counts. And only what this user has committed last is gone on from
as it is: `own` tells.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from askdoc.cluster.address import Address
from askdoc.store.folder import replace_file
from askdoc.store.gate import read_plain

_MOST_BYTES = 2**24
_MOST_STATES = 16
_OWNER_ONLY = 0o700
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_FOLDER = ("askdoc", "indexed")


class Own(NamedTuple):
    """What this user did with an index in one place.

    `named` are the paths that were named: absolute path -> name as given. `committed` are digests
    of the last states that were committed, or were about to be.
    """

    named: dict[str, str]
    committed: tuple[str, ...] = ()


def own(index: Path | Address, environ: Mapping[str, str] = os.environ) -> Own:
    """What this user did with an index in this place, as far as nobody else can have written it."""
    place = _place(index, environ)
    if place is None or not _is_private(place.parent) or not _is_private(place):
        return Own({})
    try:
        told = json.loads(read_plain(place, _MOST_BYTES))
        if told["index"] != _key(index):
            return Own({})
        named = {str(path): str(name) for path, name in told["named"]}
        return Own(named, tuple(map(str, told["committed"])))
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return Own({})


def remember(
    index: Path | Address,
    roots: Iterable[tuple[str, str]] = (),
    committed: Iterable[str] = (),
    environ: Mapping[str, str] = os.environ,
) -> None:
    """Keep what was named for an index, and what is going to be committed, with what was before.

    Where it cannot be kept, paths have to be named again, and an update takes longer.

    Args:
        index: the folder of the index.
        roots: absolute path, name as given.
        committed: digests of states.
        environ: tells where the user's programs keep such things.
    """
    known = own(index, environ)
    states = dict.fromkeys((*known.committed, *committed))
    told = Own({**known.named, **dict(roots)}, tuple(states)[-_MOST_STATES:])
    place = _place(index, environ)
    if told == known or place is None:
        return
    content = json.dumps(
        {"index": _key(index), **told._asdict(), "named": list(told.named.items())}
    )
    with suppress(OSError):
        place.parent.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
        if _is_private(place.parent):
            replace_file(place, content.encode("ascii"), rights=0o600)


def _place(index: Path | Address, environ: Mapping[str, str]) -> Path | None:
    """Where it is kept for an index, None where the user has no place for such things."""
    state = environ.get("XDG_STATE_HOME", "")
    # The standard says that a relative path is to be ignored.
    if not os.path.isabs(state):
        try:
            state = str(Path.home() / ".local" / "state")
        except RuntimeError:
            return None
    name = hashlib.blake2b(os.fsencode(_key(index)), digest_size=16).hexdigest()
    return Path(state, *_FOLDER, f"{name}.json")


def _key(index: Path | Address) -> str:
    """What an index is called wherever it is named from."""
    return str(index) if isinstance(index, Address) else os.path.realpath(index)


def _is_private(path: Path) -> bool:
    """Whether nobody else can have written it."""
    try:
        status = path.lstat()
    except OSError:
        return False
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_WRITE
