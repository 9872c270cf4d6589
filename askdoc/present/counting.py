"""How much there is, in words."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """`1 line`, `2,048 lines`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
