"""The shell at a terminal: prompt-toolkit around `Commands`, and nothing that decides anything."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple, TextIO, cast

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer
from prompt_toolkit.completion import Completion as MenuItem
from prompt_toolkit.document import Document as Buffered
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import History, InMemoryHistory
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import ColorDepth

from askdoc.assistant import Assistant
from askdoc.present import one_line, style_for
from askdoc.present.address import place
from askdoc.present.counting import counted
from askdoc.present.progress import patience
from askdoc.present.wrap import fitted
from askdoc.shell.command import Page, Reply
from askdoc.shell.commands import Commands
from askdoc.shell.copying import sequence, takes_text
from askdoc.shell.greeting import bar, greeting, invitation
from askdoc.shell.history import open_history
from askdoc.shell.interrupts import Interrupts
from askdoc.shell.pasting import as_line, is_document

_PROMPT = "> "
_YES = ("", "y", "yes")


class _Pasted(NamedTuple):
    """A text that was pasted where a question was expected, and what had been typed before it."""

    text: str
    typed: str


class Session:
    """One session at a terminal.

    Args:
        assistant: who answers.
        questions: the terminal that is typed on; answers go to standard output.
        suggestions: whether to suggest what to ask.
    """

    def __init__(
        self, assistant: Assistant, questions: TextIO, *, suggestions: bool = True
    ) -> None:
        self._assistant = assistant
        self._typed = None if questions is sys.stdin else questions
        self._suggestions = suggestions
        self._interrupts = Interrupts()
        self._commands = Commands(
            assistant, lambda: style_for(sys.stdout), clipboard=takes_text(os.environ)
        )

    def run(self) -> int:
        """Prompt and reply until the person leaves; the exit code, which is 0."""
        left = False
        with self._interrupts.taken():
            self._greet()
            prompt = self._prompt(_history())
            while not left:
                # Whatever is interrupted, the session is not lost.
                try:
                    left = self._turn(prompt)
                except KeyboardInterrupt:
                    self._interrupts.over()
                    print("Stopped.", flush=True)
        return 0

    def _greet(self) -> None:
        with self._interrupts.stop_here(), patience("Reading ...", sys.stderr):
            extents = self._commands.extents
        print(greeting(extents), flush=True)
        suggested: list[str] = []
        if self._suggestions:
            looking = patience("Looking for questions ...", sys.stderr)
            with suppress(KeyboardInterrupt), self._interrupts.stop_here(), looking:
                suggested = self._commands.suggest()
            self._interrupts.over()
        invited = invitation(suggested, self._assistant if self._suggestions else None)
        print(fitted(invited, style_for(sys.stdout).width) + "\n")

    def _turn(self, prompt: PromptSession[str]) -> bool:
        """One line and its reply; whether that was the last."""
        try:
            given = cast("str | _Pasted", self._ask(prompt))
            while isinstance(given, _Pasted):
                self._take_in(given)
                given = cast("str | _Pasted", self._ask(prompt, given.typed))
        except KeyboardInterrupt:
            self._interrupts.over()
            print("To leave, press Ctrl-D or type /quit.")
            return False
        except EOFError:
            return True
        with self._interrupts.stop_here(), patience("Reading ...", sys.stderr) as progress:
            reply = self._commands.reply(given, progress)
        self._show(reply)
        return reply.quit

    def _ask(self, prompt: PromptSession[str], typed: str = "") -> str:
        # prompt-toolkit's own way with the signal ends in a traceback where its prompt has ended.
        return prompt.prompt(_PROMPT, default=typed, handle_sigint=False)

    def _show(self, reply: Reply) -> None:
        if reply.page is not None:
            self._view(reply.page)
        elif reply.text:
            clipped = sequence(reply.copied) if reply.copied else ""
            with self._interrupts.stop_here():
                print(f"{clipped}{reply.text}\n", flush=True)

    def _view(self, page: Page) -> None:
        from askdoc.shell.pages import Pages
        from askdoc.shell.viewer import view

        citation = page.citation
        heading = f', under "{one_line(citation.heading)}"' if citation.heading else ""
        page_number = f", page {citation.page}" if citation.page is not None else ""
        title = f"{place(citation)}{page_number}{heading}"
        colour = style_for(sys.stdout).colour
        view(Pages(page.document, citation), title, colour=colour, typed=self._typed)

    def _take_in(self, pasted: _Pasted) -> None:
        """Ask whether a pasted text is a document, and have it as one."""
        lines = counted(len(pasted.text.strip("\n").split("\n")), "line")
        asking: PromptSession[str] = PromptSession(
            input=None if self._typed is None else create_input(self._typed)
        )
        try:
            question = f"Pasted {lines}. Load them as a document? [Y/n] "
            said = asking.prompt(question, handle_sigint=False)
        except (KeyboardInterrupt, EOFError):
            said = "n"
        if said.strip().lower() not in _YES:
            print("Left out.")
            return
        with self._interrupts.stop_here(), patience("Reading ...", sys.stderr):
            reply = self._commands.paste(pasted.text)
        self._show(reply)

    def _prompt(self, history: History) -> PromptSession[str]:
        colour = style_for(sys.stdout).colour

        def toolbar() -> str:
            columns = get_app().output.get_size().columns
            return bar(self._commands.in_use, len(self._commands.extents), columns)

        return PromptSession(
            history=history,
            # Without colour a suggestion looks as if it had been typed.
            auto_suggest=AutoSuggestFromHistory() if colour else None,
            color_depth=None if colour else ColorDepth.DEPTH_1_BIT,
            completer=_Completer(self._commands),
            complete_while_typing=Condition(_is_command),
            bottom_toolbar=toolbar,
            key_bindings=_keys(),
            input=None if self._typed is None else create_input(self._typed),
        )


class _Completer(Completer):
    """`completions`, as prompt-toolkit asks for them."""

    def __init__(self, commands: Commands) -> None:
        self._commands = commands

    def get_completions(self, document: Buffered, event: CompleteEvent) -> Iterable[MenuItem]:
        before = document.text_before_cursor
        for text, replaces in self._commands.completions(before):
            yield MenuItem(text, start_position=-replaces)


def _is_command() -> bool:
    """Only commands complete by themselves: a menu that follows every word is a nuisance."""
    return get_app().current_buffer.text.startswith("/")


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("c-c")
    def clear_or_leave(event: KeyPressEvent) -> None:
        if event.current_buffer.text:
            event.current_buffer.reset()
        else:
            event.app.exit(exception=KeyboardInterrupt, style="class:aborting")

    @keys.add(Keys.BracketedPaste)
    def take_in(event: KeyPressEvent) -> None:
        text = event.data.replace("\r\n", "\n").replace("\r", "\n")
        if is_document(text):
            event.app.exit(result=_Pasted(text, event.current_buffer.text))
        else:
            event.current_buffer.insert_text(as_line(text))

    return keys


def _history() -> History:
    try:
        return open_history()
    except OSError as error:
        reason = one_line(f"{error.strerror or error}: {error.filename or 'no home folder'}")
        said = f"askdoc: what you ask is not kept: {reason}."
        print(fitted(said, style_for(sys.stderr).width), file=sys.stderr)
        return InMemoryHistory()
