"""A question in a document's own words: "the Tenant" where the question says "Brightwater Cycles".

A contract names its parties once, at its head, and says "the Tenant" in all that it lays down; a
question names them. Read as the document would have put it, the question meets the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

from askdoc.english.analyzer import terms
from askdoc.english.background import idf
from askdoc.english.persons import names
from askdoc.english.terms import STOP_WORDS
from askdoc.english.word_classes import COMPANY_ENDINGS, TITLES
from askdoc.model import Document
from askdoc.read.definitions import names_given
from askdoc.read.pieces import LONGEST_QUESTION, PassagePieces, Window
from askdoc.read.wordpiece import WordPiece

# In code points: as far down as parties are named.
_OPENING = 6000
_SUFFIX_WORDS = frozenset(map(str.lower, COMPANY_ENDINGS)) | {"company", "co"}
# What may stand with the words of a name: "Ms Roe", "Calder Ltd".
_BESIDE_NAMES = _SUFFIX_WORDS | TITLES
_SUFFIXES = re.compile(
    rf"(?:,?\s(?:&\s)?(?:{'|'.join(sorted(_SUFFIX_WORDS))}|n\.v|b\.v|s\.a)\b\.?)+", re.IGNORECASE
)
_ARTICLE = re.compile(r"\b[Tt]he\s\Z")
_WORD = re.compile(r"[^\W\d_][\w-]*")
# Of general English: a word that is rarer names somebody by itself.
_RARE = 8.5
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
    """A party: the words of its name, and the term that the document says for it."""

    words: frozenset[str]
    term: str

    def is_named(self, said: Sequence[str]) -> bool:
        """Whether words of a name are this one's: all of it, two words, or one that few have."""
        own = [word for word in said if word in self.words]
        if not own or any(w not in self.words and w not in _BESIDE_NAMES for w in said):
            return False
        return len(own) >= min(2, len(self.words)) or _is_rare(own[0])


def _is_rare(word: str) -> bool:
    return any(idf(term) >= _RARE for term in terms(word))


def in_words_of(document: Document, question: str, passage: str) -> str:
    """The question as a passage of the document would have put it.

    A name is left where the passage has it, too, or lacks the term.

    Args:
        document: whose parties count.
        question: as it was asked.
        passage: what is read of it.
    """
    for start, end, alias in reversed(_named(document, question)):
        there = {word.casefold() for word in _WORD.findall(passage)}
        if alias.words.isdisjoint(there) and re.search(rf"\b{re.escape(alias.term)}\b", passage):
            question = f"{question[:start]}the {alias.term}{question[end:]}"
    return question


def is_aliased(document: Document, question: str) -> bool:
    """Whether a question says a name for which the document says a term."""
    return bool(_aliases(document)) and bool(_named(document, question))


def _named(document: Document, question: str) -> list[tuple[int, int, _Alias]]:
    """Where a question names which party of a document: with its article and what it ends with."""
    found = []
    for name in names(question):
        said = [question[span.start : span.end].casefold() for span in name]
        alias = next((one for one in _aliases(document) if one.is_named(said)), None)
        if alias is not None:
            article = _ARTICLE.search(question, max(0, name[0].start - 5), name[0].start)
            ending = _SUFFIXES.match(question, name[-1].end)
            start = article.start() if article else name[0].start
            found.append((start, ending.end() if ending else name[-1].end, alias))
    return found


def _aliases(document: Document) -> list[_Alias]:
    found = _known.get(document)
    if found is None:
        found = []
        for name, term in names_given(document.opening(_OPENING)):
            words = {word.casefold() for word in _WORD.findall(name) if word[0].isupper()}
            words -= STOP_WORDS | _SUFFIX_WORDS
            if words and term[:1].isupper() and term.casefold() not in STOP_WORDS | words:
                found.append(_Alias(frozenset(words), term))
        _known[document] = found
    return found
