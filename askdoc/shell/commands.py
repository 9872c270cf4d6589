"""What the shell does with a line: a question is answered, a /command obeyed. No terminal here.

Newcomers type `help`, `exit` or `?` before they have read anything; those do what is expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from functools import cached_property
from typing import NamedTuple

from askdoc.assistant import Assistant
from askdoc.errors import AskdocError
from askdoc.model import Answer, Citation, Document, Extent
from askdoc.present import Style, as_line, as_text, harmless, one_line, surroundings
from askdoc.present.counting import counted

HELP = """\
Type a question in plain words. The answer is a sentence of your documents,
and the place where it stands.

  /open [N]        citation N of the last answer, in its surroundings
  /sources [NAME]  what was read, and what was skipped
  /help            this text
  /quit            leave (so does Ctrl-D)

Tab completes, the right arrow takes a suggestion, the up arrow brings back
what you asked, Ctrl-C clears the line."""

COMMANDS = ("/help", "/open", "/quit", "/sources")

_ALIASES = {
    "/?": "/help",
    "/bye": "/quit",
    "/exit": "/quit",
    "/h": "/help",
    "/q": "/quit",
    "/source": "/sources",
    ":q": "/quit",
    "?": "/help",
    "bye": "/quit",
    "exit": "/quit",
    "help": "/help",
    "open": "/open",
    "q": "/quit",
    "quit": "/quit",
    "sources": "/sources",
}
_LISTED = 200
_BARE = re.compile(r"(?:[?]|:?q|bye|exit|help|quit|sources|open(?: \d+)?)[.!]?", re.IGNORECASE)
# A slash before one word; what has a second slash is a path in a question.
_SLASHED = re.compile(r"/[^\s/]*(?:\s|$)")


class Reply(NamedTuple):
    """What to print (nothing where empty), whether that is an error, and whether to leave."""

    text: str
    failed: bool = False
    quit: bool = False


class Commands:
    """The shell's state: the documents, and the answer that `/open` refers to.

    Args:
        assistant: who answers.
        style: tells how the text has to look now; asked for each reply, since windows are resized.
    """

    def __init__(self, assistant: Assistant, style: Callable[[], Style]) -> None:
        self._assistant = assistant
        self._style = style
        self.last: Answer | None = None

    def reply(self, line: str) -> Reply:
        """Answer a question or obey a command; no error leaves it, so the shell goes on."""
        line = " ".join(line.split())
        try:
            if _SLASHED.match(line) or _BARE.fullmatch(line):
                name, _, argument = line.rstrip(".!").partition(" ")
                return self._obey(name.lower(), argument)
            return self._ask(line) if line else Reply("")
        except Exception as error:
            return Reply(as_line(error), failed=True)

    @cached_property
    def extents(self) -> list[Extent]:
        """How much there is of each document."""
        return self._assistant.extents

    @property
    def opens(self) -> tuple[Citation, ...]:
        """What `/open N` can open now: the last answer's citations, or what came nearest to one."""
        return (self.last.citations or self.last.nearest) if self.last else ()

    def _ask(self, question: str) -> Reply:
        self.last = self._assistant.ask(question)
        return Reply(as_text(self.last, self._style()))

    def _obey(self, name: str, argument: str) -> Reply:
        name = _ALIASES.get(name, name)
        if name == "/quit":
            return Reply("", quit=True)
        if name in ("/help", "/"):
            return Reply(HELP)
        if name == "/open":
            return Reply(self._open(argument))
        if name == "/sources":
            return Reply(self._sources(argument))
        near = get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
        remedy = f"Did you mean {near[0]}?" if near else "/help lists the commands."
        raise AskdocError("there is no such command", harmless(name), remedy)

    def _open(self, argument: str) -> str:
        citations = self.opens
        if not citations:
            raise AskdocError("there is no answer to open", remedy="Ask a question first.")
        number = argument or "1"
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= len(citations)):
            choice = "/open 1" if len(citations) == 1 else f"/open 1 to /open {len(citations)}"
            raise AskdocError(
                "the last answer has no such citation", harmless(argument), f"There is {choice}."
            )
        citation = citations[int(number) - 1]
        return surroundings(self._document_of(citation), citation, self._style())

    def _document_of(self, citation: Citation) -> Document:
        for document in self._assistant.documents:
            if document.source == citation.source and _stands_in(document, citation):
                return document
        raise AskdocError("the quote no longer stands in", harmless(citation.source))

    def _sources(self, name: str) -> str:
        extents = [one for one in self.extents if name.casefold() in one.source.casefold()]
        if name and not extents:
            raise AskdocError(
                "no document has this in its name", harmless(name), "/sources lists all of them."
            )
        sentences = sum(extent.sentences for extent in extents)
        lines = [f"{counted(len(extents), 'document')}, {counted(sentences, 'sentence')}"]
        lines += _table(extents[:_LISTED])
        if len(extents) > _LISTED:
            lines.append(f"  and {len(extents) - _LISTED:,} more; /sources NAME lists some")
        problems = [] if name else self._assistant.problems
        if problems:
            lines.append("Skipped:")
            lines += [f"  {one_line(str(problem))}" for problem in problems]
        return "\n".join(lines)


def _stands_in(document: Document, citation: Citation) -> bool:
    return document.part(citation.start, citation.end) == citation.quote


def _table(extents: list[Extent]) -> list[str]:
    """A line a document: its name, its size, and what is to be known about how it was read."""
    rows = [
        (
            harmless(source),
            counted(sentences, "sentence"),
            counted(lines, "line"),
            counted(characters, "character"),
            "; ".join(map(one_line, notes)),
        )
        for source, sentences, lines, characters, notes in extents
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return [
        f"  {name:<{widths[0]}}  {sentences:>{widths[1]}}  {lines:>{widths[2]}}"
        f"  {characters:>{widths[3]}}  {notes}".rstrip()
        for name, sentences, lines, characters, notes in rows
    ]
