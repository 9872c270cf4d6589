"""Questions for where, when, how much, how often, and for what a thing is or is like."""

from __future__ import annotations

import re

from askdoc.model import Span
from askdoc.read.kinds import Kind, candidates
from askdoc.suggest.names import NAME
from askdoc.suggest.phrases import OPENING, SOMEBODY, TIMES, Made, cut, deed, tail
from askdoc.suggest.predicates import Predicate
from askdoc.suggest.relations import (
    ADJECTIVES,
    ATTACHED,
    ATTACHED_PASSIVE,
    BEFALLEN,
    BEFALLING,
    FEELING,
    MOVING,
    PLACED,
    QUALITIES,
    STAYING,
    TELLING,
)
from askdoc.suggest.tokens import DETERMINERS, NUMBERS, is_adverb
from askdoc.text import STOP_WORDS

_MONEY = re.compile(
    r"(?:[$€£]\d[\d.,]*(?:\s(?:million|billion|thousand))?|\d[\d.,]*(?:\s(?:million|billion|thousand"
    r"))? (?:euros?|dollars?|pounds?|francs?|crowns?|cents?|pence))(?: (?:an?|per) [a-z]+)?"
)
_COUNT = (
    rf"(?:\d[\d.,]*|{'|'.join(sorted(NUMBERS))}|half an?|an?)(?: (?:hundred|thousand|and a half))?"
)
_LONG = re.compile(
    rf"(?:(?:about|nearly|almost|at least|up to|around|over) )?"
    rf"(?:{_COUNT}) (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b(?! (?:old|ago|of)\b)"
)
_SIZE = re.compile(
    rf"(?:(?:about|nearly|almost|around|over) )?(?P<size>{_COUNT} (?:[a-z]+)) "
    r"(?P<how>long|tall|high|wide|deep|old|thick)$"
)
_OFTEN = re.compile(
    r"(?:(?:once|twice|(?:three|four|five|six) times) (?:an?|every|each|per) "
    r"(?:day|week|month|year|hour|season|fortnight)|every (?:\w+ )?(?:second|minute|hour|day|week|"
    r"month|year|summer|spring|autumn|winter|fortnight)s?|daily|weekly|monthly|annually|yearly)\b"
)
_DEADLINE = re.compile(
    r"\b(?:by|before|within|until|no later than|not later than|at|on|from) "
    r"(?:(?:the )?(?:first|last|second|third|fifth|tenth|\d+(?:st|nd|rd|th)?)? ?"
    r"(?:working |business )?"
    r"(?:day|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|end)s? of (?:each|every|the) "
    r"[a-z]+(?: year| month)?|the \d+(?:st|nd|rd|th) of (?:each|every|the) month"
    rf"|{_COUNT} (?:working |business |calendar )?(?:hours?|days?|weeks?|months?)"
    r"|\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\b\.?| o'clock)|noon|midnight|sunset|sunrise|dawn|dusk)"
)
_TOLD = re.compile(r" that (?P<told>[^.;!]{12,})")
_PLAIN = ("present", "past")
_IS_THING = re.compile(r"(?:an?|the|one of the) (?!(?:bit|little|lot|few|same|case)\b)[a-z]")


def befell(found: Predicate) -> Made:
    """ "The colony failed in May" -> "What happened to the colony?" """
    if found.tense != "past" or len(found.subject.split()) > 6:
        return
    first = found.words[0].low if found.words else "in"
    if (found.passive and found.verb in BEFALLEN) or (
        not found.passive and found.verb in BEFALLING and first not in OPENING | {"to"}
    ):
        yield f"what happened to {found.subject}", "befell", deed(found)


