"""What was asked, kept between runs in a file that only its owner can read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from prompt_toolkit.history import History

from askdoc.private import NotPrivate, open_private, private_folder

MOST_BYTES = 16 * 2**20
"""No larger a history is read: typing it takes years."""


class PrivateHistory(History):
    """What was typed, in the file format of prompt-toolkit's own `FileHistory`.

    It opens the file as `open_private` does, each time; and it forgets, rather than ends the shell,
    when the disk is full or taken away.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        super().__init__()

    def load_history_strings(self) -> Iterable[str]:
        """What was typed before, newest first."""
        try:
            with open_private(self._path) as file:
                content = file.read(MOST_BYTES)
        except OSError:
            return []
        entries: list[list[str]] = [[]]
        for line in content.decode("utf-8", "replace").split("\n"):
            if line.startswith("+"):
                entries[-1].append(line[1:])
            elif entries[-1]:
                entries.append([])
        return ["\n".join(entry) for entry in reversed(entries) if entry]

    def store_string(self, string: str) -> None:
        """Add what was typed."""
        lines = "".join(f"+{line}\n" for line in string.split("\n"))
        try:
            with open_private(self._path, "ab") as file:
                file.write(f"\n# {datetime.now()}\n{lines}".encode("utf-8", "replace"))
        except OSError:
            return


def open_history(environ: Mapping[str, str] = os.environ) -> PrivateHistory:
    """The history in the user's folder for state, made where it is missing.

    Raises:
        OSError: the file cannot be made, read or written, or somebody else could do so.
    """
    path = _path(environ).absolute()
    private_folder(path.parent)
    with open_private(path, "ab") as file:
        if os.fstat(file.fileno()).st_size > MOST_BYTES:
            raise NotPrivate(f"larger than {MOST_BYTES // 2**20} MiB", path)
    with open_private(path):
        return PrivateHistory(path)


def _path(environ: Mapping[str, str]) -> Path:
    state = environ.get("XDG_STATE_HOME", "")
    # The standard says that a relative path is to be ignored.
    if not Path(state).is_absolute():
        try:
            state = str(Path.home() / ".local" / "state")
        except RuntimeError as error:
            raise OSError(str(error)) from None
    return Path(state) / "askdoc" / "history"
