"""Accents that stand as signs of their own over a letter: TeX's older fonts write "M¨uller" so.

The accent is printed first and the letter under it, or the letter first; both are one letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from askdoc.load.pdf.word import Word

_COMBINING = {
    "`": "\u0300", "\u02cb": "\u0300", "\u00b4": "\u0301", "\u02ca": "\u0301", "^": "\u0302",
    "\u02c6": "\u0302", "~": "\u0303", "\u02dc": "\u0303", "\u00af": "\u0304", "\u02c9": "\u0304",
    "\u02d8": "\u0306", "\u02d9": "\u0307", "\u00a8": "\u0308", "\u02da": "\u030a",
    "\u02dd": "\u030b", "\u02c7": "\u030c", "\u00b8": "\u0327", "\u02db": "\u0328",
}  # fmt: skip
ACCENTS = frozenset(_COMBINING)
_DOTLESS = {"\u0131": "i", "\u0237": "j"}
_OVER = 0.15  # of the letters' size: how far a letter reaches under its accent at least


def stretches(letters: Sequence[str]) -> list[tuple[int, int]]:
    """From where to where the letters go without an accent, or are one."""
    cuts = {0, len(letters)}
    for at, letter in enumerate(letters):
        if letter in ACCENTS:
            cuts |= {at, at + 1}
    return list(pairwise(sorted(cuts)))


def composed(last: Word, word: Word) -> Word | None:
    """Both as one word, where one ends with the other's accent; None where it stands for itself."""
    text, accent = last.text, word.text
    if accent in ACCENTS and (word.x0 + word.x1) / 2 < last.x1 - 0.02 * last.size:
        letter = _with(text[-1:], accent)
        return replace(last, text=text[:-1] + letter) if letter else None
    accent = text[-1:]
    if accent in ACCENTS and word.x0 < last.x1 - _OVER * word.size:
        letter = _with(word.text[:1], accent)
        if letter:
            return replace(last, text=text[:-1] + letter + word.text[1:], x1=word.x1)
    return None


def _with(letter: str, accent: str) -> str:
    """The one letter that a letter and an accent make, "" for none."""
    pair = _DOTLESS.get(letter, letter) + _COMBINING[accent]
    found = unicodedata.normalize("NFC", pair)
    return found if len(found) == 1 else ""
