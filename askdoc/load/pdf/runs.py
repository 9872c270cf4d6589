"""Runs: stretches of letters on a page without a space between them, of one text object each.

The letters of an object stand together. So where the first and the last letter of a stretch are of
one object all are, and no other letter is asked for; where they are not, each is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import compress, repeat
from itertools import count as counted
from typing import NamedTuple

from askdoc.load.pdf.accents import ACCENTS, stretches
from askdoc.load.pdf.codes import LINE_END, SPACES
from askdoc.load.pdf.device import Shape
from askdoc.load.pdf.letters import Letters
from askdoc.load.pdf.styles import Fonts, Spelling, Style, Styles

_LEAST_STEP, _MOST_STEP, _LEVEL = -0.02, 0.1, 0.01  # of the size: from a letter to the next
_SPACES = "".join(map(chr, sorted(SPACES - {0x20})))
_PERHAPS_SIGNS = re.compile(f"[{re.escape(''.join(chr(code) for code in SPACES if code < 0x20))}]")
_LINE_END = chr(LINE_END)
_LIGATED = ("f", "T")  # what follows these letters may be one with them
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

    @property
    def objects(self) -> Collection[int | None]:
        """The addresses of the text objects that the runs are of."""
        return self._styles.of.keys()

    def runs(self, count: int) -> list[Run]:
        """The runs among the first letters, in the order of the file."""
        text = self._letters.text(count)
        starts, ends = self._stretches(text)
        owners = self._letters.objects(starts)
        whole = [a == b for a, b in zip(owners, self._letters.objects(ends), strict=True)]
        if _MAY_TURN.search(text):
            whole = [start == end for start, end in zip(starts, ends, strict=True)]
        apart, close = self._apart(starts, ends, owners, whole)
        styles, fonts, letters = self._styles.of, self._fonts, self._letters
        found: list[Run] = []
        place = 0
        for start, end, owner, one in zip(starts, ends, owners, whole, strict=True):
            before = text[start - 1] if start > 0 else ""
            broken = before == _LINE_END
            glued = before == " " and text[start - 3 : start - 2] in _LIGATED and self._is_in(start)
            codes = text[start : end + 1]
            if not one:
                until = place + len(codes)
                of, near = apart[place:until], close[place:until]
                found += self._parted(codes, start, of, near, glued, broken)
                place = until
                continue
            style = styles[owner]
            spelling = style.font.spellings.get(codes)
            if spelling is None:
                spelling = fonts.spelling(style.font, letters, codes, start)
            found.append(Run(spelling, start, end, style, glued, broken))
        if any(not ACCENTS.isdisjoint(font.letters) for font in self._styles.fonts()):
            found = list(self._without_accents(found))
        return found

    def _is_in(self, start: int) -> bool:
        """Whether the space before a letter is inside of a ligature, so that it parts nothing."""
        left, _, right, _ = self._letters.sides((start - 3, start - 2, start - 1))
        is_one = (left[0], right[0]) == (left[1], right[1])
        return is_one and left[1] < left[2] < right[1]

    def _without_accents(self, runs: Iterable[Run]) -> Iterator[Run]:
        """The runs, with each accent that is a sign of its own as one of its own."""
        for run in runs:
            if ACCENTS.isdisjoint(run.spelling.letters):
                yield run
                continue
            codes, font = run.spelling.codes, run.style.font
            for start, end in stretches(run.spelling.letters):
                first = run.first + start
                spelling = self._fonts.spelling(font, self._letters, codes[start:end], first)
                glued, broken = run.glued or start > 0, run.broken and not start
                yield Run(spelling, first, run.first + end - 1, run.style, glued, broken)

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

    def _apart(
        self, starts: list[int], ends: list[int], owners: list[int | None], whole: list[bool]
    ) -> tuple[list[int | None], list[bool]]:
        """The objects of the letters of stretches that are not of one, one after the other.

        And whether each letter stands right behind the one before, and looks like it. What all
        objects look like is found as well.
        """
        ats, objects = starts, owners
        inside: list[int] = []
        is_inside: list[bool] = []
        if not all(whole):
            ats = []
            for start, end, one in zip(starts, ends, whole, strict=True):
                if one:
                    ats.append(start)
                    is_inside.append(False)
                else:
                    ats += range(start, end + 1)
                    inside += range(start, end + 1)
                    is_inside += repeat(True, end + 1 - start)
            objects = self._letters.objects(ats)
        self._styles.look_at(objects, ats)
        found = list(compress(objects, is_inside))
        styles = list(map(self._styles.of.__getitem__, found))
        if None in found:
            # What is of no object looks like what it stands behind.
            firsts = set(starts)
            for place, (at, owner) in enumerate(zip(inside, found, strict=True)):
                if owner is None and at not in firsts:
                    styles[place] = styles[place - 1]
        return found, self._close(inside, styles)

    def _close(self, ats: list[int], styles: list[Style]) -> list[bool]:
        """Whether each letter stands right behind the one before it, and looks like it."""
        if self._shape.turns:
            return [False] * len(ats)
        lefts, _, rights, lows = self._letters.sides(ats)
        return [False] * bool(ats) + [
            style is before and style.turn == 0
            and _LEAST_STEP * style.size < left - end < _MOST_STEP * style.size
            and -_LEVEL * style.size < low - level < _LEVEL * style.size
            for style, before, left, end, low, level in zip(
                styles[1:], styles, lefts[1:], rights, lows[1:], lows, strict=False
            )
        ]  # fmt: skip

    def _parted(
        self, codes: str, start: int, owners: list[int | None], close: list[bool],
        glued: bool, broken: bool,
    ) -> list[Run]:  # fmt: skip
        """The runs of a stretch that is written in several objects.

        Some programs write a page letter by letter. What stands right behind the letter before and
        looks like it goes on with it, though in an object of its own.
        """
        fonts, styles, letters = self._fonts, self._styles.of, self._letters
        current = owners[0]
        style = styles[current]
        known = style.font.spellings.get(codes)
        if known is not None and known.letters == codes and all(close[1:]) and _is_plain(codes):
            return [Run(known, start, start + len(codes) - 1, style, glued, broken)]
        found: list[Run] = []
        first, letter = start, ""
        for at, sign, owner, near in zip(counted(start), codes, owners, close):
            if owner != current and owner is not None:
                # Marks of notes, and what parts them, are looked at one by one.
                if not near or not (
                    letter.isalpha() if sign.isalpha() else sign.isdigit() and letter.isdigit()
                ):
                    spelling = fonts.spelling(
                        style.font, letters, codes[first - start : at - start], first
                    )
                    found.append(Run(spelling, first, at - 1, style, glued, broken))
                    first, glued, broken = at, True, False
                    style = styles[owner]
                current = owner
            letter = style.font.letters.get(sign) or fonts.letter(style.font, letters, sign, at)
        spelling = fonts.spelling(style.font, letters, codes[first - start :], first)
        found.append(Run(spelling, first, start + len(codes) - 1, style, glued, broken))
        return found


def _is_plain(codes: str) -> bool:
    """Whether there are letters only, or digits only."""
    return codes.isalpha() or codes.isdigit()
