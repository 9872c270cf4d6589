"""Whether the letters of a font make text, or noise: some files map signs to whatever letters.

A person sees words; what the file says they are is "7KH IHUU\\". In any language that is written in
Latin letters these follow each other much as they do in English; letters by chance do not. Over
pages of 22 languages the mean logarithm of how likely a letter is behind the one before was never
below -3.6, and over texts with their letters exchanged never above -4.1.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise
from math import log

from askdoc.english.background import term_counts
from askdoc.load.pdf.word import Word

_SURE, _SURER, _TEXT = -3.85, -4.2, -3.5
_LEAST, _FEWEST = 150, 60  # pairs of letters from which on either is sure
_A_FEW = 8
_LEVEL = 0.5  # of the letters' size
_MOST_WORDS = 300
_LEAST_WORDS = 12
_ODD_SHARE = 0.5
_COMMON_SHARE, _LEAST_COMMON = 0.08, 3  # of all words, and how many different ones
_COMMON = frozenset(
    "the of and to in a is for on that with as by be or are at from it this not an was shall may "
    "und der die das den von zu mit ist de la le les et des en un une du est el los que y del "
    "il di che e per non het een van dat och att som det og til na w i nie do je se v".split()
)
_LATIN = re.compile(r"[^\W\d_]{3,}")
_ACRONYM = re.compile(r"[A-Z]{2,5}")
_INSIDE = re.compile(r"[^\W\d_][!-&*+;<=>?@\\^`{|}~\[\]][^\W\d_]")
_WEB = re.compile(r"[@/\\]|www\.|\.\w+\(")
# Letters of few languages, Vietnamese, Azerbaijani, Romanian and Croatian digraphs aside.
_RARE = re.compile(
    "[\u0182-\u018e\u0190-\u019f\u01a2-\u01ae\u01b1-\u0217\u021c-\u0258\u025a-\u02af]"
)
_NO_LETTER = frozenset(("Cc", "Co", "Cn", "Cs"))
# Scripts that no word mixes.
_SCRIPTS = frozenset(
    "LATIN CYRILLIC GREEK ARMENIAN GEORGIAN HEBREW ARABIC SYRIAC THAANA DEVANAGARI BENGALI "
    "GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA MALAYALAM SINHALA LAO TIBETAN MYANMAR "
    "ETHIOPIC CHEROKEE KHMER MONGOLIAN COPTIC RUNIC".split()
)


class Noise:
    """Fonts of one document whose letters are noise, by their names."""

    def __init__(self) -> None:
        self.fonts: set[str] = set()

    def drop(self, words: list[Word], name_of: Callable[[int], str]) -> int:
        """Take the words of noise from a page; how many letters they had."""
        by_font: dict[int, list[str]] = defaultdict(list)
        for word in words:
            by_font[word.font].append(word.text)
        noisy = set()
        for font, texts in by_font.items():
            name = name_of(font)
            if is_noise(texts):
                self.fonts |= {name} - {""}
                noisy.add(font)
            elif name in self.fonts and not _is_text(texts):
                noisy.add(font)
        if not noisy:
            return 0
        left: list[Word] = []
        for line in _lines(words):
            readable = sum(len(word.text) for word in line if word.font not in noisy)
            # A sentence with a hole in it would be one that the page does not have.
            whole = 2 * readable >= sum(len(word.text) for word in line)
            left += line if whole else [word for word in line if word.font not in noisy]
        dropped = sum(len(word.text) for word in words) - sum(len(word.text) for word in left)
        words[:] = left
        return dropped


def _lines(words: list[Word]) -> Iterator[list[Word]]:
    """Words that follow each other on one level."""
    line: list[Word] = []
    for word in words:
        if line and abs(word.base - line[0].base) > _LEVEL * line[0].size:
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def is_noise(texts: list[str]) -> bool:
    """Whether words, enough of them to tell, are no text in any language."""
    sample = _sample(texts)
    if not sample or _is_common(sample):
        return False
    score, pairs = _likelihood(sample)
    # What is written in a font of its own, with signs between its letters, may be code.
    odd = pairs < _A_FEW or score < _TEXT
    if (
        odd
        and len(sample) >= _LEAST_WORDS
        and sum(map(_is_odd, sample)) >= _ODD_SHARE * len(sample)
    ):
        return True
    return score < (_SURE if pairs >= _LEAST else _SURER) and pairs >= _FEWEST


def _is_text(texts: list[str]) -> bool:
    """Whether words are text, even though their font is named like one of noise."""
    sample = _sample(texts)
    score, pairs = _likelihood(sample)
    return _is_common(sample) or (pairs >= _FEWEST and score > _TEXT)


def _sample(texts: list[str]) -> list[str]:
    return [text for text in texts[:_MOST_WORDS] if any(map(str.isalpha, text)) or "\ufffd" in text]


def _is_common(sample: list[str]) -> bool:
    """Whether there are words in it that every text of its language has."""
    words = [text.strip(".,;:()\"'").casefold() for text in sample]
    common = [word for word in words if word in _COMMON]
    return len(set(common)) >= _LEAST_COMMON and len(common) > _COMMON_SHARE * len(sample)


def _is_odd(text: str) -> bool:
    """Whether a word is made as no word is: of several scripts, of signs that are no letters."""
    if text.isascii():
        return _INSIDE.search(text) is not None and not _WEB.search(text)
    letters = [letter for letter in text if not letter.isspace()]
    strange = sum(
        letter == "\ufffd"
        or unicodedata.category(letter) in _NO_LETTER
        or bool(_RARE.match(letter))
        for letter in letters
    )
    if 3 * strange >= len(letters):
        return True
    scripts = Counter(script for script in map(_script, letters) if script in _SCRIPTS)
    if len(scripts) < 2:
        return False
    # One Greek letter is a unit or a name for something.
    return scripts.total() - scripts.most_common(1)[0][1] > 1


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").partition(" ")[0]


def _likelihood(texts: Iterable[str]) -> tuple[float, int]:
    """The mean logarithm of how likely each letter is behind its neighbour; how many there are."""
    table = _pairs()
    total, pairs, others = 0.0, 0, 0
    # A word that stands there often is no more evidence than one.
    for word in {word for text in texts for word in _LATIN.findall(text)}:
        if _ACRONYM.fullmatch(word):
            continue
        plain = unicodedata.normalize("NFD", word.casefold())
        letters = " " + "".join(c for c in plain if "a" <= c <= "z")
        others += sum(c > "\u02ff" and c.isalpha() for c in plain)
        if len(letters) < 4:
            continue
        for pair in pairwise(letters):
            total += table[pair]
        pairs += len(letters) - 1
    # Where most is written in other letters, the Latin words are names and terms.
    return (total / pairs, pairs) if pairs > 2 * others else (0.0, 0)


@cache
def _pairs() -> dict[tuple[str, str], float]:
    """From two letters to the logarithm of how likely the second is behind the first in English."""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    counts: Counter[tuple[str, str]] = Counter()
    firsts: Counter[str] = Counter()
    for term, count in term_counts().items():
        if term.isascii() and term.isalpha():
            for pair in zip(f" {term}", term, strict=False):
                counts[pair] += count
                firsts[pair[0]] += count
    return {
        (a, b): log((counts[a, b] + 5) / (firsts[a] + 5 * len(alphabet)))
        for a in f" {alphabet}"
        for b in alphabet
    }
