"""A question in a document's own words: "the Tenant" where the question says "Brightwater Cycles".

A contract names its parties once, at its head, and says "the Tenant" in all that it lays down; a
question names them. Read as the document would have put it, the question meets the sentence.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from weakref import WeakKeyDictionary

from askdoc.english.terms import STOP_WORDS
from askdoc.model import Document
from askdoc.read.definitions import names_given
from askdoc.read.pieces import LONGEST_QUESTION, PassagePieces, Window
from askdoc.read.wordpiece import WordPiece

# In code points: as far down as parties are named.
_OPENING = 3000
_SUFFIX = re.compile(
    r",?\s(?:Ltd|Limited|Inc|Incorporated|Corp|Corporation|Company|Co|LLC|LLP|LP|PLC|plc|GmbH|AG|SE"
    r"|N\.V|B\.V|S\.A)\.?\Z"
)
# Two words with capitals, at least: one alone names too much.
_PROPER = re.compile(r"(?:[A-Z]\S*,?\s(?:(?:of|and|the|&|de|van|von)\s)?){1,7}[A-Z]\S*")
_known: WeakKeyDictionary[Document, list[_Alias]] = WeakKeyDictionary()


class Wordings:
    """A question as pieces, for each window in its document's own words."""

    def __init__(self, question: str, tokenizer: WordPiece) -> None:
        self._question, self._tokenizer = question, tokenizer
        self.typed = self._pieces(question)
        self._known = {question: self.typed}

    def for_window(self, cut: PassagePieces, window: Window) -> list[int]:
        document = cut.passage.document
        if not is_aliased(document, self._question):
            return self.typed
        spans = cut.spans[window.first : window.after]
        read = document.part(spans[0].start, spans[-1].end)
        wording = in_words_of(document, self._question, read)
        if wording not in self._known:
            self._known[wording] = self._pieces(wording)
        return self._known[wording]

    def _pieces(self, question: str) -> list[int]:
        return self._tokenizer.encode(question).ids[:LONGEST_QUESTION]


class _Alias(NamedTuple):
    """A name that a question may say, and the term that the document says for it."""

    name: re.Pattern[str]
    term: re.Pattern[str]
    told: str

    def replaced(self, question: str, passage: str) -> str:
        """The question with the term for the name, where the passage has the term alone."""
        if self.term.search(passage) is None or self.name.search(passage) is not None:
            return question
        return self.name.sub(lambda _: self.told, question)


def in_words_of(document: Document, question: str, passage: str) -> str:
    """The question as a passage of the document would have put it.

    Args:
        document: whose parties count.
        question: as it was asked.
        passage: what is read of it.
    """
    for alias in _aliases(document):
        question = alias.replaced(question, passage)
    return question


def is_aliased(document: Document, question: str) -> bool:
    """Whether a question says a name for which the document says a term."""
    return any(alias.name.search(question) for alias in _aliases(document))


def _aliases(document: Document) -> list[_Alias]:
    found = _known.get(document)
    if found is None:
        found = [
            _Alias(
                re.compile(rf"(?:\b[Tt]he )?\b{_spaced(name)}(?!\w)"),
                re.compile(rf"\b{re.escape(term)}\b"),
                f"the {term}",
            )
            for name, term in names_given(document.opening(_OPENING))
            if _PROPER.fullmatch(name) and term[:1].isupper() and term.casefold() not in STOP_WORDS
        ]
        _known[document] = found
    return found


def _spaced(name: str) -> str:
    """The name as a pattern, whose suffix need not be said."""
    short = _SUFFIX.sub("", name)
    rest = name[len(short) :]
    words = r"\s+".join(map(re.escape, short.split()))
    suffix = r"\s+".join(map(re.escape, rest.split()))
    return rf"{words}(?:\s*{suffix})?"
