"""Letters of which a PDF does not say which they are: what words around them tell, and no more.

A font may draw a ligature as one sign and not say that it stands for "ffi". Where the words in
which the sign occurs are words with one ligature only, it is that ligature. Whatever stays unknown
is shown as U+FFFD, so that nobody takes the rest of the word for the whole.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from askdoc.load.pdf.hyphens import known_word
from askdoc.load.pdf.word import Word

_REPLACEMENT = 0xFFFD
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
FIRST_STAND_IN = "\U00100000"  # from here on in Unicode's last private plane
_FIRST, _MOST = ord(FIRST_STAND_IN), 0xFFF0
_STAND_IN = re.compile("[\U00100000-\U0010ffff]")
_WORD = re.compile("(?:[^\\W\\d_]|[\U00100000-\U0010ffff])+")
_LIGATURES = ("ff", "fi", "fl", "ffi", "ffl", "ft", "tt", "ti", "Th")
# What word processors name ligatures of some fonts after, and letters of hardly any text.
DOUBTFUL = frozenset((0x19F, 0x1A9, 0x14C, *range(0xE000, 0xF900)))
_SURE_LENGTH = 5  # letters beside the sign: a word of so many is evidence alone
_MOST_WORDS = 400
_LEAST_PIECES, _KNOWN_PIECES = 6, 0.8  # what a space parts, and how much of it are words
# Where TeX's two encodings have ligatures, and what else stands below the space.
_CORK = {
    0x10: "“", 0x11: "”", 0x12: "„", 0x13: "«", 0x14: "»", 0x15: "–", 0x16: "—", 0x19: "ı",
    0x1B: "ff", 0x1C: "fi", 0x1D: "fl", 0x1E: "ffi", 0x1F: "ffl",
}  # fmt: skip
_OLD_TEX = {
    0x0B: "ff", 0x0C: "fi", 0x0D: "fl", 0x0E: "ffi", 0x0F: "ffl", 0x10: "ı", 0x19: "ß",
    0x1A: "æ", 0x1B: "œ", 0x1C: "ø", 0x1D: "Æ", 0x1E: "Œ", 0x1F: "Ø",
}  # fmt: skip


class Unmapped:
    """The signs of one document whose letters are not told."""

    def __init__(self) -> None:
        self._signs: list[tuple[int, int]] = []  # font and code
        self._numbers: dict[tuple[int, int], int] = {}
        self._words: dict[int, set[str]] = defaultdict(set)
        self._verdicts: dict[int, tuple[int, str]] = {}  # from how many words, and what
        self._letters: Counter[int] = Counter()  # by font: all, and those that are not told
        self._untold: Counter[int] = Counter()

    def stand_in(self, font: int, code: int) -> str:
        """What stands for a sign until `settle` knows better."""
        number = self._numbers.get((font, code))
        if number is None:
            if len(self._signs) == _MOST:
                return UNKNOWN
            number = self._numbers[font, code] = len(self._signs)
            self._signs.append((font, code))
        return chr(_FIRST + number)

    def count(self, font: int, letters: int, untold: int) -> None:
        """Take note of how many letters of a font there are, and how many with a stand-in."""
        self._letters[font] += letters
        self._untold[font] += untold

    def settle(self, words: list[Word], turned: list[str]) -> None:
        """Put letters in the place of stand-ins, in all words of a page, and its turned text."""
        if not self._signs:
            return
        held = [
            at for at, word in enumerate(words)
            if not word.text.isascii() and _STAND_IN.search(word.text)
        ]  # fmt: skip
        usual = self._usual()
        texts = [words[at].text.translate(usual) for at in held]
        for text in texts:
            for core in _WORD.findall(text):
                numbers = {ord(sign) - _FIRST for sign in _STAND_IN.findall(core)}
                if len(numbers) == 1 and len(self._words[min(numbers)]) < _MOST_WORDS:
                    self._words[min(numbers)].add(core)
        meanings = self._meanings(usual)
        drawn = []
        for at, text in zip(held, texts, strict=True):
            settled = text.translate(meanings).strip()
            if not settled or (settled == UNKNOWN and _leads(words, at)):
                drawn.append(at)  # a bullet, mostly
                continue
            words[at] = replace(words[at], text=settled)
        for at in reversed(drawn):
            del words[at]
        turned[:] = [text.translate(usual).translate(meanings) for text in turned]

    def _usual(self) -> dict[int, str]:
        """The letters of fonts that tell of hardly any: they mostly have the usual codes."""
        return {
            _FIRST + number: chr(code)
            for number, (font, code) in enumerate(self._signs)
            if 2 * self._untold[font] > self._letters[font]
            and (0x20 <= code < 0x7F or 0xA1 <= code < _FIRST)
            and code != _REPLACEMENT
        }

    def _meanings(self, usual: dict[int, str]) -> dict[int, str]:
        signs = [(n, *sign) for n, sign in enumerate(self._signs) if _FIRST + n not in usual]
        found = {number: self._verdict(number) for number, _, _ in signs}
        encodings: dict[int, dict[int, str]] = {}
        for number, font, code in signs:
            for encoding in (_CORK, _OLD_TEX):
                if found[number] and encoding.get(code) == found[number]:
                    encodings[font] = encoding
        return {
            _FIRST + number: found[number] or encodings.get(font, {}).get(code) or _unresolved(code)
            for number, font, code in signs
        }

    def _verdict(self, number: int) -> str:
        """What `_voted` says, asked again only when there are twice as many words."""
        size = len(self._words.get(number, ()))
        judged, meaning = self._verdicts.get(number, (0, ""))
        if size >= 2 * judged and size:
            judged, meaning = size, self._voted(number)
            self._verdicts[number] = judged, meaning
        return meaning

    def _voted(self, number: int) -> str:
        """The only ligature that makes known words of those in which a sign occurs, or a space."""
        words, sign = self._words.get(number, set()), chr(_FIRST + number)
        votes: Counter[str] = Counter()
        for word in words:
            fitting = [one for one in _LIGATURES if _is_word(word.replace(sign, one))]
            rest = len(word.replace(sign, ""))
            if len(fitting) == 1 and rest > 1:
                votes[fitting[0]] += 2 if rest >= _SURE_LENGTH else 1
        if not votes:
            return " " if _parts_words(sign, words) else ""
        best, worth = votes.most_common(1)[0]
        fit = sum(_is_word(word.replace(sign, best)) for word in words)
        if worth > 1 and 2 * fit >= len(words):
            return best
        return " " if _parts_words(sign, words) else ""


def _parts_words(sign: str, words: Iterable[str]) -> bool:
    """Whether a sign stands between words, as a space does."""
    pieces = [piece for word in words for piece in word.split(sign) if len(piece) > 2]
    known = sum(map(_is_word, pieces))
    return len(pieces) >= _LEAST_PIECES and known >= _KNOWN_PIECES * len(pieces)


def _unresolved(code: int) -> str:
    """What a sign is shown as of which no word tells what it is."""
    if code == 0:
        return " "  # as it mostly is where a file writes no code at all
    return chr(code) if code in DOUBTFUL else UNKNOWN


def unknown_in(words: Iterable[Word]) -> int:
    """How many words have a sign in them of which the file does not say which letter it is."""
    return sum(UNKNOWN in word.text and any(map(str.isalnum, word.text)) for word in words)


def _leads(words: list[Word], at: int) -> bool:
    """Whether a word is the first on its line, and others follow."""
    word, before = words[at], words[at - 1] if at else None
    leads = before is None or abs(before.base - word.base) > 0.5 * word.size
    after = words[at + 1] if at + 1 < len(words) else None
    return leads and after is not None and abs(after.base - word.base) < 0.5 * word.size


def _is_word(text: str) -> bool:
    return known_word(text.casefold())
