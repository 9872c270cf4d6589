"""The number that a short answer gives, as the range that it leaves open, in a unit.

"ten thousand", "10,000" and "10,000 troops" are one quantity; "about 50", "53" and "more than 50"
may all be true. So a quantity is a range, and two can be true of one thing where theirs meet.
"""

from __future__ import annotations

import re
from math import inf, prod
from typing import NamedTuple

from askdoc.english.analyzer import tokenize
from askdoc.english.numbers import CARDINAL, CARDINALS, SCALE, SCALES, UNITS, unit_of

_PART = re.compile(
    rf"(?P<digits>\d[\d,]*(?:\.\d+)?)|(?P<word>{CARDINAL})\b|(?P<scale>{SCALE})\b|(?P<half>half)\b"
    rf"|(?P<an>an?)(?=\s+(?:half|{SCALE})\b)",
    re.I | re.A,  # without ASCII "ſix" would be six
)
_BETWEEN_PARTS = re.compile(r"[\s-]*(?P<and>\band\s+)?")
_VAGUE = re.compile(
    r"(?P<first>ten|dozen|hundred|thousand|million|billion)s"
    r"(?:\s+of\s+(?P<second>thousand|million|billion)s)?\b",
    re.I | re.A,
)
_STARTS = re.compile(
    rf"[$€£¥]\s?(?=\d)|(?<![\w.,])(?=\d)|\b(?=(?:{CARDINAL})\b|(?:an?\s+)?(?:{SCALE})s?\b|tens\b"
    r"|half\b)",
    re.I | re.A,
)
_RANGE = re.compile(r"\s?(?:[-–]|to|and|or)\s?[$€£¥]?(?=\d)", re.I | re.A)
_UNIT = re.compile(r"[\s-]?(?:(?P<percent>%|per\s?cent\b)|(?P<unit>km/h|[a-z]+)\b)", re.I | re.A)
_ROUGHLY = re.compile(
    r"(?:\b(?:about|around|roughly|some|approximately|circa|ca\.?|close to|or so)|~)\s*$", re.I
)
_NEARLY = re.compile(r"\b(?:nearly|almost|just under|not quite)\s*$", re.I)
_MORE = re.compile(
    r"\b(?:more than|over|above|at least|upwards of|exceed(?:s|ed|ing)?|as many as|well over)\s*$",
    re.I,
)
_LESS = re.compile(
    r"\b(?:less than|fewer than|under|below|at most|up to|no more than|as many as)\s*$", re.I
)
_BEFORE = 24  # characters in which "more than" stands
_ROUGH, _ROUNDED, _CONVERTED = 0.15, 0.05, 0.02
_DESCRIBING = 4  # words between a number and what it counts


class Quantity(NamedTuple):
    """A range of values, in base units of `unit` ("" where it only counts), and where it ends."""

    low: float
    high: float
    unit: str
    factor: float
    start: int
    end: int


def quantity(text: str, start: int, end: int) -> Quantity | None:
    """The first number that begins in `text[start:end]`; its unit may stand behind that."""
    for match in _STARTS.finditer(text, start, end):
        sign = match.group().strip()
        found = _range(text, match.end())
        if found is not None:
            low, high, after = _opened(text[max(0, match.start() - _BEFORE) : match.start()], found)
            unit, factor, last = _unit(text, after, sign)
            return Quantity(low * factor, high * factor, unit, factor, match.start(), last)
    return None


def quantities(text: str) -> list[Quantity]:
    """All numbers of a text, as they stand in it."""
    found = []
    at = 0
    while (one := quantity(text, at, len(text))) is not None:
        found.append(one)
        at = one.end
    return found


