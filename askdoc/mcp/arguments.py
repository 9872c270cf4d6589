"""What the tools take, with the bounds that hold for it and what a model is told of it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

LONGEST_TEXT = 8_000
"""Characters of a question, of words to look for, of a quote."""
_LONGEST_NAME = 4_096
_MOST_TURNS, _MOST_NAMES, _MOST_QUOTES = 40, 1_000, 100
_LARGEST = 2**53  # Every client's numbers hold it.

_STRICT = ConfigDict(frozen=True, extra="forbid")
_Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
_Name = Annotated[str, Field(min_length=1, max_length=_LONGEST_NAME)]


class Said(BaseModel):
    """A question that was asked before, and what it was answered."""

    model_config = _STRICT

    question: _Text
    answer: _Text = Field(default="", description="A quotation that answered it, if one did.")


class Quoted(BaseModel):
    """Words that are said to stand in a document."""

    model_config = _STRICT

    quote: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    source: _Name


AskedQuestion = Annotated[
    str,
    Field(max_length=LONGEST_TEXT, description="The question, in plain words, as one sentence."),
]
History = Annotated[
    list[Said],
    Field(
        max_length=_MOST_TURNS,
        description="What was asked before, oldest first, if the question leans on it ('When was "
        "that?'). Nothing is remembered between calls.",
    ),
]
Sources = Annotated[
    list[_Name],
    Field(
        max_length=_MOST_NAMES,
        description="Only look in these documents, named as `documents` names them; empty: in all.",
    ),
]
Words = Annotated[
    str, Field(max_length=LONGEST_TEXT, description="Words that the passages are to have.")
]
MostQuotes = Annotated[
    int | None,
    Field(ge=1, le=50, description="At most so many quotations; null: as many as needed."),
]
MostPassages = Annotated[int, Field(ge=1, le=50, description="At most so many passages.")]
Threshold = Annotated[
    float | None,
    Field(
        ge=0.0,
        le=1.0,
        description="How sure a quotation has to be; null: as was measured to be best. 0 gives the "
        "nearest sentences whatever they are worth.",
    ),
]
Source = Annotated[_Name, Field(description="The document, named as `documents` names it.")]
Start = Annotated[
    int,
    Field(ge=0, le=_LARGEST, description="Read from this character on, for example a quotation's."),
]
Cursor = Annotated[
    str,
    Field(max_length=100, description="`next_cursor` of the part before, to go on behind it."),
]
Containing = Annotated[
    str,
    Field(
        max_length=_LONGEST_NAME,
        description="Only documents whose name has this in it, in any case; empty: all.",
    ),
]
SavedAnswer = Annotated[
    dict[str, Any] | None,
    Field(description="An answer, all of it, as `ask` gives it in structuredContent."),
]
Quotes = Annotated[
    list[Quoted],
    Field(
        max_length=_MOST_QUOTES,
        description="Words that you are about to quote, each with its source.",
    ),
]
Paths = Annotated[
    list[_Name], Field(min_length=1, max_length=100, description="Files or folders to index.")
]
