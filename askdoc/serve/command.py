"""Listen, serve until a signal comes, and leave nothing behind."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import uvicorn

from askdoc.assistant import Assistant
from askdoc.errors import AskdocError
from askdoc.serve.app import Extension, create_app
from askdoc.serve.connections import Protocol
from askdoc.serve.serving import Serving
from askdoc.serve.settings import Settings, is_loopback
from askdoc.workers import end_all

END_SECONDS = 5
"""How long questions that are being answered may take when the server is to end."""

_MOST_CONNECTIONS = 512
_BACKLOG = 128
# Longer than clients keep a connection, so that none uses one that is being closed.
_KEPT_SECONDS = 60


def check_host(host: str, token: str | None) -> None:
    """See that nobody is let in without a token from elsewhere.

    Args:
        host: where it is to listen.
        token: "" for none.

    Raises:
        AskdocError: it would be open to the network.
    """
    if token == "" and not all(map(is_loopback, _resolved(host, 0))):
        raise AskdocError(
            "without a token it only serves this machine, and others reach this address",
            host,
            "Leave out --no-token, or --host.",
        )


@contextmanager
def bound(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens there, for as long as it is needed.

    Raises:
        AskdocError: the port is taken, or there is no such address.
    """
    where = f"{host}:{port}"
    place = _resolved(host, port)[0]
    family = socket.AF_INET6 if ":" in place else socket.AF_INET
    try:
        listening = socket.create_server((place, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            remedy = "Choose another: --port N, or --port 0 for any that is free."
            raise AskdocError("the port is taken", where, remedy) from None
        reason = (error.strerror or str(error)).lower()
        raise AskdocError(f"cannot listen there ({reason})", where, "Choose another.") from None
    with listening:
        yield listening


def _resolved(host: str, port: int) -> list[str]:
    """The addresses, in numbers, that a name of this machine has."""
    try:
        found = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except (OSError, UnicodeError):
        raise AskdocError("there is no such address", host, "Try: --host 127.0.0.1") from None
    return [str(one[4][0]) for one in found]


def address(host: str, port: int, token: str) -> str:
    """What a browser is to open."""
    name = socket.gethostname() if host in ("", "0.0.0.0", "::") else host
    shown = f"[{name}]" if ":" in name else name
    return f"http://{shown}:{port}/" + (f"?token={token}" if token else "")


def run(
    assistant: Assistant,
    settings: Settings,
    listening: socket.socket,
    announce: Callable[[], None],
    extensions: Sequence[Extension] = (),
    *,
    ended: Callable[[], object] = lambda: None,
) -> None:
    """Serve until SIGTERM or Ctrl-C; what is being answered then may take five seconds more.

    Args:
        assistant: what is asked.
        settings: how the server is set up.
        listening: where clients connect.
        announce: called once it can be asked.
        extensions: what else it gives out.
        ended: called when nothing more is asked, before the process may be left at once.
    """
    server = server_of(assistant, settings, announce, extensions)
    server.run(sockets=[listening])
    ended()
    end_all()
    if server.serving.is_busy:
        # A thread that computes cannot be ended, and must not be in the middle of it when what
        # it computes with is taken down.
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(0)


def server_of(
    assistant: Assistant,
    settings: Settings,
    announce: Callable[[], None],
    extensions: Sequence[Extension] = (),
) -> Server:
    """The server that `run` runs, for whoever runs it in a thread and sets `should_exit`."""
    app = create_app(assistant, settings, extensions=extensions)
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http=Protocol,
        ws="none",
        lifespan="on",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_KEPT_SECONDS,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=END_SECONDS,
    )
    return Server(config, app.state.serving, announce)


class Server(uvicorn.Server):
    """uvicorn's server, which tells when it can be asked, and ends well when it is told to end."""

    def __init__(
        self, config: uvicorn.Config, serving: Serving, announce: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self.serving = serving
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to reply, and tell so."""
        await super().startup(sockets)
        if self.started:
            self._announce()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Have signals end it; uvicorn's own sends itself the signal again, and so dies of it."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        taken = (signal.SIGINT, signal.SIGTERM)
        before = {one: signal.signal(one, self.handle_exit) for one in taken}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)
