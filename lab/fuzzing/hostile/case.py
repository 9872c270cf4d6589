"""A hostile file: its name, how large it is at full size, and what makes its bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

LINE = "The lamp is lit in the harbour at dusk.\n"
"""Text that a file has besides what does harm."""


class Case(NamedTuple):
    """A file that is made by code.

    Attributes:
        name: of the file; its suffix says what it is taken for.
        full: how many pieces, levels or bytes it has at full size.
        make: the bytes for a count.
    """

    name: str
    full: int
    make: Callable[[int], bytes]

    def at(self, scale: float) -> bytes:
        """The bytes at a part of the full size."""
        return self.make(max(1, int(self.full * scale)))


def text(before: str = "", piece: str = "", after: str = "") -> Callable[[int], bytes]:
    """A text with a piece again and again."""
    return lambda count: f"{before}{piece * count}{after}".encode()


def nested(
    before: str, opening: str, inside: str, closing: str, after: str = ""
) -> Callable[[int], bytes]:
    """A text with brackets in brackets."""
    return lambda n: f"{before}{opening * n}{inside}{closing * n}{after}".encode()


def numbered(before: str, piece: str, after: str = "") -> Callable[[int], bytes]:
    """A text with a piece again and again, `{}` in it being its number."""
    return lambda count: (before + "".join(map(piece.format, range(count))) + after).encode()
