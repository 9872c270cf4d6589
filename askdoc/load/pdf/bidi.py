"""Lines of Hebrew, Arabic and the like: from where words stand to the order in which they are read.

Letters and words are found by where they stand; this is the way back from there to what was
written, as far as the Unicode bidirectional algorithm has one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from askdoc.load.pdf.word import Word

_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LTR = re.compile(r"[^\W\d_]")
_OUTER_LEFT, _OUTER_RIGHT = re.compile(r"[^\w\s]+"), re.compile(r"[^\w\s]+\Z")
_RIGHT, _LEFT, _NEITHER = "R", "L", "N"
_SAME_PLACE = 0.05  # points between the middles of letters that one sign stands for
_IN_NUMBERS = frozenset(".,:/+-\u2212\u2013")
_BRACKETS = str.maketrans("()[]{}<>", ")(][}{><")
_OPENING, _CLOSING = "([{", ")]}"

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def has_rtl(text: str) -> bool:
    """Whether there is a letter of a script that runs to the left."""
    return not text.isascii() and _RTL.search(text) is not None


def as_read(letters: Sequence[str], boxes: Sequence[Box]) -> str:
    """The text of a word with such letters, from where each of them stands.

    PDFium mostly tells their order, but not where there are figures in the word, nor where the
    file has the letters in the order in which they are read.
    """
    text = "".join(letters)
    plain = all(_RTL.match(letter) or _is_mark(letter) for letter in text)
    if plain and boxes[0][0] >= boxes[-1][0]:
        return text
    clusters = _clusters(letters, boxes)
    found: list[str] = []
    at = len(clusters) - 1
    while at >= 0:
        start = at
        if _runs_right(clusters[at]):
            while start > 0 and (
                _runs_right(clusters[start - 1])
                or (
                    start > 1
                    and clusters[start - 1] in _IN_NUMBERS
                    and clusters[start][0].isdigit()
                    and clusters[start - 2][0].isdigit()
                )
            ):
                start -= 1
        found += clusters[start : at + 1]
        at = start - 1
    return "".join(found)


def _clusters(letters: Sequence[str], boxes: Sequence[Box]) -> list[str]:
    """Letters with their marks, and letters that share one place, from left to right."""
    places: list[float] = []
    texts: list[str] = []
    for letter, box in zip(letters, boxes, strict=True):
        middle = (box[0] + box[2]) / 2
        if _is_mark(letter) and texts:
            nearest = min(range(len(places)), key=lambda at: abs(places[at] - middle))
            texts[nearest] += letter
        elif places and abs(places[-1] - middle) < _SAME_PLACE:
            texts[-1] += letter
        elif letter:
            places.append(middle)
            texts.append(letter)
    return [texts[at] for at in sorted(range(len(places)), key=places.__getitem__)]


def with_brackets(text: str) -> str:
    """A line in which something runs to the left, with its brackets as they are meant.

    Some files name the sign that is seen and some the one that is meant, and PDFium turns either.
    """
    for brackets in text, text.translate(_BRACKETS), _in_pairs(text):
        if not _unmatched(brackets):
            return brackets
    return text


def _in_pairs(text: str) -> str:
    """The same with every first bracket of a kind opening, and every second one closing."""
    for kind in zip(_OPENING, _CLOSING, strict=True):
        letters = list(text)
        places = [at for at, letter in enumerate(letters) if letter in kind]
        for number, at in enumerate(places):
            letters[at] = kind[number % 2]
        text = "".join(letters)
    return text


def _unmatched(text: str) -> int:
    depth = unmatched = 0
    for letter in text:
        if letter in _OPENING:
            depth += 1
        elif letter in _CLOSING:
            depth -= 1
            if depth < 0:
                unmatched, depth = unmatched + 1, 0
    return unmatched + depth


def _is_mark(letter: str) -> bool:
    return unicodedata.combining(letter[:1]) > 0 if letter else False


def _runs_right(text: str) -> bool:
    return text[:1].isalnum() and not _RTL.match(text)


def is_rtl(words: Sequence[Word]) -> bool:
    """Whether most letters of a line are of a script that runs to the left."""
    text = "".join(word.text for word in words)
    if text.isascii():
        return False
    to_left = len(_RTL.findall(text))
    return to_left > 0 and 2 * to_left >= len(_LTR.findall(text))


def in_reading_order(words: list[Word], rtl: bool | None = None) -> list[Word]:
    """The words of a line, given from left to right, as they are read.

    Args:
        words: of the line, or of a part of it.
        rtl: whether the line as a whole runs to the left; None asks the words.
    """
    if rtl is None:
        rtl = is_rtl(words)
    if not rtl and all(word.text.isascii() for word in words):
        return words
    stretches = _stretches(words, _LEFT if rtl else _RIGHT)
    if rtl:
        return [word for stretch in reversed(stretches) for word in stretch]
    return [
        word
        for stretch in stretches
        for word in (_turned(stretch) if _kind(stretch[0].text) == _RIGHT else stretch)
    ]


def _turned(stretch: list[Word]) -> list[Word]:
    """Words to be read from the right in a line that runs to the right.

    What stands around them, as a bracket does, belongs to the line.
    """
    found = stretch[::-1]
    lead = _OUTER_LEFT.match(found[0].text)
    before = lead[0] if lead else ""
    found[0] = replace(found[0], text=found[0].text[len(before) :])
    tail = _OUTER_RIGHT.search(found[-1].text)
    behind = tail[0] if tail else ""
    last = found[-1].text[: len(found[-1].text) - len(behind)]
    found[-1] = replace(found[-1], text=last + before[::-1])
    found[0] = replace(found[0], text=behind[::-1] + found[0].text)
    return found


def _stretches(words: list[Word], against: str) -> list[list[Word]]:
    """The words one by one, but what runs against the line together, with what is inside of it."""
    kinds = [_kind(word.text) for word in words]
    found: list[list[Word]] = []
    at = 0
    while at < len(words):
        end = at + 1
        if kinds[at] == against:
            for other in range(at + 1, len(words)):
                if kinds[other] not in (against, _NEITHER):
                    break
                # A number behind a Latin word belongs to it: "Windows 10".
                number = against == _LEFT and _is_number(words[other].text)
                if kinds[other] == against or number:
                    end = other + 1
        found.append(words[at:end])
        at = end
    return found


def _kind(text: str) -> str:
    if _RTL.search(text):
        return _RIGHT
    return _LEFT if _LTR.search(text) else _NEITHER


def _is_number(text: str) -> bool:
    return any(letter.isdigit() for letter in text)
