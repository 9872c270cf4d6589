"""Passages -> hits: find the passages that may hold the answer, among however many there are.

A retriever sees terms only, and is judged by what it loses: the reader cannot bring back a passage
that retrieval left out. All retrievers pass one suite of tests (`tests/contracts/`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from askdoc.model import Hit


class Retriever(Protocol):
    """What finds passages."""

    def search(self, weights: Mapping[str, float], limit: int) -> list[Hit]:
        """The best passages, best first, each sharing at least one term with the question.

        Args:
            weights: terms of the question, as `askdoc.text` makes them, and what a match is worth
                (1.0 for a term that was asked for, less for one that is merely related).
            limit: at most so many hits, at least 0.

        Returns:
            Hits with scores above 0; equal scores in the order of the passages.
        """
        ...
