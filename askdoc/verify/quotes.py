"""Find in a text what was quoted from it before it changed: the words, or what is likest to them.

Each search takes time that is linear in the text, whatever it holds: a source that was exchanged
for a hostile one is no reason to hang. Nor is an answer with a hundred thousand quotes that are
nowhere: after so much searching (`Effort`) no more is done.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache

from askdoc.english.analyzer import tokenize
from askdoc.model import Document, Span
from askdoc.split import split
from askdoc.split.sentences import blocks

# White space that is not a single space already: line ends, mostly.
_SPACE = re.compile(r"[^\S ]\s*| \s+")
_LONG_SPACE = re.compile(r"\s{2,}")
# Two characters on each side of a place in the middle of a number: 1.|5, 1|.5, -|5, 5|%.
_IN_NUMBER = re.compile(
    r".\d[.,:/'’]\d|\d[.,:/'’]\d.|.[-+±−–$€£¥]\d.|.\d[%‰°].",
    re.DOTALL,
)
# Occurrences inside words are skipped; more of them than this are in no text that is written.
_MOST_SKIPPED = 1000
# What is like a quote is looked for in its piece of the text and in those beside it.
_PIECE = 2**18
_LINE_WITHIN = 4096
_LEAST_LIKENESS = 0.5
# A character whose sentence is compared word by word takes as long as so many that are skipped.
_COMPARED = 4


class Effort:
    """How much may still be searched, over all quotes that are looked for.

    Args:
        characters: of texts, each counted as often as it is gone through.
    """

    def __init__(self, characters: int = 2**31) -> None:
        self._left = characters

    def take(self, characters: int) -> bool:
        """Whether so many may be gone through; those of the last search need not be left."""
        allowed = self._left > 0
        self._left -= characters
        return allowed


class Search:
    """Looks for quotes in one document.

    Attributes:
        document: where it looks.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._sentences = lru_cache(maxsize=6)(self._sentences_of_piece)

    @property
    def effort(self) -> int:
        """What one search of a quote takes, as `Effort` counts."""
        return len(self.document.text)

    @property
    def effort_of_likest(self) -> int:
        """What looking for the likest sentence takes, as `Effort` counts."""
        return _COMPARED * min(len(self.document.text), 3 * _PIECE)

    def stands(self, quote: str, span: Span) -> bool:
        """Whether a quote is exactly what the text has from one offset to another."""
        start, end = span
        fits = start >= 0 and end - start == len(quote)
        return fits and self.document.text.startswith(quote, start)

    def whole(self, spans: Iterable[Span]) -> set[Span]:
        """Those of some stretches of the text that are one sentence as askdoc cuts it, or several.

        The text is cut once, however many there are, and only up to where the last of them ends.
        """
        asked = set(spans)
        starts = dict.fromkeys((span.start for span in asked), False)
        ends = dict.fromkeys((span.end for span in asked), False)
        last = max(ends, default=0)
        for block in blocks(self.document.text) if asked else ():
            for start, end in block:
                if start in starts:
                    starts[start] = True
                if end in ends:
                    ends[end] = True
            if block[-1][1] >= last:
                break
        return {span for span in asked if starts[span.start] and ends[span.end]}

    def nearest(self, quote: str, near: int) -> int | None:
        """The offset, nearest to another, at which a quote is found, but not inside of a word."""
        return _nearest(self.document.text, quote, near)

    def nearest_but_for_space(self, quote: str, near: int) -> Span | None:
        """The nearest stretch of text that has a quote's words, apart from white space."""
        words = " ".join(quote.split())
        if not words:
            return None
        at = _nearest(self._on_one_line, words, self._offset_on_one_line(near))
        if at is None:
            return None
        return Span(self._offset_in_text(at), self._offset_in_text(at + len(words) - 1) + 1)

    def likest(self, quote: str, near: int) -> Span | None:
        """The sentence that shares most words with a quote, within 250,000 characters or more.

        None where none shares half of them, or only words that any sentence has.
        """
        tokens = tokenize(quote)
        wanted = {token.term for token in tokens}
        telling = {token.term for token in tokens if not token.stop} or wanted
        last = len(self.document.text) // _PIECE
        here = min(max(near, 0) // _PIECE, last)
        best, best_rank = None, (_LEAST_LIKENESS, -len(self.document.text))
        for piece in range(max(0, here - 1), min(here + 1, last) + 1):
            for span, words in self._sentences(piece):
                if telling.isdisjoint(words):
                    continue
                likeness = 2 * len(wanted & words) / (len(wanted) + len(words))
                rank = (likeness, -abs(span.start - near))
                if rank >= best_rank:
                    best, best_rank = span, rank
        return best

    @cached_property
    def _on_one_line(self) -> str:
        return _SPACE.sub(" ", self.document.text)

    @cached_property
    def _long_spaces(self) -> tuple[array[int], array[int]]:
        """Where runs of white space end, and how much collapsing took before each and after all."""
        ends, lost = array("q"), array("q", [0])
        for match in _LONG_SPACE.finditer(self.document.text):
            ends.append(match.end())
            lost.append(lost[-1] + match.end() - match.start() - 1)
        return ends, lost

    def _offset_on_one_line(self, at: int) -> int:
        ends, lost = self._long_spaces
        at = min(max(at, 0), len(self.document.text))
        return at - lost[bisect_right(ends, at)]

    def _offset_in_text(self, at: int) -> int:
        """The offset in the text of a character of a word that is at `at` on one line."""
        ends, lost = self._long_spaces
        passed = bisect_right(range(len(ends)), at, key=lambda run: ends[run] - lost[run + 1])
        return at + lost[passed]

    def _sentences_of_piece(self, piece: int) -> list[tuple[Span, frozenset[str]]]:
        """The sentences of a piece of the text, with their terms."""
        start, end = self._edge(piece), self._edge(piece + 1)
        part = Document(self.document.text[start:end], self.document.source)
        return [
            (
                Span(start + sentence.start, start + sentence.end),
                frozenset(token.term for token in tokenize(sentence.text)),
            )
            for block in split(part)
            for sentence in block
        ]

    def _edge(self, piece: int) -> int:
        """Where a piece begins: with a line, if there is one."""
        at = piece * _PIECE
        return self.document.text.find("\n", at, at + _LINE_WITHIN) + 1 or at if piece else 0


def _nearest(text: str, quote: str, near: int) -> int | None:
    """The offset, nearest to another, of a quote as a whole; the earlier of two as near."""
    size, near = len(quote), min(max(near, 0), len(text))

    def is_whole(at: int) -> bool:
        return not (_is_inside_word(text, at) or _is_inside_word(text, at + size))

    after = _first(text, quote, near, is_whole)
    # What is not further away on the other side, read backwards, for that finds the nearest first.
    low = 0 if after is None else max(0, 2 * near - after)
    high = min(near + size, len(text))
    backwards = text[low:high][::-1]
    back = _first(backwards, quote[::-1], 0, lambda at: is_whole(high - at - size))
    return after if back is None else high - back - size


def _first(text: str, quote: str, at: int, accept: Callable[[int], bool]) -> int | None:
    """The first offset from one on at which a quote is found and accepted."""
    for _ in range(_MOST_SKIPPED):
        at = text.find(quote, at)
        if at < 0:
            return None
        if accept(at):
            return at
        at += 1
    return None


def _is_inside_word(text: str, at: int) -> bool:
    """Whether an offset is inside of a word or a number."""
    if not 0 < at < len(text):
        return False
    if _is_of_word(text[at - 1]) and _is_of_word(text[at]):
        return True
    around = text[max(0, at - 2) : at].rjust(2) + text[at : at + 2].ljust(2)
    return _IN_NUMBER.fullmatch(around) is not None


def _is_of_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNM"
