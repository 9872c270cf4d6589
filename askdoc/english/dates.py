"""The calendar, dates in texts, and what a date tells, part by part.

Two dates agree where none of their parts differ: "June 2024" leaves the day open, "2 June" the
year, "the 1990s" all but the decade.
"""

from __future__ import annotations

import re

from askdoc.english.numbers import CARDINAL, SCALE_WORD, SEVERAL

MONTHS = (
    "january february march april may june july august september october november december".split()
)
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
CALENDAR = frozenset(MONTHS + WEEKDAYS)
"""The names of months and weekdays, in lower case: names of nobody."""


def _named(month: str) -> str:
    """A month in full or abbreviated: "Jan", "Sept.", "May"."""
    rest = rf"(?:{month[3:]}|\.)?" if month[3:] else ""
    return month[:3] + ("t?" if month == "september" else "") + rest


_MONTH = f"(?:{'|'.join(map(_named, MONTHS))})"
_WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
_YEAR = r"(?:1[0-9]\d\d|20\d\d)"
_ON = rf"(?:{_WEEKDAY},?\s+)?"
# "Monday, March 3", "3rd of March 1901", "mid-May 2004", "from 1914 to 1918", "19th century",
# "44 B.C.", "last week", "5:30 p.m."
DATE = re.compile(
    r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
    rf"|\b{_ON}{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+{_YEAR})?\b"
    rf"|\b{_ON}\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?\b"
    rf"|\b(?:early |late |mid-?)?{_MONTH}\s+{_YEAR}\b"
    rf"|\b(?:between |from )?{_YEAR}(?:s\b|(?:\s?[-–]\s?|\s+(?:and|to)\s+)(?:{_YEAR}|\d\d)\b|\b)"
    r"|\b(?:\d{1,2}(?:st|nd|rd|th)|\w+teenth|twentieth|twenty-first)[ -]centur(?:y|ies)\b"
    r"|\b\d{1,4}\s+(?:B\.?C\.?E?\.?|A\.?D\.?)"
    rf"|\b{_WEEKDAY}\b(?:\s+(?:morning|afternoon|evening|night)\b)?"
    rf"|(?:(?<=\bin\s)|(?<=\bby\s)|(?<=\bsince\s)|(?<=\blast\s)|(?<=\bnext\s)){_MONTH}\b"
    r"|\b(?:last|next|this)\s+(?:week|month|year|summer|winter|spring|autumn|fall|night|century)\b"
    r"|\b(?:yesterday|today|tomorrow|tonight)\b"
    r"|(?<![\d:.])\b\d{1,2}(?::\d\d){1,2}(?!\d)(?:\s?(?:[ap]\.m\.?|[ap]m\b))?"
    r"|\b\d{1,2}\s?(?:[ap]\.m\.?|[ap]m\b)",
    re.I,
)  # fmt: skip
"""Whatever tells when something was: a date, a year, a day, a time of day."""
# "twice a day", "every second Monday", "daily"
OFTEN = re.compile(
    rf"\b(?:(?:once|twice|(?:{SEVERAL}) times) (?:an?|every|each|per) [a-z]+"
    r"|every (?:\w+ )?(?:minute|hour|day|week|month|year|summer|winter|[A-Z][a-z]+day)s?"
    r"|daily|weekly|monthly|annually|yearly)\b"
)
# "for about three weeks", "nearly 20 minutes"
DURATION = re.compile(
    r"\b(?:for )?(?:(?:about|around|nearly|almost|over|at least|up to|only|more than|less than) )*"
    rf"(?:\d[\d.,]*|{CARDINAL}|several|half an?|an?)(?: (?:to|and) (?:\d+|{CARDINAL}))?"
    r"(?: more)? (?:second|minute|hour|day|week|month|year|decade|centur(?:y|ie))s?\b"
)
# "by the third day of each month", "within 14 working days", "at 5 p.m."
DEADLINE = re.compile(
    r"\b(?:in the \d+(?:st|nd|rd|th) minute|(?:by|before|within|until|not? later than|at|on|after) "
    r"(?:(?:the )?(?:\w+ )?(?:(?:working|business) )?(?:day|[A-Z][a-z]+day|end)s? of "
    r"(?:each|every|the) [a-z]+(?: year| month)?"
    rf"|(?:\d[\d.,]*|{CARDINAL}|{SCALE_WORD}|half an?|an?) "
    r"(?:(?:working|business|calendar) )?(?:minutes?|hours?|days?|weeks?|months?)"
    r"|noon|midnight|sunset|sunrise"
    r"|\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\b\.?| o'clock)))"
)
_MONTH_NAMED = re.compile(rf"\b{_MONTH}\b", re.I)
_WEEKDAY_NAMED = re.compile(rf"\b{_WEEKDAY}\b", re.I)
_YEAR_TOLD = re.compile(rf"\b{_YEAR}\b")
_SPAN = re.compile(r"\b(1[0-9]|20)(\d\d)\s?[-–/]\s?(\d\d)\b(?![-/]\d)")
_DECADE = re.compile(r"\b(1[0-9]\d|20\d)0s\b")
_CENTURY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)[ -]centur", re.I)
_DAY = re.compile(r"\b([0-3]?\d)(?:st|nd|rd|th)?\b(?![:%]|[.,]\d|\s?[ap]\.?m\b|[ -]centur)", re.I)
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_SLASHED = re.compile(r"\b\d{1,2}[/.]\d{1,2}[/.](\d{4})\b")
_CLOCK = re.compile(
    r"(?<![\d:.])\b(\d{1,2})(?:[:.](\d\d))?\s?([ap])\.?m\b|(?<![\d:.])\b(\d{1,2}):(\d\d)\b", re.I
)
# "Before 1900" and 1895 may both be true.
_OPEN = re.compile(
    r"\b(?:before|after|by|since|until|till|from|prior to|later than)\s+(?:the )?$", re.I
)

