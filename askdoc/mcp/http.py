"""MCP over HTTP: `/mcp` of the server of `askdoc serve`, behind the same token and checks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TypeVar, cast

from mcp.server.transport_security import TransportSecuritySettings
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from askdoc.assistant import Assistant
from askdoc.mcp.server import make_server
from askdoc.mcp.tools import Tools
from askdoc.serve import Extension, Serving, Settings
from askdoc.serve.problems import Problem

PATH = "/mcp"
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
T = TypeVar("T")


def extension(settings: Settings, index: str = "", folders: Sequence[str] = ()) -> Extension:
    """What `create_app` is given so that clients find the tools at `/mcp`.

    Each request stands alone, so no session is kept. Tools wait in the server's own queue, and ask
    what it asks at that moment.

    Args:
        settings: how the server is set up.
        index: the saved index that is asked and that `index` brings up to date.
        folders: real paths of the folders below which `index` may be told to index.
    """
    endpoint = _Endpoint()
    server = make_server(Tools(endpoint.assistant, index, folders), endpoint.in_turn)
    app = server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=settings.body,
        transport_security=_security(settings),
    )
    (route,) = app.routes
    endpoint.inner = cast("Route", route).app

    def lifespan() -> AbstractAsyncContextManager[None]:
        return server.session_manager.run()

    # By GET a client would wait for what a server tells unasked, for ever: none tells anything.
    return Extension(routes=[Route(PATH, endpoint, methods=["POST"])], lifespan=lifespan)


class _Endpoint:
    """Knows the server that its requests come to, and hands them on to the SDK."""

    inner: ASGIApp
    _serving: Serving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._serving = scope["app"].state.serving
        await self.inner(scope, receive, send)

    def assistant(self) -> Assistant:
        """What the server asks now."""
        return self._serving.library.assistant

    async def in_turn(self, work: Callable[[], T]) -> T:
        """What work gives, in one of the server's threads.

        Raises:
            AskdocError: too many wait already, or it takes too long.
        """
        try:
            return await self._serving.questions.run(lambda stop: work())
        except Problem as problem:
            raise problem.error from None


def _security(settings: Settings) -> TransportSecuritySettings:
    """The SDK's own checks. Where any address in numbers may be used the server's have to do, which
    are the same and come first."""
    names = [*_LOOPBACK, *sorted(settings.hosts)]
    origins = [f"{scheme}://{name}" for scheme in ("http", "https") for name in names]
    return TransportSecuritySettings(
        enable_dns_rebinding_protection=not settings.addresses,
        allowed_hosts=[*names, *(f"{name}:*" for name in names)],
        allowed_origins=[*origins, *(f"{origin}:*" for origin in origins)],
    )
