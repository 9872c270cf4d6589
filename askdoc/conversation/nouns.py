"""Common nouns that a question is about: "the bridge" in "When did the bridge fall?"

No word's part of speech is known here, so only phrases whose end is plain are taken: before a
function word, at the end of the question, or before the verb that "did" belongs to.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from askdoc.words import STOP_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DETERMINERS = frozenset("the a an any some many this that these those".split())
_DO = frozenset("do does did has have had can could will would should".split())
_BE = frozenset("is are was were".split())
_MOST_WORDS = 3
_VAGUE = frozenset(
    "time times name names kind kinds type types sort way ways year years day days month months "
    "one ones reason reasons people article section text page passage something anything part most "
    "first last next other same only rest number amount story thing things aspects information "
    "lot bit result results".split()
)
_SINGULAR = re.compile(r"(?:[sui]s|ics)$")


class Noun(NamedTuple):
    """A noun phrase as it is taken up again, with "the", and whether it is plural."""

    text: str
    plural: bool


def nouns(question: str) -> list[Noun]:
    """The noun phrases of a question whose nouns are common, in order."""
    words = [match.group() for match in _WORD.finditer(question)]
    found = []
    for at, word in enumerate(words):
        if word.lower() not in _DETERMINERS:
            continue
        if word.lower() in ("a", "an") and words[0].lower() not in _DO:
            continue  # "Was it a hit?" says what something is, not what there is to talk of
        phrase: list[str] = []
        for later in words[at + 1 : at + 2 + _MOST_WORDS]:
            if later.lower() in STOP_WORDS or later[0].isupper():
                break
            phrase.append(later)
        ends = at + 1 + len(phrase) == len(words)
        before = words[at - 1].lower() if at else ""
        if (before in _DO or (before in _BE and not ends)) and len(phrase) > 1:
            phrase = phrase[:-1] if ends else phrase[:1]
        elif (
            before in _BE
            and ends
            and len(phrase) > 1
            and phrase[-1].endswith(("ed", "lt", "wn", "ld", "en"))
        ):
            phrase = phrase[:-1]
        if phrase and len(phrase) <= _MOST_WORDS and phrase[-1].lower() not in _VAGUE:
            found.append(Noun(f"the {' '.join(phrase)}", is_plural(phrase[-1])))
    return found


def is_plural(noun: str) -> bool:
    """Whether a noun looks plural."""
    low = noun.lower()
    return low in ("men", "women", "children") or (low.endswith("s") and not _SINGULAR.search(low))
