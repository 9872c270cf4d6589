"""What opens a clause: its number and its run-in heading, which belong to the sentence after them.

"14.3 Termination. Either party may ..." has a full stop where no sentence ends: alone, "14.3" and
"Termination." say nothing, and the clause without them does not say what it is about. A run-in
heading looks like a short sentence, so it is taken for one only where it is written as titles are,
or where nothing in it says or orders something.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from typing import NamedTuple

from askdoc.split.abbreviations import kind, knowledge

_NUMBER = r"(?:\d{1,4}(?:[.-]\d{1,4}){0,4}[a-zA-Z]?|[IVXLC]{1,7}|[A-Z])(?:\([a-z0-9]{1,4}\)){0,3}"
_LABELS = (
    "section|sec\\.|article|art\\.|clause|item|part|chapter|rule|exhibit|schedule|annex|appendix"
    "|question|figure|fig\\.|table|amendment|paragraph|step|title|regulation|definition"
    "|lemma|proposition|corollary|example|agenda item|resolution|motion|motion no\\.|order"
)
_FIRST = {label[:2] for label in _LABELS.replace("\\", "").split("|")}
LEAD_STARTS = frozenset(
    {*_FIRST, *map(str.title, _FIRST), *map(str.upper, _FIRST)}
    | {letter + mark for letter in string.ascii_letters for mark in ".)"}
    | {one + two for one in "0123456789" for two in "0123456789.)"}
    | {
        one + two
        for one in "(#>*• \n"
        for two in "(#>*•§ \n" + string.ascii_letters + string.digits
    }
    | {one + two for one in "IVXLQA" for two in "IVXL0123456789"}
    | {"§ ", "§§", *(f"§{digit}" for digit in string.digits)}
)
"""The two characters that a lead begins with; most stretches need not be looked at."""
_LEAD = re.compile(
    r"[#>*•\s]*+(?:"
    rf"(?P<label>(?i:{_LABELS})\s{{1,3}}|§{{1,2}}\s?){_NUMBER}(?P<stop>[.:)]?)"
    r"|(?P<plain>\(?\d{1,3}(?:\.\d{1,3}){1,4}\.?\)?|\(?\d{1,3}[.)]|\([a-zA-Z]{1,4}\)(?:\([ivx\d]{1,4}\))?"
    r"|[a-zA-Z][.)]|[IVXL]{2,6}[.)]|[QA]\d{1,3}[.:)])"
    r")\s+"
)
_LABEL = re.compile(rf"\s*+(?:(?i:{_LABELS})\s{{1,3}}{_NUMBER}|\d{{1,3}}|[A-Z]|[IVX]{{2,5}})\.")
LONGEST_LABEL = 32
"""No label such as "Definition 3.4." is longer, with the white space before it."""
_TITLE = re.compile(r"[A-Z][^.!?:;\n]{0,90}(?:\n[^.!?:;\n]{1,90})?\.(?=\s+[\"“‘(\[]?[A-Z0-9])")
_NAMES_SECTION = re.compile(
    r"(?i:section|sec\.|article|art\.|clause|item|rule|§|amendment|paragraph)"
)
_WORD = re.compile(r"[^\s,/()–—&-]+")
_SMALL_WORDS = frozenset(
    "a an and as at by for from in into nor of on or per the to under upon with without".split()
)
_ANSWER = re.compile(r"[QA]\d")
_OBJECTS = frozenset(
    "the a an all any both each every some no one two three your my our its to".split()
)
_MOST_WORDS, _MOST_SMALL = 12, 5
_ALONE = re.compile(
    r"(?P<sure>\d{1,3}(?:\.\d{1,3}){0,4}\.|\([a-zA-Z]{1,4}\)|[IVXL]{1,5}\.)"
    rf"|(?P<label>(?i:article|section|clause|part|chapter|schedule)\s{_NUMBER}[.:]?|§\s?{_NUMBER}\.?)"
    r"|\d{1,3}(?:\.\d{1,3}){1,4}"
)
ALONE_ENDS = frozenset(".):IVXLC0123456789")
LONGEST_ALONE = 20
"""No number alone on its line is longer."""
_APART = re.compile(
    r"(\d{1,3}(?:\.\d{1,3}){0,4}\.|\d{1,3}(?:\.\d{1,3}){1,4}|\([a-zA-Z]{1,4}\))[ \t]*"
)
_ALL_APART = re.compile(rf"(?:\A|[\n\r\f])[ \t]*{_APART.pattern}(?:\r\n|[\n\r])[ \t]*[\n\r\f]")
APART_STARTS = frozenset("(" + string.digits)
_LEAST_WORDS = 4


class Lead(NamedTuple):
    """What opens a clause: `[start, number_end)` is its number, `[title, title_end)` its heading.

    Without a run-in heading both of these are -1. `is_section` says whether the number is one of a
    section rather than of a figure or a list's item.
    """

    start: int
    number_end: int
    title: int
    title_end: int
    is_section: bool

    @property
    def end(self) -> int:
        """Up to here no sentence ends."""
        return max(self.number_end, self.title_end)


def lead(text: str, start: int, end: int) -> Lead | None:
    """The lead of the clause that `text[start:end]` opens with, None where there is none."""
    match = _LEAD.match(text, start, end)
    if match is None:
        return None
    label, plain = match["label"], match["plain"]
    number_start = match.start("label") if label else match.start("plain")
    number_end = match.end("stop") if label else match.end("plain")
    is_section = plain is not None or _NAMES_SECTION.match(label) is not None
    if label and (not is_section or match["stop"] != "."):
        return Lead(number_start, number_end, -1, -1, is_section)
    title = _TITLE.match(text, match.end(), end)
    is_letter = plain is not None and plain[0].isalpha() and len(plain) == 2
    if (
        (plain and _ANSWER.match(plain))
        or (
            title is None
            or (is_letter and " " not in title[0])  # "A. Yes." is an answer.
            or not is_title(title[0][:-1], is_letter)
        )
    ):
        return Lead(number_start, number_end, -1, -1, is_section)
    return Lead(number_start, number_end, title.start(), title.end(), is_section)


def is_label(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is nothing but the label of a section, figure or the like."""
    return _LABEL.fullmatch(text, start, end) is not None


