"""The verb of a clause, told from the words around it: tense, helpers and whether it is passive."""

from __future__ import annotations

from typing import NamedTuple

from askdoc.suggest.forms import BASES, PARTICIPLES, PASTS, THIRDS
from askdoc.suggest.tokens import (
    BE,
    HAVE,
    MODALS,
    NOT,
    Token,
    is_adverb,
    may_be_third,
    opens_object,
)  # fmt: skip


class FiniteVerb(NamedTuple):
    """A verb with its helpers; `after` is the word behind it."""

    tense: str
    base: str
    passive: bool
    after: int


def finite_verb(words: list[Token], at: int, plural: bool) -> FiniteVerb | None:
    """The verb that begins with a word, if it can be one there."""
    while at < len(words) and is_adverb(words[at].low):
        at += 1
    if at + 1 >= len(words):
        return None
    low, following = words[at].low, words[at + 1].low
    if following in NOT:
        return None
    if low in MODALS:
        after = at + 1
        while after < len(words) and is_adverb(words[after].low):
            after += 1
        base = words[after].low if after < len(words) else ""
        if base == "be" and after + 1 < len(words) and words[after + 1].low in PARTICIPLES:
            return FiniteVerb(low, words[after + 1].low, True, after + 2)
        return FiniteVerb(low, base, False, after + 1) if base in BASES or base == "be" else None
    if low in BE:
        tense = "past" if low in ("was", "were") else "present"
        after = at + 1
        while after < len(words) and is_adverb(words[after].low):
            after += 1
        if after < len(words) and words[after].low in PARTICIPLES:
            return FiniteVerb(tense, words[after].low, True, after + 1)
        return FiniteVerb(tense, "be", False, at + 1)
    if low in HAVE:
        if following in ("been", "to") or is_adverb(following):
            return None
        if following in PARTICIPLES:
            return FiniteVerb(low, PASTS[PARTICIPLES[following]], False, at + 2)
        return FiniteVerb("past" if low == "had" else "present", "have", False, at + 1)
    if low in PASTS and words[at].text == low:
        if PASTS[low] == low and not opens_object(following):
            return None
        return FiniteVerb("past", PASTS[low], False, at + 1)
    if words[at].text != low:
        return None
    if not plural and may_be_third(low, following):
        return FiniteVerb("present", THIRDS[low], False, at + 1)
    if plural and low in BASES and opens_object(following):
        return FiniteVerb("present", low, False, at + 1)
    return None
