"""Turn the bytes of a text file into a str, and say what is not text.

Every text format shares this: a byte order mark is believed, then UTF-8 if it is valid, then UTF-16
by its pattern of NULs; what has NULs or many control characters after that is no text at all; the
rest is guessed. Line ends are kept, so that offsets are offsets into the decoded file.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

from askdoc.errors import EmptySource, UnsupportedFormat
from askdoc.load.common.charset import guess_encoding

HEAD_BYTES = 8192
"""How much of a file's beginning tells whether it is text."""

_BOMS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Documents whose first bytes can pass for text although what they say cannot be read as such.
_NOT_TEXT_SIGNATURES = (b"%PDF-", b"{\\rtf")
# What pages call their encoding -> the codec that browsers then use, a superset of the named one.
_EAST_ASIAN_LABELS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("shift-jis", "sjis", "x-sjis", "windows-31j", "ms-kanji"), "cp932"),
    **dict.fromkeys(("euc-jp", "x-euc-jp"), "euc_jp"),
    **dict.fromkeys(("euc-kr", "ks-c-5601-1987", "korean", "windows-949"), "cp949"),
    "iso-2022-jp": "iso2022_jp",
}
# Tab, line ends, form feed, and the backspace and escape of terminal logs are found in text.
_CONTROLS = bytes(set(range(32)) - set(b"\b\t\n\v\f\r\x1b\x1a")) + b"\x7f"
_PRINTABLE = bytes(range(32, 127)) + b"\t\r\n"
# In UTF-16, nearly half of the bytes of a text in Latin letters are NULs.
_LATIN_NULS = 0.35
_LEAST_UTF16 = 16
_MOST_CONTROLS = 0.05
_BAD_CHARACTER = re.compile("[\x00-\x07\x0e-\x19\x1c-\x1f\ufffe\uffff]")
GUESSED = "not UTF-8; read as "
REPLACED = "bytes that could not be read were replaced by U+FFFD"


class Decoded(NamedTuple):
    """The text of a source, and what a reader of the answers should know about how it was read."""

    text: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, source: str, declared: str | None = None) -> Decoded:
    """Decode a text file, exactly: only a byte order mark is dropped.

    Args:
        data: the whole file.
        source: what errors name.
        declared: the encoding that the file itself names, in the words of HTML. It is believed
            where it is known and fits; a text that is valid UTF-8 is UTF-8 whatever it says.

    Raises:
        UnsupportedFormat: the bytes are not text.
        EmptySource: there is nothing but white space.
    """
    decoded = _decode(data, declared)
    if decoded is None:
        raise not_text(source)
    if not decoded.text.strip():
        raise EmptySource(
            "there is no text in it", source, "Give a file that has some, or leave this one out."
        )
    return decoded


def not_text(source: str) -> UnsupportedFormat:
    """The error for a source that is not text."""
    return UnsupportedFormat(
        "not a text file", source, "Save it as text, Markdown or HTML, or leave it out."
    )


