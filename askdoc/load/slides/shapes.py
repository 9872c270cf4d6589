"""The shapes of a slide in the order in which they are read: from the top, and from the left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from askdoc.load.common.numbering import whole_number
from askdoc.load.common.xml import children, descendant

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TITLES = ("title", "ctrTitle")
# What stands on every slide.
_FURNITURE = ("dt", "ftr", "hdr", "sldNum", "sldImg")
_SHAPES = ("p:sp", "p:graphicFrame", "p:grpSp")
_LISTED = ("", "obj", "body")

# Shapes whose tops are as near as this, in English metric units, stand beside each other (8 mm).
_BESIDE = 288_000


T = TypeVar("T")


class Placed(NamedTuple):
    """Where a shape stands, in English metric units."""

    top: int
    left: int


class Shape(NamedTuple):
    """A shape that may have text; `role` is that of its placeholder, None if it is in none."""

    element: Element
    role: str | None

    @property
    def is_title(self) -> bool:
        return self.role in TITLES

    @property
    def has_bullets(self) -> bool:
        """Whether its paragraphs are items if they say nothing else."""
        return self.role in _LISTED


def shapes_of(tree: Element | None, places: dict[str, Placed]) -> list[Shape]:
    """The shapes below a slide's tree, those of groups in the place of the group.

    Args:
        tree: the shapes as they lie above each other.
        places: where the layout has its placeholders, for shapes that say nothing of it.
    """
    found: list[tuple[Placed, Element]] = []
    at = Placed(0, 0)
    for element in _shown(tree):
        at = _own_place(element) or places.get(_name(element)) or at
        found.append((at, element))
    shapes: list[Shape] = []
    for element in by_rows(found):
        if element.tag == "p:grpSp":
            shapes += shapes_of(element, {})
        elif (role := _role(element)) not in _FURNITURE:
            shapes.append(Shape(element, role))
    # Sorting keeps the order of all others.
    return sorted(shapes, key=lambda shape: not shape.is_title)


def placeholders(tree: Element | None) -> dict[str, Placed]:
    """Where a layout has its placeholders."""
    found: dict[str, Placed] = {}
    for element in _shown(tree):
        place = _own_place(element)
        if place is not None:
            found[_name(element)] = place
    return found


def _shown(tree: Element | None) -> Iterator[Element]:
    for child in tree if tree is not None else ():
        if child.tag == "mc:AlternateContent":
            # The same for new and for old programs.
            choices = [one for one in child if one.tag in ("mc:Choice", "mc:Fallback")]
            yield from next(
                (kept for one in choices if (kept := [e for e in one if e.tag in _SHAPES])), []
            )
        elif child.tag in _SHAPES and not _is_hidden(child):
            yield child


def _properties(element: Element) -> Element | None:
    return next((one for one in element if one.tag.startswith("p:nv")), None)


def _is_hidden(element: Element) -> bool:
    named = descendant(_properties(element), "p:cNvPr")
    return named is not None and named.get("hidden") in ("1", "true")


def _placeholder(element: Element) -> Element | None:
    return descendant(_properties(element), "p:nvPr/p:ph")


def _role(element: Element) -> str | None:
    placeholder = _placeholder(element)
    return None if placeholder is None else placeholder.get("type", "")


def _name(element: Element) -> str:
    """What a layout and its slides call the same placeholder."""
    placeholder = _placeholder(element)
    if placeholder is None:
        return ""
    kind = placeholder.get("type", "")
    return "title" if kind in TITLES else f"{placeholder.get('idx', kind)}"


def _own_place(element: Element) -> Placed | None:
    for path in ("p:spPr/a:xfrm/a:off", "p:grpSpPr/a:xfrm/a:off", "p:xfrm/a:off"):
        offset = descendant(element, path)
        if offset is not None:
            return Placed(whole_number(offset.get("y"), 0), whole_number(offset.get("x"), 0))
    return None


def by_rows(found: list[tuple[Placed, T]]) -> Iterator[T]:
    """From the top, those that stand beside each other from the left."""
    waiting = sorted(found, key=lambda one: one[0].top)
    row: list[tuple[Placed, T]] = []
    for one in waiting:
        if row and one[0].top - row[0][0].top > _BESIDE:
            yield from _from_left(row)
            row = []
        row.append(one)
    yield from _from_left(row)


def _from_left(row: list[tuple[Placed, T]]) -> Iterator[T]:
    return (element for _, element in sorted(row, key=lambda one: one[0].left))


def bodies(shape: Shape) -> list[Element]:
    """The texts of a shape that is no table."""
    return children(shape.element, "p:txBody")
