"""What a person types for a document or a file -> which one is meant."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from askdoc.errors import UnknownSource
from askdoc.present import sanitize

# A word, or a part of one between quotation marks, which may hold spaces; a mark that is left open
# closes at the end. Apostrophes inside a word are letters of names: "o'brien.txt".
_WORD = re.compile(r'(?:[^\s"]|"[^"]*(?:"|$))+')
_IN_SINGLE = re.compile(r"(?<!\S)'([^']*)'(?!\S)")


def words(argument: str) -> list[str]:
    """The words of an argument; quotation marks keep words together and are not part of them."""
    found: list[str] = []
    at = 0
    for quoted in _IN_SINGLE.finditer(argument):
        if argument.count('"', 0, quoted.start()) % 2:
            continue  # It stands within a name between double ones.
        found += _plain_words(argument[at : quoted.start()])
        found.append(quoted[1])
        at = quoted.end()
    return [word for word in found + _plain_words(argument[at:]) if word]


def _plain_words(text: str) -> list[str]:
    return [match[0].replace('"', "") for match in _WORD.finditer(text)]


def last_word(argument: str) -> str:
    """The word that an argument ends in, marks and all; empty where another could begin."""
    found = list(_WORD.finditer(argument))
    return found[-1][0] if found and found[-1].end() == len(argument) else ""


def quoted(word: str) -> str:
    """A word as it has to be typed to be one."""
    return f'"{word}"' if re.search(r"\s|^'", word) else word


def chosen(sources: Sequence[str], argument: str) -> list[str]:
    """The documents that are meant by some names, in the order of `sources`.

    A name stands for the documents that have it, as a whole or as that of their file, or else for
    all that hold it anywhere; large and small letters are the same. Words that are together a part
    of a name need no quotation marks.

    Raises:
        UnknownSource: no document has one of the names.
    """
    whole = " ".join(argument.split())
    found = _meant(sources, whole) if whole else []
    if found:
        return found
    meant: set[str] = set()
    for word in words(argument):
        of_word = _meant(sources, word)
        if not of_word:
            raise UnknownSource(
                "no document has this in its name", sanitize(word), "/sources lists all of them."
            )
        meant.update(of_word)
    return [source for source in sources if source in meant]


def _meant(sources: Sequence[str], name: str) -> list[str]:
    wanted = name.casefold()
    shown = [(source, sanitize(source).casefold()) for source in sources]
    exact = [
        source
        for source, name in shown
        if wanted in (name, name.rpartition(os.sep)[2], source.casefold())
    ]
    return exact or [source for source, name in shown if wanted in name]
