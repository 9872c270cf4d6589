"""Recognition of names, and of people among them, by the texts' own capitals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from askdoc.english.analyzer import STOP_WORDS
from askdoc.english.verb_frames import SPEAKING
from askdoc.english.verbs import ALL_PASTS

_TITLE = (
    r"(?:President|King|Queen|Prince|Princess|Emperor|Empress|Pope|Sir|Lady|Lord|Dr\.|Mr\.|Mrs\."
    r"|Ms\.|Professor|General|Captain|Senator|Governor|Mayor|Minister|Chancellor|Bishop|Saint|St\.)"
)
_CAPITAL = r"(?:(?:[A-Z]\.){2,}|[A-ZÀ-Þ](?:[\w'’-]{0,30}\w)?)"
_INITIAL = r"(?:[A-Z]\.)"
# "King Harald of Norway", "J. R. R. Tolkien", "van der Post"
NAME = (
    rf"(?:{_TITLE} )?{_CAPITAL}(?: (?:{_INITIAL}|{_CAPITAL}|(?:of|de|van|von|du|al|bin)"
    rf"(?: the)? {_CAPITAL})){{0,5}}"
)
_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]+")
_GROUPS = frozenset(
    "Faculty University Company Party Council Court Church House Parliament Congress Senate School "
    "War Treaty Empire Republic Kingdom College Institute Ministry Army Office Department Board "
    "Committee Association Society".split()
)
_COMMON = re.compile(r"\b[a-z]+\b")
_SPOKE = re.compile(rf"({NAME}) (\w+)\b")
_TITLED = re.compile(rf"\b{_TITLE} ({_CAPITAL}(?: {_CAPITAL}){{0,3}})")
_BORN = re.compile(rf"({NAME}) was born\b")


class Names:
    """Names in the beginnings of the documents.

    `common` holds the words that stand there in lower case.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.known: Counter[str] = Counter()
        self.people: set[str] = set()
        self.common: set[str] = set()
        for text in texts:
            self.known.update(_INSIDE.findall(text))
            self.common.update(_COMMON.findall(text))
            for match in _SPOKE.finditer(text):
                if ALL_PASTS.get(match[2]) in SPEAKING:
                    self.people.update(_people(match[1]))
            for match in (*_TITLED.finditer(text), *_BORN.finditer(text)):
                self.people.update(_people(match[1]))

    def is_name(self, words: str) -> bool:
        """True for capitalized words at a sentence's start that are more than its first word."""
        if re.match(rf"{_TITLE} {_CAPITAL}", words):
            return True
        first = words.split()[0]
        if first.lower() in STOP_WORDS or first.lower().rstrip("s") in STOP_WORDS:
            return False
        return self.known[first] > 0 or (" " in words and first.lower() not in self.common)

    def is_proper(self, word: str) -> bool:
        """True for a word that keeps its capital inside a sentence: "African", "TIPS"."""
        known = self.known[word] > 0 and word.lower() not in self.common
        return known or word[1:] != word[1:].lower()

    def is_person(self, words: str) -> bool:
        return re.match(_TITLE, words) is not None or _head(words) in self.people


def _people(name: str) -> list[str]:
    last = _head(name)
    return [last] if last.lower() not in STOP_WORDS and last not in _GROUPS else []


def _head(name: str) -> str:
    """The word of a name that tells whose it is: "King Harald of Norway" -> "Harald"."""
    return re.split(r" (?:of|de|van|von|du|al|bin) ", name)[0].split()[-1]
