"""The application: routes, the guard before them, and what is said of what goes wrong."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from askdoc.assistant import Assistant
from askdoc.errors import AskdocError
from askdoc.present.failure import as_line
from askdoc.serve import openapi
from askdoc.serve.events import internal
from askdoc.serve.limits import Stopped
from askdoc.serve.problems import Problem, of_error, reply
from askdoc.serve.routes import OPERATIONS, Endpoint
from askdoc.serve.security import Guard
from askdoc.serve.serving import Serving, serving_of
from askdoc.serve.settings import Settings

_GONE = 499
"""What is counted where a client went before it had its reply."""


@dataclass(frozen=True)
class Extension:
    """Something else that the same server gives out, behind the same checks.

    Attributes:
        routes: what it replies to. `serving_of(request)` gives its endpoints what is asked.
        forms: paths among these that a form of the server's own page may be sent to.
        lifespan: what it needs for as long as the server runs.
    """

    routes: Sequence[BaseRoute] = ()
    forms: frozenset[str] = frozenset()
    lifespan: Callable[[], AbstractAsyncContextManager[None]] | None = None


def create_app(
    assistant: Assistant, settings: Settings, *, extensions: Sequence[Extension] = ()
) -> Starlette:
    """An application that answers from what an assistant asks.

    Args:
        assistant: what is asked.
        settings: how the server is set up.
        extensions: what else it gives out.
    """
    serving = Serving(assistant, settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for one in extensions:
                if one.lifespan is not None:
                    await stack.enter_async_context(one.lifespan())
            yield
        serving.close()

    routes = [route for one in extensions for route in one.routes]
    forms = {path for one in extensions for path in one.forms}
    app = Starlette(
        routes=[*_own_routes(), *routes],
        middleware=[Middleware(Guard, settings=settings, forms=forms)],
        exception_handlers={
            Problem: _problem,
            AskdocError: _error,
            HTTPException: _http,
            Stopped: _left,
            ClientDisconnect: _left,
            Exception: _fault,
        },
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.serving = serving
    return app


def _own_routes() -> list[BaseRoute]:
    by_path: dict[str, dict[str, Endpoint]] = {}
    for one in OPERATIONS:
        by_path.setdefault(one.path, {})[one.method] = one.endpoint
    routes: list[BaseRoute] = [
        Route(path, partial(_of_method, path, endpoints), methods=list(endpoints))
        for path, endpoints in by_path.items()
    ]
    return [*routes, Route("/openapi.json", _description, methods=["GET"])]


async def _of_method(path: str, endpoints: dict[str, Endpoint], request: Request) -> Response:
    """Have the endpoint of a method reply, and count it."""
    method = "GET" if request.method == "HEAD" else request.method
    status = 500
    try:
        response = await endpoints[method](request)
        status = response.status_code
        return response
    except Problem as problem:
        status = problem.status
        raise
    except AskdocError as error:
        status = of_error(error).status
        raise
    except (Stopped, ClientDisconnect):
        status = _GONE
        raise
    finally:
        serving_of(request).metrics.request(request.method, path, status)


async def _description(request: Request) -> Response:
    return Response(openapi.text(), media_type="application/json")


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return reply(error, request.url.path)


async def _error(request: Request, error: Exception) -> Response:
    assert isinstance(error, AskdocError)
    return reply(of_error(error), request.url.path)


async def _http(request: Request, error: Exception) -> Response:
    """What the routing has to say: that there is no such path, or not for this method."""
    assert isinstance(error, HTTPException)
    kind = {404: "not-found", 405: "method-not-allowed"}.get(error.status_code, "bad-request")
    where = ascii(request.url.path[:200])[1:-1]
    problem = Problem(
        kind, error.detail.lower(), where, "/openapi.json tells what there is.",
        status=error.status_code, headers=error.headers,
    )  # fmt: skip
    return reply(problem, request.url.path)


async def _left(request: Request, error: Exception) -> Response:
    """For nobody: the client is gone."""
    return Response(status_code=_GONE)


async def _fault(request: Request, error: Exception) -> Response:
    print(as_line(error), file=sys.stderr, flush=True)
    return reply(internal(error), request.url.path)
