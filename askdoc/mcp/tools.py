"""The tools: arguments -> a result, as structured content and in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from threading import Lock

from mcp_types import CallToolResult, TextContent
from pydantic import BaseModel

from askdoc import index as indexing
from askdoc.assistant import Assistant
from askdoc.conversation import Conversation, Turn
from askdoc.errors import AskdocError, IndexNotFound
from askdoc.load.files import displayable
from askdoc.mcp import texts
from askdoc.mcp.arguments import (
    AskedQuestion,
    Containing,
    Cursor,
    History,
    MostPassages,
    MostQuotes,
    Paths,
    Quotes,
    SavedAnswer,
    Source,
    Sources,
    Start,
    Threshold,
    Words,
)
from askdoc.mcp.checking import check_answer, check_quotes
from askdoc.mcp.folders import allowed
from askdoc.mcp.results import Checks, Indexed, Listed, Listing, Part, Passage, Passages

PART = 8_000
"""So many characters, at most, are read at once."""
PAGE = 100
"""So many documents, at most, are listed at once."""
_LINE_WITHIN = 500  # A part ends with a line if one ends in the last of its characters.
_SHOWN = 100


class Once:
    """Makes who answers at the first need, once however many ask for it at the same time.

    Args:
        make: makes it, and is called again while it raises.
        may_index: whether there is a tool that makes a saved index where there is none yet.
    """

    def __init__(self, make: Callable[[], Assistant], *, may_index: bool = False) -> None:
        self._make, self._may_index = make, may_index
        self._made: Assistant | None = None
        self._one_makes = Lock()

    def __call__(self) -> Assistant:
        """Who answers."""
        with self._one_makes:
            if self._made is None:
                try:
                    self._made = self._make()
                except IndexNotFound as error:
                    if not self._may_index:
                        raise
                    remedy = "Make one: call index with the paths of what is to be asked."
                    raise IndexNotFound(error.what, error.where, remedy) from None
            return self._made


class Tools:
    """What a model may call; nothing is remembered from one call to the next.

    Args:
        assistant: gives who answers.
        index: the folder of the saved index that `index` brings up to date.
        folders: real paths of the folders below which `index` may be told to index; where there
            are none it is not offered.

    Attributes:
        assistant: as it was given.
        folders: as they were given.
    """

    def __init__(
        self, assistant: Callable[[], Assistant], index: str = "", folders: Sequence[str] = ()
    ) -> None:
        self.assistant, self.folders = assistant, tuple(folders)
        self._index = index
        self._one_indexes = Lock()

    def ask(
        self,
        question: AskedQuestion,
        history: History = [],  # noqa: B006 (the schema shows it; nobody changes it)
        sources: Sources = [],  # noqa: B006
        limit: MostQuotes = None,
        threshold: Threshold = None,
    ) -> CallToolResult:
        assistant = self._among(sources)
        turns = [Turn(one.question, (one.answer,) if one.answer else ()) for one in history]
        if turns:
            conversation = Conversation(assistant, history=turns)
            answer = conversation.ask(question, limit=limit, threshold=threshold)
        else:
            answer = assistant.ask(question, limit=limit, threshold=threshold)
        return _result(answer, texts.of_answer(answer, assistant.changes(answer)))

    def search(
        self, words: Words, sources: Sources = [], limit: MostPassages = 10  # noqa: B006
    ) -> CallToolResult:  # fmt: skip
        hits = self._among(sources).search(words, limit=limit)
        found = Passages(passages=tuple(map(Passage.of, hits)))
        return _result(found, texts.of_passages(found))

    def read(self, source: Source, start: Start = 0, cursor: Cursor = "") -> CallToolResult:
        among = self._among([source])
        document, in_all = among.documents[0], among.extents[0].characters
        start = _after(cursor, in_all) if cursor else start
        if start > in_all or (start == in_all and start):
            raise AskdocError(
                f"the document has only {in_all} characters", source, "Read from an earlier one on."
            )
        text = _part(document.part(start, min(start + PART + 1, in_all)))
        end = start + len(text)
        part = Part(
            source=document.source, start=start, end=end, characters=in_all, text=text,
            line=document.line_at(start), page=document.page_at(start),
            heading=document.heading_at(start), notes=document.notes,
            next_cursor=f"{end}/{in_all}" if end < in_all else None,
        )  # fmt: skip
        return _result(part, texts.of_part(part))

    def documents(self, containing: Containing = "", cursor: Cursor = "") -> CallToolResult:
        assistant = self.assistant()
        wanted = containing.casefold()
        extents = [one for one in assistant.extents if wanted in one.source.casefold()]
        first = _after(cursor, len(extents)) if cursor else 0
        last = min(first + PAGE, len(extents))
        problems = [str(problem) for problem in self._problems(assistant)] if not first else []
        listing = Listing(
            documents=tuple(Listed(**one._asdict()) for one in extents[first:last]),
            total=len(extents),
            problems=tuple(problems[:_SHOWN]),
            problems_in_all=len(problems),
            incomplete=bool(assistant.unfinished),
            next_cursor=f"{last}/{len(extents)}" if last < len(extents) else None,
        )
        return _result(listing, texts.of_listing(listing))

    def verify(self, answer: SavedAnswer = None, quotes: Quotes = []) -> CallToolResult:  # noqa: B006
        if answer is None and not quotes:
            raise AskdocError(
                "there is nothing to verify", remedy="Give quotes with their sources, or an answer."
            )
        assistant = self.assistant()
        found = check_answer(answer, assistant) if answer is not None else []
        found += check_quotes(quotes, assistant)
        stand = all(one.standing == "stands" for one in found)
        checks = Checks(all_stand=stand, checks=tuple(found))
        return _result(checks, texts.of_checks(checks))

    def index(self, paths: Paths) -> CallToolResult:
        real = [allowed(path, self.folders) for path in paths]
        with self._one_indexes:
            done = indexing.update(self._index, real)
        counts = {name: getattr(done, name) for name in _COUNTS}
        indexed = Indexed(
            folder=displayable(self._index),
            problems=_few(map(str, done.problems)),
            notes=_few(done.notes),
            **counts,
        )
        return _result(indexed, texts.of_indexed(indexed))

    def _among(self, sources: Sequence[str]) -> Assistant:
        return self.assistant().only(sources) if sources else self.assistant()

    def _problems(self, assistant: Assistant) -> Sequence[AskdocError]:
        return assistant.problems if assistant.index is None else indexing.unread(assistant.index)


_COUNTS = ("added", "changed", "moved", "removed", "unchanged", "documents", "passages")


def _result(found: BaseModel, words: str) -> CallToolResult:
    content = found.model_dump(mode="json")
    return CallToolResult(
        content=[TextContent(type="text", text=words)], structured_content=content
    )


def _few(lines: Iterable[str]) -> tuple[str, ...]:
    shown = list(lines)
    more = len(shown) - _SHOWN
    return (*shown[:_SHOWN], f"and {more} more") if more > 0 else tuple(shown)


def _after(cursor: str, in_all: int) -> int:
    """Where to go on, as a cursor tells that was given when there was just as much in all."""
    at, slash, of = cursor.partition("/")
    numbers = at.isascii() and at.isdigit() and of.isascii() and of.isdigit()
    if not (slash and numbers and int(at) < int(of)):
        raise AskdocError("no cursor", cursor, "Give next_cursor of the part before, as it was.")
    if int(of) != in_all:
        raise AskdocError(
            "the documents have changed since this cursor was given", cursor,
            "Begin anew, without a cursor.",
        )  # fmt: skip
    return int(at)


def _part(text: str) -> str:
    """The beginning of a text of up to one character more than a part, up to a line's end if there
    is one near; no line end is cut in two."""
    if len(text) <= PART:
        return text
    ends = max(text.rfind(end, PART - _LINE_WITHIN, PART) for end in "\n\r") + 1
    # Between the two characters of one line end.
    if ends and text[ends - 1 : ends + 1] == "\r\n":
        ends = PART - 1 if ends == PART else ends + 1
    return text[: ends or PART]
