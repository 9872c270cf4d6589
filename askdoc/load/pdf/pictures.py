"""Whether a page is a picture of text: a scan, mostly, perhaps with a stamp on it."""

from __future__ import annotations

import ctypes
import math
from typing import Any

from askdoc.load.pdf.device import Shape, api

_MOST_OBJECTS = 5_000
_DEEPEST = 3
_MOST_STAMPED = 160  # letters: what is stamped on a scan, or printed on it by who files it
LARGE = 18.0
"""Points: no letter of a stamp is as large, but those of slides are."""
_MOST_LARGE = 20
_WHOLE, _SOME = 0.6, 0.05  # of the page
_MANY_STROKES = 1_000  # of drawn letters; a page of nothing else


def is_picture(page: Any, shape: Shape, letters: int, large: int) -> bool:
    """Whether what is to be read on a page is no text.

    Args:
        page: is open.
        shape: of the page.
        letters: how many there are of them as text.
        large: how many of these are larger than text is.
    """
    if letters > _MOST_STAMPED or large > _MOST_LARGE:
        return False
    wide, high = shape.turned_size(0)
    if wide <= 0 or high <= 0:
        return False
    pictures, strokes = _drawn(page, shape)
    share = pictures / (wide * high)
    if letters:
        return share >= _WHOLE
    return share >= _SOME or strokes >= _MANY_STROKES


def _drawn(page: Any, shape: Shape) -> tuple[float, int]:
    """How much of a page pictures take, in square points, and how many strokes are drawn on it."""
    raw = api().raw
    area, strokes = 0.0, 0
    for at in range(min(_MOST_OBJECTS, raw.FPDFPage_CountObjects(page))):
        thing = raw.FPDFPage_GetObject(page, at)
        if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_PATH:
            strokes += max(0, raw.FPDFPath_CountSegments(thing))
        elif _has_picture(thing):
            area += _area(thing, shape)
    return area, strokes


def _has_picture(thing: Any, depth: int = 0) -> bool:
    raw = api().raw
    kind = raw.FPDFPageObj_GetType(thing)
    if kind != raw.FPDF_PAGEOBJ_FORM or depth > _DEEPEST:
        return bool(kind == raw.FPDF_PAGEOBJ_IMAGE)
    count = min(_MOST_OBJECTS, raw.FPDFFormObj_CountObjects(thing))
    return any(_has_picture(raw.FPDFFormObj_GetObject(thing, at), depth + 1) for at in range(count))


def _area(thing: Any, shape: Shape) -> float:
    """What an object takes of the page."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not api().raw.FPDFPageObj_GetBounds(thing, *sides):
        return 0.0
    left, bottom, right, top = (side.value for side in sides)
    if not all(map(math.isfinite, (left, bottom, right, top))):
        return 0.0
    wide = min(right, shape.right) - max(left, shape.left)
    high = min(top, shape.top) - max(bottom, shape.bottom)
    return max(0.0, wide) * max(0.0, high)
