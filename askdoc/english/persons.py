"""Whether a question names somebody: what is not so is worse said of a person than left unsaid.

A text that tells what one did looks much as if it told the same of another, and no score that a
small network gives keeps the two apart. So of somebody who is named more is asked before anything
is said. It is told by the form of a name alone: no list of names has those of all peoples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from askdoc.english.analyzer import STOP_WORDS, normalize_question
from askdoc.english.dates import CALENDAR
from askdoc.english.word_classes import TITLES
from askdoc.model import Span

_WORD = r"(?!\d)\w(?:[\w&]|['’.-](?=\w))*"
_PART = re.compile(_WORD)
# What may stand between the words of a name: "J. B. Quill".
_BETWEEN = re.compile(r"\.? ")
_OWNS = re.compile(r"(?<=\w)['’]s\Z")
# Words with capitals that are of no name.
NO_NAMES = CALENDAR | frozenset(
    "section article clause motion part table appendix annex schedule exhibit chapter page".split()
)
# What begins or ends with these is a place, a thing or a paper, mostly.
THINGS = frozenset(
    "act agreement airport annex avenue bay beach bill bridge building canal cape castle charter "
    "city code contract county court creek district drive east fort garden gardens guide hall "
    "handbook harbor harbour highway hill house island islands lake lane law lease licence "
    "license manual mount mountain new north notice ocean order park plan plaza point policy port "
    "program programme project protocol report river road route rules saint san sea south square "
    "st station street survey terms test tower treaty valley war west wood woods world".split()
)
# Nobody stands behind these: "the Linden Trust", "in Ravndal v Copperleaf".
_NO_PERSON_BEHIND = re.compile(r"\b(?:the|in|at|under|near|into|within) \Z", re.I)
_NEAR = 8  # code points: the longest of these, and a blank


def names_somebody(question: str) -> bool:
    """Whether a question has the full name of a person, or of a firm or club: of whoever acts.

    A title or a second word makes it full. Where all words have capitals, or none has, nothing is
    told by them.
    """
    if not any(word[0].islower() for word in question.split()):
        return False
    asked = normalize_question(question)
    return any(len(name) > 1 and may_act(asked, name) for name in names(asked))


def may_act(text: str, name: Sequence[Span]) -> bool:
    """Whether a name, of which these are the words, may be somebody's."""
    words = [text[slice(*span)].lower() for span in name]
    if words[0] in TITLES:
        return True
    start = name[0].start
    if _NO_PERSON_BEHIND.search(text, max(0, start - _NEAR), start):
        return False
    return THINGS.isdisjoint((words[0], words[-1]))


def names(text: str) -> Iterator[list[Span]]:
    """The words of each name: such with capitals, beside each other, up to one that owns."""
    name: list[Span] = []
    for part in _PART.finditer(text):
        word = _OWNS.sub("", part[0])
        if name and not _BETWEEN.fullmatch(text, name[-1].end, part.start()):
            yield name
            name = []
        low = word.lower()
        if word[0].isupper() and low not in STOP_WORDS and low not in NO_NAMES:
            name.append(Span(part.start(), part.start() + len(word)))
        elif name:
            yield name
            name = []
        if name and len(word) < len(part[0]):
            yield name
            name = []
    if name:
        yield name
