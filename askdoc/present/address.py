"""A citation's address in words, as both kinds of text write its parts."""

from __future__ import annotations

from askdoc.model import Citation
from askdoc.present.harmless import harmless

REFUSAL = "The documents don't say."
"""What stands where an answer would; never taken for one, since it is no sentence of theirs."""


def place(citation: Citation) -> str:
    """`source:line`, which many terminals and editors open."""
    return f"{harmless(citation.source)}:{citation.line}"


def percent(citation: Citation) -> str:
    return f"{citation.confidence:.0%}"
