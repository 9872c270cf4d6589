"""An answer as it comes: `text/event-stream` with what is being done, and the answer at the end.

Events: `searching`, `reading` (each time a portion of passages is read), then `answer`, whose data
is the reply's JSON, or `problem`. A client that is gone stops the reading.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from askdoc.errors import AskdocError
from askdoc.serve.limits import Pool, Stop
from askdoc.serve.problems import Problem, of_error
from askdoc.serve.steps import Tell

MEDIA_TYPE = "text/event-stream"
_LEAST_SECONDS = 10.0


def wants_events(request: Request) -> bool:
    """Whether a client asks for events in the place of one reply."""
    kinds = request.headers.get("accept", "").split(",")
    return any(kind.partition(";")[0].strip().lower() == MEDIA_TYPE for kind in kinds)


def event(name: str, data: str) -> str:
    """One event; JSON has no line ends of its own."""
    return f"event: {name}\ndata: {data}\n\n"


def stream(pool: Pool, work: Callable[[Tell, Stop], str]) -> Response:
    """The reply that tells what is being done, and then what came of it.

    Args:
        pool: where the work is done.
        work: is told whom to tell, and when to stop; gives the JSON of the reply.

    Raises:
        Problem: too many wait.
    """
    pool.check_room()
    return StreamingResponse(_events(pool, work), media_type=MEDIA_TYPE)


async def _events(pool: Pool, work: Callable[[Tell, Stop], str]) -> AsyncIterator[str]:
    loop, told = asyncio.get_running_loop(), asyncio.Queue[str | None]()

    def tell(step: str) -> None:
        with suppress(RuntimeError):  # The server has ended meanwhile.
            loop.call_soon_threadsafe(told.put_nowait, event(step, "{}"))

    task = asyncio.ensure_future(pool.run(lambda stop: work(tell, stop)))
    task.add_done_callback(lambda _: told.put_nowait(None))
    try:
        while True:
            try:
                async with asyncio.timeout(_LEAST_SECONDS):
                    step = await told.get()
            except TimeoutError:
                yield ": still there\n\n"
                continue
            if step is None:
                break
            yield step
        yield _ended(task)
    finally:
        task.cancel()


def _ended(task: asyncio.Task[str]) -> str:
    try:
        return event("answer", task.result())
    except AskdocError as error:
        problem = of_error(error)
    except Problem as error:
        problem = error
    except Exception as error:
        problem = internal(error)
    return event("problem", problem.details.model_dump_json())


def internal(error: Exception) -> Problem:
    """What is said of an error that nobody foresaw: where it happened is for the log."""
    return Problem(
        "internal",
        f"this is a fault in askdoc itself ({type(error).__name__})",
        remedy="Please report it; the server's standard error has more.",
    )


def chunk(data: object) -> str:
    """An event without a name, as others' clients expect it."""
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"
