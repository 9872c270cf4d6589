"""The entities that documents name: which names are people's, and their gender.

A question says "Trump" or "Sheinbaum"; only the text tells that the one is Donald, the other a
president of whom it says "she". What is gathered is votes: a title, a given name, a verb of saying
beside the name, the pronouns of sentences that name nobody else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from askdoc.english import word_classes as en
from askdoc.english.names import Name, is_short_form, names_apart, surname
from askdoc.english.terms import STOP_WORDS
from askdoc.split.sentences import blocks

LONGEST_TEXT = 60_000
"""Characters of a text that are looked through."""
_MOST_SENTENCES = 2_000
_WORD = re.compile(r"[^\W_]+")
# ", who later said"
_SAYS_AFTER = re.compile(
    r"[,\s]*(?:who |also |has |had |later )*(?:said|says|told|asked|added|wrote|argued|explained"
    r"|replied|spoke|announced|claimed|warned|thinks|thought|believes|believed|was born|died"
    r"|married)\b"
)
_SAYS_BEFORE = re.compile(
    r"\b(?:said|says|told|asked|added|replied|according to|married|met|called|named|thanked) $"
)
_INDEFINITE = re.compile(r"\b[Aa]n? $")
_WHERE_BEFORE = re.compile(r"\b(?:in|at|near|across|from|into|to|of|outside) (?:the )?$")
_ROLE = re.compile(r"\b([a-z]{3,}),? $")
_SUBJECT = re.compile(r"\b(he|she|himself|herself)\b|^[\"“'‘]?(his|her)\b", re.I)
_ENOUGH = 2  # times as many votes for the one as for the other
_MOST_ALIKE = 10  # names that share a word
_NAMELESS = 2  # sentences over which a pronoun reaches back


class _Votes(Counter[str]):
    """What the texts say of one name: how often for "person", "other", "f" and "m"."""

    @property
    def is_person(self) -> bool:
        return self["person"] >= 1 and self["person"] > self["other"]

    @property
    def gender(self) -> en.Gender | None:
        if self["f"] > _ENOUGH * self["m"]:
            return "f"
        return "m" if self["m"] > _ENOUGH * self["f"] else None


class DocumentEntities:
    """Names that texts hold, and what these tell about each; empty until texts are observed."""

    def __init__(self) -> None:
        self._votes: dict[str, _Votes] = {}  # name -> votes, in the order of the first mentions
        self._holding: dict[str, set[str]] = {}  # word -> names
        self._foremost: dict[en.Gender, Name | None] = {}  # worked out already
        self._lower: set[str] = set()  # words that stand without a capital

    def __bool__(self) -> bool:
        return bool(self._votes)

    def observe(self, text: str) -> None:
        """Take in a text, or as much of it as is soon read."""
        before: set[str] = set()
        nameless = 0
        self._foremost.clear()
        text = text[:LONGEST_TEXT]
        spans = [span for block in blocks(text) for span in block]
        for start, end in spans[:_MOST_SENTENCES]:
            here = self._observe_sentence(" ".join(text[start:end].split()), before)
            nameless = 0 if here else nameless + 1
            before = here or (before if nameless <= _NAMELESS else set())

    def _observe_sentence(self, sentence: str, before: set[str]) -> set[str]:
        """Take in a sentence that comes after one with these names; its own names."""
        self._lower.update(word for word in _WORD.findall(sentence) if word.islower())
        found = list(names_apart(sentence))
        for name in found:
            if name.text not in self._votes:
                self._votes[name.text] = _Votes()
                for word in name.words:
                    alike = self._holding.setdefault(word, set())
                    if len(alike) < _MOST_ALIKE:
                        alike.add(name.text)
            self._votes[name.text] += _votes(name, sentence)
        self._vote_by_pronoun(sentence, found, before)
        return {name.text for name in found}

    def _vote_by_pronoun(self, sentence: str, found: Sequence[Name], before: set[str]) -> None:
        """ "She" is whoever alone is named before it, in its own sentence or else in the last."""
        pronoun = _SUBJECT.search(sentence)
        if pronoun is None:
            return
        ahead = {name.text for name in found if name.end <= pronoun.start()}
        people = [text for text in ahead or before if self._gathered(text)[1].is_person]
        if len(people) == 1:
            female = pronoun.group().lower().lstrip("\"“'‘") in en.FEMALE
            self._votes[people[0]].update(("f" if female else "m", "person"))

    def _gathered(self, name: str) -> tuple[str, _Votes]:
        """The full name that this one is short for, "" for none, and the votes for both.

        Of several with one surname, it alone is whoever is named in full first.
        """
        sharing = set().union(*(self._holding.get(word, ()) for word in Name(name).words))
        forms = [text for text in sharing if is_short_form(name, text)]
        if not forms:
            return "", _Votes()
        chief = self._chief(surname(name)) or max(sorted(forms), key=len)
        full = name if " " in name and name in self._votes else chief
        total = _Votes()
        for text in {full, *forms}:
            if text == full or (full == chief and is_short_form(text, full)):
                total.update(self._votes[text])
        return full, total

    def _chief(self, last: str) -> str:
        """Whoever of this surname, or given name, is named in full first."""
        holding = self._holding.get(last.split()[-1].lower(), ())
        fulls = {text for text in holding if text != last and is_short_form(last, text)}
        return next((t for t in self._votes if t in fulls and self._votes[t].is_person), "")

    def tell(self, name: Name) -> Name:
        """The name with the type and gender that the texts give it, where it doesn't itself."""
        full, votes = self._gathered(name.text)
        if not full or name.article or name.type in ("group", "thing"):
            return name
        if votes.is_person:
            return replace(name, type="person", gender=votes.gender or name.gender, plural=False)
        place = votes["other"] > 0 and name.type is None and name.plural is None
        return replace(name, type="thing", plural=False) if place else name

    def cased(self, question: str) -> str:
        """The question with capitals for names, where all of it was typed without.

        A word is a name where the texts have it in names and never without its capital.
        """
        if question[1:] != question[1:].lower():
            return question
        return _WORD.sub(lambda word: self._as_written(word.group()), question)

    def _as_written(self, word: str) -> str:
        low = word.lower()
        if low in self._lower or low in STOP_WORDS or low not in self._holding:
            return word
        holding = self._holding[low]
        if en.is_common(word) and all(
            " " in t and not self._gathered(t)[1].is_person for t in holding
        ):
            return word
        parts = {part for text in holding for part in _WORD.findall(text)}
        return min((part for part in parts if part.lower() == low), default=word)

    def foremost(self, gender: en.Gender) -> Name | None:
        """Whoever is surely "he", or surely "she", and named most."""
        if gender not in self._foremost:
            gathered = [self._gathered(text) for text in self._votes]
            able = [one for one in gathered if one[1].is_person and one[1].gender == gender]
            full = max(able, key=lambda one: one[1]["times"], default=("", None))[0]
            self._foremost[gender] = Name(full, "person", gender, False) if full else None
        return self._foremost[gender]

    def usual(self, name: Name) -> Name:
        """Somebody by the surname, where that is what the texts mostly say."""
        last = surname(name.text)
        full, alone = self._votes.get(name.text), self._votes.get(last)
        mostly = full is not None and alone is not None and alone["times"] >= full["times"]
        # Of a family only one is called by the surname.
        return replace(name, text=last) if mostly and self._chief(last) == name.text else name


def entities_of(texts: Iterable[str]) -> DocumentEntities:
    """The entities that some texts name."""
    found = DocumentEntities()
    for text in texts:
        found.observe(text)
    return found


def _votes(name: Name, sentence: str) -> _Votes:
    """What one mention of a name tells."""
    before = sentence[: name.start]
    role = _ROLE.search(before)
    votes = _Votes(times=1)
    by_role = role is not None and en.is_person_noun(role[1])
    votes["person"] += 3 * (name.type == "person") + by_role
    # "A Norwegian engineer": nobody's name stands behind "a".
    votes["other"] += 3 * (name.type in ("group", "thing")) + 2 * bool(_INDEFINITE.search(before))
    if _SAYS_AFTER.match(sentence, name.end) or _SAYS_BEFORE.search(before):
        votes["person"] += 1
    elif name.article or _WHERE_BEFORE.search(before):
        votes["other"] += 1
    # A given name alone may be a surname.
    gender = name.gender if name.type == "person" else en.gender_of_word(role[1]) if role else None
    if gender:
        votes[gender] += 3
    return votes