def is_number_alone(line: str, following: str) -> bool:
    """Whether a line is the number of the clause or the title that begins on the following line."""
    match = _ALONE.fullmatch(line)
    if match is None or _ALONE.match(following) is not None:
        return False
    if match["sure"] or match["label"]:
        return following[:1].isalpha() or following[:1] in '“"'
    # A number in a column of numbers and names is none.
    return following[:1].isupper() and following.count(" ") >= _LEAST_WORDS - 1


class NumbersApart:
    """The numbers of a text that stand alone between blank lines, looked up when one is met.

    Programs that number clauses by themselves lose the line when their text is copied. A single
    number there may be anything; where the one before or after stands so, too, it is a clause's.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: frozenset[str] | None = None

    def leads(self, start: int, end: int, following: int) -> bool:
        """Whether `text[start:end]` is the number of the clause that begins at `following`."""
        match = _APART.fullmatch(self._text, start, end)
        clause = self._text[following : following + 2]
        if match is None or not (clause[:1].isupper() or (clause[:1] in '“"' and clause[1:])):
            return False
        if self._found is None:
            self._found = frozenset(
                one[1].rstrip(".").lower() for one in _ALL_APART.finditer(self._text)
            )
        return not self._found.isdisjoint(_neighbours(match[1].rstrip(".").lower()))


def _neighbours(number: str) -> Iterator[str]:
    """The numbers before and after one, as they would be written: 14.2 and 14.4 of 14.3."""
    if number.startswith("("):
        inside = number[1:-1]
        yield from (f"({chr(ord(inside[-1]) + step)})" for step in (-1, 1) if len(inside) == 1)
        yield from ("(i)", "(ii)") if set(inside) <= set("ivx") and inside != "i" else ()
        return
    above, dot, last = number.rpartition(".")
    yield from (f"{above}{dot}{int(last) + step}" for step in (-1, 1))


def is_title(title: str, sure: bool = False) -> bool:
    """Whether a short text before a full stop is a heading rather than a sentence.

    Args:
        title: without its full stop.
        sure: whether all its words but small ones must have capitals.
    """
    words = _WORD.findall(title)
    if not words or len(words) > _MOST_WORDS or kind(words[-1]) in ("never", "before_number"):
        return False
    if all(word[0].isupper() or word[0] in "\"“'‘" or word in _SMALL_WORDS for word in words):
        return True
    known = knowledge()
    if sure or len(words) > _MOST_SMALL or any(map(_has_digit, words)):
        return False
    low = [word.lower().strip("\"“”'’") for word in words]
    if low[0] in known.imperatives or any(word in known.not_in_titles for word in low):
        return False
    if low[1:2] and low[1] in _OBJECTS:
        return False  # "Preheat the oven."
    return not any(word.endswith(("ed", "n't", "'s", "’s")) for word in low)


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))
