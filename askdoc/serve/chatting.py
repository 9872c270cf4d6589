"""askdoc as a model that only quotes, for programs that speak OpenAI's interfaces."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from secrets import token_hex
from time import monotonic, time
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from askdoc.conversation import resolve
from askdoc.model import Answer, Citation, Question
from askdoc.serve.bodies import json_body
from askdoc.serve.chat_models import CompletionRequest, Message, ResponseRequest
from askdoc.serve.events import MEDIA_TYPE, chunk, event
from askdoc.serve.limits import Stop
from askdoc.serve.models import LONGEST_QUESTION
from askdoc.serve.problems import Problem
from askdoc.serve.serving import Serving, serving_of
from askdoc.serve.shapes import openai
from askdoc.serve.shapes.openai import MODEL, Reply
from askdoc.serve.steps import followed

_ADDRESS = "— "


async def models_endpoint(request: Request) -> Response:
    """The one model that there is."""
    return _json(openai.models((MODEL,), 0))


async def completions_endpoint(request: Request) -> Response:
    """A chat that goes on with quotations."""
    asked = await json_body(request, CompletionRequest)
    answer, ids = await _answered(request, asked.messages)
    reply, link = Reply(token_hex(12), int(time()), asked.model), _link(request, ids)
    if not asked.stream:
        return _json(openai.completion(answer, reply, link))
    chunks = "".join(map(chunk, openai.completion_chunks(answer, reply, link)))
    return Response(f"{chunks}data: [DONE]\n\n", media_type=MEDIA_TYPE)


async def responses_endpoint(request: Request) -> Response:
    """A response that is made of quotations."""
    asked = await json_body(request, ResponseRequest)
    if asked.previous_response_id is not None:
        raise Problem(
            "invalid",
            "responses are not kept",
            "previous_response_id",
            "Send what was said before as input.",
        )
    said = asked.input
    messages = (Message(role="user", content=said),) if isinstance(said, str) else said
    answer, ids = await _answered(request, messages)
    reply, link = Reply(token_hex(12), int(time()), asked.model), _link(request, ids)
    if not asked.stream:
        return _json(openai.response(answer, reply, ids, link))
    events = openai.response_events(answer, reply, ids, link)
    text = "".join(event(one["type"], json.dumps(one, ensure_ascii=False)) for one in events)
    return Response(text, media_type=MEDIA_TYPE)


def _json(told: dict[str, Any]) -> Response:
    return Response(json.dumps(told, ensure_ascii=False), media_type="application/json")


async def _answered(request: Request, messages: Sequence[Message]) -> tuple[Answer, dict[str, str]]:
    """The answer to what was said last, and the ids of the documents by source."""
    serving, (question, history) = serving_of(request), dialogue(messages)
    return await serving.ask(request, lambda stop: _ask(serving, question, history, stop))


def _ask(
    serving: Serving, typed: str, history: list[str], stop: Stop
) -> tuple[Answer, dict[str, str]]:
    begun = monotonic()
    resolved = resolve(typed, history) if history else typed
    answer = serving.library.assistant.ask(resolved, on_step=followed(stop))
    serving.metrics.answer(answer.verdict, monotonic() - begun)
    shown = Question(asked=typed, resolved=resolved)
    return answer.model_copy(update={"question": shown}), serving.library.listing().ids


def dialogue(messages: Sequence[Message]) -> tuple[str, list[str]]:
    """The last message of the user, and what user and assistant said before it.

    Raises:
        Problem: there is none, or it is too long.
    """
    said = [one for one in messages if one.role in ("user", "assistant") and one.text.strip()]
    while said and said[-1].role != "user":
        said.pop()
    if not said:
        raise Problem("invalid", "no message of the user has text", "messages", "Ask something.")
    question = said[-1].text
    if len(question) > LONGEST_QUESTION:
        what = f"the question has more than {LONGEST_QUESTION:,} characters"
        raise Problem("invalid", what, "messages", "Ask shorter.")
    return question, [_without_addresses(one) for one in said[:-1]]


def _without_addresses(message: Message) -> str:
    """What was said, without the addresses that stand below quotes."""
    if message.role == "user":
        return message.text
    lines = message.text.split("\n")
    return "\n".join(line for line in lines if not line.startswith(_ADDRESS))


def _link(request: Request, ids: dict[str, str]) -> Callable[[Citation], str]:
    """Where the page shows a citation in its document."""
    base = str(request.base_url)

    def link(citation: Citation) -> str:
        id = quote(ids.get(citation.source, ""), safe="")
        page = f"&p={citation.page}" if citation.page is not None else ""
        return f"{base}#d={id}&s={citation.start}-{citation.end}{page}"

    return link
