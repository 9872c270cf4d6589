"""Errors -> the one line that a person sees, whatever went wrong."""

from __future__ import annotations

import os
import traceback

from askdoc.errors import AskdocError
from askdoc.present.sanitize import one_line, sanitize

DEBUG = "ASKDOC_DEBUG"
_LONGEST_REASON = 200


def as_line(error: BaseException) -> str:
    """`askdoc: what went wrong: where. What to do.`, on one line.

    An error that nobody foresaw asks to be reported. With ASKDOC_DEBUG set in the environment, the
    traceback stands above the line.
    """
    if isinstance(error, AskdocError):
        return f"askdoc: {one_line(str(error))}"
    if isinstance(error, MemoryError):
        return "askdoc: out of memory. Give it fewer or smaller files."
    if isinstance(error, OSError) and error.strerror:
        where = f": {error.filename}" if error.filename is not None else ""
        line = one_line(f"askdoc: {error.strerror}{where}.")
    else:
        reason = one_line(f"{type(error).__name__}: {error}"[:_LONGEST_REASON])
        line = (
            f"askdoc: this is a fault in askdoc itself: {reason}. "
            f"Please report it; {DEBUG}=1 shows where it happened."
        )
    if os.environ.get(DEBUG):
        shown = "".join(traceback.format_exception(error)).splitlines()
        return "\n".join([*map(sanitize, shown), line])
    return line
