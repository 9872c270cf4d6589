"""Whether a question carries on a conversation though no pronoun in it says so.

"Were there any hit singles?" does where a band was talked of; "What battle was fought at Sedan?"
doesn't. What tells them apart is how many words of the question were said before, how rare the
others are, and how short and indefinite it is: a logistic model weighs that. Its weights are made
by `lab/training/followups.py`, from follow-ups and from questions that stand alone.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from math import exp
from typing import Any

from askdoc.conversation.lexis import GROUPS, WORKS
from askdoc.conversation.turns import Talk
from askdoc.lexicon import idf
from askdoc.text import terms

_WORD = re.compile(r"[^\W_]+")
# Terms that any question may have.
_GENERAL = frozenset(
    terms(
        "happen happened name year best known important aspects people led first many long called "
        "kind type time did way favorite"
    )
)
_MOST = 6

FEATURES = (
    "said in a heading", "said in the last question", "said in the last answer", "words",
    "no words", "all said before", "words not said before", "rarest not said before",
    "rareness said before", "rarest said before", "what happened", "first question",
    "noun of a work or a group", "length", "year", "the", "any", "what is",
)  # fmt: skip
"""What `features` gives, in its order."""


def features(question: str, talk: Talk) -> list[float]:
    """A row of numbers about how a question hangs together with what was said before it."""
    asked = [term for term in dict.fromkeys(terms(question)) if term not in _GENERAL]
    headings = set(terms(" ".join(talk.headings)))
    last = talk.turns[-1] if talk.turns else None
    last_question = set(terms(last.question)) if last else set()
    last_answer = set(terms(last.answer)) if last else set()
    said = headings | last_question | last_answer
    for turn in talk.turns[:-1]:
        said.update(terms(f"{turn.question} {turn.answer}"))
    new = [term for term in asked if term not in said]
    old = [idf(term) / 10 for term in asked if term in said]
    words = [word.lower() for word in _WORD.findall(question)]
    row = (
        not headings.isdisjoint(asked),
        not last_question.isdisjoint(asked),
        not last_answer.isdisjoint(asked),
        min(len(asked), _MOST),
        not asked,
        not new,
        min(len(new), _MOST),
        max((idf(term) / 10 for term in new), default=0.0),
        sum(old),
        max(old, default=0.0),
        words[:2] == ["what", "happened"],
        last is None,
        any(word in WORKS or word in GROUPS for word in words),
        min(len(words), 2 * _MOST) / 10,
        any(word.isdigit() and len(word) == 4 for word in words),
        "the" in words or "this" in words,
        "any" in words or "there" in words,
        words[:1] in (["what"], ["who"], ["which"]) and words[1:2] in (["is"], ["are"]),
    )
    return [float(number) for number in row]


@cache
def _model() -> dict[str, Any]:
    import json

    raw = resources.files("askdoc.data").joinpath("conversation.json").read_text("utf-8")
    model: dict[str, Any] = json.loads(raw)["carries on"]
    return model


def chance_to_carry_on(question: str, talk: Talk) -> float:
    """How likely a question carries on the conversation, in [0, 1]."""
    weights = _model()["weights"]
    row = features(question, talk)
    total = sum(weights[name] * number for name, number in zip(FEATURES, row, strict=True))
    return 1 / (1 + exp(-max(-30.0, min(30.0, total + _model()["bias"]))))


def carries_on(question: str, talk: Talk) -> bool:
    """Whether a question so likely carries on that few which stand alone are as likely to."""
    return bool(chance_to_carry_on(question, talk) >= _model()["threshold"])
