"""Which words before a verb are its subject: a noun phrase that is understood alone."""

from __future__ import annotations

from askdoc.lexicon import idf
from askdoc.suggest.forms import PASTS, THIRDS
from askdoc.suggest.names import PEOPLE, Names
from askdoc.suggest.relations import MORE_PEOPLE
from askdoc.suggest.tokens import (
    NOT,
    NUMBERS,
    PLURALS,
    PREPOSITIONS,
    PRONOUNS,
    THE,
    Token,
    is_adverb,
    is_verb,
)
from askdoc.text import STOP_WORDS, tokenize

# Nouns that say nothing without what stood before, and what only looks like a noun.

_EMPTY = frozenset(
    "thing things way ways fact reason reasons problem problems result results case cases time "
    "times day days point part rest end first second third last next latter former number lot "
    "idea one ones others kind sort matter question answer moment purpose difference example "
    "following above left right most least only whole good bad old young new poor rich small "
    "big great little same best worst more less hand men people effect topic section chapter "
    "page table figure list item items note sentence paragraph link two three year years month "
    "months week weeks morning evening night words word opposite dead sick truth".split()
)

_ADJECTIVE = ("ous", "ful", "less", "ive", "ible", "ical", "ly", "ing", "ed", "est")

_NOUNS_IN_ING = frozenset(
    "king building morning evening wedding painting meeting string ring thing spring wing "
    "clothing ceiling setting warning parking training funding duckling sibling dumpling "
    "opening".split()
)

LINKING = frozenset("of for in on from to with at".split())

PASSING = frozenset(
    "of for in on from to with at and the a an is are was were has have had must shall may can "
    "will should would could might cannot do does did first once also often then".split()
)


def is_plural(words: list[str]) -> bool:
    """Whether a subject takes "are", as far as its form tells."""
    linked = next((at for at, word in enumerate(words) if at and word in LINKING), len(words))
    if "and" in words:
        return True
    head = words[linked - 1]
    return head in ("people", "men", "women", "children", "mice", "police") or (
        head.endswith("s") and not head.endswith(("ss", "us", "is", "'s", "’s", "news", "ics"))
    )


# What is pointed at in a text is "the" pan for whoever asks about it.

POINTING = frozenset("this these my our".split())

_KIN = frozenset(
    "friend friends kid kids dad mom mum family boss cousin group team baby dog cat".split()
)


def is_subject(words: list[Token], first: bool, names: Names) -> bool:
    """Whether words before a verb are a noun phrase that is understood alone."""
    low = [word.low for word in words]
    many = low[0] in ("most", "many", "several", "some", "all") and is_plural(low)
    if low[0] in THIRDS and low[0] not in PLURALS:
        return False  # "Helps organize"
    opened = low[0] in THE or low[0] in NUMBERS or many or low[0] in POINTING
    inner = low[1:] if opened else low
    if not inner or any(word in PRONOUNS or word in NOT for word in inner):
        return False
    linked = next((at for at, word in enumerate(inner) if word in LINKING), len(inner))
    head = inner[linked - 1] if linked else ""
    if low[0] in POINTING and head in PEOPLE | MORE_PEOPLE | _KIN:
        return False
    if linked == 0 or inner[-1] in PASSING or inner[-1] in PREPOSITIONS:
        return False
    if not is_noun(head) or not is_noun(inner[-1]):
        return False
    if any(word in THE and inner[at - 1] not in LINKING | {"and"} for at, word in enumerate(inner)):
        return False
    if opened:
        return "and" not in inner or low[0] == "the"
    text = " ".join(word.text for word in words)
    if words[0].text[0].isupper() and "and" not in low and linked == len(inner):
        named = all(word.text[0].isupper() for word in words)
        if len(words) == 1 and low[0] in PEOPLE:
            return False  # "Queen", of whom it was another
        if named and not (len(words) == 1 and low[0] in names.common):
            plural = is_plural(low)
            if len(words) > 1 and plural and not names.known[words[0].text]:
                return False  # "Individual Huguenots"
            if names.is_name(text) or (first and len(words) == 1 and plural):
                return True
    if first and len(words) == 1 and not is_verb(low[0]) and low[0] not in STOP_WORDS:
        # "Latin is", "Precipitation falls", "diff.pl reads"
        return words[0].text[0].isupper() or is_unknown(low[0])
    # "Visitors", "Local boats", at the start only: further inside it may be anything.
    return (
        first
        and len(words) <= 3
        and is_plural(low)
        and not is_verb(low[0])
        and low[0] not in STOP_WORDS
    )


def is_noun(word: str) -> bool:
    """Whether a word in lower case may be a noun that says something alone."""
    if word in _EMPTY or word in STOP_WORDS or is_adverb(word) or word in PASTS:
        return False
    if word.endswith("ing"):
        return word in _NOUNS_IN_ING
    return not word.endswith(_ADJECTIVE)


def is_unknown(word: str) -> bool:
    """Whether general English hardly knows a word, so that it may be a name."""
    if word.lower() in STOP_WORDS:
        return False
    terms = tokenize(word)
    return bool(terms) and all(idf(term.term) >= idf("") for term in terms)
