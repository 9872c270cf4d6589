"""What went wrong, as RFC 9457 has it: `application/problem+json`, one type for each error.

The type is an address of this server, below which stands what the error means. `where` and
`remedy` are those of askdoc's own errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

from pydantic import BaseModel
from starlette.responses import Response

from askdoc import errors
from askdoc.errors import AskdocError
from askdoc.serve.models import ChatError, ChatProblem, ProblemDetails

MEDIA_TYPE = "application/problem+json"
PATH = "/problems/"
CHAT = "/v1/"
"""Below it OpenAI's interfaces are spoken, whose clients look for problems elsewhere."""
RETRY_SECONDS = 2

# What of askdoc's errors is the server's own fault, or the request's; below it, of its kind.
_STATUS: dict[type[AskdocError], int] = {
    errors.AskdocError: 422,
    errors.SourceTooLarge: 413,
    errors.UnsupportedFormat: 415,
    errors.NoDocuments: 409,
    errors.UnknownSource: 404,
    errors.SavedIndexError: 503,
    errors.ModelError: 503,
}
_RETRIED = (errors.IndexBusy, errors.IndexChanged, errors.ClusterUnreachable)

KINDS: dict[str, tuple[int, str]] = {
    "bad-request": (400, "The request is none that can be understood."),
    "unauthorized": (401, "The token is missing or wrong."),
    "foreign-origin": (403, "Another site's page sent the request."),
    "uploads-are-off": (403, "The server takes no files."),
    "not-found": (404, "There is nothing at this address."),
    "unknown-document": (404, "No document that is asked has this id."),
    "unknown-conversation": (404, "There is no conversation with this id, or no longer."),
    "method-not-allowed": (405, "The address is there, but not for this method."),
    "original-changed": (409, "The file is no longer the one that was read."),
    "name-taken": (409, "A document that was not handed in has this name."),
    "body-too-large": (413, "The request's body has more bytes than are taken."),
    "not-json": (415, "The request's body is not sent as JSON."),
    "misdirected": (421, "The server is called by a name that is not its own."),
    "invalid": (422, "The request is understood, but not what it asks for."),
    "internal": (500, "A fault in askdoc itself."),
    "too-busy": (503, "More is asked than can be answered now."),
    "too-long": (503, "Answering took longer than a request may."),
    "too-much-held": (507, "There is no room for more files that are handed in."),
}
"""Types that the server adds to askdoc's own errors: status and meaning."""


class Problem(Exception):
    """Why a request has no other reply.

    Args:
        kind: one of `KINDS`, or the kind of one of askdoc's errors.
        what: what went wrong, lower case, without a full stop.
        where: what it is about; empty where there is nothing to be named.
        remedy: what to do about it, a full sentence.
        status: the status, where it is not that of the kind.
        headers: what the reply has besides.
    """

    def __init__(
        self,
        kind: str,
        what: str,
        where: str = "",
        remedy: str = "",
        *,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(what)
        self.status = KINDS[kind][0] if status is None else status
        self.kind, self.headers = kind, dict(headers or {})
        self.error = AskdocError(what, where, remedy)

    @property
    def details(self) -> ProblemDetails:
        """What the reply's body says."""
        return ProblemDetails(
            type=f"{PATH}{self.kind}",
            title=self.error.what,
            status=self.status,
            detail=printable(str(self.error)),
            where=printable(self.error.where),
            remedy=printable(self.error.remedy),
        )


def printable(text: str) -> str:
    """A text without lone surrogates, which JSON in UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def of_error(error: AskdocError) -> Problem:
    """The problem that one of askdoc's errors is."""
    headers = {"Retry-After": str(RETRY_SECONDS)} if isinstance(error, _RETRIED) else {}
    kind = type(error)
    status = next(_STATUS[one] for one in kind.__mro__ if one in _STATUS)
    return Problem(
        _name(kind), error.what, error.where, error.remedy, status=status, headers=headers
    )


def reply(problem: Problem, path: str) -> Response:
    """The reply that tells a problem, as whoever asked at a path expects it."""
    if path.startswith(CHAT):
        details = problem.details
        error = ChatError(message=details.detail, type=problem.kind, code=problem.kind)
        told = ChatProblem(**details.model_dump(), error=error)
        return model_reply(told, status=problem.status, headers=problem.headers)
    return model_reply(
        problem.details, status=problem.status, headers=problem.headers, media_type=MEDIA_TYPE
    )


def shown(problem: Problem) -> Response:
    """The same for a person whose browser has not been let in."""
    said = escape(problem.details.detail)
    text = (
        '<!doctype html>\n<html lang="en"><meta name="viewport" content="width=device-width">'
        f"<title>askdoc</title><h1>askdoc</h1><p>{said}</p></html>\n"
    )
    return Response(
        text, status_code=problem.status, headers=problem.headers, media_type="text/html"
    )


def model_reply(
    model: BaseModel,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    media_type: str = "application/json",
) -> Response:
    """A model as the body of a reply."""
    return Response(
        model.model_dump_json(), status_code=status, headers=headers, media_type=media_type
    )


def meanings() -> dict[str, tuple[int, str]]:
    """All types of problems: status and meaning."""
    found = dict(KINDS)
    for kind in _tree(AskdocError):
        status = next(_STATUS[one] for one in kind.__mro__ if one in _STATUS)
        found[_name(kind)] = status, (kind.__doc__ or "").strip().partition("\n")[0]
    return found


def _tree(kind: type[AskdocError]) -> Iterator[type[AskdocError]]:
    """The public errors from this one down."""
    if kind.__module__ == errors.__name__:
        yield kind
    for below in kind.__subclasses__():
        yield from _tree(below)


def _name(kind: type[AskdocError]) -> str:
    """`QuestionError` is "question-error". What is of no public kind has its parent's."""
    public = next(one for one in kind.__mro__ if one.__module__ == errors.__name__)
    return re.sub(r"(?<!^)(?=[A-Z])", "-", public.__name__).lower()
