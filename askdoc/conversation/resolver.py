"""Make a follow-up question stand alone.

Each step puts in what one kind of follow-up leaves out, and leaves the question alone where it
finds nothing of that kind: what a fragment takes from the question before, and what a pronoun
stands for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from askdoc.conversation.antecedents import Antecedents
from askdoc.conversation.ellipsis import complete, is_elliptical
from askdoc.conversation.history import History, Turn, asks, read_history
from askdoc.conversation.pronouns import replace_pronouns

_LONGEST_QUESTION = 1_000  # characters; what is longer is no follow-up
_MOST_TURNS = 6  # of a history whose questions are resolved first


def resolve(question: str, history: Sequence[str]) -> str:
    """A question that stands alone, for one asked after `history`.

    `history` holds what was said before, oldest first: questions and answers in turn, perhaps after
    headings that say what all of it is about; questions alone will do. A question that stands alone
    already, or that can't be made to, comes back as it is. The result is one line.
    """
    return resolve_in(question, standing_alone(read_history(history)))


def standing_alone(history: History) -> History:
    """The last turns of a history, each question resolved by those before it."""
    before = replace(history, turns=())
    for turn in history.turns[-_MOST_TURNS:]:
        resolved = Turn(resolve_in(turn.question, before), turn.answers, turn.question)
        before = replace(before, turns=(*before.turns, resolved))
    return before


def resolve_in(question: str, history: History) -> str:
    """The same for a history whose questions stand alone: see `Turn`."""
    line = question if question.isprintable() else " ".join(question.split())
    if not history or not line.strip() or len(line) > _LONGEST_QUESTION:
        return line
    cased = history.entities.cased(line)
    whole = cased
    if history.turns and is_elliptical(cased):
        whole = complete(cased, history.turns[-1])
    full = replace_pronouns(whole, Antecedents(history))
    return line if full == cased else _with_mark(full)


def _with_mark(question: str) -> str:
    """The question with its question mark, if it opens as a question does."""
    bare = question.rstrip()
    return f"{bare}?" if bare[-1:].isalnum() and asks(bare) else question
