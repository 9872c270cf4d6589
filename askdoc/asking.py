"""A question to an answer: retrieve, read and answer, all of one state of what is asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, suppress
from operator import index
from sys import maxsize
from typing import NamedTuple, SupportsIndex, TypeVar

from askdoc.answer import compose, missing_words
from askdoc.batches import extracted
from askdoc.errors import IndexChanged, QuestionError
from askdoc.model import Answer, Missing, OnStep, Question
from askdoc.read import Reader
from askdoc.read.analysis import analysed
from askdoc.retrieve import Corpus
from askdoc.store.files import GONE

# How often something is asked again when the saved index was updated meanwhile.
_TRIES = 5
# How much of what was typed an error repeats.
_SHOWN = 80
T = TypeVar("T")


class Wanted(NamedTuple):
    """A question, and what its answer is to be like: see `Assistant.ask`."""

    question: Question
    limit: int
    threshold: float
    perhaps_threshold: float
    without: Collection[tuple[str, int]] = ()
    also: Sequence[str] = ()
    on_step: OnStep | None = None


def of_one_state(corpus: Corpus, work: Callable[[AbstractContextManager[None]], T]) -> T:
    """What comes of some work over one state of what is asked, tried again where that changes.

    Args:
        corpus: what is asked.
        work: is given what it has to be within while it asks the corpus.
    """
    for _ in range(_TRIES):
        with suppress(IndexChanged):
            return work(corpus.snapshot())
    # Whoever updates it so often has to wait.
    state = corpus.snapshot()
    with state:
        return work(state)


def answered(
    wanted: Wanted, corpus: Corpus, reader: Reader, state: AbstractContextManager[None]
) -> Answer:
    """The answer of a corpus, which is asked within the state and read outside of it.

    Raises:
        IndexChanged: a part of it would be of another state.
    """
    question = wanted.question

    def gone(sources: Collection[str]) -> list[str]:
        with state:
            return [name for name, now in corpus.changes(sources).items() if now == GONE]

    def missing() -> tuple[Missing, ...]:
        with state:
            return missing_words(question.resolved, corpus)

    with state:
        incomplete = bool(corpus.unfinished)
    extracts = extracted(
        question,
        corpus,
        reader,
        unmatched=wanted.threshold == 0.0,
        also=wanted.also,
        state=state,
        on_step=wanted.on_step,
    )
    return compose(
        question,
        extracts,
        limit=wanted.limit,
        threshold=wanted.threshold,
        perhaps_threshold=wanted.perhaps_threshold,
        without=wanted.without,
        gone=gone,
        missing=missing,
        incomplete=incomplete,
    )


def check_chances(**chances: float | None) -> None:
    """See that chances that were given, by their names, are some.

    Raises:
        ValueError: one is not in [0, 1].
    """
    for name, value in chances.items():
        if value is not None and not 0.0 <= value <= 1.0:
            raise ValueError(f"{name} must be between 0 and 1, not {value}")


def check_words(question: str) -> None:
    """See that a question has words.

    Raises:
        QuestionError: it has none.
    """
    if not analysed(question).words:
        shown = question.strip()[:_SHOWN]
        raise QuestionError("the question has no words", shown, "Ask in plain words.")


def whole_number(limit: SupportsIndex, at_least: int) -> int:
    """A limit that was given, as a number that a sequence can have.

    Raises:
        TypeError: it is no whole number.
        ValueError: it is less than `at_least`.
    """
    try:
        number = index(limit)
    except TypeError:
        raise TypeError(f"limit must be a whole number, not {limit!r}") from None
    if number < at_least:
        raise ValueError(f"limit must be at least {at_least}, not {number}")
    return min(number, maxsize)
