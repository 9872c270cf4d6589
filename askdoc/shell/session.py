"""The shell at a terminal: prompt-toolkit around `Commands`, and nothing that decides anything."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TextIO

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
from prompt_toolkit.output import ColorDepth

from askdoc.assistant import Assistant
from askdoc.present import one_line, style_for
from askdoc.present.progress import patience
from askdoc.shell.commands import Commands
from askdoc.shell.greeting import greeting, loaded
from askdoc.shell.history import open_history

_PROMPT = "> "


class Session:
    """One sitting at a terminal.

    Args:
        assistant: who answers.
        questions: the terminal that is typed on; answers go to standard output.
        suggestions: whether to suggest what to ask.
    """

    def __init__(
        self, assistant: Assistant, questions: TextIO, *, suggestions: bool = True
    ) -> None:
        self._assistant = assistant
        self._questions = questions
        self._suggestions = suggestions
        self._commands = Commands(assistant, lambda: style_for(sys.stdout))

    def run(self) -> int:
        """Prompt and reply until the person leaves; the exit code, which is 0."""
        with patience("Reading ...", sys.stderr):
            extents = self._commands.extents
        print(greeting(self._assistant, extents, suggestions=self._suggestions))
        prompt = self._prompt(_history())
        while True:
            try:
                line = prompt.prompt(_PROMPT)
            except KeyboardInterrupt:
                print("To leave, press Ctrl-D or type /quit.")
                continue
            except EOFError:
                return 0
            try:
                with patience("Reading ...", sys.stderr):
                    reply = self._commands.reply(line)
            except KeyboardInterrupt:
                print("Stopped.")
                continue
            if reply.quit:
                return 0
            if reply.text:
                print(reply.text + "\n", flush=True)

    def _prompt(self, history: History) -> PromptSession[str]:
        colour = style_for(sys.stdout).colour
        toolbar = f"{loaded(self._commands.extents)}  |  /help  |  Ctrl-D leaves"
        return PromptSession(
            history=history,
            # Without colour a suggestion looks as if it had been typed.
            auto_suggest=AutoSuggestFromHistory() if colour else None,
            color_depth=None if colour else ColorDepth.DEPTH_1_BIT,
            completer=_Completer(self._commands),
            complete_while_typing=Condition(_is_command),
            bottom_toolbar=[("", toolbar)],
            key_bindings=_keys(),
            input=None if self._questions is sys.stdin else create_input(self._questions),
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

    return keys


def _history() -> History:
    try:
        return open_history()
    except OSError as error:
        reason = one_line(f"{error.strerror or error}: {error.filename or 'no home folder'}")
        print(f"askdoc: what you ask is not kept: {reason}.", file=sys.stderr)
        return InMemoryHistory()
