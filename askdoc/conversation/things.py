"""What "it" and "they" stand for: a thing, a group, two people together, or a common noun.

Under a heading the topic is nearly always meant. Among documents nothing says what all of it is
about, so what the last question spoke of counts, then what the one before it did.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from askdoc.conversation.happenings import asked_for
from askdoc.conversation.lexis import is_person_noun
from askdoc.conversation.mentions import Name
from askdoc.conversation.nouns import given, is_plural, nouns, subject_noun, with_noun

if TYPE_CHECKING:
    from askdoc.conversation.focus import Focus

# Not "What is the Blue Coast?", after which "it" is the Blue Coast.
_ASKS_FOR_THING = re.compile(
    r"\W*(?:[Aa]nd )?(who|what|which|Who|What|Which)\b"
    r"(?! (?:is|are|was|were) (?:the )?[A-Z][\w .-]*\W*$)"
)
_DOES = re.compile(r"\W*(?:and )?what (?:do|does|did|will|would|should|can) .* do\W*$", re.I)
_SOME_THING = re.compile(
    r"\ban? ([a-z]{3,}(?: [a-z]{3,})??)(?= (?:in|on|at|to|for|with|of|above|by)\b|\W*$)"
)
_RECENT = 5  # turns
_AT_PLACE = re.compile(r"\b(?:in|at|from|to|near|of|reach|leave|enter) (?:the )?$")


def group(focus: Focus, besides: Sequence[Name]) -> Name | None:
    def fits(name: Name) -> bool:
        several = name.kind == "group" or name.plural
        return bool(several) and not any(name.same(other) for other in besides)

    if not focus.headed:
        return _group_in_documents(focus, fits, besides)
    topic = focus.topic
    if topic is not None and any(topic.same(other) for other in besides):
        topic = None
    group = topic is not None and topic.kind != "person"
    asked = [
        name
        for name in focus.asked
        if not focus.is_topic(name) and (focus.who_is(name) if group else fits(name))
    ]
    if asked:
        return asked[-1]
    if "they" in focus.current and fits(focus.current["they"]):
        return focus.current["they"]
    if topic is not None and topic.kind != "person":
        return topic
    others = [name for name in [*focus.answered, *focus.older] if fits(name)]
    return next(iter(others), topic)


def _group_in_documents(
    focus: Focus, fits: Callable[[Name], bool], besides: Sequence[Name]
) -> Name | None:
    """Who "they" are where no heading tells what all of it is about."""
    asked = [name for name in focus.asked if fits(name)]
    if asked:
        return asked[-1]
    if "they" in focus.current and "they" in focus.spoken and fits(focus.current["they"]):
        return focus.current["they"]
    answered = _given(focus, plural=True)
    if answered is not None and fits(answered):
        return answered
    found = said_noun(focus, plural=True, besides=besides) or pair(focus, besides)
    if not found and focus.two and not any(focus.two.same(other) for other in besides):
        found = _since_two(focus, besides) or focus.two
    others = [name for name in [*focus.answered, *focus.older] if fits(name)]
    found = found or next(iter(others), None)
    found = found or said_noun(focus, plural=True, besides=besides, back=1)
    if found:
        return found
    topic = focus.topic
    return topic if topic and topic.kind in (None, "group") and not topic.sex else None


def _since_two(focus: Focus, besides: Sequence[Name]) -> Name | None:
    """Several things that were spoken of since two people were spoken of together."""
    since = min(_RECENT, len(focus.turns) - focus.two_at)
    tried = (said_noun(focus, plural=True, besides=besides, back=at) for at in range(1, since))
    return next(filter(None, tried), None)


def pair(focus: Focus, besides: Sequence[Name]) -> Name | None:
    """The two people of the last question, or of it and its answer."""
    people: list[Name] = []
    quoted = [] if focus.two else focus.quoted
    for name in [*focus.asked, *focus.answered, *quoted]:
        known = any(name.same(other) for other in [*people, *besides])
        if name.kind == "person" and not known:
            people.append(name)
        if len(people) == 2 and name in focus.asked:
            break
    if len(people) != 2:
        return None
    return Name(f"{people[0].shown} and {people[1].shown}", "group", None, True)


def thing(focus: Focus, besides: Sequence[Name]) -> Name | None:
    def fits(name: Name) -> bool:
        return name.kind != "person" and not any(name.same(other) for other in besides)

    if not focus.headed:
        return _thing_in_documents(focus, fits, besides)
    works = [name for name in focus.asked if fits(name) and not focus.is_topic(name)]
    if works:
        return works[-1]
    if focus.topic and focus.topic.kind == "thing" and fits(focus.topic):
        return focus.topic
    answered = [name for name in focus.answered if fits(name) and name.kind == "thing"]
    if answered:
        return answered[0]
    current = focus.current.get("it")
    if current is not None and fits(current):
        return current
    named = focus.named()
    if named is not None and fits(named) and not focus.is_topic(named):
        return named
    if focus.section is not None and fits(focus.section) and focus.section.kind == "thing":
        return focus.section
    suits = focus.topic and focus.topic.kind != "person" and fits(focus.topic)
    return focus.topic if suits else said_noun(focus, plural=False, besides=besides)


def _thing_in_documents(
    focus: Focus, fits: Callable[[Name], bool], besides: Sequence[Name]
) -> Name | None:
    """What "it" is where no heading tells what all of it is about."""
    said = focus.last.question if focus.last else ""
    given = _given(focus, plural=False)
    if given is not None and fits(given):
        return given
    current = focus.current.get("it")
    if current is not None and "it" in focus.spoken and fits(current):
        return current
    if _DOES.match(said):
        return _done(focus)
    asked = asked_for(said)
    if asked is not None and not asked.text.startswith("what "):
        return asked
    found = _named_thing(focus, said, fits) or said_noun(focus, plural=False, besides=besides)
    found = found or asked
    if found is None and current is not None and fits(current):
        return current
    found = found or said_noun(focus, plural=False, besides=besides, back=1)
    topic = focus.topic
    if found is None and topic and topic.kind != "person" and fits(topic):
        return topic if topic.article or topic.kind else None
    return found


def _done(focus: Focus) -> Name | None:
    """What somebody does something with: the camera, where the answer is "put up a camera"."""
    answer = focus.last.answer if focus.last else ""
    found = _SOME_THING.search(answer)
    text = found[1].strip() if found else ""
    return Name(f"the {text}", "thing", None, False) if text and not is_plural(text) else None


def _named_thing(focus: Focus, said: str, fits: Callable[[Name], bool]) -> Name | None:
    """What the last question names, unless that is where something else was or went."""
    works = [n for n in focus.asked if fits(n) and not (n.plural or is_plural(n.text))]
    if not works:
        return None
    subject = subject_noun(said)
    at_place = _AT_PLACE.search(said[: works[-1].start]) is not None
    if subject is not None and at_place and not subject.plural:
        return Name(subject.text, "thing", None, False)
    return with_noun(works[-1], said)


def _given(focus: Focus, plural: bool) -> Name | None:
    """What the last answer named, where it is little more than a noun and was asked for."""
    asked = _ASKS_FOR_THING.match(focus.last.question) if focus.last else None
    if focus.last is None or asked is None or (asked[1].lower() == "who" and not plural):
        return None
    return given(focus.last.answer, plural)


def said_noun(focus: Focus, plural: bool, besides: Sequence[Name], back: int = 0) -> Name | None:
    """The last common noun of the last question, or of one `back` before it."""
    said = focus.turns[-1 - back].question if len(focus.turns) > back else ""
    for noun in reversed(nouns(said)):
        name = Name(noun.text, "group" if plural else "thing", None, plural)
        someone = not plural and not focus.headed and is_person_noun(noun.text.split()[-1])
        if noun.plural == plural and not someone and not any(name.same(other) for other in besides):
            return name
    return None
