"""Pages of PDFs as pictures, and where the words of a quotation stand on them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from askdoc.load.pdf.picture import MOST_WIDE
from askdoc.model import Document
from askdoc.reading.pages import Source
from askdoc.serve.bodies import query_of
from askdoc.serve.listing import kind_of
from askdoc.serve.png import png_of
from askdoc.serve.problems import Problem, model_reply
from askdoc.serve.serving import Serving, serving_of

_MOST_QUOTED = 20_000  # characters that are marked


class PictureQuery(BaseModel):
    """How large a picture is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    width: int = Field(default=1_200, ge=100, le=MOST_WIDE, description="in pixels, about")


class MarksQuery(BaseModel):
    """Which stretch of the document's text is to be marked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    start: int = Field(ge=0, le=10**12)
    end: int = Field(ge=0, le=10**12)


class MarkReply(BaseModel):
    """A rectangle; its sides as shares of the picture's width and height, from the top left."""

    model_config = ConfigDict(frozen=True)

    left: float
    top: float
    right: float
    bottom: float


class MarksReply(BaseModel):
    """Rectangles around exactly the words that are quoted; none where that is in doubt."""

    model_config = ConfigDict(frozen=True)

    page: int
    marks: tuple[MarkReply, ...]


async def picture_endpoint(request: Request) -> Response:
    """A page as a PNG."""
    serving, asked = serving_of(request), query_of(request, PictureQuery)
    id, page = request.path_params["id"], _page_of(request)

    def drawn() -> bytes:
        serving.library.of_document(id, lambda document: _text_of(document, page))
        picture = serving.pages.picture(_source(serving, id), page, asked.width)
        if picture is None:
            raise Problem("not-found", "the page cannot be drawn", f"page {page}")
        return png_of(picture)

    return Response(await serving.draw(request, drawn), media_type="image/png")


async def marks_endpoint(request: Request) -> Response:
    """Where words stand on a page."""
    serving, asked = serving_of(request), query_of(request, MarksQuery)
    id, page = request.path_params["id"], _page_of(request)

    def found() -> MarksReply:
        first, text = serving.library.of_document(id, lambda one: _text_of(one, page))
        start, end = max(0, asked.start - first), min(asked.end - first, len(text))
        if not start < end <= start + _MOST_QUOTED:
            return MarksReply(page=page, marks=())
        marks = serving.pages.marks(_source(serving, id), page, text, start, end)
        return MarksReply(page=page, marks=tuple(MarkReply(**one._asdict()) for one in marks))

    return model_reply(await serving.draw(request, found))


def _page_of(request: Request) -> int:
    """The number of a page in the address."""
    told = str(request.path_params["page"])
    if not (told.isascii() and told.isdigit() and len(told) < 7):
        raise _no_page(told)
    return int(told)


def _text_of(document: Document, page: int) -> tuple[int, str]:
    """Where the text of a page of a PDF begins in its document, and the text."""
    starts = document.page_starts
    if kind_of(document.source) != "pdf" or not 1 <= page <= len(starts):
        raise _no_page(str(page))
    end = starts[page] if page < len(starts) else len(document.text)
    return starts[page - 1], document.part(starts[page - 1], end)


def _source(serving: Serving, id: str) -> Source:
    """The file, if it is still the one that was read."""
    return Source(data=serving.library.original(id).content)


def _no_page(told: str) -> Problem:
    return Problem("not-found", "the document is no PDF with such a page", ascii(told[:20])[1:-1])
