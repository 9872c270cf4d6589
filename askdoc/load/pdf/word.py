"""A word on a page of a PDF, and what two stretches of letters beside each other make."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from askdoc.load.pdf.bidi import has_rtl
from askdoc.load.pdf.rules import Rule

_SHADOWS = 12
_SHADOW = 0.25  # of the letters' size: how far a second printing may be set off
_SUPERSCRIPTS = str.maketrans("0123456789+-\u2212\u2013=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")
# What a raised number behind it multiplies: a short number, 10 above all, and no decimal.
_BASE = re.compile(r"(?:\A|[^\d.,])\d{1,2}\Z")
_SAME_WORD = 0.25  # of the letters' size: what is raised stands no further away
_NOTE_MARK = re.compile(r"[\d,*†‡§]{1,5}")


@dataclass(slots=True)
class Word:
    """Letters that stand together; `base` is the y of the line they stand on, `at` their rank.

    `entry` says that they were filled in behind a label, `font` is the number of their font. None
    is ever changed; they are not frozen as that takes time, and there are many.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    at: int
    entry: bool = False
    font: int = 0

    @property
    def y0(self) -> float:
        return self.base - 0.75 * self.size

    @property
    def y1(self) -> float:
        return self.base + 0.25 * self.size


def clean(text: str) -> str:
    """The run without control characters and halves of pairs."""
    if text.isascii() and text.isprintable():
        return text
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return "".join(c for c in text if c == "\xad" or c >= "\xa1" or " " <= c <= "~")


def printed_before(word: Word, seen: dict[str, list[Word]]) -> bool:
    """Whether the same letters stand at this place already, printed twice to look bold.

    A second printing covers most of the first. The next letter begins where the one before ends,
    which for an "l" is hardly further away.
    """
    others = seen.get(word.text)
    if others is None:
        seen[word.text] = [word]
        return False
    near = _SHADOW * word.size
    highest, lowest = word.base - near, word.base + near
    for other in others:
        if highest < other.base < lowest:
            beside = min(near, 0.5 * (word.x1 - word.x0))
            if abs(other.x0 - word.x0) < beside and abs(other.base - word.base) < near:
                return True
    # Who prints twice does so line by line, if not word by word.
    del others[: len(others) - _SHADOWS]
    others.append(word)
    return False


def joined(words: list[Word], last: Word, word: Word) -> bool:
    """Whether the run went on the word before, and was joined to it."""
    apart = word.x0 - last.x1
    lower = word.base - last.base
    size = max(last.size, word.size)
    if has_rtl(word.text) or has_rtl(last.text):
        return _joined_rtl(words, last, word)
    if not -0.6 * size < apart < 0.12 * size or abs(lower) > 0.7 * size:
        return False
    small = word.size < 0.85 * last.size and lower < -0.15 * last.size
    if small or (lower < -0.2 * last.size and _is_raised_number(last, word)):
        text = raised(last.text, word.text)
        words[-1] = replace(last, text=text, x1=max(last.x1, word.x1))
        return True
    small_before = last.size < 0.85 * word.size and lower > 0.15 * word.size
    if small_before and _NOTE_MARK.fullmatch(last.text):
        return False  # the number before a footnote's text
    if abs(lower) > 0.4 * size:
        return False
    words[-1] = Word(
        last.text + word.text, last.x0, max(last.x1, word.x1),
        last.base if last.size >= word.size else word.base,
        last.size if len(last.text) >= len(word.text) else word.size,
        last.bold and word.bold, last.at, last.entry, last.font,
    )  # fmt: skip
    return True


def _joined_rtl(words: list[Word], last: Word, word: Word) -> bool:
    """The same where the line runs to the left: what stands further to the right comes first."""
    size = max(last.size, word.size)
    first, second = (last, word) if word.x0 + word.x1 < last.x0 + last.x1 else (word, last)
    apart = first.x0 - second.x1
    if not -0.6 * size < apart < 0.12 * size or abs(word.base - last.base) > 0.4 * size:
        return False
    words[-1] = replace(
        last, text=first.text + second.text, x0=min(last.x0, word.x0), x1=max(last.x1, word.x1),
        bold=last.bold and word.bold,
    )  # fmt: skip
    return True


def _is_raised_number(last: Word, word: Word) -> bool:
    return word.text.isdigit() and word.size <= last.size and last.text[-1:].isalnum()


def behind_word(before: str, gap: float, size: float, mark: str) -> str | None:
    """A word with a raised mark that stands a little behind it, None where it is another's.

    Args:
        before: the word.
        gap: between both, in points.
        size: of the word's letters.
        mark: what is raised.
    """
    if not -0.6 * size < gap < _SAME_WORD * size or not before[-1:].isdigit():
        return None
    return raised(before, mark)


def raised(before: str, text: str) -> str:
    """A word and what stands raised behind it: a note's mark in brackets, else an exponent."""
    if _NOTE_MARK.fullmatch(text) and not _is_unit(before):
        return f"{before}[{text}]"
    if all(ord(letter) in _SUPERSCRIPTS for letter in text):
        return before + text.translate(_SUPERSCRIPTS)
    return before + text


def _is_unit(text: str) -> bool:
    """Whether a number behind it is an exponent: m, km, s, 10, x."""
    stem = text.rpartition("/")[2].lstrip("([")
    return _BASE.search(stem) is not None or (stem.isalpha() and len(stem) <= 2)


def set_dots(words: list[Word], dots: list[Rule]) -> None:
    """Browsers draw bullets: a dot left of a line's first word becomes one."""
    for dot in dots:
        middle = (dot.y0 + dot.y1) / 2
        line = [w for w in words if middle < w.base and w.base - 0.75 * w.size < middle]
        right = [word for word in line if dot.x1 < word.x0 < dot.x1 + 2 * word.size]
        if not right or any(dot.x0 - 2 * word.size < word.x1 < dot.x1 for word in line):
            continue
        first = min(right, key=lambda word: word.x0)
        bullet = replace(first, text="•", x0=dot.x0, x1=dot.x1, bold=False)
        words.insert(words.index(first), bullet)
