"""A terminal that a test sits at: types, and reads until something appears."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07|[=>])")
_WHERE_IS_THE_CURSOR = "\x1b[6n"
_DEADLINE_SECONDS = 20.0
_ROWS, _COLUMNS = 24, 80


class Terminal:
    """A program on a pseudo-terminal of 80 by 24, its controlling one.

    Args:
        arguments: what follows `python -m askdoc`.
        folder: where it runs.
        environ: added to a small environment whose home is the folder.
        stdin: what to use as standard input instead of the terminal.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        folder: Path,
        environ: Mapping[str, str] | None = None,
        stdin: int | None = None,
    ) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))
        self.raw = ""
        self._at = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "askdoc", *arguments],
            cwd=folder,
            env={
                "HOME": str(folder),
                "TERM": "xterm",
                "PATH": os.environ["PATH"],
                "LANG": "C.UTF-8",
                **(environ or {}),
            },
            stdin=theirs if stdin is None else stdin,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(theirs, termios.TIOCSCTTY, 0),
        )
        os.close(theirs)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    @property
    def text(self) -> str:
        """All that was shown, without escapes."""
        return _ESCAPES.sub("", self.raw).replace("\r\n", "\n")

    def type(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def expect(self, marker: str) -> str:
        """Read until the marker appears after the last one; what came before it."""
        deadline = time.monotonic() + _DEADLINE_SECONDS
        while (found := self.text.find(marker, self._at)) < 0:
            if not self._read(deadline):
                raise AssertionError(f"{marker!r} did not come after {self.text[self._at :]!r}")
        passed = self.text[self._at : found]
        self._at = found + len(marker)
        return passed

    def end(self) -> int:
        """Read until the program ends; its exit code."""
        deadline = time.monotonic() + _DEADLINE_SECONDS
        while self._read(deadline):
            pass
        return self._process.wait(timeout=max(0.1, deadline - time.monotonic()))

    def _read(self, deadline: float) -> bool:
        """Read what there is, answering like a terminal; False at the end or the deadline."""
        ready, _, _ = select.select([self._ours], [], [], max(0.0, deadline - time.monotonic()))
        data = b""
        # Linux reports a closed terminal as an error.
        with contextlib.suppress(OSError):
            data = os.read(self._ours, 65536) if ready else b""
        shown = data.decode("utf-8", "replace")
        self.raw += shown
        for _ in range(shown.count(_WHERE_IS_THE_CURSOR)):
            self.type("\x1b[5;1R")
        return bool(data)
