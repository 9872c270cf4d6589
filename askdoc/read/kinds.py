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


_ASKS = {
    Kind.NUMBER: r"how (?:many|much|often|old|long|far|tall|high|big|large|deep|wide|fast|heavy)\b"
    r"(?! ago\b)"
    r"|(?:what|which) (?:\w+ ){0,3}(?:number|percent|percentage|proportion|share|population|amount"
    r"|age|price|cost|distance|length|height|speed|temperature|size)\b",
    Kind.DATE: r"when\b|(?:what|which) (?:\w+ )?(?:year|date|day|month|century|decade|time)\b"
    r"|how long ago|since when",
    Kind.PERSON: r"who(?:m|se)?(?:['’]s)?\b",
    Kind.PLACE: r"where\b|(?:what|which) (?:\w+ )?(?:city|country|state|place|town|continent|region"
    r"|nation|county|province|village|location)\b",
    Kind.REASON: r"why\b|how come|for what reason|what (?:\w+ )?(?:the )?(?:reason|caused?)\b",
}
_ASK_PATTERNS = [(kind, re.compile(rf"\b(?:{asks})", re.I)) for kind, asks in _ASKS.items()]

_MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_YEAR = r"(?:1[0-9]\d\d|20\d\d)"
_DATE = re.compile(
    r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
    rf"|\b{_WEEKDAY}{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+{_YEAR})?\b"
    rf"|\b{_WEEKDAY}\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?\b"
    rf"|\b(?:early |late |mid-?)?{_MONTH}\s+{_YEAR}\b"
    rf"|\b(?:between |from )?{_YEAR}(?:s\b|(?:\s?[-–]\s?|\s+(?:and|to)\s+)(?:{_YEAR}|\d\d)\b|\b)"
    r"|\b(?:\d{1,2}(?:st|nd|rd|th)|\w+teenth|twentieth|twenty-first)[ -]centur(?:y|ies)\b"
    r"|\b\d{1,4}\s+(?:B\.?C\.?E?\.?|A\.?D\.?)"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"(?:\s+(?:morning|afternoon|evening|night)\b)?"
    rf"|(?:(?<=\bin\s)|(?<=\bby\s)|(?<=\bsince\s)|(?<=\blast\s)|(?<=\bnext\s)){_MONTH}\b"
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
# "One of the calls": which, not how many.
_ONE_OF = re.compile(r"\s+(?:of|another|day|by)\b|['’-]")
_TITLE = r"(?:Dr|Mr|Mrs|Ms|Prof|Gen|Sen|Rep|Gov|St|Lt|Col|Capt|Sgt|Rev|Hon)\."
_CAPITAL = rf"(?:{_TITLE}|(?:[A-Z]\.){{2,}}|[A-Z][\w'’-]*\w|[A-Z]\.)"
_LINK = r"(?:(?:of|de|van|von|der|del|la|le|bin|al|the|&)\s+){0,2}"
_NAME = re.compile(rf"{_CAPITAL}(?:\s+{_LINK}{_CAPITAL})*")
_ACRONYM = re.compile(r"(?:[A-Z]\.)+")
_PLACE_LEAD = re.compile(
    r"\b(?:in|at|near|from|to|into|of|outside|around|across|on|through|off|towards?)\s+(?:the\s+)?$",
    re.I,
)
# A quotation that the clause opens belongs to it whole, and ends it where it ends a sentence.
_QUOTED = r"""(?:"[^"]*"|“[^”]*”)"""
_QUOTED_WORDS = r"""(?:"[^"]*[^".!?]"|“[^”]*[^”.!?]”)"""
_CLAUSE = rf"""\s+(?:(?:[^;.!?"“”]|{_QUOTED_WORDS})+{_QUOTED}?|{_QUOTED})"""
_REASON = re.compile(
    r"\b(?:because(?:\s+of)?|due\s+to|as\s+a\s+result\s+of|so\s+that|in\s+order\s+to|owing\s+to"
    r"|thanks\s+to|in\s+response\s+to|aimed\s+at|on\s+account\s+of|since|so\s+as\s+to|caused\s+by"
    rf"|resulted\s+from){_CLAUSE}",
    re.I,
)
# "To combat trafficking" gives a reason too, where no word says so more plainly.
_PURPOSE = re.compile(rf"\b[Tt]o(?=\s+[a-z]{{3,}}){_CLAUSE}")
_NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december".split()
)  # fmt: skip


def expected(question: str) -> Kind:
    """The kind of answer that a question expects, from the leftmost word that gives it away."""
    found = [
        (match.start(), kind)
        for kind, pattern in _ASK_PATTERNS
        if (match := pattern.search(question))
    ]
    return min(found, key=lambda item: item[0])[1] if found else Kind.ANY


def candidates(kind: Kind, text: str) -> list[Span]:
    """Everything in a text that has the form of such an answer, in order; nothing for ANY."""
    if kind is Kind.DATE:
        return [Span(*match.span()) for match in _DATE.finditer(text)]
    if kind is Kind.NUMBER:
        return _numbers(text)
    if kind is Kind.REASON:
        plain = [Span(*match.span()) for match in _REASON.finditer(text)]
        return plain or [Span(*match.span()) for match in _PURPOSE.finditer(text)]
    if kind in (Kind.PERSON, Kind.PLACE):
        return _names(text, places=kind is Kind.PLACE)
    return []


def _numbers(text: str) -> list[Span]:
    dates = [match.span() for match in _DATE.finditer(text)]
    found = []
    for match in _NUMBER.finditer(text):
        inside = any(start <= match.start() < end for start, end in dates)
        counts = match.group().lower() != "one" or not _ONE_OF.match(text, match.end())
        if counts and not inside:
            found.append(Span(*match.span()))
    return found


def _names(text: str, places: bool) -> list[Span]:
    found = []
    for match in _NAME.finditer(text):
        start, end = match.span()
        words = list(re.finditer(r"\S+", match.group()))
        while words and _is_no_name(words[0].group()):
            words = words[1:]
        if not words:
            continue
        start += words[0].start()
        if places:
            named = _PLACE_LEAD.search(text[max(0, start - 24) : start]) is not None
        else:
            named = _ACRONYM.fullmatch(text, start, end) is None
        if named:
            found.append(Span(start, end))
    return found


def _is_no_name(word: str) -> bool:
    return word.lower() in STOP_WORDS or word.lower() in _NOT_NAMES
