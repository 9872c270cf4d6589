"""Wires the parts: load, split, retrieve, read, answer. The class that users hold."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace
from functools import cached_property
from itertools import chain, islice
from operator import index
from pathlib import Path
from sys import maxsize
from typing import TYPE_CHECKING, BinaryIO, SupportsIndex

from askdoc.answer import compose
from askdoc.errors import IndexChanged, LoadError, NoDocuments, QuestionError
from askdoc.load import load_paths, load_text
from askdoc.model import Answer, Document, Extent, Extract, Hit, Passage, Question
from askdoc.read import READERS, Reader
from askdoc.read import reader as make_reader
from askdoc.retrieve import Retriever
from askdoc.retrieve.memory import MemoryRetriever
from askdoc.retrieve.query import own_terms, query
from askdoc.store.parcel import Parcel, prepare
from askdoc.text import normalize_question, replace_lone_surrogates, tokenize

if TYPE_CHECKING:
    from askdoc.cache import Cache
    from askdoc.conversation import Conversation
    from askdoc.retrieve.disk import DiskRetriever

# One sentence is the answer; whoever wants to compare asks for more.
DEFAULT_LIMIT = 1
DEFAULT_READER = "neural"
# At least so many passages, and passages of so many sentences, are read together. Beyond these,
# retrieval's order is no better than chance.
_READ, _SENTENCES = 20, 60
# How often a question is asked again when the saved index was updated while it was answered.
_TRIES = 5
# How much of what was typed an error repeats.
_SHOWN = 80


class Assistant:
    """Answers questions from documents with the documents' own sentences.

    Make one with `from_paths`, `from_texts` or `open`.

    Args:
        documents: what is asked.
        problems: the sources that could not be read and were left out.
        reader: "neural", the network that ships with askdoc, or "lexical", which goes by shared
            words alone and needs neither the model's memory nor its time; or a reader of your own.

    Raises:
        ValueError: there is no such reader.

    Attributes:
        problems: the sources that could not be read and were left out.
        reader: what reads, as it was given.
    """

    _saved: DiskRetriever | None = None
    _cache: Cache | None = None

    def __init__(
        self,
        documents: Iterable[Document],
        *,
        problems: Sequence[LoadError] = (),
        reader: str | Reader = DEFAULT_READER,
    ) -> None:
        if isinstance(reader, str) and reader not in READERS:
            raise ValueError(f"reader must be one of {', '.join(READERS)}, not {reader!r}")
        self._documents = tuple(documents)
        self.problems: tuple[LoadError, ...] = tuple(problems)
        self.reader = reader

    @classmethod
    def from_paths(
        cls,
        paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        *,
        stdin: BinaryIO | None = None,
        reader: str | Reader = DEFAULT_READER,
        cache: Cache | None = None,
    ) -> Assistant:
        """An assistant over files and folders, held in memory; `-` is standard input.

        A source that cannot be read is left out and listed in `problems`. What is read is kept in
        `cache` if there is one, for whoever asks the same files again.

        Raises:
            LoadError: a single source was named, and it could not be read.
            NoDocuments: nothing at all could be read.
            ValueError: there is no such reader.
        """
        named = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
        recall = None if cache is None else cache.recall
        documents, problems = load_paths(named, stdin=stdin, recall=recall)
        if not documents:
            if len(problems) == 1:
                raise problems[0]
            if not problems:
                raise NoDocuments("no documents were named", remedy="Name files or folders to ask.")
            raise NoDocuments(
                f"none of the {len(problems)} sources could be read",
                remedy=f"The first: {problems[0]}",
            )
        assistant = cls(documents, problems=problems, reader=reader)
        assistant._cache = cache
        return assistant

    @classmethod
    def from_texts(
        cls, texts: Mapping[str, str], *, reader: str | Reader = DEFAULT_READER
    ) -> Assistant:
        """An assistant over texts that are at hand: name -> text, each kept as it is.

        Raises:
            ValueError: there is no such reader.
        """
        return cls((load_text(text, name) for name, text in texts.items()), reader=reader)

    @classmethod
    def open(
        cls, folder: str | os.PathLike[str], *, reader: str | Reader = DEFAULT_READER
    ) -> Assistant:
        """An assistant over a saved index, which `askdoc index` or `askdoc.index.update` made.

        It answers from what is committed when it is asked, also while somebody updates the index,
        and does not read the files again.

        Raises:
            IndexNotFound: there is none in this folder.
            IndexOutdated: another version of askdoc made it.
            IndexDamaged: it does not hold what was written; `ask`, `search` and what they give
                may raise it as well, since an index is not read as a whole when it is opened.
            ValueError: there is no such reader.
        """
        from askdoc.retrieve.disk import DiskRetriever

        assistant = cls((), reader=reader)
        assistant._saved = DiskRetriever(Path(folder))
        return assistant

    @property
    def documents(self) -> Sequence[Document]:
        """What is asked: in the order in which it was given, or by path where it was saved."""
        return self._documents if self._saved is None else self._saved.documents

    @property
    def passages(self) -> Sequence[Passage]:
        """All passages of all documents, in order: what is searched."""
        return self._analysed[0] if self._saved is None else self._saved.passages

    @property
    def extents(self) -> list[Extent]:
        """How much there is of each document, in order; no text is loaded for it."""
        return self._extents if self._saved is None else self._saved.extents

    @cached_property
    def _extents(self) -> list[Extent]:
        counts: Counter[Document] = Counter()
        for passage in self._analysed[0]:
            counts[passage.document] += len(passage.sentences)
        return [Extent(d.source, counts[d], d.lines, len(d.text), d.notes) for d in self._documents]

    @cached_property
    def _analysed(self) -> tuple[tuple[Passage, ...], list[list[str]]]:
        """The passages of the documents in memory, and the terms of each."""
        passages: list[Passage] = []
        terms: list[list[str]] = []
        for document in self._documents:
            parcel = self._parcel(document)
            passages += parcel.passages(document)
            terms += (words.split() for words in parcel.terms)
        return tuple(passages), terms

    def _parcel(self, document: Document) -> Parcel:
        kept = self._cache.parcel_of(document) if self._cache is not None else None
        if kept is not None:
            return kept
        parcel = prepare(document)
        if self._cache is not None:
            self._cache.keep(document, parcel)
        return parcel

    @cached_property
    def _retriever(self) -> Retriever:
        return MemoryRetriever(*self._analysed) if self._saved is None else self._saved

    def changes(self, answer: Answer) -> dict[str, str]:
        """What happened to the cited files since they were indexed, by source: none for most.

        Only files of a saved index are looked at: what is held in memory was read just now.
        """
        if self._saved is None:
            return {}
        return self._saved.changes({citation.source for citation in answer.citations})

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
        _check_words(words)
        for _ in range(_TRIES):
            with suppress(IndexChanged):
                return self._composed(asked, most, least)
        return self._composed(asked, most, least)

    def _composed(self, asked: Question, most: int, least: float) -> Answer:
        with nullcontext() if self._saved is None else self._saved.one_state():
            extracts = self._extracts(asked, unmatched=least == 0.0)
            return compose(asked, extracts, limit=most, threshold=least)

    def _extracts(self, question: Question, unmatched: bool) -> Iterator[Extract]:
        """What is read, as far as it is asked for; confidences never rise.

        Hits are read some at a time, the same whatever the limit: how rare a term is among them,
        and how far one sentence stands above the others, must not change with it.
        """
        ceiling = 1.0
        weights = query(question.resolved)
        by_terms = self._reader.goes_by_terms or not weights
        for hits in self._portions(weights, unmatched, together=not by_terms):
            for extract in self._reader.read(question, hits):
                ceiling = min(ceiling, extract.confidence)
                if by_terms and not hits[0].score:
                    ceiling = 0.0  # It is only shown because everything was asked for.
                yield replace(extract, confidence=ceiling)

    def _portions(
        self, weights: Mapping[str, float], unmatched: bool, together: bool
    ) -> Iterator[Sequence[Hit]]:
        """Hits that are read together, best first.

        Args:
            weights: the terms that are looked for, and what each is worth.
            unmatched: whether the passages that share no term follow, in order, with a score of 0.
            together: whether these may be read with the others, where there is room; then they
                follow without being asked for.
        """
        hits = self._retriever.search(weights, _SENTENCES)
        few = len(hits) < _SENTENCES
        if few and together:
            yield from _cut(chain(hits, self._unmatched(hits)))
            return
        matched: list[Hit] = []
        yield from _cut(self._matching(weights, hits, matched))
        if unmatched or together:
            yield from _cut(self._unmatched(matched))

    def _matching(
        self, weights: Mapping[str, float], hits: list[Hit], matched: list[Hit]
    ) -> Iterator[Hit]:
        """All hits, looked for as far as they are asked for, and noted in `matched`."""
        limit = _SENTENCES
        while True:
            for hit in islice(hits, len(matched), None):
                matched.append(hit)
                yield hit
            if len(hits) < limit:
                return
            limit *= 10
            hits = self._retriever.search(weights, limit)

    def _unmatched(self, hits: Iterable[Hit]) -> Iterator[Hit]:
        matched = {hit.passage for hit in hits}
        return (Hit(passage, 0.0) for passage in self.passages if passage not in matched)

    def conversation(self) -> Conversation:
        """A conversation with the documents, in which questions may lean on those before."""
        from askdoc.conversation import Conversation

        return Conversation(self)

    def search(self, words: str, *, limit: SupportsIndex = 10) -> list[Hit]:
        """The passages that share most with some words, best first, without reading them.

        Unlike `ask`, it looks for these words alone and not for others that mean much the same.

        Args:
            words: a question, or anything else with words in it.
            limit: at most so many passages, at least 0.

        Raises:
            QuestionError: there are no words.
            TypeError: `limit` is not a whole number.
            ValueError: `limit` is negative.
        """
        most = _whole(limit, at_least=0)
        weights = own_terms(words)
        if not weights:
            _check_words(words)
        return self._retriever.search(weights, most)


def _cut(hits: Iterable[Hit]) -> Iterator[Sequence[Hit]]:
    """The hits in the portions in which they are read."""
    portion: list[Hit] = []
    sentences = 0
    for hit in hits:
        if len(portion) >= _READ and sentences >= _SENTENCES:
            yield portion
            portion, sentences = [], 0
        portion.append(hit)
        sentences += len(hit.passage.sentences)
    if portion:
        yield portion


def _check_words(question: str) -> None:
    if not tokenize(normalize_question(question)):
        shown = question.strip()[:_SHOWN]
        raise QuestionError("the question has no words", shown, "Ask in plain words.")


def _whole(limit: SupportsIndex, at_least: int) -> int:
    try:
        number = index(limit)
    except TypeError:
        raise TypeError(f"limit must be a whole number, not {limit!r}") from None
    if number < at_least:
        raise ValueError(f"limit must be at least {at_least}, not {number}")
    return min(number, maxsize)
