"""Say what "other" and "else" are other than: "Besides The Ferry, did she write any other plays?"

People put it like that when they make such a question stand alone. Whoever looks for an answer had
better leave the first part out, since it names what was already said.
"""

from __future__ import annotations

import re

from askdoc.conversation.focus import Focus
from askdoc.conversation.lexis import is_common
from askdoc.conversation.mentions import names, possessive

_OTHER = re.compile(r"\b(?:other|others|else|another)\b", re.I)
_SAID = re.compile(
    r"\b(?:other|rather|else) than|\beach other|\bone another|\bthe others?\b|\bthan another"
    r"|\bbesides?\b|\b(?:aside|apart) from|\bin addition|\bexcept|\bevery other"
    r"|\b(?:do|did|does|how|have|with) others\b|\bor another\b",
    re.I,
)
_GENERAL = re.compile(
    r"\b(?:article|section|passage|page|text|topic|interesting|important|significant|notable)\b"
    r"|^\W*(?:and |any ?thing |what )+else\W*$|^\W*any ?thing else",
    re.I,
)
_CLAUSE = re.compile(
    r"^(?:in|on|at|by|for|from|to|with|since|until|about|because|after|before)\b|\b(?:he|she|it|they|was|were|is|are|had|has|who|which|that)\b",
    re.I,
)
_FIRST = re.compile(r"\W*([^\W_]+)")
_SHORT_ANSWER = 5


def what_else(question: str, focus: Focus) -> str:
    """What "other" or "else" in the question leaves out, "" where there is nothing to leave out."""
    if not _OTHER.search(question) or _SAID.search(question):
        return ""
    if _GENERAL.search(question):
        return _all_so_far(focus)
    return _answered(question, focus)


def besides(rest: str, question: str) -> str:
    """The question with what it leaves out before it."""
    first = _FIRST.match(question)
    word = first[1] if first else ""
    if is_common(word) and not word[1:2].isupper() and word != "I":
        question = question[:1].lower() + question[1:]
    return f"Besides {rest}, {question}"


def _all_so_far(focus: Focus) -> str:
    """What was talked of so far: the section, as the topic's own."""
    if focus.topic is None or not focus.headed:
        return ""
    if not focus.heading:
        return focus.topic.shown
    return f"{possessive(focus.topic.shown)} {_within(focus.heading)}"


def _within(heading: str) -> str:
    """A heading as it stands within a sentence: its first capital is kept only by a name."""
    first, _, rest = heading.partition(" ")
    titled = any(word[0].isupper() for word in rest.split() if len(word) > 3)
    if titled or not first[1:].islower() or not is_common(first):
        return heading
    return heading[0].lower() + heading[1:]


def _answered(question: str, focus: Focus) -> str:
    """The last answer, or the first name in it, in answer to a question of the same kind."""
    answer = focus.last.answer.strip(" .,;:") if focus.last else ""
    if answer and len(answer.split()) <= _SHORT_ANSWER and not _CLAUSE.search(answer):
        return answer
    here = names(question)
    for name in focus.answered if answer else focus.older:
        if not focus.is_topic(name) and not any(name.same(other) for other in here):
            return name.shown
    return ""
