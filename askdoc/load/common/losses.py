"""Which notes on a document say that something in it was not read."""

from __future__ import annotations

from askdoc.load.common.decode import GUESSED, REPLACED
from askdoc.load.tables.named_rows import UNNAMED


def is_loss(note: str) -> bool:
    """Whether something may stand in the file that nobody finds by asking.

    An encoding that was guessed, or names that not every row repeats, lose nothing.
    """
    return note != UNNAMED and (not note.startswith(GUESSED) or REPLACED in note)
