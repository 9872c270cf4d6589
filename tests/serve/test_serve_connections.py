"""Clients that say nothing, or take nothing of what they are told."""

from __future__ import annotations

import socket
import threading
from time import monotonic

import pytest
from running import LONGEST, TEXTS, HeldReader, Running, running
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from askdoc import Assistant
from askdoc.serve import Extension, connections
from askdoc.serve.connections import Protocol
from askdoc.serve.originals import Original


def connected(server: Running) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.settings.port), LONGEST)


def is_closed_while(client: socket.socket, more: bytes) -> bool:
    """Whether a server closes a connection on which it is sent a little again and again."""
    client.settimeout(0.02)
    until = monotonic() + LONGEST
    while monotonic() < until:
        try:
            client.sendall(more)
            if not client.recv(65536):
                return True
        except TimeoutError:
            continue
        except OSError:
            return True
    return False


def test_who_says_nothing_keeps_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    # So many connections as there may be, on which nothing came, shut the server for everybody; and
    # nobody had to know its token for that.
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.2)
    with running(Assistant.from_texts(TEXTS, reader="lexical")) as server:
        with connected(server) as silent:
            assert is_closed_while(silent, b"")
        with connected(server) as slow:
            assert is_closed_while(slow, b"G")
        with connected(server) as asked:
            asked.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert asked.recv(65536).startswith(b"HTTP/1.1 200 ")
            assert is_closed_while(asked, b"G")
        assert server.ask().status_code == 200


def test_who_waits_for_an_answer_is_not_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    timers: list[object] = []
    before = Protocol.data_received

    def told(self: Protocol, data: bytes) -> None:
        before(self, data)
        timers.append(self._head)

    monkeypatch.setattr(Protocol, "data_received", told)
    reader = HeldReader()
    found: list[int] = []
    with running(Assistant.from_texts(TEXTS, reader=reader)) as server:
        asking = threading.Thread(target=lambda: found.append(server.ask().status_code))
        asking.start()
        reader.wait_until_begun()
        assert timers[-1] is None
        reader.go_on.set()
        asking.join(LONGEST)
    assert found == [200]


def test_who_takes_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "STALLED_SECONDS", 0.2)
    left = threading.Event()
    before = Protocol.connection_lost

    def told(self: Protocol, error: Exception | None) -> None:
        before(self, error)
        left.set()

    async def much(request: Request) -> Response:
        return Response(b"x" * 2**26)

    texts = Assistant.from_texts(TEXTS, reader="lexical")
    with running(texts, [Extension(routes=[Route("/much", much)])]) as server:
        assert len(server.client.get("/much").content) == 2**26
        monkeypatch.setattr(Protocol, "connection_lost", told)
        with connected(server) as client:
            client.sendall(
                f"GET /much HTTP/1.1\r\nHost: localhost\r\n"
                f"Authorization: Bearer {server.settings.token}\r\n\r\n".encode()
            )
            assert left.wait(LONGEST)


def test_files_that_are_taken_slowly_do_not_fill_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A file of 256 MiB stayed in memory for each client that had asked for it and took nothing.
    content = bytes(range(256)) * 2**16
    with running(Assistant.from_texts(TEXTS, reader="lexical")) as server:
        library, sending = server.serving.library, server.serving.sending
        monkeypatch.setattr(library, "original", lambda id: Original("a.bin", content))
        monkeypatch.setattr(sending, "most", len(content) + 1)
        path = f"/api/documents/{server.ids()['log.md']}/original"
        with connected(server) as client:
            client.sendall(
                f"GET {path} HTTP/1.1\r\nHost: localhost\r\n"
                f"Authorization: Bearer {server.settings.token}\r\n\r\n".encode()
            )
            while not sending.taken:
                assert server.client.get("/healthz").status_code == 200
            response = server.client.get(path)
            assert response.status_code == 503 and int(response.headers["Retry-After"]) > 0
        while sending.taken:
            assert server.client.get("/healthz").status_code == 200
        assert server.client.get(path).content == content
        assert int(server.client.head(path).headers["Content-Length"]) == len(content)
        while sending.taken:
            assert server.client.get("/healthz").status_code == 200
