"""Runs of letters that stand upright on a page, put together to words."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from askdoc.load.pdf.accents import composed
from askdoc.load.pdf.bidi import as_read, has_rtl
from askdoc.load.pdf.content import Page
from askdoc.load.pdf.device import Shape
from askdoc.load.pdf.letters import Letters
from askdoc.load.pdf.runs import Run
from askdoc.load.pdf.styles import MOST_KNOWN
from askdoc.load.pdf.word import Word, clean, joined, printed_before

_GAP_IN_RUN = 0.15  # of the letters' size
_BESIDE = 1.0  # points: what stands no further outside than this is on the page

Place = tuple[float, float, float]
"""Left, right, and the y of the line that it stands on."""


class WordMaker:
    """Makes words of the runs of a page that is turned by so many quarters."""

    def __init__(self, letters: Letters, shape: Shape, turn: int) -> None:
        self._letters, self._shape, self._turn = letters, shape, turn

    def fill(self, content: Page, runs: Sequence[Run]) -> None:
        """Put the words of runs into a page; those that stand beside it are left out."""
        words = content.words
        right, low = content.width + _BESIDE, content.height + _BESIDE
        seen: dict[str, list[Word]] = {}
        for run, place in zip(runs, self._places(runs), strict=True):
            if place is None:
                continue
            # Where a font is not in the file, whether PDFium ends a line behind a raised letter
            # hangs on the fonts of the machine; a line that goes on in its place has not ended.
            near = run.glued or run.broken
            for word in self._words(run, *place):
                base = word.base
                if (
                    word.x1 >= -_BESIDE and word.x0 <= right
                    and base >= -_BESIDE and base - 0.75 * word.size <= low
                    and not printed_before(word, seen)
                    and not (near and words and _goes_on(words, word))
                ):  # fmt: skip
                    words.append(word)
                near = False

    def _places(self, runs: Sequence[Run]) -> Iterable[Place | None]:
        """Where each run stands, None where PDFium does not say."""
        firsts, lasts = [run.first for run in runs], [run.last for run in runs]
        shape, turn = self._shape, self._turn
        if (shape.turns + turn) % 4 == 0:
            sides, ends = self._letters.sides(firsts), self._letters.sides(lasts)
            ys = self._letters.origins(firsts)[1]
            # Sums of what is finite are finite; NaN is not equal to itself.
            if math.isfinite(sum(map(sum, (*sides, *ends, ys)))):
                xs = sides[0], sides[2], ends[0], ends[2]
                return zip(
                    [x - shape.left for x in map(min, *xs)],
                    [x - shape.left for x in map(max, *xs)],
                    [shape.top - y for y in ys],
                    strict=True,
                )
        return self._places_one_by_one(firsts, lasts)

    def _places_one_by_one(self, firsts: list[int], lasts: list[int]) -> Iterable[Place | None]:
        shape, turn = self._shape, self._turn
        for one, other, x, y in zip(
            self._letters.boxes(firsts, shape, turn), self._letters.boxes(lasts, shape, turn),
            *self._letters.origins(firsts), strict=True,
        ):  # fmt: skip
            base = shape.place(x, y, turn)[1]
            if one is None or other is None or not math.isfinite(base):
                yield None
            else:
                yield min(one[0], other[0]), max(one[2], other[2]), base

    def _words(self, run: Run, x0: float, x1: float, base: float) -> Sequence[Word]:
        """The run as a word, or as several where PDFium overlooked a gap inside it."""
        (codes, _, text, simple), first, _, style, _, _ = run
        size = style.size
        whole = Word(text, x0, x1, base, size, style.bold, first, False, style.font.number)
        if not simple:
            return (self._rtl(run, whole),) if has_rtl(text) else ()
        width = style.sums.get(codes)
        if width is None:
            width = self._width(run)
        if x1 - x0 - width < _GAP_IN_RUN * size:
            return (whole,)
        return self._split(run, whole)

    def _width(self, run: Run) -> float:
        """How wide the letters of a run are, each as it was where it was first met."""
        style, letters = run.style, run.spelling.letters
        new = [at for at, letter in enumerate(letters) if letter not in style.widths]
        if new:
            boxes = self._boxes([run.first + at for at in new])
            for at, box in zip(new, boxes, strict=True):
                style.widths.setdefault(letters[at], box[2] - box[0] if box else 0.0)
        if len(style.sums) >= MOST_KNOWN:
            style.sums.clear()
        width = style.sums[run.spelling.codes] = sum(map(style.widths.__getitem__, letters))
        return width

    def _boxes(self, ats: Sequence[int]) -> list[tuple[float, float, float, float] | None]:
        return self._letters.boxes(ats, self._shape, self._turn)

    def _rtl(self, run: Run, whole: Word) -> Word:
        """The word with its letters in the order in which they are read."""
        letters = run.spelling.letters
        found = self._boxes(range(run.first, run.last + 1))
        boxes = [box for box in found if box is not None]
        if len(boxes) < len(letters) or len(found) > len(letters):
            return whole
        text = clean(as_read(letters, boxes))
        return replace(
            whole, text=text, x0=min(box[0] for box in boxes), x1=max(box[2] for box in boxes)
        )

    def _split(self, run: Run, whole: Word) -> list[Word]:
        boxes = self._boxes(range(run.first, run.last + 1))
        known = [box for box in boxes if box]
        if len(known) < len(boxes):
            return [whole]
        gaps = [b[0] - a[2] for a, b in itertools.pairwise(known)]
        least = _GAP_IN_RUN * whole.size
        wide = [at for at, gap in enumerate(gaps, start=1) if gap > least]
        # Letters that all stand apart are set so, and make one word.
        if len(wide) > max(1, len(gaps) // 3):
            return [whole]
        words = []
        for start, end in zip([0, *wide], [*wide, len(known)], strict=True):
            text = clean("".join(run.spelling.letters[start:end]))
            if text:
                words.append(
                    replace(
                        whole,
                        text=text,
                        x0=known[start][0],
                        x1=known[end - 1][2],
                        at=run.first + start,
                    )
                )
        return words


def _goes_on(words: list[Word], word: Word) -> bool:
    """Whether a word was put to the last one, as its accent, its letter, or its rest."""
    whole = composed(words[-1], word)
    if whole is None:
        return joined(words, words[-1], word)
    words[-1] = whole
    return True
