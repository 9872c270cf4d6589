"""A page of a PDF as it looks."""

from __future__ import annotations

import ctypes
import math
from typing import Any, NamedTuple

from askdoc.load.pdf.device import api
from askdoc.load.pdf.filled import Form
from askdoc.load.pdf.reading import opened

MOST_PIXELS = 4_000_000
"""More are in no picture of a page, however large that says it is."""
MOST_WIDE = 2_400
"""Pixels: no picture is wider, or higher than three times this."""
_LEAST = 16
_WHITE = 0xFFFFFFFF


class Picture(NamedTuple):
    """Red, green and blue of each pixel, a byte each, from the top left on, row by row."""

    width: int
    height: int
    pixels: bytes


def picture_of(data: bytes, page: int, width: int) -> Picture | None:
    """A page as it looks, None where the PDF has none of this number that can be drawn.

    Args:
        data: the PDF.
        page: which one, from 1.
        width: in pixels, as wished; what is larger than a picture may be is made smaller.

    Raises:
        LoadError: it is no PDF that can be opened.
    """
    raw = api().raw
    with opened(data, "") as document:
        form = Form(document)
        try:
            handle = raw.FPDF_LoadPage(document, page - 1)
            if not handle:
                return None
            try:
                return _drawn(handle, form, width)
            finally:
                raw.FPDF_ClosePage(handle)
        finally:
            form.close()


def size_for(width: float, height: float, wished: int) -> tuple[int, int] | None:
    """How many pixels wide and high the picture of a page is, which is so many points wide."""
    if not (0 < width < math.inf and 0 < height < math.inf):
        return None
    scale = min(
        min(wished, MOST_WIDE) / width, 3 * MOST_WIDE / height,
        math.sqrt(MOST_PIXELS / width / height),
    )  # fmt: skip
    return max(_LEAST, int(scale * width)), max(_LEAST, int(scale * height))


def _drawn(page: Any, form: Form, wished: int) -> Picture | None:
    raw = api().raw
    size = size_for(raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page), wished)
    if size is None:
        return None
    wide, high = size
    bitmap = raw.FPDFBitmap_CreateEx(wide, high, raw.FPDFBitmap_BGRx, None, 0)
    if not bitmap:
        raise MemoryError
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, _WHITE)
        where = (0, 0, wide, high, 0, raw.FPDF_ANNOT | raw.FPDF_REVERSE_BYTE_ORDER)
        raw.FPDF_RenderPageBitmap(bitmap, page, *where)
        form.draw(bitmap, page, *where)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        drawn = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * high)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    return Picture(wide, high, _without_fourth(drawn, wide, high, stride))


def _without_fourth(drawn: bytes, wide: int, high: int, stride: int) -> bytes:
    """Pixels of four bytes, in rows of so many bytes, as three bytes each."""
    import numpy as np

    rows = np.frombuffer(drawn, np.uint8).reshape(high, stride)[:, : 4 * wide]
    return rows.reshape(high, wide, 4)[:, :, :3].tobytes()
