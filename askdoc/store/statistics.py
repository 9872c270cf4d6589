"""What BM25 must know of all passages to score one of them.

Passages that are kept in different places are only comparable if each place scores its own as if
the others stood beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Statistics(NamedTuple):
    """Of some passages: how many there are, and in how many of them a term stands.

    `mean_length` counts terms; it is None where no passage has any of the terms.
    """

    passages: int
    holding: Mapping[str, int]
    mean_length: float | None = None
