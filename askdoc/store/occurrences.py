"""How often which terms stand in a passage, as the catalogue keeps it.

In front stand a checksum, which holds for one passage only, and how many terms the passage has;
then each different term between two blanks, with a tab and a number where it stands there more than
once: " bridg tower\t2 ". So a few terms are counted without taking all apart.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterable

_HEAD = struct.Struct("<II")
_NUMBER = struct.Struct("<Q")
_CHECK_BYTES = 4
HEAD_BYTES = _HEAD.size
"""What stands in front of the terms is no text."""
_MOST_DIGITS = 9
_SEVERAL = b"\t"
# Most numbers: to look them up takes a fraction of what reading them does.
_SMALL = {b"%d" % number: number for number in range(2, 100)}


def pack_occurrences(passage: int, terms: str) -> bytes:
    """What is kept of a passage.

    Args:
        passage: its number.
        terms: parted by blanks, one as often as it stands there.
    """
    words = terms.split()
    counted = [term if n == 1 else f"{term}\t{n}" for term, n in Counter(words).items()]
    content = f" {' '.join(counted)} ".encode("utf-8", "replace")
    checked = len(words).to_bytes(_HEAD.size - _CHECK_BYTES, "little") + content
    return _sum(passage, checked).to_bytes(_CHECK_BYTES, "little") + checked


class Counting:
    """Counts some terms in many passages.

    Args:
        terms: what is counted.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        encoded = [b" " + term.encode("utf-8", "replace") for term in terms]
        self._wanted = [(term + b" ", term + _SEVERAL, len(term) + 1) for term in encoded]

    def counts(self, passage: int, packed: bytes) -> tuple[int, list[int]]:
        """How many terms a passage has, and how often each of these stands there, in their order.

        Raises:
            ValueError: this is not what was kept of this passage.
        """
        if len(packed) < _HEAD.size:
            raise ValueError(f"passage {passage} was changed")
        check, length = _HEAD.unpack_from(packed)
        if _sum(passage, packed[_CHECK_BYTES:]) != check:
            raise ValueError(f"passage {passage} was changed")
        found = []
        for once, several, size in self._wanted:
            count = 1 if once in packed else 0
            if not count and (at := packed.find(several)) >= 0:
                digits = packed[at + size : packed.find(b" ", at + size)]
                count = _SMALL.get(digits) or _number(passage, digits)
            found.append(count)
        return length, found


def _sum(passage: int, checked: bytes) -> int:
    return zlib.crc32(checked, zlib.crc32(_NUMBER.pack(passage)))


def _number(passage: int, digits: bytes) -> int:
    if not (digits.isdigit() and len(digits) <= _MOST_DIGITS):
        raise ValueError(f"passage {passage} was changed")
    return int(digits)
