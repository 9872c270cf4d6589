"""What `askdoc --help` prints, made from the tables of commands and options."""

from __future__ import annotations

from askdoc.cli.options import COMMANDS, EVERY, EVERYWHERE, OPTIONS, SHELL, Command, Option

_WIDTH, _COMMANDS_AT, _OPTIONS_AT = 79, 36, 21

_TEXT = """\
Ask your documents a question, get their own sentences back, with the place.

{commands}

A PATH is a file or a folder, or - for standard input. Without one, askdoc asks
the saved index, or else the folder seeds/ if there is one here.

Options:
{options}

{everywhere}

The exit code is 0 if the documents answer, 1 if they don't or only perhaps do,
2 on an error, or if nothing was found in a saved index that is not complete.
After --questions it is 2 if a line was skipped, else 0 if any was answered.
After verify it is 0 if all stands, 1 if not, 2 if FILE is not a sound answer.
Into a pipe go two lines a sentence: the sentence, then four spaces and its
place, offsets and confidence. What no option says is as it is set in
~/.config/askdoc/config.toml, if it is.

  askdoc query "Who signed the treaty?" treaty.pdf notes/
  askdoc index ~/reports && askdoc query "When was the bridge closed?"
"""


def help_text() -> str:
    """The whole text, with its last line's end."""
    return _TEXT.format(
        commands="\n".join(_row(_typed(one), one.help, _COMMANDS_AT) for one in COMMANDS),
        options="\n".join(
            _row(f"{one.name} {one.value}", _said(one), _OPTIONS_AT) for one in OPTIONS
        ),
        everywhere="\n".join(_row(name, said, _OPTIONS_AT) for name, said in EVERYWHERE),
    )


def _typed(command: Command) -> str:
    name = "" if command.name == SHELL else command.name
    return " ".join(filter(None, ("askdoc", name, command.arguments)))


def _said(option: Option) -> str:
    """What an option does, after the commands that it is for where these are not all."""
    if option.commands == EVERY:
        return option.help
    return f"{', '.join(option.commands)}: {option.help}"


def _row(name: str, said: str, at: int) -> str:
    """A name, and from column `at` on what is said of it, on as many lines as that needs."""
    lines, line = [], f"  {name}".ljust(at)
    for word in said.split(" "):
        if len(line) + len(word) > _WIDTH:
            lines.append(line.rstrip())
            line = " " * at
        line += f"{word} "
    return "\n".join([*lines, line.rstrip()])
