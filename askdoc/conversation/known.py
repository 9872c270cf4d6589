"""Whom and what the documents name: which names are people's, and whether they are "he" or "she".

A question says "Trump" or "Sheinbaum"; only the text tells that the one is Donald, the other a
president of whom it says "she". What is gathered is votes: a title, a given name, a verb of saying
beside the name, the pronouns of sentences that name nobody else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from askdoc.conversation.apart import NO_NAME, apart
from askdoc.conversation.lexis import (
    FEMALE,
    Sex,
    is_common,
    is_person_noun,
    sex_of_word,
)
from askdoc.conversation.mentions import Name, describe
from askdoc.words import STOP_WORDS

_LONGEST_TEXT = 60_000
_MOST_SENTENCES = 2_000
_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+|\n+")
_WORD = re.compile(r"[^\W_]+")
_SAYS_AFTER = re.compile(
    r"[,\s]*(?:who |also |has |had |later )*(?:said|says|told|asked|added|wrote|argued|explained"
    r"|replied|spoke|announced|claimed|warned|thinks|thought|believes|believed|was born|died"
    r"|married)\b"
)
_SAYS_BEFORE = re.compile(
    r"\b(?:said|says|told|asked|added|replied|according to|married|met|called|named|thanked) $"
)
_APPOSED = re.compile(
    r", (?:an?|the|who) (?:[a-z'’-]+ ){0,3}?([a-z]{3,})\b(?=[,.;]| (?:who|whose)\b)"
)
_INDEFINITE = re.compile(r"\b[Aa]n? $")
_WHERE_BEFORE = re.compile(r"\b(?:in|at|near|across|from|into|to|of|outside) (?:the )?$")
_ROLE = re.compile(r"\b([a-z]{3,}),? $")
_SUBJECT = re.compile(r"\b(he|she|himself|herself)\b|^[\"“'‘]?(his|her)\b", re.I)
_FIRST = re.compile(r"[^\W\d_][\w’'-]*")
_PLURAL = re.compile(r"[^\W\d_]{3,}(?<![sui])s")
_ENOUGH = 2  # times as many votes for the one as for the other
_LONGEST_SENTENCE = 400
_MOST_ALIKE = 10  # names that share a word
_NAMELESS = 2  # sentences over which a pronoun reaches back


@dataclass
class _Votes:
    """What the texts say of one name."""

    times: int = 0
    person: float = 0.0
    other: float = 0.0
    f: float = 0.0
    m: float = 0.0
    first: int = 0  # how many names were named before it

    def add(self, more: _Votes) -> None:
        self.times += more.times
        self.person += more.person
        self.other += more.other
        self.f += more.f
        self.m += more.m

    @property
    def is_person(self) -> bool:
        return self.person >= 1.0 and self.person > self.other

    @property
    def sex(self) -> Sex | None:
        if self.f > _ENOUGH * self.m:
            return "f"
        return "m" if self.m > _ENOUGH * self.f else None


@dataclass
class Known:
    """Names that texts hold, and what they tell about each."""

    _votes: dict[str, _Votes] = field(default_factory=dict)
    _holding: dict[str, set[str]] = field(default_factory=dict)  # word -> names
    _people: dict[Sex, list[Name]] = field(default_factory=dict)  # what was asked for already
    _written: set[str] = field(default_factory=set)  # words without a capital

    def __bool__(self) -> bool:
        return bool(self._votes)

    def hear(self, text: str) -> None:
        """Take in a text, or as much of it as is soon read."""
        before: set[str] = set()
        nameless = 0
        self._people.clear()
        for sentence in _sentences(text):
            here = self._hear_sentence(sentence, before)
            nameless = 0 if here else nameless + 1
            before = here or (before if nameless <= _NAMELESS else set())

    def _hear_sentence(self, sentence: str, before: set[str]) -> set[str]:
        """Take a sentence in that comes after one with these names; its own names."""
        self._written.update(word for word in _WORD.findall(sentence) if word.islower())
        found = self._named(sentence)
        for name in found:
            votes = self._votes.setdefault(name.text, _Votes(first=len(self._votes)))
            if not votes.times:
                for word in name.words:
                    alike = self._holding.setdefault(word, set())
                    if len(alike) < _MOST_ALIKE:
                        alike.add(name.text)
            _vote(votes, name, sentence)
        self._vote_by_pronoun(sentence, found, before)
        return {name.text for name in found}

    def _named(self, sentence: str) -> list[Name]:
        """The names of a sentence, and its first word where it is part of a name elsewhere."""
        found = list(apart(sentence))
        first = _FIRST.match(sentence)
        if first is None or (found and found[0].start == 0):
            return found
        bare = re.sub(r"['’]s?$", "", first.group())
        if bare[0].isupper() and bare.lower() in self._holding and bare.lower() not in STOP_WORDS:
            return [Name(bare, start=0, end=len(bare)), *found]
        return found

    def _vote_by_pronoun(self, sentence: str, found: Sequence[Name], before: set[str]) -> None:
        """ "She" is whoever alone is named before it, in its own sentence or else in the last."""
        pronoun = _SUBJECT.search(sentence)
        if pronoun is None:
            return
        ahead = {name.text for name in found if name.end <= pronoun.start()}
        people = [text for text in sorted(ahead) if self._is_person(text)]
        if not people and not ahead:
            people = [text for text in sorted(before) if self._is_person(text)]
        if len(people) != 1:
            return
        votes = self._votes[people[0]]
        female = pronoun.group().lower().lstrip("\"“'‘") in FEMALE
        votes.f += female
        votes.m += not female
        votes.person += 0.5

    def _is_person(self, text: str) -> bool:
        gathered = self._gathered(describe(text))
        return gathered is not None and gathered[1].is_person

    def _gathered(self, name: Name) -> tuple[str, _Votes] | None:
        """The full name that this one is short for, and the votes for both.

        Of several with one surname, it alone is whoever is named in full first.
        """
        own = name.words
        sharing = set().union(*(self._holding.get(word, ()) for word in own))
        forms = [text for text in sharing if _is_form(name.text, text)]
        if not forms:
            return None
        chief = self._chief(name.text.split()[-1]) or max(forms, key=len)
        full = name.text if " " in name.text and name.text in self._votes else chief
        total = _Votes()
        for text in {full, *forms}:
            if text == full or (full == chief and " " not in text):
                total.add(self._votes[text])
        return full, total

    def _chief(self, surname: str) -> str:
        """Whoever of this surname, or given name, is named in full first."""
        low = surname.lower()
        fulls = [
            text
            for text in self._holding.get(low, ())
            if " " in text and self._votes[text].is_person and _is_form(surname, text)
        ]
        return min(fulls, key=lambda text: self._votes[text].first, default="")

    def tell(self, name: Name) -> Name:
        """The name with the kind and sex that the texts give it, where it doesn't tell itself."""
        if name.noun or name.article or name.kind in ("group", "thing"):
            return name
        gathered = self._gathered(name)
        if gathered is None:
            return name
        votes = gathered[1]
        if not votes.is_person:
            place = votes.other > 0 and name.kind is None and name.plural is None
            return replace(name, kind="thing", plural=False) if place else name
        return replace(name, kind="person", sex=name.sex or votes.sex, plural=False)

    def cased(self, question: str) -> str:
        """The question with capitals for names, where all of it was typed without.

        A word is a name where the texts have it in names and never without its capital.
        """
        if question[1:] != question[1:].lower():
            return question
        return _WORD.sub(lambda word: self._as_written(word.group()), question)

    def _as_written(self, word: str) -> str:
        low = word.lower()
        if low in self._written or low in STOP_WORDS or low not in self._holding:
            return word
        holding = self._holding[low]
        if is_common(word) and not any(" " not in t or self._is_person(t) for t in holding):
            return word
        every = {part for text in sorted(holding) for part in _WORD.findall(text)}
        forms = sorted(part for part in every if part.lower() == low)
        return forms[0] if forms else word

    def times(self, name: Name) -> int:
        """How often a name is named, in short or in full."""
        gathered = self._gathered(name)
        return gathered[1].times if gathered else 0

    def people(self, sex: Sex) -> list[Name]:
        """Who is surely "he" or surely "she", whoever is named most first."""
        if sex not in self._people:
            self._people[sex] = self._counted(sex)
        return self._people[sex]

    def _counted(self, sex: Sex) -> list[Name]:
        counted: Counter[str] = Counter()
        for text in self._votes:
            gathered = self._gathered(describe(text))
            if not gathered or (_PLURAL.fullmatch(text) and gathered[1].other > 0):
                continue
            if gathered[1].is_person and gathered[1].sex == sex:
                counted[gathered[0]] = gathered[1].times
        return [
            replace(describe(text), kind="person", sex=sex, plural=False)
            for text, _ in counted.most_common()
        ]

    def usual(self, name: Name) -> Name:
        """Somebody by the surname, where that is what the texts mostly say."""
        surname = name.text.split()[-1]
        full, alone = self._votes.get(name.text), self._votes.get(surname)
        mostly = full is not None and alone is not None and alone.times >= full.times
        # Of a family only one is called by the surname.
        return replace(name, text=surname) if mostly and self._chief(surname) == name.text else name


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a text, each in one line, or parts of what is too long for one."""
    for sentence in _END.split(text[:_LONGEST_TEXT])[:_MOST_SENTENCES]:
        line = " ".join(sentence.split())
        start = 0
        while start < len(line):
            end = start + _LONGEST_SENTENCE
            space = line.rfind(" ", start, end) if end < len(line) else -1
            yield line[start : space if space > start else end]
            start = space + 1 if space > start else end


def known_from(texts: Iterable[str]) -> Known:
    """What some texts tell about whom they name."""
    known = Known()
    for text in texts:
        known.hear(text)
    return known


def _vote(votes: _Votes, name: Name, sentence: str) -> None:
    """Count what one mention of a name tells."""
    before = sentence[: name.start]
    role = _ROLE.search(before)
    by_role = role is not None and is_person_noun(role[1])
    apposed = _APPOSED.match(sentence, name.end)
    votes.times += 1
    votes.person += 3.0 * (name.kind == "person") + by_role
    votes.person += apposed is not None and is_person_noun(apposed[1])
    votes.other += 3.0 * (name.kind in ("group", "thing")) + 0.5 * name.article
    # "A Norwegian engineer": nobody's name stands behind "a".
    votes.other += 2.0 * (_INDEFINITE.search(before) is not None)
    if _SAYS_AFTER.match(sentence, name.end) or _SAYS_BEFORE.search(before):
        votes.person += 1.0
    elif _WHERE_BEFORE.search(before):
        votes.other += 0.5
    sex = name.sex or (sex_of_word(role[1]) if role else None)
    if sex == "f":
        votes.f += 3.0
    elif sex == "m":
        votes.m += 3.0


def _is_form(one: str, other: str) -> bool:
    """Whether one name is the other in short: by surname or given name, or without a middle one."""
    short, long = sorted((one.lower().split(), other.lower().split()), key=len)
    if len(short) > 1:
        return set(short) <= set(long)
    return short == long or (short[0] in (long[0], long[-1]) and NO_NAME.isdisjoint(long))
