"""An answer in the shape of OpenAI's responses and chat completions, as one piece or as a stream.

Annotations tell where each quote stands in the text, and which document it is of. There is no
`usage`: nothing is counted in tokens here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from askdoc.model import Answer, Citation, Span
from askdoc.serve.shapes.words import Said, address, quotes_alone, with_addresses

MODEL = "askdoc"
Link = Callable[[Citation], str]
"""The address at which a person sees a citation in its document."""


class Reply(NamedTuple):
    """What a reply is called, when it was made (seconds since 1970), and by which model."""

    id: str
    created: int
    model: str


# Responses


def response(answer: Answer, reply: Reply, ids: Mapping[str, str], link: Link) -> dict[str, Any]:
    """The reply to `POST /v1/responses`; its text is `answer.text`.

    Args:
        answer: the answer.
        reply: what the reply is called.
        ids: the ids of documents, by source.
        link: where a person sees a citation.
    """
    item = _item(reply, quotes_alone(answer), ids, link)
    return {**_envelope(reply, "completed"), "output": [item]}


def response_events(
    answer: Answer, reply: Reply, ids: Mapping[str, str], link: Link
) -> Iterator[dict[str, Any]]:
    """The events of the same as a stream, in order."""
    said = quotes_alone(answer)
    item = _item(reply, said, ids, link)
    part = item["content"][0]
    at = {"item_id": item["id"], "output_index": 0, "content_index": 0}
    empty = {"type": "output_text", "text": "", "annotations": []}
    begun = {**_envelope(reply, "in_progress"), "output": []}
    events: list[tuple[str, dict[str, Any]]] = [
        ("response.created", {"response": begun}),
        ("response.in_progress", {"response": begun}),
        (
            "response.output_item.added",
            {"output_index": 0, "item": {**item, "status": "in_progress", "content": []}},
        ),
        ("response.content_part.added", {**at, "part": empty}),
    ]
    events += [
        ("response.output_text.delta", {**at, "delta": delta, "logprobs": []})
        for delta in _pieces(said)
    ]
    events += [
        (
            "response.output_text.annotation.added",
            {**at, "annotation_index": number, "annotation": annotation},
        )
        for number, annotation in enumerate(part["annotations"])
    ]
    events += [
        ("response.output_text.done", {**at, "text": said.text, "logprobs": []}),
        ("response.content_part.done", {**at, "part": part}),
        ("response.output_item.done", {"output_index": 0, "item": item}),
        ("response.completed", {"response": response(answer, reply, ids, link)}),
    ]
    for number, (kind, event) in enumerate(events):
        yield {"type": kind, "sequence_number": number, **event}


def file_annotations(said: Said, ids: Mapping[str, str], link: Link) -> list[dict[str, Any]]:
    """Two for each quote: the file that it is of, and where it stands in the text."""
    found: list[dict[str, Any]] = []
    for citation, span in said.quotes:
        found += [
            {
                "type": "file_citation",
                "file_id": ids.get(citation.source, ""),
                "filename": citation.source,
                "index": span.end,
            },
            {"type": "url_citation", **_url(citation, span, link)},
        ]
    return found


def _item(reply: Reply, said: Said, ids: Mapping[str, str], link: Link) -> dict[str, Any]:
    part = {
        "type": "output_text",
        "text": said.text,
        "annotations": file_annotations(said, ids, link),
        "logprobs": [],
    }
    return {
        "id": f"msg_{reply.id}",
        "type": "message",
        "role": "assistant",
        "status": "completed",
        "content": [part],
    }


def _envelope(reply: Reply, status: str) -> dict[str, Any]:
    return {
        "id": f"resp_{reply.id}",
        "object": "response",
        "created_at": reply.created,
        "status": status,
        "model": reply.model,
        "error": None,
        "incomplete_details": None,
        "instructions": None,
        "metadata": {},
        "parallel_tool_calls": False,
        "temperature": None,
        "tool_choice": "none",
        "tools": [],
        "top_p": None,
    }


# Chat completions


def completion(answer: Answer, reply: Reply, link: Link) -> dict[str, Any]:
    """The reply to `POST /v1/chat/completions`; below each quote stands its address."""
    said = with_addresses(answer)
    message = {
        "role": "assistant",
        "content": said.text,
        "refusal": None,
        "annotations": chat_annotations(said, link),
    }
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return {**_chat(reply, "chat.completion"), "choices": [choice]}


def completion_chunks(answer: Answer, reply: Reply, link: Link) -> Iterator[dict[str, Any]]:
    """The chunks of the same as a stream, in order."""
    said = with_addresses(answer)
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    deltas += [{"content": piece} for piece in _pieces(said)]
    if said.quotes:
        deltas.append({"annotations": chat_annotations(said, link)})
    for delta in deltas:
        yield _chunk(reply, delta, None)
    yield _chunk(reply, {}, "stop")


def chat_annotations(said: Said, link: Link) -> list[dict[str, Any]]:
    """One for each quote: where it stands in the text, and where it can be seen."""
    return [
        {"type": "url_citation", "url_citation": _url(citation, span, link)}
        for citation, span in said.quotes
    ]


def _chunk(reply: Reply, delta: dict[str, Any], finish: str | None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
    return {**_chat(reply, "chat.completion.chunk"), "choices": [choice]}


def _chat(reply: Reply, kind: str) -> dict[str, Any]:
    name = f"chatcmpl-{reply.id}"
    return {"id": name, "object": kind, "created": reply.created, "model": reply.model}


def _url(citation: Citation, span: Span, link: Link) -> dict[str, Any]:
    return {
        "start_index": span.start,
        "end_index": span.end,
        "url": link(citation),
        "title": address(citation),
    }


def _pieces(said: Said) -> Iterator[str]:
    """A text in the pieces in which it is told: quotes whole, and what is between them."""
    at = 0
    for _, span in said.quotes:
        yield from filter(None, (said.text[at : span.start], said.text[span.start : span.end]))
        at = span.end
    if said.text[at:]:
        yield said.text[at:]


# Others


def models(names: tuple[str, ...], created: int) -> dict[str, Any]:
    """The reply to `GET /v1/models`."""
    listed = [
        {"id": name, "object": "model", "created": created, "owned_by": "askdoc"} for name in names
    ]
    return {"object": "list", "data": listed}
