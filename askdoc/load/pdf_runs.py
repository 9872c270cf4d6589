"""Runs: stretches of letters on a page without a space between them, of one text object each.

The letters of an object stand together. So where the first and the last letter of a stretch are of
one object all are, and no other letter is asked for; where they are not, each is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from askdoc.load.pdf_codes import LINE_END, SPACES
from askdoc.load.pdf_device import Shape
from askdoc.load.pdf_letters import LAST, Letters
from askdoc.load.pdf_styles import Fonts, Spelling, Style, Styles

_LEAST_STEP, _MOST_STEP, _LEVEL = -0.02, 0.1, 0.01  # of the size: from a letter to the next
_SPACES = "".join(map(chr, sorted(SPACES - {0x20})))
_PERHAPS_SIGNS = re.compile(f"[{re.escape(''.join(chr(code) for code in SPACES if code < 0x20))}]")
_LINE_END = chr(LINE_END)
# PDFium turns lines around in which something runs to the left, and may part an object's letters.
_MAY_TURN = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ud800-\udfff\ufb1d-\ufdff\ufe70-\ufeff\U00010000-\U0010ffff]"
)


class Run(NamedTuple):
    """Letters of a page, from `first` to `last`, that look alike."""

    spelling: Spelling
    first: int
    last: int
    style: Style
    glued: bool  # nothing stood between it and the run before
    broken: bool  # PDFium ended a line before it


class RunReader:
    """Finds the runs of one page, and with them what its fonts' codes stand for."""

    def __init__(self, fonts: Fonts, shape: Shape, letters: Letters) -> None:
        self._fonts, self._shape, self._letters = fonts, shape, letters
        self._styles = Styles(fonts, shape, letters)
        self._edges: dict[int, tuple[float, float, float]] = {}  # left, right, bottom

    def runs(self, count: int) -> list[Run]:
        """The runs among the first letters, in the order of the file."""
        text = self._letters.text(count)
        starts, ends = self._stretches(text)
        first, last = self._letters.objects(starts), self._letters.objects(ends)
        if _MAY_TURN.search(text):
            apart = [at for at, start in enumerate(starts) if ends[at] > start]
        else:
            apart = [at for at, (a, b) in enumerate(zip(first, last, strict=True)) if a != b]
        owners = self._owners_apart([range(starts[at], ends[at] + 1) for at in apart])
        self._styles.look_at(first, starts, owners)
        styles, fonts, letters = self._styles.of, self._fonts, self._letters
        found: list[Run] = []
        for start, end, owner in zip(starts, ends, first, strict=True):
            broken = start > 0 and text[start - 1] == _LINE_END
            if start in owners:
                found += self._parted(text, start, owners[start], broken)
                continue
            style, codes = styles[owner], text[start : end + 1]
            spelling = style.font.spellings.get(codes)
            if spelling is None:
                spelling = fonts.spelling(style.font, letters, codes, start)
            found.append(Run(spelling, start, end, style, False, broken))
        return found

    def _stretches(self, text: str) -> tuple[list[int], list[int]]:
        """The first and the last letters of what stands between spaces."""
        for match in _PERHAPS_SIGNS.finditer(text):
            at = match.start()
            if self._letters.is_sign(at, ord(match[0])):
                text = f"{text[:at]}\ufffd{text[at + 1 :]}"
        for space in _SPACES:
            text = text.replace(space, " ")
        starts, ends = [], []
        at = 0
        for stretch in text.split(" "):
            end = at + len(stretch)
            if stretch:
                starts.append(at)
                ends.append(end - 1)
            at = end + 1
        return starts, ends

    def _owners_apart(self, stretches: Sequence[range]) -> dict[int, list[int | None]]:
        """The object of each letter of some stretches, by the stretch's first letter.

        Where those stand at which an object ends is found as well.
        """
        owners = self._letters.objects([at for stretch in stretches for at in stretch])
        found: dict[int, list[int | None]] = {}
        edges: list[int] = []
        begin = 0
        for stretch in stretches:
            mine = found[stretch.start] = owners[begin : begin + len(stretch)]
            begin += len(stretch)
            for at, (before, owner) in zip(stretch[1:], pairwise(mine), strict=True):
                if owner != before:
                    edges += (at - 1, at)
        edges = list(dict.fromkeys(edges))
        left, _, right, bottom = self._letters.sides(edges)
        self._edges = dict(zip(edges, zip(left, right, bottom, strict=True), strict=True))
        return found

    def _parted(
        self, text: str, start: int, owners: Sequence[int | None], broken: bool
    ) -> list[Run]:
        """The runs of a stretch that is written in several objects."""
        fonts, styles, letters = self._fonts, self._styles.of, self._letters
        found: list[Run] = []
        current, first, glued = owners[0], start, False
        style = styles[current]
        letter = ""
        for at, owner in enumerate(owners, start):
            sign = text[at]
            if owner != current and owner is not None:
                # Marks of notes, and what parts them, are looked at one by one.
                alike = letter.isalpha() if sign.isalpha() else (
                    sign.isdigit() and letter.isdigit()
                )  # fmt: skip
                if not (alike and styles[owner] is style and self._goes_on(at, style)):
                    spelling = fonts.spelling(style.font, letters, text[first:at], first)
                    found.append(Run(spelling, first, at - 1, style, glued, broken))
                    first, glued, broken = at, True, False
                    style = styles[owner]
                current = owner
            known = style.font.letters.get(sign)
            letter = fonts.letter(style.font, letters, sign, at) if known is None else known
        codes = text[first : start + len(owners)]
        spelling = fonts.spelling(style.font, letters, codes, first)
        found.append(Run(spelling, first, start + len(owners) - 1, style, glued, broken))
        return found

    def _goes_on(self, at: int, style: Style) -> bool:
        """Whether a letter stands right behind the one before, though in an object of its own.

        Some programs write a page letter by letter; what they look like is told by a box each.
        """
        if style.turn != 0 or self._shape.turns:
            return False
        _, right, bottom = self._edges[at - 1]
        left, _, level = self._edges[at]
        near = _LEAST_STEP * style.size < left - right < _MOST_STEP * style.size
        return near and abs(level - bottom) < _LEVEL * style.size
