"""A document's sentences: the unit of citation, exact spans into the original text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from askdoc.model import Document, Sentence
from askdoc.split.boundaries import ends, first_mark
from askdoc.split.layout import stretches

# The longest sentence, in code points. Law books stay well below it; beyond it are tables, lists
# without line ends, or no text at all, and nobody can use a citation of that length.
LONGEST = 2000
_PAUSE = re.compile(r"[;:,)\]]\s+|\s+")
_WORD_CHARACTER = re.compile(r"\w")


def split(document: Document) -> list[list[Sentence]]:
    """The sentences of a document, in order, by block (a paragraph, a heading, a list).

    Sentences have no white space around them, do not overlap, and together hold everything in the
    text but white space. Blocks are never empty.
    """
    return [[Sentence(document, *span) for span in block] for block in blocks(document.text)]


def blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """The sentences of a text as `split` gives them: start and end of each, by block."""
    found: list[tuple[int, int]] = []
    for start, end, opens, whole in stretches(text):
        first = -1 if whole else first_mark(text, start, end)
        if first >= 0:
            spans = _spans(text, start, end, first)
        else:
            spans = _pieces(text, start, end)
            if not spans:
                continue
        if opens and found:
            yield found
            found = spans
        else:
            found += spans
    if found:
        yield found


def _spans(text: str, start: int, end: int, first: int) -> list[tuple[int, int]]:
    """The sentences of one stretch; marks without any word go with what stands before them."""
    spans: list[tuple[int, int]] = []
    at = start
    for cut in (*ends(text, start, end, first), end):
        # Nearly all begin with a blank and a letter.
        if (
            1 < cut - at <= LONGEST
            and text[at] in " \n"
            and text[at + 1].isalnum()
            and not text[cut - 1].isspace()
        ):
            spans.append((at + 1, cut))
        elif spans and not _WORD_CHARACTER.search(text, at, cut):
            spans[-1:] = _pieces(text, spans[-1][0], cut)
        else:
            spans += _pieces(text, at, cut)
        at = cut
    return spans


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A span without the white space around it, in pieces where it is too long."""
    span = _trimmed(text, start, end)
    if span is None:
        return []
    return [span] if span[1] - span[0] <= LONGEST else list(_shortened(text, *span))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without white space around it; None where it is nothing else."""
    if end - start > 2 and text[start] in " \n" and not text[end - 1].isspace():
        start += 1  # Nearly all have one blank before them, and no other.
        if not text[start].isspace():
            return start, end
    piece = text[start:end]
    bare = piece.strip()
    if not bare:
        return None
    if len(bare) == end - start:
        return start, end
    start += len(piece) - len(piece.lstrip())
    return start, start + len(bare)


def _shortened(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces of a span that is too long, cut where a person would pause."""
    while end - start > LONGEST:
        cut = start + LONGEST
        pauses = _PAUSE.finditer(text, start + LONGEST // 2, cut)
        cut = max((pause.end() for pause in pauses), default=cut)
        if piece := _trimmed(text, start, cut):
            yield piece
        start = cut
    if piece := _trimmed(text, start, end):
        yield piece
