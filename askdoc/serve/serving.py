"""What the endpoints of a server share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar, cast

from starlette.requests import Request

from askdoc.assistant import Assistant
from askdoc.reading.pages import Pages
from askdoc.serve.conversations import Conversations
from askdoc.serve.library import Library
from askdoc.serve.limits import Pool, Room, Stop
from askdoc.serve.metrics import Metrics
from askdoc.serve.problems import RETRY_SECONDS, Problem
from askdoc.serve.settings import Settings

T = TypeVar("T")
_LOOKING = 2
# Bytes of documents' files.
_MOST_SENT = 2**29
MOST_TAKEN_IN = 4
"""Files that are handed in at a time: each takes its bytes of memory before it is read."""


class Serving:
    """A running server: what is asked, and how.

    Questions have threads of their own, so that a page of a document need not wait for them, and so
    do pictures of pages and files that are handed in, one at a time.

    Args:
        assistant: what is asked.
        settings: how the server is set up.
    """

    def __init__(self, assistant: Assistant, settings: Settings) -> None:
        self.settings = settings
        self.library = Library(assistant, settings.held)
        self.conversations = Conversations()
        self.metrics = Metrics()
        self.pages = Pages()
        waiting, seconds = settings.waiting, settings.seconds
        self.questions = Pool("questions", settings.workers, waiting, seconds)
        self.looks = Pool("looks", _LOOKING, waiting, seconds)
        # A page may be made to take long, and one is drawn at a time.
        self.drawings = Pool("drawings", 1, waiting, seconds)
        # A file may be read for as long as one that is asked (askdoc.reading.limits).
        self.readings = Pool("readings", 1, MOST_TAKEN_IN, 600.0)
        self.taken_in = 0
        self.sending = Room(_MOST_SENT)

    async def look(self, work: Callable[[], T]) -> T:
        """What work gives that is no question: it may wait for the disk, but not for long.

        Raises:
            Problem: too many wait, or it took too long.
        """
        return await self.looks.run(lambda stop: work())

    async def ask(self, request: Request, work: Callable[[Stop], T]) -> T:
        """What work gives that reads for an answer; it is stopped when the client is gone.

        Raises:
            Problem: too many wait, or it took too long.
            Stopped: the client is gone.
        """
        return await self.questions.run(work, lambda: left(request))

    async def draw(self, request: Request, work: Callable[[], T]) -> T:
        """What work gives that has a page drawn; it is not begun when the client is gone.

        Raises:
            Problem: too many wait, or it took too long.
            Stopped: the client is gone.
        """
        return await self.drawings.run(lambda stop: work(), lambda: left(request))

    @contextmanager
    def taking_in(self) -> Iterator[None]:
        """For as long as a file is being handed in, which is held in memory while it comes.

        Raises:
            Problem: too many are.
        """
        self.readings.check_room()
        if self.taken_in >= MOST_TAKEN_IN:
            raise Problem(
                "too-busy",
                f"{self.taken_in} files are being handed in already",
                remedy="Hand it in when they are.",
                headers={"Retry-After": str(RETRY_SECONDS)},
            )
        self.taken_in += 1
        try:
            yield
        finally:
            self.taken_in -= 1

    @property
    def _pools(self) -> tuple[Pool, ...]:
        return self.questions, self.looks, self.drawings, self.readings

    @property
    def is_busy(self) -> bool:
        """Whether a thread is still at work."""
        return any(pool.busy for pool in self._pools)

    def close(self) -> None:
        """Begin nothing more, and ask what goes on to stop."""
        for pool in self._pools:
            pool.close()
        self.pages.close()


async def left(request: Request) -> None:
    """Come to an end when the client of a request is gone, or does not send all that it said."""
    with suppress(Problem):
        while (await request.receive())["type"] != "http.disconnect":
            pass


Endpoint = Callable[[Request], Awaitable[object]]


def serving_of(request: Request) -> Serving:
    """The server that a request came to."""
    return cast("Serving", request.app.state.serving)
