"""What was said before a question: headings, then questions and what was answered.

A history may come as bare strings, as who calls the library from elsewhere has it, or as turns that
know more: the question as it was resolved, the short answers, the headings that were cited under.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from askdoc.conversation.known import Known

_LONGEST_ITEM = 2_000
_MOST_TURNS = 40
_LONGEST_HEADING = 14  # words

_ASKS = re.compile(
    r"\W*(?:and |but |so |or )?(?:in |on |at |for |from |of |to |by |with )?"
    r"(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|am|do|does|did|has|have|had|can"
    r"|could|will|would|should|shall|may|might|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|any"
    r"|anything|tell|name|list|describe|explain)\b",
    re.I,
)
_SAYS_NOTHING = re.compile(
    r"\W*(?:i (?:do not|don['’]?t|cannot|can['’]?t) (?:know|say|tell)|cannotanswer|unknown"
    r"|no answer|the documents don['’]t say|yes|no)\W*",
    re.I,
)


@dataclass(frozen=True)
class Turn:
    """A question that was asked, and what is known of its answer.

    `question` is best given as it was resolved, with how it was typed in `typed`; `answers` are
    short answers and quotes, those that say most about the question first; `headings` are those
    that the quotes stand under.
    """

    question: str
    answers: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    typed: str = ""

    @property
    def answer(self) -> str:
        """The first answer that says something, "" if there is none."""
        return next((answer for answer in self.answers if says_something(answer)), "")


@dataclass(frozen=True)
class Talk:
    """What was said so far, oldest first.

    `headings`, if known, are what all of it is about; `known` is what the documents tell about whom
    they name.
    """

    headings: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    known: Known = field(default_factory=Known)

    @property
    def earlier(self) -> Talk:
        """The same before the last turn."""
        return replace(self, turns=self.turns[:-1])

    def __bool__(self) -> bool:
        return bool(self.headings or self.turns)


def says_something(answer: str) -> bool:
    """Whether this is an answer at all, and more than yes or no."""
    return bool(answer.strip()) and _SAYS_NOTHING.fullmatch(answer.strip()) is None


def asks(text: str) -> bool:
    """Whether a text looks like a question: it ends or opens as one does."""
    return text.rstrip().endswith("?") or _ASKS.match(text) is not None


def read_history(history: Sequence[str]) -> Talk:
    """Sort the strings of a history, oldest first, into headings, questions and answers.

    What stands before the first question is a heading. After it questions and answers are taken to
    alternate, unless a question mark shows that they do not.
    """
    items = [" ".join(item[:_LONGEST_ITEM].split()) for item in history]
    items = [item for item in items if item]
    size = _headings(items)
    return Talk(tuple(items[:size]), tuple(_turns(items[size:])[-_MOST_TURNS:]))


def _headings(items: Sequence[str]) -> int:
    """How many of the items come before the first question."""
    for at, item in enumerate(items):
        if item.endswith("?") or (asks(item) and not _is_title(item)):
            return at
    # Without a question there is nothing but what it is all about.
    return len(items)


def _is_title(text: str) -> bool:
    """Whether each longer word has a capital, as in the title "Who Framed the Dean"."""
    words = [word for word in text.split() if len(word) > 3]
    return len(words) > 1 and not any(word[0].islower() for word in words)


def _turns(items: Sequence[str]) -> list[Turn]:
    alternate = not any(item.endswith("?") for item in items[1::2])
    turns: list[Turn] = []
    for at, item in enumerate(items):
        if at % 2 == 0 if alternate else item.endswith("?") or not turns or _opens(item, items, at):
            turns.append(Turn(item))
        else:
            turns[-1] = Turn(turns[-1].question, (*turns[-1].answers, item))
    return turns


def _opens(item: str, items: Sequence[str], at: int) -> bool:
    """Whether an item without a question mark asks, where there is no telling by its place."""
    return asks(item) and not items[at - 1].endswith("?")
