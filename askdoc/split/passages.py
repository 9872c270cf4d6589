"""Passages: adjacent sentences that are retrieved together.

A passage should hold what a sentence leaves to its neighbours (who "she" is) and little else. A
paragraph is the author's own choice of that; long ones are cut between sentences, and runs of short
ones (news puts each sentence in a paragraph of its own, pages scatter left-overs) are joined. A
heading always opens a passage, and what leads in a list ("Either party may terminate if:") stands
in the passage of its items, since neither says anything without the other.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from askdoc.model import Passage, Sentence
from askdoc.split.sentences import blocks

# In code points: about 60 and 200 English words.
_SHORT = 350
_LONG = 1200
_ITEM = re.compile(r"[-*+•‣▪◦●–—·]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{2,4})[.)]\s")


class Cut(NamedTuple):
    """Where a text is cut: its sentences and passages as plain numbers, ready to be packed.

    Sentence `i` is `text[starts[i]:ends[i]]`. The first `sizes[0]` sentences are the first passage,
    the next `sizes[1]` the second, and so on; no size is zero and together they are all sentences.
    """

    starts: array[int]
    ends: array[int]
    sizes: array[int]


def cut(text: str, heading_starts: Collection[int]) -> Cut:
    """The sentences and passages of a text, as `group(split(document))` makes them, but numbers.

    Args:
        text: the whole text of a document of fewer than 2**32 code points.
        heading_starts: the offsets at which its headings begin, in any order.
    """
    starts, ends, sizes = array("I"), array("I"), array("I")

    def noted() -> Iterator[list[tuple[int, int]]]:
        for block in blocks(text):
            for start, end in block:
                starts.append(start)
                ends.append(end)
            yield block

    sizes.extend(_sizes(noted(), frozenset(heading_starts), text))
    return Cut(starts, ends, sizes)


def group(blocks: Iterable[list[Sentence]]) -> Iterator[Passage]:
    """Passages over the blocks of one document, in order; every sentence is in exactly one."""
    blocks = list(blocks)
    if not blocks:
        return
    document = blocks[0][0].document
    headings = frozenset(heading.span.start for heading in document.headings)
    spans = ([(sentence.start, sentence.end) for sentence in block] for block in blocks)
    sentences = chain.from_iterable(blocks)
    for size in _sizes(spans, headings, document.text):
        yield Passage(document, tuple(islice(sentences, size)))


def _sizes(
    blocks: Iterable[list[tuple[int, int]]], headings: frozenset[int], text: str
) -> Iterator[int]:
    """How many sentences each passage has, over blocks of the starts and ends of sentences."""
    pending = size = length = 0
    end = -1
    listed = False
    for block in blocks:
        leads_in = end > 0 and text[end - 1] == ":"
        listed = (leads_in or listed) and _ITEM.match(text, block[0][0]) is not None
        if pending and size >= _SHORT:
            if not listed:
                yield pending
                pending = size = 0
            elif leads_in and pending > 1:
                yield pending - 1
                pending, size = 1, length
        for start, end in block:
            length = end - start
            # Notes without blank lines have headings in the middle of a block too.
            if pending and (size + length > _LONG or start in headings):
                yield pending
                pending = size = 0
            pending += 1
            size += length
    if pending:
        yield pending
