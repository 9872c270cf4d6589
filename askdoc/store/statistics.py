"""What BM25 must know of all passages to score one of them.

Passages that are kept in different places are only comparable if each place scores its own as if
the others stood beside them. All are whole numbers, so that adding them up rounds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Statistics(NamedTuple):
    """Of some passages: how many there are, how many terms all of them have, and in how many of
    them a term stands."""

    passages: int
    length: int
    holding: Mapping[str, int]

    def beside(self, others: Statistics | None) -> Statistics:
        """Of these and of others that are kept elsewhere, for the terms that these tell of."""
        if others is None:
            return self
        holding = {
            term: count + others.holding.get(term, 0) for term, count in self.holding.items()
        }
        return Statistics(self.passages + others.passages, self.length + others.length, holding)
