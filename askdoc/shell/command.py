"""What a command of the shell is, and what a line of it is replied."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from askdoc.model import Citation, Document
from askdoc.shell.state import ShellState


class Page(NamedTuple):
    """What is looked at: a document, and the sentence in it that is marked."""

    document: Document
    citation: Citation


class Reply(NamedTuple):
    """What to print (nothing where empty), whether that is an error, and whether to leave.

    Where there is a `page` it may be looked at instead, on a screen that can be scrolled. What is
    `aside` is for a person beside a pipe, and no part of the reply. What is `copied` is plain text
    for the terminal's clipboard.
    """

    text: str
    failed: bool = False
    quit: bool = False
    page: Page | None = None
    aside: str = ""
    copied: str = ""


class Takes(Enum):
    """What stands behind a command, for whoever completes it."""

    NOTHING = "nothing"
    NUMBER = "the number of a sentence"
    NAME = "part of a document's name"
    NAMES = "documents' names"
    PATHS = "paths of files and folders"
    FILE = "the path of a file to save to"
    QUESTION = "a question"


class Command(NamedTuple):
    """A command.

    Attributes:
        name: with its slash.
        argument: what `/help` calls what stands behind it.
        help: what it does, for `/help`; a line.
        does: from a state and the argument to what is said.
        takes: what completes behind it.
        aliases: other names; those without a slash only where they are the whole line.
        words: what else it takes than `takes` says, as it is typed.
        also_asked: whether its alias without a slash is a question too, if typed like one.
    """

    name: str
    argument: str
    help: str
    does: Callable[[ShellState, str], str | Reply]
    takes: Takes = Takes.NOTHING
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    also_asked: bool = False
