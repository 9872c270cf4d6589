"""Wires the parts: load, split, retrieve, read, answer. The class that users hold."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from copy import copy
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO, SupportsIndex

from askdoc.answer import only_quoted
from askdoc.asking import Wanted, answered, check_chances, check_words, of_one_state, whole_number
from askdoc.english.analyzer import replace_lone_surrogates
from askdoc.english.requests import is_request
from askdoc.errors import LoadError, NoDocuments, UnknownSource
from askdoc.load import load_text
from askdoc.model import Answer, Citation, Document, Extent, Hit, OnStep, Passage, Question
from askdoc.read import READERS, Reader
from askdoc.read import perhaps_threshold as perhaps_of
from askdoc.read import reader as make_reader
from askdoc.read import threshold as threshold_of
from askdoc.reading import load_paths
from askdoc.retrieve import Corpus
from askdoc.retrieve.memory_corpus import MemoryCorpus
from askdoc.retrieve.query import own_terms

if TYPE_CHECKING:
    from askdoc.cache import Cache
    from askdoc.cluster.address import Address
    from askdoc.conversation import Conversation
    from askdoc.explain import Explanation

# An answer of more sentences than these is not read as one.
_MOST_CITED = 5
DEFAULT_READER = "neural"
# How many names an error gives to choose from.
_NAMED = 8


class Assistant:
    """Answers questions from documents with the documents' own sentences.

    Make one with `from_paths`, `from_texts` or `open`, and others of it with `only` and `adding`.

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
        index: the folder or the address of the saved index that is asked, None where there is none.
    """

    _corpus: Corpus

    def __init__(
        self,
        documents: Iterable[Document],
        *,
        problems: Sequence[LoadError] = (),
        reader: str | Reader = DEFAULT_READER,
    ) -> None:
        if isinstance(reader, str) and reader not in READERS:
            raise ValueError(f"reader must be one of {', '.join(READERS)}, not {reader!r}")
        self._corpus = MemoryCorpus.of(documents)
        self.problems: tuple[LoadError, ...] = tuple(problems)
        self.reader = reader
        self.index: Path | Address | None = None
        self._loading = _Loading(reader)

    @classmethod
    def from_paths(
        cls,
        paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        *,
        stdin: BinaryIO | None = None,
        reader: str | Reader = DEFAULT_READER,
        cache: Cache | None = None,
        progress: Callable[[int], None] | None = None,
        follow_links: bool = False,
    ) -> Assistant:
        """An assistant over files and folders, held in memory; `-` is standard input.

        A source that cannot be read is left out and listed in `problems`. What is read is kept in
        `cache` if there is one, for whoever asks the same files again. `progress` is told how many
        documents were read, after each. Links that lead out of a folder that is named are not
        followed, and a `LinksNotFollowed` in `problems` tells of them, unless `follow_links`.

        Raises:
            LoadError: a single source was named, and it could not be read.
            NoDocuments: nothing at all could be read.
            ValueError: there is no such reader.
        """
        named = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
        recall = None if cache is None else cache.recall
        documents, problems = load_paths(
            named, stdin=stdin, recall=recall, progress=progress, follow_links=follow_links
        )
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
        if cache is not None:
            assistant._corpus = MemoryCorpus.of(documents, cache.prepared)
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
        cls, index: str | os.PathLike[str], *, reader: str | Reader = DEFAULT_READER
    ) -> Assistant:
        """An assistant over a saved index, which `askdoc index` or `askdoc.index.update` made.

        It answers from what is committed when it is asked, also while somebody updates the index,
        and does not read the files again.

            Assistant.open("index/")
            Assistant.open("https://search.example:9200/reports")

        Args:
            index: its folder, or its address in an OpenSearch cluster. Who asks the cluster is told
                by the environment or a netrc file: docs/cluster.md.
            reader: as of the class.

        Raises:
            IndexNotFound: there is none.
            IndexOutdated: another version of askdoc made it.
            IndexDamaged: it does not hold what was written; `ask`, `search` and what they give
                may raise it as well, since an index is not read as a whole when it is opened.
            ClusterError: its cluster cannot be asked, or did not answer in full; `ask`, `search`
                and what they give may raise it as well.
            ValueError: there is no such reader.
        """
        from askdoc.cluster.address import location
        from askdoc.retrieve.index_corpus import IndexCorpus

        assistant = cls((), reader=reader)
        assistant.index = location(index)
        assistant._corpus = IndexCorpus.open(assistant.index)
        return assistant

    def only(self, sources: Collection[str]) -> Assistant:
        """An assistant that asks the documents of these sources alone.

        It shares the reader, and all that was read, split and analysed. How rare a word is goes on
        being judged by all documents: the hits are those of all that come from these sources, with
        the same scores. Over a saved index it goes by name: an update of one of these is seen.

        Args:
            sources: names as `Document.source` and `Citation.source` give them.

        Raises:
            UnknownSource: no document that is asked has one of these names.
        """
        names = {sources} if isinstance(sources, str) else set(sources)
        known = {extent.source: None for extent in self._corpus.extents}
        for unknown in sorted(names.difference(known)):
            raise UnknownSource("no document has this name", unknown, _choice(list(known)))
        other = copy(self)
        other._corpus = self._corpus.only(names)
        other.problems = tuple(one for one in self.problems if one.where in names)
        return other

    def adding(
        self, documents: Iterable[Document], problems: Sequence[LoadError] = ()
    ) -> Assistant:
        """An assistant that asks these documents as well, held in memory.

        It shares the reader, and all that was read, split and analysed. The new documents stand
        last. Each takes the place of what was asked under its name, as somebody expects who adds a
        changed file again; of several with one name the last is taken. A saved index is not
        changed: what stands there under that name is only not asked here, also after an update.

            assistant.adding(*askdoc.load_paths(["minutes.pdf"]))
            assistant.adding([askdoc.load_text(text, "pasted text")])

        Args:
            documents: what is asked besides.
            problems: the sources that could not be read and were left out. They join those of
                this assistant, in the place of such as are about the same sources or were read now.
        """
        added = list(documents)
        told = {document.source for document in added} | {problem.where for problem in problems}
        other = copy(self)
        other._corpus = self._corpus.adding(added)
        other.problems = (*(one for one in self.problems if one.where not in told), *problems)
        return other

    @property
    def documents(self) -> Sequence[Document]:
        """What is asked: in the order in which it was given, or by path where it was saved."""
        return self._corpus.documents

    @property
    def passages(self) -> Sequence[Passage]:
        """All passages of all documents, in order: what is searched."""
        return self._corpus.passages

    @property
    def extents(self) -> list[Extent]:
        """How much there is of each document, in order; no text is loaded for it."""
        return self._corpus.extents

    @property
    def unfinished(self) -> tuple[str, ...]:
        """The paths that were named for the saved index and not read to their end; mostly none.

        While there are any, that the documents don't say is only true of what was read so far.
        """
        return self._corpus.unfinished

    @property
    def generation(self) -> str:
        """What tells the state of the saved index that is asked from any before and after it.

        It is the same while nobody commits an update; "" where all is held in memory, which never
        changes.
        """
        with self._corpus.snapshot():
            return self._corpus.generation

    def snapshot(self) -> AbstractContextManager[None]:
        """Have all that is asked of this assistant within answered from one state.

        Whoever updates the saved index waits for its end, and so do other threads that ask.

        Raises:
            IndexChanged: what was answered is of two states all the same.
        """
        return self._corpus.snapshot()

    def changes(self, found: Answer | Iterable[Hit]) -> dict[str, str]:
        """What happened to the files of an answer's citations, or of passages found, since they
        were indexed, by source: nothing to most.

        Only files of a saved index are looked at: what is held in memory was read just now.
        """
        if isinstance(found, Answer):
            return self._corpus.changes({citation.source for citation in found.citations})
        return self._corpus.changes({hit.passage.document.source for hit in found})

    @property
    def _reader(self) -> Reader:
        return self._loading.reader

    def ask(
        self,
        question: str,
        *,
        limit: SupportsIndex | None = None,
        threshold: float | None = None,
        perhaps_threshold: float | None = None,
        without: Iterable[Citation] = (),
        also: Sequence[str] = (),
        on_step: OnStep | None = None,
    ) -> Answer:
        """The sentences that answer a question, or an answer that says there are none.

        Args:
            question: in plain words.
            limit: at most so many citations, at least 1. None is five; with a threshold of 0.0,
                where as many are given as are asked for, it is one.
            threshold: the least confidence, in [0, 1], that a citation must have. None is the
                calibrated default, which is higher where the question names somebody in full; 0.0
                never abstains, and gives the best `limit` sentences in rank order: last those of
                passages that share no term with the question, with a confidence of 0.
            perhaps_threshold: the least confidence, in [0, 1], of sentences that are no answer but
                have a real chance: the answer's verdict is then "perhaps", and they are its
                `nearest`. None is the calibrated default; from `threshold` on there are none.
            without: sentences that are not to be cited, since they are known already.
            also: other wordings of the question, where it is not sure what is meant. Confidence is
                then the mean over all of them.
            on_step: is called with "searching" before passages are looked for and with "reading"
                before some are read, which takes the time. An error that it raises ends the
                question and is raised here: so it is given up.

        Several threads may ask at once; they wait for one another only while passages are looked
        for. Each answer is of one state of a saved index, also while that is updated.

        Where one sentence is enough there is one citation, else the sentences that the answer
        needs, in reading order; with a threshold of 0.0 the best in rank order. The citations for
        a smaller `limit` are among those for a larger one, and as sure. What asks for no quotation
        ("summarize this") is not looked for, but where the threshold is 0.0.

        Raises:
            ModelError: the neural reader's model is missing or damaged.
            QuestionError: the question has no words.
            TypeError: `limit` is not a whole number.
            ValueError: `limit`, `threshold` or `perhaps_threshold` is out of range.
        """
        # What JSON cannot hold is replaced here as it is in the texts.
        words = replace_lone_surrogates(question)
        also = tuple(map(replace_lone_surrogates, also))
        asked = Question(asked=words, resolved=words)
        check_chances(threshold=threshold, perhaps_threshold=perhaps_threshold)
        reader = self._reader
        least = threshold_of(reader, asked) if threshold is None else threshold
        perhaps = perhaps_of(reader) if perhaps_threshold is None else perhaps_threshold
        most = (_MOST_CITED if least else 1) if limit is None else whole_number(limit, at_least=1)
        check_words(words)
        if least and is_request(words):
            return only_quoted(asked, threshold=least, perhaps_threshold=perhaps)
        known = frozenset((citation.source, citation.start) for citation in without)
        wanted = Wanted(asked, most, least, perhaps, known, also, on_step)
        return of_one_state(
            self._corpus, lambda state: answered(wanted, self._corpus, reader, state)
        )

    def explain(
        self, answer: Answer, citation: Citation | None = None, *, also: Sequence[str] = ()
    ) -> Explanation:
        """What led to an answer: the words that match, how its passage was found, what was read.

        Args:
            answer: one that this assistant gave.
            citation: which of its sentences; None is the first, or what came nearest to one.
            also: the other wordings that it was asked with.

        What the neural reader saw for its last answers it still knows; for others it reads again.

        Raises:
            ModelError: the neural reader's model is missing or damaged.
        """
        from askdoc.explain import explain

        if citation is None:
            citation = next(iter((*answer.citations, *answer.nearest)), None)
        name = self.reader if isinstance(self.reader, str) else type(self.reader).__name__
        return of_one_state(
            self._corpus,
            lambda state: explain(
                answer, citation, also, self._corpus, self._reader, name=name, state=state
            ),
        )

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
        most = whole_number(limit, at_least=0)
        weights = own_terms(words)
        if not weights:
            check_words(words)
        return self._corpus.search(weights, most)


class _Loading:
    """A reader that is loaded with the first question, once for all assistants that share it."""

    def __init__(self, reader: str | Reader) -> None:
        self._reader = reader
        self._one_loads = Lock()

    @property
    def reader(self) -> Reader:
        with self._one_loads:
            if isinstance(self._reader, str):
                self._reader = make_reader(self._reader)
            return self._reader


def _choice(names: Sequence[str]) -> str:
    """What to do where a name is none of these."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"There are: {', '.join(names[:_NAMED])}{more}." if names else "There are none at all."
