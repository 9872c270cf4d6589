"""The nouns: what passes between the parts of askdoc, and nothing else.

Everything that is internal is a plain frozen dataclass, made by the thousand and never validated.
What leaves askdoc (`Answer`, `Citation` and what they hold) is a frozen pydantic model, so that the
library, the command line and whatever serves answers later give out one and the same JSON.

All offsets count code points of one document's text and are half-open: `text[start:end]`.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import chain
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, computed_field

from askdoc.lazy import lazy

_LINE_ENDS = 4  # at most, between two lines of one heading
# Line feeds alone are found three times as fast.
_ANY_LINE_END, _LF = re.compile(r"\r\n?|\n"), re.compile(r"\n")


class Span(NamedTuple):
    """A half-open range `[start, end)` in code points of one document's text."""

    start: int
    end: int


class Heading(NamedTuple):
    """A heading's place in its document: everything up to the next heading stands under it."""

    span: Span
    title: str
    level: int


class Place(NamedTuple):
    """Where a stretch of text stood in its file, in the format's own terms.

    It begins at `start` and runs to the next place: "row 12", "slide 3", "0:01:05". An empty name
    ends the place before it.
    """

    start: int
    name: str


class Table(NamedTuple):
    """The rows of a table, and what holds for each of them without standing in it.

    `title` is what stands above or beside the table: what it is called, in which units it counts.
    `columns` are the names of its columns where the rows do not repeat them, since the text is the
    file's own. Either is empty where there is none.
    """

    span: Span
    title: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Document:
    """A text and where it came from; every span, sentence and citation points into `text`.

    `source` is the path as the user gave it (or found below a folder that the user gave), or the
    name under which a text was handed in. `headings` are in the order of their spans.
    `page_starts` holds the offset at which each page begins, empty where the format has no pages.
    `places` are in the order of their starts, empty where lines and pages say enough.
    `notes` says what a reader of the answers should know about how the file was read.
    `tables` are those of which there is anything to say, in order; none reaches into another.
    `asides` is what a page has beside its article (menus, related links, boxes), in order.
    """

    text: str
    source: str
    headings: tuple[Heading, ...] = ()
    page_starts: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    tables: tuple[Table, ...] = ()
    asides: tuple[Span, ...] = ()

    def part(self, start: int, end: int) -> str:
        """`text[start:end]`, for whoever does not need the rest of a text kept elsewhere."""
        return self.text[start:end]

    def opening(self, most: int) -> str:
        """The first `most` code points, or fewer where these take long to get at."""
        return self.text[:most]

    @lazy
    def _line_starts(self) -> array[int]:
        """Offsets at which lines begin; a line ends with LF, CR or CRLF, as editors count them.

        An array, since a file may be line ends and nothing else: as objects they take ten times as
        much.
        """
        ends = _ANY_LINE_END if "\r" in self.text else _LF
        return array("Q", chain((0,), (match.end() for match in ends.finditer(self.text))))

    @lazy
    def _heading_starts(self) -> list[int]:
        return [heading.span.start for heading in self.headings]

    @lazy
    def _table_starts(self) -> list[int]:
        return [table.span.start for table in self.tables]

    @lazy
    def _place_starts(self) -> list[int]:
        return [place.start for place in self.places]

    def line_at(self, offset: int) -> int:
        """The 1-based line that holds this offset."""
        return bisect_right(self._line_starts, offset)

    def line_span(self, line: int) -> Span:
        """The span of a 1-based line, its line end included.

        Raises:
            IndexError: the document has no such line.
        """
        if not 1 <= line <= len(self._line_starts):
            raise IndexError(f"no line {line} in {self.source}")
        start = self._line_starts[line - 1]
        end = self._line_starts[line] if line < len(self._line_starts) else len(self.text)
        return Span(start, end)

    @property
    def line_count(self) -> int:
        """How many lines the text has; an empty text has one."""
        return len(self._line_starts)

    @property
    def lines(self) -> int:
        """How many lines a person counts: a line end at the end of the text begins no other."""
        start, end = self.line_span(self.line_count)
        return self.line_count - 1 if start == end and self.line_count > 1 else self.line_count

    def page_at(self, offset: int) -> int | None:
        """The 1-based page that holds this offset, None where the format has no pages."""
        return bisect_right(self.page_starts, offset) if self.page_starts else None

    def place_at(self, offset: int) -> str | None:
        """The name of the place that holds this offset, None where it stands in none."""
        at = bisect_right(self._place_starts, offset)
        return (self.places[at - 1].name or None) if at else None

    def is_heading(self, start: int, end: int | None = None) -> bool:
        """Whether a heading begins at this offset and, where an end is given, runs up to it.

        Of "14.3 Termination. Either party may ..." only the beginning is a heading.
        """
        at = bisect_left(self._heading_starts, start)
        if at == len(self._heading_starts) or self._heading_starts[at] != start:
            return False
        reached = self.headings[at].span.end
        # "ARTICLE IV" and "CLOSING" below it are one sentence, and may be two headings.
        while end is not None and reached < end and at + 1 < len(self.headings):
            at += 1
            if self.headings[at].span.start > reached + _LINE_ENDS:
                break
            reached = self.headings[at].span.end
        return end is None or reached >= end

    def heading_at(self, offset: int) -> str | None:
        """What stands above this offset: the title of its table, where it is in a table that has
        one, else of the nearest heading at or before it; None before the first."""
        table = self.table_at(offset)
        if table is not None and table.title:
            return table.title
        at = bisect_right(self._heading_starts, offset)
        return self.headings[at - 1].title if at else None

    def is_aside(self, offset: int) -> bool:
        """Whether this offset is in what a page has beside its article."""
        at = bisect_right(self.asides, offset, key=lambda span: span.start)
        return at > 0 and offset < self.asides[at - 1].end

    def table_at(self, offset: int) -> Table | None:
        """The table that holds this offset, None where none of `tables` does."""
        at = bisect_right(self._table_starts, offset)
        return self.tables[at - 1] if at and offset < self.tables[at - 1].span.end else None


class Extent(NamedTuple):
    """How much of a document there is, for whoever need not see its text.

    `sentences` can be cited, `lines` are those that a person counts, `characters` code points;
    `notes` are the document's.
    """

    source: str
    sentences: int
    lines: int
    characters: int
    notes: tuple[str, ...] = ()


class Sentence(NamedTuple):
    """The unit of citation: a span of its document, without surrounding white space."""

    document: Document
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.document.part(self.start, self.end)


@dataclass(frozen=True, eq=False)
class Passage:
    """The unit of retrieval: adjacent sentences of one document, never none."""

    document: Document
    sentences: tuple[Sentence, ...]

    @property
    def start(self) -> int:
        return self.sentences[0].start

    @property
    def end(self) -> int:
        return self.sentences[-1].end

    @property
    def text(self) -> str:
        return self.document.part(self.start, self.end)


class Hit(NamedTuple):
    """A passage and how well it matches a question; scores compare within one search only."""

    passage: Passage
    score: float


@dataclass(frozen=True)
class Extract:
    """What a reader found: a sentence, the words in it that answer, and how sure the reader is.

    `confidence` in [0, 1] is the chance that this sentence answers the question; `short` lies
    inside the sentence, and is None where the reader cannot tell which words answer. `passage` is
    the one that the sentence was read in, which a reader need not tell.
    """

    sentence: Sentence
    confidence: float
    short: Span | None = None
    passage: Passage | None = None


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
