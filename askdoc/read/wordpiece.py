"""WordPiece as BERT's tokenizer does it: a text to its pieces, each with its place in the text.

Controls are dropped, accents stripped, letters lowered; spaces, punctuation and Chinese characters
end words; a word becomes the longest pieces that the vocabulary has, from its beginning on. Pieces
and places are those that the library `tokenizers` gives, on which the network was trained. What
counts as a control, an accent or punctuation stands in `data/characters.tsv`: that library's tables
of Unicode are older than Python's, and Python's are not the same in all versions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate
from typing import NamedTuple
from unicodedata import combining, normalize

from askdoc.model import Span

_UNKNOWN = "[UNK]"
_LONGEST_WORD = 100
# How many words are kept cut, and up to what length: some megabytes at most.
_KEPT, _LONGEST_KEPT = 16_384, 40
_Cut = tuple[tuple[int, int, int], ...]


class Pieces(NamedTuple):
    """A text's pieces: their numbers in the vocabulary, and where each stands."""

    ids: list[int]
    spans: list[Span]


class WordPiece:
    """A tokenizer; `vocabulary` has a number for each piece, "##" before those within words."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self.vocabulary = vocabulary
        self._unknown = vocabulary[_UNKNOWN]
        self._longest = max(map(len, vocabulary))
        self._characters = _characters()
        self._known = lru_cache(_KEPT)(self._cut)

    def encode(self, text: str, start: int = 0) -> Pieces:
        """The pieces, in order, of a text that begins at `start` in its document."""
        ids: list[int] = []
        spans: list[Span] = []
        for found in self._characters.words.finditer(text):
            word, at = found[0], start + found.start()
            cut = self._known(word) if len(word) <= _LONGEST_KEPT else self._cut(word)
            for number, first, after in cut:
                ids.append(number)
                spans.append(Span(at + first, at + after))
        return Pieces(ids, spans)

    def _cut(self, word: str) -> _Cut:
        """Each piece's number, and the range of the word's characters that it is made of."""
        if word.isascii() and word.isprintable():
            made, places = word.lower(), list(range(len(word)))
        else:
            made, places = self._characters.normalized(word)
        if not made:
            return ()
        pieces = self._longest_first(made) if len(made) <= _LONGEST_WORD else []
        if not pieces:
            return ((self._unknown, places[0], places[-1] + 1),)
        return tuple((number, places[first], places[last] + 1) for number, first, last in pieces)

    def _longest_first(self, word: str) -> list[tuple[int, int, int]]:
        """Each piece's number, first and last letter; none: no pieces make this word."""
        pieces: list[tuple[int, int, int]] = []
        start, before = 0, ""
        while start < len(word):
            for end in range(min(len(word), start + self._longest), start, -1):
                number = self.vocabulary.get(before + word[start:end])
                if number is not None:
                    break
            else:
                return []
            pieces.append((number, start, end - 1))
            start, before = end, "##"
        return pieces


class _Part(NamedTuple):
    """A part of a decomposed character.

    `order` is its canonical combining class, 0 where it does not change places; `begins`: it is the
    character's first part. `letters` is what is left of it, nothing of a mark.
    """

    order: int
    begins: bool
    letters: str


class _Characters:
    """What each character counts for.

    "control" is dropped before all else, and "mark" when marks have been put in canonical order, as
    "ordered" are, which stay. "space" and "alone" end words.

    Attributes:
        words: finds words and what stands alone.
    """

    def __init__(self, table: str) -> None:
        rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
        self._ranges = sorted(
            (int(first, 16), int(last, 16), name)
            for name, ranges in rows
            for first, last in (pair.split("-") for pair in ranges.split())
        )
        self._firsts = [first for first, _, _ in self._ranges]
        self.words = self._compile()
        self._parts = lru_cache(_KEPT)(self._decompose)

    def normalized(self, word: str) -> tuple[str, list[int]]:
        """A word's letters as the vocabulary has them, and which of its characters each one is.

        Where marks change their order, the places stay in theirs, as they do in `tokenizers`.
        """
        parts = [part for character in word for part in self._parts(character)]
        whole = [at for at, character in enumerate(word) if self._parts(character)]
        letters, places, begun = "", list[int](), -1
        for part in _in_order(parts):
            begun += part.begins
            letters += part.letters
            places += [whole[begun]] * len(part.letters)
        return letters, places

    def _decompose(self, character: str) -> tuple[_Part, ...]:
        """What a character is made of; nothing: it is a control."""
        if self._class_of(character) == "control":
            return ()
        parts = []
        for at, letter in enumerate(normalize("NFD", character)):
            name = self._class_of(letter)
            order = combining(letter) if name in ("mark", "ordered") else 0
            # Lowered alone, since within a word Python lowers a sigma by where it stands.
            parts.append(_Part(order, at == 0, "" if name == "mark" else letter.lower()))
        return tuple(parts)

    def _class_of(self, character: str) -> str:
        """A character's class; empty: it is a part of words."""
        point = ord(character)
        first, last, name = self._ranges[bisect_right(self._firsts, point) - 1]
        return name if first <= point <= last else ""

    def _compile(self) -> re.Pattern[str]:
        """What finds words, and what else is no space.

        The planes above the first have a branch of their own: as ranges of the class of the first
        they would be compared, one by one, with every letter.
        """
        space = self._class(True, "space")
        ends, high_ends = (self._class(low, "space", "alone") for low in (True, False))
        high = "\U00010000-\U0010ffff"
        return re.compile(f"(?:[^{ends}{high}]|(?![{high_ends}])[{high}])+|[^{space}]")

    def _class(self, low: bool, *names: str) -> str:
        """These characters of the first plane, or of those above, as a class of an expression."""
        return "".join(
            f"{re.escape(chr(first))}-{re.escape(chr(last))}"
            for first, last, name in self._ranges
            if name in names and (last < 0x10000) == low
        )


def _in_order(parts: list[_Part]) -> list[_Part]:
    """The parts with each run of marks in canonical order."""
    if not any(part.order for part in parts):
        return parts
    runs = accumulate(part.order == 0 for part in parts)
    keyed = sorted(zip(runs, parts, strict=True), key=lambda one: (one[0], one[1].order))
    return [part for _, part in keyed]


@cache
def _characters() -> _Characters:
    file = resources.files("askdoc.data").joinpath("characters.tsv")
    return _Characters(file.read_text("utf-8"))
