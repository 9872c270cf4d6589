"""Wires the parts: load, split, index, retrieve, read, answer. The class that users hold."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import BinaryIO

from askdoc.answer import compose
from askdoc.errors import LoadError, NoDocuments, QuestionError
from askdoc.load import load_paths, load_text
from askdoc.model import Answer, Document, Hit, Passage, Question
from askdoc.read import Reader
from askdoc.read.lexical import LexicalReader
from askdoc.retrieve import Retriever
from askdoc.retrieve.memory import MemoryRetriever
from askdoc.retrieve.query import query
from askdoc.split import group, split
from askdoc.text import tokenize

# One sentence is the answer; whoever wants to compare asks for more.
DEFAULT_LIMIT = 1
# Low on purpose: a paraphrase that shares hardly a word with its answer gets little more, and the
# confidence is shown with each answer. What each threshold gives up and lets through is printed by
# lab/training/lexical.py; at 0.35 it refuses 9 of 10 questions whose paragraph was taken away.
DEFAULT_THRESHOLD = 0.22
# How many passages are read. Beyond these, retrieval's order is no better than chance.
_READ = 20


class Assistant:
    """Answers questions from documents with the documents' own sentences.

    Make one with `from_paths` or `from_texts`.

    Attributes:
        documents: what is asked, in the order in which it was given.
        problems: the sources that could not be read and were left out.
    """

    def __init__(
        self, documents: Iterable[Document], *, problems: Sequence[LoadError] = ()
    ) -> None:
        self.documents: tuple[Document, ...] = tuple(documents)
        self.problems: tuple[LoadError, ...] = tuple(problems)
        self._reader: Reader = LexicalReader()

    @classmethod
    def from_paths(
        cls,
        paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        *,
        stdin: BinaryIO | None = None,
    ) -> Assistant:
        """An assistant over files and folders, held in memory; `-` is standard input.

        A source that cannot be read is left out and listed in `problems`.

        Raises:
            LoadError: a single source was named, and it could not be read.
            NoDocuments: nothing at all could be read.
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
        return cls(documents, problems=problems)

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> Assistant:
        """An assistant over texts that are at hand: name -> text, each kept as it is."""
        return cls(load_text(text, name) for name, text in texts.items())

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All passages of all documents, in order: what is searched."""
        return tuple(passage for document in self.documents for passage in group(split(document)))

    @cached_property
    def _retriever(self) -> Retriever:
        return MemoryRetriever(self.passages)

    def ask(
        self, question: str, *, limit: int = DEFAULT_LIMIT, threshold: float | None = None
    ) -> Answer:
        """The sentences that answer a question, or an answer that says there are none.

        Args:
            question: in plain words.
            limit: at most so many citations, at least 1.
            threshold: the least confidence, in [0, 1], that a citation must have. None is the
                calibrated default; 0.0 never abstains while any passage shares a term with the
                question, and gives the best `limit` sentences in rank order.

        Raises:
            QuestionError: the question has no words.
            ValueError: `limit` or `threshold` is out of range.
        """
        if limit < 1:
            raise ValueError(f"limit must be at least 1, not {limit}")
        least = DEFAULT_THRESHOLD if threshold is None else threshold
        if not 0.0 <= least <= 1.0:
            raise ValueError(f"threshold must be between 0 and 1, not {threshold}")
        asked = Question(asked=question, resolved=question)
        hits = self.search(question, limit=max(_READ, limit))
        extracts = self._reader.read(asked, hits)
        return compose(asked, extracts, limit=limit, threshold=least)

    def search(self, words: str, *, limit: int = 10) -> list[Hit]:
        """The passages that share most with some words, best first, without reading them.

        Raises:
            QuestionError: there are no words.
        """
        if not tokenize(words):
            raise QuestionError("the question has no words", words.strip(), "Ask in plain words.")
        return self._retriever.search(query(words), limit)
