"""Reads the files of hard cases for the splitter, and splits a text as the cases write it down."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from askdoc.model import Document
from askdoc.split import split

DATA = Path(__file__).parents[1] / "data"
BOUNDARY = "‖"


class Case(NamedTuple):
    """A text and the sentences that an editor would see in it."""

    name: str
    text: str
    sentences: list[str]


def read_cases(path: Path) -> list[Case]:
    """The cases of a file; its first lines tell the format."""
    # Line ends are part of the cases: no universal newlines.
    _, *blocks = f"\n{path.read_bytes().decode('utf-8')}".split("\n=== ")
    return [_case(block.removesuffix("\n")) for block in blocks]


def _case(block: str) -> Case:
    name, _, marked = block.partition("\n")
    pieces = [piece.strip() for piece in marked.split(BOUNDARY)]
    return Case(name, marked.replace(BOUNDARY, ""), [piece for piece in pieces if piece])


def sentences(text: str) -> list[str]:
    """The texts of a text's sentences, in order."""
    return [sentence.text for block in split(Document(text, "case")) for sentence in block]
