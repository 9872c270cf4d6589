"""What the head of an RTF file says of its fonts and styles, and what its code pages are called."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_CODECS_OF_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk",
    136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256",
    186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_SYMBOL_CHARSET = 2
_CODECS_OF_PAGES = {10000: "mac_roman", 65001: "utf-8", 936: "gbk", 950: "big5", 1361: "johab"}
_HEADING_NAME = re.compile(r"heading ?([1-9])")
_CONTENTS_NAME = re.compile(r"toc(?: ?[1-9]| heading)|contents (?:[1-9]|heading)")
_MOST_ANCESTORS = 32
_LONGEST_NAME = 100

DEFAULT_CODEC = "cp1252"
CODECS_OF_PROGRAMS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


def codec_of_page(page: int) -> str:
    """The Python name of a Windows code page, the commonest where there is none of this number."""
    name = _CODECS_OF_PAGES.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return DEFAULT_CODEC


@dataclass(slots=True)
class Font:
    """A font of the font table."""

    name: str = ""
    codec: str | None = None
    """Of its bytes; None is the document's own."""
    is_symbol: bool = False

    def charset(self, number: int) -> None:
        """It has this character set."""
        self.is_symbol = number == _SYMBOL_CHARSET
        self.codec = _CODECS_OF_CHARSETS.get(number, self.codec)


@dataclass(slots=True)
class Style:
    """A paragraph style of the style sheet."""

    name: str = ""
    outline: int | None = None
    based_on: int | None = None


class Styles:
    """The style sheet, by number."""

    def __init__(self) -> None:
        self._styles: dict[int, Style] = {}
        self._found: dict[int, tuple[int, bool]] = {}

    def add(self, number: int, style: Style) -> None:
        self._styles[number] = style

    def level(self, number: int) -> int:
        """Of the headings in this style, from 1; 0 is no heading."""
        return self._look(number)[0]

    def is_contents(self, number: int) -> bool:
        """Whether it sets a line of the table of contents."""
        return self._look(number)[1]

    def _look(self, number: int) -> tuple[int, bool]:
        if number not in self._found:
            self._found[number] = self._resolved(number)
        return self._found[number]

    def _resolved(self, number: int | None) -> tuple[int, bool]:
        for _ in range(_MOST_ANCESTORS):
            style = self._styles.get(number) if number is not None else None
            if style is None:
                break
            name = style.name.strip().lower()
            if _CONTENTS_NAME.fullmatch(name):
                return 0, True
            if style.outline is not None:
                return (style.outline + 1 if 0 <= style.outline < 9 else 0), False
            named = _HEADING_NAME.fullmatch(name)
            if named or name == "title":
                return (int(named[1]) if named else 1), False
            number = style.based_on
        return 0, False


class Head:
    """The font table and the style sheet while they are read, and afterwards."""

    def __init__(self) -> None:
        self.styles = Styles()
        self._fonts: dict[int, Font] = {}
        self._font = Font()
        self._style = Style()
        self._number = 0

    def font(self, number: int | None) -> Font | None:
        return self._fonts.get(number) if number is not None else None

    def font_word(self, word: str, number: int | None) -> None:
        if word == "f" and number is not None:
            self._font = self._fonts[number] = Font()
        elif word == "fcharset" and number is not None:
            self._font.charset(number)
        elif word == "cpg" and number is not None:
            self._font.codec = codec_of_page(number)

    def font_text(self, text: str) -> None:
        if len(self._font.name) < _LONGEST_NAME:
            self._font.name += text.partition(";")[0]

    def start_style(self) -> None:
        self._style, self._number = Style(), 0

    def style_word(self, word: str, number: int | None) -> None:
        if word == "s" and number is not None:
            self._number = number
        elif word == "outlinelevel":
            self._style.outline = number
        elif word == "sbasedon":
            self._style.based_on = number

    def style_text(self, text: str) -> None:
        if len(self._style.name) < _LONGEST_NAME:
            self._style.name += text.partition(";")[0]
        if ";" in text:
            self.styles.add(self._number, self._style)
