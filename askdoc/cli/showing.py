"""Answers and passages in the format that was asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from askdoc.cli.options import Request
from askdoc.cli.sources import renamed, shown_as
from askdoc.cli.streams import is_limited, put, put_json, put_lines, say
from askdoc.present.context import Around, AroundOf, nothing

if TYPE_CHECKING:
    from askdoc.assistant import Assistant
    from askdoc.model import Answer, Citation, Document, Hit


def show(request: Request, assistant: Assistant, answer: Answer) -> None:
    """An answer; where it is a refusal, a pipe is told on standard error what was missing."""
    from askdoc.present import as_json, as_text, style_for
    from askdoc.present.refusing import aside

    style = style_for(sys.stdout, request.color)
    shown = renamed(answer, assistant, request.addresses)
    around = around_of(request, assistant, answer, shown)
    if request.json:
        put_json(as_json(shown, indent=2 if style.width else None, ascii_only=is_limited()))
    elif request.format == "markdown":
        from askdoc.present.markdown import as_markdown

        put_lines(as_markdown([shown], around=around))
    elif request.format == "csv":
        from askdoc.present.table import header, rows

        put_lines(header() + rows(shown, nearest=request.nearest, around=around))
    else:
        put(as_text(shown, style, nearest=request.nearest, around=around) + "\n")
        if not style.person and (told := aside(answer)):
            say(told)


def show_passages(request: Request, assistant: Assistant, hits: Sequence[Hit]) -> None:
    """Found passages."""
    from askdoc.present import style_for
    from askdoc.present.passages import as_json, as_text

    sources = {hit.passage.document.source for hit in hits}
    names = shown_as(sources, assistant, request.addresses)

    def named(source: str) -> str:
        return names.get(source, source)

    if request.json:
        put_json(as_json(hits, ascii_only=is_limited(), named=named))
    elif request.format == "markdown":
        from askdoc.present.markdown import passages

        put_lines(passages(hits, named=named))
    elif request.format == "csv":
        from askdoc.present.table import passages

        put_lines(passages(hits, named=named))
    else:
        put(as_text(hits, style_for(sys.stdout, request.color), named=named) + "\n")


def around_of(request: Request, assistant: Assistant, answer: Answer, shown: Answer) -> AroundOf:
    """What gives the sentences around the citations of an answer, by how they are shown."""
    if not request.context:
        return nothing
    from askdoc.present.context import around

    documents: dict[str, Document] = {}
    found: dict[Citation, Around] = {}
    pairs = zip(
        (*answer.citations, *answer.nearest), (*shown.citations, *shown.nearest), strict=True
    )
    for citation, as_shown in pairs:
        source = citation.source
        if source not in documents:
            documents[source] = assistant.only([source]).documents[0]
        found[as_shown] = around(documents[source], citation, request.context)
    return found.__getitem__
