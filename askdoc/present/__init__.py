"""Answer -> text: for a person, for a pipe, and as JSON.

`outline` walks an answer for all who write it: `terminal` is what a person reads, `plain` what a
pipe carries, `markdown` and `notebook` what these take; `surroundings` is a citation among its
neighbouring lines. `sanitize` stands between a document and the terminal: whatever a document
holds, it can be shown but cannot act. Which of them is used is decided by the caller, in `Style`.
"""

from __future__ import annotations

from askdoc.model import Answer
from askdoc.present import plain, terminal
from askdoc.present.context import AroundOf, nothing
from askdoc.present.failure import as_line
from askdoc.present.json import as_json
from askdoc.present.sanitize import one_line, sanitize
from askdoc.present.style import PLAIN, Style, style_for
from askdoc.present.surroundings import surroundings

__all__ = [
    "PLAIN",
    "Style",
    "as_json",
    "as_line",
    "as_text",
    "one_line",
    "sanitize",
    "style_for",
    "surroundings",
]


def as_text(
    answer: Answer, style: Style, *, nearest: bool = False, around: AroundOf = nothing
) -> str:
    """An answer as lines of text, without a line end after the last.

    Args:
        answer: what is shown.
        style: how.
        nearest: whether a pipe, too, gets the sentences that came near or have a chance.
        around: gives the sentences that are shown around each.
    """
    if style.person:
        return terminal.render(answer, style, around=around)
    return plain.render(answer, nearest=nearest, around=around)
