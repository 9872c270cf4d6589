"""The paragraphs of a shape on a slide: their text, and what stands before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askdoc.load.common.layout import LINE, Layout
from askdoc.load.common.numbering import numeral, whole_number
from askdoc.load.common.raised import Rise, rise_of, shown_at
from askdoc.load.common.xml import children, descendant

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_KINDS = {
    "arabic": "decimal", "alphaLc": "lowerLetter", "alphaUc": "upperLetter",
    "romanLc": "lowerRoman", "romanUc": "upperRoman",
}  # fmt: skip
_AROUND = {"Period": ("", "."), "ParenR": ("", ")"), "ParenBoth": ("(", ")"), "Plain": ("", "")}
# What the program fills in by itself on every slide.
_FILLED_IN = ("slidenum", "datetime", "footer", "header")


def pieces(paragraph: Element) -> list[str]:
    """The lines of a paragraph, parted where somebody has set a line end."""
    lines = [""]
    for run in paragraph:
        if run.tag == "a:br":
            lines.append("")
        elif run.tag == "a:r" or (
            run.tag == "a:fld" and not run.get("type", "").lower().startswith(_FILLED_IN)
        ):
            for text in children(run, "a:t"):
                shown = shown_at(_rise(run), text.text or "", lines[-1])
                first, *more = shown.replace("\v", "\n").split("\n")
                lines[-1] += first
                lines += more
        elif run.tag not in ("a:pPr", "a:endParaRPr", "a:fld"):
            lines[-1] += "".join(text.text or "" for text in run.iter("m:t"))
    return lines


def _rise(run: Element) -> Rise:
    properties = descendant(run, "a:rPr")
    baseline = properties.get("baseline", "0") if properties is not None else "0"
    return rise_of(whole_number(baseline.rstrip("%"), 0))


def one_line_of(body: Element | None) -> str:
    """All text of a body, on one line."""
    return " ".join(" ".join(" ".join(pieces(p)) for p in children(body, "a:p")).split())


class Bullets:
    """Tells which paragraphs of a body are items, and counts those with numbers.

    Args:
        body: the text of a shape.
        by_default: whether paragraphs that say nothing of it are items.
    """

    def __init__(self, body: Element, by_default: bool) -> None:
        self._by_default = by_default
        self._levels = descendant(body, "a:lstStyle")
        self._counts: dict[int, int] = {}

    def mark(self, paragraph: Element) -> str | None:
        """What stands before a paragraph: "-", "2.", or None where it is no item."""
        properties = descendant(paragraph, "a:pPr")
        level = whole_number(properties.get("lvl") if properties is not None else None, 0)
        for deeper in [one for one in self._counts if one > level]:
            del self._counts[deeper]
        own = descendant(self._levels, f"a:lvl{level + 1}pPr")
        for said in (properties, own):
            for bullet in said if said is not None else ():
                if bullet.tag == "a:buAutoNum":
                    start = whole_number(bullet.get("startAt"), 1)
                    self._counts[level] = self._counts.get(level, start - 1) + 1
                    return _number(self._counts[level], bullet.get("type", ""))
                if bullet.tag in ("a:buNone", "a:buChar", "a:buBlip"):
                    self._counts.pop(level, None)
                    return None if bullet.tag == "a:buNone" else "-"
        return "-" if self._by_default else None


def _number(count: int, kind: str) -> str:
    name = next((name for name in _KINDS if kind.startswith(name)), "arabic")
    before, after = _AROUND.get(kind.removeprefix(name), ("", "."))
    return f"{before}{numeral(count, _KINDS[name])}{after}"


def write_body(layout: Layout, body: Element, by_default: bool) -> None:
    """Write the paragraphs of a shape, each on lines of its own."""
    bullets = Bullets(body, by_default)
    for paragraph in children(body, "a:p"):
        lines = [line for line in pieces(paragraph) if line.strip()]
        if not lines:
            continue
        mark = bullets.mark(paragraph)
        if mark == "-":
            layout.start_item()
        else:
            layout.set_off(LINE if mark else 2)
        if mark not in (None, "-"):
            layout.text(f"{mark} ")
        for at, line in enumerate(lines):
            if at:
                layout.line_end()
            layout.text(line)
        if mark == "-":
            layout.end_item()
        else:
            layout.set_off(LINE if mark else 2)
