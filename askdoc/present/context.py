"""The sentences before and after a quotation, as grep's -C gives lines."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from askdoc.model import Citation, Document
from askdoc.split.sentences import blocks


class Around(NamedTuple):
    """Sentences of a document, verbatim and in its order, before a quotation and after it."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def in_lines(self) -> tuple[str, str]:
        """Both, a sentence a line."""
        return "\n".join(self.before), "\n".join(self.after)


NOTHING = Around()
AroundOf = Callable[[Citation], Around]
"""What stands around a citation, for what shows many."""


def nothing(citation: Citation) -> Around:
    """Nothing around any citation."""
    return NOTHING


def around(document: Document, citation: Citation, number: int) -> Around:
    """So many sentences before a citation of a document and after it, fewer at its ends.

    The document is cut only up to where they end.
    """
    before: deque[str] = deque(maxlen=number)
    after: list[str] = []
    for block in blocks(document.text):
        for start, end in block:
            if end <= citation.start:
                before.append(document.part(start, end))
            elif start >= citation.end:
                after.append(document.part(start, end))
                if len(after) == number:
                    return Around(tuple(before), tuple(after))
    return Around(tuple(before), tuple(after))
