"""The shell without a terminal: a question a line in, an answer in turn out, nothing else.

The answers, and that there is none, go to standard output with an empty line between them, so that
they can be told apart; what could not be dealt with goes to standard error. A prompt appears only
where somebody types, on standard error.
"""

from __future__ import annotations

import io
import sys
from typing import TextIO

from askdoc.assistant import Assistant
from askdoc.present.style import is_terminal, style_for
from askdoc.shell.commands import Commands

_PROMPT = "> "


def answer_lines(assistant: Assistant, questions: TextIO, *, nearest: bool = False) -> int:
    """Answer every line; 2 if one of them was an error, else 0.

    Args:
        assistant: who answers.
        questions: where the lines come from.
        nearest: whether sentences that only came near are given, too.
    """
    if isinstance(questions, io.TextIOWrapper):
        questions.reconfigure(errors="replace")
    commands = Commands(assistant, lambda: style_for(sys.stdout), nearest=nearest)
    typed = is_terminal(questions)
    code, written = 0, False
    while line := _next(questions, typed):
        reply = commands.reply(line.removeprefix("\ufeff"))
        if reply.quit:
            break
        if reply.failed:
            code = 0 if typed else 2
            if sys.stderr is not None:
                print(reply.text, file=sys.stderr, flush=True)
        elif reply.text:
            if reply.aside and sys.stderr is not None:
                print(reply.aside, file=sys.stderr, flush=True)
            print("\n" * written + reply.text, flush=True)
            written = True
    return code


def _next(questions: TextIO, typed: bool) -> str:
    """The next line with its end, empty where there are no more."""
    if typed and sys.stderr is not None:
        print(_PROMPT, end="", file=sys.stderr, flush=True)
    return questions.readline()
