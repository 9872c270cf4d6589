"""What stands on one page of a PDF: words and ruled lines, each with its place.

All places are in points as a reader sees the page: x to the right, y down, turned upright.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from askdoc.errors import AskdocError
from askdoc.load.pdf.content import Page
from askdoc.load.pdf.device import Shape, api
from askdoc.load.pdf.filled import Form
from askdoc.load.pdf.letters import Letters
from askdoc.load.pdf.noise import Noise
from askdoc.load.pdf.pictures import is_picture
from askdoc.load.pdf.rules import rules_on
from askdoc.load.pdf.runs import Run, RunReader
from askdoc.load.pdf.styles import Fonts, Style
from askdoc.load.pdf.turned import Turned
from askdoc.load.pdf.unmapped import FIRST_STAND_IN, unknown_in
from askdoc.load.pdf.upright import WordMaker
from askdoc.load.pdf.word import set_dots

MOST_CHARACTERS = 300_000
"""More than this on one page is no page that anybody reads."""


class TooMuchText(AskdocError):
    """A page holds more text than a page can."""


class PageReader:
    """Reads the pages of one document; fonts are looked at once."""

    def __init__(self, form: Form | None = None) -> None:
        self._form = form
        self._fonts = Fonts()
        self.noise = Noise()

    def read(self, page: Any) -> Page:
        """The content of a page that is open.

        Raises:
            TooMuchText: there are more than MOST_CHARACTERS letters on it.
        """
        raw = api().raw
        shape = Shape(page)
        text_page = raw.FPDFText_LoadPage(page)
        if not text_page:
            raise ValueError("no text page")
        try:
            letters = Letters(text_page)
            count = letters.count()
            if count > MOST_CHARACTERS:
                raise TooMuchText("there is more text on one page than a page can hold")
            reader = RunReader(self._fonts, shape, letters)
            runs = reader.runs(count)
            content, turn = self._words(letters, shape, runs)
        finally:
            raw.FPDFText_ClosePage(text_page)
        self._fonts.unmapped.settle(content.words, content.turned)
        content.noise = self.noise.drop(content.words, self._fonts.name)
        content.unknown = unknown_in(content.words)
        own = content.letters()
        if self._form is not None:
            content.turned += self._form.fill(content.words, page, shape, turn)
        content.rules, dots, content.pictures = rules_on(page, shape, turn, reader.objects)
        if not content.noise and not content.recognized:
            content.is_picture = is_picture(page, shape, *own)
        set_dots(content.words, dots)
        return content

    def _words(self, letters: Letters, shape: Shape, runs: list[Run]) -> tuple[Page, int]:
        """A page with its words, and how it is turned; what is not upright is kept apart."""
        count: Counter[Style] = Counter()
        for run in runs:
            count[run.style] += len(run.spelling.codes)
        self._note(count, runs)
        turns: Counter[int] = Counter()
        for style, many in count.items():
            if style.turn is not None:
                turns[style.turn] += many
        turn = turns.most_common(1)[0][0] if turns else 0
        content = Page(*shape.turned_size(turn), turn)
        content.recognized = any(style.hidden for style in count)
        if any(style.turn != turn for style in count):
            content.turned += self._turned(letters, shape, runs, turn)
            runs = [run for run in runs if run.style.turn == turn]
        WordMaker(letters, shape, turn).fill(content, runs)
        return content, turn

    @staticmethod
    def _turned(letters: Letters, shape: Shape, runs: Sequence[Run], turn: int) -> list[str]:
        """The texts of the runs that are turned otherwise."""
        turned = Turned()
        for run in runs:
            own = run.style.turn
            if own != turn:
                first, last = letters.boxes((run.first, run.last), shape, own or 0)
                glued = run.glued or own is None
                turned.add(run.spelling.text, glued, (first, last), run.style.size)
        return turned.texts()

    def _note(self, count: Counter[Style], runs: Sequence[Run]) -> None:
        """Take note of how many letters there are of each font, and how many are not told."""
        unmapped = self._fonts.unmapped
        for style, many in count.items():
            unmapped.count(style.font.number, many, 0)
        if any(style.font.untold for style in count):
            for run in runs:
                if run.style.font.untold:
                    untold = sum(letter >= FIRST_STAND_IN for letter in run.spelling.letters)
                    unmapped.count(run.style.font.number, 0, untold)
