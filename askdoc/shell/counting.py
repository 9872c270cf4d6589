"""How much there is, in words: for the greeting, the toolbar and /sources."""

from __future__ import annotations

from collections import Counter

from askdoc.assistant import Assistant
from askdoc.model import Document


def sentence_counts(assistant: Assistant) -> Counter[Document]:
    """How many sentences of each document can be cited."""
    counts: Counter[Document] = Counter()
    for passage in assistant.passages:
        counts[passage.document] += len(passage.sentences)
    return counts


def counted(number: int, noun: str) -> str:
    """`1 line`, `2,048 lines`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
