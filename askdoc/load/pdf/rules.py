"""The ruled lines on a page, the edges of its boxes, and dots that are drawn for bullets."""

from __future__ import annotations

import ctypes
import math
from itertools import compress, repeat
from typing import Any, NamedTuple

from askdoc.load.pdf.device import Shape, api

_MOST_OBJECTS = 20_000
_MOST_RULES = 2_000
_MOST_SEGMENTS = 400
_MOST_DOTS = 100
_PATH = 2  # FPDF_PAGEOBJ_PATH
_THIN = 2.5


class Rule(NamedTuple):
    """A ruled line or the edge of a box: level where x1 - x0 is the greater extent."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def level(self) -> bool:
        return self.x1 - self.x0 >= self.y1 - self.y0


def rules_on(page: Any, shape: Shape, turn: int) -> tuple[list[Rule], list[Rule], bool]:
    """The ruled lines and edges of boxes on a page, its dots, and whether there are pictures."""
    raw, handle = api().raw, ctypes.cast(page, ctypes.c_void_p)
    found: list[Rule] = []
    dots: list[Rule] = []
    count = max(0, min(_MOST_OBJECTS, raw.FPDFPage_CountObjects(page)))
    things = list(map(api().part, repeat(handle, count), range(count)))
    kinds = list(map(api().kind, things))
    pictures = raw.FPDF_PAGEOBJ_IMAGE in kinds or raw.FPDF_PAGEOBJ_FORM in kinds
    for thing in compress(things, map(_PATH.__eq__, kinds)):
        if len(found) >= _MOST_RULES:
            break
        drawn = _rules_of_path(ctypes.cast(thing, raw.FPDF_PAGEOBJECT), shape, turn)
        if len(drawn) == 1 and _is_dot(drawn[0]):
            dots += drawn
        else:
            found += drawn
    return found, dots[:_MOST_DOTS], pictures


def _is_dot(rule: Rule) -> bool:
    wide, high = rule.x1 - rule.x0, rule.y1 - rule.y0
    return 1.5 < wide < 7 and abs(wide - high) < 1


def _rules_of_path(path: Any, shape: Shape, turn: int) -> list[Rule]:
    raw = api().raw
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(path, *sides):
        return []
    values = [side.value for side in sides]
    if not all(map(math.isfinite, values)):
        return []
    left, bottom, right, top = values
    x0, y0, x1, y1 = shape.box(left, bottom, right, top, turn)
    if _is_dot(Rule(x0, y0, x1, y1)):
        return [Rule(x0, y0, x1, y1)]
    if min(x1 - x0, y1 - y0) <= _THIN:
        return [Rule(x0, y0, x1, y1)] if max(x1 - x0, y1 - y0) > 2 * _THIN else []
    if raw.FPDFPath_CountSegments(path) > _MOST_SEGMENTS:
        return []
    # The edges of a box that is painted or drawn; curves are drawings.
    return _edges(path, shape, turn)


def _edges(path: Any, shape: Shape, turn: int) -> list[Rule]:
    raw = api().raw
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(path, matrix):
        return []
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    found: list[Rule] = []
    start: tuple[float, float] | None = None
    for at in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO or not raw.FPDFPathSegment_GetPoint(segment, x, y):
            return []
        point = shape.place(
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
            turn,
        )
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start, points = point, [point]
            continue
        points.append(point)
        found += _edge(points[-2], point) if len(points) > 1 else []
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            found += _edge(point, start)
    return found


def _edge(a: tuple[float, float], b: tuple[float, float]) -> list[Rule]:
    x0, x1 = sorted((a[0], b[0]))
    y0, y1 = sorted((a[1], b[1]))
    if min(x1 - x0, y1 - y0) > _THIN or max(x1 - x0, y1 - y0) <= 2 * _THIN:
        return []
    return [Rule(x0, y0, x1, y1)]
