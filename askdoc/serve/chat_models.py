"""What clients of OpenAI's interfaces send, as far as it is used here.

Clients send much that is about writing (temperature, tools, instructions); as nothing is written
here, it is passed over.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

_ASKED = ConfigDict(extra="ignore", frozen=True)
_MOST_MESSAGES, _LONGEST = 1_000, 200_000
_Text = Annotated[str, Field(max_length=_LONGEST)]


class Part(BaseModel):
    """A part of a message; only text is read."""

    model_config = _ASKED

    type: str = Field(max_length=100)
    text: _Text = ""


class Message(BaseModel):
    """What somebody said."""

    model_config = _ASKED

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: _Text | Annotated[tuple[Part, ...], Field(max_length=_MOST_MESSAGES)] | None = None

    @property
    def text(self) -> str:
        """All its text."""
        if self.content is None or isinstance(self.content, str):
            return self.content or ""
        return "\n".join(part.text for part in self.content if part.text)


_Messages = Annotated[tuple[Message, ...], Field(min_length=1, max_length=_MOST_MESSAGES)]


class CompletionRequest(BaseModel):
    """A chat: the last message of the user is the question, those before it its history."""

    model_config = _ASKED

    messages: _Messages
    model: str = Field(default="askdoc", max_length=200)
    stream: bool = False


class ResponseRequest(BaseModel):
    """A question, or a dialogue whose last message of the user is one."""

    model_config = _ASKED

    input: _Text | _Messages
    model: str = Field(default="askdoc", max_length=200)
    stream: bool = False
    previous_response_id: str | None = Field(
        default=None, description="is refused: send what was said before as input"
    )
