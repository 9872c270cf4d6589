"""Whether two short answers say the same: "10,000" and "ten thousand" do, "40" and "55" do not.

Only what can be compared may disagree: two numbers of one thing, two dates, two names. Whatever is
merely less exact ("June 2024", "about 50", a surname) agrees with what it leaves open.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from askdoc.read.kinds import Kind, candidates, expected
from askdoc.text import STOP_WORDS, terms


class Form(Enum):
    """What short answers can be compared as."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"


_SCALE = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "bn": 1e9, "dozen": 12.0,
}  # fmt: skip
_WORDS = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    word: 10.0 * tens
    for tens, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), start=3)
}
_SPELT, _SCALED = "|".join(_WORDS), "|".join(_SCALE)
_NUMBER = re.compile(
    r"(?P<sign>[-\u2212])?(?P<money>[$€£¥])?\s?(?:(?P<digits>\d[\d,]*(?:\.\d+)?)"
    rf"|\b(?P<word>(?:{_SPELT})(?:[- ](?:{_SPELT}))?|an?(?= (?:{_SCALED})\b))\b)"
    rf"(?P<scale>(?:[ -]?(?:{_SCALED})\b)*)(?P<percent>\s?(?:%|percent\b|per cent\b))?",
    re.I,
)
_ROUGHLY = re.compile(
    r"\b(?:about|around|roughly|some|nearly|almost|approximately|circa|ca|up to|close to)\b|~", re.I
)
_MORE = re.compile(r"\b(?:more than|over|above|at least|upwards of|exceeding)\b", re.I)
_LESS = re.compile(r"\b(?:less than|fewer than|under|below|at most|up to)\b", re.I)
_TOLERANCE = 0.15  # of a number that is given roughly
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DAYS = "mon tue wed thu fri sat sun".split()
_YEAR = re.compile(r"\b(1\d\d\d|20\d\d)\b")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\b", re.I)
_WEEKDAY = re.compile(rf"\b({'|'.join(_DAYS)})[a-z]*day\b", re.I)
_DAY = re.compile(r"\b([0-3]?\d)(?:st|nd|rd|th)?\b(?!:|[.,]\d)")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady president minister chancellor senator "
    "governor mayor judge captain general king queen prince princess director chairman".split()
)
_NAME_WORD = re.compile(r"[^\W\d_][\w'’-]*")


class _Number(NamedTuple):
    value: float
    unit: str  # "%", a sign of money, or ""
    nouns: frozenset[str]


def form_of(question: str, short: str) -> Form | None:
    """What a short answer is to be compared as, None where it can't be compared."""
    kind = expected(question)
    if kind is Kind.DATE or (kind is Kind.ANY and _is_date(short)):
        return Form.DATE if _date(short) else None
    if kind is Kind.NUMBER or (kind is Kind.ANY and _number(short) is not None):
        return Form.NUMBER if _number(short) is not None else None
    if kind is Kind.REASON:
        return None
    words = _NAME_WORD.findall(short)
    content = [word for word in words if word.lower() not in STOP_WORDS]
    return Form.NAME if content and all(word[0].isupper() for word in content) else None


def disagree(form: Form, one: str, other: str) -> bool:
    """Whether two short answers of one form can't both be true of the same thing."""
    if form is Form.DATE:
        ours, theirs = _date(one), _date(other)
        return any(ours[part] != theirs[part] for part in ours.keys() & theirs.keys())
    if form is Form.NUMBER:
        return _numbers_differ(one, other)
    return _names_differ(one, other)


def years(text: str) -> set[str]:
    """The years that a text names."""
    return set(_YEAR.findall(text))


def _is_date(short: str) -> bool:
    return any(end - start > len(short.strip()) // 2 for start, end in candidates(Kind.DATE, short))


def _date(text: str) -> dict[str, str]:
    """The parts of a date that a text tells: year, month, day, weekday."""
    iso = _ISO.search(text)
    if iso is not None:
        year, month, day = iso.groups()
        return {"year": year, "month": _MONTHS[(int(month) - 1) % 12], "day": str(int(day))}
    parts: dict[str, str] = {}
    year, month, weekday = _YEAR.search(text), _MONTH.search(text), _WEEKDAY.search(text)
    if year is not None:
        parts["year"] = year[1]
    if month is not None:
        parts["month"] = month[1].lower()
        day = _DAY.search(_YEAR.sub(" ", text))
        if day is not None:
            parts["day"] = str(int(day[1]))
    if weekday is not None:
        parts["weekday"] = weekday[1].lower()
    return parts


def _number(text: str) -> _Number | None:
    """The first number of a text, with its unit and the nouns after it."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    if found["digits"]:
        value = float(found["digits"].replace(",", "").rstrip("."))
    else:
        value = sum(_WORDS.get(word, 1.0) for word in re.split(r"[- ]", found["word"].lower()))
    for scale in re.findall(r"[a-z]+", found["scale"].lower()):
        value *= _SCALE[scale]
    unit = "%" if found["percent"] else found["money"] or ""
    return _Number(-value if found["sign"] else value, unit, frozenset(terms(text[found.end() :])))


def _numbers_differ(one: str, other: str) -> bool:
    ours, theirs = _number(one), _number(other)
    if ours is None or theirs is None or ours.unit != theirs.unit:
        return False
    if ours.nouns and theirs.nouns and ours.nouns.isdisjoint(theirs.nouns):
        return False  # numbers of different things
    if ours.value == theirs.value:
        return False
    for text, number, exact in ((one, ours, theirs), (other, theirs, ours)):
        if _MORE.search(text) and exact.value >= number.value:
            return False
        if _LESS.search(text) and exact.value <= number.value:
            return False
        near = abs(exact.value - number.value) <= _TOLERANCE * abs(number.value)
        if _ROUGHLY.search(text) and near:
            return False
    return True


def _names_differ(one: str, other: str) -> bool:
    ours, theirs = _name(one), _name(other)
    if not ours or not theirs or set(ours) <= set(theirs) or set(theirs) <= set(ours):
        return False
    return not (_is_short_for(ours, theirs) or _is_short_for(theirs, ours))


def _name(text: str) -> list[str]:
    found = [word.lower().replace("\u2019", "'") for word in _NAME_WORD.findall(text)]
    words = [word.removesuffix("'s") for word in found]
    return [word for word in words if word not in _TITLES and word not in STOP_WORDS]


def _is_short_for(short: list[str], long: list[str]) -> bool:
    """Whether one name abbreviates the other: by its initials, or with initials for given names."""
    if len(short) == 1 and short[0] == "".join(word[0] for word in long):
        return True
    if len(short) != len(long):
        return False
    return all(
        a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))
        for a, b in zip(short, long, strict=True)
    )
