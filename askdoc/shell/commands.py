"""What the shell does with a line: a question is answered, a /command obeyed. No terminal here."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

from askdoc.assistant import Assistant
from askdoc.errors import AskdocError
from askdoc.model import Answer, Citation, Extent
from askdoc.present import Style, as_line, one_line
from askdoc.present.refusing import aside
from askdoc.present.wrap import fitted
from askdoc.shell import answers, pasting
from askdoc.shell.command import Command, Reply
from askdoc.shell.completion import Completion, completions
from askdoc.shell.greeting import numbered
from askdoc.shell.state import ShellState
from askdoc.shell.table import command, without_slash
from askdoc.suggest import suggest

# A slash before one word; what has a second slash is a path in a question.
_SLASHED = re.compile(r"/[^\s/]*(?:\s|$)")


class Commands:
    """From lines to replies, within one session.

    Args:
        assistant: who answers.
        style: tells how the text has to look now; asked for each reply, since windows are resized.
        nearest: whether a pipe, too, gets the sentences that came near.
        clipboard: whether the terminal may take text for its clipboard.
    """

    def __init__(
        self,
        assistant: Assistant,
        style: Callable[[], Style],
        *,
        nearest: bool = False,
        clipboard: bool = False,
    ) -> None:
        self._state = ShellState(assistant, style, nearest=nearest, clipboard=clipboard)

    def reply(self, line: str, progress: Callable[[int], None] | None = None) -> Reply:
        """Answer a question or obey a command; no error leaves it, so the shell goes on.

        Args:
            line: what was typed.
            progress: told how many files were read, where the line has some read.
        """
        self._state.progress = progress
        return self._replied(lambda: self._reply(line.strip()))

    def paste(self, text: str) -> Reply:
        """Have a pasted text as a document."""
        return self._replied(lambda: Reply(pasting.paste(self._state, text)))

    def _replied(self, reply: Callable[[], Reply]) -> Reply:
        """A reply as it is shown, with what can be asked now if that has changed."""
        try:
            made = reply()
            offered = self._offered_anew()
        except Exception as error:
            made, offered = Reply(as_line(error), failed=True), ""
        text = "\n".join(filter(None, (made.text, offered)))
        return made._replace(text=fitted(text, self._state.style().width))

    def _offered_anew(self) -> str:
        """Questions to the documents in use, where others were offered before."""
        if not (self._state.is_suggesting and self._state.is_stale):
            return ""
        # Whoever does not wait for them has no numbers to type.
        with suppress(KeyboardInterrupt):
            self.suggest()
        return "\n".join(numbered(self._state.suggestions))

    def _reply(self, line: str) -> Reply:
        bare = " ".join(line.split())
        if named := without_slash(bare):
            return self._obey(*named)
        if _SLASHED.match(line):
            name, *rest = line.split(maxsplit=1)
            return self._obey(command(name.rstrip(".!").lower()), "".join(rest))
        return Reply(self._ask(bare), aside=self._aside()) if bare else Reply("")

    def suggest(self) -> list[str]:
        """Questions that the documents in use answer; from now on their numbers ask them.

        After that, whatever changes the documents in use has others offered.
        """
        self._state.is_suggesting, self._state.is_stale = True, False
        try:
            self._state.suggestions = suggest(self._state.asking)
        except AskdocError:
            # Whatever is wrong is said when somebody asks.
            self._state.suggestions = []
        return self._state.suggestions

    @property
    def last(self) -> Answer | None:
        """The last answer."""
        return self._state.last

    @property
    def extents(self) -> list[Extent]:
        """How much there is of each document."""
        return self._state.extents

    @property
    def in_use(self) -> list[Extent]:
        """How much there is of each document that is asked."""
        return self._state.in_use

    @property
    def opens(self) -> tuple[Citation, ...]:
        """What `/open N` can open now: the sentences that were shown for the last question."""
        return self._state.shown

    def completions(self, before: str) -> list[Completion]:
        """What may follow the text before the cursor."""
        if not before.strip():
            return [Completion(question, len(before)) for question in self._state.suggestions]
        return completions(before, self._state.sources, len(self.opens))

    def _ask(self, line: str) -> str:
        suggested = self._state.suggestions
        if line.isascii() and line.isdigit() and 1 <= int(line[:4]) <= len(suggested):
            question = suggested[int(line) - 1]
            return f"{self._state.style().dim(f'> {question}')}\n" + answers.ask(
                self._state, question
            )
        return answers.ask(self._state, line)

    def _aside(self) -> str:
        """What a reply into a pipe leaves out: how the question was understood, if not as asked,
        what of it the documents lack, and what of them was not read."""
        if self.last is None or self._state.style().person:
            return ""
        asked, resolved = self.last.question.asked, self.last.question.resolved
        understood = f"askdoc: asking: {one_line(resolved)}" if resolved != asked else ""
        refused = not self.last.answered and not self.last.no_question
        line = answers.unread_of(self._state) if refused else ""
        unread = f"askdoc: {line}" if line else ""
        return "\n".join(filter(None, (understood, aside(self.last), unread)))

    def _obey(self, command: Command, argument: str) -> Reply:
        said = command.does(self._state, argument)
        return said if isinstance(said, Reply) else Reply(said)
