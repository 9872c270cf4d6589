"""Edits of bytes and of tokens, and the growth of one piece of an input to any length."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from lab.fuzzing.values import NUMBERS, nasty

Edit = Callable[[Random, bytes], bytes]

MOST_BYTES = 700_000
"""How large an input becomes."""

_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")


class Growth(NamedTuple):
    """An input of which one piece, or the brackets around one, can stand any number of times."""

    head: bytes
    opening: bytes
    middle: bytes
    closing: bytes
    tail: bytes

    def times(self, count: int) -> bytes:
        """The input with the piece so many times."""
        return self.head + self.opening * count + self.middle + self.closing * count + self.tail

    def count_for(self, size: int) -> int:
        """How many times give an input of about this size."""
        return max(1, size // max(1, len(self.opening) + len(self.closing)))


def edit_bytes(rng: Random, data: bytes) -> bytes:
    """Flip, cut, repeat, move or put in some bytes."""
    if not data:
        return nasty(rng)
    start = rng.randrange(len(data))
    end = min(len(data), start + 1 + int(rng.expovariate(1 / 40)))
    piece = data[start:end]
    match rng.randrange(8):
        case 0:
            return data[:start] + bytes([rng.randrange(256)]) + data[start + 1 :]
        case 1:
            return data[:start] + bytes([data[start] ^ 1 << rng.randrange(8)]) + data[start + 1 :]
        case 2:
            return data[:start] + data[end:]
        case 3:
            return data[:start] if rng.random() < 0.5 else data[start:]
        case 4:
            return data[:start] + piece * rng.choice((2, 3, 50)) + data[end:]
        case 5:
            other = rng.randrange(len(data))
            return data[:other] + piece + data[other:]
        case 6:
            return _with_number(rng, data)
        case _:
            return data[:start] + nasty(rng) + data[start:]


def _with_number(rng: Random, data: bytes) -> bytes:
    found = list(_NUMBER.finditer(data[:MOST_BYTES]))
    if not found:
        return data + rng.choice(NUMBERS)
    number = rng.choice(found)
    return data[: number.start()] + rng.choice(NUMBERS) + data[number.end() :]


class TokenEdits:
    """Edits of what a format's own tokens are: lines, fields, brackets, control words.

    Args:
        pattern: matches one token; between tokens is nothing.
        words: what the format knows, to be put in anywhere.
    """

    def __init__(self, pattern: bytes, words: tuple[bytes, ...]) -> None:
        self._pattern = re.compile(pattern + rb"|.", re.DOTALL)
        self._words = words

    def tokens(self, data: bytes) -> list[bytes]:
        return self._pattern.findall(data)

    def edit(self, rng: Random, data: bytes) -> bytes:
        """Delete, repeat, move, swap or replace some tokens."""
        tokens = self.tokens(data)
        if not tokens:
            return rng.choice(self._words)
        start = rng.randrange(len(tokens))
        end = min(len(tokens), start + 1 + int(rng.expovariate(1 / 3)))
        piece = tokens[start:end]
        other = rng.randrange(len(tokens))
        match rng.randrange(7):
            case 0:
                del tokens[start:end]
            case 1:
                tokens[start:end] = piece * rng.choice((2, 3, 100))
            case 2:
                tokens[other:other] = piece
            case 3:
                tokens[start], tokens[other] = tokens[other], tokens[start]
            case 4:
                tokens[start] = _with_number(rng, tokens[start])
            case 5:
                tokens[start] = rng.choice(self._words)
            case _:
                tokens[start:start] = [
                    rng.choice(self._words) for _ in range(rng.choice((1, 2, 5)))
                ]
        return b"".join(tokens)

    def growth(self, rng: Random, data: bytes) -> Growth:
        """Some tokens, or words of the format, again and again."""
        tokens = self.tokens(data)
        at = rng.randrange(len(tokens) + 1)
        head, tail = b"".join(tokens[:at]), b"".join(tokens[at:])
        if rng.random() < 0.5:
            piece = b"".join(tokens[at : at + 1 + int(rng.expovariate(1 / 6))])
        else:
            piece = b"".join(
                rng.choice((*self._words, b" ", b"a")) for _ in range(rng.choice((1, 1, 2, 3)))
            )
        closing = rng.choice((b"", b"", rng.choice(self._words)))
        return Growth(head, piece or b"a", b"", closing, tail if rng.random() < 0.7 else b"")
