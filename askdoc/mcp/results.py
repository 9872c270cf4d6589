"""What the tools give besides an `Answer`: each is a tool's structured content."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from askdoc.model import Hit
from askdoc.verify import Found, Standing

_FROZEN = ConfigDict(frozen=True)


class Passage(BaseModel):
    """Sentences that stand together, verbatim, with their address as a `Citation` has it."""

    model_config = _FROZEN

    text: str
    source: str
    start: int
    end: int
    line: int
    page: int | None
    heading: str | None
    place: str | None
    score: float

    @classmethod
    def of(cls, hit: Hit) -> Passage:
        start, document = hit.passage.start, hit.passage.document
        return cls(
            text=hit.passage.text, source=document.source, start=start, end=hit.passage.end,
            line=document.line_at(start), page=document.page_at(start),
            heading=document.heading_at(start), place=document.place_at(start), score=hit.score,
        )  # fmt: skip


class Passages(BaseModel):
    """What `search` gives, best first."""

    model_config = _FROZEN

    passages: tuple[Passage, ...]


class Part(BaseModel):
    """What `read` gives: a document's text from `start` to `end`, of `characters` in all."""

    model_config = _FROZEN

    source: str
    start: int
    end: int
    characters: int
    line: int
    page: int | None
    heading: str | None
    notes: tuple[str, ...]
    text: str
    next_cursor: str | None


class Listed(BaseModel):
    """A document, and how much there is of it."""

    model_config = _FROZEN

    source: str
    sentences: int
    lines: int
    characters: int
    notes: tuple[str, ...]


class Listing(BaseModel):
    """What `documents` gives: some of `total`, and what could not be read."""

    model_config = _FROZEN

    documents: tuple[Listed, ...]
    total: int
    problems: tuple[str, ...]
    problems_in_all: int
    incomplete: bool
    next_cursor: str | None


class Check(BaseModel):
    """What has become of a quote: see `askdoc.verify.Verdict`.

    `quote` and `source` are None where an answer as a whole contradicts itself.
    """

    model_config = _FROZEN

    quote: str | None
    source: str | None
    standing: Standing
    detail: str
    now: Found | None
    nearest: Found | None = None


class Checks(BaseModel):
    """What `verify` gives, in the order of what was given."""

    model_config = _FROZEN

    all_stand: bool
    checks: tuple[Check, ...]


class Indexed(BaseModel):
    """What `index` gives: what an update did, in files, and how much the index holds now."""

    model_config = _FROZEN

    folder: str
    added: int
    changed: int
    moved: int
    removed: int
    unchanged: int
    documents: int
    passages: int
    problems: tuple[str, ...]
    notes: tuple[str, ...]
