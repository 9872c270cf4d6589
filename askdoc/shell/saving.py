"""`/save FILE`: the conversation as Markdown to read, or as JSON that `askdoc verify` checks."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from askdoc.errors import AskdocError
from askdoc.model import Answer
from askdoc.present import sanitize
from askdoc.present.counting import counted
from askdoc.present.markdown import as_markdown
from askdoc.private import replace, write_new
from askdoc.shell.source_names import quoted, words
from askdoc.shell.state import ShellState

FORCE = "--force"
# A conversation is saved as any file is: the process's mask says who may read it.
_AS_OTHERS = 0o666
_EXAMPLE = "For example: /save talk.md, or: /save talk.json"


def save(state: ShellState, argument: str) -> str:
    """`/save FILE [--force]`: keep the conversation; a file that is there only goes by force.

    Raises:
        AskdocError: there is no conversation, no such kind of file, or the file cannot be written.
    """
    named = words(argument)
    force = FORCE in named
    named = [word for word in named if word != FORCE]
    if not named:
        raise AskdocError("there is no file to save to", remedy=_EXAMPLE)
    if len(named) > 1:
        raise AskdocError(
            "/save takes one file, not", sanitize(", ".join(named)), 'Put "..." around spaces.'
        )
    name = named[0]
    write = _FORMS.get(Path(name).suffix.lower())
    if write is None:
        raise AskdocError("saving takes a name that ends in .md or .json", name, _EXAMPLE)
    answers = state.answers
    path = _checked(name, force)
    content = write(answers).encode()
    try:
        if force:
            replace(path, content, permissions=_AS_OTHERS, durable=True)
        else:
            # What has come there since it was looked is not written over, nor gone through.
            write_new(path, content, permissions=_AS_OTHERS, durable=True)
    except FileExistsError:
        raise _is_there(name) from None
    except OSError as error:
        raise _unwritable(name, error) from None
    return f"Saved {counted(len(answers), 'question')} to {sanitize(name)}."


def as_json(answers: Sequence[Answer]) -> str:
    """A list of answers, as the library and the command line give them."""
    dumps = [answer.model_dump(mode="json") for answer in answers]
    return json.dumps(dumps, indent=2, ensure_ascii=False) + "\n"


_FORMS: dict[str, Callable[[Sequence[Answer]], str]] = {
    ".json": as_json,
    ".markdown": as_markdown,
    ".md": as_markdown,
}

ENDINGS = tuple(_FORMS)
"""What the name of a file to save to ends in."""


def _checked(name: str, force: bool) -> Path:
    """The path that this name means, where it may be written."""
    try:
        # What a link leads to is replaced, and not the link. One that leads nowhere may be there
        # to have a file made that nobody asked for.
        named = os.path.expanduser(name)  # noqa: PTH111
        path = Path(os.path.realpath(named))
        if path.is_dir():
            raise AskdocError("a folder has this name", name, "Choose another name.")
        if path.exists() and not path.is_file():
            raise AskdocError("this is no regular file", name, "Choose another name.")
        if os.path.lexists(named) and not force:
            raise _is_there(name)
    except (OSError, ValueError) as error:
        raise _unwritable(name, error) from None
    return path


def _is_there(name: str) -> AskdocError:
    again = f"/save {quoted(name)} {FORCE}"
    return AskdocError("the file is there already", name, f"To replace it: {again}")


def _unwritable(name: str, error: OSError | ValueError) -> AskdocError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return AskdocError("there is no such folder to save in", name, "Make it, or name another.")
    reason = getattr(error, "strerror", None) or "it cannot have this name"
    return AskdocError(
        f"it cannot be saved, {reason[:1].lower() + reason[1:]}", name, "Name another file."
    )
