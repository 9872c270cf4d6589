"""The ruled lines on a page, the edges of its boxes, and dots that are drawn for bullets."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Collection, Iterator
from itertools import repeat
from typing import Any, NamedTuple

from askdoc.load.pdf.device import Room, Shape, api

_MOST_OBJECTS = 20_000
_MOST_RULES = 2_000
_MOST_SEGMENTS = 400
_MOST_DOTS = 100
_PATH = 2  # FPDF_PAGEOBJ_PATH
_CURVE, _MOVE = 1, 2  # FPDF_SEGMENT_BEZIERTO, FPDF_SEGMENT_MOVETO
_THIN = 2.5

Box = tuple[float, float, float, float]
Point = tuple[float, float]


class Rule(NamedTuple):
    """A ruled line or the edge of a box: level where x1 - x0 is the greater extent."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def level(self) -> bool:
        return self.x1 - self.x0 >= self.y1 - self.y0


def rules_on(
    page: Any, shape: Shape, turn: int, texts: Collection[int | None]
) -> tuple[list[Rule], list[Rule], bool]:
    """The ruled lines and edges of boxes on a page, its dots, and whether there are pictures.

    `texts` are the addresses of its text objects, as far as they are known, so that nobody needs
    to ask for their kinds.
    """
    raw, handle = api().raw, ctypes.cast(page, ctypes.c_void_p)
    found: list[Rule] = []
    dots: list[Rule] = []
    count = max(0, min(_MOST_OBJECTS, raw.FPDFPage_CountObjects(page)))
    things = map(api().part, repeat(handle, count), range(count))
    others = [thing for thing in things if thing not in texts]
    kinds = list(map(api().kind, others))
    pictures = raw.FPDF_PAGEOBJ_IMAGE in kinds or raw.FPDF_PAGEOBJ_FORM in kinds
    paths = [thing for thing, kind in zip(others, kinds, strict=True) if kind == _PATH]
    for path, bounds in _with_bounds(paths):
        if len(found) >= _MOST_RULES:
            break
        drawn = _rules_of_path(path, bounds, shape, turn)
        if len(drawn) == 1 and _is_dot(drawn[0]):
            dots += drawn
        else:
            found += drawn
    return found, dots[:_MOST_DOTS], pictures


def _is_dot(rule: Rule) -> bool:
    wide, high = rule.x1 - rule.x0, rule.y1 - rule.y0
    return 1.5 < wide < 7 and abs(wide - high) < 1


def _with_bounds(paths: list[int]) -> Iterator[tuple[int, Box]]:
    """The paths that have finite bounds, with their left, bottom, right and top."""
    rooms = api().corners
    for start in range(0, len(paths), Room.SIZE):
        some = paths[start : start + Room.SIZE]
        told = list(map(api().bounds, some, *(room.things for room in rooms)))
        sides = [room.columns(len(some))[0] for room in rooms]
        for path, is_told, *bounds in zip(some, told, *sides, strict=True):
            left, bottom, right, top = bounds
            # Sums of what is finite are finite; NaN is not equal to itself.
            if is_told and math.isfinite(left + bottom + right + top):
                yield path, (left, bottom, right, top)


def _rules_of_path(path: int, bounds: Box, shape: Shape, turn: int) -> list[Rule]:
    rule = Rule(*shape.box(*bounds, turn))
    if _is_dot(rule):
        return [rule]
    wide, high = rule.x1 - rule.x0, rule.y1 - rule.y0
    if min(wide, high) <= _THIN:
        return [rule] if max(wide, high) > 2 * _THIN else []
    count = api().segments(path)
    # The edges of a box that is painted or drawn; curves are drawings.
    return _edges(path, count, shape, turn) if 0 < count <= _MOST_SEGMENTS else []


def _edges(path: int, count: int, shape: Shape, turn: int) -> list[Rule]:
    raw, quick = api().raw, api()
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(ctypes.cast(path, raw.FPDF_PAGEOBJECT), matrix):
        return []
    segments = list(map(quick.segment, repeat(path, count), range(count)))
    kinds = list(map(quick.step, segments))
    if _CURVE in kinds:
        return []
    across, down = quick.corners[:2]
    if not all(map(quick.end, segments, across.things, down.things)):
        return []
    a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
    (xs,), (ys,) = across.columns(count), down.columns(count)
    found: list[Rule] = []
    start: Point | None = None
    last: Point | None = None
    for segment, kind, x, y in zip(segments, kinds, xs, ys, strict=True):
        point = shape.place(a * x + c * y + e, b * x + d * y + f, turn)
        if kind == _MOVE:
            start = last = point
            continue
        if last is not None:
            found += _edge(last, point)
        last = point
        if start is not None and quick.closes(segment):
            found += _edge(point, start)
    return found


def _edge(a: Point, b: Point) -> tuple[Rule, ...]:
    (ax, ay), (bx, by) = a, b
    wide, high = abs(bx - ax), abs(by - ay)
    if (wide > _THIN and high > _THIN) or (wide <= 2 * _THIN and high <= 2 * _THIN):
        return ()
    return (Rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)),)