def felt(found: Predicate) -> Made:
    """ "The boar was pleased at the flattery" -> "How did the boar feel?" """
    if found.tense != "past":
        return
    if found.passive and found.verb in FEELING:
        yield f"how did {found.subject} feel", "felt", deed(found)
    elif found.verb == "be":
        at = next((at for at, w in enumerate(found.words) if not is_adverb(w.low) and w.low not in
                   ("very", "so", "much", "too", "quite")), None)  # fmt: skip
        if at is not None and at < 3 and found.words[at].low in FEELING:
            yield f"how did {found.subject} feel", "felt", found.span()


def where(found: Predicate) -> Made:
    """ "The old man lived in a hut" -> "Where did the old man live?" """
    first = found.words[0].low
    at = 1 if first in ("back", "down", "up", "out", "away", "off", "over") else 0
    if at + 2 > len(found.words):
        return
    first = found.words[at].low
    place = found.text(at + 1, cut(found, at))
    if not place or candidates(Kind.DATE, place):
        return
    low = place.lower().split()
    if low[-1] in TIMES | SOMEBODY or (len(low) < 2 and not place[0].isupper()):
        return
    if low[0] not in ("a", "an", "the", "its", "their", "his", "her") and not place[0].isupper():
        return
    span = Span(found.words[at].start, found.words[cut(found, at) - 1].end)
    if found.passive:
        if found.verb in PLACED and first in (
            "in",
            "at",
            "near",
            "on",
            "under",
            "behind",
            "beside",
        ):
            yield f"where {found.ask()}", "where", span
    elif (
        found.verb in MOVING and first in ("to", "into", "through", "onto", "towards", "across")
    ) or (
        found.verb in STAYING
        and at == 0
        and first in ("in", "at", "on", "near", "under", "beside", "behind", "beneath", "above")
    ):
        yield f"where {found.ask()}", "where", span


def when(found: Predicate) -> Made:
    """ "The office closes at 5 p.m." -> "When does the office close?" """
    text = found.text()
    spans = [Span(*match.span()) for match in _DEADLINE.finditer(text)]
    spans += [
        date
        for date in candidates(Kind.DATE, text)
        if re.search(r"(?:^|\b)(?:on|in|by|before|since|until) (?:the )?$", text[: date.start])
    ]
    for span in spans:
        before = re.sub(
            r"(?: ?\b(?:on|in|by|before|since|until|at|not later|no later than)(?: the)?)? ?$", "",
            text[: span.start],
        )  # fmt: skip
        words = before.split()
        if (
            candidates(Kind.DATE, before)
            or len(words) > 6
            or (words and words[-1].lower() in STOP_WORDS)
        ):
            continue
        if not words and not (
            found.passive or found.verb in STAYING | MOVING | {"open", "close", "expire", "die"}
        ):
            continue
        shift = found.words[0].start
        yield f"when {found.ask(before)}", "when", Span(shift + span.start, shift + span.end)
        return


_PAYING = frozenset("cost pay owe earn charge spend receive raise donate".split())


def how(found: Predicate) -> Made:
    """ "The ferry crosses twice a day" -> "How often does the ferry cross?" """
    text, shift = found.text(), found.words[0].start
    if match := _OFTEN.search(text):
        before = text[: match.start()].rstrip()
        if len(before.split()) <= 4 and (not before or before.split()[-1] not in STOP_WORDS):
            span = Span(shift + match.start(), shift + match.end())
            yield f"how often {found.ask(before)}", "how often", span
    if found.verb in _PAYING and (match := _MONEY.match(text)):
        span = Span(shift, shift + match.end())
        kept = tail(found, len(match[0].split()))
        yield f"how much {found.ask(kept)}", "how much", span
    if found.verb in ("last", "take", "wait", "live", "stay", "run", "sleep", "work", "travel"):
        match = _LONG.match(text) or re.match(rf"for ({_LONG.pattern})", text)
        if match:
            yield f"how long {found.ask()}", "how long", Span(shift, shift + match.end())


