"""What the shell does with a line: a question is answered, a /command obeyed. No terminal here.

Newcomers type `help`, `exit` or `?` before they have read anything; those do what is expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from askdoc.assistant import Assistant
from askdoc.errors import AskdocError
from askdoc.model import Answer, Citation, Extent
from askdoc.present import Style, as_line, one_line
from askdoc.shell import documents, opening, pasting, talking
from askdoc.shell.completion import Completion, completions
from askdoc.shell.helping import ALIASES, HELP, unknown
from askdoc.shell.opening import Page
from askdoc.shell.saving import save
from askdoc.shell.sitting import Sitting
from askdoc.suggest import suggest

Command = Callable[[Sitting, str], str]
"""From a sitting and what follows the command's name to what is said."""

_COMMANDS: dict[str, Command] = {
    "/add": documents.add,
    "/exact": talking.exact,
    "/help": lambda sitting, argument: HELP,
    "/history": talking.history,
    "/more": talking.more,
    "/remove": documents.remove,
    "/reset": talking.reset,
    "/save": save,
    "/sources": documents.sources,
    "/use": documents.use,
    "/verify": talking.verify,
    "/why": talking.why,
}
_BARE = re.compile(
    r"(?:[?]|:?q|bye|exit|help|quit|sources|more|history|reset|verify|open(?: \d+)?)[.!]?",
    re.IGNORECASE,
)
# Anything but this very word is a question: "Why?", "Why".
_BARE_WHY = "why"
# A slash before one word; what has a second slash is a path in a question.
_SLASHED = re.compile(r"/[^\s/]*(?:\s|$)")


class Reply(NamedTuple):
    """What to print (nothing where empty), whether that is an error, and whether to leave.

    Where there is a `page` it may be looked at instead, on a screen that can be scrolled. What is
    `aside` is for a person beside a pipe, and no part of the reply.
    """

    text: str
    failed: bool = False
    quit: bool = False
    page: Page | None = None
    aside: str = ""


class Commands:
    """From lines to replies, within one sitting.

    Args:
        assistant: who answers.
        style: tells how the text has to look now; asked for each reply, since windows are resized.
    """

    def __init__(self, assistant: Assistant, style: Callable[[], Style]) -> None:
        self._sitting = Sitting(assistant, style)

    def reply(self, line: str, progress: Callable[[int], None] | None = None) -> Reply:
        """Answer a question or obey a command; no error leaves it, so the shell goes on.

        Args:
            line: what was typed.
            progress: told how many files were read, where the line has some read.
        """
        self._sitting.progress = progress
        line = line.strip()
        try:
            bare = " ".join(line.split())
            if bare == _BARE_WHY or _BARE.fullmatch(bare):
                name, _, argument = bare.rstrip(".!").partition(" ")
                return self._obey(name.lower(), argument)
            if _SLASHED.match(line):
                name, *rest = line.split(maxsplit=1)
                return self._obey(name.rstrip(".!").lower(), "".join(rest))
            return Reply(self._ask(bare), aside=self._aside()) if bare else Reply("")
        except Exception as error:
            return Reply(as_line(error), failed=True)

    def paste(self, text: str) -> Reply:
        """Have a pasted text as a document."""
        try:
            return Reply(pasting.paste(self._sitting, text))
        except Exception as error:
            return Reply(as_line(error), failed=True)

    def suggest(self) -> list[str]:
        """Questions that the documents answer; from now on their numbers ask them."""
        try:
            self._sitting.suggestions = suggest(self._sitting.asking)
        except AskdocError:
            # Whatever is wrong is said when somebody asks.
            self._sitting.suggestions = []
        return self._sitting.suggestions

    @property
    def last(self) -> Answer | None:
        """The last answer."""
        return self._sitting.last

    @property
    def extents(self) -> list[Extent]:
        """How much there is of each document."""
        return self._sitting.extents

    @property
    def opens(self) -> tuple[Citation, ...]:
        """What `/open N` can open now: the sentences that were shown for the last question."""
        return self._sitting.shown

    def completions(self, before: str) -> list[Completion]:
        """What may follow the text before the cursor."""
        if not before.strip():
            return [Completion(question, len(before)) for question in self._sitting.suggestions]
        return completions(before, self._sitting.sources, len(self.opens))

    def _ask(self, line: str) -> str:
        suggested = self._sitting.suggestions
        if line.isascii() and line.isdigit() and 1 <= int(line[:4]) <= len(suggested):
            question = suggested[int(line) - 1]
            return f"{self._sitting.style().dim(f'> {question}')}\n" + talking.ask(
                self._sitting, question
            )
        return talking.ask(self._sitting, line)

    def _aside(self) -> str:
        """What is to be known of the last answer and is not in the reply."""
        if self.last is None or self._sitting.style().person:
            return ""
        line = "" if self.last.answered else talking.unread_of(self._sitting)
        return "\n".join(filter(None, [self._understood(), f"askdoc: {line}" if line else ""]))

    def _understood(self) -> str:
        """How the last question was understood, where that is not as asked and not in the reply."""
        if self.last is None:
            return ""
        asked, resolved = self.last.question.asked, self.last.question.resolved
        return f"askdoc: asking: {one_line(resolved)}" if resolved != asked else ""

    def _obey(self, name: str, argument: str) -> Reply:
        name = ALIASES.get(name, name)
        if name == "/quit":
            return Reply("", quit=True)
        if name == "/open":
            opened = opening.page(self._sitting, argument)
            return Reply(opening.around(opened, self._sitting), page=opened)
        if name not in _COMMANDS:
            raise unknown(name)
        return Reply(_COMMANDS[name](self._sitting, argument))
