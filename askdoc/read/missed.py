"""What of a question a sentence lacks, with what holds for it, and whether its document has it.

A word that stands nowhere in a document is often only another word for one that does. A word that
it has, but beside something else, tells that something else was asked for: "the reward of the
slave-catcher", where the sentence has the commissioner's. A name is not missed where the document
puts it in other words: "HUD" spelt out, "Mr Pereira" of whom it has named in full before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from askdoc.english.analyzer import STOP_WORDS, terms
from askdoc.english.word_classes import TITLES
from askdoc.model import Document
from askdoc.read.analysis import QuestionAnalysis
from askdoc.read.cells import years_in
from askdoc.read.parts import PassageParts, SentenceParts

# So many sentences before one are read with it.
BEFORE = 2
_CAPITAL = r"[A-Z][\w’'-]*"
_FULL_NAME = re.compile(rf"{_CAPITAL}(?: {_CAPITAL}){{1,5}}")
_SMALL = r"(?:of|and|the|for|in|on|de|&)"
_SPELT_OUT = re.compile(rf"{_CAPITAL}(?: (?:{_SMALL} ){{0,2}}{_CAPITAL}){{1,7}}")
# Two letters stand for too much.
_LEAST_LETTERS = 3
_ACRONYM = re.compile(r"\b[A-Z]{3,8}\b")
_WORD = re.compile(r"[^\W\d_]+")
# A question with more names is a text.
_MOST_NAMES = 8
_POSSESSIVE = re.compile(r"['’]s?$")


class Lack(NamedTuple):
    """What of a question a sentence and what holds for it lack.

    Attributes:
        names: how many of its names the passage lacks.
        other_year: whether it asks of a year, and sentence or heading are of another.
        met: the terms of names that the passage has in other words.
        elsewhere: the terms that neither sentence nor what holds for it has, and that the document
            has in a passage that is read.
    """

    names: int
    other_year: bool
    met: frozenset[str]
    elsewhere: list[str]


class Lacking:
    """What of a question is lacking in the sentences that are read together.

    Args:
        asked: the question.
        passages: all that are read.
    """

    def __init__(self, asked: QuestionAnalysis, passages: Sequence[PassageParts]) -> None:
        self._asked, self._passages = asked, passages
        self._years = frozenset(years_in(asked.text))
        self._there: dict[Document, frozenset[str]] = {}
        self._met: dict[int, frozenset[str]] = {}
        self._said: dict[int, list[frozenset[str]]] = {}
        self._above: dict[int, frozenset[str]] = {}

    def of(self, number: int, at: int) -> Lack:
        """What sentence `at` of a passage lacks, of that number among those that are read."""
        passage = self._passages[number]
        parts = passage.sentences[at]
        # A row of a table can't borrow its neighbours' words.
        beside = passage.columns if parts.row is None else parts.counts
        lost = {
            term
            for term in self._asked.capitals
            if term not in beside and not _holds_for_it(term, passage, parts)
        }
        met = self._met_in(number) if lost else frozenset[str]()
        before = passage.sentences[max(0, at - BEFORE) : at] if parts.row is None else []
        elsewhere = [
            term
            for term in self._elsewhere(passage.document)
            if term not in parts.counts
            and term not in met
            and not _holds_for_it(term, passage, parts)
            and not any(term in one.counts for one in before)
        ]
        return Lack(len(lost - met), self._is_of_other_year(number, at), met, elsewhere)

    def _elsewhere(self, document: Document) -> frozenset[str]:
        if document not in self._there:
            held = (one.columns.keys() for one in self._passages if one.document is document)
            self._there[document] = frozenset(self._asked.weight).intersection(
                chain.from_iterable(held)
            )
        return self._there[document]

    def _is_of_other_year(self, number: int, at: int) -> bool:
        """Whether what says nearest of which year it is says another one."""
        if not self._years:
            return False
        passage = self._passages[number]
        parts = passage.sentences[at]
        if number not in self._said:
            self._said[number] = [frozenset(years_in(one.text)) for one in passage.sentences]
            self._above[number] = frozenset(years_in(passage.heading))
        said = self._said[number]
        here = said[at].union(filter(years_in, parts.column_terms))
        above = self._above[number]
        before = said[max(0, at - BEFORE) : at] if parts.row is None else []
        if not self._years.isdisjoint(here.union(above, *before)):
            return False
        return bool(above) or bool(here and self._years.isdisjoint(passage.said))

    def _met_in(self, number: int) -> frozenset[str]:
        """The terms of the question's names that a passage has in other words."""
        if number not in self._met:
            passage, asked = self._passages[number], self._asked.text
            inside = [*(parts.text for parts in passage.sentences), passage.heading]
            short = (
                word
                for word in islice(dict.fromkeys(_ACRONYM.findall(asked)), _MOST_NAMES)
                if any(map(_spelt(word).search, inside))
            )
            long = (_shortened(text, asked) for text in inside)
            met = "\n".join(chain(short, *long, self._surnamed(passage)))
            self._met[number] = frozenset(terms(met))
        return self._met[number]

    def _surnamed(self, passage: PassageParts) -> Iterator[str]:
        """The full names in the question whose bearers a passage calls by their surnames alone.

        Only where nobody else is called so in what is read of the document.
        """
        for match in islice(_FULL_NAME.finditer(self._asked.text), _MOST_NAMES):
            *given, surname = match[0].split(" ")
            surname = _POSSESSIVE.sub("", surname)
            term = terms(surname)
            if len(term) != 1 or term[0] not in passage.columns:
                continue
            called = re.compile(rf"\b({_CAPITAL})\.? {re.escape(surname)}\b")
            before = {
                word[1]
                for one in self._passages
                if one.document is passage.document and term[0] in one.columns
                for parts in one.sentences
                for word in called.finditer(parts.text)
                if word[1].lower() not in STOP_WORDS and word[1].lower() not in TITLES
            }
            if before and before <= set(given):
                yield match[0]


def _holds_for_it(term: str, passage: PassageParts, parts: SentenceParts) -> bool:
    """Whether a term is in the heading, the row's columns, or said of all of the document."""
    return term in passage.heading_terms or term in parts.column_terms or term in passage.said


@lru_cache(_MOST_NAMES)
def _spelt(acronym: str) -> re.Pattern[str]:
    """Words in a row that begin with the letters of an acronym, small ones left out or not."""
    apart = rf"(?:[\W_]+{_SMALL}){{0,2}}[\W_]+"
    following = (rf"[{letter}{letter.lower()}][^\W\d_]*" for letter in acronym[1:])
    return re.compile(apart.join((rf"\b{acronym[0]}[^\W\d_]*", *following)))


def _shortened(text: str, asked: str) -> Iterator[str]:
    """The names in a question that a text has as acronyms: "GAO"."""
    acronyms = set(_ACRONYM.findall(text))
    for match in islice(_SPELT_OUT.finditer(asked), _MOST_NAMES if acronyms else 0):
        words = [word for word in _WORD.findall(match[0]) if word[0].isupper()]
        # A question's first word is no part of a name.
        for start in range(len(words) - _LEAST_LETTERS + 1):
            if "".join(word[0] for word in words[start:]) in acronyms:
                yield " ".join(words[start:])
