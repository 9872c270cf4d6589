"""Captions: what stands below a picture, a table or a contract and only says what it is, or whose.

"Figure 3: The tower in 1902." has the words of a question and hardly ever its answer, which stands
in the running text. It is the answer where just that figure is asked for.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from askdoc.model import Sentence

_LONGEST = 300
_MARGIN = 400  # in code points: how far above a note its table's last row is looked for

_FIGURES = ("figure", "fig", "abbildung", "abb", "illustration", "plate", "image", "picture",
            "photo", "photograph", "chart", "graph", "diagram", "map", "scheme")  # fmt: skip
_TABLES = ("table", "tab", "tabelle", "tableau")
_KINDS = {
    word: kind for kind, words in (("figure", _FIGURES), ("table", _TABLES)) for word in words
}
_NUMBER = r"[a-z]{0,2}[.-]?\d{1,3}(?:[.-]\d{1,3}){0,2}[a-z]?|[ivxl]{1,5}"
# "Figure 3 shows ..." is a sentence; what only labels has a mark, or nothing, behind its number.
_LABELLED = re.compile(
    rf"\W{{0,3}}(?P<word>{'|'.join(_KINDS)})\.?\s+(?P<number>{_NUMBER})(?:\s*[.:–—|)]|\W*\Z)",
    re.IGNORECASE,
)
_CREDITED = re.compile(
    r"\W{0,3}(?:(?P<word>sources?|data sources?|quellen?)"
    r"|(?:photo(?:graph)?s?|image|picture|illustration)(?: (?:credits?|courtesy|source))?"
    r"(?: by| of)?)\s*[:©]|©",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\W{0,3}(?:signed|signature|executed|witness(?:ed)?(?: by)?)\b"
    r"(?: (?:by|on behalf of|for|as a deed)\b|[,:])|(?:.*\s)?/s/\s",
    re.IGNORECASE | re.DOTALL,
)
_NOTED = re.compile(r"\W{0,3}(?:notes?|remarks?|anmerkung(?:en)?)\s*[:.]", re.IGNORECASE)
_ASKED = {
    "credit": re.compile(
        r"\b(?:photo(?:graph)?(?:s|er|ed)?|pictures?|images?|illustrat\w+|credit\w*|courtesy"
        r"|copyright|took|drew|cover)\b",
        re.IGNORECASE,
    ),
    "source": re.compile(r"\b(?:sources?|sourced|data|figures? from|come from)\b", re.IGNORECASE),
    "signature": re.compile(
        r"\b(?:sign(?:s|ed|ing|ator\w+|ature\w*)?|execut\w+|witness\w*|behalf)\b", re.IGNORECASE
    ),
    "note": re.compile(r"\b(?:notes?|noted|remarks?|footnotes?)\b", re.IGNORECASE),
}
_NAMED = re.compile(
    rf"\b(?P<word>{'|'.join(_KINDS)})s?\b\.?(?:\s+(?:no\.?\s+)?(?P<number>{_NUMBER})\b)?",
    re.IGNORECASE,
)


class Caption(NamedTuple):
    """What a caption is of: "figure" or "table", with its number; "source", "credit",
    "signature" or "note"."""

    kind: str
    number: str = ""

    def is_asked(self, question: str) -> bool:
        """Whether a question asks for what the caption belongs to, or what it says."""
        if self.kind in _ASKED:
            return _ASKED[self.kind].search(question) is not None
        return any(
            _KINDS[named["word"].lower()] == self.kind
            and (named["number"] or self.number).lower() == self.number
            for named in _NAMED.finditer(question)
        )


def caption_of(sentence: Sentence, text: str) -> Caption | None:
    """What a sentence is the caption of, None for all others.

    A note counts only below a table: anywhere else it says what holds.
    """
    if len(text) > _LONGEST:
        return None
    if labelled := _LABELLED.match(text):
        return Caption(_KINDS[labelled["word"].lower()], labelled["number"].lower())
    if credited := _CREDITED.match(text):
        return Caption("source" if credited["word"] else "credit")
    if _SIGNED.match(text):
        return Caption("signature")
    if _NOTED.match(text) and _is_below_rows(sentence):
        return Caption("note")
    return None


def _is_below_rows(sentence: Sentence) -> bool:
    """Whether the nearest line above that is no caption is a row of a table."""
    above = sentence.document.part(max(0, sentence.start - _MARGIN), sentence.start)
    for line in reversed(above.split("\n")):
        if line.strip() and not _CREDITED.match(line) and not _NOTED.match(line):
            return "|" in line
    return False
