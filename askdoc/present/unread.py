"""That documents which don't say something were not read as a whole."""

from __future__ import annotations

from collections.abc import Iterable

from askdoc.errors import LinksNotFollowed, LoadError
from askdoc.load.common.losses import is_loss
from askdoc.model import Extent
from askdoc.present.sanitize import one_line, sanitize

_SHOWN = 3
_LONGEST = 160


def unread(extents: Iterable[Extent], problems: Iterable[LoadError], where: str) -> str:
    """A line that names some documents and what was not read of them; "" where all was.

    Args:
        extents: the documents that were asked.
        problems: the sources that were not read at all.
        where: where the others are listed, such as "/sources".
    """
    found = [(one.where, one.what) for one in problems if not isinstance(one, LinksNotFollowed)]
    found += [(one.source, note) for one in extents for note in one.notes if is_loss(note)]
    if not found:
        return ""
    shown = [f"{sanitize(source)}: {_short(note)}" for source, note in found[:_SHOWN]]
    more = f"; and {len(found) - _SHOWN:,} more: {where}" if len(found) > _SHOWN else ""
    return f"Not everything was read: {'; '.join(shown)}{more}."


def _short(note: str) -> str:
    """The first sentence of a note."""
    first = one_line(note).partition(". ")[0].rstrip(".")
    return first if len(first) <= _LONGEST else f"{first[:_LONGEST].rpartition(' ')[0]} ..."
