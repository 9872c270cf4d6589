"""A person at a terminal, as a program: types, and waits until something is to be seen."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from lab.pictures.screen import Screen

_WHERE_IS_THE_CURSOR = "\x1b[6n"
_DEADLINE_SECONDS = 30.0
_SETTLED_SECONDS = 0.15


class Sitting:
    """askdoc on a pseudo-terminal, its controlling one.

    `screen` is what is seen, `raw` all that was written.

    Args:
        arguments: what follows `askdoc`.
        folder: where it runs.
        environ: added to a small environment.
        rows: of the terminal.
        columns: of the terminal.
        stdin: what to use as standard input instead of the terminal.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        folder: Path,
        environ: Mapping[str, str] | None = None,
        rows: int = 24,
        columns: int = 80,
        stdin: int | None = None,
    ) -> None:
        self.screen = Screen(rows, columns)
        self.raw = ""
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._ours, theirs = pty.openpty()
        self._tell_size(theirs)
        surroundings = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": os.environ["PATH"]}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "askdoc", *arguments],
            cwd=folder,
            env={"HOME": str(folder), **surroundings, **(environ or {})},
            stdin=theirs if stdin is None else stdin,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(theirs, termios.TIOCSCTTY, 0),
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    @property
    def is_running(self) -> bool:
        """Whether the program has not ended."""
        return self._process.poll() is None

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._ours, keys.encode())

    def resize(self, rows: int, columns: int) -> None:
        """Make the window another size."""
        self.screen.resize(rows, columns)
        self._tell_size(self._ours)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGWINCH)

    def wait(self, seen: Callable[[Screen], bool]) -> Screen:
        """Read until something is seen, and nothing more comes for a moment.

        Raises:
            TimeoutError: it does not come, or the program has ended.
        """
        ends = time.monotonic() + _DEADLINE_SECONDS
        while time.monotonic() < ends:
            if self.read(_SETTLED_SECONDS):
                continue
            if seen(self.screen):
                return self.screen
            if self._process.poll() is not None:
                break
        raise TimeoutError(f"not seen; the screen is:\n{self.screen.everything}")

    def end(self) -> int:
        """Read until the program has ended; its exit code."""
        while self.read(_DEADLINE_SECONDS):
            pass
        return self._process.wait(_DEADLINE_SECONDS)

    def read(self, seconds: float) -> bool:
        """Take in what comes within some time; False if nothing does."""
        if not select.select([self._ours], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._ours, 65536)
        except OSError:  # Linux: the program has ended.
            return False
        written = self._decoder.decode(data)
        self.raw += written
        self.screen.feed(written)
        for _ in range(written.count(_WHERE_IS_THE_CURSOR)):
            self.type(f"\x1b[{self.screen.row + 1};{self.screen.column + 1}R")
        return bool(data)

    def _tell_size(self, terminal: int) -> None:
        size = struct.pack("HHHH", self.screen.rows, self.screen.columns, 0, 0)
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, size)
