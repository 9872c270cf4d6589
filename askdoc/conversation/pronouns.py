"""Put names in place of the pronouns of a question.

A pronoun that a name or another pronoun within the same question explains stays: "When did Marsh
sell his boat?" says whose boat it was. One does not: beside a name as its verb's subject "him" is
somebody else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from askdoc.conversation.focus import Focus
from askdoc.conversation.lexis import (
    FEMALE,
    MALE,
    NEUTER,
    PERSONAL,
    PLURAL,
    Sex,
)
from askdoc.conversation.mentions import Name, names
from askdoc.words import STOP_WORDS

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CLITIC = re.compile(r"['’](?:s|d|ll|ve|re)$", re.I)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|isn['’]t|wasn['’]t|be) it (?:\w+ )?(?:that|to|true|possible|known|clear|said)\b"
    r"|\b(?:do|does|did|will|would) it (?:take|say|mention|state|tell|list|explain|matter|happen|rain)\b"
    r"|\bit (?:says?|said|states?|mentions?|take|takes|took|happens?|seems?|turns out)\b"
    r"|\b(?:is|was|how) (?:\w+ )?it (?:like|when|if|for \w+ to)\b"
    r"|\bwhat time (?:is|was) it\b|\bmake it (?:to|big|into)\b",
    re.I,
)
_OBJECTS = frozenset("him her them it".split())
_NO_NOUN = frozenset("in on at to for from with by of as and or but when while after before than".split())


@dataclass(frozen=True)
class _Pronoun:
    word: str
    start: int
    end: int
    possessive: bool

    @property
    def classes(self) -> frozenset[str]:
        low = self.word.lower()
        return next(each for each in (MALE, FEMALE, NEUTER, PLURAL) if low in each)


def replace_pronouns(question: str, focus: Focus) -> str:
    """The question with names in place of the pronouns that nothing within it explains."""
    here = names(question)
    done: list[frozenset[str]] = []
    pieces: list[str] = []
    at = 0
    for pronoun in _pronouns(question):
        if pronoun.classes in done or _expletive(question, pronoun):
            continue
        beside = [name for name in here if name.end <= pronoun.start]
        if _explained(pronoun, beside, question, focus):
            done.append(pronoun.classes)
            continue
        meant = focus.meant_by(pronoun.word, here)
        if meant is None:
            continue
        done.append(pronoun.classes)
        pieces += [question[at : pronoun.start], _shown(meant, pronoun, question)]
        at = pronoun.end
    return "".join([*pieces, question[at:]])


def _pronouns(question: str) -> list[_Pronoun]:
    words = list(_WORD.finditer(question))
    found = []
    for number, match in enumerate(words):
        bare = _CLITIC.sub("", match.group())
        low = bare.lower()
        if low not in PERSONAL or low.endswith(("self", "selves")) or bare.isupper() and low == "it":
            continue
        following = words[number + 1] if number + 1 < len(words) else None
        possessive = low in ("his", "its", "their")
        if low in ("her", "his") and following is not None:
            gap = question[match.end() : following.start()]
            possessive = not gap.strip() and following.group().lower() not in STOP_WORDS - {"own", "other", "most", "more"}
        if low in ("hers", "theirs"):
            possessive = True
        found.append(_Pronoun(bare, match.start(), match.start() + len(bare), possessive))
    return found


def _expletive(question: str, pronoun: _Pronoun) -> bool:
    if pronoun.word.lower() != "it":
        return False
    return any(m.start() <= pronoun.start < m.end() for m in _EXPLETIVE.finditer(question))


def _explained(pronoun: _Pronoun, before: list[Name], question: str, focus: Focus) -> bool:
    """Whether a name before the pronoun is what it stands for."""
    sexes: dict[frozenset[str], Sex] = {MALE: "m", FEMALE: "f"}
    agreeing = []
    for name in before:
        known = next((n for n in focus.everyone() if n.same(name)), name)
        if pronoun.classes in sexes:
            fits = known.kind in (None, "person") and known.sex in (None, sexes[pronoun.classes])
        elif pronoun.classes is PLURAL:
            fits = known.kind != "person" or len(before) > 1
        else:
            fits = known.kind != "person"
        if fits:
            agreeing.append(name)
    if not agreeing:
        return _explained_by_noun(pronoun, question)
    if pronoun.word.lower() not in _OBJECTS or pronoun.possessive:
        return True
    # "What did Marsh tell him?": an object beside its verb isn't that verb's subject.
    between = question[agreeing[-1].end : pronoun.start].split()
    return len(between) > 2 or len(agreeing) > 1


_NOUN_BEFORE = re.compile(
    r"\b(?:a|an|the|every|each|any|some|which|what|most|many)\s+(?:[^\W\d_]+\s+){0,3}?[^\W\d_]{3,}\b",
    re.I,
)


def _explained_by_noun(pronoun: _Pronoun, question: str) -> bool:
    """Whether "it" or "they" follows a noun of the same question in a further clause."""
    if pronoun.classes not in (NEUTER, PLURAL) and not pronoun.possessive:
        return False
    before = question[: pronoun.start]
    clause = re.search(r"\b(?:that|when|if|because|after|before|while|and|than|who|which)\s+(?:\w+\s+){0,2}$", before)
    return bool(clause and _NOUN_BEFORE.search(before[: clause.start()]))


def _shown(name: Name, pronoun: _Pronoun, question: str) -> str:
    text = name.shown
    if pronoun.start == 0:
        text = text[0].upper() + text[1:]
    return possessive(text) if pronoun.possessive else text


def possessive(text: str) -> str:
    """A name as an owner: "Marsh's", "the Cardinals'"."""
    if text.endswith(('"', "”")):
        return f"{text[:-1]}'s{text[-1]}"
    return f"{text}'" if text.endswith("s") else f"{text}'s"
