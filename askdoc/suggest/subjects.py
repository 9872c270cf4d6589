"""Recognition of subjects: noun phrases before a verb that are understood alone."""

from __future__ import annotations

from typing import NamedTuple

from askdoc.english import word_classes as en
from askdoc.english.analyzer import STOP_WORDS, tokenize
from askdoc.english.background import idf
from askdoc.english.names import KnownNames
from askdoc.english.numbers import is_number
from askdoc.english.verb_frames import is_verb
from askdoc.english.verbs import ALL_PASTS, THIRDS
from askdoc.model import Span
from askdoc.suggest.line import Token

# Nouns that say nothing without what stood before, and what only looks like a noun.
_EMPTY = frozenset(
    "thing things way ways fact reason reasons problem problems result results case cases time "
    "times day days point part rest end first second third last next latter former number lot "
    "idea one ones others kind sort matter question answer moment purpose difference example "
    "following above left right most least only whole good bad old young new poor rich small "
    "big great little same best worst more less hand men people effect topic section chapter "
    "page table figure list item items note sentence paragraph link two three year years month "
    "months week weeks morning evening night words word opposite dead sick truth everyone "
    "everything".split()
)
_ADJECTIVE = ("ous", "ful", "less", "ive", "ible", "ical", "ly", "ing", "ed", "est")
_NOUNS_IN_ING = frozenset(
    "king building morning evening wedding painting meeting string ring thing spring wing "
    "clothing ceiling setting warning parking training funding duckling sibling dumpling "
    "opening".split()
)
_LINKING = frozenset("of for in on from to with at".split())
# What is pointed at in a text is "the" pan for whoever asks about it; but "your" pan is "mine".
_POINTING = frozenset("this these my our your".split())
PASSING = (
    _LINKING | en.ARTICLES | en.AUXILIARIES | frozenset("and first once also often then".split())
)
"""Stop words that may stand between the first word of a subject and its verb."""
BREAKING = (STOP_WORDS - PASSING) | en.NEGATIONS | en.SUBORDINATORS
"""Words that stand in no subject."""


class Subject(NamedTuple):
    """A subject as a question says it.

    `head` is its noun in lower case, `place` where it stands in its line; `plural` tells how the
    present is asked, `named` and `person` whether it is a name and somebody. "You" is "I".
    """

    text: str
    head: str
    place: Span
    plural: bool
    named: bool
    person: bool

    def definite(self) -> Subject:
        """With "the" for "a" and "an"."""
        first, _, others = self.text.partition(" ")
        return self._replace(text=f"the {others}") if first in ("a", "an") else self


def subject(line: str, words: list[Token], first: bool, names: KnownNames) -> Subject | None:
    """The subject that words before a verb are, if they are a noun phrase understood alone.

    `first` tells that a line begins with them.
    """
    low = [word.low for word in words]
    place = Span(words[0].start, words[-1].end)
    if low == ["you"]:
        return Subject("I", "i", place, True, False, False)
    if not _is_subject(words, low, first, names):
        return None
    text = line[words[0].start : words[-1].end]
    named = all(word.text[0].isupper() for word in words if word.low not in _LINKING)
    named = named and low[0] not in ("a", "an") and (low[0] == "the" or names.is_name(text))
    plural, head = takes_are(low), low[_linked(low) - 1]
    # It may be a name that stands here only.
    rare = low[0] not in names.common and (is_unknown(low[0]) or (len(low) == 1 and not plural))
    if low[0] in _POINTING:
        text = ("my" if low[0] == "your" else "the") + text[len(low[0]) :]
    elif low[0] in en.ARTICLES or not (named or rare or names.is_proper(words[0].text)):
        text = text[0].lower() + text[1:]
    person = names.is_person(text) if named else en.is_people(head)
    return Subject(text, head, place, plural, named, person)


def takes_are(words: list[str]) -> bool:
    """True for a noun phrase in lower case that takes "are", as far as its form tells."""
    return words == ["you"] or "and" in words or en.is_plural(words[_linked(words) - 1])


def _linked(low: list[str]) -> int:
    """Position of the first modifier behind the head: of "of" in "the house of stone"."""
    return next((at for at, word in enumerate(low) if at and word in _LINKING), len(low))


def _is_subject(words: list[Token], low: list[str], first: bool, names: KnownNames) -> bool:
    many = low[0] in ("most", "many", "several", "some", "all") and takes_are(low)
    opened = low[0] in en.ARTICLES | _POINTING | {"one"} or is_number(low[0]) or many
    inner = low[1:] if opened else low
    if not inner or any(word in BREAKING for word in inner):
        return False
    if low[0] in THIRDS and len(low) > 1:
        return False  # "Helps organize"
    linked = next((at for at, word in enumerate(inner) if word in _LINKING), len(inner))
    head = inner[linked - 1] if linked else ""
    if low[0] in _POINTING - {"your"} and en.is_people(head):
        return False
    if linked == 0 or inner[-1] in PASSING | en.PREPOSITIONS:
        return False
    if not is_noun(head) or not is_noun(inner[-1]):
        return False
    links = _LINKING | {"and"}
    if any(word in en.ARTICLES and inner[at - 1] not in links for at, word in enumerate(inner)):
        return False
    if opened:
        return "and" not in inner or low[0] == "the"
    if words[0].text[0].isupper() and "and" not in low and linked == len(inner):
        named = all(word.text[0].isupper() for word in words)
        if len(words) == 1 and en.is_people(low[0]) and not takes_are(low):
            return False  # "Queen", of whom it was another
        if named and not (len(words) == 1 and low[0] in names.common):
            if len(words) > 1 and takes_are(low) and not names.known[words[0].text]:
                return False  # "Individual Huguenots"
            text = " ".join(word.text for word in words)
            if names.is_name(text) or (first and len(words) == 1 and takes_are(low)):
                return True
    if not first or is_verb(low[0]) or low[0] in STOP_WORDS:
        return False
    if len(words) == 1:  # "Latin is", "Precipitation falls", "diff.pl reads"
        return words[0].text[0].isupper() or is_unknown(low[0])
    # "Visitors", "Local boats", at the start only: further inside it may be anything.
    return len(words) <= 3 and takes_are(low)


def is_noun(word: str) -> bool:
    """True for a word in lower case that may be a noun and means something alone."""
    if word in _EMPTY or word in STOP_WORDS or en.is_adverb(word) or word in ALL_PASTS:
        return False
    return word in _NOUNS_IN_ING if word.endswith("ing") else not word.endswith(_ADJECTIVE)


def is_unknown(word: str) -> bool:
    """True for a word that is rare in general English, so that it may be a name."""
    terms = [] if word.lower() in STOP_WORDS else tokenize(word)
    return bool(terms) and all(idf(term.term) >= idf("") for term in terms)
