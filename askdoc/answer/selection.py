"""Which further sentences belong to an answer, and add something to it.

A further sentence has to be nearly as sure as the best, be about what the question is about or go
on where a cited one ends, and say something that was not said yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from sys import maxsize

from askdoc.answer.cardinality import Act, Cardinality, act
from askdoc.english import background
from askdoc.english.analyzer import STOP_WORDS, terms
from askdoc.english.numbers import SEVERAL
from askdoc.english.verbs import PARTICIPLES, PAST_OF, PASTS
from askdoc.english.word_classes import DEMONSTRATIVES, PERSONAL, any_of
from askdoc.model import Extract

_ANY_VERB = ("do", "have", "be")
# The text itself says that this is one more.
_ADDITIVE = re.compile(
    r"\b(?:also|too|as well|another|besides|moreover|furthermore|in addition|additionally|likewise"
    r"|again|nor)\b|^\W*(?:second|third|last|final|further|next|then)(?:ly)?\b",
    re.I,
)
_PRONOUN = any_of(PERSONAL | DEMONSTRATIVES)
_OPENS_WITH_PRONOUN = re.compile(rf"\W*(?:[\w'’-]+ ){{0,2}}?{_PRONOUN}\b", re.I)
# "There are three reasons.", "Three rules hold." But "The two leaders met." announces nothing.
_ANNOUNCES = re.compile(
    r"(?:^\W*|\b(?:are|were|is|has|have|had|these|following)\s+)"
    rf"({SEVERAL}|several|some|many|various|following|\d{{1,3}})\s+"
    r"(?:[\w-]+\s+){0,2}?(\w+s)\b|(:)\s*$",
    re.I,
)
_HEADING = 5  # words
# How sure a further sentence must be, beside the best: by itself, where something else ties it to
# those cited (place, section, announcement), and where the question asks for one thing.
_SHARE, _TIED_SHARE, _ADDED_SHARE = 0.6, 0.4, 0.65
_HEADED = 0.4  # how much of the question a section's heading tells, and the question of it
_NEAR, _FEWEST_TERMS = 0.65, 2  # how much of a short answer may be said in other words
_LIKE = 0.6  # of a sentence's own terms that stand in another: a near-repeat
_SAME_SHORT = 0.5
_NEXT = 3  # characters between a sentence and the one before it

Weights = dict[str, float]


def further(question: str, pool: Sequence[Extract], wanted: Cardinality) -> list[Extract]:
    """The best extract and those that belong to it, in the order in which they are sure.

    Args:
        question: as it stands alone.
        pool: what is sure enough to be cited, best first, at least one.
        wanted: how many things are asked for.
    """
    chosen = _Chosen(question, pool[0], wanted)
    # One that goes on where another ends may be surer than that other.
    while any(chosen.take(extract) for extract in pool[1:]):
        pass
    return [extract for extract in pool if extract in chosen.kept]


class _Chosen:
    """What is cited so far, and what a further sentence has to have."""

    def __init__(self, question: str, best: Extract, wanted: Cardinality) -> None:
        self.kept = [best]
        self._asked = weighted(question)
        self._best = best
        self._least = covered(self._asked, best.sentence.text)
        self._act = act(question)
        # What a pronoun stands for need not be said again.
        named = sum(self._asked.get(term, 0.0) for term in _bases(self._act.named))
        self._least_going_on = max(0.0, self._least - named)
        self._wanted = wanted
        self._told = [told for told in _tellings(self._act) if told & _words(best)]
        self._listed = [best]
        self._left = _announced(best, self._asked)

    def take(self, extract: Extract) -> bool:
        """Keep a sentence if it belongs to those that are kept and adds to them."""
        if extract in self.kept or _is_heading(extract):
            return False
        share = extract.confidence / self._best.confidence if self._best.confidence else 0.0
        if not self._belongs(extract, share) or not adds(extract, self.kept, self._asked):
            return False
        if self._is_listed(extract):
            self._listed.append(extract)
            self._left -= 1
        self.kept.append(extract)
        return True

    def _belongs(self, extract: Extract, share: float) -> bool:
        text = extract.sentence.text
        added = is_added(extract)
        next_to = any(_follows(extract, other) for other in self.kept)
        added = added or any(_is_added_to(extract, other) for other in self.kept)
        about = covered(self._asked, text) >= self._least
        about = about and all(told & _words(extract) for told in self._told)
        if self._wanted is Cardinality.ONE_OR_ADDED:
            return share >= _ADDED_SHARE and added and (about or next_to)
        if share >= _TIED_SHARE and (
            (next_to and (added or self._goes_on(text)))
            or self._is_listed(extract)
            or self._in_the_section(extract)
        ):
            return True
        return share >= _SHARE and about and self._least > 0.0

    def _is_listed(self, extract: Extract) -> bool:
        """Whether it is the next of those that the best sentence announced."""
        return self._left > 0 and any(_follows(extract, other) for other in self._listed)

    def _goes_on(self, text: str) -> bool:
        """Whether it is about the one before it: "They must ..." """
        told = covered(self._asked, text)
        opens = _OPENS_WITH_PRONOUN.match(text) is not None
        return opens and 0.0 < told >= self._least_going_on

    def _in_the_section(self, extract: Extract) -> bool:
        """Whether it stands with the best under a heading that tells what is asked."""
        ours, theirs = self._best.sentence, extract.sentence
        if ours.document is not theirs.document:
            return False
        heading = ours.document.heading_at(ours.start)
        if heading is None or heading != theirs.document.heading_at(theirs.start):
            return False
        told = covered(self._asked, heading)
        # A title tells of more than one section's subject.
        return told >= _HEADED * max(sum(self._asked.values()), sum(weighted(heading).values()))


def adds(extract: Extract, kept: Iterable[Extract], asked: Weights) -> bool:
    """Whether a sentence says what none of the others does: other words, another short answer.

    What the question says itself counts neither as said nor as repeated.
    """
    said = _bases(extract.sentence.text) - asked.keys()
    short = _short_terms(extract) - asked.keys()
    if not said:
        return False
    for other in kept:
        theirs = _bases(other.sentence.text) - asked.keys()
        if theirs and len(said & theirs) >= _LIKE * min(len(said), len(theirs)):
            return False
        shorter = min(len(short), len(their_short := _short_terms(other) - asked.keys()))
        if shorter and len(short & their_short) > _SAME_SHORT * shorter:
            return False
        if _said_otherwise(short, theirs):
            return False
    return True


def _said_otherwise(short: set[str], theirs: set[str]) -> bool:
    """Whether another sentence has terms near in meaning for all that a short answer says."""
    if len(short) < _FEWEST_TERMS or not theirs:
        return False
    ours, others = sorted(short), sorted(theirs)
    cosines = background.vectors(ours) @ background.vectors(others).T
    near = background.relatedness(cosines).max(axis=1)
    worth = [1.0 if term in theirs else float(one) for term, one in zip(ours, near, strict=True)]
    return sum(worth) >= _NEAR * len(worth)


def is_added(extract: Extract) -> bool:
    """Whether a sentence says of itself that it tells one more thing."""
    return _ADDITIVE.search(extract.sentence.text) is not None


def in_reading_order(extracts: Sequence[Extract]) -> list[Extract]:
    """Those of one document in its order; documents in the order of their surest sentence."""
    order: dict[str, int] = {}
    for extract in extracts:
        order.setdefault(extract.sentence.document.source, len(order))
    return sorted(
        extracts, key=lambda one: (order[one.sentence.document.source], one.sentence.start)
    )


def weighted(question: str) -> Weights:
    """The terms of a question, verbs in their base form, and how rare each is in English."""
    return {term: background.idf(term) for term in _bases(question) if term not in STOP_WORDS}


def covered(asked: Weights, text: str) -> float:
    """How much of a question's terms, by their weights, a text has."""
    said = _bases(text)
    return sum(weight for term, weight in asked.items() if term in said)


