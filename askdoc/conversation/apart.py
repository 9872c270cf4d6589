"""The names of a sentence, each by itself, as what is said of whom has to be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from askdoc.conversation.lexis import kind_of_noun, sex_of_word
from askdoc.conversation.mentions import Name, describe, names

_AND = re.compile(r",? and |&")
NO_NAME = frozenset("of the and & de la for in".split())
"""Words within a name that is no person's."""


def apart(sentence: str) -> Iterator[Name]:
    """The names of a sentence, each by itself and without the titles that stand before it.

    "U.S. President Donald Trump" is the name of a person, Donald Trump, after a title, and "Ada and
    Karl Weber" are two names. Only a title, or a given name with a surname, makes it a person's.
    """
    for joined in names(sentence):
        at = joined.start
        for part in _AND.split(sentence[joined.start : joined.end]):
            bare = part.strip()
            start = sentence.find(bare, at)
            at = start + len(bare)
            if bare and bare[0].isupper():
                alone = bare == joined.text
                yield _untitled(joined if alone else describe(bare), bare, start, at)


def _untitled(name: Name, bare: str, start: int, end: int) -> Name:
    words = bare.split()
    title = next((at for at in reversed(range(len(words))) if _is_title(words[at])), None)
    if title is None or title + 1 >= len(words):
        named = len(words) > 1 and NO_NAME.isdisjoint(words) and not sex_of_word(words[0])
        kind = None if name.kind == "person" and not named else name.kind
        sex = name.sex if kind == "person" else None
        return replace(name, kind=kind, sex=sex, start=start, end=end)
    rest = " ".join(words[title + 1 :])
    told = describe(rest)
    sex = told.sex or sex_of_word(words[title])
    begins = end - len(rest)
    return replace(told, kind="person", sex=sex, plural=False, start=begins, end=end)


def _is_title(word: str) -> bool:
    return kind_of_noun(word) == "person" and len(word) > 1 and not word.endswith("I")
