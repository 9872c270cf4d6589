"""What is said where no answer is given: that the documents don't say, and what they lack."""

from __future__ import annotations

from collections.abc import Iterator

from askdoc.model import Answer
from askdoc.present.sanitize import one_line

REFUSAL = "The documents don't say."
"""What stands where an answer would; never taken for one, since it is no sentence of theirs."""

REFUSAL_SO_FAR = "What was read so far doesn't say."
"""The same where a saved index is not complete."""

ONLY_QUOTES = "I only quote."
"""The same where what was typed asks for no quotation."""

INSTEAD = (
    "Ask for what a sentence of the documents can tell (who, when, how much, what a clause says), "
    "or give words to look for."
)
"""What can be asked instead."""

PERHAPS = "Perhaps:"
"""What stands before sentences that have a chance to answer, and no more."""


def refusal(answer: Answer) -> str:
    """What is said in the place of an answer that is none."""
    if answer.no_question:
        return ONLY_QUOTES
    return REFUSAL_SO_FAR if answer.incomplete else REFUSAL


def because(answer: Answer) -> str:
    """What can be said after a refusal: what the documents lack, or what to ask instead; or ""."""
    if answer.no_question:
        return INSTEAD
    return " ".join(_lacking(answer, "it" if answer.incomplete else "them"))


def refused(answer: Answer) -> str:
    """All of it in one line."""
    return f"{refusal(answer)} {because(answer)}".rstrip()


def aside(answer: Answer) -> str:
    """For whom the refusal goes elsewhere: what can be said of it besides, a line each; or ""."""
    where = "what was read so far" if answer.incomplete else "the documents"
    said = [INSTEAD] if answer.no_question else _lacking(answer, where)
    return "\n".join(f"askdoc: {line[:1].lower()}{line[1:]}" for line in said)


def nearest_said(answer: Answer) -> str:
    """What stands above the nearest sentences."""
    many = len(answer.nearest) > 1
    return "Nearest sentences, which are not an answer:" if many else "Nearest, but not an answer:"


def _lacking(answer: Answer, where: str) -> Iterator[str]:
    """Sentences about the words of the question that stand nowhere, or apart from another."""
    nowhere = [_quoted(one.word) for one in answer.missing if one.near is None]
    if nowhere:
        verb = "stands" if len(nowhere) == 1 else "stand"
        yield f"{_listed(nowhere, 'and')} {verb} nowhere in {where}."
    apart: dict[str, list[str]] = {}
    for one in answer.missing:
        if one.near is not None:
            apart.setdefault(one.near, []).append(_quoted(one.word))
    for near, words in apart.items():
        yield f"Nothing about {_listed(words, 'or')} stands near {_quoted(near)}."


def _quoted(word: str) -> str:
    return f"'{one_line(word)}'"


def _listed(words: list[str], last: str) -> str:
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1])))
