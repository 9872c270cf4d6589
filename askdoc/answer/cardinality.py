"""How many things a question asks for, told from its form.

"When did they meet?" asks for one thing, "Which ports are open?" for several, and "What did she
say?" for whatever there is. Why or how something came about may have a second answer, but then the
text says so: "also", "another", "as well".
"""

from __future__ import annotations

import re
from enum import Enum
from itertools import islice
from typing import NamedTuple

from askdoc.english import word_classes as en
from askdoc.english.answer_types import AnswerType
from askdoc.english.numbers import CARDINALS
from askdoc.english.verbs import PAST_OF, PASTS
from askdoc.read.analysis import analysed


class Cardinality(Enum):
    """How many things are asked for."""

    ONE = "one"
    ONE_OR_ADDED = "one, and what the text says to be another"
    WHATEVER = "one or more"
    LISTED = "several"


_DOES = en.AUXILIARIES - en.BE
_IS = en.BE | {"am", "be", "been", "being"}
_MAY = frozenset("must may can could should".split())
_OPENERS = en.PREPOSITIONS | en.CONJUNCTIONS | {"so", "then"}
_AFTER_A_NOUN = _DOES | _IS | en.PREPOSITIONS | {"that", "who", "which"}
_ASKING = frozenset("what which who whom".split())
_ANY_NUMBER = en.QUANTIFIERS | CARDINALS.keys() | {"other", "else", "main", "the", "of"}
_NOUN_PHRASE = 6  # words in which the noun of "What are the ..." stands
_MOST_WORDS = 80  # of a question, to see how it asks
_TELL = re.compile(
    r"(?:please )?(?:list|name|describe|explain|outline|summari[sz]e|(?:tell|give) (?:me|us))\b"
    r"|what (?:else )?(?:happened|changed|went wrong)\b"
    r"|how (?:did|does|do|has|have) .*\b(?:react|respond|change|differ)",
    re.I,
)
_MEASURED = frozenset("cost mean weigh measure equal total amount stand".split())
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def wants(question: str) -> Cardinality:
    """How many things a question asks for."""
    words = _words(question)
    if _TELL.match(" ".join(words)) or _names_several(words):
        return Cardinality.LISTED
    kind = analysed(question).kind
    if kind is AnswerType.DATE and words[:1] == ["when"] and words[1:2] and words[1] in _MAY:
        return Cardinality.ONE_OR_ADDED  # "When may they leave?" asks for conditions.
    if kind not in (AnswerType.ANY, AnswerType.REASON):
        return Cardinality.ONE
    if _asks_what_was_done(words):
        return Cardinality.WHATEVER
    return Cardinality.ONE_OR_ADDED


class Act(NamedTuple):
    """Who is asked about in "What must the old tenants do?", and the words that say what.

    `named` is who ("the old tenants"); each is "" where it is not told, as `modal` is where nobody
    must, may or can.
    """

    named: str = ""
    verb: str = ""
    modal: str = ""


def act(question: str) -> Act:
    """Who does what in "What did Ada Marsh say?"; nothing in other questions."""
    words = _words(question)
    if not _asks_what_was_done(words):
        return Act()
    does = next(at for at, word in enumerate(words) if word in _DOES)
    modal = words[does] if words[does] in _MAY else ""
    rest = words[does + 1 :]
    at = next((n for n, word in enumerate(rest) if n and _is_base(word)), len(rest) - 1)
    if at < 1:
        return Act(modal=modal)
    return Act(" ".join(rest[:at]), rest[at], modal)


def _is_base(word: str) -> bool:
    return word in PAST_OF or word in ("do", "have")


def _words(question: str) -> list[str]:
    """The words in small letters, from the one that asks on."""
    found = islice(_WORD.finditer(question), _MOST_WORDS)
    words = [word.group().lower().replace("’", "'") for word in found]
    while len(words) > 1 and words[0] in _OPENERS:
        words = words[1:]
    return words


def _names_several(words: list[str]) -> bool:
    """Whether it asks for things by a plural: "What are the reasons", "Which old ports did"."""
    if words[:1] == [] or words[0] not in _ASKING:
        return False
    rest = words[1:]
    if rest[:1] and rest[0] in ("are", "were"):
        return any(map(en.is_plural, rest[1:_NOUN_PHRASE]))
    while rest and rest[0] in _ANY_NUMBER:
        rest = rest[1:]
    if words[0] not in ("what", "which"):
        return False
    if rest[:1] and en.is_plural(rest[0]):
        return not _acts(rest[0], rest[1:2])
    described = len(rest) > 2 and rest[0] not in _DOES | _IS and rest[2] in _AFTER_A_NOUN
    return described and en.is_plural(rest[1])


def _acts(word: str, following: list[str]) -> bool:
    """Whether what looks like a plural is a verb: "What drives the pump?", "What helps?"."""
    if not following or following[0] in en.DETERMINERS:
        return True
    after_a_noun = following[0] in _AFTER_A_NOUN or following[0] in PAST_OF or following[0] in PASTS
    return word.removesuffix("s") in PAST_OF and not after_a_noun


def _asks_what_was_done(words: list[str]) -> bool:
    """Whether it is "What did she say?": what somebody did, said or must do, however much."""
    if words[:1] != ["what"]:
        return False
    rest = words[2:] if words[1:2] == ["else"] else words[1:]
    return bool(rest) and rest[0] in _DOES and not _MEASURED.intersection(rest)
