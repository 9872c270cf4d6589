"""The interactive shell: many questions to the same documents.

`commands` is the whole of its behaviour, from a line to a reply, and knows no terminal.
`completion` is what a word may become, `greeting` what is said first, `history` the private file of
what was asked. `session` sits at a terminal, `piped` reads questions from a pipe.
"""

from __future__ import annotations

import os
import sys
from typing import TextIO

from askdoc.assistant import Assistant
from askdoc.errors import AskdocError
from askdoc.present.style import is_terminal

__all__ = ["converse", "where_to_ask"]

_TERMINAL = "/dev/tty"


def where_to_ask(*, documents_on_stdin: bool) -> TextIO:
    """The stream that questions come from: standard input, or the terminal if that is taken.

    Raises:
        AskdocError: standard input holds the documents and there is no terminal, or neither.
    """
    if sys.stdin is not None and (not documents_on_stdin or is_terminal(sys.stdin)):
        return sys.stdin
    try:
        if is_terminal(sys.stdout):
            return open(_TERMINAL, encoding="utf-8", errors="replace")  # noqa: PTH123
    except OSError:
        pass
    raise AskdocError(
        "no terminal to ask from, since standard input holds the documents"
        if documents_on_stdin
        else "no standard input to read questions from",
        remedy='Try: askdoc query "QUESTION" ' + ("-" if documents_on_stdin else "PATH"),
    )


def converse(
    assistant: Assistant,
    questions: TextIO,
    *,
    suggestions: bool = True,
    nearest: bool = False,
) -> int:
    """Answer questions until there are no more.

    A person at a terminal gets a session with history and completion, a pipe plain answers in
    turn. Returns the exit code: 0, or 2 where a line of a pipe could not be dealt with.

    Args:
        assistant: who answers.
        questions: where they come from.
        suggestions: whether a person is told what to ask.
        nearest: whether a pipe, too, gets the sentences that came near.
    """
    at_terminal = is_terminal(questions) and is_terminal(sys.stdout)
    if at_terminal and os.environ.get("TERM") != "dumb":
        from askdoc.shell.session import Session

        return Session(assistant, questions, suggestions=suggestions).run()
    from askdoc.shell.piped import answer_lines

    return answer_lines(assistant, questions, nearest=nearest)
