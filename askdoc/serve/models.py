"""What requests and replies hold, from which their description is made (`openapi`).

A reply with an answer has it as the library gives it, `Answer.model_dump_json()`, to the letter.
Offsets count code points of a document's text and are half-open.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from askdoc.model import Answer

_ASKED = ConfigDict(extra="forbid", strict=True, frozen=True)
_TOLD = ConfigDict(frozen=True)
LONGEST_QUESTION = 8_000  # characters
MOST_SOURCES, LONGEST_NAME = 1_000, 4_096
PAGE = 100
MOST_TEXT = 100_000  # characters of a document at a time
ID_PATTERN = r"^[0-9a-f]{32}$"

DocumentId = Annotated[str, Field(pattern=ID_PATTERN)]
Sources = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)], ...],
    Field(min_length=1, max_length=MOST_SOURCES),
]
_SourcesField = Field(
    default=None,
    description="ask these documents alone: their ids, or their names as citations have them",
)


# Requests


class AskRequest(BaseModel):
    """A question to the documents."""

    model_config = _ASKED

    question: str = Field(max_length=LONGEST_QUESTION, description="in plain words")
    limit: int | None = Field(default=None, ge=1, le=100, description="at most so many citations")
    threshold: float | None = Field(
        default=None, ge=0.0, le=1.0, description="the least confidence; 0 never abstains"
    )
    sources: Sources | None = _SourcesField
    conversation: str | None = Field(
        default=None,
        max_length=100,
        description="the id of a conversation, which the question may lean on",
    )
    exact: bool = Field(
        default=False, description="ask as typed, whatever was said in the conversation"
    )


class SearchRequest(BaseModel):
    """Words to be looked for, without reading what is found."""

    model_config = _ASKED

    words: str = Field(max_length=LONGEST_QUESTION)
    limit: int = Field(default=10, ge=1, le=100, description="at most so many passages")
    sources: Sources | None = _SourcesField


class ExplainRequest(BaseModel):
    """A sentence of an answer that is to be explained."""

    model_config = _ASKED

    answer: Answer = Field(description="an answer as the server gave it")
    citation: int | None = Field(
        default=None,
        ge=1,
        le=1_000,
        description="which of its citations, and behind these of its nearest, from 1; null is the "
        "first",
    )


class DocumentsQuery(BaseModel):
    """Which documents are listed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    offset: int = Field(default=0, ge=0, le=10**9, description="so many are passed over")
    limit: int = Field(default=PAGE, ge=1, le=PAGE)
    q: str = Field(default="", max_length=1_000, description="only those with this in their name")


class TextQuery(BaseModel):
    """Which stretch of a document is given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    start: int = Field(default=0, ge=0, le=10**12)
    end: int | None = Field(
        default=None, ge=0, le=10**12, description=f"at most {MOST_TEXT} behind the start"
    )


class NoQuery(BaseModel):
    """Nothing can be asked for in the address."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# Replies


class ProblemDetails(BaseModel):
    """Why a request has no other reply: RFC 9457, with `where` it went wrong and a `remedy`."""

    model_config = _TOLD

    type: str
    title: str
    status: int
    detail: str
    where: str = ""
    remedy: str = ""


class ChatError(BaseModel):
    """The same as clients of OpenAI's interfaces look for it."""

    model_config = _TOLD

    message: str
    type: str
    code: str
    param: str | None = None


class ChatProblem(ProblemDetails):
    """A problem for these clients."""

    error: ChatError


class AskReply(BaseModel):
    """An answer, and what is known besides.

    `answer` is `Answer.model_dump_json()`, to the letter. `documents` are the ids of the documents
    that it cites or names as nearest, by source; `changed` says of those whose file is no longer as
    it was read what happened to it.
    """

    model_config = _TOLD

    answer: Answer
    conversation: str | None = None
    documents: dict[str, str]
    changed: dict[str, str]


class PassageReply(BaseModel):
    """A passage that was found; scores compare within one search only."""

    model_config = _TOLD

    text: str
    document: str
    source: str
    start: int
    end: int
    line: int
    page: int | None = None
    heading: str | None = None
    place: str | None = None
    score: float


class SearchReply(BaseModel):
    """Passages, best first."""

    model_config = _TOLD

    passages: tuple[PassageReply, ...]


class DocumentSummary(BaseModel):
    """A document in a list; `lines` are those that a person counts, `characters` code points."""

    model_config = _TOLD

    id: str
    source: str
    kind: str = Field(description="the suffix of its name, without the dot, lower case")
    sentences: int
    lines: int
    characters: int
    notes: tuple[str, ...] = ()
    uploaded: bool = False


class DocumentsReply(BaseModel):
    """A page of the documents; `next` is the offset of the page behind it, null at the end."""

    model_config = _TOLD

    documents: tuple[DocumentSummary, ...]
    total: int
    next: int | None = None


class HeadingReply(BaseModel):
    """A heading, and where it stands."""

    model_config = _TOLD

    start: int
    end: int
    title: str
    level: int


class DocumentReply(DocumentSummary):
    """A document with its headings, the first thousand, and the offsets where its pages begin."""

    headings: tuple[HeadingReply, ...] = ()
    page_starts: tuple[int, ...] = ()


class TextReply(BaseModel):
    """A stretch of a document's text: `text` is from `start` to `end` of `characters`."""

    model_config = _TOLD

    id: str
    source: str
    start: int
    end: int
    characters: int
    line: int = Field(description="the line that holds the start, from 1")
    text: str


class ConversationReply(BaseModel):
    """A conversation: its answers, oldest first, each with how its question was understood."""

    model_config = _TOLD

    id: str
    answers: tuple[Answer, ...] = ()


class ProblemOfSource(BaseModel):
    """A source that could not be read."""

    model_config = _TOLD

    type: str
    what: str
    where: str
    remedy: str


class StatusReply(BaseModel):
    """What is asked, and how the server is set up.

    `generation` changes whenever what is asked does. `problems` are the first hundred sources that
    could not be read, of `problems_total`; `unfinished` the paths that were named for the saved
    index and not read to their end.
    """

    model_config = _TOLD

    version: str
    documents: int
    sentences: int
    characters: int
    generation: str
    saved: bool
    reader: str
    uploads: bool
    unfinished: tuple[str, ...] = ()
    problems: tuple[ProblemOfSource, ...] = ()
    problems_total: int = 0


class SuggestionsReply(BaseModel):
    """Questions that the documents answer; none for some documents."""

    model_config = _TOLD

    questions: tuple[str, ...]


class HealthReply(BaseModel):
    """Whether the server is up, or ready to answer."""

    model_config = _TOLD

    status: Literal["ok"] = "ok"
