"""The kind of answer that a question expects, and where a text holds one.

After the question types of TREC's question-answering track, cut down to those that the form of the
words gives away: a name for who, a place for where, a date for when, a number for how many, a
reason for why. For all other questions there is no telling from the form, and nothing is guessed.
"""

from __future__ import annotations

import re
from enum import Enum

from askdoc.english import background
from askdoc.english.analyzer import STOP_WORDS, tokenize
from askdoc.english.dates import CALENDAR, DATE
from askdoc.english.numbers import CARDINAL, SCALE, SCALE_WORD, UNIT
from askdoc.english.verbs import ALL_PASTS
from askdoc.english.word_classes import SHORT_TITLE
from askdoc.model import Span


class AnswerType(Enum):
    """What form the answer must have."""

    PERSON = "who"
    PLACE = "where"
    DATE = "when"
    NUMBER = "how many"
    REASON = "why"
    ANY = "what"


_ASKS = {
    AnswerType.NUMBER: r"how (?:many|much|often|old|long|far|tall|high|big|large|deep|wide|fast"
    r"|heavy)\b"
    r"(?! ago\b)"
    r"|(?:what|which) (?:\w+ ){0,3}(?:number|percent|percentage|proportion|share|population|amount"
    r"|age|price|cost|distance|length|height|speed|temperature|size)\b",
    AnswerType.DATE: r"when\b|(?:what|which) (?:\w+ )?(?:year|date|day|month|century|decade|time)\b"
    r"|how long ago|since when",
    AnswerType.PERSON: r"who(?:m|se)?(?:['’]s)?\b",
    AnswerType.PLACE: r"where\b|(?:what|which) (?:\w+ )?(?:city|country|state|place|town|continent"
    r"|region"
    r"|nation|county|province|village|location)\b",
    AnswerType.REASON: r"why\b|how come|for what reason"
    r"|what (?:\w+ )?(?:the )?(?:reason|caused?)\b",
}
_ASK_PATTERNS = [(kind, re.compile(rf"\b(?:{asks})", re.I)) for kind, asks in _ASKS.items()]

# What a number counts belongs to it where it is a measure: "six weeks", "40 percent".
_NUMBER_WORD = rf"(?:{CARDINAL}|(?:{SCALE_WORD})s?|half|quarter|third|twice|several)"
_NUMBER = re.compile(
    rf"(?:[$€£¥]\s?\d[\d.,]*(?<![.,])(?:\s?(?:{SCALE})\b)?"
    rf"|\b\d[\d.,]*(?<![.,])(?:\s?%|\s?(?:{SCALE})\b)?"
    rf"|\b{_NUMBER_WORD}(?:[\s-](?:and\s+)?{_NUMBER_WORD})*\b)(?:[\s-]{UNIT})?",
    re.I,
)
# "One of the calls": which, not how many. "No one": nobody.
_ONE_OF = re.compile(r"one(?:\s+(?:of|another|day|by)\b|['’-])", re.I)
_THE_ONE = re.compile(
    r"\b(?:no|any|every|some|each|the|this|that|which|another|last|next)\s+$", re.I
)
# "2.1 The client shall", "(3) Fees": the number of a clause, which counts nothing.
_CLAUSE_NUMBER = re.compile(
    r"[\s\"'“*_>#•–—-]*(?:(?:\d+(?:\.\d+)+\.?|\d+[.)]|[(\[]\d+[)\]])\s+(?=[\"“'(]*[A-Z])"
    r"|\d+\s+(?=(?P<word>[A-Z][a-z]*)\b))"
    rf"(?!(?i:(?:{SCALE})|{UNIT})\b)"
)
_TAIL = r"(?:Co|Cos|Corp|Inc|Ltd|Bros|Jr|Sr)\."
_CAPITAL = rf"(?:{SHORT_TITLE}\.|(?:[A-Z]\.){{2,}}|{_TAIL}|[A-Z][\w'’-]*\w|[A-Z]\.)"
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
# A word after a name that says what it does, and so that it is a name: no -ed shows these.
_VERBS = ALL_PASTS.keys() | frozenset(
    "goes had says speaks takes thinks wants was were writes never later soon".split()
)
_OF_A_PEOPLE = ("an", "ese", "ish", "ic")
_NEXT_WORD = re.compile(r"\s+([a-z]+)\b")
# "Attendees: Ann Lee", "Written by Ann Lee".
_LABEL = re.compile(r":|\s+by\b")
_COMMON_ENDING = re.compile(
    r"\w{3}(?:ing|ly|ed|[st]ion|ment|ness|ists|[ae]nts|ers|ors|ees|ials|ics|ities|ts|ls|ds|rs)$"
)


