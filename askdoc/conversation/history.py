"""The dialogue history: headings, then turns of a question and what answered it.

A history may come as bare strings, as who calls the library from elsewhere has it, or as turns that
know more: the question as it was resolved, the short answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from askdoc.conversation.entities import DocumentEntities
from askdoc.english.word_classes import AUXILIARY, PREPOSITION, QUESTION_WORD

_LONGEST_ITEM = 2_000  # characters
_MOST_TURNS = 40

# "And in which", "Did", "Tell"
_ASKS = re.compile(
    rf"\W*(?:and |but |so |or )?(?:{PREPOSITION} )?"
    rf"(?:{QUESTION_WORD}|{AUXILIARY}|am|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|any"
    r"|anything|tell|name|list|describe|explain)\b",
    re.I,
)
# "I don't know.", "Yes"
_SAYS_NOTHING = re.compile(
    r"\W*(?:i (?:do not|don['’]?t|cannot|can['’]?t) (?:know|say|tell)|cannotanswer|unknown"
    r"|no answer|the documents don['’]t say|yes|no)\W*",
    re.I,
)


@dataclass(frozen=True)
class Turn:
    """A question that was asked, and what answered it.

    `question` is best given as it was resolved, with how it was typed in `typed`; `answers` are
    short answers and quotes, those that say most about the question first.
    """

    question: str
    answers: tuple[str, ...] = ()
    typed: str = ""

    @property
    def answer(self) -> str:
        """The first answer that says something, "" if there is none."""
        return next((answer for answer in self.answers if says_something(answer)), "")


@dataclass(frozen=True)
class History:
    """What was said so far, oldest first.

    `headings`, if known, are what all of it is about; `entities` are whom and what the documents
    name.
    """

    headings: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    entities: DocumentEntities = field(default_factory=DocumentEntities)

    @property
    def earlier(self) -> History:
        """The same before the last turn."""
        return replace(self, turns=self.turns[:-1])

    def __bool__(self) -> bool:
        return bool(self.headings or self.turns)


def says_something(answer: str) -> bool:
    """True of an answer that is more than yes, no or "I don't know"."""
    return bool(answer.strip()) and _SAYS_NOTHING.fullmatch(answer.strip()) is None


def asks(text: str) -> bool:
    """True of a text that ends or opens as a question does."""
    return text.rstrip().endswith("?") or _ASKS.match(text) is not None


def read_history(items: Sequence[str]) -> History:
    """Sort the strings of a history, oldest first, into headings, questions and answers.

    What stands before the first question is a heading. After it questions and answers are taken to
    alternate, unless a question mark shows that they do not.
    """
    lines = [" ".join(item[:_LONGEST_ITEM].split()) for item in items]
    lines = [line for line in lines if line]
    first = next((at for at, line in enumerate(lines) if _is_question(line)), len(lines))
    return History(tuple(lines[:first]), tuple(_turns(lines[first:])[-_MOST_TURNS:]))


def _is_question(item: str) -> bool:
    """True of a question, but not of a title like "Who Framed the Dean"."""
    words = [word for word in item.split() if len(word) > 3]
    title = len(words) > 1 and not any(word[0].islower() for word in words)
    return item.endswith("?") or (asks(item) and not title)


def _turns(items: Sequence[str]) -> list[Turn]:
    alternate = not any(item.endswith("?") for item in items[1::2])
    turns: list[Turn] = []
    for at, item in enumerate(items):
        marked = item.endswith("?") or not turns
        opens = marked or (asks(item) and not items[at - 1].endswith("?"))
        if at % 2 == 0 if alternate else opens:
            turns.append(Turn(item))
        else:
            turns[-1] = Turn(turns[-1].question, (*turns[-1].answers, item))
    return turns
