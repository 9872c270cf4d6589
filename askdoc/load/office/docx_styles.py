"""What a Word document's styles and lists mean: heading levels, hidden text, numbers.

A style may be called "berschrift1" or "Kop1" and be based on another: what counts is the outline
level that it or an ancestor sets, and the name, which Word keeps in English for its own styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from askdoc.load.common.numbering import Counters, Level, whole_number
from askdoc.load.common.raised import Rise, rise_in_xml
from askdoc.load.common.xml import children, descendant

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

BODY_LEVEL = 9
"""The outline level that Word gives running text."""

_HEADING_NAME = re.compile(r"heading ?([1-9])")
_CONTENTS_NAME = re.compile(r"toc(?: ?[1-9]| heading)|table of (?:figures|authorities)|index [1-9]")
_LEVELS = 9
_LONGEST_PATTERN = 100
_MOST_ANCESTORS = 32


def is_on(element: Element | None) -> bool:
    """Whether a property that is either on or off is there and on."""
    return element is not None and is_true(element.get("w:val"))


def is_true(value: str | None) -> bool:
    return value is None or value.lower() not in ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it has from the styles that it is based on."""

    level: int = 0
    """Of a heading, from 1; 0 is running text."""
    is_hidden: bool = False
    is_contents: bool = False
    """Whether it sets a line of the table of contents."""
    is_bold: bool = False
    number: str | None = None
    """The id of the list that its paragraphs are items of."""
    depth: int = 0
    """Their level in that list, from 0."""
    rise: Rise = Rise.NONE
    """Whether its text is raised or lowered."""
    has_first_row: bool = False
    """Whether it is a table style that sets the first row apart."""


class Styles:
    """The styles of a document by id.

    Args:
        root: the `w:styles` element, None where the document has no styles.
    """

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self._default = ""
        for element in children(root, "w:style"):
            name = element.get("w:styleId", "")
            self._elements[name] = element
            if element.get("w:type") == "paragraph" and element.get("w:default") in ("1", "true"):
                self._default = name

    def get(self, name: str | None) -> Style:
        """The style of this id; None is the default one of paragraphs."""
        name = self._default if name is None else name
        if name not in self._known:
            self._known[name] = self._resolved(name)
        return self._known[name]

    def _resolved(self, name: str) -> Style:
        chain = list(self._chain(name))
        if not chain:
            named = _HEADING_NAME.fullmatch(name.lower())
            return Style(level=int(named[1]) if named else 0)
        number = _first(chain, "w:pPr/w:numPr/w:numId")
        depth = _first(chain, "w:pPr/w:numPr/w:ilvl")
        rise = _first(chain, "w:rPr/w:vertAlign")
        # The chain's outline level is looked at before a name is.
        return Style(
            level=_heading_level(chain),
            is_hidden=_switch(chain, "w:rPr/w:vanish"),
            is_contents=any(_CONTENTS_NAME.fullmatch(_name(style)) for style in chain),
            is_bold=_switch(chain, "w:rPr/w:b"),
            number=number.get("w:val") if number is not None else None,
            depth=whole_number(depth.get("w:val"), 0) if depth is not None else 0,
            rise=rise_in_xml(rise.get("w:val") if rise is not None else None),
            has_first_row=any(
                part.get("w:type") == "firstRow"
                for style in chain
                for part in children(style, "w:tblStylePr")
            ),
        )

    def _chain(self, name: str) -> Iterator[Element]:
        """The style and those that it is based on; styles based on each other end somewhere."""
        for _ in range(_MOST_ANCESTORS):
            element = self._elements.get(name)
            if element is None:
                return
            yield element
            based_on = descendant(element, "w:basedOn")
            name = based_on.get("w:val", "") if based_on is not None else ""


def _name(style: Element) -> str:
    name = descendant(style, "w:name")
    return name.get("w:val", "").lower() if name is not None else ""


def _first(chain: list[Element], path: str) -> Element | None:
    found = (descendant(style, path) for style in chain)
    return next((element for element in found if element is not None), None)


