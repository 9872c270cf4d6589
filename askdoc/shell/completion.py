"""What a half-typed word of the shell may become. Pure: text before the cursor -> words."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from askdoc.present import harmless
from askdoc.shell.documents import FOLLOW_LINKS
from askdoc.shell.folders import entries
from askdoc.shell.helping import COMMANDS
from askdoc.shell.naming import last_word, quoted
from askdoc.shell.saving import FORCE

Listing = Callable[[str], Iterable[tuple[str, bool]]]
"""From a folder's path to the names in it, and of each whether it is a folder."""

_FEWEST_LETTERS = 2
_MOST = 50
_ALL = "all"
_NUMBERED = ("/open", "/why")
_SEVERAL_NAMES = ("/use", "/remove")
_SAVED = (".json", ".markdown", ".md")
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
    command, argument = typed[1].lower(), typed[3]
    if command in _NUMBERED:
        numbers = map(str, range(1, min(citations, _MOST) + 1))
        return [Completion(one, len(argument)) for one in numbers if one.startswith(argument)]
    if command == "/sources":
        return _names(argument, sources)
    if command in _SEVERAL_NAMES:
        return _several(command, argument, sources)
    if command in ("/add", "/save"):
        return _paths(command, argument, listing)
    return _in_question(before, sources) if command == "/exact" else []


def _in_question(before: str, sources: Sequence[str]) -> list[Completion]:
    word = "" if before[-1:].isspace() else (before.split() or [""])[-1]
    return _names(word, sources) if len(word) >= _FEWEST_LETTERS else []


def _several(command: str, argument: str, sources: Sequence[str]) -> list[Completion]:
    """Names behind one another; those with spaces stand between quotation marks."""
    typed = last_word(argument)
    found = [
        Completion(quoted(name), len(typed)) for name, _ in _names(typed.replace('"', ""), sources)
    ]
    if command == "/use" and typed == argument and _ALL.startswith(argument.lower()):
        found.append(Completion(_ALL, len(typed)))
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
            found[harmless(name)] = None
        elif source.casefold().startswith(folded):
            found[harmless(source)] = None
        if len(found) >= _MOST:
            break
    return [Completion(name, len(word)) for name in found]


def _paths(command: str, argument: str, listing: Listing) -> list[Completion]:
    """Paths of files and folders; what cannot be printed as it is cannot be typed either."""
    typed = last_word(argument)
    word = typed.replace('"', "")
    if command == "/save" and typed != argument:
        return [Completion(FORCE, len(typed))] if FORCE.startswith(word) else []
    if command == "/add" and word.startswith("-") and FOLLOW_LINKS.startswith(word):
        return [Completion(FOLLOW_LINKS, len(typed))]
    if word == "~":
        return [Completion("~/", len(typed))]
    folder, slash, start = word.rpartition("/")
    found: list[Completion] = []
    for name, is_folder in listing(folder + slash):
        if not name.startswith(start) or (name.startswith(".") and not start.startswith(".")):
            continue
        if harmless(name) != name or '"' in name:
            continue
        if command == "/save" and not is_folder and not name.lower().endswith(_SAVED):
            continue
        path = quoted(f"{folder}{slash}{name}{'/' * is_folder}")
        # A folder's closing mark would have to be taken away again to go on.
        found.append(Completion(path.rstrip('"') if is_folder else path, len(typed)))
        if len(found) >= _MOST:
            break
    return found
