"""Say where "there" is: "Who spoke there?" after "Where did they meet?" is "Who spoke at the mill?"

The place is what a question after "where" was answered with, or the name after "in" in the last
question.
"""

from __future__ import annotations

import re

from askdoc.conversation.lexis import GROUPS, PLACES
from askdoc.conversation.mentions import names
from askdoc.conversation.nouns import nouns
from askdoc.conversation.turning import clipped
from askdoc.conversation.turns import Talk, Turn

# Not "there is", "is there", "out there".
_THERE = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )(?<!\bup )(?<!\bout )(?<!\bover )"
    r"\bthere\b(?! (?:is|are|was|were|be|been|will|would|has|have|had|any|a|an|some|no)\b)",
    re.I,
)
_AT_END = re.compile(r"(?:(?<= was )|(?<= were ))there(?=\W*$)", re.I)
_WHERE = re.compile(r"\W*(?:and |but )?where\b", re.I)
_PREPOSITION = re.compile(r"\b(in|at|on|near|inside|outside|aboard)(?: (?:the|an?))?$", re.I)
_WENT = re.compile(r"\b(?:move|moved|go|went|come|came|travel|return|sail|flee) to$", re.I)
_GO_THERE = re.compile(r"\b(?:go|goes|went|gone|come|came|move|moved|travel|get|got) there\b", re.I)
_ARTICLE = re.compile(r"^(?:an?|the) ", re.I)
_LONGEST = 6  # words


def replace_there(question: str, talk: Talk) -> str:
    """The question with the place in place of "there", as it is where that can't be told."""
    there = _THERE.search(question)
    if there is None and talk.turns and _WHERE.match(talk.turns[-1].question):
        there = _AT_END.search(question)
    if there is None or talk.headings:
        return question
    for turn in reversed(talk.turns):
        place = place_of(turn) or _named_in(turn.question) or _noun_in(turn.question, question)
        if place:
            return f"{question[: there.start()]}{place}{question[there.end() :]}"
    return question


def place_of(turn: Turn) -> str:
    """The place that a turn's question asked for, with its preposition."""
    short = clipped(turn.answer)
    if not _WHERE.match(turn.question) or not short or len(short.split()) > _LONGEST:
        return ""
    if re.match(r"(?:in|at|on|near|inside|outside|aboard|from|to)\b", short, re.I):
        return short
    before = next((text[: text.find(short)] for text in turn.answers[1:] if short in text), "")
    found = _PREPOSITION.search(before.rstrip())
    preposition = found[1].lower() if found else "in" if names(f"x {short}") else "at"
    named = names(f"x {short}")
    if named and named[0].start == len("x ") and not (found and " " in found.group()):
        return f"{preposition} {short}"
    return f"{preposition} the {_ARTICLE.sub('', short)}"


def _named_in(question: str) -> str:
    """A name after "in", "at" or "near" in a question."""
    for name in names(question):
        ahead = question[: name.start].rstrip()
        found = _PREPOSITION.search(ahead)
        if found and found[1].lower() != "on":
            return f"{found.group().lower()} {name.text}"
        if _WENT.search(ahead):
            return f"in {name.text}"
    return ""


def _noun_in(question: str, asked: str) -> str:
    """A common noun of a place: "at the school", or where somebody went, "to the school"."""
    for noun in reversed(nouns(question)):
        if noun.text.split()[-1].lower() in PLACES | GROUPS and not noun.plural:
            return f"{'to' if _GO_THERE.search(asked) else 'at'} {noun.text}"
    return ""
