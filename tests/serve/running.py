"""A real server on a free port of loopback, in a thread of the tests, and who asks it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import httpx

from askdoc import Answer, Assistant
from askdoc.model import Extract, Hit, Question
from askdoc.serve import Extension, Serving, Settings
from askdoc.serve.command import bound, server_of

TEXTS = {
    "log.md": "# Log\n\nThe ferry Halcyon carried forty cars to the island on Monday. "
    "Its captain is Mira Olsen.\n",
    "mill.txt": "The mill at Orley was built in 1887. It burned down in 1903.\n",
}
ASK = "How many cars did the ferry Halcyon carry?"
QUOTE = "The ferry Halcyon carried forty cars to the island on Monday."
LONGEST = 60.0
"""Seconds after which a test that waits has failed."""


class Running:
    """A server that runs, and a client that has its token."""

    def __init__(self, serving: Serving) -> None:
        self.serving, self.settings = serving, serving.settings
        self.address = f"http://127.0.0.1:{self.settings.port}"
        token = {"Authorization": f"Bearer {self.settings.token}"} if self.settings.token else {}
        # A connection of its own for each request: on a busy machine one that is kept may be
        # given up by the server in the moment in which it is used again.
        how: Any = {
            "base_url": self.address,
            "timeout": LONGEST,
            "limits": httpx.Limits(max_keepalive_connections=0),
        }
        self.client = httpx.Client(headers=token, **how)
        self.stranger = httpx.Client(**how)

    def ask(self, question: str = ASK, **more: Any) -> httpx.Response:
        return self.client.post("/api/ask", json={"question": question, **more})

    def answer(self, question: str = ASK, **more: Any) -> Answer:
        response = self.ask(question, **more)
        assert response.status_code == 200, response.text
        return Answer.model_validate(response.json()["answer"])

    def ids(self) -> dict[str, str]:
        listed = self.client.get("/api/documents").json()["documents"]
        return {one["source"]: one["id"] for one in listed}


@contextmanager
def running(
    assistant: Assistant, extensions: Sequence[Extension] = (), **settings: Any
) -> Iterator[Running]:
    """A server for a while; when it is left no thread of it serves any more."""
    with bound("127.0.0.1", 0) as listening:
        ready = threading.Event()
        made = replace(Settings.of(listening), **settings)
        server = server_of(assistant, made, ready.set, extensions)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        assert ready.wait(LONGEST)
        found = Running(server.serving)
        try:
            yield found
        finally:
            found.client.close()
            found.stranger.close()
            server.should_exit = True
            thread.join(LONGEST)
            assert not thread.is_alive()


class HeldReader:
    """A reader that waits where it is told to, so that a test knows what is going on."""

    goes_by_terms = True
    threshold = 0.5

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.go_on = threading.Event()
        self.asked: list[str] = []

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Extract]:
        """Every sentence, surely; and not before it is told to go on."""
        self.asked.append(question.resolved)
        self.begun.release()
        assert self.go_on.wait(LONGEST)
        found = [sentence for hit in hits for sentence in hit.passage.sentences]
        return [Extract(sentence, 0.9) for sentence in found]

    def wait_until_begun(self) -> None:
        assert self.begun.acquire(timeout=LONGEST)


def raw(port: int, request: bytes) -> bytes:
    """What a server says to bytes that no client would send, until it closes the connection.

    The bytes have to ask for that, or be so wrong that it does.
    """

    with socket.create_connection(("127.0.0.1", port), timeout=LONGEST) as connection:
        connection.sendall(request)
        said = b""
        while part := connection.recv(65536):
            said += part
        assert said
        return said
