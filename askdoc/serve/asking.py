"""Questions: asked, searched for, explained, checked again, and carried on in conversations."""

from __future__ import annotations

import json
from time import monotonic

from starlette.requests import Request
from starlette.responses import Response

from askdoc.assistant import Assistant
from askdoc.model import Answer, Hit, OnStep
from askdoc.serve.bodies import json_body
from askdoc.serve.conversations import Talk
from askdoc.serve.events import stream, wants_events
from askdoc.serve.library import Library
from askdoc.serve.limits import Stop
from askdoc.serve.listing import Listing
from askdoc.serve.models import (
    AskRequest,
    ConversationReply,
    ExplainRequest,
    NoQuery,
    PassageReply,
    SearchReply,
    SearchRequest,
)
from askdoc.serve.problems import Problem, model_reply
from askdoc.serve.serving import Serving, serving_of
from askdoc.serve.steps import Tell, followed
from askdoc.verify import all_stand, read_answers, verify
from askdoc.verify.sources import NoFile


async def ask_endpoint(request: Request) -> Response:
    """An answer, as one reply or as events."""
    serving, asked = serving_of(request), await json_body(request, AskRequest)
    # Who goes on with a conversation that is gone is told so at once.
    talk = None if asked.conversation is None else serving.conversations.get(asked.conversation)

    def work(tell: Tell, stop: Stop) -> str:
        return answered(serving, asked, talk, tell, stop)

    if wants_events(request):
        return stream(serving.questions, work)
    text = await serving.ask(request, lambda stop: work(lambda step: None, stop))
    return Response(text, media_type="application/json")


def answered(serving: Serving, asked: AskRequest, talk: Talk | None, tell: Tell, stop: Stop) -> str:
    """The JSON of an `AskReply`, in which the answer stands as the library gives it."""
    begun = monotonic()
    library = serving.library
    assistant = library.narrowed(asked.sources)
    answer = _answer(assistant, followed(stop, tell), asked, talk)
    serving.metrics.answer(answer.verdict, monotonic() - begun)
    listing = library.listing()
    shown = (*answer.citations, *answer.nearest)
    besides = {
        "conversation": None if talk is None else talk.id,
        "documents": {
            one.source: listing.ids[one.source] for one in shown if one.source in listing.ids
        },
        "changed": assistant.changes(answer),
    }
    # To the letter: `answer` is not read and written again.
    return f'{{"answer":{answer.model_dump_json()},{json.dumps(besides)[1:]}'


def _answer(assistant: Assistant, on_step: OnStep, asked: AskRequest, talk: Talk | None) -> Answer:
    if talk is not None:
        return talk.ask(assistant, asked, on_step)
    return assistant.ask(
        asked.question, limit=asked.limit, threshold=asked.threshold, on_step=on_step
    )


async def search_endpoint(request: Request) -> Response:
    """The passages that share most with some words."""
    serving, asked = serving_of(request), await json_body(request, SearchRequest)

    def search() -> SearchReply:
        library = serving.library
        assistant = library.narrowed(asked.sources)
        with assistant.snapshot():
            hits = assistant.search(asked.words, limit=asked.limit)
            listing = library.listing()
            return SearchReply(passages=tuple(_passage(hit, listing) for hit in hits))

    return model_reply(await serving.ask(request, lambda stop: search()))


def _passage(hit: Hit, listing: Listing) -> PassageReply:
    passage, document = hit.passage, hit.passage.document
    return PassageReply(
        text=passage.text,
        document=listing.ids.get(document.source, ""),
        source=document.source,
        start=passage.start,
        end=passage.end,
        line=document.line_at(passage.start),
        page=document.page_at(passage.start),
        heading=document.heading_at(passage.start),
        place=document.place_at(passage.start),
        score=hit.score,
    )


async def explain_endpoint(request: Request) -> Response:
    """What led to a sentence of an answer."""
    serving, asked = serving_of(request), await json_body(request, ExplainRequest)
    shown = (*asked.answer.citations, *asked.answer.nearest)
    if asked.citation is not None and asked.citation > len(shown):
        raise Problem("invalid", "the answer has no such citation", f"citation {asked.citation}")
    citation = None if asked.citation is None else shown[asked.citation - 1]
    assistant = serving.library.assistant
    return model_reply(
        await serving.ask(request, lambda stop: assistant.explain(asked.answer, citation))
    )


async def verify_endpoint(request: Request) -> Response:
    """What has become of the citations of answers, from their sources as they are now."""
    serving = serving_of(request)
    body = await request.body()

    def checked() -> str:
        answers = read_answers(body, "the body")
        locate = _Locate(serving.library, answers)
        verdicts = verify(answers, locate=locate)
        listed = [verdict.model_dump(mode="json") for verdict in verdicts]
        return json.dumps({"all_stand": all_stand(verdicts), "verdicts": listed})

    text = await serving.ask(request, lambda stop: checked())
    return Response(text, media_type="application/json")


class _Locate:
    """Where the files of cited sources are: only of documents that are asked, and of no others.

    An answer is what a client says it is, and must not be a way to have any file opened.
    """

    def __init__(self, library: Library, answers: list[Answer]) -> None:
        self._known = library.listing().ids
        self._held = library.is_held
        self._saved = library.paths_of(
            {one.source for answer in answers for one in (*answer.citations, *answer.nearest)}
        )

    def __call__(self, name: str) -> str | None:
        if name not in self._known:
            raise NoFile("no document that is asked has this name")
        if self._held(name):
            raise NoFile("a file that was handed in is not read again")
        return self._saved.get(name)


async def suggestions_endpoint(serving: Serving) -> tuple[str, ...]:
    """Questions that the documents answer."""
    return tuple(await serving.questions.run(lambda stop: serving.library.suggestions()))


async def begin_endpoint(request: Request) -> Response:
    """A new conversation."""
    serving = serving_of(request)
    await json_body(request, NoQuery)
    talk = serving.conversations.begin(serving.library.assistant)
    return model_reply(ConversationReply(id=talk.id), status=201)


async def conversation_endpoint(request: Request) -> Response:
    """What was said in a conversation."""
    serving = serving_of(request)
    talk = serving.conversations.get(request.path_params["id"])
    return model_reply(ConversationReply(id=talk.id, answers=talk.answers))


async def end_endpoint(request: Request) -> Response:
    """Forget a conversation."""
    serving_of(request).conversations.end(request.path_params["id"])
    return Response(status_code=204)
