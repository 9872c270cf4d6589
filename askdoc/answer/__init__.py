"""Extracts -> an answer: choose, cite, or say that the documents don't say.

The reader says how sure it is of each sentence; here it is decided what that is enough for
(`compose`), whether one sentence is enough (`cardinality`), whether documents disagree
(`disagreement`), and where they don't say, what of the question they lack (`missing`).
"""

from __future__ import annotations

from askdoc.answer.compose import cite, compose, only_quoted
from askdoc.answer.missing import missing_words

__all__ = ["cite", "compose", "missing_words", "only_quoted"]
