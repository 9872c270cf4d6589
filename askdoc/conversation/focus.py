"""What a conversation is about by now, and so what a pronoun in the next question may stand for.

The subject of the whole conversation is nearly always what a pronoun means; somebody else takes its
place when a question was about them, or when they were the answer to "who?". A pronoun keeps its
meaning from turn to turn until something else comes up that it agrees with better.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from askdoc.conversation.happenings import asked_for
from askdoc.conversation.known import apart
from askdoc.conversation.lexis import FEMALE, MALE, PLURAL, Sex
from askdoc.conversation.mentions import Name, names
from askdoc.conversation.nouns import given, is_plural, nouns, with_noun
from askdoc.conversation.topic import called, section_heading, section_of, texts_of, topic_of
from askdoc.conversation.turns import Talk, Turn

_WORD = re.compile(r"[^\W_]+")
_ASKS_FOR_NAME = re.compile(r"\W*(?:and )?(?:who|whom|which|what|name|with whom)\b", re.I)
_WHO_IS = re.compile(
    r"\W*(?:who|what)(?:['’]s| (?:is|was|are|were)) (?:the |this )?(.{2,60}?)\W*$", re.I
)
_NO_PERSON = re.compile(r"^[Tt]he | (?:on|in|to|with|from|at|by|for|and) |\d|^[\"“]")
# Not "What is the Blue Coast?", after which "it" is the Blue Coast.
_ASKS_FOR_THING = re.compile(
    r"\W*(?:[Aa]nd )?(who|what|which|Who|What|Which)\b(?! (?:is|are|was|were) (?:the )?[A-Z])"
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
        self._spoken: set[str] = set()
        self._current: dict[str, Name] = {}
        self._asked: list[Name] = []
        self._answered: list[Name] = []
        self._older: list[Name] = []
        self._quoted: list[Name] = []
        self._two: Name | None = None
        for turn in talk.turns:
            self._hear(turn)

    def _hear(self, turn: Turn) -> None:
        """Take a turn in: what its own pronouns meant, and whom and what it names."""
        words = {word.lower() for word in _WORD.findall(turn.question)}
        spoken = set()
        for key, pronouns in (("m", MALE), ("f", FEMALE), ("they", PLURAL), ("it", {"it", "its"})):
            if words & pronouns:
                spoken.add(key)
                meant = self.meant_by(next(iter(sorted(words & pronouns))), ())
                if meant is not None:
                    self._current[key] = meant
                else:
                    self._current.pop(key, None)
        self._older = [*self._asked, *self._answered, *self._older][:_MOST_RECENT]
        found = names if self.headed else apart
        self._asked = [self._known(name) for name in found(turn.question)]
        self._answered = [self._known(name) for name in found(turn.answer)]
        self._quoted = [self._facts.tell(name) for name in apart(" ".join(turn.answers))]
        self.last = turn
        self._spoken = spoken
        self._two = self._pair(()) or self._two

    def _known(self, name: Name) -> Name:
        """The longer name that this one is short for, where there is one.

        Where the documents tell about names it stays as it was said: two may share a surname.
        """
        if self._facts:
            return self._facts.tell(name)
        if self.topic and name.words and name.words <= self.topic.words:
            return self.topic
        for known in self.everyone():
            if name.same(known) and len(known.text) > len(name.text):
                return known
        return name

    def everyone(self) -> list[Name]:
        """The topic, then all that was named, the last first."""
        topic = [self.topic] if self.topic else []
        return [*topic, *self._asked, *self._answered, *self._older]

    @property
    def answered(self) -> list[Name]:
        """The names in the last answer."""
        return self._answered

    @property
    def earlier(self) -> list[Name]:
        """The names before the last turn, the last of them first."""
        return self._older

    def is_topic(self, name: Name) -> bool:
        """Whether a name means what the conversation is about."""
        return self.topic is not None and bool(name.words) and name.words <= self.topic.words

    def meant_by(self, pronoun: str, besides: Sequence[Name]) -> Name | None:
        """What a personal pronoun stands for, None where that can't be told.

        `besides` are names that it can't stand for, for they stand beside it.
        """
        low = pronoun.lower()
        if low == "them" and not self.headed:
            noun = self._noun(plural=True, besides=besides)
            if noun is not None:
                return noun
        if low in MALE:
            return self._person("m", besides)
        if low in FEMALE:
            return self._person("f", besides)
        return self._group(besides) if low in PLURAL else self._thing(besides)

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

        talked = self._person_talked_of(sex, fits)
        if talked is not None and (talked.sex or self.headed):
            return talked
        known = self._in_documents(sex, fits)
        # Nothing tells the sex of the one in question; of another, named as often, it is known.
        times = self._facts.times
        if talked is None or (known is not None and 2 * times(known) >= times(talked)):
            return known
        return talked

    def _person_talked_of(self, sex: Sex, fits: Callable[[Name], bool]) -> Name | None:
        topic = self.topic if self.topic and fits(self.topic) and self.topic.kind else None
        asked = [name for name in self._asked if fits(name) and (name.kind or self._who_is(name))]
        current = self._current.get(sex)
        if current is not None and fits(current) and sex in self._spoken:
            return current
        if asked and not any(self.is_topic(name) for name in asked):
            return asked[-1]
        named = None if self.headed and topic else self._named()
        if named is not None and fits(named) and not self.is_topic(named):
            return named
        if current is not None and fits(current):
            return current
        if topic is not None:
            return topic
        others = [name for name in [*self._answered, *self._older] if fits(name)]
        if not self.headed:
            others = [
                name for name in self._asked if fits(name) and not self.is_topic(name)
            ] + others
        surely = [name for name in others if name.kind == "person"]
        if self._facts:
            return next(iter(surely), None)  # The documents would have told of anybody else.
        if self.topic and fits(self.topic) and not surely:
            return self.topic
        return next(iter(surely or others), None)

    def _in_documents(self, sex: Sex, fits: Callable[[Name], bool]) -> Name | None:
        """Somebody whom the last quote names, or else whom the documents name most by far."""
        quoted = [name for name in self._quoted if name.sex == sex and fits(name)]
        people = [name for name in self._facts.people(sex) if fits(name)]
        times = [*map(self._facts.times, people[:2]), 0, 0]
        foremost = people[:1] if times[0] >= max(2, _FOREMOST * times[1]) else []
        found = next(iter([*quoted, *foremost]), None)
        return self._facts.usual(found) if found else None

    def _who_is(self, name: Name) -> bool:
        asked = _WHO_IS.match(self.last.question) if self.last else None
        return asked is not None and asked[1].lower().strip() in name.text.lower()

    def _named(self) -> Name | None:
        """Whom the last question asked for, where its answer is little more than a name."""
        if self.last is None or len(self._answered) != 1:
            return None
        if not _ASKS_FOR_NAME.match(self.last.question):
            return None
        name = self._answered[0]
        rest = len(self.last.answer.split()) - len(name.text.split())
        return name if rest <= 3 else None

    def _group(self, besides: Sequence[Name]) -> Name | None:
        def fits(name: Name) -> bool:
            several = name.kind == "group" or name.plural
            return bool(several) and not any(name.same(other) for other in besides)

        if not self.headed:
            return self._group_in_documents(fits, besides)
        topic = self.topic
        if topic is not None and any(topic.same(other) for other in besides):
            topic = None
        group = topic is not None and topic.kind != "person"
        asked = [
            name
            for name in self._asked
            if not self.is_topic(name) and (self._who_is(name) if group else fits(name))
        ]
        if asked:
            return asked[-1]
        if "they" in self._current and fits(self._current["they"]):
            return self._current["they"]
        if topic is not None and topic.kind != "person":
            return topic
        others = [name for name in [*self._answered, *self._older] if fits(name)]
        return next(iter(others), topic)

    def _group_in_documents(
        self, fits: Callable[[Name], bool], besides: Sequence[Name]
    ) -> Name | None:
        """Who "they" are where no heading tells what all of it is about."""
        asked = [name for name in self._asked if fits(name)]
        if asked:
            return asked[-1]
        if "they" in self._current and "they" in self._spoken and fits(self._current["they"]):
            return self._current["they"]
        answered = self._given(plural=True)
        if answered is not None and fits(answered):
            return answered
        found = self._noun(plural=True, besides=besides) or self._pair(besides)
        if not found and self._two and not any(self._two.same(other) for other in besides):
            found = self._two
        others = [name for name in [*self._answered, *self._older] if fits(name)]
        if found or others:
            return found or others[0]
        topic = self.topic
        return topic if topic and topic.kind in (None, "group") and not topic.sex else None

    def _pair(self, besides: Sequence[Name]) -> Name | None:
        """The two people of the last question, or of it and its answer."""
        people: list[Name] = []
        for name in [*self._asked, *self._answered, *self._quoted]:
            known = any(name.same(other) for other in [*people, *besides])
            if name.kind == "person" and not known:
                people.append(name)
            if len(people) == 2 and name in self._asked:
                break
        if len(people) != 2:
            return None
        return Name(f"{people[0].shown} and {people[1].shown}", "group", None, True)

    def _thing(self, besides: Sequence[Name]) -> Name | None:
        def fits(name: Name) -> bool:
            return name.kind != "person" and not any(name.same(other) for other in besides)

        if not self.headed:
            return self._thing_in_documents(fits, besides)
        works = [name for name in self._asked if fits(name) and not self.is_topic(name)]
        if works:
            return works[-1]
        if self.topic and self.topic.kind == "thing" and fits(self.topic):
            return self.topic
        answered = [name for name in self._answered if fits(name) and name.kind == "thing"]
        if answered:
            return answered[0]
        current = self._current.get("it")
        if current is not None and fits(current):
            return current
        named = self._named()
        if named is not None and fits(named) and not self.is_topic(named):
            return named
        if self.section is not None and fits(self.section) and self.section.kind == "thing":
            return self.section
        suits = self.topic and self.topic.kind != "person" and fits(self.topic)
        return self.topic if suits else self._noun(plural=False, besides=besides)

    def _thing_in_documents(
        self, fits: Callable[[Name], bool], besides: Sequence[Name]
    ) -> Name | None:
        """What "it" is where no heading tells what all of it is about."""
        said = self.last.question if self.last else ""
        given = self._given(plural=False)
        if given is not None and fits(given):
            return given
        asked = asked_for(said)
        if asked is not None and not asked.text.startswith("what "):
            return asked
        works = [n for n in self._asked if fits(n) and not (n.plural or is_plural(n.text))]
        if works:
            return with_noun(works[-1], said)
        found = self._noun(plural=False, besides=besides) or asked
        current = self._current.get("it")
        if found is None and current is not None and fits(current):
            return current
        topic = self.topic
        if found is None and topic and topic.kind != "person" and fits(topic):
            return topic if topic.article or topic.kind else None
        return found

    def _given(self, plural: bool) -> Name | None:
        """What the last answer named, where it is little more than a noun and was asked for."""
        asked = _ASKS_FOR_THING.match(self.last.question) if self.last else None
        if self.last is None or asked is None or (asked[1].lower() == "who" and not plural):
            return None
        return given(self.last.answer, plural)

    def _noun(self, plural: bool, besides: Sequence[Name]) -> Name | None:
        """The last common noun of the last question."""
        for noun in reversed(nouns(self.last.question) if self.last else []):
            name = Name(noun.text, "group" if plural else "thing", None, plural)
            if noun.plural == plural and not any(name.same(other) for other in besides):
                return name
        return None

    def work(self, noun: str) -> Name | None:
        """What "the album" or "this song" means: the last name that such a noun stood beside."""
        for name in [*self._asked, *self._answered, *self._older]:
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
