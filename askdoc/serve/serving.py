"""What the endpoints of a server share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar, cast

from starlette.requests import Request

from askdoc.assistant import Assistant
from askdoc.reading.pages import Pages
from askdoc.serve.conversations import Conversations
from askdoc.serve.library import Library
from askdoc.serve.limits import Pool, Stop
from askdoc.serve.metrics import Metrics
from askdoc.serve.settings import Settings

T = TypeVar("T")
_LOOKING = 2


class Serving:
    """A running server: what is asked, and how.

    Questions have threads of their own, so that a page of a document need not wait for them, and so
    do files that are handed in, one at a time.

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
        # A file may be read for as long as one that is asked (askdoc.reading.limits).
        self.readings = Pool("readings", 1, 4, 600.0)

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

    @property
    def is_busy(self) -> bool:
        """Whether a thread is still at work."""
        return any(pool.busy for pool in (self.questions, self.looks, self.readings))

    def close(self) -> None:
        """Begin nothing more, and ask what goes on to stop."""
        for pool in (self.questions, self.looks, self.readings):
            pool.close()
        self.pages.close()


async def left(request: Request) -> None:
    """Come to an end when the client of a request is gone, whose body was read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


Endpoint = Callable[[Request], Awaitable[object]]


def serving_of(request: Request) -> Serving:
    """The server that a request came to."""
    return cast("Serving", request.app.state.serving)
