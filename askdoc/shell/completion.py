"""What a half-typed word of the shell may become. Pure: text before the cursor -> words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from askdoc.present import harmless
from askdoc.shell.commands import COMMANDS

_FEWEST_LETTERS = 2
_MOST = 50


class Completion(NamedTuple):
    """A word that may stand where the last `replaces` characters before the cursor stand now."""

    text: str
    replaces: int


def completions(before: str, sources: Sequence[str], citations: int) -> list[Completion]:
    """What may follow, best first.

    Commands at the start of a line, numbers after `/open`, and elsewhere (in a question as well)
    the documents' names, whether the word begins the path or the file's own name.

    Args:
        before: the text before the cursor.
        sources: the documents' sources.
        citations: how many citations `/open` can open.
    """
    typed = before.lstrip()
    command, blank, argument = typed.partition(" ")
    if command.startswith("/") and not blank:
        found = [name for name in COMMANDS if name.startswith(command.lower())]
        return [Completion(name, len(command)) for name in found]
    if command == "/open":
        numbers = [str(number) for number in range(1, min(citations, _MOST) + 1)]
        word = argument.lstrip()
        return [Completion(number, len(word)) for number in numbers if number.startswith(word)]
    if command == "/sources":
        return _names(argument.lstrip(), sources)
    word = "" if before[-1:].isspace() else (before.split() or [""])[-1]
    return _names(word, sources) if len(word) >= _FEWEST_LETTERS else []


def _names(word: str, sources: Sequence[str]) -> list[Completion]:
    folded = word.casefold()
    found: dict[str, None] = {}
    for source in sources:
        name = PurePath(source).name
        if name.casefold().startswith(folded):
            found[harmless(name)] = None
        elif source.casefold().startswith(folded):
            found[harmless(source)] = None
    return [Completion(name, len(word)) for name in list(found)[:_MOST]]
