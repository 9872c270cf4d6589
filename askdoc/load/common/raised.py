"""Raised and lowered figures: marks of notes, which are no part of a number, exponents, indices."""

from __future__ import annotations

import re
from enum import Enum, auto

from askdoc.load.common.markup import Tag

_DIGITS = re.compile(r"\s*([0-9]{1,3})\s*\Z")
# Also "2,3" and "1/2"; nothing that is a text of its own.
_FIGURES = re.compile(r"\s*(?:[+\-−]?[0-9]{1,3}(?:[,.;/–-][0-9]{1,3}){0,4}|[+\-−])\s*\Z")
_AFTER_FIGURE = re.compile(r"\s*[+\-−]?[0-9]{1,3}[a-z]\s*\Z")
_INDEX = re.compile(r"\s*[0-9]{1,3}\s*\Z")
_SIGN = re.compile(r"(?<![0-9])[+\-−]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_SIGNS = {"+": "⁺", "-": "⁻", "−": "⁻"}
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# Where an index would read as part of what is before it. The counts of CO2, B12 and Ca(OH)2, and
# what is below a stroke, are written on the line by everybody.
_JOINS = re.compile(r"(?<![A-Z])[^\W_A-Z]\Z")


class Rise(Enum):
    """Whether a text stands above or below the line that it is in."""

    NONE = auto()
    RAISED = auto()
    LOWERED = auto()


def shown_at(rise: Rise, text: str, before: str) -> str:
    """A text as it reads on one line: figures that are not on it must not run into a number.

    Args:
        rise: where it stands.
        text: what stands there.
        before: the end of what stands before it; two characters tell.
    """
    figure = before[-1:].isdigit() and _AFTER_FIGURE.match(text)
    if rise is Rise.RAISED and (figure or _FIGURES.match(text)):
        signed = _SIGN.sub(lambda sign: _RAISED_SIGNS[sign[0]], text)
        return signed.translate(_RAISED)
    if rise is Rise.LOWERED and _INDEX.match(text) and _JOINS.search(before[-2:]):
        return text.translate(_LOWERED)
    return text


def rise_of(rise: float) -> Rise:
    """The rise of what stands so much above its line, in any unit."""
    if not rise:
        return Rise.NONE
    return Rise.RAISED if rise > 0 else Rise.LOWERED


def rise_in_xml(value: str | None) -> Rise:
    """What `vertAlign` says in Office Open XML."""
    return {"superscript": Rise.RAISED, "subscript": Rise.LOWERED}.get(value or "", Rise.NONE)


class Raised:
    """Follows the tags of a page, and writes the text of `<sup>` so that it stays what it is.

    `12.<sup>1</sup>` must not read as 12.1, nor `10<sup>6</sup>` as 106: a raised number that is a
    link is written as "[1]", any other in raised characters, and one in `<sub>` in lowered ones
    where it is no count of atoms.
    """

    def __init__(self) -> None:
        self._sup = self._sub = self._link = self._note = False
        self._before = ""

    def see(self, tag: Tag) -> None:
        if tag.name == "sup":
            self._sup = not tag.closing
        elif tag.name == "sub":
            self._sub = not tag.closing
        elif tag.name == "a":
            self._link = not tag.closing
            self._note = self._link and "doc-noteref" in tag.raw_attributes

    def text(self, text: str) -> str:
        before = self._before
        if not text.isspace():
            self._before = text[-2:]
        if (self._sup or self._note) and not before.rstrip().endswith("["):
            if (self._link or self._note) and (digits := _DIGITS.match(text)):
                return f"[{digits[1]}]"
            return shown_at(Rise.RAISED, text, before) if self._sup else text
        return shown_at(Rise.LOWERED, text, before) if self._sub else text
