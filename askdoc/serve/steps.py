"""One question, asked so that it can be followed from outside, and stopped."""

from __future__ import annotations

from askdoc.assistant import Assistant
from askdoc.model import Answer
from askdoc.serve.conversations import Talk
from askdoc.serve.events import Tell
from askdoc.serve.limits import Stop
from askdoc.serve.models import AskRequest


def ask(
    assistant: Assistant, asked: AskRequest, talk: Talk | None, tell: Tell, stop: Stop
) -> Answer:
    """The answer to a request.

    Args:
        assistant: who is asked.
        asked: the request.
        talk: the conversation that it belongs to.
        tell: told what is being done.
        stop: asks the reading to stop.

    Raises:
        Stopped: it was asked to.
    """
    stop.check()
    tell("reading")
    if talk is None:
        return assistant.ask(asked.question, limit=asked.limit, threshold=asked.threshold)
    return talk.ask(
        assistant,
        asked.question,
        limit=asked.limit,
        threshold=asked.threshold,
        exact=asked.exact,
    )
