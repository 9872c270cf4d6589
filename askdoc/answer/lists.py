"""A list is one statement: what opens it says nothing without its items, they little without it.

"Either party may terminate if:" is no answer alone, nor is "(b) the other becomes insolvent; or".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from askdoc.answer.cardinality import Cardinality
from askdoc.model import Extract, Sentence

_ITEM = re.compile(
    r"\s*(?:[([]?(?P<mark>[a-z]{1,2}|[ivx]{1,5}|\d{1,2}|[A-Z])[.)\]]|[-–—•*·▪◦‣])\s+(?=\S)"
)
# What goes on in the next line: "if:", "the following", "shall", "(a) ...; or".
_OPENS = re.compile(
    r"(?:[:—–]|\b(?:if|when|where|unless|shall|must|may|will|to|by|following|either|and|or))\W*$",
    re.I,
)
_GOES_ON = re.compile(r"(?:[;,:]|\b(?:and|or))\s*$")
_ENDS = re.compile(r"[.!?][\"'”’)\]]*$")


def with_list(best: Extract, limit: int, wanted: Cardinality) -> list[Extract]:
    """A sentence, and what makes it whole: the items of the list that it opens, or what opens the
    list that it is an unfinished item of, with the other items where several things are asked for.

    Args:
        best: the sentence.
        limit: at most so many, `best` among them.
        wanted: how many things are asked for; where it is one, an item answers alone.

    Returns:
        In reading order, each as sure as `best`.
    """
    if best.passage is None:
        return [best]
    sentences = best.passage.sentences
    at = next((n for n, one in enumerate(sentences) if one.start == best.sentence.start), None)
    if at is None:
        return [best]
    opens = _opening(sentences, at)
    if opens is None:
        items = _items(sentences, at)
        # The answer is in the items: what it opens with marks none of it.
        first = replace(best, short=None) if items else best
        return [first, *(_beside(best, item) for item in items[: limit - 1])]
    if wanted is Cardinality.ONE or limit < 2:
        return [best]
    if wanted is Cardinality.ONE_OR_ADDED:
        return [_beside(best, sentences[opens]), best]
    others = [item for item in _items(sentences, opens) if item != best.sentence]
    kept = {item.start for item in others[: limit - 2]}
    return [
        best if one == best.sentence else _beside(best, one)
        for one in sentences[opens:]
        if one == sentences[opens] or one == best.sentence or one.start in kept
    ]


def _beside(best: Extract, sentence: Sentence) -> Extract:
    return Extract(sentence, best.confidence, None, best.passage)


def _items(sentences: Sequence[Sentence], at: int) -> list[Sentence]:
    """The items of the list that a sentence opens; none where it opens none."""
    opens = sentences[at].text
    if _ENDS.search(opens) or not _OPENS.search(opens) or at + 1 == len(sentences):
        return []
    # "2. Either party may end this if:" is an item of one list, and opens another.
    mark = _mark(sentences[at + 1].text)
    if mark is None or mark == _mark(opens):
        return []
    return list(takewhile(lambda one: _mark(one.text) == mark, sentences[at + 1 :]))


def _opening(sentences: Sequence[Sentence], at: int) -> int | None:
    """Where the list opens that a sentence is an item of, where the item is no sentence itself."""
    item = sentences[at].text
    match = _ITEM.match(item)
    if match is None or not (item[match.end()].islower() or _GOES_ON.search(item)):
        return None
    mark = _mark(item)
    for place in reversed(range(at)):
        text = sentences[place].text
        if _mark(text) != mark:
            return place if _OPENS.search(text) and not _ENDS.search(text) else None
    return None


def _mark(text: str) -> str | None:
    """The kind of mark that an item has: a figure, a letter, or a sign; None: it is no item."""
    match = _ITEM.match(text)
    if match is None:
        return None
    mark = match["mark"] or ""
    return "1" if mark.isdigit() else "a" if mark else "-"
