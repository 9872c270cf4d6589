"""Common nouns that a question is about: "the bridge" in "When did the bridge fall?"

No word's part of speech is known here, so only phrases whose end is plain are taken: before a
function word, at the end of the question, or before the verb that "did" belongs to.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from askdoc.conversation.lexis import Kind
from askdoc.conversation.mentions import Name
from askdoc.verbs import PASTS
from askdoc.words import STOP_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DETERMINERS = frozenset("the a an any some many this that these those".split())
_DO = frozenset(
    "do does did has have had can could will would should don't doesn't didn't hasn't haven't "
    "hadn't can't couldn't won't wouldn't shouldn't".split()
)
_OPENS_CLAUSE = frozenset("if when because while".split())
_BE = frozenset("is are was were".split())
_MOST_WORDS = 3
_LONGEST_ANSWER = 5  # words
_VAGUE = frozenset(
    "time times name names kind kinds type types sort way ways year years day days month months "
    "one ones reason reasons people article section text page passage something anything part most "
    "first last next other same only rest number amount story thing things aspects information "
    "lot bit result results".split()
)
_PREDICATE_ENDS = ("ed", "lt", "wn", "ld", "en")
_PREDICATES = frozenset("due open full free ready valid late available possible".split())
_UNITS = frozenset(
    "percent percentage money far hour hours minute minutes mile miles metres meters pounds "
    "dollars euros degrees age colour color size person".split()
)
_SUBJECT = re.compile(
    r"\W*(?:(?:[a-z]+ ){0,3}?)(?:is|are|was|were|do|does|did|has|have|had|can|will|would) the "
    r"([a-z]{3,})\b",
    re.I,
)
_LOOKS_PLURAL = re.compile(r"[a-z]{3,}(?<![suia])s")
_SINGULAR = re.compile(r"(?:[sui]s|ics)$")


class Noun(NamedTuple):
    """A noun phrase as it is taken up again, with "the", and whether it is plural."""

    text: str
    plural: bool


def nouns(question: str) -> list[Noun]:
    """The noun phrases of a question whose nouns are common, in order."""
    words = [match.group() for match in _WORD.finditer(question)]
    acts = any(word.lower() in ("did", "does", "do") for word in words[1:3])
    acts = acts or (words[:1] != [] and not any(word.lower() in _BE for word in words[:3]))
    found = []
    for at, word in enumerate(words):
        if word.lower() not in _DETERMINERS:
            continue
        if word.lower() in ("a", "an") and not (acts or words[0].lower() in _DO):
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
        elif (before in _OPENS_CLAUSE and ends and len(phrase) > 1) or (
            before in _BE
            and ends
            and len(phrase) > 1
            and (phrase[-1].endswith(_PREDICATE_ENDS) or phrase[-1].lower() in _PREDICATES)
        ):
            phrase = phrase[:-1]
        if phrase and len(phrase) <= _MOST_WORDS and phrase[-1].lower() not in _VAGUE:
            found.append(Noun(f"the {' '.join(phrase)}", is_plural(phrase[-1])))
    return [*found, *_asked_of(question)]


_ASKED_OF = re.compile(
    r"\W*(?:and )?(?:in |on |at |for |from |to |with )?(?:how (?:many|much)|which|what) "
    r"(?!(?:of|kind|sort|other|else)\b)([a-z][\w-]*(?: [a-z][\w-]*){0,2}?)"
    r" (?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must)\b"
    r"|\W*(?:and )?(?:how many ([a-z]{3,}s)\b|which ([a-z]{3,}) [a-z]{3,}(?:s|ed)\b)"
    r"|\W*(?:and )?(?:how much|where|when|why|how) (?:do|did|are|were) ([a-z]{3,}s) ",
    re.I,
)


def _asked_of(question: str) -> list[Noun]:
    """What a question counts or chooses of: "Which stand did they take?" """
    asked = _ASKED_OF.match(question)
    if asked is None:
        return []
    text = next(filter(None, asked.groups())).lower()
    last = text.split()[-1]
    if not STOP_WORDS.isdisjoint(text.split()) or last in _VAGUE or last in _UNITS:
        return []
    return [Noun(f"the {text}", is_plural(last))]


def subject_noun(question: str) -> Noun | None:
    """The common noun that the auxiliary of a question stands before: "did the ferry"."""
    found = _SUBJECT.match(question)
    if found is None or found[1].lower() in STOP_WORDS:
        return None
    return Noun(f"the {found[1].lower()}", is_plural(found[1]))


def is_plural(noun: str) -> bool:
    """Whether a noun looks plural."""
    low = noun.lower()
    return low in ("men", "women", "children") or (low.endswith("s") and not _SINGULAR.search(low))


def given(answer: str, plural: bool) -> Name | None:
    """A short answer as the thing that it names: "the ferry" for "a ferry", None for no noun."""
    short = answer.strip().rstrip(".,;:")
    words = short.split()
    if not words or len(words) > _LONGEST_ANSWER or not short[-1].isalpha():
        return None
    first, bare = words[0].lower(), words
    if first in ("a", "an", "the", "some", "this", "its", "their", "his", "her"):
        bare = words[1:]
    if not bare or not all(map(_is_nominal, bare)) or is_plural(bare[-1]) != plural:
        return None
    text = " ".join(bare)
    proper = all(word[0].isupper() for word in bare) and first != "the"
    kind: Kind = "group" if plural else "thing"
    return Name(text, kind, None, plural, article=not proper or (len(bare) == 1 and plural))


def _is_nominal(word: str) -> bool:
    """Whether a word may be part of a name or noun phrase of one piece."""
    low = word.lower()
    return not (low in STOP_WORDS or low in PASTS or low.endswith(("ing", "ly")) or low.isdigit())


def with_noun(name: Name, question: str) -> Name:
    """A name with the noun behind it, where it stands so in a question: "the Lyse bridge"."""
    found = re.search(rf"\bthe {re.escape(name.text)} ([a-z]{{3,}})\b", question)
    if found is None or found[1] in STOP_WORDS or found[1] in PASTS:
        return name
    return replace(name, text=f"{name.text} {found[1]}", article=True)


def several(question: str) -> str:
    """The noun of what a question has several of, or one of many: "mill" for "the first mill"."""
    found = nouns(question)
    words = [noun.text.split()[-1] for noun in found if noun.plural]
    words += [m.group() for m in _WORD.finditer(question) if _LOOKS_PLURAL.fullmatch(m.group())]
    words += [noun.text.split()[-1] for noun in found]
    return next((word.lower() for word in words if word.lower() not in _VAGUE), "")


def plural_of(noun: str) -> str:
    """The plural of a regular noun."""
    if is_plural(noun):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"