def expected(question: str) -> AnswerType:
    """The kind of answer that a question expects, from the leftmost word that gives it away."""
    found = [
        (match.start(), kind)
        for kind, pattern in _ASK_PATTERNS
        if (match := pattern.search(question))
    ]
    return min(found, key=lambda item: item[0])[1] if found else AnswerType.ANY


def candidates(kind: AnswerType, text: str) -> list[Span]:
    """Everything in a text that has the form of such an answer, in order; nothing for ANY."""
    if kind is AnswerType.DATE:
        return [Span(*match.span()) for match in DATE.finditer(text)]
    if kind is AnswerType.NUMBER:
        return _numbers(text)
    if kind is AnswerType.REASON:
        plain = [Span(*match.span()) for match in _REASON.finditer(text)]
        return plain or [Span(*match.span()) for match in _PURPOSE.finditer(text)]
    if kind in (AnswerType.PERSON, AnswerType.PLACE):
        return _names(text, places=kind is AnswerType.PLACE)
    return []


def _numbers(text: str) -> list[Span]:
    dates = [match.span() for match in DATE.finditer(text)]
    clause = _clause_number_end(text)
    found = []
    for match in _NUMBER.finditer(text):
        inside = any(start <= match.start() < end for start, end in dates)
        if match.start() >= clause and not inside and not _is_pronoun(text, match):
            found.append(Span(*match.span()))
    return found


def _clause_number_end(text: str) -> int:
    """Where the number of a clause that opens the text ends; 0 where there is none."""
    match = _CLAUSE_NUMBER.match(text)
    # "12 Angry Men" counts them; "12 The fees" does not.
    if match is None or (match["word"] and match["word"].lower() not in STOP_WORDS):
        return 0
    return match.end()


def _is_pronoun(text: str, match: re.Match[str]) -> bool:
    if match.group()[:3].lower() != "one":
        return False
    before = text[max(0, match.start() - 12) : match.start()]
    lone = match.group().lower() == "one" and _THE_ONE.search(before)
    return bool(lone or _ONE_OF.match(text, match.start()))


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
            named = named and not (len(words) == 1 and _is_a_word(text, start, end))
        if named:
            found.append(Span(start, end))
    return found


def _is_no_name(word: str) -> bool:
    return word.lower() in STOP_WORDS or word.lower() in CALENDAR


def _is_a_word(text: str, start: int, end: int) -> bool:
    """Whether a word with a capital is an adjective, or a common word or label that comes first.

    "American soldiers", "Attendees: Ann", "Critics said so" against "Owen said so".
    """
    if _qualifies(text, start, end):
        return True
    if any(map(str.isalpha, text[:start])):
        return False
    if _LABEL.match(text, end):
        return True
    word = text[start:end]
    return _COMMON_ENDING.search(word) is not None and any(
        background.idf(token.term) < background.RARE for token in tokenize(word)
    )


def _qualifies(text: str, start: int, end: int) -> bool:
    """Whether a word says of what kind the next is: "American soldiers".

    A name stands before a verb, a function word, a mark or the end.
    """
    following = _NEXT_WORD.match(text, end)
    if following is None:
        return False
    word = following[1]
    if word.endswith("s") and not text.endswith(_OF_A_PEOPLE, start, end):
        return False  # "Owen plays"
    return not (word in STOP_WORDS or word in _VERBS or word.endswith(("ed", "ly")))
