"""How often which terms stand in a passage, as the catalogue keeps it.

In front stand a checksum, which holds for one passage only, and how many terms the passage has;
then each different term between two blanks, after a mark that tells how often it stands there where
it does so more than once. The marks are white space, which no term has inside: so a term is counted
by finding it once and looking at what stands before, without taking anything apart. Most terms that
share something share how they begin, so that hardly ever a longer one is found.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from zlib import crc32

_HEAD = struct.Struct("<II")
_CHECK_BYTES = 4
HEAD_BYTES = _HEAD.size
"""What stands in front of the terms is no text."""
# The largest prime below 2**32: two passages with the same rest by it lie that far apart.
_PRIME = 4_294_967_291
# Where the first term stands, or the mark before it: after a blank.
_FIRST = _HEAD.size + 1
# What stands before a term that is there so often.
_BLANK = 0x20
_MARKS = dict(zip(b"\x20\x1f\x1e\x1d\x1c\x0d\x0c\x0b\x0a", range(1, 10), strict=True))
_WRITTEN = {count: "" if mark == _BLANK else chr(mark) for mark, count in _MARKS.items()}
# Between two of these stands how often it is there where no mark tells.
_DIGITS = 0x09
_MOST_DIGITS = 9


def pack_occurrences(passage: int, terms: str) -> bytes:
    """What is kept of a passage.

    Args:
        passage: its number.
        terms: parted by blanks, one as often as it stands there.
    """
    words = terms.split()
    counted = Counter(words)
    written = [
        term if n == 1 else (_WRITTEN.get(n) or f"\t{n}\t") + term for term, n in counted.items()
    ]
    content = f" {' '.join(written)} ".encode("utf-8", "replace")
    checked = len(words).to_bytes(_HEAD.size - _CHECK_BYTES, "little") + content
    return crc32(checked, passage % _PRIME).to_bytes(_CHECK_BYTES, "little") + checked


class Counting:
    """Counts some terms in many passages.

    Args:
        terms: what is counted.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        self._wanted = [term.encode("utf-8", "replace") + b" " for term in terms]

    def counts(self, passage: int, packed: bytes) -> tuple[int, list[int]]:
        """How many terms a passage has, and how often each of these stands there, in their order.

        Raises:
            ValueError: this is not what was kept of this passage.
        """
        (length,), counts = self.columns([passage], [packed])
        return length, [count for (count,) in counts]

    def columns(
        self, passages: Sequence[int], packed: Sequence[bytes]
    ) -> tuple[list[int], list[list[int]]]:
        """How many terms each passage has; and for each of these terms, in their order, how often
        it stands in each passage.

        Raises:
            ValueError: something is not what was kept of its passage.
        """
        lengths = []
        for passage, one in zip(passages, packed, strict=True):
            if len(one) < _HEAD.size:
                raise ValueError(f"passage {passage} was changed")
            check, length = _HEAD.unpack_from(one)
            if crc32(one[_CHECK_BYTES:], passage % _PRIME) != check:
                raise ValueError(f"passage {passage} was changed")
            lengths.append(length)
        told = _MARKS.get
        return lengths, [
            [
                0 if (at := one.find(term, _FIRST)) < 0 else told(one[at - 1]) or _count(one, term)
                for one in packed
            ]
            for term in self._wanted
        ]


def _count(packed: bytes, term: bytes) -> int:
    """How often a term stands in a passage where no mark tells, or a longer term comes first."""
    at = _FIRST - 1
    while (at := packed.find(term, at + 1)) >= 0:
        before = packed[at - 1]
        if before in _MARKS:
            return _MARKS[before]
        if before == _DIGITS:
            digits = packed[packed.rfind(b" ", 0, at) + 2 : at - 1]
            if not (digits.isdigit() and len(digits) <= _MOST_DIGITS):
                raise ValueError("the terms of a passage were changed")
            return int(digits)
    return 0
