"""Hits -> extracts: read the retrieved passages and find the sentences that answer.

A reader ranks sentences and says of each how likely it answers; whether that is enough to be an
answer is not its business (`askdoc.answer`). All readers pass one suite of tests
(`tests/contracts/`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from askdoc.model import Extract, Hit, Question, Sentence

READERS = ("neural", "lexical")
PERHAPS = 0.5
"""How much of its threshold is a real chance where a reader does not say."""


class Reader(Protocol):
    """What finds the sentences that answer.

    Attributes:
        threshold: the least confidence with which this reader's sentences are given as an answer
            unless the user says otherwise.
        goes_by_terms: whether a passage that shares no term with the question says nothing to it.
    """

    goes_by_terms: bool

    @property
    def threshold(self) -> float: ...

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Extract]:
        """Every sentence of the hits' passages, as an extract, best first.

        Confidences never rise along the list; a short answer lies inside its sentence. The same
        question over the same hits gives the same extracts.
        """
        ...


class Contribution(NamedTuple):
    """One thing that a reader saw in a sentence.

    `value` is what it saw, in its own measure; `counts` what that added to the log-odds that the
    sentence answers, below 0 where it speaks against it.
    """

    name: str
    value: float
    counts: float


@runtime_checkable
class Explaining(Protocol):
    """A reader that can tell what it went by; none has to."""

    def contributions(
        self, question: Question, hits: Sequence[Hit], sentence: Sentence
    ) -> list[Contribution]:
        """What it saw in a sentence of the hits, which are those that it read together.

        Together they make the log-odds; what no sentence has a part in is called "bias". Empty
        where it did not look at this sentence.
        """
        ...


@runtime_checkable
class Doubting(Protocol):
    """A reader that has a second threshold, at or below its first; none has to.

    Attributes:
        perhaps_threshold: the least confidence with which a sentence has a real chance to answer.
    """

    @property
    def perhaps_threshold(self) -> float: ...


@runtime_checkable
class Weighing(Protocol):
    """A reader that needs to be surer of some questions than of others; none has to."""

    def threshold_for(self, question: Question) -> float:
        """The least confidence with which its sentences answer this question, at or above its
        threshold."""
        ...


def threshold(reader: Reader, question: Question) -> float:
    """From which confidence on a reader's sentences answer a question."""
    return reader.threshold_for(question) if isinstance(reader, Weighing) else reader.threshold


def perhaps_threshold(reader: Reader) -> float:
    """From which confidence on a reader's sentences have a real chance to answer."""
    if isinstance(reader, Doubting):
        return min(reader.perhaps_threshold, reader.threshold)
    return reader.threshold * PERHAPS


def reader(name: str) -> Reader:
    """The reader of this name, one of `READERS`.

    Raises:
        ModelError: the neural reader's model is missing or damaged.
        ValueError: there is no such reader.
    """
    if name == "neural":
        from askdoc.read.neural import NeuralReader

        return NeuralReader()
    if name == "lexical":
        from askdoc.read.lexical import LexicalReader

        return LexicalReader()
    raise ValueError(f"reader must be one of {', '.join(READERS)}, not {name!r}")
