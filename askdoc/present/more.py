"""The sentences after those of an answer, numbered on, and clearly less sure."""

from __future__ import annotations

from collections.abc import Sequence

from askdoc.model import Citation
from askdoc.present import plain, terminal
from askdoc.present.style import Style

# The words that seem to answer in a sentence that hardly does say nothing.
_LEAST_MARKED = 0.2
_BETTER = "Next best, less sure:"
_NEAREST = "Nearest after those, which are not an answer either:"
_NEAREST_OF_ALL = "Nearest sentences, which are not an answer:"


def more(citations: Sequence[Citation], first: int, answered: bool, style: Style) -> str:
    """Some further sentences.

    Args:
        citations: the sentences, at least one.
        first: the number of the first.
        answered: whether those before them were an answer.
        style: how the text has to look.
    """
    if not style.person:
        return plain.lines(citations, [""] * len(citations))
    said = _BETTER if answered else (_NEAREST_OF_ALL if first == 1 else _NEAREST)
    listed = [
        terminal.listed([one], style, nearest=one.confidence < _LEAST_MARKED, first=number)
        for number, one in enumerate(citations, start=first)
    ]
    return "\n\n".join([said, *listed])
