"""Guess the encoding of bytes that are text but not UTF-8 and say nothing about themselves.

charset-normalizer is good at long texts and poor at a single line: it takes "It's over." with a
curly apostrophe for Big5. So the commonest case, a Western text with a few accents, is judged here
by how such a text looks, the choice is kept to encodings that people's files really are in, and
charset-normalizer decides the rest from a bounded sample. It is imported only then.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

SAMPLE_BYTES = 32_768
"""How much of a file the guess is made from; enough for letters' frequencies to settle."""

_WESTERN = ("cp1252", "mac_roman", "cp850")
_MULTI_BYTE = ("cp932", "cp949", "euc_jp", "gb18030", "big5")
_SINGLE_BYTE = (
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "cp874",
    "koi8_r",
    "cp866",
    "mac_roman",
)

_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_STRETCH = 2048
# ASCII that is never the second half of a character in any encoding listed here.
_SAFE_CUTS = (b"\n", b" ", b",", b".")

_ASCII = bytes(range(128))
_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NOT_LETTERS = bytes(set(range(256)) - set(_LETTERS))

# What does not happen inside a Western word: three accents in a row, a capital after a small
# letter, a sign between two letters. A wrong encoding makes all of these.
_ODD_IN_WESTERN = re.compile(
    r"[À-ÿ]{3,}"
    r"|(?<=[a-zß-ÿ])[À-ÖØ-ÞŠŽŸŒıˇ˘˙˚˛˝]"
    r"|(?<=[A-Za-z])[^\W\d_a-zA-ZÀ-ÿŒœŠšŽžŸªº]"
    r"|(?<=[A-Za-z])[^\w\s!-~'’´·–—…-](?=[A-Za-z])"
    r"|[²³¹¼½¾ªº](?=[A-Za-z])"
    r"|(?<=\w)[‚„]"
    r"|[\x80-\x9f\ufffd┤-╬]"
)
_CYRILLIC_WORD = re.compile(r"[A-Za-z]+|[А-ЯЁЇІЄҐ]?[а-яёїієґў]*|[А-ЯЁЇІЄҐ]+")


def guess_encoding(data: bytes) -> str | None:
    """The Python name of the likeliest encoding, None where none of the known ones fits.

    Args:
        data: text in an encoding that is not UTF-8 or UTF-16, with bytes above 127.
    """
    sample = _sample(data)
    high = len(sample.translate(None, _ASCII))
    latin = len(sample.translate(None, _NOT_LETTERS))
    if high <= latin:
        western = _western(sample)
        if western is not None:
            return western
    if high > latin / 3:
        asian = _east_asian(sample)
        if asian is not None:
            return asian
    return _by_statistics(sample)


def _sample(data: bytes) -> bytes:
    """The stretches that have bytes above 127, up to SAMPLE_BYTES, not cut inside a character."""
    if len(data) <= SAMPLE_BYTES:
        return data
    kept: list[bytes] = []
    size = at = 0
    while size < SAMPLE_BYTES and (high := _HIGH_BYTE.search(data, at)):
        # All between `at` and the match is ASCII, where a stretch may begin anywhere.
        start = max(at, data.rfind(b"\n", at, high.start()) + 1, high.start() - _STRETCH // 4)
        stretch = data[start : start + _STRETCH]
        end = max(stretch.rfind(byte) for byte in _SAFE_CUTS) + 1
        if start + end <= high.start():
            end = len(stretch)
        kept.append(stretch[:end])
        size += end
        at = start + end
    return b"".join(kept)


def _western(sample: bytes) -> str | None:
    """The encoding in which this looks like a Western European text, if there is one."""
    shown = sample.decode("cp1252", "replace")
    if _is_turkish(shown):
        return "cp1254"
    for encoding in _WESTERN:
        text = sample.decode(encoding, "replace")
        accented = sum(char > "\x7f" for char in text)
        odd = sum(1 for _ in _ODD_IN_WESTERN.finditer(text))
        if odd * 20 > accented:
            continue
        return "cp1250" if encoding == "cp1252" and _is_central_european(shown) else encoding
    return None


def _is_turkish(shown: str) -> bool:
    """Whether a text that is shown as cp1252 is really Turkish: ý is its dotless i."""
    return "ý" in shown and not set("áéíóúæ") & set(shown.lower())


def _is_central_european(shown: str) -> bool:
    """Whether a text that is shown as cp1252 has letters together that no Western language has.

    Most of cp1250's letters are cp1252's as well, and frequencies do not tell the two apart.
    """
    letters = set(shown.lower())
    czech = {"ø", "ì"} <= letters
    hungarian = "õ" in letters and bool(letters & {"ö", "ü"}) and not letters & {"ã", "ä"}
    south_slavic = "è" in letters and bool(letters & {"š", "ž"}) and not letters & {"é", "à"}
    return czech or hungarian or south_slavic


def _east_asian(sample: bytes) -> str | None:
    """The multi-byte encoding in which nearly all characters are common ones, if there is one."""
    best, best_share = None, 0.9
    for encoding in _MULTI_BYTE:
        try:
            # An incremental decoder forgives a last character that the sample cut in two.
            text = codecs.getincrementaldecoder(encoding)().decode(sample)
        except UnicodeDecodeError:
            continue
        chars = [char for char in text if char > "\x7f"]
        share = sum(_is_common(char, encoding) for char in chars) / max(1, len(chars))
        if share > best_share:
            best, best_share = encoding, share
    return best


def _is_common(char: str, encoding: str) -> bool:
    """Whether a writer of this encoding's language uses this character every day.

    The old East Asian standards list everyday characters first, so the lead byte tells.
    """
    if "\u3000" <= char <= "\u30ff" or "\uff00" <= char <= "\uff5e" or char in "“”‘’…—·":
        return encoding not in ("cp949", "gb18030", "big5") or not "\u3040" <= char <= "\u30ff"
    lead = char.encode(encoding, "replace")[0]
    if encoding == "cp932":
        return 0x88 <= lead <= 0x97
    if encoding == "big5":
        return 0xA4 <= lead <= 0xC6
    if encoding == "cp949":
        return "가" <= char <= "힣" and 0xB0 <= lead <= 0xC8
    return 0xB0 <= lead <= (0xD7 if encoding == "gb18030" else 0xCF)


def _by_statistics(sample: bytes) -> str | None:
    matches = _matches(sample, (*_SINGLE_BYTE, *_MULTI_BYTE))
    if not matches:
        return None
    best = matches[0]
    # Without evidence (too short for frequencies) the commonest encoding of those that fit.
    if best.coherence == 0.0:
        names = {match.encoding for match in matches}
        if "cp1251" in names and _is_cyrillic(sample.decode("cp1251", "replace")):
            return "cp1251"
    return best.encoding


def _is_cyrillic(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    fine = sum(_CYRILLIC_WORD.fullmatch(word) is not None for word in words)
    return bool(words) and fine >= 0.9 * len(words)


def _matches(sample: bytes, encodings: tuple[str, ...]) -> list[CharsetMatch]:
    from charset_normalizer import from_bytes

    return list(from_bytes(sample, cp_isolation=list(encodings), enable_fallback=False))
