"""Answers -> a verdict for each of their citations, from the sources as they are now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from askdoc.errors import LoadError, SourceNotFound
from askdoc.model import Answer, Citation, Document, Span
from askdoc.verify.consistency import fault_of_answer, fault_of_citation
from askdoc.verify.quotes import Effort, Search
from askdoc.verify.sources import Locate, NoFile, identity, path_of, read

_FROZEN = ConfigDict(frozen=True)


class Standing(StrEnum):
    """What has become of a citation.

    STANDS: the quote is at its offsets, word for word, is one whole sentence or several as askdoc
        cuts them, and has the line, page, heading and place that askdoc gives for these offsets.
    MOVED: it is at other offsets, whole: "12 boats sank." has not moved to "112 boats sank."
    PART: it is there, but begins or ends inside of a sentence.
    MISPLACED: it is at its offsets, but its line, page, heading or place is another.
    CHANGED: it is not in the source any more. A quote counts as changed, too, if only its white
        space is different, since nothing is then at any offsets word for word.
    GONE: the source is not there.
    UNREADABLE: the source is there, but there is no reading it.
    UNCHECKABLE: the source is no file: standard input, or a text that was pasted.
    CONTRADICTS: what the citation or the answer says cannot be true, whatever the source holds.
    """

    STANDS = "stands"
    MOVED = "moved"
    PART = "part"
    MISPLACED = "misplaced"
    CHANGED = "changed"
    GONE = "gone"
    UNREADABLE = "unreadable"
    UNCHECKABLE = "uncheckable"
    CONTRADICTS = "contradicts"


class Found(BaseModel):
    """A stretch of a source as it is now, verbatim, with its address as a citation has it.

    What the source has and the citation has not is only told to whoever asked for it: else
    `heading` and `place` are None where they are other than the citation's.
    """

    model_config = _FROZEN

    quote: str
    start: int
    end: int
    line: int
    page: int | None = None
    heading: str | None = None
    place: str | None = None


class Verdict(BaseModel):
    """What has become of one citation, or of an answer as a whole.

    `citation` is None where the answer as a whole CONTRADICTS itself; `answer` counts the answers
    from 1. `cited` is False of a sentence that an unanswered question only came near to.
    `now` is where the quote is, unless it is nowhere. `nearest` is what is likest to a quote that
    has CHANGED, None where nothing near its place is like it, and where it was not asked for.
    `detail` says in a few words what is the matter; it is empty where the citation stands.
    """

    model_config = _FROZEN

    citation: Citation | None
    standing: Standing
    detail: str = ""
    now: Found | None = None
    nearest: Found | None = None
    answer: int = 1
    cited: bool = True


class _Item(NamedTuple):
    """A citation to be judged: of which answer, and whether it is cited or only came near."""

    citation: Citation
    answer: int
    cited: bool

    def verdict(
        self, standing: Standing, detail: str = "", now: Found | None = None,
        nearest: Found | None = None,
    ) -> Verdict:  # fmt: skip
        return Verdict(
            citation=self.citation, standing=standing, detail=detail, now=now, nearest=nearest,
            answer=self.answer, cited=self.cited,
        )  # fmt: skip


def verify(
    answers: Iterable[Answer], *, locate: Locate | None = None, reveal: bool = False
) -> list[Verdict]:
    """Check answers against their sources, each of which is loaded and cut once.

    An answer names the files that are read, and may have been made by somebody who wants to know
    what stands in them. So verdicts have nothing from a file but what the answer says already,
    unless `reveal` asks for more.

    Args:
        answers: the answers.
        locate: takes a source's name and gives the path of its file, or None for the name itself,
            which is then looked up from the current folder.
        reveal: whether to tell, too, what is there now in place of a quote, its heading and its
            place: for answers of one's own.

    Returns:
        A verdict for each citation, and for each sentence that an unanswered question came nearest
        to, in the order of the answers and within them; before those of an answer that contradicts
        itself, one that says so.
    """
    verdicts: list[Verdict | None] = []
    waiting: dict[int, _Item] = {}
    for number, answer in enumerate(answers, start=1):
        if fault := fault_of_answer(answer):
            standing = Standing.CONTRADICTS
            whole = Verdict(citation=None, standing=standing, detail=fault, answer=number)
            verdicts.append(whole)
        shown = [(one, True) for one in answer.citations] + [(one, False) for one in answer.nearest]
        for citation, cited in shown:
            item = _Item(citation, number, cited)
            fault = fault_of_citation(citation)
            if not fault:
                waiting[len(verdicts)] = item
            verdicts.append(item.verdict(Standing.CONTRADICTS, fault) if fault else None)
    effort = Effort()
    # Source by source, so that no two of their texts are held at once.
    for place, numbers in _by_place({at: item.citation for at, item in waiting.items()}, locate):
        found = _of_source(place, [waiting[at] for at in numbers], effort, reveal)
        for at, verdict in zip(numbers, found, strict=True):
            verdicts[at] = verdict
    return [verdict for verdict in verdicts if verdict is not None]


def all_stand(verdicts: Iterable[Verdict]) -> bool:
    """Whether every citation stands; where there is none, none fails to."""
    return all(verdict.standing is Standing.STANDS for verdict in verdicts)


def _by_place(
    citations: dict[int, Citation], locate: Locate | None
) -> list[tuple[str | NoFile, list[int]]]:
    """The path of each source, or why it has none, and the numbers of its citations."""
    by_source: dict[str, list[int]] = {}
    for at, citation in citations.items():
        by_source.setdefault(citation.source, []).append(at)
    by_place: dict[object, tuple[str | NoFile, list[int]]] = {}
    for name, numbers in by_source.items():
        place: str | NoFile
        try:
            place = path_of(name, locate)
            key: object = identity(place)
        except NoFile as reason:
            key = place = reason
        # One file may be named in many ways.
        by_place.setdefault(key, (place, []))[1].extend(numbers)
    return list(by_place.values())


def _of_source(
    place: str | NoFile, items: Sequence[_Item], effort: Effort, reveal: bool
) -> list[Verdict]:
    """The verdicts on citations of one source."""
    try:
        if isinstance(place, NoFile):
            raise place
        search = Search(read(place))
    except NoFile as reason:
        standing, detail = Standing.UNCHECKABLE, str(reason)
    except SourceNotFound as problem:
        standing, detail = Standing.GONE, problem.what
    except LoadError as problem:
        standing, detail = Standing.UNREADABLE, problem.what
    else:
        places = [_looked_for(item, search, effort, reveal) for item in items]
        whole = search.whole(place for place in places if isinstance(place, Span))
        return [
            place
            if isinstance(place, Verdict)
            else _located(item, _found(search.document, place), place in whole, reveal)
            for item, place in zip(items, places, strict=True)
        ]
    return [item.verdict(standing, detail) for item in items]


def _looked_for(item: _Item, search: Search, effort: Effort, reveal: bool) -> Span | Verdict:
    """Where a quote is: at its offsets, or nearest to them; the verdict where it is nowhere."""
    quote, start, end = item.citation.quote, item.citation.start, item.citation.end
    if search.stands(quote, Span(start, end)):
        return Span(start, end)
    if not effort.take(search.effort):
        detail = "it is not at its offsets; where else was not searched after so many others"
        return item.verdict(Standing.CHANGED, detail)
    at = search.nearest(quote, start)
    return _missing(item, search, effort, reveal) if at is None else Span(at, at + len(quote))


def _located(item: _Item, found: Found, is_whole: bool, reveal: bool) -> Verdict:
    """The verdict on a quote that is there."""
    citation = item.citation
    told = found if reveal else _withheld(found, citation)
    moved = found.start != citation.start
    if not is_whole:
        detail = "it begins or ends inside of a sentence"
        if moved:
            detail += f", {_way(citation, found)}"
        return item.verdict(Standing.PART, detail, told)
    if moved:
        return item.verdict(Standing.MOVED, _way(citation, found), told)
    names = ("line", "page", "heading", "place")
    wrong = [name for name in names if getattr(found, name) != getattr(citation, name)]
    if wrong:
        detail = f"its {' and '.join(wrong)} {'is' if len(wrong) == 1 else 'are'} not the source's"
        return item.verdict(Standing.MISPLACED, detail, told)
    return item.verdict(Standing.STANDS, now=told)


def _missing(item: _Item, search: Search, effort: Effort, reveal: bool) -> Verdict:
    """The verdict on a quote that is nowhere; if asked for, with what is likest to it."""
    citation = item.citation
    effort.take(search.effort + (search.effort_of_likest if reveal else 0))
    span = search.nearest_but_for_space(citation.quote, citation.start)
    if span is not None:
        detail = "only its white space is different"
    else:
        span = search.likest(citation.quote, citation.start) if reveal else None
        detail = "the source no longer has this sentence"
    nearest = _found(search.document, span) if span is not None and reveal else None
    return item.verdict(Standing.CHANGED, detail, nearest=nearest)


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


def _withheld(found: Found, citation: Citation) -> Found:
    """What was found, without words of the source that the citation has not."""
    heading = found.heading if found.heading == citation.heading else None
    place = found.place if found.place == citation.place else None
    return found.model_copy(update={"heading": heading, "place": place})
