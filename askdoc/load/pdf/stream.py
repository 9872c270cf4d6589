"""The words of one page in the order in which they are read, and the letters that they make.

White space, hyphens, brackets and bullets are what a text is given and loses when lines are put
together. So places are found by letters and digits alone.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable

from askdoc.load.pdf.bidi import in_reading_order
from askdoc.load.pdf.content import Page
from askdoc.load.pdf.lines import parts_on, put_in_order
from askdoc.load.pdf.order import Atom, Block, Piece
from askdoc.load.pdf.table import Table, lines_in
from askdoc.load.pdf.word import Word


def letters_of(text: str) -> str:
    """The letters and digits of a text; raised ones, and ligatures, as plain ones."""
    if text.isascii():
        return "".join(filter(str.isalnum, text))
    # One by one: put together, a letter and its accent would be another letter.
    plain = (unicodedata.normalize("NFKC", one) for one in text)
    return "".join(filter(str.isalnum, "".join(plain)))


class Stream:
    """The words of a page in the order of reading.

    Attributes:
        words: all of them.
        letters: what they make.
        starts: for each word, how many letters stand before it.
    """

    def __init__(self, page: Page) -> None:
        self.words: list[Word] = []
        self.starts: list[int] = []
        parts: list[str] = []
        at = 0
        for word in _words(page):
            own = letters_of(word.text)
            self.words.append(word)
            self.starts.append(at)
            parts.append(own)
            at += len(own)
        self.letters = "".join(parts)
        self._starts, self._ends = set(self.starts), {*self.starts[1:], at}

    def begins_word(self, at: int) -> bool:
        """Whether a word begins with this letter."""
        return at in self._starts

    def ends_word(self, at: int) -> bool:
        """Whether a word ends before this letter."""
        return at in self._ends

    def covered(self, start: int, end: int) -> Iterable[tuple[Word, int, int]]:
        """The words of so many letters; with each, how many letters of it stand outside.

        Args:
            start: the first letter.
            end: behind the last one.
        """
        first, last = self._word_of(start), self._word_of(end - 1)
        for number in range(first, last + 1):
            begin = self.starts[number]
            until = self.starts[number + 1] if number + 1 < len(self.words) else len(self.letters)
            yield self.words[number], max(0, start - begin), max(0, until - end)

    def _word_of(self, letter: int) -> int:
        return bisect_right(self.starts, letter) - 1


def _words(page: Page) -> Iterable[Word]:
    for _, part in parts_on(page):
        for row in part:
            if isinstance(row[0], Block):
                assert isinstance(row[0].content, Table)
                for cells in row[0].content.cells:
                    for cell in cells:
                        for line in lines_in(cell):
                            yield from line
            else:
                yield from _in_line(row)


def _in_line(row: list[Piece]) -> Iterable[Word]:
    atoms = [piece for piece in row if isinstance(piece, Atom)]
    rtl = put_in_order(atoms)
    for atom in atoms:
        yield from in_reading_order(atom.words, rtl)
