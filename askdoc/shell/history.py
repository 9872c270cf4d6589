"""What was asked, kept between runs in a file that only its owner can read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from prompt_toolkit.history import FileHistory

_OWNER_ONLY_FILE = 0o600
_OWNER_ONLY_FOLDER = 0o700


class PrivateHistory(FileHistory):
    """A history that forgets, rather than ends the shell, when the disk is full or taken away."""

    def store_string(self, string: str) -> None:
        try:
            super().store_string(string)
        except OSError:
            return


def open_history(environ: Mapping[str, str] = os.environ) -> PrivateHistory:
    """The history in the user's folder for state, made where it is missing.

    Raises:
        OSError: the file cannot be made, read or written.
    """
    path = _path(environ)
    path.parent.mkdir(mode=_OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    file = os.open(path, flags, _OWNER_ONLY_FILE)
    try:
        if hasattr(os, "fchmod"):
            os.fchmod(file, _OWNER_ONLY_FILE)
    finally:
        os.close(file)
    return PrivateHistory(str(path))


def _path(environ: Mapping[str, str]) -> Path:
    state = environ.get("XDG_STATE_HOME", "")
    # The standard says that a relative path is to be ignored.
    if not Path(state).is_absolute():
        try:
            state = str(Path.home() / ".local" / "state")
        except RuntimeError as error:
            raise OSError(str(error)) from None
    return Path(state) / "askdoc" / "history"
