"""Extracts -> an answer: choose, cite, or say that the documents don't say.

The reader says how sure it is of each sentence; here it is decided what that is enough for
(`compose`), whether one sentence is enough (`several`), and whether documents disagree
(`agreement`).
"""

from __future__ import annotations

from askdoc.answer.compose import cite, compose

__all__ = ["cite", "compose"]
