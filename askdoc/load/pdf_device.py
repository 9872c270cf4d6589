"""PDFium as it is called from here, and a page's coordinates as a reader sees them."""

from __future__ import annotations

import ctypes
from typing import Any


class _Api:
    """PDFium's functions with plain addresses in place of typed pointers, which are slower."""

    def __init__(self) -> None:
        import pypdfium2.raw as raw

        self.raw = raw
        address, number = ctypes.c_void_p, ctypes.c_int
        self.letter = self._plain(raw.FPDFText_GetUnicode, ctypes.c_uint, address, number)
        self.object = self._plain(raw.FPDFText_GetTextObject, address, address, number)
        self.untold = self._plain(raw.FPDFText_HasUnicodeMapError, ctypes.c_int, address, number)
        self.origin = self._plain(
            raw.FPDFText_GetCharOrigin, number, address, number, address, address
        )
        self.size = self._plain(raw.FPDFText_GetFontSize, ctypes.c_double, address, number)
        self.matrix = self._plain(raw.FPDFText_GetMatrix, number, address, number, address)
        self.font = self._plain(raw.FPDFTextObj_GetFont, address, address)
        self.mode = self._plain(raw.FPDFTextObj_GetTextRenderMode, number, address)
        self.box = self._plain(raw.FPDFText_GetLooseCharBox, number, address, number, address)

    @staticmethod
    def _plain(function: Any, result: Any, *arguments: Any) -> Any:
        place = ctypes.cast(function, ctypes.c_void_p).value
        return ctypes.CFUNCTYPE(result, *arguments)(place or 0)


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
