"""Count the items of an OpenDocument text's lists, and its headings, as the program shows them."""

from __future__ import annotations

from dataclasses import dataclass, field

from askdoc.load.common.numbering import Counters, whole_number
from askdoc.load.office.odt_styles import LEVELS, OUTLINE, Styles


@dataclass(slots=True)
class _List:
    """A list that is open, with those inside it: one level each."""

    style: str = ""
    counters: Counters = field(default_factory=Counters)
    waiting: list[bool] = field(default_factory=list)
    """Of each level, whether its item has not yet shown its number."""


class Lists:
    """The lists that are open and those that may be gone on with.

    Args:
        styles: the document's styles, which may still be growing.
    """

    def __init__(self, styles: Styles) -> None:
        self.shown = ""
        """What the file says that the item shows which has begun."""
        self._styles = styles
        self._open = [_List()]  # the innermost container's is last
        self._by_id: dict[str, Counters] = {}
        self._by_style: dict[str, Counters] = {}
        self._headings = Counters()

    def enter(self) -> None:
        """A cell or note begins, whose lists are its own."""
        self._open.append(_List())

    def leave(self) -> None:
        self._open.pop()

    def start(self, attributes: dict[str, str]) -> None:
        own = self._open[-1]
        goes_on = attributes.get("text:continue-numbering") == "true"
        style = attributes.get("text:style-name")
        if own.waiting:
            own.style = style or own.style
            if not goes_on and len(own.waiting) < LEVELS:
                own.counters.clear(len(own.waiting))
        else:
            own.style = style or ""
            earlier = self._by_id.get(attributes.get("text:continue-list", ""))
            if earlier is None and goes_on:
                earlier = self._by_style.get(own.style)
            own.counters = earlier or Counters()
            self._by_style[own.style] = own.counters
            if "xml:id" in attributes:
                self._by_id[attributes["xml:id"]] = own.counters
        own.waiting.append(False)

    def end(self) -> None:
        if self._open[-1].waiting:
            self._open[-1].waiting.pop()

    def start_item(self, attributes: dict[str, str]) -> None:
        own = self._open[-1]
        self.shown = ""
        if not own.waiting:
            return
        own.waiting[-1] = True
        start = attributes.get("text:start-value")
        if start is not None and len(own.waiting) <= LEVELS:
            own.counters.restart(len(own.waiting) - 1, whole_number(start, 1))

    def start_header(self) -> None:
        if self._open[-1].waiting:
            self._open[-1].waiting[-1] = False

    def item_label(self, paragraph_style: str) -> str:
        """What a paragraph shows that begins here; only the first of an item shows anything."""
        own = self._open[-1]
        if not own.waiting or not own.waiting[-1]:
            return ""
        own.waiting[-1] = False
        shown, self.shown = self.shown, ""
        name = own.style or self._styles.get("paragraph", paragraph_style).list_style or ""
        levels = self._styles.levels(name)
        if levels is None:
            return shown
        label = own.counters.next(levels, min(len(own.waiting), LEVELS) - 1)
        return shown or label

    def heading_label(self, level: int, attributes: dict[str, str]) -> str:
        """What a heading shows that begins here."""
        levels = self._styles.levels(OUTLINE)
        if levels is None or level > LEVELS:
            return ""
        start = attributes.get("text:start-value")
        if attributes.get("text:restart-numbering") == "true":
            self._headings.restart(level - 1, whole_number(start, levels[level - 1].start))
        return self._headings.next(levels, level - 1)
