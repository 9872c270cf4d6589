"""A citation's address in words, as both kinds of text write its parts."""

from __future__ import annotations

from askdoc.model import Answer, Citation
from askdoc.present.sanitize import one_line, sanitize


def place(citation: Citation) -> str:
    """`source:line`, which many terminals and editors open."""
    return f"{sanitize(citation.source)}:{citation.line}"


def percent(citation: Citation) -> str:
    return f"{citation.confidence:.0%}"


def disagreement(answer: Answer) -> str:
    """What documents that disagree say, each with its source; "" where they don't disagree."""
    if not answer.disagreement:
        return ""
    said = [
        f"{one_line(citation.short.text)} ({sanitize(citation.source)})"
        for citation in answer.citations
        if citation.short is not None
    ]
    return f"The documents disagree: {' or '.join(said)}."
