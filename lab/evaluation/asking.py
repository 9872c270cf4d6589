"""Put the questions to anything that has an `ask`, and judge what comes back.

Nothing here knows which reader answers: an `Asker` is built from texts by the function that is
handed in, so that two readers are compared by running the same questions through both.

What counts as right: a cited sentence that lies in the question's own paragraph and holds one of
its answers, letter by letter. An answer that stands in the paragraph twice is right in both places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from askdoc import AskdocError
from lab.evaluation.data import FollowUpRow, RankingRow, ReadingRow

_DEPTH = 10  # how many citations of an article are looked at, for MRR@10
_SHOWN = 3  # how many citations of a paragraph are kept, for the dump


class ShortLike(Protocol):
    """The words that answer."""

    @property
    def text(self) -> str: ...


class CitationLike(Protocol):
    """What is read of a citation; offsets are half-open and count code points."""

    @property
    def quote(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def confidence(self) -> float: ...
    @property
    def short(self) -> ShortLike | None: ...


class AnswerLike(Protocol):
    """What is read of an answer; citations come best first."""

    @property
    def answered(self) -> bool: ...
    @property
    def confidence(self) -> float: ...
    @property
    def citations(self) -> Sequence[CitationLike]: ...


class Asker(Protocol):
    """What is measured: answers as `askdoc.Assistant` does.

    `threshold_for` tells the least confidence with which it cites a sentence for a question when
    it is told no other.
    """

    def threshold_for(self, question: str) -> float: ...

    def ask(self, question: str, *, limit: int, threshold: float | None) -> AnswerLike: ...


Build = Callable[[dict[str, str]], Asker]
Resolve = Callable[[str, list[str]], str]


@dataclass(frozen=True)
class Cited:
    """A citation as it came back."""

    quote: str
    source: str
    start: int
    end: int
    confidence: float
    short: str | None


@dataclass(frozen=True)
class Reply:
    """An answer as it came back; `failure` tells what broke, None where nothing did."""

    answered: bool = False
    confidence: float = 0.0
    citations: tuple[Cited, ...] = ()
    failure: str | None = None


@dataclass(frozen=True)
class ArticleOutcome:
    """A question put to its whole article at threshold 0.0; `right[i]` judges citation i."""

    id: str
    ranked: Reply
    right: tuple[bool, ...]


@dataclass(frozen=True)
class ParagraphOutcome:
    """A question put to its paragraph, at threshold 0.0 (`ranked`) and at the default (`given`).

    `ranked_right` and `given_right` judge the first citation. `prediction` is what EM and F1 look
    at: the short answer of the first citation given; the whole quote where no words are marked in
    it, since that is then what the user is told (it is no refusal, and earns what its words earn);
    the empty string where the question was refused.
    """

    id: str
    ranked: Reply
    ranked_right: bool
    given: Reply
    given_right: bool
    prediction: str


@dataclass(frozen=True)
class RankingOutcome:
    """All candidates of a question, as their numbers in rank order; `cited` were returned."""

    id: str
    order: tuple[int, ...]
    cited: int
    failure: str | None = None


@dataclass(frozen=True)
class FollowUpOutcome:
    """A follow-up made to stand alone (or left as it was asked)."""

    id: str
    resolved: str
    failure: str | None = None


def _built(build: Build, texts: dict[str, str]) -> Asker | Exception:
    try:
        return build(texts)
    except Exception as error:  # a crash is a finding of the run, not the end of it
        return error


def _ask(asker: Asker | Exception, texts: Mapping[str, str], question: str, limit: int) -> Reply:
    """The reply at threshold 0.0; a question that askdoc will not take (no words) is a refusal."""
    if isinstance(asker, Exception):
        return Reply(failure=_told(asker))
    try:
        answer = asker.ask(question, limit=limit, threshold=0.0)
    except AskdocError:
        return Reply()
    except Exception as error:  # as above
        return Reply(failure=_told(error))
    cited = tuple(
        Cited(
            c.quote,
            c.source,
            c.start,
            c.end,
            float(c.confidence),
            c.short.text if c.short else None,
        )
        for c in answer.citations
    )
    false = [c for c in cited if texts.get(c.source, "")[c.start : c.end] != c.quote]
    failure = f"quote is not at its place: {false[0]}" if false else None
    return Reply(bool(answer.answered), float(answer.confidence), cited, failure)


def _given(asker: Asker | Exception, question: str, ranked: Reply) -> Reply:
    """What a user who sets no threshold may be told, where `ranked` is the reply at threshold 0.0.

    The surest is always told; which of the others are, and in which order, is not judged here. So
    the question need not be read twice.
    """
    least = 1.0 if isinstance(asker, Exception) else asker.threshold_for(question)
    sure = tuple(cited for cited in ranked.citations if cited.confidence >= least)
    return replace(ranked, answered=bool(sure), citations=sure)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _is_right(cited: Cited, row: ReadingRow, start: int) -> bool:
    """Whether it lies in the row's paragraph, which begins at `start`, and holds an answer."""
    inside = start <= cited.start and cited.end <= start + len(row.context)
    return inside and any(answer in cited.quote for answer in row.answers)


