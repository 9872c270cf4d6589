"""Passages and sentences taken apart, once for all the questions that will read them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from askdoc.english import background
from askdoc.english.analyzer import terms, tokenize
from askdoc.english.answer_types import AnswerType, candidates
from askdoc.model import Passage, Sentence, Span
from askdoc.read.analysis import is_negated
from askdoc.read.captions import caption_of
from askdoc.read.cells import Row, row_of
from askdoc.read.leftovers import is_leftover
from askdoc.read.said import said_terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_REFERS = re.compile(
    r"\W*(?:He|She|It|They|His|Her|Their|Its|This|These|That|Those|The (?:two|former|latter))\b"
)
# Words that say how many without a number.
_QUANTITY = re.compile(
    r"\b(?:all|none|both|most|many|much|few|several|various|single|numerous|countless|couple|majority"
    r"|minority|portion|fraction|lots?|plenty|tons?|free|same|any number|entire|whole|almost|nearly"
    r"|tiny|small|large|huge)\b",
    re.I,
)
# Several marks that stand apart are what is left of a dash in a text that was decoded wrongly.
_QUESTION_END = re.compile(r"(?:[^\s?]\?{1,9}|\s\?)\Z")


def _asks(text: str) -> bool:
    """Whether a sentence is a question, quoted whole or not.

    One that only ends in a quoted question says who asked it.
    """
    body = text.rstrip("\"'”’)*_ ")
    closed = '"' in text[len(body) :] or "”" in text[len(body) :]
    quotes = closed and any(mark in body.lstrip("\"“'‘(*_ ") for mark in '"“')
    return not quotes and _QUESTION_END.search(body) is not None


def _is_heading(sentence: Sentence) -> bool:
    """Whether it is a heading, or the row of a table that only names its columns."""
    table = sentence.document.table_at(sentence.start)
    names_columns = table is not None and table.columns and table.span.start == sentence.start
    return bool(names_columns) or sentence.document.is_heading(sentence.start, sentence.end)


def _column_terms(row: Row | None) -> frozenset[str]:
    """The terms of what a row's columns are called, and its table: each row holds them."""
    if row is None:
        return frozenset()
    title = row.table.title if row.table is not None else ""
    return frozenset(terms("\n".join((title, *row.columns))))


class SentenceParts:
    """What the lexical reader needs to know of a sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.text = text = sentence.text
        self.tokens = tokenize(text)
        self.row = row_of(sentence, text, self.tokens)
        self.column_terms = _column_terms(self.row)
        content = [token for token in self.tokens if not token.stop]
        self.counts = Counter(token.term for token in content)
        self.length = len(content)
        self.places: dict[str, list[int]] = {}
        for place, token in enumerate(self.tokens):
            if token.stop:
                continue
            self.places.setdefault(token.term, []).append(place)
        self.has_capitals = any(text[token.start].isupper() for token in content)
        self.asks = _asks(text)
        self.refers = _REFERS.match(text) is not None
        self.negated = is_negated(text)
        aside = sentence.document.is_aside(sentence.start)
        self.is_leftover = aside or is_leftover(text)
        self.is_heading = _is_heading(sentence)
        self.caption = caption_of(sentence, text)
        self.has_quantity = _QUANTITY.search(text) is not None
        self._candidates: dict[AnswerType, list[Span]] = {}

    def candidates(self, kind: AnswerType) -> list[Span]:
        """Where the sentence holds something of that kind; offsets in the sentence's text."""
        if kind not in self._candidates:
            self._candidates[kind] = candidates(kind, self.text)
        return self._candidates[kind]


class PassageParts:
    """What the lexical reader needs to know of a passage.

    Attributes:
        document: what it is of; `heading` is that above it, "" where there is none.
        heading_terms: of that and of the names of its table's columns.
        columns: each term of the passage -> its row in `vectors`, shape (terms, dimensions).
        members: for each sentence, the rows of its terms.
        said: terms that the document says of itself once, for all of it.
        means: for each sentence, the mean of its terms' vectors, weighted by idf, of length 1.
    """

    def __init__(self, passage: Passage) -> None:
        import numpy as np

        self.sentences = [SentenceParts(sentence) for sentence in passage.sentences]
        found = list(dict.fromkeys(term for parts in self.sentences for term in parts.counts))
        self.document = document = passage.document
        table = document.table_at(passage.start)
        self.heading = document.heading_at(passage.start) or ""
        above = [self.heading, *(table.columns if table else ())]
        self.heading_terms = {token.term for token in tokenize("\n".join(above)) if not token.stop}
        self.said = said_terms(document)
        self.columns = {term: at for at, term in enumerate(found)}
        self.vectors = background.vectors(found)
        self.members: list[NDArray[np.intp]] = [
            np.array([self.columns[term] for term in parts.counts], dtype=np.intp)
            for parts in self.sentences
        ]
        weighed = self.vectors * np.array(
            [[background.idf(term)] for term in found], dtype=np.float32
        ).reshape(-1, 1)
        means = np.array([weighed[member].sum(axis=0) for member in self.members])
        lengths = np.linalg.norm(means, axis=1, keepdims=True)
        self.means: NDArray[np.float32] = means / np.maximum(lengths, 1e-9, dtype=np.float32)
