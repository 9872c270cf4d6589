"""Whether quotes stand: those of a saved answer, and those that a model is about to write."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from askdoc import verify as verifying
from askdoc.assistant import Assistant
from askdoc.errors import AskdocError, UnknownSource
from askdoc.mcp.arguments import Quoted
from askdoc.mcp.results import Check
from askdoc.model import Document, Span
from askdoc.verify import Found, Standing, Verdict
from askdoc.verify.quotes import Effort, Search
from askdoc.verify.sources import NoFile


def check_answer(answer: dict[str, Any], assistant: Assistant) -> list[Check]:
    """Hold an answer against its sources' files as they are now.

    It may come from anybody, so no file is opened but those of documents that are asked.

    Raises:
        AskdocError: it is no answer as askdoc gives it.
    """
    try:
        answers = verifying.read_answers(json.dumps(answer).encode(), "answer")
    except (AskdocError, RecursionError) as error:
        what = error.what if isinstance(error, AskdocError) else "no answer: it is nested too deep"
        remedy = "Give all that ask gave in structuredContent, with nothing changed."
        raise AskdocError(what, remedy=remedy) from None
    cited = {one.source for each in answers for one in (*each.citations, *each.nearest)}
    known = cited & {extent.source for extent in assistant.extents}
    inner = verifying.indexed(assistant.index, known) if assistant.index is not None else None

    def locate(name: str) -> str | None:
        if name not in known:
            raise NoFile("it is none of the documents that are asked")
        return inner(name) if inner is not None else None

    return [_of_verdict(one) for one in verifying.verify(answers, locate=locate)]


def check_quotes(quotes: Sequence[Quoted], assistant: Assistant) -> list[Check]:
    """Hold words against the text of the documents that are asked, as it was read."""
    effort = Effort()
    searches: dict[str, Search | None] = {}
    found: list[Check] = []
    for one in quotes:
        if one.source not in searches:
            searches[one.source] = _search(one.source, assistant)
        search = searches[one.source]
        if search is None:
            detail = "it is none of the documents that are asked"
            found.append(_check(one, Standing.UNCHECKABLE, detail))
        elif not effort.take(2 * search.effort + search.effort_of_likest):
            found.append(_check(one, Standing.UNCHECKABLE, "not looked for, after so many others"))
        else:
            found.append(_looked_for(one, search))
    return found


def _search(source: str, assistant: Assistant) -> Search | None:
    try:
        return Search(assistant.only([source]).documents[0])
    except UnknownSource:
        return None


def _looked_for(one: Quoted, search: Search) -> Check:
    document = search.document
    at = search.nearest(one.quote, 0)
    if at is not None:
        span = Span(at, at + len(one.quote))
        whole = span in search.whole([span])
        return _check(one, Standing.STANDS if whole else Standing.PART,
                      "" if whole else "it begins or ends inside of a sentence",
                      now=_found(document, span))  # fmt: skip
    spaced = search.nearest_but_for_space(one.quote, 0)
    if spaced is not None:
        detail = "only its white space is different"
        return _check(one, Standing.CHANGED, detail, nearest=_found(document, spaced))
    likest = search.likest(one.quote, 0)
    detail = "the document does not have these words"
    return _check(
        one, Standing.CHANGED, detail, nearest=None if likest is None else _found(document, likest)
    )


def _check(
    one: Quoted, standing: Standing, detail: str, *, now: Found | None = None,
    nearest: Found | None = None,
) -> Check:  # fmt: skip
    return Check(
        quote=one.quote, source=one.source, standing=standing, detail=detail, now=now,
        nearest=nearest,
    )  # fmt: skip


def _found(document: Document, span: Span) -> Found:
    start, end = span
    return Found(
        quote=document.part(start, end), start=start, end=end, line=document.line_at(start),
        page=document.page_at(start), heading=document.heading_at(start),
        place=document.place_at(start),
    )  # fmt: skip


def _of_verdict(verdict: Verdict) -> Check:
    citation = verdict.citation
    return Check(
        quote=citation.quote if citation else None, source=citation.source if citation else None,
        standing=verdict.standing, detail=verdict.detail, now=verdict.now, nearest=verdict.nearest,
    )  # fmt: skip
