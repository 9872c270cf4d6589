"""Wires the parts: load, split, index, retrieve, read, answer. The class that users hold."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from operator import index
from sys import maxsize
from typing import BinaryIO, SupportsIndex

from askdoc.answer import compose
from askdoc.errors import LoadError, NoDocuments, QuestionError
from askdoc.load import load_paths, load_text
from askdoc.model import Answer, Document, Extract, Hit, Passage, Question
from askdoc.read import READERS, Reader
from askdoc.read import reader as make_reader
from askdoc.retrieve import Retriever
from askdoc.retrieve.memory import MemoryRetriever
from askdoc.retrieve.query import query
from askdoc.split import group, split
from askdoc.text import normalize_question, replace_lone_surrogates, tokenize

# One sentence is the answer; whoever wants to compare asks for more.
DEFAULT_LIMIT = 1
DEFAULT_READER = "neural"
# At least so many passages, and passages of so many sentences, are read together. Beyond these,
# retrieval's order is no better than chance.
_READ, _SENTENCES = 20, 60
# How much of what was typed an error repeats.
_SHOWN = 80


class Assistant:
    """Answers questions from documents with the documents' own sentences.

    Make one with `from_paths` or `from_texts`.

    Args:
        documents: what is asked.
        problems: the sources that could not be read and were left out.
        reader: "neural", the network that ships with askdoc, or "lexical", which goes by shared
            words alone and needs neither the model's memory nor its time; or a reader of your own.

    Raises:
        ValueError: there is no such reader.

    Attributes:
        documents: what is asked, in the order in which it was given.
        problems: the sources that could not be read and were left out.
        reader: what reads, as it was given.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        *,
        problems: Sequence[LoadError] = (),
        reader: str | Reader = DEFAULT_READER,
    ) -> None:
        if isinstance(reader, str) and reader not in READERS:
            raise ValueError(f"reader must be one of {', '.join(READERS)}, not {reader!r}")
        self.documents: tuple[Document, ...] = tuple(documents)
        self.problems: tuple[LoadError, ...] = tuple(problems)
        self.reader = reader

    @classmethod
    def from_paths(
        cls,
        paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        *,
        stdin: BinaryIO | None = None,
        reader: str | Reader = DEFAULT_READER,
    ) -> Assistant:
        """An assistant over files and folders, held in memory; `-` is standard input.

        A source that cannot be read is left out and listed in `problems`.

        Raises:
            LoadError: a single source was named, and it could not be read.
            NoDocuments: nothing at all could be read.
            ValueError: there is no such reader.
        """
        named = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
        documents, problems = load_paths(named, stdin=stdin)
        if not documents:
            if len(problems) == 1:
                raise problems[0]
            if not problems:
                raise NoDocuments("no documents were named", remedy="Name files or folders to ask.")
            raise NoDocuments(
                f"none of the {len(problems)} sources could be read",
                remedy=f"The first: {problems[0]}",
            )
        return cls(documents, problems=problems, reader=reader)

    @classmethod
    def from_texts(
        cls, texts: Mapping[str, str], *, reader: str | Reader = DEFAULT_READER
    ) -> Assistant:
        """An assistant over texts that are at hand: name -> text, each kept as it is.

        Raises:
            ValueError: there is no such reader.
        """
        return cls((load_text(text, name) for name, text in texts.items()), reader=reader)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All passages of all documents, in order: what is searched."""
        return tuple(passage for document in self.documents for passage in group(split(document)))

    @cached_property
    def _retriever(self) -> Retriever:
        return MemoryRetriever(self.passages)

    @cached_property
    def _reader(self) -> Reader:
        return make_reader(self.reader) if isinstance(self.reader, str) else self.reader

    def ask(
        self, question: str, *, limit: SupportsIndex = DEFAULT_LIMIT, threshold: float | None = None
    ) -> Answer:
        """The sentences that answer a question, or an answer that says there are none.

        Args:
            question: in plain words.
            limit: at most so many citations, at least 1.
            threshold: the least confidence, in [0, 1], that a citation must have. None is the
                calibrated default; 0.0 never abstains, and gives the best `limit` sentences in
                rank order: last those of passages that share no term with the question, with a
                confidence of 0.

        The citations for a smaller `limit` are the first of those for a larger one, and as sure.

        Raises:
            ModelError: the neural reader's model is missing or damaged.
            QuestionError: the question has no words.
            TypeError: `limit` is not a whole number.
            ValueError: `limit` or `threshold` is out of range.
        """
        most = _whole(limit, at_least=1)
        least = self._reader.threshold if threshold is None else threshold
        if not 0.0 <= least <= 1.0:
            raise ValueError(f"threshold must be between 0 and 1, not {threshold}")
        # What JSON cannot hold is replaced here as it is in the texts.
        words = replace_lone_surrogates(question)
        asked = Question(asked=words, resolved=words)
        extracts = self._extracts(asked, unmatched=least == 0.0)
        return compose(asked, extracts, limit=most, threshold=least)

    def _extracts(self, question: Question, unmatched: bool) -> Iterator[Extract]:
        """What is read, as far as it is asked for; confidences never rise.

        Hits are read some at a time, the same whatever the limit: how rare a term is among them,
        and how far one sentence stands above the others, must not change with it.
        """
        ceiling = 1.0
        by_terms = self._reader.goes_by_terms or not query(question.resolved)
        for hits in self._portions(question.resolved, unmatched, together=not by_terms):
            for extract in self._reader.read(question, hits):
                ceiling = min(ceiling, extract.confidence)
                if by_terms and not hits[0].score:
                    ceiling = 0.0  # It is only shown because everything was asked for.
                yield replace(extract, confidence=ceiling)

    def _portions(self, words: str, unmatched: bool, together: bool) -> Iterator[Sequence[Hit]]:
        """Hits that are read together, best first.

        Args:
            words: what was asked.
            unmatched: whether the passages that share no term follow, in order, with a score of 0.
            together: whether these may be read with the others, where there is room; then they
                follow without being asked for.
        """
        hits = self.search(words, limit=_SENTENCES)
        first = next(_cut(hits), [])
        few = len(hits) < _SENTENCES
        if few and together:
            yield from _cut([*hits, *self._unmatched(hits)])
            return
        yield first
        if not few:
            hits = self.search(words, limit=len(self.passages))
        yield from _cut(hits[len(first) :])
        if unmatched or together:
            yield from _cut(self._unmatched(hits))

    def _unmatched(self, hits: Iterable[Hit]) -> list[Hit]:
        matched = {id(hit.passage) for hit in hits}
        return [Hit(p, 0.0) for p in self.passages if id(p) not in matched]

    def search(self, words: str, *, limit: SupportsIndex = 10) -> list[Hit]:
        """The passages that share most with some words, best first, without reading them.

        Args:
            words: a question, or anything else with words in it.
            limit: at most so many passages, at least 0.

        Raises:
            QuestionError: there are no words.
            TypeError: `limit` is not a whole number.
            ValueError: `limit` is negative.
        """
        most = _whole(limit, at_least=0)
        if not tokenize(normalize_question(words)):
            shown = words.strip()[:_SHOWN]
            raise QuestionError("the question has no words", shown, "Ask in plain words.")
        return self._retriever.search(query(words), most)


def _cut(hits: Sequence[Hit]) -> Iterator[Sequence[Hit]]:
    """The hits in the portions in which they are read."""
    start = sentences = 0
    for at, hit in enumerate(hits):
        if at - start >= _READ and sentences >= _SENTENCES:
            yield hits[start:at]
            start, sentences = at, 0
        sentences += len(hit.passage.sentences)
    if start < len(hits):
        yield hits[start:]


def _whole(limit: SupportsIndex, at_least: int) -> int:
    try:
        number = index(limit)
    except TypeError:
        raise TypeError(f"limit must be a whole number, not {limit!r}") from None
    if number < at_least:
        raise ValueError(f"limit must be at least {at_least}, not {number}")
    return min(number, maxsize)
