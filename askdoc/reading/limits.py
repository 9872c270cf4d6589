"""Which files are read in a child, what a child may use up, and what is said if it needs more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askdoc.errors import LoadError, SourceTooLarge, SourceUnreadable
from askdoc.load.formats import Loader, loader_for
from askdoc.load.text.markdown import load_markdown
from askdoc.load.text.plain import load_plain
from askdoc.load.web.html import load_html

if TYPE_CHECKING:
    # Most files need no child, and then these need not be imported.
    from askdoc.workers import Failure

MEMORY = 2**30
"""Bytes of address space for reading one file."""

SECONDS, SECONDS_PER_MB = 40.0, 8.0
"""Processor time for reading, splitting and analysing one file, and for each megabyte besides."""

PATIENCE = 4
"""So many times as long a file may take that is all that was named: somebody wants just this."""

# Loaders that are safe in this process, and up to how many bytes: their time is linear (Markdown's
# is slow: 7 s a MB at worst), they do not recurse, and no C library is behind them. One page is
# read faster than a process starts.
_SAFE_BYTES: dict[Loader, int] = {load_plain: 2**63, load_html: 2**20, load_markdown: 2**18}

_SMALLER = "Save it as plain text, or split it into smaller files."
_ALONE = f"Split it, or name it alone to try again: then it may take {PATIENCE} times as long."


def is_safe_here(path: str, size: int) -> bool:
    """Whether a file of this name and so many bytes may be read in this process."""
    return size <= _SAFE_BYTES.get(loader_for(path), -1)


def seconds_for(size: int, alone: bool = False) -> float:
    """Processor time for a file of so many bytes, which may be all that was named."""
    return (SECONDS + SECONDS_PER_MB * size / 1e6) * (PATIENCE if alone else 1)


def failed(source: str, size: int, failure: Failure, alone: bool = False) -> LoadError:
    """What is said of a file that a child did not live to read.

    Args:
        source: its name.
        size: how many bytes it has.
        failure: what happened to the child.
        alone: whether the file was all that was named.
    """
    from askdoc.workers import Failure

    if failure is Failure.TIMED_OUT:
        limit = seconds_for(size, alone)
        return SourceUnreadable(
            f"reading it took longer than {round(limit, 1):g} s of processor time",
            source,
            _SMALLER if alone else _ALONE,
        )
    if failure is Failure.STALLED:
        return SourceUnreadable(
            "reading it came to no end",
            source,
            "Close other programs, or copy it from the network to this machine, and name it again.",
        )
    if failure is Failure.OUT_OF_MEMORY:
        return SourceTooLarge(
            f"reading it needs more than {MEMORY // 2**30} GiB of memory", source, _SMALLER
        )
    if failure is Failure.NOT_STARTED:
        return SourceUnreadable(
            "no process could be started to read it in",
            source,
            "Close other programs and try again.",
        )
    return SourceUnreadable(
        "reading it crashed",
        source,
        "It may be damaged: open it in its own program and save it again, or as plain text.",
    )
