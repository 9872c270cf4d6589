"""What can be asked for: one row each, from which routes and their description are made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from askdoc.explain import Explanation
from askdoc.serve import asking, chatting, looking, models, pictures, uploads
from askdoc.serve.chat_models import CompletionRequest, ResponseRequest
from askdoc.serve.verdicts import VerifyReply, VerifyRequest

Endpoint = Callable[[Request], Awaitable[Response]]
JSON, TEXT, BYTES = "application/json", "text/plain", "application/octet-stream"
PNG = "image/png"
EVENTS = "text/event-stream"


@dataclass(frozen=True)
class Operation:
    """A method of a path.

    Attributes:
        method: GET, POST, PUT or DELETE; what can be had by GET can be asked for by HEAD.
        path: as Starlette has it, with `{id}` and the like.
        name: its `operationId`.
        endpoint: what replies.
        does: one line for the description.
        replies: the media types of its reply, with the model where that is JSON.
        status: of a reply where all went well.
        body: the model of what is sent; None for none, or for bytes.
        query: the model of what stands in the address.
        problems: statuses that its replies may have besides those that all may have.
        tagged: whether replies have an ETag, and may be 304.
        takes_bytes: whether the body is a file.
    """

    method: str
    path: str
    name: str
    endpoint: Endpoint
    does: str
    replies: tuple[tuple[str, type[BaseModel] | None], ...] = ()
    status: int = 200
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    problems: tuple[int, ...] = ()
    tagged: bool = False
    takes_bytes: bool = False


def _json(model: type[BaseModel]) -> tuple[tuple[str, type[BaseModel] | None], ...]:
    return ((JSON, model),)


_DOCUMENT, _TALK = "/api/documents/{id}", "/api/conversations/{id}"

OPERATIONS = (
    Operation(
        "POST", "/api/ask", "ask", asking.ask_endpoint,
        "Ask a question; that the documents don't say is an answer, too.",
        (*_json(models.AskReply), (EVENTS, None)), body=models.AskRequest, problems=(404, 409, 503),
    ),
    Operation(
        "POST", "/api/search", "search", asking.search_endpoint,
        "Look for words, without reading what is found.",
        _json(models.SearchReply), body=models.SearchRequest, problems=(404, 409, 503),
    ),
    Operation(
        "POST", "/api/explain", "explain", asking.explain_endpoint,
        "What led to a sentence of an answer.",
        _json(Explanation), body=models.ExplainRequest, problems=(503,),
    ),
    Operation(
        "POST", "/api/verify", "verify", asking.verify_endpoint,
        "Whether the citations of answers still stand in their files.",
        _json(VerifyReply), body=VerifyRequest, problems=(503,),
    ),
    Operation(
        "GET", "/api/suggestions", "suggestions", looking.suggested_endpoint,
        "Questions that the documents answer.",
        _json(models.SuggestionsReply), query=models.NoQuery, problems=(503,), tagged=True,
    ),
    Operation(
        "POST", "/api/conversations", "begin", asking.begin_endpoint,
        "Begin a conversation; it is forgotten when nobody has used it for an hour.",
        _json(models.ConversationReply), 201, body=models.NoQuery,
    ),
    Operation(
        "GET", _TALK, "conversation", asking.conversation_endpoint,
        "What was said in a conversation.",
        _json(models.ConversationReply), query=models.NoQuery, problems=(404,),
    ),
    Operation(
        "DELETE", _TALK, "end", asking.end_endpoint, "Forget a conversation.",
        status=204, query=models.NoQuery, problems=(404,),
    ),
    Operation(
        "GET", "/api/documents", "documents", looking.documents_endpoint,
        "The documents that are asked, a hundred at a time.",
        _json(models.DocumentsReply), query=models.DocumentsQuery, problems=(503,), tagged=True,
    ),
    Operation(
        "GET", _DOCUMENT, "document", looking.document_endpoint, "A document, without its text.",
        _json(models.DocumentReply), query=models.NoQuery, problems=(404, 503), tagged=True,
    ),
    Operation(
        "GET", f"{_DOCUMENT}/text", "text", looking.text_endpoint,
        "A stretch of a document's text, by offsets in code points.",
        _json(models.TextReply), query=models.TextQuery, problems=(404, 503), tagged=True,
    ),
    Operation(
        "GET", f"{_DOCUMENT}/original", "original", looking.original_endpoint,
        "A document's file, to be saved.",
        ((BYTES, None),), query=models.NoQuery, problems=(404, 409, 503),
    ),
    Operation(
        "GET", f"{_DOCUMENT}/pages/{{page}}.png", "picture", pictures.picture_endpoint,
        "A page of a PDF as it looks.",
        ((PNG, None),), query=pictures.PictureQuery, problems=(404, 409, 503),
    ),
    Operation(
        "GET", f"{_DOCUMENT}/pages/{{page}}/marks", "marks", pictures.marks_endpoint,
        "Where the words of a stretch of text stand on a page of a PDF.",
        _json(pictures.MarksReply), query=pictures.MarksQuery, problems=(404, 409, 503),
    ),
    Operation(
        "GET", "/v1/models", "models", chatting.models_endpoint,
        "The one model that there is, as OpenAI's clients ask for it.",
        ((JSON, None),), query=models.NoQuery,
    ),
    Operation(
        "POST", "/v1/chat/completions", "completions", chatting.completions_endpoint,
        "Quotations in the shape of OpenAI's chat completions.",
        ((JSON, None), (EVENTS, None)), body=CompletionRequest, problems=(503,),
    ),
    Operation(
        "POST", "/v1/responses", "responses", chatting.responses_endpoint,
        "Quotations in the shape of OpenAI's responses, with annotations.",
        ((JSON, None), (EVENTS, None)), body=ResponseRequest, problems=(503,),
    ),
    Operation(
        "PUT", "/api/uploads/{name}", "upload", uploads.put_endpoint,
        "Hand a file in, to be asked with the others until the server ends.",
        _json(models.DocumentSummary), 201, query=models.NoQuery,
        problems=(403, 409, 415, 503, 507), takes_bytes=True,
    ),
    Operation(
        "DELETE", "/api/uploads/{name}", "withdraw", uploads.delete_endpoint,
        "Ask a file no more that was handed in.",
        status=204, query=models.NoQuery, problems=(403, 404),
    ),
    Operation(
        "GET", "/api/status", "status", looking.status_endpoint,
        "What is asked, and how the server is set up.",
        _json(models.StatusReply), query=models.NoQuery, problems=(503,), tagged=True,
    ),
    Operation(
        "GET", "/metrics", "metrics", looking.metrics_endpoint,
        "Counts and seconds for Prometheus; nothing of what was asked.",
        ((TEXT, None),), query=models.NoQuery, problems=(503,),
    ),
    Operation(
        "GET", "/healthz", "health", looking.health_endpoint, "Whether the server is up.",
        _json(models.HealthReply), query=models.NoQuery,
    ),
    Operation(
        "GET", "/readyz", "ready", looking.ready_endpoint, "Whether it can answer.",
        _json(models.HealthReply), query=models.NoQuery, problems=(503,),
    ),
    Operation(
        "GET", "/problems/{kind}", "problem", looking.meaning_endpoint,
        "What a type of problem means.",
        ((TEXT, None),), query=models.NoQuery, problems=(404,),
    ),
)  # fmt: skip
