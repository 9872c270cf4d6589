"""Ruby: readings and glosses that a page sets in small letters above a word."""

from __future__ import annotations

from askdoc.load.common.markup import Tag

_PARTS = frozenset(("ruby", "rb", "rt", "rtc", "rp"))


class Ruby:
    """Follows the tags of a page, and sets what stands above a word in brackets behind it.

    Pages may have brackets of their own (`<rp>`), for programs that do not know ruby; these are
    left out, so that there is one pair everywhere.
    """

    def __init__(self) -> None:
        self._part = ""
        self._opened = False  # a bracket

    def see(self, tag: Tag, *, ends: bool) -> str:
        """What is to be written before this tag takes effect: a closing bracket or nothing.

        Args:
            tag: the tag.
            ends: whether no ruby goes on over it.
        """
        if tag.name not in _PARTS and not (ends and self._part):
            return ""
        self._part = "" if tag.closing or ends else tag.name
        closing, self._opened = ")" if self._opened else "", False
        return closing

    def text(self, text: str) -> str:
        """The text as it is written."""
        if not self._part:
            return text
        if self._part == "rp":
            return ""
        if self._part in ("rt", "rtc") and not self._opened and text.strip():
            self._opened = True
            return f"({text.lstrip()}"
        return text
