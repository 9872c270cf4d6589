"""A group of processes that does not outlive this one, however it ends."""

from __future__ import annotations

import subprocess

# When the pipe closes, be it by the system, all of its group are killed: stopped ones as well,
# which no pipe of their own would wake.
_SCRIPT = "read _; kill -KILL 0"


class Guard:
    """Holds the group `group`; `close` kills who is in it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", _SCRIPT],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            process_group=0,
        )

    @property
    def group(self) -> int:
        return self._process.pid

    def close(self) -> None:
        """Kill all of the group and wait for the guard's own end."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
