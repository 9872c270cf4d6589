"""Passages: adjacent sentences that are retrieved together.

A passage should hold what a sentence leaves to its neighbours (who "she" is) and little else. A
paragraph is the author's own choice of that; long ones are cut between sentences, and runs of short
ones (news puts each sentence in a paragraph of its own, pages scatter left-overs) are joined. A
heading always opens a passage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from askdoc.model import Passage, Sentence

# In code points: about 60 and 200 English words.
_SHORT = 350
_LONG = 1200


def group(blocks: Iterable[list[Sentence]]) -> Iterator[Passage]:
    """Passages over the blocks of one document, in order; every sentence is in exactly one."""
    pending: list[Sentence] = []
    size = 0
    for block in blocks:
        document = block[0].document
        if pending and size >= _SHORT:
            yield Passage(pending[0].document, tuple(pending))
            pending, size = [], 0
        for sentence in block:
            length = sentence.end - sentence.start
            # Notes without blank lines have headings in the middle of a block too.
            if pending and (size + length > _LONG or document.is_heading(sentence.start)):
                yield Passage(pending[0].document, tuple(pending))
                pending, size = [], 0
            pending.append(sentence)
            size += length
    if pending:
        yield Passage(pending[0].document, tuple(pending))