def differ(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities of one kind can't both be true of the same thing."""
    return one.unit == other.unit and not meet(one, other)


def meet(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are of one kind and may be the same."""
    slack = 0.0 if one.factor == other.factor else _CONVERTED
    low, high = sorted((one, other))
    return one.unit == other.unit and high.low * (1 - slack) <= low.high * (1 + slack)


def described(text: str, found: Quantity, asked: frozenset[str]) -> frozenset[str]:
    """What narrows down what is counted: "meeting" in "12 meeting rooms" where rooms are asked."""
    words = [token for token in tokenize(text[found.end :]) if not token.stop][:_DESCRIBING]
    for at, word in enumerate(words):
        if word.term in asked:
            return frozenset(earlier.term for earlier in words[:at])
    return frozenset()


def _range(text: str, at: int) -> tuple[float, float, int] | None:
    """The range that a number leaves open, or two do: "50", "1.2 million", "50 to 60"."""
    found = _number(text, at)
    if found is None:
        return None
    low, high, end = found
    joined = _RANGE.match(text, end)
    other = _number(text, joined.end()) if joined else None
    # "10 and 12 people" are two numbers, "between 10 and 12" is a range: either may be meant.
    if other is not None and other[0] > low:
        return low, other[1], other[2]
    return low, high, end


def _number(text: str, at: int) -> tuple[float, float, int] | None:
    """The range of a number in digits, words or both, and where it ends.

    Its last digit is rounded where a thousand or more follows: "3 million".
    """
    vague = _VAGUE.match(text, at)
    if vague is not None:
        scales = [vague[name] for name in ("first", "second") if vague[name]]
        least = prod(SCALES.get(scale.lower(), 10.0) for scale in scales)
        return least, 10 * least, vague.end()
    parts = _parts(text, at)
    if not parts:
        return None
    value, step = _value(parts)
    half = min(step / 2, _ROUNDED * value) if step >= SCALES["thousand"] else 0.0
    return value - half, value + half, parts[-1].end()


def _parts(text: str, at: int) -> list[re.Match[str]]:
    """The parts of one number: "two", "hundred", "fifty"."""
    found: list[re.Match[str]] = []
    joined = False
    while (part := _PART.match(text, at)) is not None:
        if found and not _goes_on(found[-1], part, joined):
            break
        found.append(part)
        gap = _BETWEEN_PARTS.match(text, part.end())
        assert gap is not None  # it may be empty
        at, joined = gap.end(), gap["and"] is not None
    return found


def _goes_on(before: re.Match[str], part: re.Match[str], joined: bool) -> bool:
    """Whether a part belongs to the number before it: "two hundred", but not "two six"."""
    if part["an"]:
        return joined or before["half"] is not None
    if part["half"]:
        return before["an"] is not None
    if part["scale"]:
        # "5 m" is a length, "5m" may be a sum.
        return not joined and (len(part["scale"]) > 1 or before.end() == part.start())
    if part["digits"] or before["digits"]:
        return False
    if before["scale"]:
        return True
    tens = CARDINALS[before["word"].lower()] if before["word"] else 0.0
    return (
        not joined
        and tens >= CARDINALS["twenty"]
        and CARDINALS[part["word"].lower()] < CARDINALS["ten"]
    )


def _value(parts: list[re.Match[str]]) -> tuple[float, float]:
    """What the parts of a number come to, and what its last digit is worth."""
    total = current = 0.0
    step = 1.0
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        if part["scale"]:
            scale = SCALES[part["scale"].lower()]
            current, step = (current or 1.0) * scale, step * scale
            if scale >= SCALES["thousand"]:
                total, current = total + current, 0.0
        elif part["half"]:
            current, step = current + 0.5, 0.1
        elif part["an"]:
            current += 1.0 if not current and following and following["scale"] else 0.0
        elif part["word"]:
            current, step = current + CARDINALS[part["word"].lower()], 1.0
        else:
            current, step = _digits(part["digits"]), 10.0 ** -len(part["digits"].partition(".")[2])
    return total + current, step


def _digits(text: str) -> float:
    return float(text.replace(",", "").rstrip("."))


def _opened(before: str, found: tuple[float, float, int]) -> tuple[float, float, int]:
    """The range widened by what stands before it: "about", "more than"."""
    low, high, end = found
    if _ROUGHLY.search(before):
        low, high = low * (1 - _ROUGH), high * (1 + _ROUGH)
    elif _NEARLY.search(before):
        low = low * (1 - _ROUGH)
    more, less = _MORE.search(before), _LESS.search(before)
    return (0.0 if less else low), (inf if more else high), end


def _unit(text: str, at: int, sign: str) -> tuple[str, float, int]:
    if sign:
        return *UNITS[sign], at
    found = _UNIT.match(text, at)
    if found is None:
        return "", 1.0, at
    if found["percent"]:
        return *UNITS["%"], found.end()
    known = unit_of(found["unit"].lower())
    return (*known, found.end()) if known else ("", 1.0, at)
