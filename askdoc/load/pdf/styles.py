"""What letters of a PDF look like: their fonts, over the document, and their styles, on a page."""

from __future__ import annotations

import ctypes
import math
import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from askdoc.load.pdf.bidi import has_rtl
from askdoc.load.pdf.codes import LETTERS, box_sign
from askdoc.load.pdf.device import Shape, api
from askdoc.load.pdf.letters import LAST, Letters
from askdoc.load.pdf.unmapped import DOUBTFUL, FIRST_STAND_IN, Unmapped
from askdoc.load.pdf.word import clean

_INVISIBLE = 3
_FILL_AND_STROKE = 2  # how word processors make a font bold that has no bold
_FORCE_BOLD = 1 << 18
_BOLD_NAME = re.compile("bold|black|heavy|demi|cmbx|sfbx|[-,]bd|medi(?!um)", re.IGNORECASE)
_REPLACEMENT = 0xFFFD
MOST_KNOWN = 5_000
"""So many stretches of letters are kept for a font."""


class Spelling(NamedTuple):
    """What a stretch of codes stands for in a font."""

    codes: str
    letters: Sequence[str]  # one for each code
    text: str  # all of them, cleaned
    simple: bool  # there is text, and nothing in it runs to the left


class Font:
    """A font, and what was found of its letters so far."""

    def __init__(self, number: int, name: str, bold: bool) -> None:
        self.number, self.name, self.bold = number, name, bold
        self.letters: dict[str, str] = {}  # by code, as PDFium gives them
        self.untold: set[str] = set()  # codes for which something stands in
        self.spellings: dict[str, Spelling] = {}


@dataclass(slots=True, eq=False)
class Style:
    """What all letters of one text object share."""

    size: float
    bold: bool
    turn: int | None  # quarters of a turn against the page as shown, None for anything else
    font: Font
    hidden: bool  # never painted: what text recognition found in a picture
    widths: dict[str, float]  # of letters, in this font and size
    sums: dict[str, float]  # of the widths of a stretch of letters


class Fonts:
    """The fonts of one document, each looked at once."""

    def __init__(self) -> None:
        self._fonts: dict[int, Font] = {}
        self._widths: dict[tuple[int, float, int | None], dict[str, float]] = {}
        self._sums: dict[tuple[int, float, int | None], dict[str, float]] = {}
        self.unmapped = Unmapped()

    def name(self, number: int) -> str:
        """The name of a font, "" where it has none."""
        font = self._fonts.get(number)
        return font.name if font else ""

    def font(self, address: int | None) -> Font:
        """The font at an address, None for what has none."""
        number = address or 0
        font = self._fonts.get(number)
        if font is None:
            font = self._fonts[number] = _looked_at(number)
        return font

    def style(self, font: Font, mode: int, size: float, turn: int | None) -> Style:
        """The style of an object with a font, which is painted in some mode."""
        key = font.number, round(size, 2), turn
        bold = font.bold or (font.number > 0 and mode == _FILL_AND_STROKE)
        return Style(
            size, bold, turn, font, mode == _INVISIBLE,
            self._widths.setdefault(key, {}), self._sums.setdefault(key, {}),
        )  # fmt: skip

    def spelling(self, font: Font, letters: Letters, codes: str, at: int) -> Spelling:
        """What codes stand for that are those of the letters from `at` on."""
        found = font.spellings.get(codes)
        if found is None:
            if len(font.spellings) >= MOST_KNOWN:
                font.spellings.clear()
            try:
                each = list(map(font.letters.__getitem__, codes))
            except KeyError:
                each = [self.letter(font, letters, code, at + n) for n, code in enumerate(codes)]
            whole = "".join(each)
            text = clean(whole)
            found = Spelling(
                codes, codes if whole == codes else each, text, bool(text) and not has_rtl(text)
            )
            font.spellings[codes] = found
        return found

    def letter(self, font: Font, letters: Letters, sign: str, at: int) -> str:
        """What a code stands for in a font, found where it is first met."""
        known = font.letters.get(sign)
        if known is None:
            known = font.letters[sign] = self._met(font, letters, ord(sign), at)
            if known >= FIRST_STAND_IN:
                font.untold.add(sign)
        return known

    def _met(self, font: Font, letters: Letters, code: int, at: int) -> str:
        shown = box_sign(code, font.name)
        if shown:
            return shown
        # PDFium's sign for a hyphen at a line's end may be some other sign's code.
        named = code in LETTERS and not (code < 0x20 and letters.is_untold(at))
        untold = code in (0, _REPLACEMENT) or code >= LAST or code in DOUBTFUL
        if not named and (untold or letters.is_untold(at)):
            return self.unmapped.stand_in(font.number, code)
        return LETTERS.get(code, chr(code))


def _looked_at(number: int) -> Font:
    if not number:
        return Font(0, "", False)
    raw = api().raw
    font = ctypes.cast(number, raw.FPDF_FONT)
    written = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, written, 256)
    name = written.value.decode("latin-1")
    # The weight that PDFium tells is a guess from the stems, and calls book faces bold.
    forced = bool(max(0, raw.FPDFFont_GetFlags(font)) & _FORCE_BOLD)
    return Font(number, name, forced or _BOLD_NAME.search(name) is not None)


class Styles:
    """The styles of the text objects on one page: many look alike."""

    def __init__(self, fonts: Fonts, shape: Shape, letters: Letters) -> None:
        self._fonts, self._shape, self._letters = fonts, shape, letters
        self._looks: dict[tuple[Any, ...], Style] = {}
        self.of: dict[int | None, Style] = {}
        """By the address of a text object."""

    def fonts(self) -> set[Font]:
        """The fonts of the objects that were looked at."""
        return {style.font for style in self._looks.values()}

    def look_at(self, objects: Sequence[int | None], ats: Sequence[int]) -> None:
        """Find the styles of objects, each of them one of the letter beside it."""
        first: dict[int | None, int] = {}
        deque(map(first.setdefault, objects, ats), maxlen=0)
        found, places = list(first), list(first.values())
        looks = zip(
            map(api().font, found), map(api().mode, found), self._letters.sizes(places),
            *self._letters.matrices(places)[:4], strict=True,
        )  # fmt: skip
        styles: list[Style] = []
        # Most look like the one before, and to compare them takes less than to find each.
        for look, alike in groupby(looks):
            style = self._looks.get(look)
            if style is None:
                style = self._looks[look] = self._style(places[len(styles)], *look)
            styles += [style for _ in alike]
        self.of = dict(zip(found, styles, strict=True))

    def _style(
        self, at: int, font: int | None, mode: int, size: float,
        a: float, b: float, c: float, d: float,
    ) -> Style:  # fmt: skip
        size *= math.hypot(c, d)
        quarters = math.atan2(b, a) / (math.pi / 2)
        turn: int | None = None
        # What is a little askew is the page of a scan.
        if abs(quarters - round(quarters)) < 0.1:
            turn = (round(quarters) - self._shape.turns) % 4
        if not 1.5 <= size <= 1000:
            _, top, _, bottom = (side[0] for side in self._letters.sides([at]))
            high = abs(top - bottom)
            size = min(1000.0, max(1.5, high)) if math.isfinite(high) else 10.0
        return self._fonts.style(self._fonts.font(font), mode, size, turn)
