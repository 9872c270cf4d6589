"""Why a sentence was cited: which words led to it, how it was found, and what its reader saw.

Nothing is decided here. It is worked out once more, from the same documents, and says what the
parts that did decide went by.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from askdoc.english import background
from askdoc.english.analyzer import AUTHORSHIP, Token, normalize_question, tokenize
from askdoc.model import Answer, Citation, Hit, Passage, Question, Sentence
from askdoc.read import Contribution, Explaining, Reader, threshold
from askdoc.read.analysis import QuestionAnalysis
from askdoc.retrieve import Retriever

_FROZEN = ConfigDict(frozen=True)
# A question of more words than this is a text.
_MOST_WORDS = 40
# The rank of a passage is looked for among so many.
_RANKED = 1000


class Where(StrEnum):
    """The nearest place to the cited sentence where a word of the question stands."""

    SENTENCE = "sentence"
    PASSAGE = "passage"
    HEADING = "heading"
    ELSEWHERE = "elsewhere"
    NOWHERE = "nowhere"


class Matched(BaseModel):
    """A word of the question, and where it was found.

    `forms` are the words that stand there for it, as they are written; `related` tells that these
    are only near in meaning. Empty where it is not near the sentence.
    """

    model_config = _FROZEN

    word: str
    where: Where
    forms: tuple[str, ...] = ()
    related: bool = False


class Explanation(BaseModel):
    """Why a sentence was cited, or was the nearest; or what there is to say of having found none.

    Attributes:
        question: as asked, and as understood.
        citation: what is explained; None where nothing came near.
        words: the question's words but for those that any sentence has, in order.
        rank: the place of the sentence's passage among those that share words with the question,
            from 1; None where it shares none, or is not among the first thousand.
        passages: how many share words with it, at most a thousand.
        score: what retrieval gave the passage; scores compare within one search only.
        threshold: the confidence from which on this reader's sentences are an answer.
        reader: its name.
        marks: what the reader saw in the sentence, as far as it can tell.
    """

    model_config = _FROZEN

    question: Question
    citation: Citation | None
    words: tuple[Matched, ...]
    rank: int | None
    passages: int
    score: float
    threshold: float
    reader: str
    marks: tuple[Contribution, ...] = ()


def explain(
    answer: Answer,
    citation: Citation | None,
    *,
    retriever: Retriever,
    weights: Mapping[str, float],
    batches: Iterable[Sequence[Hit]],
    reader: Reader,
    name: str,
    state: AbstractContextManager[None],
) -> Explanation:
    """Why this sentence is what it is to the answer.

    Args:
        answer: the answer.
        citation: a citation of it, or one that came near; None: nothing did.
        retriever: finds passages.
        weights: the terms that were looked for.
        batches: hits in the batches in which they are read together.
        reader: who read them.
        name: what the reader is called.
        state: within which the retriever is asked.

    Raises:
        IndexChanged: a part of it would be of another state.
    """
    with state:
        hits = retriever.search(weights, _RANKED)
    rank, score = next(
        (
            (at, hit.score)
            for at, hit in enumerate(hits, start=1)
            if citation is not None and _sentence_of(hit.passage, citation)
        ),
        (None, 0.0),
    )
    passage, marks = None, list[Contribution]()
    if citation is not None:
        passage, marks = _read(answer.question, citation, batches, reader)
    with state:
        words = tuple(_words(answer.question.resolved, citation, passage, retriever))
    return Explanation(
        question=answer.question,
        citation=citation,
        words=words,
        rank=rank,
        passages=len(hits),
        score=score,
        threshold=threshold(reader, answer.question),
        reader=name,
        marks=tuple(marks),
    )


def _read(
    question: Question, citation: Citation, batches: Iterable[Sequence[Hit]], reader: Reader
) -> tuple[Passage | None, list[Contribution]]:
    """The passage of a citation, and what the reader saw in it."""
    for hits in batches:
        for hit in hits:
            sentence = _sentence_of(hit.passage, citation)
            if sentence is not None:
                if not isinstance(reader, Explaining):
                    return hit.passage, []
                return hit.passage, reader.contributions(question, hits, sentence)
    return None, []


def _sentence_of(passage: Passage, citation: Citation) -> Sentence | None:
    """The sentence that is cited, if it is one of this passage's."""
    here = passage.start <= citation.start and citation.end <= passage.end
    if not here or passage.document.source != citation.source:
        return None
    for sentence in passage.sentences:
        if (sentence.start, sentence.end) == (citation.start, citation.end):
            return sentence
    return None


def _words(
    question: str, citation: Citation | None, passage: Passage | None, retriever: Retriever
) -> Iterable[Matched]:
    asked = normalize_question(question)
    by_term: dict[str, str] = {}
    for token in tokenize(asked):
        if not token.stop:
            by_term.setdefault(token.term, asked[token.start : token.end])
    names = QuestionAnalysis(question).capitals
    texts: list[tuple[Where, str]] = []
    if citation is not None:
        texts.append((Where.SENTENCE, citation.quote))
        texts.append((Where.PASSAGE, passage.text if passage else ""))
        texts.append((Where.HEADING, citation.heading or ""))
    places = [(where, _Written(text)) for where, text in texts]
    for term, word in list(by_term.items())[:_MOST_WORDS]:
        yield _matched(word, term, places, term in names) or Matched(
            word=word,
            where=Where.ELSEWHERE if retriever.search({term: 1.0}, 1) else Where.NOWHERE,
        )


class _Written:
    """A text's content words by their terms, each as it is written there."""

    def __init__(self, text: str) -> None:
        self.forms: dict[str, dict[str, None]] = {}
        tokens: list[Token] = tokenize(text)
        for token in tokens:
            if not token.stop:
                self.forms.setdefault(token.term, {})[text[token.start : token.end]] = None


def _matched(
    word: str, term: str, places: Sequence[tuple[Where, _Written]], is_name: bool
) -> Matched | None:
    """Where a term stands, or what means much the same; None where neither does."""
    for where, written in places:
        if term in written.forms:
            return Matched(word=word, where=where, forms=tuple(written.forms[term]))
        # Nothing means the same as a name.
        other = None if is_name else _related(term, written.forms)
        if other is not None:
            forms = tuple(written.forms[other])
            return Matched(word=word, where=where, forms=forms, related=True)
    return None


def _related(term: str, others: Collection[str]) -> str | None:
    """The one of other terms that is closest in meaning, None where none was looked for."""
    if term in AUTHORSHIP:
        credited = next((other for other in others if other in AUTHORSHIP), None)
        if credited is not None:
            return credited
    return next((other for other in background.related(term) if other in others), None)
