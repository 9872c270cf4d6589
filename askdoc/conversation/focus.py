"""What a conversation is about by now, and so what a pronoun in the next question may stand for.

The subject of the whole conversation is nearly always what a pronoun means; somebody else takes its
place when a question was about them, or when they were the answer to "who?". A pronoun keeps its
meaning from turn to turn until something else comes up that it agrees with better.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from askdoc.conversation.apart import apart
from askdoc.conversation.lexis import FEMALE, MALE, PLURAL, Sex, is_person_noun, sex_of_word
from askdoc.conversation.mentions import Name, names
from askdoc.conversation.nouns import given, is_plural, nouns
from askdoc.conversation.things import group, pair, said_noun, thing
from askdoc.conversation.topic import called, section_heading, section_of, texts_of, topic_of
from askdoc.conversation.turns import Talk, Turn

_WORD = re.compile(r"[^\W_]+")
_ASKS_FOR_NAME = re.compile(r"\W*(?:and )?(?:who|whom|which|what|name|with whom)\b", re.I)
_WHO_IS = re.compile(
    r"\W*(?:who|what)(?:['’]s| (?:is|was|are|were)) (?:the |this )?(.{2,60}?)\W*$", re.I
)
_NO_PERSON = re.compile(r"^[Tt]he | (?:on|in|to|with|from|at|by|for|and) |\d|^[\"“]")
_WHO = re.compile(r"\W*(?:and )?(?:who|whom)\b", re.I)
_ASKS_WHO_IS = re.compile(
    r"\W*(?:and )?(?:who|what)(?:['’]s| (?:is|was|are|were)) (?![A-Z]\w+\W*$)"
)
_MOST_RECENT = 12
_FOREMOST = 2  # times as often as anybody else


class Focus:
    """What was talked of, heard turn by turn; asks nothing but the turns themselves."""

    def __init__(self, talk: Talk) -> None:
        self.heard = " ".join([*talk.headings, *texts_of(talk.turns)])
        self.topic = topic_of(talk, self.heard)
        self.headed = bool(talk.headings)
        self._facts = talk.known
        self.heading = section_heading(talk)
        self.section = section_of(talk)
        self.last: Turn | None = None
        self.turns: list[Turn] = []
        self.spoken: set[str] = set()
        self.current: dict[str, Name] = {}
        self.asked: list[Name] = []
        self.answered: list[Name] = []
        self.older: list[Name] = []
        self.quoted: list[Name] = []
        self.two: Name | None = None
        self.two_at = 0  # how many turns there were by then
        for turn in talk.turns:
            self._hear(turn)

    def _hear(self, turn: Turn) -> None:
        """Take a turn in: what its own pronouns meant, and whom and what it names."""
        typed = turn.typed or turn.question
        words = {word.group().lower(): word.start() for word in _WORD.finditer(typed)}
        spoken = set()
        for key, pronouns in (("m", MALE), ("f", FEMALE), ("they", PLURAL), ("it", {"it", "its"})):
            used = sorted(words.keys() & pronouns)
            if used:
                spoken.add(key)
                meant = self._within(typed[: words[used[0]]], key) or self.meant_by(used[0], ())
                if meant is not None:
                    self.current[key] = meant
                else:
                    self.current.pop(key, None)
        self.older = [*self.asked, *self.answered, *self.older][:_MOST_RECENT]
        found = names if self.headed else apart
        self.asked = [self._known(name) for name in found(turn.question)]
        self.answered = [self._known(name) for name in found(turn.answer)]
        self.quoted = [self._facts.tell(name) for name in apart(" ".join(turn.answers))]
        self.last = turn
        self.turns.append(turn)
        self.spoken = spoken
        if not self.headed:
            self._tell_by_question(turn)
        two = pair(self, ())
        if two is not None:
            self.two, self.two_at = two, len(self.turns)

    def _within(self, before: str, key: str) -> Name | None:
        """Whom a pronoun means that a person's name stands before in its own question."""
        if self.headed or key not in ("m", "f"):
            return None
        people = [self._facts.tell(name) for name in apart(before)]
        people = [n for n in people if n.kind == "person" and n.sex in (None, key)]
        return people[-1] if len(people) == 1 else None

    def _tell_by_question(self, turn: Turn) -> None:
        """After "Who was Marsh?", and in answer to "who?", a name is a person's."""
        self.asked = [
            replace(name, kind="person", plural=False)
            if name.kind is None and self.who_is(name) and _WHO.match(turn.question)
            else name
            for name in self.asked
        ]
        alone = len(self.answered) == 1 and self.answered[0].kind is None
        if alone and _WHO.match(turn.question) and self.named() and not self.answered[0].plural:
            self.answered = [replace(self.answered[0], kind="person", plural=False)]

    def _known(self, name: Name) -> Name:
        """The longer name that this one is short for, where there is one.

        Where the documents tell about names it is as they mostly say it: two may share a surname.
        """
        if self._facts:
            return self._facts.usual(self._facts.tell(name))
        if self.topic and name.words and name.words <= self.topic.words:
            return self.topic
        for known in self.everyone():
            if name.same(known) and len(known.text) > len(name.text):
                return known
        return name

    def everyone(self) -> list[Name]:
        """The topic, then all that was named, the last first."""
        topic = [self.topic] if self.topic else []
        return [*topic, *self.asked, *self.answered, *self.older]

    def is_topic(self, name: Name) -> bool:
        """Whether a name means what the conversation is about."""
        return self.topic is not None and bool(name.words) and name.words <= self.topic.words

    def meant_by(self, pronoun: str, besides: Sequence[Name]) -> Name | None:
        """What a personal pronoun stands for, None where that can't be told.

        `besides` are names that it can't stand for, for they stand beside it.
        """
        low = pronoun.lower()
        if low == "them" and not self.headed:
            noun = said_noun(self, plural=True, besides=besides)
            if noun is not None:
                return noun
        if low in MALE:
            return self._person("m", besides)
        if low in FEMALE:
            return self._person("f", besides)
        return group(self, besides) if low in PLURAL else thing(self, besides)

    def _person(self, sex: Sex, besides: Sequence[Name]) -> Name | None:
        def fits(name: Name) -> bool:
            return (
                name.kind in (None, "person")
                and name.sex in (None, sex)
                and not name.plural
                and not name.article
                and not _NO_PERSON.search(name.text)
                and not any(name.same(other) for other in besides)
            )

        someone = None if self.headed or sex in self.spoken else self._by_noun(sex)
        if someone is not None and not any(fits(n) for n in [*self.asked, *self.answered]):
            return someone
        talked = self._person_talked_of(sex, fits)
        if talked is not None and (talked.sex or self.headed or self._asked_about(talked)):
            return talked
        known = self._in_documents(sex, fits)
        # Nothing tells the sex of the one in question; of another, named as often, it is known.
        times = self._facts.times
        if talked is None or (known is not None and 2 * times(known) >= times(talked)):
            return known
        return talked

    def _asked_about(self, name: Name) -> bool:
        """Whether "who?" was asked about somebody, or answered with the name alone."""
        return self.who_is(name) or (name in self.answered and self.named() == name)

    def _person_talked_of(self, sex: Sex, fits: Callable[[Name], bool]) -> Name | None:
        topic = self.topic if self.topic and fits(self.topic) and self.topic.kind else None
        asked = [name for name in self.asked if fits(name) and (name.kind or self.who_is(name))]
        current = self.current.get(sex)
        if current is not None and fits(current) and sex in self.spoken:
            return current
        is_it = not self.headed and self.last and _ASKS_WHO_IS.match(self.last.question)
        answered = self.named() if is_it else None
        if answered is not None and answered.kind == "person" and fits(answered):
            return answered
        if asked and not (self.headed and any(self.is_topic(name) for name in asked)):
            return asked[-1]
        named = None if self.headed and topic else self.named()
        told = named is not None and (named.kind == "person" or not self._facts)
        if named is not None and told and fits(named) and not self.is_topic(named):
            return named
        if current is not None and fits(current):
            return current
        if topic is not None:
            return topic
        others = [name for name in [*self.answered, *self.older] if fits(name)]
        if not self.headed:
            others = [
                name for name in self.asked if fits(name) and not self.is_topic(name)
            ] + others
        surely = [name for name in others if name.kind == "person"]
        if self._facts:
            return next(iter(surely), None)  # The documents would have told of anybody else.
        if self.topic and fits(self.topic) and not surely:
            return self.topic
        return next(iter(surely or others), None)

    def _by_noun(self, sex: Sex) -> Name | None:
        """Somebody whom the last question or its short answer tells of without a name."""
        if self.last is None:
            return None
        told = [noun.text for noun in nouns(self.last.question) if not noun.plural]
        answer = given(re.sub(r"^(?:one|a single) ", "a ", self.last.answer, flags=re.I), False)
        if answer is not None and answer.article and not is_plural(answer.text):
            told.append(answer.shown)
        for text in reversed(told):
            noun = text.split()[-1]
            if is_person_noun(noun) and sex_of_word(noun) in (None, sex):
                return Name(text, "person", sex, False)
        return None

    def _in_documents(self, sex: Sex, fits: Callable[[Name], bool]) -> Name | None:
        """Somebody whom the last quote names, or else whom the documents name most by far."""
        quoted = [name for name in self.quoted if name.sex == sex and fits(name)]
        people = [name for name in self._facts.people(sex) if fits(name)]
        times = [*map(self._facts.times, people[:2]), 0, 0]
        foremost = people[:1] if times[0] >= max(1, _FOREMOST * times[1]) else []
        found = next(iter([*quoted, *foremost]), None)
        return self._facts.usual(found) if found else None

    def who_is(self, name: Name) -> bool:
        asked = _WHO_IS.match(self.last.question) if self.last else None
        return asked is not None and asked[1].lower().strip() in name.text.lower()

    def named(self) -> Name | None:
        """Whom the last question asked for, where its answer is little more than a name."""
        if self.last is None or len(self.answered) != 1:
            return None
        if not _ASKS_FOR_NAME.match(self.last.question):
            return None
        name = self.answered[0]
        rest = len(self.last.answer.split()) - len(name.text.split())
        return name if rest <= 3 else None

    def work(self, noun: str) -> Name | None:
        """What "the album" or "this song" means: the last name that such a noun stood beside."""
        for name in [*self.asked, *self.answered, *self.older]:
            if name.noun == noun or (name.words and noun in name.words):
                return name
        if self.topic is not None and noun in (self.topic.noun, self._hinted):
            return self.topic
        return None

    @property
    def _hinted(self) -> str:
        """The noun for the topic: what a group or a work is called in the conversation."""
        if self.topic is None or self.topic.kind == "person":
            return ""
        return called(self.heard)
