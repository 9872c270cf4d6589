"""What work costs: processor time, and the most memory that a process ever had."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")
_UNIT = 1 if sys.platform == "darwin" else 1024  # of getrusage


def peak_memory() -> int:
    """The most bytes that this program has had in memory.

    getrusage would count what had been held by the program that started it.
    """
    return _status("VmHWM") or _UNIT * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def memory() -> int:
    """The bytes that this program has in memory now, or at most had where the system can't tell."""
    return _status("VmRSS") or peak_memory()


def children() -> tuple[float, int]:
    """Of the children that have ended: processor seconds in all, and the most bytes that one had.

    That is at least what this program had when it started them.
    """
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime, _UNIT * usage.ru_maxrss


def limit_memory(size: int) -> None:
    """Let this process have no more bytes of address space, and leave no memory dumps."""
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def in_mib(size: float) -> str:
    """Bytes for a table."""
    return f"{size / 2**20:.0f}"


def _status(name: str) -> int:
    if not _STATUS.exists():
        return 0
    lines = _STATUS.read_text().splitlines()
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith(name)), 0)
