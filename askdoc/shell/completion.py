"""What a half-typed word of the shell may become. Pure: text before the cursor -> words."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from askdoc.present import sanitize
from askdoc.shell.command import Command, Takes
from askdoc.shell.folders import entries
from askdoc.shell.saving import ENDINGS
from askdoc.shell.source_names import last_word, quoted
from askdoc.shell.table import COMMANDS

Listing = Callable[[str], Iterable[tuple[str, bool]]]
"""From a folder's path to the names in it, and of each whether it is a folder."""

_FEWEST_LETTERS = 2
_MOST = 50
# A command and its argument, which may not have begun.
_COMMAND = re.compile(r"(/\S*)(\s+)?(.*)", re.DOTALL)


class Completion(NamedTuple):
    """A word that may stand where the last `replaces` characters before the cursor stand now."""

    text: str
    replaces: int


def completions(
    before: str, sources: Sequence[str], citations: int, listing: Listing = entries
) -> list[Completion]:
    """What may follow, best first.

    Commands at the start of a line, and behind them what they take: numbers, documents' names,
    paths. Elsewhere (in a question as well) the documents' names, whether the word begins the
    path or the file's own name.

    Args:
        before: the text before the cursor.
        sources: the documents' sources.
        citations: how many citations `/open` can open.
        listing: tells what is in a folder.
    """
    typed = _COMMAND.fullmatch(before.lstrip())
    if typed is None or typed[1].lower() not in COMMANDS or not typed[2]:
        if typed is not None and not typed[2]:
            found = [name for name in COMMANDS if name.startswith(typed[1].lower())]
            return [Completion(name, len(typed[1])) for name in found]
        return _in_question(before, sources)
    command, argument = COMMANDS[typed[1].lower()], typed[3]
    if command.takes is Takes.NUMBER:
        numbers = map(str, range(1, min(citations, _MOST) + 1))
        return [Completion(one, len(argument)) for one in numbers if one.startswith(argument)]
    if command.takes is Takes.NAME:
        return _names(argument, sources)
    if command.takes is Takes.NAMES:
        return _several(command, argument, sources)
    if command.takes in (Takes.PATHS, Takes.FILE):
        return _paths(command, argument, listing)
    return _in_question(before, sources) if command.takes is Takes.QUESTION else []


def _in_question(before: str, sources: Sequence[str]) -> list[Completion]:
    word = "" if before[-1:].isspace() else (before.split() or [""])[-1]
    return _names(word, sources) if len(word) >= _FEWEST_LETTERS else []


def _several(command: Command, argument: str, sources: Sequence[str]) -> list[Completion]:
    """Names behind one another; those with spaces stand between quotation marks."""
    typed = last_word(argument)
    found = [
        Completion(quoted(name), len(typed)) for name, _ in _names(typed.replace('"', ""), sources)
    ]
    if typed == argument:
        found += _beginning(command.words, argument.lower(), len(typed))
    if found or typed == argument:
        return found
    # Nobody puts the first word of a name between marks before he knows that it has two.
    return [Completion(quoted(name), len(argument)) for name, _ in _names(argument, sources)]


def _names(word: str, sources: Sequence[str]) -> list[Completion]:
    folded = word.casefold()
    found: dict[str, None] = {}
    for source in sources:
        name = source.rpartition(os.sep)[2]
        if name.casefold().startswith(folded):
            found[sanitize(name)] = None
        elif source.casefold().startswith(folded):
            found[sanitize(source)] = None
        if len(found) >= _MOST:
            break
    return [Completion(name, len(word)) for name in found]


def _beginning(words: Sequence[str], start: str, replaces: int) -> list[Completion]:
    return [Completion(word, replaces) for word in words if word.startswith(start)]


def _paths(command: Command, argument: str, listing: Listing) -> list[Completion]:
    """Paths of files and folders; what cannot be printed as it is cannot be typed either."""
    typed = last_word(argument)
    word = typed.replace('"', "")
    to_save = command.takes is Takes.FILE
    if to_save and typed != argument:
        return _beginning(command.words, word, len(typed))
    options = _beginning(command.words, word, len(typed)) if word.startswith("-") else []
    if options and not to_save:
        return options
    if word == "~":
        return [Completion("~/", len(typed))]
    folder, slash, start = word.rpartition("/")
    found: list[Completion] = []
    for name, is_folder in listing(folder + slash):
        if not name.startswith(start) or (name.startswith(".") and not start.startswith(".")):
            continue
        if sanitize(name) != name or '"' in name:
            continue
        if to_save and not is_folder and not name.lower().endswith(ENDINGS):
            continue
        path = quoted(f"{folder}{slash}{name}{'/' * is_folder}")
        # A folder's closing mark would have to be taken away again to go on.
        found.append(Completion(path.rstrip('"') if is_folder else path, len(typed)))
        if len(found) >= _MOST:
            break
    return found
