"""The likeliest span among a network's logits, widened to whole words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from askdoc.english.word_classes import COMPANY_ENDINGS, any_of
from askdoc.model import Sentence, Span
from askdoc.split import stamp

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# What follows a full stop behind which the sentence goes on, and a year behind a dated month.
_GOES_ON = re.compile(
    r"(?<=[^\W_])\.[ \u00a0](?![a-z_])[\w§(][\w()&§/-]*(?:(?<=[^\W\d_]{3})[ \u00a0]\d{4}\b)?"
)
# A short answer has at most so many pieces.
_LONGEST_SHORT = 40
# What a company's name ends with, and the words of a name before it.
_COMPANY_END = re.compile(rf"{any_of(COMPANY_ENDINGS)}\b")
_NAME_BEFORE = re.compile(r"(?:\b[A-Z][\w&’'-]{0,30},?\s(?:(?:of|and|&)\s)?){1,6}\Z")


def best_span(start: NDArray[np.float32], end: NDArray[np.float32]) -> tuple[float, int, int]:
    """The likeliest span of pieces: the sum of its two logits, and its half-open range."""
    import numpy as np

    sums = start[:, None] + end[None, :]
    allowed = np.triu(np.ones(sums.shape, dtype=bool)) & ~np.triu(
        np.ones(sums.shape, dtype=bool), _LONGEST_SHORT
    )
    at = int(np.where(allowed, sums, -np.inf).argmax())
    first, last = divmod(at, len(end))
    return float(sums[first, last]), first, last + 1


def whole_words(sentence: Sentence, start: int, end: int) -> Span:
    """The span widened to whole words within the sentence."""
    text, shift = sentence.text, sentence.start
    start, end = start - shift, end - shift
    while start > 0 and _in_word(text, start):
        start -= 1
    while end < len(text) and _in_word(text, end):
        end += 1
    # A full stop inside a sentence is no end: "under Fed. R. Civ. P. 12", "am 3. Oktober 2021". A
    # message of a chat is one sentence with as many ends as it has.
    going = _GOES_ON.match(text, end)
    while going and stamp(text) is None:
        end = going.end()
        going = _GOES_ON.match(text, end)
    start, end = _with_name(text, start, end)
    return Span(start + shift, _balanced(text, start, end) + shift)


def _with_name(text: str, start: int, end: int) -> tuple[int, int]:
    """Begun at the end of a company's name, the span has all of it: "Calder Cycles LLP"."""
    if _COMPANY_END.match(text, start) and (name := _NAME_BEFORE.search(text, 0, start)):
        start = name.start()
    return start, end


def _balanced(text: str, start: int, end: int) -> int:
    """The span's end, back before the last bracket that it opens and does not close."""
    opened: list[int] = []
    for at in range(start, end):
        if text[at] in "([":
            opened.append(at)
        elif text[at] in ")]" and opened:
            opened.pop()
    # Closed right behind, it is whole with the bracket.
    if not opened or (len(opened) == 1 and text[end : end + 1] in (")", "]")):
        return end + len(opened)
    kept = text[start : opened[0]].rstrip(" \t\n,;:")
    return start + len(kept) if kept else end


def _in_word(text: str, at: int) -> bool:
    """Whether a place lies between two letters or digits of a script that spaces its words."""
    before, after = text[at - 1], text[at]
    return before.isalnum() and after.isalnum() and before < "\u2e80" and after < "\u2e80"
