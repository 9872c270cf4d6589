"""Coreference: the antecedent of a pronoun, chosen among what the dialogue has named.

Candidates are the names and noun phrases of the turns before, the topic, and whom the documents
name most. Those that disagree in gender or number are out; the others are scored by a linear model
of where and how they were named. Its weights are fitted by `lab/training/followups.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources

from askdoc.conversation.history import History, Turn
from askdoc.english import word_classes as en
from askdoc.english.names import Name, describe, names_apart
from askdoc.english.nouns import nouns

_MOST_TURNS = 6
_WORD = re.compile(r"[^\W_]+")
_HINT = re.compile(r"\s*\(([^()]*)\)\s*$")
_ASKS_FOR_NAME = re.compile(r"\W*(?:and )?(?:who|whom|which|what|name|with whom)\b", re.I)
_ASKS_WHERE = re.compile(r"\W*(?:and )?(?:from )?where\b", re.I)
# "Who is", "what's the"
_WHO_IS = re.compile(r"\W*(?:and )?(?:who|what)(?:['’]s| (?:is|was|are|were)) (?:the )?$", re.I)
_AT_PLACE = re.compile(r"\b(?:in|at|from|to|near|of|reach|leave|enter) (?:the )?$", re.I)

FEATURES = (
    "bias", "turns back", "last question", "last answer", "last quote", "topic", "documents",
    "whole answer", "whole answer to who or what", "whole answer to where", "asked who it is",
    "antecedent of the last turn", "antecedent before", "first in its question",
    "last in its question", "at a place", "times named", "gender or number known", "type known",
    "unknown to the documents", "common noun", "article",
)  # fmt: skip
"""What `features` gives, in its order."""


def pronoun_class(word: str) -> str:
    """ "m", "f", "they" or "it", by what the pronoun agrees with."""
    low = word.lower()
    gender = "m" if low in en.MALE else "f" if low in en.FEMALE else ""
    return gender or ("they" if low in en.PLURAL else "it")


@dataclass
class Candidate:
    """Something that a pronoun may stand for, and how it was named."""

    name: Name
    back: int
    signs: set[str] = field(default_factory=set)
    antecedent: dict[str, int] = field(default_factory=dict)  # pronoun's class -> turns back
    times: int = 1

    @property
    def is_noun(self) -> bool:
        """True of what has no name of its own."""
        return "common noun" in self.signs

    def add(self, other: Candidate) -> None:
        """Count an older mention of the same, which may have its name in full."""
        gender = self.name.gender or other.name.gender
        type_ = self.name.type or other.name.type
        longer = len(other.name.text) > len(self.name.text) and not self.is_noun
        self.name = replace(other.name if longer else self.name, gender=gender, type=type_)
        self.signs |= other.signs & {"topic", "documents"}
        self.antecedent = other.antecedent | self.antecedent
        self.times += other.times


class Antecedents:
    """The candidates that a dialogue history gives."""

    def __init__(self, history: History) -> None:
        self.entities = history.entities
        self.candidates: list[Candidate] = []
        for back, turn in enumerate(reversed(history.turns[-_MOST_TURNS:])):
            for candidate in self._mentions(turn, back):
                self._add(candidate)
        if history.headings:
            back = len(history.turns)
            self._add(Candidate(_topic(history), back, {"topic"}))
        for name in (self.entities.foremost("m"), self.entities.foremost("f")):
            if name is not None:
                self._add(Candidate(self.entities.usual(name), _MOST_TURNS, {"documents"}))

    def _add(self, candidate: Candidate) -> None:
        for known in self.candidates:
            if known.is_noun == candidate.is_noun and known.name.same(candidate.name):
                known.add(candidate)
                return
        self.candidates.append(candidate)

    def _mentions(self, turn: Turn, back: int) -> Iterator[Candidate]:
        """What a turn names, its question first, each as it is best put."""
        typed = {word.lower() for word in _WORD.findall(turn.typed or turn.question)}
        pronouns = {pronoun_class(word) for word in typed & en.PERSONAL}
        found = self._named(turn.question) + _common(turn.question)
        found.sort(key=lambda one: one[0].start)
        for at, (name, signs) in enumerate(found):
            if not back:
                signs.add("last question")
            if not at:
                signs.add("first in its question")
            if at + 1 == len(found):
                signs.add("last in its question")
            if _WHO_IS.match(turn.question[: name.start]):
                signs.add("asked who it is")
            put_in = name.words.isdisjoint(typed)
            yield Candidate(name, back, signs, dict.fromkeys(pronouns, back) if put_in else {})
        yield from self._answers(turn, back)

    def _answers(self, turn: Turn, back: int) -> Iterator[Candidate]:
        whole = {"whole answer"}
        if _ASKS_FOR_NAME.match(turn.question):
            whole.add("whole answer to who or what")
        if _ASKS_WHERE.match(turn.question):
            whole.add("whole answer to where")
        last = set() if back else {"last answer"}
        given = self._named(turn.answer)
        size = len(turn.answer.split())
        for name, signs in given:
            alone = size <= len(name.text.split()) + 3
            yield Candidate(name, back, signs | last | (whole if alone else set()))
        if not back:
            for name, signs in _common(turn.answer):
                yield Candidate(name, back, signs | last)
            for name, signs in self._named(" ".join(turn.answers[1:])):
                yield Candidate(name, back, signs | {"last quote"})

    def _named(self, text: str) -> list[tuple[Name, set[str]]]:
        """The names of a text as the documents mostly put them."""
        told = (self.entities.usual(self.entities.tell(name)) for name in names_apart(text))
        return [(name, _place(name, text)) for name in told]

    def of(self, pronoun: str, besides: Sequence[Name]) -> Name | None:
        """The antecedent of a personal pronoun, None where no candidate is likely enough.

        `besides` are names that it can't stand for, for they stand beside it.
        """
        kind = pronoun_class(pronoun)
        able = self.able(kind, besides)
        scores = [score(self.features(one, kind), kind) for one in able]
        best = max(range(len(able)), key=scores.__getitem__, default=None)
        return None if best is None or scores[best] < 0.0 else able[best].name

    def may_mean(self, kind: str, name: Name, beside: int) -> bool:
        """True where a class of pronouns agrees with a name that stands before it.

        `beside` counts the names there: two people together may be "they".
        """
        told = self.entities.tell(name) if self.entities else name
        name = next((one.name for one in self.candidates if one.name.same(name)), told)
        if kind in ("m", "f"):
            return name.type in (None, "person") and name.gender in (None, kind)
        return name.type != "person" or (kind == "they" and beside > 1)

    def able(self, kind: str, besides: Sequence[Name]) -> list[Candidate]:
        """The candidates that agree with a class of pronouns."""
        return [
            one
            for one in self.candidates
            if _agrees(one.name, kind, one.is_noun)
            and not any(one.name.same(other) for other in besides)
        ]

    def features(self, candidate: Candidate, kind: str) -> list[float]:
        """A row of numbers about a candidate for a class of pronouns: see `FEATURES`."""
        name = candidate.name
        known = name.gender == kind if kind in ("m", "f") else name.plural is not None
        antecedent = candidate.antecedent.get(kind, _MOST_TURNS)
        values = {
            "bias": 1.0,
            "turns back": min(candidate.back, _MOST_TURNS) / 2,
            "antecedent of the last turn": antecedent == 0,
            "antecedent before": antecedent < _MOST_TURNS,
            "times named": min(candidate.times, 4) / 2,
            "gender or number known": known,
            "type known": name.type is not None,
            "unknown to the documents": bool(self.entities) and name.type is None,
            "article": name.article,
        }
        return [float(values.get(key, key in candidate.signs)) for key in FEATURES]


def _place(name: Name, text: str) -> set[str]:
    return {"at a place"} if _AT_PLACE.search(text[: name.start]) else set()


def _common(text: str) -> list[tuple[Name, set[str]]]:
    """The common nouns of a text, as names that stand after "the"."""
    found = []
    for noun in nouns(text):
        bare = noun.text.removeprefix("the ")
        start = max(0, text.lower().find(bare.lower()))
        type_: en.EntityType | None = "person" if en.is_person_noun(bare.split()[-1]) else None
        name = Name(bare, type_, None, noun.plural, True, start, start + len(bare))
        found.append((name, {"common noun"} | _place(name, text)))
    return found


def _agrees(name: Name, kind: str, noun: bool) -> bool:
    """Agreement in person, gender and number, as far as the name tells them."""
    if kind in ("m", "f"):
        person = name.type == "person" or not (name.type or noun or name.article)
        return person and not name.plural and name.gender in (None, kind)
    if kind == "they":
        several = name.type in (None, "group") and name.plural is None and not noun
        return bool(name.plural) or several
    return name.type != "person" and not name.plural


def _topic(history: History) -> Name:
    """What the first heading names, as a person where what was said has "he" or "she"."""
    heading = history.headings[0]
    hint = _HINT.search(heading)
    name = describe(_HINT.sub("", heading) or heading)
    for noun in map(en.type_of_noun, _WORD.findall(hint[1] if hint else "")):
        if noun is not None and noun != "person":
            return replace(name, type=noun, gender=None)
    said = " ".join(f"{turn.question} {turn.answer}" for turn in history.turns)
    words = [word.lower() for word in _WORD.findall(said)]
    men, women = (sum(word in some for word in words) for some in (en.MALE, en.FEMALE))
    if name.type in (None, "person") and men != women:
        return replace(name, type="person", gender="m" if men > women else "f", plural=False)
    return name if name.type == "person" else replace(name, plural=None)


def score(row: Sequence[float], kind: str) -> float:
    """How likely a candidate is the antecedent: above 0 it is likelier than that there is none."""
    return sum(weight * value for weight, value in zip(_weights()[kind], row, strict=True))


@cache
def _weights() -> dict[str, list[float]]:
    import json

    raw = resources.files("askdoc.data").joinpath("conversation.json").read_text("utf-8")
    tables: dict[str, dict[str, float]] = json.loads(raw)["antecedents"]
    found = {kind: [table[name] for name in FEATURES] for kind, table in tables.items()}
    return {**found, "m": found["person"], "f": found["person"]}
