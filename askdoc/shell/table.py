"""The commands of the shell: one row each.

From this table a line is dispatched, `/help` is written, words complete and mistyped names are
corrected. A new command is a function of a state and an argument, and a row here.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from askdoc.errors import AskdocError
from askdoc.present import sanitize
from askdoc.shell import answers, copying, documents, open_command, saving
from askdoc.shell.command import Command, Reply, Takes
from askdoc.shell.state import ShellState

_HELP = """\
Type a question in plain words; it may lean on what was said before. Answers
are sentences of your documents, each with the place where it stands.

{commands}

Tab completes, Right takes a suggestion, Up brings back, Ctrl-C clears a line."""
_HELP_AT = 20


def _tell(state: ShellState, argument: str) -> str:
    """`/help`: what there is."""
    return HELP


def _leave(state: ShellState, argument: str) -> Reply:
    """`/quit`: leave."""
    return Reply("", quit=True)


GROUPS: dict[str, tuple[Command, ...]] = {
    "Answers": (
        Command(
            "/more", "", "the next best sentences, less sure", answers.more,
            aliases=("more", "/next"),
        ),
        Command(
            "/open", "[N]", "sentence N of the answer, in its surroundings", open_command.open_page,
            Takes.NUMBER, ("open",),
        ),
        Command(
            "/why", "[N]", "what led to it: the words, the passage, the reader", answers.why,
            Takes.NUMBER, ("why",), also_asked=True,
        ),
        Command(
            "/copy", "[N]", "put it and its address on the clipboard", copying.copy,
            Takes.NUMBER, ("copy",),
        ),
        Command(
            "/exact", "QUESTION", "ask as typed, whatever was said before", answers.exact,
            Takes.QUESTION,
        ),
    ),
    "Documents": (
        Command(
            "/sources", "[NAME]", "what was read, and what was skipped", documents.sources,
            Takes.NAME, ("sources", "/source"),
        ),
        Command(
            "/use", "NAME...", "ask only some; /use all asks all again", documents.use,
            Takes.NAMES, words=(documents.ALL,),
        ),
        Command(
            "/add", "PATH...", "read others as well", documents.add,
            Takes.PATHS, words=(documents.FOLLOW_LINKS,),
        ),
        Command(
            "/remove", "NAME...", "leave some out; their files stay", documents.remove,
            Takes.NAMES,
        ),
    ),
    "The conversation": (
        Command(
            "/history", "", "what was asked, how it was understood, and the answers",
            answers.history, aliases=("history",),
        ),
        Command(
            "/save", "FILE", "keep it: FILE.md to read, FILE.json for askdoc verify", saving.save,
            Takes.FILE, words=(saving.FORCE,),
        ),
        Command(
            "/verify", "", "whether the quotes still stand in their files", answers.verify,
            aliases=("verify",),
        ),
        Command(
            "/reset", "", "forget it; the documents stay", answers.reset, aliases=("reset",),
        ),
        Command("/help", "", "this text", _tell, aliases=("help", "?", "/?", "/h", "/")),
        Command(
            "/quit", "", "leave (so does Ctrl-D)", _leave,
            aliases=("quit", "exit", "bye", "q", ":q", "/exit", "/bye", "/q"),
        ),
    ),
}  # fmt: skip
COMMANDS = {
    command.name: command
    for command in sorted(command for group in GROUPS.values() for command in group)
}
"""By name, in the order of the alphabet."""
_CALLED = {
    alias: command for command in COMMANDS.values() for alias in (command.name, *command.aliases)
}


def _row(command: Command) -> str:
    return f"  {command.name} {command.argument}".ljust(_HELP_AT) + command.help


HELP = _HELP.format(
    commands="\n".join(
        "\n".join([title, *map(_row, commands)]) for title, commands in GROUPS.items()
    )
)


def command(name: str) -> Command:
    """The command that is called so, or by an alias so, with a slash.

    Raises:
        AskdocError: there is none; the error names one that is spelt much like it.
    """
    if name in _CALLED:
        return _CALLED[name]
    near = get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
    remedy = f"Did you mean {near[0]}?" if near else "/help lists the commands."
    raise AskdocError("there is no such command", sanitize(name), remedy)


def without_slash(line: str) -> tuple[Command, str] | None:
    """The command and its argument that a whole line without a slash is, None for a question.

    Newcomers type `help`, `Exit.` or `?` before they have read anything. "open 2" opens; "open the
    gates" is a question, and so are "Why?" and "Why", but not "why".
    """
    word, _, argument = re.sub(r"[.!]$", "", line).partition(" ")
    found = None if word.startswith("/") else _CALLED.get(word.lower())
    if found is None or (found.also_asked and line not in found.aliases):
        return None
    if argument and not (found.takes is Takes.NUMBER and re.fullmatch(r"[0-9]+", argument)):
        return None
    return found, argument
