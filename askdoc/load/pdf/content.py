"""What was found on one page of a PDF."""

from __future__ import annotations

from dataclasses import dataclass, field

from askdoc.load.pdf.pictures import LARGE
from askdoc.load.pdf.rules import Rule
from askdoc.load.pdf.word import Word


@dataclass
class Page:
    """What stands on a page: words in the order of the file, rules, and text that is turned.

    It is turned upright by `turn` quarters, against how the page is shown.
    """

    width: float
    height: float
    turn: int = 0
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    turned: list[str] = field(default_factory=list)
    pictures: bool = False
    unknown: int = 0  # words with letters of which the file does not say which they are
    noise: int = 0  # letters that were left out since they make no words
    recognized: bool = False  # there is text behind a picture, which stands for what it shows
    is_picture: bool = False  # what is to be read on it is a picture

    def letters(self) -> tuple[int, int]:
        """How many letters there are, and how many of them are large."""
        large = sum(len(word.text) for word in self.words if word.size >= LARGE)
        return sum(len(w.text) for w in self.words) + sum(map(len, self.turned)), large