def _bases(text: str) -> set[str]:
    base = _base_terms()
    return {base.get(term, term) for term in terms(text)}


@cache
def _base_terms() -> dict[str, str]:
    """The terms of irregular verbs: that of a past or participle -> that of its base."""
    pairs = [
        *PASTS.items(),
        *((participle, PASTS.get(past, past)) for participle, past in PARTICIPLES.items()),
    ]
    found = [(terms(form), terms(base)) for form, base in pairs]
    return {form[0]: base[0] for form, base in found if form and base and form != base}


def _announced(extract: Extract, asked: Weights) -> int:
    """How much of what is asked for comes after it: "There are three reasons.", "as follows:"."""
    for match in _ANNOUNCES.finditer(extract.sentence.text):
        if match[3] or _bases(match[2]) & asked.keys():
            count = "".join(terms(match[1] or ""))
            return int(count) if count.isdecimal() else maxsize
    return 0


def _tellings(asked: Act) -> list[frozenset[str]]:
    """The words, each in its forms, that terms leave out and that yet tell what is asked for."""
    found = [frozenset({asked.modal})] if asked.modal else []
    if asked.verb in PAST_OF and asked.verb not in _ANY_VERB and not terms(asked.verb):
        past = PAST_OF[asked.verb]
        participles = {form for form, of in PARTICIPLES.items() if of == past}
        found.append(frozenset({asked.verb, f"{asked.verb}s", past, *participles}))
    return found


def _words(extract: Extract) -> set[str]:
    return set(re.findall(r"\w+", extract.sentence.text.lower()))


def _follows(extract: Extract, other: Extract) -> bool:
    """Whether a sentence comes right after another one."""
    document, start, _ = extract.sentence
    return document is other.sentence.document and 0 <= start - other.sentence.end <= _NEXT


def _is_added_to(extract: Extract, other: Extract) -> bool:
    """Whether the next sentence says that it is one more: "It was sold, too." """
    return _follows(other, extract) and is_added(other)


def _is_heading(extract: Extract) -> bool:
    """Whether it is a heading, or a line as short as one and without an end."""
    document, start, end = extract.sentence
    text = extract.sentence.text.strip()
    return document.is_heading(start, end) or (
        len(text.split()) <= _HEADING and not text.endswith((".", "!", "?", '"', "”"))
    )


def _short_terms(extract: Extract) -> set[str]:
    if extract.short is None:
        return set()
    return _bases(extract.sentence.document.part(extract.short.start, extract.short.end))
