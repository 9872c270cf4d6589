"""That a saved index does not hold all that it was to hold."""

from __future__ import annotations

import os
from collections.abc import Sequence

from askdoc.present.sanitize import one_line
from askdoc.store.telling import option

_SHOWN = 3


def incomplete(index: str | os.PathLike[str] | None, names: Sequence[str]) -> str:
    """A line: which index is not complete, what of it, and what to do.

    Args:
        index: its folder, or its address.
        names: the paths that were named for it and not read to their end.
    """
    place = one_line(os.fspath(index)) if index is not None else "it"
    meant = option(index) if index is not None else ""
    shown = ", ".join(map(one_line, names[:_SHOWN])) + (", ..." if len(names) > _SHOWN else "")
    return (
        f"askdoc: the saved index is not complete: {place}. Reading {shown} was stopped, or still "
        f"goes on. To finish it: askdoc index{meant}"
    )
