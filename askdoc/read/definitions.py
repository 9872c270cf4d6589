"""Definitions: the sentence that says what a document means by a term, where that is asked.

"Who is the Landlord?" of a lease is answered where it says 'Harbour Estates Limited (the
"Landlord")', and "What are Losses?" where it says '"Losses" means ...'; everywhere else the term is
only used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log
from typing import NamedTuple

from askdoc.english.analyzer import terms
from askdoc.english.terms import STOP_WORDS
from askdoc.english.word_classes import COMPANY_ENDINGS, any_of, is_person_noun
from askdoc.model import Extract, Sentence, Span
from askdoc.read import Contribution

SURE = 0.9
"""How sure a definition is, at least, to answer who or what its term is."""

_END = r"\s*(?:\b(?:in|under|of|for|by)\b (?:this|the|our|that|my) [\w ]{1,60})?\s*[?.!]*\s*\Z"
_TERM = r"[\"“'‘]?(?P<term>[^\W\d_][\w&/’'.-]*(?: [\w&/’'.-]+){0,4}?)[\"”'’]?"
# "Who is the landlord?", "What does “Losses” mean in this agreement?", "define Affiliate"
_QUESTIONS = [
    re.compile(rf"\A\W*{lead} (?:(?:the|an?) )?(?:term |word )?{_TERM}{tail}{_END}", re.IGNORECASE)
    for lead, tail in (
        (r"(?:what(?:['’]s| is) the )?(?:define|definition of|meaning of)", ""),
        (r"(?:who|what|which (?:company|party|person|firm))(?:['’]s| is| are| was| were)", ""),
        (r"(?:who|what) (?:is|are) meant by", ""),
        (r"what (?:do|does|did)", r" (?:mean|refer to|stand for)"),
    )
]
# A term in marks of any kind, bold or not; "the Lender's Costs" has one inside.
_QUOTED = (
    r"[*_]{0,3}[\"“‘'][*_]{0,3}(?:(?:the|an?|our)\s)?"
    r"(?P<term>(?:[^\"“”‘’'*]|['’](?=\w)){1,60}?)[*_]{0,3}[\"”’'](?!\w)[*_]{0,3}"
)
_LED = (
    r"\b(?:the|an?|each|our|this|as|called|or|and|collectively|together|jointly|hereinafter"
    r"|hereafter)"
)
# '(the "Landlord")', '(hereinafter referred to as "Buyer")', '("we" or "us")', '(the Landlord)'
_NAMED = re.compile(
    rf"\((?!(?:see|cf|e\.g|i\.e|as defined)\b)(?:[^()\"“”]{{0,80}}?(?:{_LED},?\s|,\s))?"
    rf"(?:{_QUOTED}(?:,? (?:or|and)(?: the)? [\"“‘'][^()\"“”\n]{{1,60}}[\"”’'])*"
    rf"|(?<=the\s)(?P<bare>[A-Z][\w-]{{2,30}}(?:\s[A-Z][\w-]{{2,30}}){{0,2}}))\)"
    rf"|,?\s(?:hereinafter|hereafter)(?:\s(?:referred\sto\sas|called|named))?,?\s(?:the\s)?{{quoted}}".replace(
        "{quoted}", _QUOTED.replace("?P<term>", "?P<called>")
    )
)
_MEANT = re.compile(
    rf"{_QUOTED},? (?:(?:shall|will) )?(?:means?|refers? to|includes?|is defined as)"
    r"[:,]? (?P<meaning>[^\n]+?)[.;]?\s*\Z",
    re.DOTALL,
)
_WORD = r"[A-Z0-9][\w&'’.-]{0,40}"
_NAME = re.compile(
    rf"(?<![\w&'’.-]){_WORD}(?:,?\s(?:(?:of(?:\sthe)?|and|the|de|du|van|von|&)\s)?{_WORD}){{0,9}}"
)
# What the parties of a contract stand behind, and what tells more of one that was just named.
_OPENS = re.compile(r"\b(?:between|among|amongst)\b:?")
_APPOSED = re.compile(
    r",? (?:an?|whose|with|having|incorporated|organi[sz]ed|registered|formed|residing|located)\b"
)
# "third parties" of "offered by certain third parties": at most these words before the bracket
_PHRASE = re.compile(
    r"\b(?:an?|the|this|our|its|their|your|any|all|certain|such) ((?:[\w’'-]+ ){0,4}[\w’'-]+)\s*\Z"
)
_COMPANY = re.compile(rf"\b{any_of((*COMPANY_ENDINGS, 'Company', 'Co'))}\b\.?\Z")
# "Landlord: Harbour Estates Limited", "| **Tenant** | Brightwater Cycles LLP |"
_LABELLED = re.compile(
    rf"^[|*_# \t-]{{0,8}}(?:The )?(?P<term>[A-Z][a-z]{{2,20}}(?: [A-Z][a-z]{{2,20}})?)"
    r"[*_]{0,3}[ \t]?[:|][ \t]?[*_]{0,3}"
    rf"(?=(?P<name>{_NAME.pattern}))",
    re.MULTILINE,
)
_OFTEN = 2
_LONGEST = 200  # code points of a question that asks for a term
_PLAIN_WORD = re.compile(r"[^\W_]+")
_BEFORE = 400  # code points before the bracket in which what it names stands


class Definition(NamedTuple):
    """That a text defines a term; `meaning` is the name or the words that it says it is, None where
    that cannot be told."""

    meaning: Span | None


def asked_term(question: str) -> tuple[str, ...] | None:
    """What a question asks the meaning or the bearer of, as terms; None: it asks otherwise."""
    if len(question) > _LONGEST:
        return None
    # Several parts of a pattern take blanks: of many in a row all ways to share them are tried.
    plain = " ".join(question.split())
    for pattern in _QUESTIONS:
        if found := pattern.match(plain):
            return tuple(terms(found["term"])) or None
    return None


def definitions_first(question: str, extracts: list[Extract]) -> list[Extract]:
    """What was read, with the sentences first that define what the question asks the meaning of.

    They are at least `SURE` to answer, and what they say that it is is their short answer.
    """
    term = asked_term(question)
    if term is None:
        return extracts
    first, others = [], []
    for one in extracts:
        found = definition(term, one.sentence.text)
        if found is None:
            others.append(one)
        else:
            sure = max(SURE, one.confidence)
            first.append(replace(one, confidence=sure, short=_within(one.sentence, found)))
    first.sort(key=lambda one: -one.confidence)
    return [*first, *others]


def defining(
    question: str, sentence: Sentence, found: Sequence[Contribution]
) -> list[Contribution]:
    """What it is worth that a sentence defines what is asked, beside all else that was `found`."""
    term = asked_term(question)
    if term is None or definition(term, sentence.text) is None:
        return []
    worth = log(SURE / (1.0 - SURE)) - sum(one.counts for one in found)
    return [Contribution("defines", 1.0, max(0.0, worth))]


def definition(term: tuple[str, ...], text: str) -> Definition | None:
    """What a sentence says that a term is.

    Args:
        term: as `asked_term` gives it.
        text: of the sentence; the span of the meaning is one of it.
    """
    for named in _NAMED.finditer(text):
        word = _term(named)
        if tuple(terms(word)) == term:
            return Definition(_named_before(text, named.start(), word))
    meant = _MEANT.search(text)
    if meant is not None and tuple(terms(meant["term"])) == term:
        return Definition(Span(meant.start("meaning"), meant.end("meaning")))
    return None


def names_given(text: str) -> Iterator[tuple[str, str]]:
    """The names that a text gives a term to, with it: ("Calder Cycles LLP", "Tenant")."""
    for named in _NAMED.finditer(text):
        meaning = _named_before(text, named.start(), _term(named))
        if meaning is not None:
            yield text[meaning.start : meaning.end], _term(named)
    for labelled in _LABELLED.finditer(text):
        # A form has labels, too: a party's is said again with an article.
        if len(re.findall(rf"\b[Tt]he\s{labelled['term']}\b", text)) >= _OFTEN:
            yield labelled["name"].split("\n")[0], labelled["term"]


def _term(named: re.Match[str]) -> str:
    return " ".join((named["term"] or named["bare"] or named["called"]).split())


def _within(sentence: Sentence, found: Definition) -> Span | None:
    if found.meaning is None:
        return None
    return Span(sentence.start + found.meaning.start, sentence.start + found.meaning.end)


def _named_before(text: str, end: int, term: str) -> Span | None:
    """What a bracket at `end` gives a term to: 'Calder Ltd, a company of Cork (the "Seller")'."""
    start = max(text.rfind(")", 0, end) + 1, end - _BEFORE)
    if opened := _OPENS.search(text, start, end):
        start = opened.end()
    if (spelt := _spelt_out(text, start, end, term)) is not None:
        return spelt
    names = [name for found in _NAME.finditer(text, start, end) if (name := _bare(text, found))]
    wanted = set(terms(term))
    alike = [name for name in names if wanted <= set(terms(text[name.start : name.end]))]
    told_of = [name for name in names if _APPOSED.match(text, name.end)]
    beside = [name for name in names if not text[name.end : end].strip(" ,\t\n]*_")]
    for found in (alike[-1:], told_of[:1], beside):
        if found:
            return found[0]
    phrase = _PHRASE.search(text, start, end)
    return Span(phrase.start(1), phrase.end(1)) if phrase else None


def _bare(text: str, found: re.Match[str]) -> Span | None:
    """A name without the function words that it begins with, or the office before a company's:
    "The Treasurer of Calder Ltd" is of "Calder Ltd"."""
    start, name = found.start(), found[0]
    before, of, rest = name.rpartition(" of ")
    if _COMPANY.search(name) and any(is_person_noun(word.lower()) for word in before.split()):
        start, name = start + len(before) + len(of), rest
    for word in _PLAIN_WORD.finditer(name):
        if word[0].casefold() not in STOP_WORDS:
            return Span(start + word.start(), found.end())
    return None


def _spelt_out(text: str, start: int, end: int, term: str) -> Span | None:
    """The words before a bracket whose first letters are an acronym's: "earnings per share"."""
    letters = [char for char in term if char.isalnum()]
    if not 2 <= len(letters) <= 8 or not term.replace(".", "").replace("&", "").isupper():
        return None
    words = list(_PLAIN_WORD.finditer(text, start, end))
    left = letters
    for at in range(len(words) - 1, -1, -1):
        word = words[at][0]
        if word[0].upper() == left[-1]:
            left = left[:-1]
            if not left:
                return Span(words[at].start(), words[-1].end())
        elif word.casefold() not in STOP_WORDS:
            return None
    return None
