"""The letters of one page as PDFium has them, asked for in bulk.

A call from Python costs about as much as a letter is worth. So all codes come in one call, and the
rest by one call for each letter that somebody needs to know of, with nothing between the calls.
"""

from __future__ import annotations

import ctypes
import math
from collections import deque
from collections.abc import Sequence
from itertools import repeat
from typing import Any

from askdoc.load.pdf.bidi import Box
from askdoc.load.pdf.device import Room, Shape, api

LAST = 0x10FFFF
"""The greatest code; whatever is greater is read as this one, which is no letter."""
_TOLD_APART = "\ufffe"  # in a text, for a hyphen at a line's end and for what has no code
_LEAST_SIGN = 1.0  # points: how wide what is drawn is at least


class Letters:
    """The letters of a text page that is open, by their number on it."""

    def __init__(self, text_page: Any) -> None:
        self._text_page = text_page
        self._page = ctypes.cast(text_page, ctypes.c_void_p)

    def count(self) -> int:
        return max(0, int(api().raw.FPDFText_CountChars(self._text_page)))

    def text(self, count: int) -> str:
        """The codes of the first letters, each as a character."""
        raw = api().raw
        units = (ctypes.c_ushort * (count + 1))()
        written = raw.FPDFText_GetText(self._text_page, 0, count, units)
        text = bytes(units)[: 2 * count].decode("utf-16-le", "surrogatepass")
        # Some letters may be left out there, and some be two.
        if written != count + 1 or len(text) != count:
            codes = list(map(api().letter, repeat(self._page, count), range(count)))
            return "".join(map(chr, map(min, codes, repeat(LAST))))
        at = text.find(_TOLD_APART)
        while at >= 0:
            text = f"{text[:at]}{self._sign(at)}{text[at + 1 :]}"
            at = text.find(_TOLD_APART, at + 1)
        return text

    def _sign(self, at: int) -> str:
        return chr(min(api().letter(self._page, at), LAST))

    def is_untold(self, at: int) -> bool:
        """Whether the file does not say which letter stands there, but that there is one."""
        return bool(api().untold(self._page, at) == 1)

    def is_sign(self, at: int, code: int) -> bool:
        """Whether something is drawn there, whose code is that of a line's end, or none at all."""
        if code or not api().object(self._page, at):
            return self.is_untold(at)
        left, _, right, _ = (side[0] for side in self.sides([at]))
        return abs(right - left) > _LEAST_SIGN

    def objects(self, ats: Sequence[int]) -> list[int | None]:
        """The address of the text object that each letter is part of."""
        return list(map(api().object, repeat(self._page, len(ats)), ats))

    def sizes(self, ats: Sequence[int]) -> list[float]:
        """The size of the font of each letter, before anything is scaled."""
        return list(map(api().size, repeat(self._page, len(ats)), ats))

    def sides(self, ats: Sequence[int]) -> list[list[float]]:
        """The left, top, right and bottom of each letter's box, on the page as it is written."""
        return self._bulk(api().box, ats, api().rects)

    def matrices(self, ats: Sequence[int]) -> list[list[float]]:
        """The six values of the matrix of each letter, one list for each value."""
        return self._bulk(api().matrix, ats, api().matrices)

    def origins(self, ats: Sequence[int]) -> list[list[float]]:
        """The x and y of where each letter begins on its line, on the page as it is written."""
        return self._bulk(api().origin, ats, api().xs, api().ys)

    def boxes(self, ats: Sequence[int], shape: Shape, turn: int) -> list[Box | None]:
        """The box of each letter on the page as it is seen, None where it has none."""
        found: list[Box | None] = []
        for left, top, right, bottom in zip(*self.sides(ats), strict=True):
            box = shape.box(left, bottom, right, top, turn)
            # Sums of what is finite are finite; NaN is not equal to itself.
            found.append(box if math.isfinite(sum(box)) else None)
        return found

    def _bulk(self, ask: Any, ats: Sequence[int], *rooms: Room) -> list[list[float]]:
        found: list[list[float]] = [[] for room in rooms for _ in range(room.width)]
        for start in range(0, len(ats), Room.SIZE):
            some = ats[start : start + Room.SIZE]
            deque(map(ask, repeat(self._page), some, *(room.things for room in rooms)), maxlen=0)
            columns = (column for room in rooms for column in room.columns(len(some)))
            for values, more in zip(found, columns, strict=True):
                values += more
        return found
