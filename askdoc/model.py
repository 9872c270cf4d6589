"""The nouns: what passes between the parts of askdoc, and nothing else.

Everything that is internal is a plain frozen dataclass (`askdoc.document`, whose names are here,
too). What leaves askdoc (`Answer`, `Citation` and what they hold) is a frozen pydantic model, so
that the library, the command line and whatever serves answers give out one and the same JSON.

All offsets count code points of one document's text and are half-open: `text[start:end]`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, computed_field

from askdoc.document import (
    Document,
    Extent,
    Extract,
    Heading,
    Hit,
    Passage,
    Place,
    Sentence,
    Span,
    Table,
)

__all__ = [
    "LEAST_CHANCE",
    "Answer",
    "Citation",
    "Document",
    "Extent",
    "Extract",
    "Heading",
    "Hit",
    "Missing",
    "OnStep",
    "Passage",
    "Place",
    "Question",
    "Sentence",
    "ShortAnswer",
    "Span",
    "Step",
    "Table",
    "Verdict",
]

_FROZEN = ConfigDict(frozen=True, extra="ignore")
LEAST_CHANCE = 0.0001
"""A confidence below this, to which readers round, is no chance at all."""


class Question(BaseModel):
    """A question as the user typed it, and as it stands alone within a conversation."""

    model_config = _FROZEN

    asked: str
    resolved: str

    def __str__(self) -> str:
        return self.resolved


class ShortAnswer(BaseModel):
    """The words of a citation that answer, at their own offsets in the document's text."""

    model_config = _FROZEN

    text: str
    start: int
    end: int


class Citation(BaseModel):
    """One sentence, verbatim, with its address: `document.text[start:end] == quote`, always.

    `line` and `page` count from 1; `page`, `heading` and `place` (a row, a slide, a time, an
    e-mail's attachment) are None where the document has none.
    `confidence` in [0, 1] is the chance that this sentence answers the question.
    """

    model_config = _FROZEN

    quote: str
    source: str
    start: int
    end: int
    line: int
    page: int | None = None
    heading: str | None = None
    place: str | None = None
    confidence: float = Field(ge=0.0, le=1.0)
    short: ShortAnswer | None = None


class Missing(BaseModel):
    """A word of the question that the documents lack where it would count.

    `word` stands as it does in the question. Where `near` is None neither it nor a form of it
    stands anywhere in what was asked; else it stands nowhere near `near`, a word of the question,
    too.
    """

    model_config = _FROZEN

    word: str
    near: str | None = None


Verdict = Literal["answered", "perhaps", "unanswered"]
"""Whether the documents answer a question, have a low but real chance to, or don't say."""


Step = Literal["searching", "reading"]
"""What is done for an answer: passages are looked for, then read; mostly once each."""

OnStep = Callable[[Step], None]
"""Is told what begins now; what it raises ends it."""


class Answer(BaseModel):
    """What the documents say about a question: citations, or that they don't say.

    There is one citation where one is enough; where the answer needs several sentences they stand
    in reading order, and where a ranking was asked for best first. `answered` is False where
    nothing was found that is sure enough; `citations` is then empty and `nearest` may hold the
    sentences that came closest, which are not an answer. `confidence` is the chance that the surest
    citation (or, unanswered, the nearest sentence) answers. `disagreement` is whether documents
    give different short answers; there is then a citation for each, the surest first.

    `threshold` is the least confidence of a citation, `perhaps_threshold` that from which on the
    nearest sentences have a real chance; both are None in answers that were saved before they were
    kept. `missing` names what the question has and the documents don't, as far as that can be told.
    `no_question` is whether what was typed asks for no quotation ("summarize this"), so that
    nothing was looked for; `incomplete` whether the saved index that was asked did not hold all
    that it was to.
    """

    model_config = _FROZEN

    question: Question
    answered: bool
    confidence: float = Field(ge=0.0, le=1.0)
    citations: tuple[Citation, ...] = ()
    disagreement: bool = False
    nearest: tuple[Citation, ...] = ()
    threshold: float | None = Field(default=None, ge=0.0, le=1.0)
    perhaps_threshold: float | None = Field(default=None, ge=0.0, le=1.0)
    missing: tuple[Missing, ...] = ()
    no_question: bool = False
    incomplete: bool = False

    @computed_field  # type: ignore[prop-decorator]
    @property
    def text(self) -> str:
        """The quotes, one a line; empty where the documents don't say."""
        return "\n".join(citation.quote for citation in self.citations)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where each citation's quote stands in `text`: `text[start:end] == quote`, in code points,
        in the order of `citations`."""
        ends = list(accumulate(len(one.quote) + 1 for one in self.citations))
        return tuple(
            Span(end - 1 - len(one.quote), end - 1)
            for end, one in zip(ends, self.citations, strict=True)
        )

    @computed_field  # type: ignore[prop-decorator]
    @property
    def verdict(self) -> Verdict:
        """Answered; perhaps, where each of `nearest` has a real chance below the threshold; or
        unanswered."""
        if self.answered:
            return "answered"
        least = self.perhaps_threshold
        if self.nearest and least is not None and self.confidence >= max(least, LEAST_CHANCE):
            return "perhaps"
        return "unanswered"

    def _repr_html_(self) -> str:
        """How a notebook shows it: safe HTML, whatever stands in the documents."""
        # The one way up: notebooks ask the object itself how it looks (pyproject.toml allows it).
        from askdoc.present.notebook import render

        return render(self)
