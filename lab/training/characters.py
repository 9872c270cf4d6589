"""Make the table of what the network's tokenizer takes each character for.

    python -m lab.training.characters

The network was trained on what `tokenizers` makes of a text, and that goes by tables of Unicode 8
and 9, whatever Python's are by now. So the classes are asked of `tokenizers` itself, for every code
point. Writes `askdoc/data/characters.tsv`; `askdoc/read/wordpiece.py` says what the classes mean.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[2] / "askdoc" / "data" / "characters.tsv"
CLASSES = ("space", "alone", "control", "mark", "ordered")
_HEAD = """\
# what: class, the code points in it; made by lab/training/characters.py
# from: tokenizers {version} (Apache-2.0), BertNormalizer and BertPreTokenizer
"""
_SURROGATES = range(0xD800, 0xE000)  # No text that `tokenizers` takes has one.
_LAST_CLASS = "\u0345"  # The mark that canonical order puts behind all others.


class _Asked:
    """What `tokenizers` says of one character after the other."""

    def __init__(self) -> None:
        from tokenizers import normalizers, pre_tokenizers

        only: Any = {"handle_chinese_chars": False, "strip_accents": False, "lowercase": False}
        self._clean = normalizers.BertNormalizer(clean_text=True, **only)
        self._whole = normalizers.BertNormalizer(lowercase=True)
        self._decompose = normalizers.NFD()
        self._cut = pre_tokenizers.BertPreTokenizer()

    def of(self, character: str) -> str:
        """The character's class, one of `CLASSES`; empty: it is a part of words."""
        made = self._whole.normalize_str(character)
        if not made:
            return "mark" if self._clean.normalize_str(character) else "control"
        if not made.strip():
            return "space"
        if len(self._cut.pre_tokenize_str(f"a{made}b")) > 1:
            return "alone"
        if unicodedata.combining(character):
            behind = "a" + _LAST_CLASS + character
            return "ordered" if self._decompose.normalize_str(behind) != behind else ""
        return ""


def table(points: Iterable[int] = range(0x110000)) -> dict[str, list[tuple[int, int]]]:
    """Class -> its ranges of these code points, first and last."""
    asked, ranges = _Asked(), {name: list[tuple[int, int]]() for name in CLASSES}
    whole = (point for point in points if point not in _SURROGATES)
    for name, members in groupby(whole, key=lambda point: asked.of(chr(point))):
        if name:
            every = list(members)
            ranges[name].append((every[0], every[-1]))
    return ranges


def lines() -> list[str]:
    """The table's lines as they stand in the file, without its head."""
    return [
        f"{name}\t{' '.join(f'{first:x}-{last:x}' for first, last in ranges)}\n"
        for name, ranges in table().items()
    ]


def main() -> None:
    import tokenizers

    TARGET.write_text(_HEAD.format(version=tokenizers.__version__) + "".join(lines()), "utf-8")


if __name__ == "__main__":
    main()
