"""Turn "Who sold the mill?" and its answer round: "did Jonas Pell sell the mill".

A fragment like "Why?" or "For how much?" goes in front of that.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from askdoc.conversation.lexis import PERSONAL
from askdoc.conversation.turns import says_something
from askdoc.verbs import PARTICIPLES, PAST_OF, PASTS

_SHORT_ANSWER = 8  # words
_LONGEST_DOER = 6
_OPENS_PHRASE = frozenset(
    "in on at from to for with by that which who because while when after before and or but".split()
)
_SUBJECT = re.compile(
    r"\W*(?:and )?(?:who|what) (?!else\b)(?P<verb>[a-z]+) (?P<rest>[^?]+?)\W*", re.I
)
_AUXILIARIES = frozenset(
    "is are was were has have had will would can could should may might must".split()
)
_HAPPENS = re.compile(r"\b(?:happen|happens|happened|became of|become of)\b", re.I)
_COPULAS = frozenset("is are was were".split())
_NO_DOER = frozenset("in on at from to for with by because when after before".split())


class Statement(NamedTuple):
    """What somebody did, as it stands behind a question word: "did", "Jonas Pell sell the mill"."""

    auxiliary: str
    rest: str


def clipped(answer: str) -> str:
    """A short answer to be put into a question: whole, or up to where a phrase ends; or ""."""
    short = answer.strip().rstrip(" .,;:")
    words = short.split()
    if len(words) <= _SHORT_ANSWER:
        return short
    ends = [at for at in range(2, _SHORT_ANSWER + 1) if words[at].lower() in _OPENS_PHRASE]
    return " ".join(words[: ends[-1]]).rstrip(" ,;:") if ends else ""


def turn_round(before: str, answer: str) -> Statement | None:
    """A question for the doer with its answer in place, None where it is no such question."""
    asked = _SUBJECT.fullmatch(before)
    doer = _doer(answer)
    if asked is None or not doer or _HAPPENS.search(before):
        return None
    verb, rest = asked["verb"].lower(), asked["rest"]
    if verb in _AUXILIARIES:
        first = rest.split()[0].lower()
        passive = is_participle(first)
        if verb in _COPULAS and not (passive or first in ("for", "against")):
            return None
        if verb in ("has", "have", "had") and first == "to":
            return Statement("did" if verb == "had" else "does", f"{doer} have {rest}")
        return Statement(verb, f"{doer} {rest}")
    if verb in PASTS:
        return Statement("did", f"{doer} {PASTS[verb]} {rest}")
    base = _base(verb)
    return Statement("does", f"{doer} {base} {rest}") if base else None


def is_participle(word: str) -> bool:
    """Whether a word looks like what stands behind "was": "sold", "opened"."""
    return word.lower() in PARTICIPLES or word.lower().endswith("ed")


def _doer(answer: str) -> str:
    """The answer as a subject, "" for what is none."""
    short = clipped(answer) if says_something(answer) else ""
    words = short.split()
    acts = [at for at, word in enumerate(words) if at and word in _AUXILIARIES | PASTS.keys()]
    words = words[: acts[0]] if acts else words
    short = " ".join(words)
    if not words or len(words) > _LONGEST_DOER or words[0].lower() in _NO_DOER | PERSONAL:
        return ""
    if words[0] in PASTS or words[0] in _COPULAS:
        return ""
    if words[0].lower() in ("the", "a", "an", "his", "her", "their"):
        return f"{short[0].lower()}{short[1:]}"
    if short[0].isupper():
        return short
    return f"the {short}" if short[0].isalpha() else ""


def _base(verb: str) -> str:
    """The base of a verb's form for "he" and "she": "sells" -> "sell"; "" for none."""
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        base = verb.removesuffix(ending) + instead
        if verb.endswith(ending) and (base in PAST_OF or (ending == "s" and len(verb) > 4)):
            return base
    return ""