def attached(found: Predicate) -> Made:
    """ "The price depends on the season" -> "What does the price depend on?" """
    low = found.words[0].low
    if found.passive:
        known = ATTACHED_PASSIVE.get(found.verb)
        if (known == "" and low in ("a", "an", "the")) or (known == "" and low[0] in '"“'):
            yield f"what {found.ask()}", "attached", found.span()
            return
        if known == "" and found.words[0].text[0].isupper():
            yield f"what {found.ask()}", "attached", found.span(0, cut(found))
            return
    else:
        known = ATTACHED.get(found.verb)
    if known and low in known.split() and len(found.words) > 1:
        if (
            found.words[1].low in ("this", "that", "it", "them", "which")
            or found.words[1].low in TIMES
        ):
            return
        ends = cut(found, 1)
        if found.words[1].low in DETERMINERS | {"not"} and ends < 3:
            return
        thing = {word.low for word in found.words[1:ends]} - SOMEBODY
        if len(thing) < ends - 1 or re.fullmatch(NAME, found.text(1, ends)):
            return
        yield f"what {found.ask(low)}", "attached", found.span(1)


def told(found: Predicate) -> Made:
    """ "The report found in May that the quay leaks" -> "What did the report find in May?" """
    if found.passive or found.verb not in TELLING or len(found.words) > 4:
        return
    if found.words and found.words[0].low not in ("on", "in", "at", "to"):
        return
    match = _TOLD.match(found.line.text, found.words[-1].end if found.words else found.ends)
    if match:
        yield f"what {found.ask(found.text())}", "told", Span(*match.span("told"))


def of_be(found: Predicate) -> Made:
    """ "The rent is 850 euros a month" -> "How much is the rent?" """
    text, shift = found.text(), found.words[0].start
    whole = Span(shift, shift + len(text))
    if match := _MONEY.match(text):
        yield f"how much {found.ask()}", "how much", Span(shift, shift + match.end())
    elif match := _SIZE.match(text):
        if match["how"] != "old" or found.head in SOMEBODY or found.named:
            yield f"how {match['how']} {found.ask()}", "how long", whole
    elif found.words[-1].low in QUALITIES and len(found.words) <= 3 and found.tense in _PLAIN:
        if all(is_adverb(w.low) or w.low in QUALITIES | {"very", "and", "quite", "too", "really"}
               for w in found.words):  # fmt: skip
            yield f"what {found.ask('like')}", "like", whole
    elif len(found.words) > 2 and ADJECTIVES.get(found.words[0].low) == found.words[1].low:
        asked_for = found.text(0, 2)
        if found.words[2].low != "the" or len(found.words) > 3:
            yield f"what {found.ask(asked_for)}", "attached", found.span(2)
    elif _IS_THING.match(text) and len(text.split()) > 2 and found.tense in ("present", "past"):
        if found.person or found.head in SOMEBODY:
            if found.named:
                yield f"who {found.ask()}", "is", whole
        elif found.tense == "present" and (
            found.named
            or len(found.subject.split()) > 2
            or (found.subject.isalpha() and found.subject.islower())
        ):
            yield f"what {found.ask()}", "is", whole
    elif found.words[0].low in ("in", "at", "on", "near", "behind", "under", "beside") and re.match(
        rf"\w+ (?:the [a-z]|{NAME})", text
    ):
        ends = cut(found)
        place = ends > 1 and found.words[ends - 1].low not in TIMES
        known = place and (found.words[1].text[0].isupper() or found.words[ends - 1].low in _PLACES)
        if known and not candidates(Kind.DATE, text):
            yield f"where {found.ask()}", "where", found.span(0, ends)


_PLACES = frozenset(
    "house castle forest wood woods garden kitchen cellar room hall floor tower church village "
    "town city street square harbour quay river lake sea shore island mountain hill valley "
    "bridge mill barn stable field meadow cave palace roof door gate table box drawer cupboard "
    "shelf office building school station library museum market park yard corner basement "
    "attic entrance lobby panel desk folder directory side centre center wall bank edge end "
    "well tree rock".split()
)
