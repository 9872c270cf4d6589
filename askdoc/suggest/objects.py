"""Questions for what somebody did or to whom, and for who did it."""

from __future__ import annotations

import re

from askdoc.model import Span
from askdoc.read.kinds import Kind, candidates
from askdoc.suggest.forms import BASES, PARTICIPLES
from askdoc.suggest.phrases import OPENING, SOMEBODY, TIMES, Made, cut, deed, tail
from askdoc.suggest.predicates import Predicate
from askdoc.suggest.relations import (
    ATTACHED,
    GIVING,
    MEASURES,
    MOVING,
    NO_OBJECT,
    PERCEIVING,
    STAYING,
    TAKING,
    TELLING,
    URGING,
    VAGUE,
)
from askdoc.suggest.tokens import DETERMINERS, JOINING, NUMBERS, PREPOSITIONS, is_adverb, is_verb
from askdoc.text import STOP_WORDS

_HOLDING = frozenset("include contain require need support provide hold produce use cover".split())
_COUNTED = re.compile(
    rf"(?P<number>(?:\d[\d,]*|{'|'.join(sorted(NUMBERS - {'one'}))})"
    r"(?:[ -](?:hundred|thousand|million|two|three|four|five|six|seven|eight|nine))*) "
    r"(?P<things>(?:[a-z-]{3,} ){0,2}?(?:[a-z]{3,}s|people|men|women|children))\b"
)


def object(found: Predicate) -> Made:
    """ "The fox saw a crow on the roof" -> "What did the fox see on the roof?" """
    first = found.words[0].low
    ends = cut(found)
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
    to = ends < len(found.words) and found.words[ends].low == "to"
    if to and found.verb not in GIVING | {"bring", "take", "carry", "add", "send"}:
        return
    head = next((at for at, word in enumerate(thing) if at and word.low == "of"), ends) - 1
    plain = first in OPENING or first in NUMBERS
    plural = thing[head].low.endswith("s") and not thing[head].low.endswith("ss")
    free = found.verb in _HOLDING and not first.endswith(("ing", "ed"))
    if not (plain and ends > 1) and not ((plural or free) and first[0].isalpha()):
        return
    if not plain and (first in STOP_WORDS or thing[0].text[0].isupper()):
        return
    if thing[head].low in TIMES or thing[head].low in STOP_WORDS or is_adverb(first):
        return
    if found.verb in GIVING and any(word.low in ("a", "an", "the") for word in thing[1:]):
        return
    asks = "who" if thing[head].low in SOMEBODY else "what"
    kept = tail(found, ends)
    vague = found.verb in VAGUE and not kept
    if (found.verb not in GIVING or kept) and not (vague and found.tense != "past"):
        kind = "vague" if vague else "object"
        yield f"{asks} {found.ask(kept)}", kind, found.span(0, ends)


def _urged(found: Predicate, ends: int) -> Made:
    """ "The king ordered the guard to leave" -> "What did the king order the guard to do?" """
    following = found.words[ends + 1].low if ends + 1 < len(found.words) else ""
    if following in BASES or following == "be":
        words = f"what {found.ask(found.text(0, ends))} to do"
        yield words, "urged", found.span(ends + 1)


def kind(found: Predicate) -> Made:
    """ "The project has an open governance model" -> "What kind of model does it have?" """
    if found.verb != "have" or found.words[0].low not in ("a", "an") or found.passive:
        return
    ends = cut(found)
    head = found.words[ends - 1].low
    noun = head.isalpha() and head not in TIMES | STOP_WORDS | SOMEBODY and not is_verb(head)
    if 3 <= ends <= 5 and noun and all(word.low != "of" for word in found.words[:ends]):
        yield f"what kind of {head} {found.ask()}", "kind", found.span(0, ends)


def counted(found: Predicate) -> Made:
    """ "The council collected 900 signatures" -> "How many signatures did the council collect?" """
    match = _COUNTED.match(found.text())
    if found.passive or match is None or MEASURES.search(match["things"].lower()):
        return
    number, things = match["number"], match["things"]
    at = len(number.split()) + len(things.split())
    following = found.words[at].low if at < len(found.words) else "in"
    if following in PREPOSITIONS - {"of", "than"} or following in JOINING:
        kept = tail(found, at)
        start = found.words[0].start
        span = Span(start, start + len(number))
        yield f"how many {things} {found.ask(kept)}", "how many", span


def given(found: Predicate) -> Made:
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


def duty(found: Predicate) -> Made:
    """ "The tenant must keep the stairs clean" -> "What must the tenant do?" """
    somebody = found.person or found.head in SOMEBODY
    if found.tense in ("must", "shall", "may", "should") and len(found.words) > 1 and somebody:
        start = found.line.text.rfind(found.verb, 0, found.words[0].start)
        if start >= 0:
            words = f"what {found.tense} {found.subject} do"
            yield words, "duty", Span(start, found.words[-1].end)


_AWAY = frozenset("down up out off".split())


def who(found: Predicate) -> Made:
    """ "The miller sold the old mill" -> "Who sold the old mill?" """
    if not (found.person or found.head in SOMEBODY) or found.tense != "past":
        return
    ends = cut(found)
    rest = found.text(0, ends)
    if found.words[0].low in PREPOSITIONS:
        ends = cut(found, 0)
        rest = found.text(0, ends)
    if found.words[0].low == "to" and (ends < 3 or found.words[1].low not in DETERMINERS):
        return
    if ends < 2 or ends > 6 or found.verb in ("have", "become", "seem") or found.plural:
        return
    if found.words[ends - 1].low in STOP_WORDS | PREPOSITIONS or found.words[0].low in _AWAY:
        return
    if found.words[ends - 1].low.endswith("ing"):
        return
    first = found.words[0]
    if found.verb in NO_OBJECT | VAGUE | GIVING and found.verb not in MOVING | STAYING:
        return
    if first.low not in OPENING | NUMBERS | PREPOSITIONS and not first.text[0].isupper():
        return
    if found.verb not in TAKING | MOVING | STAYING | set(ATTACHED) and first.low in PREPOSITIONS:
        return
    yield f"who {found.form} {rest}", "who", found.place


def by(found: Predicate) -> Made:
    """ "The house was destroyed by a fire" -> "What destroyed the house?" """
    if not found.passive or found.tense != "past" or len(found.subject.split()) > 6:
        return
    for at, word in enumerate(found.words[:5]):
        if word.low == "by" and at + 2 < len(found.words) + 1:
            ends = cut(found, at)
            agent = found.words[at + 1 : ends]
            text = found.text(at + 1, ends)
            if not agent or candidates(Kind.DATE, text) or agent[0].low in NUMBERS:
                return
            named = agent[-1].text[0].isupper()
            if not named and (agent[0].low not in ("a", "an", "the") or len(agent) < 2):
                return
            asks = "who" if named or agent[-1].low in SOMEBODY else "what"
            words = f"{asks} {PARTICIPLES[found.verb]} {found.subject}"
            yield words, "who", found.span(at + 1, ends)
            return


def did(found: Predicate) -> Made:
    """ "The monkey slipped out of the house" -> "What did the monkey do?", for want of better."""
    plain = found.verb not in NO_OBJECT - MOVING - STAYING and found.verb not in TELLING
    one = found.person or found.head in SOMEBODY or (found.named and "the" not in found.subject)
    if one and found.tense == "past" and plain and not found.plural and len(found.words) >= 3:
        yield f"what did {found.subject} do", "did", deed(found)
