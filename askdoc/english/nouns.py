"""Common noun phrases of questions and answers, as a pronoun takes them up: "the night ferry"."""

from __future__ import annotations

import re
from typing import NamedTuple

from askdoc.english import word_classes as en
from askdoc.english.terms import STOP_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DETERMINERS = en.ARTICLES | en.DEMONSTRATIVES | {"any", "some", "many"}
_DO = en.AUXILIARIES - en.BE | frozenset(
    "don't doesn't didn't hasn't haven't hadn't can't couldn't won't wouldn't shouldn't".split()
)
_OPENS_CLAUSE = frozenset("if when because while".split())
_MOST_WORDS = 3
# Nouns that nothing takes up as "it" or "they".
_VAGUE = frozenset(
    "time times name names kind kinds type types sort way ways year years day days month months "
    "one ones reason reasons people article section text page passage something anything part most "
    "first last next other same only rest number amount story thing things aspects information "
    "lot bit result results percent percentage money far hour hours minute minutes mile miles "
    "metres meters pounds dollars euros degrees age colour color size person".split()
)
_PREDICATE = re.compile(r"\w*(?:ed|lt|wn|ld|en)|due|open|full|free|ready|valid|late|available")
# "How many nurses does", "which stand did", "how much do tickets"
_ASKED_OF = re.compile(
    r"\W*(?:and )?(?:in |on |at |for |from |to |with )?(?:how (?:many|much)|which|what) "
    rf"(?!(?:of|kind|sort|other|else)\b)([a-z][\w-]*(?: [a-z][\w-]*){{0,2}}?) {en.AUXILIARY}\b"
    r"|\W*(?:and )?(?:how many ([a-z]{3,}s)\b|which ([a-z]{3,}) [a-z]{3,}(?:s|ed)\b)"
    r"|\W*(?:and )?(?:how much|where|when|why|how) (?:do|did|are|were) ([a-z]{3,}s) ",
    re.I,
)


class Noun(NamedTuple):
    """A noun phrase as it is taken up again, with "the", and its number."""

    text: str
    plural: bool


def nouns(question: str) -> list[Noun]:
    """The noun phrases of a question whose nouns are common, in order."""
    words = [match.group() for match in _WORD.finditer(question)]
    lows = [word.lower() for word in words]
    acts = any(low in _DO for low in lows[:3]) or not any(low in en.BE for low in lows[:3])
    found = []
    for at, low in enumerate(lows):
        # "Was it a hit?" says what something is, not what there is to talk of.
        if low not in _DETERMINERS or (low in ("a", "an") and not acts):
            continue
        phrase = _phrase(words, at)
        if 0 < len(phrase) <= _MOST_WORDS and phrase[-1].lower() not in _VAGUE:
            found.append(Noun(f"the {' '.join(phrase)}", en.is_plural(phrase[-1])))
    return [*found, *_asked_of(question)]


def _phrase(words: list[str], at: int) -> list[str]:
    """The words of the noun phrase behind the determiner at `at`, without a predicate."""
    phrase: list[str] = []
    for later in words[at + 1 : at + 2 + _MOST_WORDS]:
        if later.lower() in STOP_WORDS or later[0].isupper():
            break
        phrase.append(later)
    if len(phrase) < 2:
        return phrase
    ends = at + 1 + len(phrase) == len(words)
    before = words[at - 1].lower() if at else ""
    if before in _DO or (before in en.BE and not ends):
        return phrase[:-1] if ends else phrase[:1]
    predicate = before in en.BE and _PREDICATE.fullmatch(phrase[-1].lower())
    return phrase[:-1] if ends and (before in _OPENS_CLAUSE or predicate) else phrase


def _asked_of(question: str) -> list[Noun]:
    """What a question counts or chooses of: "Which stand did they take?" """
    asked = _ASKED_OF.match(question)
    if asked is None:
        return []
    text = next(filter(None, asked.groups())).lower()
    last = text.split()[-1]
    if not STOP_WORDS.isdisjoint(text.split()) or last in _VAGUE:
        return []
    return [Noun(f"the {text}", en.is_plural(last))]
