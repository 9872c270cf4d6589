"""The documents themselves: listed, read by offsets, had as their files; and what is to be told."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from askdoc import __version__
from askdoc.model import Document
from askdoc.present.sanitize import sanitize
from askdoc.serve import metrics
from askdoc.serve.asking import suggestions_endpoint
from askdoc.serve.bodies import query_of
from askdoc.serve.models import (
    MOST_TEXT,
    DocumentReply,
    DocumentsQuery,
    DocumentsReply,
    HeadingReply,
    HealthReply,
    ProblemOfSource,
    StatusReply,
    SuggestionsReply,
    TextQuery,
    TextReply,
)
from askdoc.serve.originals import Attachment
from askdoc.serve.problems import Problem, meanings, model_reply, of_error, printable
from askdoc.serve.serving import Serving, serving_of

_MOST_HEADINGS, _MOST_PAGES, _MOST_PROBLEMS = 1_000, 10_000, 100


async def documents_endpoint(request: Request) -> Response:
    """A page of the list of documents."""
    asked, library = query_of(request, DocumentsQuery), serving_of(request).library

    def listed() -> DocumentsReply:
        entries = library.listing().entries
        if asked.q:
            words = asked.q.casefold()
            entries = [one for one in entries if words in one.extent.source.casefold()]
        end = asked.offset + asked.limit
        return DocumentsReply(
            documents=tuple(one.summary for one in entries[asked.offset : end]),
            total=len(entries),
            next=end if end < len(entries) else None,
        )

    return await _tagged(request, listed)


async def document_endpoint(request: Request) -> Response:
    """A document, without its text."""
    id, library = request.path_params["id"], serving_of(request).library

    def shown() -> DocumentReply:
        summary = library.listing().entry(id).summary

        def look(document: Document) -> DocumentReply:
            headings = tuple(
                HeadingReply(start=span.start, end=span.end, title=printable(title), level=level)
                for span, title, level in document.headings[:_MOST_HEADINGS]
            )
            starts = document.page_starts[:_MOST_PAGES]
            return DocumentReply(
                **summary.model_dump(), headings=headings, page_starts=tuple(starts)
            )

        return library.of_document(id, look)

    return await _tagged(request, shown)


async def text_endpoint(request: Request) -> Response:
    """A stretch of a document's text."""
    id, library = request.path_params["id"], serving_of(request).library
    asked = query_of(request, TextQuery)

    def shown() -> TextReply:
        return library.of_document(id, lambda document: _stretch(id, document, asked))

    return await _tagged(request, shown)


def _stretch(id: str, document: Document, asked: TextQuery) -> TextReply:
    text = document.text
    start = min(asked.start, len(text))
    end = len(text) if asked.end is None else min(asked.end, len(text))
    end = max(start, min(end, start + MOST_TEXT))
    return TextReply(
        id=id,
        source=printable(document.source),
        start=start,
        end=end,
        characters=len(text),
        line=document.line_at(start) if text else 1,
        text=text[start:end],
    )


async def original_endpoint(request: Request) -> Response:
    """A document's file, to be saved and never to be shown: it may hold anything."""
    id, serving = request.path_params["id"], serving_of(request)
    source, content = await serving.look(lambda: serving.library.original(id))
    # What turns the direction of text could have a browser show another ending than a file has.
    name = printable(sanitize(re.split(r"[/\\]", source)[-1]).replace("\\", "_"))
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    serving.sending.take(len(content))
    return Attachment(content, serving.sending, headers)


async def status_endpoint(request: Request) -> Response:
    """What is asked, and how the server is set up."""
    serving = serving_of(request)
    return await _tagged(request, lambda: _status(serving))


def _status(serving: Serving) -> StatusReply:
    listing = serving.library.listing()
    assistant, problems = serving.library.assistant, serving.library.problems()
    extents = [entry.extent for entry in listing.entries]
    reader = assistant.reader
    return StatusReply(
        version=__version__,
        documents=len(extents),
        sentences=sum(extent.sentences for extent in extents),
        characters=sum(extent.characters for extent in extents),
        generation=listing.generation,
        saved=assistant.index is not None,
        reader=reader if isinstance(reader, str) else type(reader).__name__,
        uploads=serving.settings.uploads,
        unfinished=tuple(map(printable, assistant.unfinished)),
        problems=tuple(
            ProblemOfSource(
                type=of_error(one).details.type,
                what=printable(one.what),
                where=printable(one.where),
                remedy=printable(one.remedy),
            )
            for one in problems[:_MOST_PROBLEMS]
        ),
        problems_total=len(problems),
    )


async def suggested_endpoint(request: Request) -> Response:
    """Questions that the documents answer."""
    serving = serving_of(request)
    tag = await serving.look(serving.library.generation)
    if _is_known(request, tag):
        return _unchanged(tag)
    reply = model_reply(SuggestionsReply(questions=await suggestions_endpoint(serving)))
    return _with_tag(reply, tag)


async def _tagged(request: Request, show: Callable[[], BaseModel]) -> Response:
    """A reply that is the same as long as what is asked is, and says so."""
    serving = serving_of(request)
    tag = await serving.look(serving.library.generation)
    if _is_known(request, tag):
        return _unchanged(tag)
    return _with_tag(model_reply(await serving.look(show)), tag)


def _is_known(request: Request, tag: str) -> bool:
    known = request.headers.get("if-none-match", "")
    return tag in [one.strip().removeprefix("W/").strip('"') for one in known.split(",")]


def _unchanged(tag: str) -> Response:
    return _with_tag(Response(status_code=304), tag)


def _with_tag(reply: Response, tag: str) -> Response:
    reply.headers["ETag"] = f'"{tag}"'
    return reply


async def health_endpoint(request: Request) -> Response:
    """That the server is up."""
    return model_reply(HealthReply())


async def ready_endpoint(request: Request) -> Response:
    """That what is asked can be read."""
    serving = serving_of(request)
    await serving.look(serving.library.generation)
    return model_reply(HealthReply())


async def metrics_endpoint(request: Request) -> Response:
    """Counts and seconds, for Prometheus."""
    serving = serving_of(request)
    documents = len(await serving.look(lambda: serving.library.listing().entries))
    text = serving.metrics.text(
        {
            "askdoc_documents": ("Documents that are asked.", documents),
            "askdoc_conversations": ("Conversations that are kept.", len(serving.conversations)),
            "askdoc_questions_busy": ("Questions being answered.", serving.questions.busy),
            "askdoc_questions_waiting": ("Questions that wait.", serving.questions.waiting),
        }
    )
    return Response(text, headers={"Content-Type": metrics.MEDIA_TYPE})


async def meaning_endpoint(request: Request) -> Response:
    """What a type of problem means."""
    kind = request.path_params["kind"]
    found = meanings().get(kind)
    if found is None:
        raise Problem("not-found", "there is no such type of problem", ascii(kind[:64])[1:-1])
    return Response(f"{found[0]} {kind}: {found[1]}\n", media_type="text/plain")
