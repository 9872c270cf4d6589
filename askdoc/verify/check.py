"""Answers -> a verdict for each of their citations, from the sources as they are now."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from askdoc.errors import LoadError, SourceNotFound
from askdoc.model import Answer, Citation, Document, Span
from askdoc.verify.quotes import Search
from askdoc.verify.sources import Locate, NoFile, path_of, read

_FROZEN = ConfigDict(frozen=True)


class Standing(StrEnum):
    """What has become of a citation.

    STANDS: the quote is at its offsets, word for word, and so is the short answer.
    MOVED: it is at others, as a whole: "12 boats sank." has not moved to "112 boats sank."
    CHANGED: it is not in the source any more. A quote counts as changed, too, if only its white
        space is different, since nothing is then at any offsets word for word.
    GONE: the source is not there.
    UNREADABLE: the source is there, but there is no reading it.
    UNCHECKABLE: the source is no file: standard input, or a text that a program had.
    """

    STANDS = "stands"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"
    UNREADABLE = "unreadable"
    UNCHECKABLE = "uncheckable"


class Found(BaseModel):
    """A stretch of a source as it is now, verbatim, with its address as a citation has it."""

    model_config = _FROZEN

    quote: str
    start: int
    end: int
    line: int
    page: int | None = None
    heading: str | None = None
    place: str | None = None


class Verdict(BaseModel):
    """What has become of one citation.

    `now` is where the quote is, if it STANDS or has MOVED. `nearest` is what is likest to a quote
    that has CHANGED, None where nothing near its place is like it. `detail` says in a few words
    what is the matter; it is empty where the citation stands.
    """

    model_config = _FROZEN

    citation: Citation
    standing: Standing
    detail: str = ""
    now: Found | None = None
    nearest: Found | None = None


def verify(answers: Iterable[Answer], *, locate: Locate | None = None) -> list[Verdict]:
    """Check the citations of answers against their sources, each of which is loaded once.

    What an unanswered question came nearest to is no citation, and is not checked.

    Args:
        answers: the answers.
        locate: takes a source's name and gives the path of its file, or None for the name itself,
            which is then looked up from the current folder.

    Returns:
        A verdict for each citation, in the order of the answers and of their citations.
    """
    citations = [citation for answer in answers for citation in answer.citations]
    by_source: dict[str, list[int]] = {}
    for at, citation in enumerate(citations):
        by_source.setdefault(citation.source, []).append(at)
    verdicts: dict[int, Verdict] = {}
    # Source by source, so that no two of their texts are held at once.
    for name, places in by_source.items():
        found = _of_source(name, [citations[at] for at in places], locate)
        verdicts.update(zip(places, found, strict=True))
    return [verdicts[at] for at in range(len(citations))]


def all_stand(verdicts: Iterable[Verdict]) -> bool:
    """Whether every citation stands; where there is none, none fails to."""
    return all(verdict.standing is Standing.STANDS for verdict in verdicts)


def _of_source(name: str, citations: list[Citation], locate: Locate | None) -> list[Verdict]:
    """The verdicts on citations of one source."""
    try:
        search = Search(read(path_of(name, locate)))
    except NoFile as reason:
        standing, detail = Standing.UNCHECKABLE, str(reason)
    except SourceNotFound as problem:
        standing, detail = Standing.GONE, problem.what
    except LoadError as problem:
        standing, detail = Standing.UNREADABLE, problem.what
    else:
        return [_judged(citation, search) for citation in citations]
    return [Verdict(citation=c, standing=standing, detail=detail) for c in citations]


def _judged(citation: Citation, search: Search) -> Verdict:
    """The verdict on a citation of a text."""
    quote, start = citation.quote, citation.start
    stands = search.stands(quote, Span(start, citation.end))
    at = start if stands else search.nearest(quote, start)
    if at is None:
        return _changed(citation, search)
    now = _found(search.document, Span(at, at + len(quote)))
    if not _short_fits(citation):
        detail = "its short answer is not what stands at the short answer's offsets"
        return Verdict(citation=citation, standing=Standing.CHANGED, detail=detail, nearest=now)
    if stands:
        return Verdict(citation=citation, standing=Standing.STANDS, now=now)
    detail = _way(citation, now)
    return Verdict(citation=citation, standing=Standing.MOVED, detail=detail, now=now)


def _changed(citation: Citation, search: Search) -> Verdict:
    """The verdict on a quote that is nowhere, with what is likest to it."""
    span = search.nearest_but_for_space(citation.quote, citation.start)
    if span is not None:
        detail = "only its white space is different"
    else:
        span = search.likest(citation.quote, citation.start)
        detail = "the source no longer has this sentence"
    return Verdict(
        citation=citation,
        standing=Standing.CHANGED,
        detail=detail,
        nearest=span and _found(search.document, span),
    )


def _short_fits(citation: Citation) -> bool:
    """Whether the short answer is those words of the quote that its offsets say."""
    short, start = citation.short, citation.start
    if short is None:
        return True
    inside = start <= short.start <= short.end <= citation.end
    return inside and citation.quote[short.start - start : short.end - start] == short.text


def _way(citation: Citation, now: Found) -> str:
    """How far the quote has moved."""
    if now.line != citation.line:
        return f"from line {citation.line}"
    distance = now.start - citation.start
    number = "1 character" if abs(distance) == 1 else f"{abs(distance)} characters"
    return f"{number} {'on' if distance > 0 else 'back'} in its line"


def _found(document: Document, span: Span) -> Found:
    start, end = span
    return Found(
        quote=document.part(start, end),
        start=start,
        end=end,
        line=document.line_at(start),
        page=document.page_at(start),
        heading=document.heading_at(start),
        place=document.place_at(start),
    )
