"""PDFium as it is called from here, and a page's coordinates as a reader sees them."""

from __future__ import annotations

import ctypes
from array import array
from typing import Any


class _Api:
    """PDFium, and those of its functions that are called for every word.

    What says nothing of its arguments is called in half the time. So most of these take a pointer
    as `ctypes.c_void_p` or `ctypes.byref` only, as an int is passed on as a C int; those that are
    given another object each time take its address, as to make a pointer of it takes longer.
    """

    def __init__(self) -> None:
        import pypdfium2.raw as raw

        self.raw = raw
        number, address = ctypes.c_int, ctypes.c_void_p
        self.letter = self._quick(raw.FPDFText_GetUnicode, ctypes.c_uint)
        self.object = self._quick(raw.FPDFText_GetTextObject, address)
        self.untold = self._quick(raw.FPDFText_HasUnicodeMapError, number)
        self.origin = self._quick(raw.FPDFText_GetCharOrigin, number)
        self.size = self._quick(raw.FPDFText_GetFontSize, ctypes.c_double)
        self.matrix = self._quick(raw.FPDFText_GetMatrix, number)
        self.font = self._quick(raw.FPDFTextObj_GetFont, address, address)
        self.mode = self._quick(raw.FPDFTextObj_GetTextRenderMode, number, address)
        self.box = self._quick(raw.FPDFText_GetLooseCharBox, number)
        self.part = self._quick(raw.FPDFPage_GetObject, address)
        self.kind = self._quick(raw.FPDFPageObj_GetType, number, address)
        self.bounds = self._quick(raw.FPDFPageObj_GetBounds, number, address)
        self.segments = self._quick(raw.FPDFPath_CountSegments, number, address)
        self.segment = self._quick(raw.FPDFPath_GetPathSegment, address, address)
        self.step = self._quick(raw.FPDFPathSegment_GetType, number, address)
        self.end = self._quick(raw.FPDFPathSegment_GetPoint, number, address)
        self.closes = self._quick(raw.FPDFPathSegment_GetClose, number, address)
        self.rects, self.matrices = Room("f", 4), Room("f", 6)
        self.xs, self.ys = Room("d", 1), Room("d", 1)
        self.corners = tuple(Room("f", 1) for _ in range(4))

    @staticmethod
    def _quick(function: Any, result: Any, *arguments: Any) -> Any:
        place = ctypes.cast(function, ctypes.c_void_p).value
        return ctypes.PYFUNCTYPE(result, *arguments)(place or 0)


class Room:
    """Where PDFium writes values, several things after the other, so that they are read at once.

    Attributes:
        values: all of them.
        width: how many values a thing has.
        things: a pointer to the place of each thing.
    """

    SIZE = 2_048
    """So many things have room."""

    def __init__(self, code: str, width: int) -> None:
        self.width = width
        self.values = array(code, [0.0]) * (self.SIZE * width)
        held = (ctypes.c_char * (len(self.values) * self.values.itemsize)).from_buffer(self.values)
        step = width * self.values.itemsize
        self.things = [ctypes.byref(held, at * step) for at in range(self.SIZE)]

    def columns(self, count: int) -> list[list[float]]:
        """The first values of so many things, their second ones, and so on."""
        end = count * self.width
        return [self.values[at : end : self.width].tolist() for at in range(self.width)]


_shared: list[_Api] = []


def api() -> _Api:
    """PDFium, loaded once."""
    if not _shared:
        _shared.append(_Api())
    return _shared[0]


class Shape:
    """From a page's own coordinates to those of the page as a reader sees it."""

    def __init__(self, page: Any) -> None:
        raw = api().raw
        rect = raw.FS_RECTF()
        self.left, self.bottom, self.right, self.top = 0.0, 0.0, 612.0, 792.0
        if raw.FPDF_GetPageBoundingBox(page, rect):
            self.left, self.bottom, self.right, self.top = (
                rect.left, rect.bottom, rect.right, rect.top,
            )  # fmt: skip
        self.turns = raw.FPDFPage_GetRotation(page) % 4

    def turned_size(self, turn: int) -> tuple[float, float]:
        wide, high = self.right - self.left, self.top - self.bottom
        return (high, wide) if (self.turns + turn) % 2 else (wide, high)

    def place(self, x: float, y: float, turn: int) -> tuple[float, float]:
        turns = (self.turns + turn) % 4
        if turns == 0:
            return x - self.left, self.top - y
        if turns == 1:
            return y - self.bottom, x - self.left
        if turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(
        self, x0: float, y0: float, x1: float, y1: float, turn: int
    ) -> tuple[float, float, float, float]:
        (ax, ay), (bx, by) = self.place(x0, y0, turn), self.place(x1, y1, turn)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
