"""What an OpenDocument text's styles mean: hidden and bold text, page breaks, how lists count."""

from __future__ import annotations

import re
from dataclasses import dataclass

from askdoc.load.common.numbering import Level, whole_number
from askdoc.load.common.raised import Rise, rise_of

LEVELS = 10
OUTLINE = " outline"
"""The name under which the numbering of headings is kept; no list style can have it."""

_KINDS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
}  # fmt: skip
_NUM_LIST_FORMAT = "num-list-format"
_PLACE = re.compile(r"%(\d{1,2})%")
_LONGEST_PATTERN = 100
_MOST_ANCESTORS = 32


@dataclass(slots=True)
class Style:
    """What one style says itself; None where it leaves that to its parent."""

    name: str = ""
    parent: str = ""
    hidden: bool | None = None
    bold: bool | None = None
    rise: Rise | None = None
    break_before: bool | None = None
    break_after: bool | None = None
    list_style: str | None = None


class Styles:
    """The styles of a document, gathered as their elements are met."""

    def __init__(self) -> None:
        self._styles: dict[tuple[str, str], Style] = {}
        self._lists: dict[str, list[Level]] = {}
        self._current = Style()
        self._list: list[Level] = []
        self._known: dict[tuple[str, str], Style] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element among the styles."""
        if name == "style:style":
            self._current = Style(
                attributes.get("style:name", ""), attributes.get("style:parent-style-name", "")
            )
            self._current.list_style = attributes.get("style:list-style-name")
            if attributes.get("style:master-page-name"):
                self._current.break_before = True
            self._styles[attributes.get("style:family", ""), self._current.name] = self._current
        elif name in ("style:paragraph-properties", "style:table-properties"):
            self._breaks(attributes)
        elif name == "style:text-properties":
            self._looks(attributes)
        elif name == "text:list-style":
            self._list = self._lists[attributes.get("style:name", "")] = _no_levels()
        elif name == "text:outline-style":
            self._list = self._lists[OUTLINE] = _no_levels()
        elif name in (
            "text:list-level-style-number",
            "text:outline-level-style",
            "text:list-level-style-bullet",
            "text:list-level-style-image",
        ):
            level = whole_number(attributes.get("text:level"), 0)
            if 1 <= level <= LEVELS and self._list:
                self._list[level - 1] = _level(name, level, attributes)

    def _breaks(self, attributes: dict[str, str]) -> None:
        before, after = attributes.get("fo:break-before"), attributes.get("fo:break-after")
        if before is not None:
            self._current.break_before = before == "page" or bool(self._current.break_before)
        if after is not None:
            self._current.break_after = after == "page"

    def _looks(self, attributes: dict[str, str]) -> None:
        display, weight = attributes.get("text:display"), attributes.get("fo:font-weight")
        position = attributes.get("style:text-position")
        if position is not None:
            self._current.rise = _rise_of(position)
        if display is not None:
            self._current.hidden = display == "none"
        if weight is not None:
            self._current.bold = weight in ("bold", "600", "700", "800", "900")

    def get(self, family: str, name: str) -> Style:
        """A style with what its ancestors say; its name is that of the ancestor all know."""
        key = (family, name)
        if key not in self._known:
            self._known[key] = self._resolved(family, name)
        return self._known[key]

    def levels(self, list_style: str) -> list[Level] | None:
        return self._lists.get(list_style)

    def _resolved(self, family: str, name: str) -> Style:
        whole = Style(name)
        for _ in range(_MOST_ANCESTORS):
            if name == "Title":
                whole.name = name
            style = self._styles.get((family, name))
            if style is None:
                break
            for part in ("hidden", "bold", "rise", "break_before", "break_after", "list_style"):
                if getattr(whole, part) is None:
                    setattr(whole, part, getattr(style, part))
            name = style.parent
        return whole


def _rise_of(position: str) -> Rise:
    """What "super 58%", "-33% 58%" and the like say."""
    rise = position.split(" ")[0].rstrip("%")
    if rise in ("super", "sub"):
        return Rise.RAISED if rise == "super" else Rise.LOWERED
    try:
        return rise_of(float(rise[:8]))
    except ValueError:
        return Rise.NONE


def _no_levels() -> list[Level]:
    return [Level(kind="none")] * LEVELS


def _level(name: str, level: int, attributes: dict[str, str]) -> Level:
    if name in ("text:list-level-style-bullet", "text:list-level-style-image"):
        return Level(kind="bullet", pattern=attributes.get("text:bullet-char", "•")[:1] or "•")
    kind = _KINDS.get(attributes.get("style:num-format", ""), "none")
    if kind == "none":
        return Level(kind="none")
    given = next(
        (value for key, value in attributes.items() if key.endswith(_NUM_LIST_FORMAT)), None
    )
    if given is not None:
        pattern = _PLACE.sub(r"%\1", given)
    else:
        shown = min(level, max(1, whole_number(attributes.get("text:display-levels"), 1)))
        numbers = ".".join(f"%{place}" for place in range(level - shown + 1, level + 1))
        pattern = (
            attributes.get("style:num-prefix", "")
            + numbers
            + attributes.get("style:num-suffix", "")
        )
    start = whole_number(attributes.get("text:start-value"), 1)
    return Level(kind=kind, pattern=pattern[:_LONGEST_PATTERN], start=start)
