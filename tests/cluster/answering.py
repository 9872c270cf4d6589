"""A little server that answers each request as a test wants it to, also as no server should."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from askdoc.cluster.address import Address
from askdoc.cluster.client import Client


class Asked(NamedTuple):
    """A request that came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


# Sends something; whether the connection goes on.
Step = Callable[[socket.socket, Asked], bool]


class Answering:
    """What was asked of the server, and how often somebody connected.

    Attributes:
        port: on 127.0.0.1.
        asked: the requests, in order.
        connections: how many were accepted.
    """

    def __init__(
        self, steps: Iterable[Step], context: ssl.SSLContext | None, host: str, port: int
    ) -> None:
        self._steps, self._context = list(steps), context
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listening = socket.create_server((host, port), family=family)
        self.port: int = self._listening.getsockname()[1]
        self.asked: list[Asked] = []
        self.connections = 0
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        """Close the door and all connections."""
        # One that waits in accept is woken by this and not by closing.
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        with self._lock:
            for held in self._open:
                _end(held)

    def _accept(self) -> None:
        while True:
            try:
                held, _ = self._listening.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                self._open.append(held)
            threading.Thread(target=self._talk, args=(held,), daemon=True).start()

    def _talk(self, held: socket.socket) -> None:
        try:
            if self._context is not None:
                held = self._context.wrap_socket(held, server_side=True)
                with self._lock:
                    self._open.append(held)
            with held, held.makefile("rb") as lines:
                while asked := _request(lines):
                    with self._lock:
                        self.asked.append(asked)
                        step = self._steps.pop(0) if len(self._steps) > 1 else self._steps[0]
                    if not step(held, asked):
                        _end(held)
                        return
        except (OSError, ValueError):
            return  # the client went away


def _end(held: socket.socket) -> None:
    with suppress(OSError):
        held.shutdown(socket.SHUT_RDWR)
    held.close()


def _request(lines) -> Asked | None:  # type: ignore[no-untyped-def]
    first = lines.readline().decode().split()
    if len(first) != 3:
        return None
    headers = {}
    while line := lines.readline().decode("latin-1").strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    body = lines.read(int(headers.get("content-length", 0)))
    return Asked(first[0], first[1], headers, body)


@contextmanager
def answering(
    *steps: Step, context: ssl.SSLContext | None = None, host: str = "127.0.0.1", port: int = 0
) -> Iterator[Answering]:
    """A server that does one step after the other, a request each, and the last for ever."""
    server = Answering(steps, context, host, port)
    try:
        yield server
    finally:
        server.stop()


def fine(body: object, status: int = 200, *, headers: str = "", close: bool = False) -> Step:
    """A reply as it should be."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    def step(held: socket.socket, asked: Asked) -> bool:
        head = f"HTTP/1.1 {status} Said\r\n{headers}Content-Length: {len(content)}\r\n\r\n"
        held.sendall(head.encode() + content)
        return not close

    return step


def doing(work: Callable[[Asked], object]) -> Step:
    """A reply that is worked out from the request."""

    def step(held: socket.socket, asked: Asked) -> bool:
        return fine(work(asked))(held, asked)

    return step


def raw(content: bytes, *, close: bool = True) -> Step:
    """These bytes, and then the end."""

    def step(held: socket.socket, asked: Asked) -> bool:
        held.sendall(content)
        return not close

    return step


def endless(head: bytes, portion: bytes) -> Step:
    """The same again and again, until the client has had enough."""

    def step(held: socket.socket, asked: Asked) -> bool:
        held.sendall(head)
        while True:  # sending fails once the client has gone
            held.sendall(portion)

    return step


def silent(held: socket.socket, asked: Asked) -> bool:
    """Nothing, until the client has waited enough."""
    held.recv(1)
    return False


class Time:
    """A clock that goes on with each pause, and by a little with each look at it."""

    def __init__(self, tick: float = 0.0) -> None:
        self.now, self.tick = 1000.0, tick
        self.pauses: list[float] = []

    def clock(self) -> float:
        self.now += self.tick
        return self.now

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


def address(server: Answering) -> Address:
    return Address.parse(f"http://127.0.0.1:{server.port}/docs")


def client(server: Answering, time: Time, **options: Any) -> Client:
    return Client(address(server), clock=time.clock, sleep=time.sleep, **options)


def asked(server: Answering) -> int:
    return len(server.asked)


CUT = raw(b"")
CUT_SHORT = raw(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"a": 1}')
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
