"""A clause of any place in a line -> questions: what, where, when, how, of `predicates`' clauses.

As in `rules`, nothing is reworded: a question keeps the subject, the verb and at most one phrase
behind the object, or it is not made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from askdoc.model import Span
from askdoc.read.kinds import Kind, candidates
from askdoc.suggest.forms import BASES, PARTICIPLES
from askdoc.suggest.names import NAME, PEOPLE
from askdoc.suggest.predicates import Predicate
from askdoc.suggest.relations import (
    ADJECTIVES,
    ATTACHED,
    ATTACHED_PASSIVE,
    BEFALLEN,
    BEFALLING,
    FEELING,
    GIVING,
    MEASURES,
    MORE_PEOPLE,
    MOVING,
    NO_OBJECT,
    PERCEIVING,
    PLACED,
    QUALITIES,
    STAYING,
    TAKING,
    TELLING,
    URGING,
    VAGUE,
)  # fmt: skip
from askdoc.suggest.tokens import DETERMINERS, JOINING, NUMBERS, PREPOSITIONS, is_adverb, is_verb
from askdoc.text import STOP_WORDS

Made = Iterator[tuple[str, str, Span]]
"""The words of a question, what kind it is, and the span in the line that answers it."""

_SOMEBODY = PEOPLE | MORE_PEOPLE
_AT_TIMES = frozenset("in on by since during".split())
_CLOCK = re.compile(r"[ap]\.?m$|\d[:.]\d")
_OPENING = frozenset("a an the its their his her all several many some most both various".split())
_HOLDING = frozenset("include contain require need support provide hold produce use cover".split())
_TIMES = frozenset(
    "time times day days week weeks month months year years hour hours minute minutes moment while "
    "morning evening night today yesterday tomorrow monday tuesday wednesday thursday friday "
    "saturday sunday once way lot bit home care place part look chance turn".split()
)
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
    r"(?:(?:the )?(?:first|last|second|third|fifth|tenth|\d+(?:st|nd|rd|th)?)? ?(?:working |business )?"
    r"(?:day|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|end)s? of (?:each|every|the) "
    r"[a-z]+(?: year| month)?|the \d+(?:st|nd|rd|th) of (?:each|every|the) month"
    rf"|{_COUNT} (?:working |business |calendar )?(?:hours?|days?|weeks?|months?)"
    r"|\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\b\.?| o'clock)|noon|midnight|sunset|sunrise|dawn|dusk)"
)
_TOLD = re.compile(r" that (?P<told>[^.;!]{12,})")
_PLAIN = ("present", "past")
_COUNTED = re.compile(
    rf"(?P<number>(?:\d[\d,]*|{'|'.join(sorted(NUMBERS - {'one'}))})"
    r"(?:[ -](?:hundred|thousand|million|two|three|four|five|six|seven|eight|nine))*) "
    r"(?P<things>(?:[a-z-]{3,} ){0,2}?(?:[a-z]{3,}s|people|men|women|children))\b"
)
_IS_THING = re.compile(r"(?:an?|the|one of the) (?!(?:bit|little|lot|few|same|case)\b)[a-z]")


def asked(found: Predicate) -> Made:
    """All questions that are made from a clause."""
    yield from _told(found)
    yield from _befell(found)
    if not found.words:
        return
    yield from _felt(found)
    if found.verb == "be":
        yield from _of_be(found)
        return
    yield from _when(found)
    yield from _how(found)
    yield from _where(found)
    yield from _attached(found)
    yield from _counted(found)
    yield from _kind(found)
    yield from _by(found)
    if not found.passive:
        yield from _object(found)
        yield from _given(found)
        yield from _duty(found)
        yield from _did(found)
        yield from _who(found)


def _cut(found: Predicate, start: int = 0) -> int:
    """Where the noun phrase that begins with a word ends: before a preposition, or at the end."""
    for at in range(start + 1, len(found.words)):
        word = found.words[at]
        if word.low in PREPOSITIONS and word.low != "of":
            return at
        if word.low in JOINING or (is_adverb(word.low) and at + 1 < len(found.words)):
            return at
    return len(found.words)


def _tail(found: Predicate, at: int) -> str:
    """The one short phrase that begins with a word, if it surely belongs to the verb."""
    if at >= len(found.words) or found.words[at].low not in PREPOSITIONS:
        return ""
    ends = _cut(found, at)
    phrase = found.words[at:ends]
    if not 2 <= len(phrase) <= 5 or phrase[-1].low in STOP_WORDS | PREPOSITIONS | JOINING:
        return ""
    text = found.text(at, ends)
    given = phrase[0].low == "to" and found.verb in GIVING | {"bring", "add", "return"}
    dated = phrase[0].low in _AT_TIMES and candidates(Kind.DATE, text)
    if not (given or dated) or _CLOCK.search(text):
        return ""
    return text


def _deed(found: Predicate) -> Span:
    """The verb and what follows it, as a span of the line."""
    start = found.ends - len(found.form)
    return Span(start, found.words[-1].end if found.words else found.ends)


def _befell(found: Predicate) -> Made:
    """ "The colony failed in May" -> "What happened to the colony?" """
    if found.tense != "past" or len(found.subject.split()) > 6:
        return
    first = found.words[0].low if found.words else "in"
    if (found.passive and found.verb in BEFALLEN) or (
        not found.passive and found.verb in BEFALLING and first not in _OPENING | {"to"}
    ):
        yield f"what happened to {found.subject}", "befell", _deed(found)


def _felt(found: Predicate) -> Made:
    """ "The boar was pleased at the flattery" -> "How did the boar feel?" """
    if found.tense != "past":
        return
    if found.passive and found.verb in FEELING:
        yield f"how did {found.subject} feel", "felt", _deed(found)
    elif found.verb == "be":
        at = next((at for at, w in enumerate(found.words) if not is_adverb(w.low) and w.low not in
                   ("very", "so", "much", "too", "quite")), None)  # fmt: skip
        if at is not None and at < 3 and found.words[at].low in FEELING:
            yield f"how did {found.subject} feel", "felt", found.span()


def _did(found: Predicate) -> Made:
    """ "The monkey slipped out of the house" -> "What did the monkey do?", for want of better."""
    plain = found.verb not in NO_OBJECT - MOVING - STAYING and found.verb not in TELLING
    if found.tense == "past" and plain and not found.plural and len(found.words) >= 3:
        if found.person or found.head in _SOMEBODY or (found.named and "the" not in found.subject):
            yield f"what did {found.subject} do", "did", _deed(found)


def _object(found: Predicate) -> Made:
    """ "The fox saw a crow on the roof" -> "What did the fox see on the roof?" """
    first = found.words[0].low
    ends = _cut(found)
    if found.verb in URGING and ends < len(found.words) and found.words[ends].low == "to":
        yield from _urged(found, ends)
        return
    if found.verb in GIVING and not (ends < len(found.words) and found.words[ends].low == "to"):
        return  # what was given, but not to whom
    if found.verb in NO_OBJECT or first in PREPOSITIONS or first in JOINING:
        return
    thing = found.words[:ends]
    if found.verb not in TAKING and first not in ("a", "an", "the"):
        return
    if found.verb in PERCEIVING and ends > 2:
        return
    if ends < len(found.words) and found.words[ends].low == "to":
        if found.verb not in GIVING | {"bring", "take", "carry", "add", "send"}:
            return
    head = next((at for at, word in enumerate(thing) if at and word.low == "of"), ends) - 1
    plain = first in _OPENING or first in NUMBERS
    plural = thing[head].low.endswith("s") and not thing[head].low.endswith("ss")
    free = found.verb in _HOLDING and not first.endswith(("ing", "ed"))
    if not (plain and ends > 1) and not ((plural or free) and first[0].isalpha()):
        return
    if not plain and (first in STOP_WORDS or thing[0].text[0].isupper()):
        return
    if thing[head].low in _TIMES or thing[head].low in STOP_WORDS or is_adverb(first):
        return
    if found.verb in GIVING and any(word.low in ("a", "an", "the") for word in thing[1:]):
        return
    asks = "who" if thing[head].low in _SOMEBODY else "what"
    tail = _tail(found, ends)
    if found.verb not in GIVING or tail:
        kind = "vague" if found.verb in VAGUE and not tail else "object"
        yield f"{asks} {found.ask(tail)}", kind, found.span(0, ends)


def _urged(found: Predicate, ends: int) -> Made:
    """ "The king ordered the guard to leave" -> "What did the king order the guard to do?" """
    following = found.words[ends + 1].low if ends + 1 < len(found.words) else ""
    if following in BASES or following == "be":
        words = f"what {found.ask(found.text(0, ends))} to do"
        yield words, "urged", found.span(ends + 1)


def _counted(found: Predicate) -> Made:
    """ "The council collected 900 signatures" -> "How many signatures did the council collect?" """
    match = _COUNTED.match(found.text())
    if found.passive or match is None or MEASURES.search(match["things"].lower()):
        return
    number, things = match["number"], match["things"]
    at = len(number.split()) + len(things.split())
    following = found.words[at].low if at < len(found.words) else "in"
    if following in PREPOSITIONS - {"of", "than"} or following in JOINING:
        tail = _tail(found, at)
        start = found.words[0].start
        span = Span(start, start + len(number))
        yield f"how many {things} {found.ask(tail)}", "how many", span


def _kind(found: Predicate) -> Made:
    """ "The project has an open governance model" -> "What kind of model does it have?" """
    if found.verb != "have" or found.words[0].low not in ("a", "an") or found.passive:
        return
    ends = _cut(found)
    head = found.words[ends - 1].low
    if 3 <= ends <= 5 and head not in _TIMES | STOP_WORDS | _SOMEBODY and head.isalpha():
        if not is_verb(head) and all(word.low != "of" for word in found.words[:ends]):
            yield f"what kind of {head} {found.ask()}", "kind", found.span(0, ends)


def _given(found: Predicate) -> Made:
    """ "The king gave the boy a horse" -> "What did the king give the boy?" """
    if found.verb not in GIVING or found.words[0].low != "the":
        return
    low = [word.low for word in found.words]
    for at in range(2, min(5, len(low) - 1)):
        if low[at] in ("a", "an", "the") or low[at] in NUMBERS - {"one"}:
            if low[at - 1] not in PREPOSITIONS and low[at - 1] not in JOINING:
                whom = "the " + found.text(1, at)
                yield f"what {found.ask(whom)}", "object", found.span(at)
            return


def _duty(found: Predicate) -> Made:
    """ "The tenant must keep the stairs clean" -> "What must the tenant do?" """
    somebody = found.person or found.head in _SOMEBODY
    if found.tense in ("must", "shall", "may", "should") and len(found.words) > 1 and somebody:
        start = found.line.text.rfind(found.verb, 0, found.words[0].start)
        if start >= 0:
            words = f"what {found.tense} {found.subject} do"
            yield words, "duty", Span(start, found.words[-1].end)


def _who(found: Predicate) -> Made:
    """ "The miller sold the old mill" -> "Who sold the old mill?" """
    if not (found.person or found.head in _SOMEBODY) or found.tense != "past":
        return
    ends = _cut(found)
    rest = found.text(0, ends)
    if found.words[0].low in PREPOSITIONS:
        ends = _cut(found, 0)
        rest = found.text(0, ends)
    if found.words[0].low == "to" and (ends < 3 or found.words[1].low not in DETERMINERS):
        return
    if ends < 2 or ends > 6 or found.verb in ("have", "become", "seem") or found.plural:
        return
    if found.words[ends - 1].low in STOP_WORDS | PREPOSITIONS:
        return
    first = found.words[0]
    if found.verb in NO_OBJECT | VAGUE | GIVING and found.verb not in MOVING | STAYING:
        return
    if first.low not in _OPENING | NUMBERS | PREPOSITIONS and not first.text[0].isupper():
        return
    if found.verb not in TAKING | MOVING | STAYING | set(ATTACHED) and first.low in PREPOSITIONS:
        return
    yield f"who {found.form} {rest}", "who", found.place


def _by(found: Predicate) -> Made:
    """ "The house was destroyed by a fire" -> "What destroyed the house?" """
    if not found.passive or found.tense != "past" or len(found.subject.split()) > 6:
        return
    for at, word in enumerate(found.words[:5]):
        if word.low == "by" and at + 2 < len(found.words) + 1:
            ends = _cut(found, at)
            agent = found.words[at + 1 : ends]
            text = found.text(at + 1, ends)
            if not agent or candidates(Kind.DATE, text) or agent[0].low in NUMBERS:
                return
            named = agent[-1].text[0].isupper()
            if not named and (agent[0].low not in ("a", "an", "the") or len(agent) < 2):
                return
            asks = "who" if named or agent[-1].low in _SOMEBODY else "what"
            words = f"{asks} {PARTICIPLES[found.verb]} {found.subject}"
            yield words, "who", found.span(at + 1, ends)
            return


def _where(found: Predicate) -> Made:
    """ "The old man lived in a hut" -> "Where did the old man live?" """
    first = found.words[0].low
    at = 1 if first in ("back", "down", "up", "out", "away", "off", "over") else 0
    if at + 2 > len(found.words):
        return
    first = found.words[at].low
    place = found.text(at + 1, _cut(found, at))
    if not place or candidates(Kind.DATE, place):
        return
    low = place.lower().split()
    if low[-1] in _TIMES | _SOMEBODY or (len(low) < 2 and not place[0].isupper()):
        return
    if low[0] not in ("a", "an", "the", "its", "their", "his", "her") and not place[0].isupper():
        return
    span = Span(found.words[at].start, found.words[_cut(found, at) - 1].end)
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


def _when(found: Predicate) -> Made:
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


def _how(found: Predicate) -> Made:
    """ "The ferry crosses twice a day" -> "How often does the ferry cross?" """
    text, shift = found.text(), found.words[0].start
    if match := _OFTEN.search(text):
        before = text[: match.start()].rstrip()
        if len(before.split()) <= 4 and (not before or before.split()[-1] not in STOP_WORDS):
            span = Span(shift + match.start(), shift + match.end())
            yield f"how often {found.ask(before)}", "how often", span
    if found.verb in (
        "cost",
        "pay",
        "owe",
        "earn",
        "charge",
        "spend",
        "receive",
        "raise",
        "donate",
    ):
        if match := _MONEY.match(text):
            span = Span(shift, shift + match.end())
            tail = _tail(found, len(match[0].split()))
            yield f"how much {found.ask(tail)}", "how much", span
    if found.verb in ("last", "take", "wait", "live", "stay", "run", "sleep", "work", "travel"):
        match = _LONG.match(text) or re.match(rf"for ({_LONG.pattern})", text)
        if match:
            yield f"how long {found.ask()}", "how long", Span(shift, shift + match.end())


def _attached(found: Predicate) -> Made:
    """ "The price depends on the season" -> "What does the price depend on?" """
    low = found.words[0].low
    if found.passive:
        known = ATTACHED_PASSIVE.get(found.verb)
        if (known == "" and low in ("a", "an", "the")) or (known == "" and low[0] in '"“'):
            yield f"what {found.ask()}", "attached", found.span()
            return
        if known == "" and found.words[0].text[0].isupper():
            yield f"what {found.ask()}", "attached", found.span(0, _cut(found))
            return
    else:
        known = ATTACHED.get(found.verb)
    if known and low in known.split() and len(found.words) > 1:
        if (
            found.words[1].low in ("this", "that", "it", "them", "which")
            or found.words[1].low in _TIMES
        ):
            return
        ends = _cut(found, 1)
        if found.words[1].low in DETERMINERS | {"not"} and ends < 3:
            return
        thing = {word.low for word in found.words[1:ends]} - _SOMEBODY
        if len(thing) < ends - 1 or re.fullmatch(NAME, found.text(1, ends)):
            return
        yield f"what {found.ask(low)}", "attached", found.span(1)


def _told(found: Predicate) -> Made:
    """ "The report found in May that the quay leaks" -> "What did the report find in May?" """
    if found.passive or found.verb not in TELLING or len(found.words) > 4:
        return
    if found.words and found.words[0].low not in ("on", "in", "at", "to", "the"):
        return
    match = _TOLD.match(found.line.text, found.words[-1].end if found.words else found.ends)
    if match:
        yield f"what {found.ask(found.text())}", "told", Span(*match.span("told"))


def _of_be(found: Predicate) -> Made:
    """ "The rent is 850 euros a month" -> "How much is the rent?" """
    text, shift = found.text(), found.words[0].start
    whole = Span(shift, shift + len(text))
    if match := _MONEY.match(text):
        yield f"how much {found.ask()}", "how much", Span(shift, shift + match.end())
    elif match := _SIZE.match(text):
        if match["how"] != "old" or found.head in _SOMEBODY or found.named:
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
        if found.person or found.head in _SOMEBODY:
            if found.named:
                yield f"who {found.ask()}", "is", whole
        elif found.tense == "present" and (found.named or len(found.subject.split()) > 2):
            yield f"what {found.ask()}", "is", whole
    elif found.words[0].low in ("in", "at", "on", "near", "behind", "under", "beside") and re.match(
        rf"\w+ (?:the [a-z]|{NAME})", text
    ):
        ends = _cut(found)
        if not candidates(Kind.DATE, text) and ends > 1 and found.words[ends - 1].low not in _TIMES:
            if found.words[1].text[0].isupper() or found.words[ends - 1].low in _PLACES:
                yield f"where {found.ask()}", "where", found.span(0, ends)


_PLACES = frozenset(
    "house castle forest wood woods garden kitchen cellar room hall floor tower church village town "
    "city street square harbour quay river lake sea shore island mountain hill valley bridge mill "
    "barn stable field meadow cave palace roof door gate table box drawer cupboard shelf office "
    "building school station library museum market park yard corner basement attic entrance lobby "
    "panel desk folder directory side centre center wall bank edge end well tree rock".split()
)
