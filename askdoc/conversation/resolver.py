"""Make a follow-up question stand alone.

Each step puts in what one kind of follow-up leaves out, and leaves the question alone where it
finds nothing of that kind: what a fragment takes from the question before, what a pronoun stands
for, the full name for a short one, which album "the album" is, what a question without any name is
about, and what "other" is other than. Rules over words, with one small fitted model (`cohesion`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from askdoc.conversation.carryover import carry_topic, may_carry
from askdoc.conversation.cohesion import carries_on
from askdoc.conversation.contrast import besides, what_else
from askdoc.conversation.counts import name_counted
from askdoc.conversation.definite import expand_mentions, expand_names, expand_nouns
from askdoc.conversation.focus import Focus
from askdoc.conversation.fragments import complete, is_fragment
from askdoc.conversation.mentions import names
from askdoc.conversation.places import replace_there
from askdoc.conversation.pronouns import replace_pronouns
from askdoc.conversation.turns import Talk, asks, read_history

_LONGEST_QUESTION = 1_000  # characters; what is longer is no follow-up
_DEEPEST = 3  # fragments after each other


@dataclass(frozen=True)
class Resolved:
    """A question made to stand alone.

    `text` is for people; `core` is what to look for: the same without "Besides ...", which names
    what was said already.
    """

    text: str
    core: str


def resolve(question: str, history: Sequence[str]) -> str:
    """A question that stands alone, for one asked after `history`.

    `history` holds what was said before, oldest first: questions and answers in turn, perhaps after
    headings that say what all of it is about; questions alone will do. A question that stands alone
    already, or that can't be made to, comes back as it is. The result is one line.
    """
    return resolve_in(question, read_history(history)).text


def resolve_in(question: str, talk: Talk) -> Resolved:
    """The same for a conversation whose turns are known: see `Turn`."""
    line = question if question.isprintable() else " ".join(question.split())
    if not talk or not line.strip() or len(line) > _LONGEST_QUESTION:
        return Resolved(line, line)
    resolved = _resolved(talk.known.cased(line), talk)
    return Resolved(line, line) if resolved.text == talk.known.cased(line) else resolved


def _resolved(line: str, talk: Talk) -> Resolved:
    whole = _completed(line, talk, _DEEPEST)
    focus = Focus(talk)
    core = _with_names(whole, focus, talk, completed=whole != line)
    tied = focus.headed and (core != line or _tied(line, focus, talk))
    rest = what_else(core, focus) if tied else ""
    if core != line or rest:
        core = _with_mark(core)
    return Resolved(besides(rest, core) if rest else core, core)


def _with_mark(question: str) -> str:
    """The question with its question mark, if it opens as a question does."""
    bare = question.rstrip()
    return f"{bare}?" if bare[-1:].isalnum() and asks(bare) else question


def _with_names(question: str, focus: Focus, talk: Talk, completed: bool = False) -> str:
    named = expand_names(replace_pronouns(name_counted(question, talk), focus), focus)
    named = replace_there(expand_mentions(expand_nouns(named, focus), talk), talk)
    if named != question or (completed and not focus.headed):
        return named
    return carry_topic(named, focus, talk)


def _completed(question: str, talk: Talk, depth: int) -> str:
    """The question with what it leaves out of the one before it, if it is a fragment."""
    if not talk.turns or depth == 0 or not is_fragment(question):
        return question
    earlier = talk.earlier
    before = _completed(talk.turns[-1].question, earlier, depth - 1)
    if earlier:
        before = _with_names(before, Focus(earlier), earlier, completed=True)
    return complete(question, before, talk.turns[-1])


def _tied(question: str, focus: Focus, talk: Talk) -> bool:
    """Whether a question belongs to the conversation: it names its topic, or carries on."""
    if is_fragment(question) or any(focus.is_topic(name) for name in names(question)):
        return True
    return may_carry(question, focus, about_text=True) and carries_on(question, talk)
