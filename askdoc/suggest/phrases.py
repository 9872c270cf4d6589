"""The phrases behind a verb: where one ends, and which of them a question can keep."""

from __future__ import annotations

import re
from collections.abc import Iterator

from askdoc.model import Span
from askdoc.read.kinds import Kind, candidates
from askdoc.suggest.names import PEOPLE
from askdoc.suggest.predicates import Predicate
from askdoc.suggest.relations import (
    GIVING,
    MORE_PEOPLE,
)
from askdoc.suggest.tokens import JOINING, PREPOSITIONS, is_adverb
from askdoc.text import STOP_WORDS

Made = Iterator[tuple[str, str, Span]]
"""The words of a question, what kind it is, and the span in the line that answers it."""
SOMEBODY = PEOPLE | MORE_PEOPLE
TIMES = frozenset(
    "time times day days week weeks month months year years hour hours minute minutes moment "
    "while morning evening night today yesterday tomorrow monday tuesday wednesday thursday "
    "friday saturday sunday once way lot bit home care place part look chance turn".split()
)
OPENING = frozenset("a an the its their his her all several many some most both various".split())
_AT_TIMES = frozenset("in on by since during".split())
_CLOCK = re.compile(r"[ap]\.?m$|\d[:.]\d")


def cut(found: Predicate, start: int = 0) -> int:
    """Where the noun phrase that begins with a word ends: before a preposition, or at the end."""
    for at in range(start + 1, len(found.words)):
        word = found.words[at]
        if word.low in PREPOSITIONS and word.low != "of":
            return at
        if word.low in JOINING or (is_adverb(word.low) and at + 1 < len(found.words)):
            return at
    return len(found.words)


def tail(found: Predicate, at: int) -> str:
    """The one short phrase that begins with a word, if it surely belongs to the verb."""
    if at >= len(found.words) or found.words[at].low not in PREPOSITIONS:
        return ""
    ends = cut(found, at)
    phrase = found.words[at:ends]
    if not 2 <= len(phrase) <= 5 or phrase[-1].low in STOP_WORDS | PREPOSITIONS | JOINING:
        return ""
    text = found.text(at, ends)
    given = phrase[0].low == "to" and found.verb in GIVING | {"bring", "add", "return"}
    dated = phrase[0].low in _AT_TIMES and candidates(Kind.DATE, text)
    if not (given or dated) or _CLOCK.search(text):
        return ""
    return text


def deed(found: Predicate) -> Span:
    """The verb and what follows it, as a span of the line."""
    start = found.ends - len(found.form)
    return Span(start, found.words[-1].end if found.words else found.ends)
