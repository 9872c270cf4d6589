"""Hits -> extracts: read the retrieved passages and find the sentences that answer.

A reader ranks sentences and says of each how likely it answers; whether that is enough to be an
answer is not its business (`askdoc.answer`). All readers pass one suite of tests
(`tests/contracts/`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from askdoc.model import Extract, Hit, Question


class Reader(Protocol):
    """What finds the sentences that answer."""

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Extract]:
        """Every sentence of the hits' passages, as an extract, best first.

        Confidences never rise along the list; a short answer lies inside its sentence. The same
        question over the same hits gives the same extracts.
        """
        ...
