"""The page in the browser: its files, and what a browser without scripts is given.

With scripts the page asks as any other program does (`static/api.js`). Without, its form is sent
here, and the answer comes as HTML; a sentence leads to its document's text.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from urllib.parse import parse_qs, urlencode

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from askdoc.errors import AskdocError
from askdoc.model import Document, Span
from askdoc.serve import markup
from askdoc.serve.app import Extension
from askdoc.serve.asking import answered
from askdoc.serve.bodies import query_of, values_as
from askdoc.serve.conversations import Talk
from askdoc.serve.listing import kind_of
from askdoc.serve.models import AskReply, AskRequest
from askdoc.serve.problems import Problem, of_error
from askdoc.serve.serving import Serving, serving_of

_KINDS = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}
_FORM = "/ask"
_MOST_FIELDS = 10
_MOST_QUOTED = 20_000


class SourceQuery(BaseModel):
    """Which stretch of a document is marked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    start: int = Field(default=0, ge=0, le=10**12)
    end: int = Field(default=0, ge=0, le=10**12)


def extension() -> Extension:
    """The page, for `create_app`."""
    routes = [
        Route("/", _index, methods=["GET"]),
        Route("/static/{name}", _static, methods=["GET"]),
        Route(_FORM, _asked, methods=["POST"]),
        Route("/source/{id}", _source, methods=["GET"]),
    ]
    return Extension(routes=routes, forms=frozenset((_FORM,)))


@cache
def _files() -> dict[str, bytes]:
    """The page's files by name; nothing else can be had."""
    folder = files("askdoc.serve") / "static"
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


async def _index(request: Request) -> Response:
    return _page()


async def _static(request: Request) -> Response:
    name = str(request.path_params["name"])
    kind = next((kind for suffix, kind in _KINDS.items() if name.endswith(suffix)), None)
    if kind is None or name not in _files():
        raise Problem("not-found", "the page has no such file", ascii(name[:80])[1:-1])
    return Response(_files()[name], media_type=kind)


async def _asked(request: Request) -> Response:
    """The answer to a form."""
    serving = serving_of(request)
    question, talk = "", None
    try:
        fields = await _fields(request)
        question = fields.get("question", "")
        asked = values_as({"question": question}, AskRequest)
        talk = _talk(serving, fields.get("conversation", ""))
        text = await serving.ask(
            request, lambda stop: answered(serving, asked, talk, lambda step: None, stop)
        )
    except AskdocError as error:
        return _failed(of_error(error), talk)
    except Problem as problem:
        return _failed(problem, talk)
    reply = AskReply.model_validate_json(text)
    return _page(markup.turn(reply), markup.footnotes(reply.answer), talk)


async def _fields(request: Request) -> dict[str, str]:
    """What a form holds; of a field that stands twice the first.

    Raises:
        Problem: it is no form.
    """
    try:
        found = parse_qs(
            (await request.body()).decode("ascii"),
            keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict",
        )  # fmt: skip
    except ValueError:
        raise Problem("bad-request", "the form cannot be read", "", "Send it again.") from None
    return {name: values[0] for name, values in found.items()}


def _talk(serving: Serving, id: str) -> Talk:
    """The conversation of an id, or a new one where there is none."""
    try:
        return serving.conversations.get(id)
    except Problem:
        return serving.conversations.begin(serving.library.assistant)


async def _source(request: Request) -> Response:
    """A document's text, scrolled to a quotation."""
    serving, asked = serving_of(request), query_of(request, SourceQuery)
    id = request.path_params["id"]

    def shown(document: Document) -> str:
        characters = len(document.text)
        start = min(asked.start, characters)
        end = max(start, min(asked.end, characters, start + _MOST_QUOTED))
        return markup.source(document, Span(start, end), _picture(id, document, start))

    text = await serving.look(lambda: serving.library.of_document(id, shown))
    return _page(f'<article class="turn">{text}</article>', above="../")


def _picture(id: str, document: Document, start: int) -> str:
    page = document.page_at(start)
    if page is None or kind_of(document.source) != "pdf":
        return ""
    path = f"../api/documents/{id}/pages/{page}.png?{urlencode({'width': 1_400})}"
    return f'<figure class="sheet"><img src="{path}" alt="Page {page}"></figure>'


def _failed(problem: Problem, talk: Talk | None) -> Response:
    said = problem.details.detail
    return _page(markup.alert(f"{said[:1].upper()}{said[1:]}"), talk=talk, status=problem.status)


def _page(
    thread: str = "", notes: str = "", talk: Talk | None = None, *, status: int = 200,
    above: str = "",
) -> Response:  # fmt: skip
    """The page with what is given in it; `above` leads to the folder that it stands in."""
    text = _files()["index.html"].decode("utf-8")
    if above:
        for name in ("href", "src", "action"):
            text = text.replace(f'{name}="static/', f'{name}="{above}static/')
        text = text.replace('action="ask"', f'action="{above}ask"')
        text = text.replace('href="./"', f'href="{above}"')
        # There the scripts would take the text away again.
        text = text.replace(f'<script type="module" src="{above}static/app.js"></script>\n', "")
    fields = "" if talk is None else markup.hidden("conversation", talk.id)
    text = text.replace("<!--thread-->", thread).replace("<!--footnotes-->", notes)
    text = text.replace("<!--fields-->", fields)
    return Response(text, media_type="text/html", status_code=status)
