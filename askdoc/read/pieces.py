"""Text as the neural reader sees it: word pieces, and windows of them that it can take in at once.

A window is a run of whole sentences of one passage. Passages mostly fit into one; a longer one is
read in several, each beginning with the last sentence of the one before, so that "she" is not cut
off from who she is. A sentence that no window could hold is read in parts that overlap.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from askdoc.model import Passage, Span
from askdoc.read.context import context_of
from askdoc.read.wordpiece import WordPiece

# In pieces. The network was trained on windows up to this length, and on shorter ones more often.
LONGEST_WINDOW = 256
LONGEST_QUESTION = 64
LONGEST_CONTEXT = 40
_OVERLAP = 64
# In code points: what comes after is not looked at in one word piece by piece.
_LONGEST_PASSAGE = 20_000


class Part(NamedTuple):
    """What a window holds of one sentence: `sentence` is its number in the passage, `first` and
    `after` its range of pieces within the window."""

    sentence: int
    first: int
    after: int


class Window(NamedTuple):
    """A range of a passage's pieces, and the sentences in it."""

    first: int
    after: int
    parts: tuple[Part, ...]


class PassagePieces:
    """A passage as pieces and windows, made once for all questions about it.

    Attributes:
        passage: what was cut.
        ids: the pieces' numbers in the vocabulary.
        spans: each piece's span in the document.
        windows: every sentence that has a piece is in at least one of them.
    """

    def __init__(self, passage: Passage, tokenizer: WordPiece) -> None:
        self.passage = passage
        self._tokenizer = tokenizer
        self._contexts: dict[int, list[int]] = {}
        self.ids: list[int] = []
        self.spans: list[Span] = []
        self._ranges: list[tuple[int, int]] = []
        for sentence in passage.sentences:
            first = len(self.ids)
            ids, spans = tokenizer.encode(sentence.text[:_LONGEST_PASSAGE], sentence.start)
            self.ids.extend(ids)
            self.spans.extend(spans)
            self._ranges.append((first, len(self.ids)))
        self.windows = tuple(window for window in self._cut() if window.parts)

    def context(self, window: Window) -> list[int]:
        """The pieces of the line that tells where a window stands (`read.context`).

        Of its first sentence: a window that begins below the passage's heading, or below the row
        that names a table's columns, is told of these.
        """
        number = window.parts[0].sentence
        if number not in self._contexts:
            start = self.passage.sentences[number].start
            told = context_of(self.passage.document, start).line()
            self._contexts[number] = self._tokenizer.encode(told).ids[:LONGEST_CONTEXT]
        return self._contexts[number]

    def around(self, number: int, before: int) -> Window:
        """The window of one sentence that has a piece and of so many before it as fit.

        It ends with that sentence.
        """
        first, after = self._ranges[number]
        if after - first > LONGEST_WINDOW:
            return next(self._long(number))
        begin = number
        while begin > max(0, number - before) and after - self._ranges[begin - 1][0] <= (
            LONGEST_WINDOW
        ):
            begin -= 1
        return self._window(begin, number)

    def _cut(self) -> Iterator[Window]:
        ranges = self._ranges
        begin = 0
        while begin < len(ranges):
            start = ranges[begin][0]
            if ranges[begin][1] - start > LONGEST_WINDOW:
                yield from self._long(begin)
                begin += 1
                continue
            last = begin
            while last + 1 < len(ranges) and ranges[last + 1][1] - start <= LONGEST_WINDOW:
                last += 1
            yield self._window(begin, last)
            if last + 1 == len(ranges):
                return
            again = ranges[last + 1][1] - ranges[last][0] <= LONGEST_WINDOW
            begin = last if again and last > begin else last + 1

    def _window(self, begin: int, last: int) -> Window:
        start, end = self._ranges[begin][0], self._ranges[last][1]
        parts = (
            Part(number, first - start, after - start)
            for number, (first, after) in enumerate(self._ranges[begin : last + 1], begin)
            if after > first
        )
        return Window(start, end, tuple(parts))

    def _long(self, number: int) -> Iterator[Window]:
        first, after = self._ranges[number]
        for start in range(first, max(first + 1, after - _OVERLAP), LONGEST_WINDOW - _OVERLAP):
            end = min(after, start + LONGEST_WINDOW)
            yield Window(start, end, (Part(number, 0, end - start),))