def ask_article(
    build: Build, text: str, rows: Sequence[tuple[ReadingRow, int]]
) -> list[ArticleOutcome]:
    """Ask an article each row's question; with a row goes the offset of its paragraph."""
    texts = {"article.txt": text}
    asker = _built(build, texts)
    outcomes = []
    for row, start in rows:
        reply = _ask(asker, texts, row.question, _DEPTH)
        right = tuple(_is_right(cited, row, start) for cited in reply.citations[:_DEPTH])
        outcomes.append(ArticleOutcome(row.id, reply, right))
    return outcomes


def ask_paragraph(build: Build, text: str, rows: Sequence[ReadingRow]) -> list[ParagraphOutcome]:
    """Ask a paragraph each row's question, as a ranking and as a user would."""
    texts = {"paragraph.txt": text}
    asker = _built(build, texts)
    outcomes = []
    for row in rows:
        ranked = _ask(asker, texts, row.question, _SHOWN)
        given = _given(asker, row.question, ranked)
        first = given.citations[0] if given.answered and given.citations else None
        outcomes.append(
            ParagraphOutcome(
                id=row.id,
                ranked=ranked,
                ranked_right=any(_is_right(cited, row, 0) for cited in ranked.citations[:1]),
                given=given,
                given_right=first is not None and _is_right(first, row, 0),
                prediction=(first.short or first.quote) if first else "",
            )
        )
    return outcomes


def rank(build: Build, row: RankingRow) -> RankingOutcome:
    """Rank a question's candidates, each a document of its own.

    A candidate's place is that of the first citation from it. What is not cited at all comes last,
    in the candidates' own order; a blank candidate has no sentence to cite, so it is not even
    handed over.
    """
    names = [f"candidate-{i}.txt" for i in range(len(row.candidates))]
    pairs = zip(names, row.candidates, strict=True)
    texts = {name: text for name, text in pairs if text.strip()}
    # No text has more sentences than characters: this limit cuts nothing off.
    limit = max(1, sum(map(len, texts.values())))
    reply = _ask(_built(build, texts), texts, row.question, limit) if texts else Reply()
    number = {name: i for i, name in enumerate(names)}
    cited = dict.fromkeys(number[c.source] for c in reply.citations if c.source in number)
    order = tuple(dict.fromkeys([*cited, *range(len(names))]))
    return RankingOutcome(row.id, order, len(cited), reply.failure)


def resolve_follow_up(resolve: Resolve, row: FollowUpRow) -> FollowUpOutcome:
    """Make a follow-up stand alone."""
    try:
        return FollowUpOutcome(row.id, resolve(row.question, list(row.history)))
    except Exception as error:  # as above
        return FollowUpOutcome(row.id, row.question, _told(error))
