"""What a token before a full stop is: an abbreviation, a number, an ordinary word.

NLTK's Punkt decides about those that may stand inside a sentence or end it, with parameters from
our own data file (`askdoc/data/sentences.toml`): nothing is downloaded or trained on a user's
machine. Nobody can list all abbreviations, so a token that the file does not know is looked at: one
without a vowel, with full stops inside, or short and no word of English was cut off by its writer.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from askdoc.english.analyzer import terms
from askdoc.english.background import is_known

_INITIALS = re.compile(r"[A-Z]|(?:[^\W\d_]{1,3}\.-?)+[^\W\d_]{1,3}")
_CUT_INSIDE = re.compile(r"[A-Z][a-z]{1,6}(?:['’](?:[lr]|[lr]s)|(?<!n)['’][nt]|n['’]n|m['’]n)")
_PARTS = re.compile(r"(?:[^\W\d_]{1,5}\.-?)+[^\W\d_]{1,5}|[a-z]\.\d[\d.–-]{0,4}[a-z]")
_COMPOUND_TITLE = re.compile(r"(?:dipl|dr|mag|ass|univ)\.-[^\W\d_]+")
_VOWEL = re.compile("[aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûü]")
# English words do not end so: "rptr", "suppl", "bijv".
_BROKEN = re.compile(r".*(?:[bcdfgkpt][lr]|[vjq])")
_LONGEST_SHORT, _LONGEST_BROKEN = 4, 6
_ROMAN = re.compile(r"[IVXLC]{2,7}")


class _Knowledge(NamedTuple):
    """The data file, as sets of lower-case words without their final full stop."""

    before_name: frozenset[str]
    never_last: frozenset[str]
    before_number: frozenset[str]
    capital_before_number: frozenset[str]
    foreign: frozenset[str]
    unit: frozenset[str]
    may_end: frozenset[str]
    capital_only: frozenset[str]
    capital_may_end: frozenset[str]
    lettered: frozenset[str]
    time_tail: frozenset[str]
    time_goes_on: frozenset[str]
    speech_verbs: frozenset[str]
    starters: frozenset[str]
    imperatives: frozenset[str]
    not_in_titles: frozenset[str]
    in_citations: frozenset[str]
    before_low: frozenset[str]
    low_starters: frozenset[str]
    dose_tail: frozenset[str]
    degrees: frozenset[str]
    closes_name: frozenset[str]
    closes_address: frozenset[str]


@cache
def knowledge() -> _Knowledge:
    """What the data file holds."""
    raw = resources.files("askdoc.data").joinpath("sentences.toml").read_text("utf-8")
    data = tomllib.loads(raw)
    return _Knowledge(*(_words(data[name]) for name in _Knowledge._fields))


def _words(entry: str | list[str]) -> frozenset[str]:
    """The words of an entry: a text, or a list of texts of a topic each."""
    return frozenset((entry if isinstance(entry, str) else " ".join(entry)).split())


@cache
def _punkt() -> Any:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    known = knowledge()
    parameters = PunktParameters()
    abbreviations = (
        known.before_name | known.never_last | known.before_number | known.may_end | known.unit
        | known.capital_may_end
    )  # fmt: skip
    # What it makes of initials is no matter of lists.
    parameters.abbrev_types = {word for word in abbreviations if len(word) > 1}
    parameters.sent_starters = set(known.starters)
    for word in known.starters:
        # "Seen in lower case": Punkt then takes a capital for the start of a sentence.
        parameters.ortho_context[word] = 1 << 5
    return PunktSentenceTokenizer(parameters)


@lru_cache(maxsize=50_000)
def _punkt_ends(before: str, after: str) -> bool:
    return bool(_punkt().text_contains_sentbreak(f"{before}. {after}"))


def punkt_ends(token: str, following: str) -> bool:
    """Whether Punkt ends a sentence between a token, its full stop and the next word."""
    # Punkt knows single initials; of unknown ones such as "J.R.R." it is asked about the last.
    known, low = knowledge(), token.lower()
    is_known = len(token) == 1 or low in known.may_end or low in known.capital_may_end
    return _punkt_ends(token if is_known else token[-1], following)


@lru_cache(maxsize=50_000)
def kind(token: str) -> str:
    """What a token before a full stop is; "ordinary" where the full stop only ends the sentence."""
    low, known = token.lower(), knowledge()
    is_name = token[:1].isupper() and not (len(token) > 1 and token.isupper())
    if token.isdigit():
        return "number"
    if low == "al":
        return "et al"
    if low in ("a.m", "p.m"):
        return "time"
    if low in known.unit and not token[:1].isupper():
        return "unit"
    if len(token) == 1 and token.isupper():
        return "either"
    if low in known.before_number or (
        "-" in low and "." not in low and low.rpartition("-")[2] in known.before_number
    ):
        return "before_number"
    if low.endswith("str"):
        # "Lindenstr. 14": an address, short for a German street's name.
        return "before_number"
    if is_name and low in known.capital_before_number:
        return "before_number"
    if low in known.capital_only and token.islower():
        return "foreign" if low in known.foreign else "ordinary"
    if low in known.before_name or low in known.never_last or _COMPOUND_TITLE.fullmatch(low):
        return "never"
    if low in known.may_end or _INITIALS.fullmatch(token):
        return "either"
    if is_name and (low in known.capital_may_end or _CUT_INSIDE.fullmatch(token)):
        return "either"
    if is_name and low in known.in_citations:
        return "citation"
    return "foreign" if low in known.foreign else "ordinary"


@lru_cache(maxsize=50_000)
def is_elsewhere(token: str) -> bool:
    """Whether a token is an abbreviation where the words around are of another language."""
    low, known = token.lower(), knowledge()
    if token != low and (len(token) == 1 or low in known.may_end or low in known.capital_may_end):
        return False
    return low in known.foreign


@lru_cache(maxsize=50_000)
def is_degree(token: str) -> bool:
    """Whether a token is a degree or licence that stands after a name."""
    return token.lower() in knowledge().degrees


@lru_cache(maxsize=50_000)
def is_plain(token: str) -> bool:
    """Whether a token is an ordinary word by all its looks, so that a full stop after it ends."""
    return len(token) > 1 and token.isalpha() and kind(token) == "ordinary" and not (
        is_roman(token) or is_cut_off(token)
    )  # fmt: skip


@lru_cache(maxsize=50_000)
def is_cut_off(token: str) -> bool:
    """Whether a token that no list has to be an abbreviation was surely cut off by its writer.

    It has full stops or an apostrophe where words have none, no vowel, or an end that no word has.
    """
    if len(token) < 2:
        return token.islower()
    if token[1:] != token[1:].lower():
        return False  # "the SDK.", "40 MiB."
    if not token.isalpha():
        return _PARTS.fullmatch(token) is not None or _CUT_INSIDE.fullmatch(token) is not None
    low = token.lower()
    if len(low) > _LONGEST_BROKEN or (token == low and low in knowledge().capital_only):
        return False
    return _VOWEL.search(low) is None or (
        _BROKEN.fullmatch(low) is not None and not _is_english(low)
    )


@lru_cache(maxsize=50_000)
def may_be_cut_off(token: str) -> bool:
    """Whether a token may be an abbreviation, for want of a word of English that is spelt so."""
    if is_cut_off(token):
        return True
    longest = _LONGEST_BROKEN if token.islower() else _LONGEST_SHORT
    if not token.isalpha() or len(token) > longest or token[1:] != token[1:].lower():
        return False
    low = token.lower()
    if token[0].isupper() and _VOWEL.match(low[-1]):
        return False
    return not (token == low and low in knowledge().capital_only) and not _is_english(low)


@lru_cache(maxsize=50_000)
def is_shortened(token: str) -> bool:
    """Whether a token in lower case is a word that was cut off: a listed one, or no English one."""
    low = knowledge()
    if token in low.before_low or token in low.capital_may_end:
        return True
    return token.isalpha() and len(token) < _LONGEST_BROKEN and not _is_english(token)


def _is_english(word: str) -> bool:
    return any(is_known(term) for term in terms(word)) or not terms(word)


def is_roman(token: str) -> bool:
    """Whether a token is a Roman numeral of more than one letter."""
    return _ROMAN.fullmatch(token) is not None
