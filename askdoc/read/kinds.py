"""The kind of answer that a question expects, and where a text holds one.

After the question types of TREC's question-answering track, cut down to those that the form of the
words gives away: a name for who, a place for where, a date for when, a number for how many, a
reason for why. For all other questions there is no telling from the form, and nothing is guessed.
"""

from __future__ import annotations

import re
from enum import Enum

from askdoc.model import Span
from askdoc.text import STOP_WORDS


class Kind(Enum):
    """What form the answer must have."""

    PERSON = "who"
    PLACE = "where"
    DATE = "when"
    NUMBER = "how many"
    REASON = "why"
    ANY = "what"


_ASKS = [
    (Kind.NUMBER, r"how (?:many|much|old|long|far|tall|high|big|large|deep|wide|fast|heavy|hot|cold)\b"
                  r"|(?:what|which) (?:\w+ ){0,2}(?:number|percent|percentage|proportion|share|"
                  r"population|amount|age|price|cost|distance|length|height|speed|temperature|size)\b"
                  r"|how often"),
    (Kind.DATE, r"when\b|(?:what|which) (?:\w+ )?(?:year|date|day|month|century|decade)\b|how long ago"
                r"|since when|what time"),
    (Kind.PERSON, r"who(?:m|se)?(?:'s|’s)?\b"),
    (Kind.PLACE, r"where\b|(?:what|which) (?:\w+ )?(?:city|country|state|place|town|continent|region|"
                 r"nation|county|province|village|location)\b"),
    (Kind.REASON, r"why\b|how come|for what reason|what (?:was|is|were|are)? ?the (?:reason|cause)"
                  r"|what (?:\w+ )?caused?\b"),
]  # fmt: skip
_ASK_PATTERNS = [(kind, re.compile(pattern, re.I)) for kind, pattern in _ASKS]

_MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_YEAR = r"(?:1[0-9]\d\d|20\d\d)"
_DATE = re.compile(
    rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+{_YEAR})?\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?\b"
    rf"|\b(?:early |late |mid-?)?{_MONTH}\s+{_YEAR}\b"
    rf"|\b(?:between |from )?{_YEAR}(?:s\b|(?:\s?[-–]\s?|\s+(?:and|to)\s+)(?:{_YEAR}|\d\d)\b|\b)"
    r"|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
    r"|\b(?:\d{1,2}(?:st|nd|rd|th)|\w+teenth|twentieth|twenty-first)[ -]centur(?:y|ies)\b(?:\s+B\.?C\.?)?"
    r"|\b\d{1,4}\s+(?:B\.?C\.?E?\.?|A\.?D\.?)"
    r"|\b(?:on\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:\s+(?:morning|afternoon|evening|night))?\b"
    rf"|\b(?:in\s+|last\s+|next\s+|since\s+|by\s+){_MONTH}\b"
    r"|\b(?:last|next|this)\s+(?:week|month|year|summer|winter|spring|autumn|fall|night|century)\b"
    r"|\b(?:yesterday|today|tomorrow|tonight)\b",
    re.I,
)  # fmt: skip
_NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"hundreds?|thousands?|millions?|billions?|trillions?|dozens?|half|quarter|third|twice|several)"
)
_NUMBER = re.compile(
    rf"[$€£¥]\s?\d[\d.,]*\d?(?:\s?(?:thousand|million|billion|trillion|bn|m)\b)?"
    rf"|\b\d[\d.,]*(?<![.,])(?:\s?%|\s?(?:percent|per cent|thousand|million|billion|trillion)\b)?"
    rf"|\b{_NUMBER_WORD}(?:[\s-](?:and\s+)?{_NUMBER_WORD})*\b",
    re.I,
)
_NAME = re.compile(
    r"(?:[A-Z][\w.'’-]*[\w]|[A-Z]\.)"
    r"(?:\s+(?:(?:of|de|van|von|der|del|la|le|bin|al|the|&)\s+){0,2}(?:[A-Z][\w'’-]*\w|[A-Z]\.|[IVX]+\b))*"
)
_PLACE_LEAD = re.compile(
    r"\b(?:in|at|near|from|to|into|of|outside|around|across|on|through|off|towards?)\s+(?:the\s+)?$"
)
_REASON = re.compile(
    r"\b(?:because(?:\s+of)?|due\s+to|as\s+a\s+result\s+of|so\s+that|in\s+order\s+to|owing\s+to|thanks\s+to"
    r"|in\s+response\s+to|aimed\s+at|on\s+account\s+of|since|so\s+as\s+to|caused\s+by|resulted\s+from"
    r"|to(?=\s+[a-z]{3,}))\s+(?P<clause>[^;.!?]+)",
    re.I,
)
_NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december".split()
)  # fmt: skip


def expected(question: str) -> Kind:
    """The kind of answer that a question expects, from the leftmost word that gives it away."""
    found = [(match.start(), order, kind) for order, (kind, pattern) in enumerate(_ASK_PATTERNS)
             if (match := pattern.search(question))]  # fmt: skip
    return min(found, key=lambda item: item[:2])[2] if found else Kind.ANY


def candidates(kind: Kind, text: str) -> list[Span]:
    """Everything in a text that has the form of such an answer, in order; nothing for ANY."""
    if kind is Kind.DATE:
        return [Span(*match.span()) for match in _DATE.finditer(text)]
    if kind is Kind.NUMBER:
        return _numbers(text)
    if kind is Kind.REASON:
        return [Span(*match.span()) for match in _REASON.finditer(text)]
    if kind in (Kind.PERSON, Kind.PLACE):
        return _names(text, places=kind is Kind.PLACE)
    return []


def _numbers(text: str) -> list[Span]:
    dates = [match.span() for match in _DATE.finditer(text)]
    found = []
    for match in _NUMBER.finditer(text):
        inside = any(start <= match.start() < end for start, end in dates)
        if not inside:
            found.append(Span(*match.span()))
    return found


def _names(text: str, places: bool) -> list[Span]:
    found = []
    for match in _NAME.finditer(text):
        start, end = match.span()
        words = match.group().split()
        while words and (words[0].lower() in STOP_WORDS or words[0].lower() in _NOT_NAMES):
            start += len(words[0])
            start += len(text[start:end]) - len(text[start:end].lstrip())
            words = words[1:]
        if not words or (places and not _PLACE_LEAD.search(text[max(0, start - 24) : start])):
            continue
        found.append(Span(start, end))
    return found