Parts = dict[str, frozenset[str]]
"""Part -> what it may be: {"year": {"1914", "1918"}, "month": {"jul"}}."""


def parts(text: str) -> Parts:
    """The parts of the dates that a text tells."""
    found: Parts = {}
    iso = _ISO.search(text)
    if iso is not None:
        month, day = iso[2], iso[3]
        found = {
            "month": frozenset({MONTHS[(int(month) - 1) % 12][:3]}),
            "day": _only(str(int(day))),
        }
    clock = _CLOCK.search(text)
    if clock is not None:
        found["clock"] = _only(_time(clock))
    years = _years(text)
    if years:
        found["year"] = years
    decades = frozenset(_DECADE.findall(text)) | {year[:3] for year in years}
    if decades:
        found["decade"] = decades
    months = frozenset(month[:3].lower() for month in _MONTH_NAMED.findall(text))
    if months:
        found["month"] = months
        bare = _CLOCK.sub(" ", _YEAR_TOLD.sub(" ", _SPAN.sub(" ", text)))
        days = frozenset(str(int(day)) for day in _DAY.findall(bare))
        if days:
            found["day"] = days
    for name, pattern in (("weekday", _WEEKDAY_NAMED), ("century", _CENTURY)):
        told = frozenset(one.lower() for one in pattern.findall(text))
        if told:
            found[name] = told
    if "century" not in found and decades:
        found["century"] = frozenset(str(int(decade[:2]) + 1) for decade in decades)
    return found


def differ(one: Parts, other: Parts) -> bool:
    """Whether no date can be both: a part that both tell differs."""
    return any(one[name].isdisjoint(other[name]) for name in one.keys() & other.keys())


def is_open(before: str) -> bool:
    """Whether what stands before a date makes it only a bound."""
    return _OPEN.search(before) is not None


def _only(value: str) -> frozenset[str]:
    return frozenset({value})


def _years(text: str) -> frozenset[str]:
    spans = {century + last for century, _, last in _SPAN.findall(text)}
    iso = {match[1] for match in _ISO.finditer(text)}
    return frozenset(_YEAR_TOLD.findall(text)) | spans | iso | frozenset(_SLASHED.findall(text))


def _time(clock: re.Match[str]) -> str:
    """Hours and minutes of a day, as 24-hour clocks show them."""
    if clock[3]:
        hour = int(clock[1]) % 12 + (12 if clock[3].lower() == "p" else 0)
        return f"{hour}:{clock[2] or '00'}"
    return f"{int(clock[4])}:{clock[5]}"
