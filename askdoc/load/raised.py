"""Raised digits: the mark of a note, which is no part of a number before it, or an exponent."""

from __future__ import annotations

import re

from askdoc.load.markup import Tag

_DIGITS = re.compile(r"\s*([0-9]{1,3})\s*\Z")
_EXPONENT = re.compile(r"\s*([+\-−]?[0-9]{1,3}|[+\-−])\s*\Z")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


class Raised:
    """Follows the tags of a page, and writes the text of `<sup>` so that it stays what it is.

    `12.<sup>1</sup>` must not read as 12.1, nor `10<sup>6</sup>` as 106: a raised number that is a
    link is written as "[1]", any other in raised characters.
    """

    def __init__(self) -> None:
        self._sup = self._link = self._note = False
        self._bracket = False  # the text before it opens a bracket

    def see(self, tag: Tag) -> None:
        if tag.name == "sup":
            self._sup = not tag.closing
        elif tag.name == "a":
            self._link = not tag.closing
            self._note = self._link and "doc-noteref" in tag.raw_attributes

    def text(self, text: str) -> str:
        if (self._sup or self._note) and not self._bracket:
            if (self._link or self._note) and (digits := _DIGITS.match(text)):
                return f"[{digits[1]}]"
            if self._sup and (exponent := _EXPONENT.match(text)):
                return exponent[1].translate(_RAISED)
        if not text.isspace():
            self._bracket = text.rstrip().endswith("[")
        return text