def _switch(chain: list[Element], path: str) -> bool:
    return is_on(_first(chain, path))


def _heading_level(chain: list[Element]) -> int:
    for style in chain:
        outline = descendant(style, "w:pPr/w:outlineLvl")
        if outline is not None:
            return heading_level(outline.get("w:val"))
        name = _name(style)
        named = _HEADING_NAME.fullmatch(name)
        if named:
            return int(named[1])
        if name == "title":
            return 1
    return 0


def heading_level(outline: str | None) -> int:
    """The level of a heading with this outline level (from 0), 0 for running text."""
    level = whole_number(outline, BODY_LEVEL)
    return level + 1 if 0 <= level < BODY_LEVEL else 0


class Numbering:
    """The lists of a document, and where each is in its counting.

    Args:
        root: the `w:numbering` element, None where the document has none.
    """

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, tuple[str, tuple[Level, ...]]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._by_style: dict[str, dict[str, int]] = {}
        self._counters: dict[str, Counters] = {}
        self._begun: set[str] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        abstract = {one.get("w:abstractNumId", ""): one for one in children(root, "w:abstractNum")}
        linked = {
            link.get("w:val", ""): one
            for one in abstract.values()
            if (link := descendant(one, "w:styleLink")) is not None
        }
        for num in children(root, "w:num"):
            reference = descendant(num, "w:abstractNumId")
            key = reference.get("w:val", "") if reference is not None else ""
            definition = abstract.get(key)
            link = descendant(definition, "w:numStyleLink") if definition is not None else None
            if link is not None:
                definition = linked.get(link.get("w:val", ""), definition)
            if definition is None:
                continue
            name = num.get("w:numId", "")
            by_depth = _levels_of(definition)
            self._starts[name] = starts = {}
            for override in children(num, "w:lvlOverride"):
                depth = whole_number(override.get("w:ilvl"), 0)
                start = descendant(override, "w:startOverride")
                if start is not None and 0 <= depth < _LEVELS:
                    starts[depth] = whole_number(start.get("w:val"), 1)
                by_depth.update(_levels_of(override))
            levels = tuple(_level(by_depth.get(depth)) for depth in range(_LEVELS))
            self._lists[name] = (definition.get("w:abstractNumId", ""), levels)
            self._by_style[name] = {
                style.get("w:val", ""): depth
                for depth, element in by_depth.items()
                if (style := descendant(element, "w:pStyle")) is not None
            }

    def label(self, number: str, depth: int | None, style: str | None, default_depth: int) -> str:
        """What the next item of a list shows, empty where that is nothing.

        Args:
            number: the list's id.
            depth: the item's level, from 0, None where only its style tells.
            style: the id of the item's style.
            default_depth: the level where neither says.
        """
        if number not in self._lists:
            return ""
        if depth is None:
            depth = self._by_style[number].get(style or "", default_depth)
        depth = min(max(0, depth), _LEVELS - 1)
        key, levels = self._lists[number]
        counters = self._counters.setdefault(key, Counters())
        if number not in self._begun:
            self._begun.add(number)
            for level, start in self._starts[number].items():
                counters.restart(level, start)
        return counters.next(levels, depth)


def _levels_of(element: Element) -> dict[int, Element]:
    found = {whole_number(one.get("w:ilvl"), -1): one for one in children(element, "w:lvl")}
    return {depth: one for depth, one in found.items() if 0 <= depth < _LEVELS}


def _level(element: Element | None) -> Level:
    if element is None:
        return Level(kind="none")

    def value(name: str) -> str | None:
        child = descendant(element, name)
        return child.get("w:val") if child is not None else None

    restart = value("w:lvlRestart")
    return Level(
        kind=value("w:numFmt") or "decimal",
        pattern=(value("w:lvlText") or "")[:_LONGEST_PATTERN],
        start=whole_number(value("w:start"), 0),
        restarts_after=None if restart is None else whole_number(restart, 0),
        is_legal=is_on(descendant(element, "w:isLgl")),
    )