def looks_like_text(head: bytes) -> bool:
    """Whether a file that begins with these bytes (HEAD_BYTES of them, or all) is worth reading."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return _with_bom(head[len(bom) :], encoding) is not None
    return not _is_binary(head) or _utf16_without_bom(head[: len(head) // 2 * 2]) is not None


def from_utf16(data: bytes) -> str | None:
    """The text of a file in UTF-16, with or without its mark; None of any other."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            decoded = _with_bom(data[len(bom) :], encoding) if "16" in encoding else None
            return decoded and decoded.text
    encoding = _utf16_without_bom(data[: len(data) // 2 * 2]) or ""
    return data.decode(encoding, "replace") if encoding else None


def _decode(data: bytes, declared: str | None) -> Decoded | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _with_bom(data[len(bom) :], encoding)
    if _is_binary(data):
        utf16 = _utf16_without_bom(data)
        return Decoded(data.decode(utf16, "replace"), (_note(utf16),)) if utf16 else None
    label = declared.strip().lower().replace("_", "-") if declared else ""
    if label in _EAST_ASIAN_LABELS:
        # Two of their characters can look like two of UTF-8's: here the label knows better.
        as_declared = _as_declared(data, _EAST_ASIAN_LABELS[label])
        if as_declared:
            return as_declared
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        as_declared = _as_declared(data, _single_byte(label)) if label else None
        return as_declared or _not_utf8(data)


def _note(encoding: str) -> str:
    return f"{GUESSED}{encoding}"


def _is_binary(data: bytes) -> bool:
    if data.startswith(_NOT_TEXT_SIGNATURES) or b"\0" in data:
        return True
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls > _MOST_CONTROLS * len(data)


def _with_bom(body: bytes, encoding: str) -> Decoded | None:
    try:
        decoded = Decoded(body.decode(encoding))
    except UnicodeDecodeError:
        decoded = Decoded(body.decode(encoding, "replace"), (REPLACED,))
    return decoded if _reads_as_text(decoded.text) else None


def _utf16_without_bom(data: bytes) -> str | None:
    """Which UTF-16 this is: spaces and line ends give NULs at only the odd or the even places."""
    if len(data) % 2 or b"\0" not in data:
        return None
    odd = data[1::2].count(0)
    even = data[::2].count(0)
    if min(odd, even) * 20 > max(odd, even):
        return None
    if max(odd, even) < _LATIN_NULS * len(data):
        # Strings between NULs, as programs keep them, fall into one pattern by chance, but read as
        # themselves nearly throughout, which half of the bytes of a script in UTF-16 do not.
        unreadable = len(data.translate(None, _PRINTABLE + b"\0"))
        if len(data) < _LEAST_UTF16 or unreadable < 0.25 * len(data):
            return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    try:
        # The last character of a file's beginning may be the first half of a pair.
        text = codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return None
    return encoding if _reads_as_text(text) else None


def _reads_as_text(text: str) -> bool:
    """Whether a decoded text has no NULs, and next to no controls or unassigned characters."""
    if "\0" in text:
        return False
    sample = text[:HEAD_BYTES]
    odd = sum(char == "\ufffd" or unicodedata.category(char) in ("Cn", "Co") for char in sample)
    odd += len(_BAD_CHARACTER.findall(sample))
    return odd <= _MOST_CONTROLS * len(sample)


def _single_byte(label: str) -> str | None:
    """The codec that browsers use for a label of a single-byte encoding, None for any other."""
    label = label.replace("latin-1", "latin1").removeprefix("x-")
    if label in ("iso-8859-1", "latin1", "us-ascii", "ascii"):
        return "cp1252"
    if match := re.fullmatch(r"(?:windows-|cp)(125[0-8]|874|866)", label):
        return f"cp{match[1]}"
    if match := re.fullmatch(r"iso-?8859-([2-9]|1[0-6])", label):
        return f"iso8859_{match[1]}"
    return {"koi8-r": "koi8_r", "koi8-u": "koi8_u", "macintosh": "mac_roman"}.get(label)


def _as_declared(data: bytes, encoding: str | None) -> Decoded | None:
    """The text by the encoding that the file names, None where that cannot be right."""
    if encoding is None:
        return None
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if lost * 50 > len(text):
        return None
    note = _note(encoding)
    return Decoded(text, (f"{note}; {REPLACED}" if lost else note,))


def _not_utf8(data: bytes) -> Decoded:
    damaged = data.decode("utf-8", "replace")
    # Characters of two to four bytes hardly ever come about by chance: a text that has many of
    # them and few errors is UTF-8 that was cut or pasted into, and any guess would spoil it all.
    if len(data) - len(damaged) >= 4 * damaged.count("\ufffd"):
        return Decoded(damaged, (f"not all of it is UTF-8; {REPLACED}",))
    encoding = guess_encoding(data)
    if encoding is None:
        return Decoded(damaged, (f"not UTF-8; {REPLACED}",))
    text = data.decode(encoding, "replace")
    note = _note(encoding)
    return Decoded(text, (f"{note}; {REPLACED}" if "\ufffd" in text else note,))
