"""A document's sentences: the unit of citation, exact spans into the original text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from askdoc.model import Document, Sentence, Span
from askdoc.split.boundaries import ends
from askdoc.split.layout import stretches

# The longest sentence, in code points. Law books stay well below it; beyond it are tables, lists
# without line ends, or no text at all, and nobody can use a citation of that length.
LONGEST = 2000
_BREAK = re.compile(r"[;:,)\]]\s+|\s+")


def split(document: Document) -> list[list[Sentence]]:
    """The sentences of a document, in order, by block (a paragraph, a heading, a list).

    Sentences have no white space around them, do not overlap, and together hold everything in the
    text but white space. Blocks are never empty.
    """
    text = document.text
    blocks: list[list[Sentence]] = []
    for stretch, opens in stretches(text):
        sentences = [
            Sentence(document, piece.start, piece.end)
            for span in _between_ends(text, stretch)
            for piece in _shortened(text, span)
        ]
        if sentences and opens:
            blocks.append(sentences)
        elif sentences:
            blocks[-1].extend(sentences) if blocks else blocks.append(sentences)
    return blocks


def _between_ends(text: str, stretch: Span) -> Iterator[Span]:
    start, stop = stretch
    at = start
    for end in ends(text, start, stop):
        yield from _trimmed(text, at, end)
        at = end
    yield from _trimmed(text, at, stop)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """The span without white space around it, unless it is nothing else."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if left < right:
        yield Span(start + left, start + right)


def _shortened(text: str, span: Span) -> Iterator[Span]:
    """The span itself, or where it is too long its pieces, cut where a person would pause."""
    start, end = span
    while end - start > LONGEST:
        cut = start + LONGEST
        for pause in _BREAK.finditer(text, start + LONGEST // 2, cut):
            cut = pause.end()
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)
