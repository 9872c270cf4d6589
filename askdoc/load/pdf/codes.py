"""Which letters the codes stand for that PDFium gives, where it is not the usual one."""

from __future__ import annotations

from askdoc.load.common.symbols import symbol

# Signs of Wingdings that say something; the others are ornaments, and bullets of lists.
_BOXES = {"□": "☐", "☐": "☐", "☑": "☑", "☒": "☒", "✓": "✓", "✗": "✗"}
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0x2010: "-"}
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st",
}  # fmt: skip
# The bullets of the Symbol and Wingdings fonts, which have no letters of their own in Unicode.
_BULLETS = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF0FC, 0xF0A8, 0xF076, 0xF02D), "•")
_UNSEEN = dict.fromkeys((0xFEFF, 0x200B, 0x2060, 0xFFFF), "")
LETTERS = {**_HYPHENS, **_LIGATURES, **_BULLETS, **_UNSEEN}
SPACES = frozenset(
    (0x20, 0xA0, 0x0D, 0x0A, 0x09, 0x3000, 0x2028, 0x2029, 0x00, *range(0x2000, 0x200B))
)
LINE_END = 0x0A
"""Never in the file: PDFium puts it where it takes a line to end."""


def box_sign(code: int, font: str) -> str:
    """The box or tick that a code shows in a font of pictures, "" for any other.

    Args:
        code: as PDFium gives it: the font's own, or that moved up to U+F000.
        font: the font's name in the file.
    """
    name = font.rpartition("+")[2].partition("-")[0].lower()
    if name != "wingdings" or not (code < 0x100 or 0xF000 <= code < 0xF100):
        return ""
    return _BOXES.get(symbol(code, name), "")
