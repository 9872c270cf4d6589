"""The headings of contracts, statutes and minutes whose text only numbers them.

Plain text has no marks for headings, a PDF often none but bold letters, and in word processors and
on pages clauses are numbered paragraphs like any other; yet "14.3 Termination." in front of a
clause, or alone above it, tells what the clause is about. Such a line is taken for a heading where
it is one of several, numbered in order, with text between them: a list of names, a table of
contents or a recipe's steps have none. Nor has what is only quoted: a legend or a form in capitals,
which may have numbers of its own. Where there are clauses, exhibits begin what is no part of the
last of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from askdoc.model import Document, Heading, Span
from askdoc.split import clause_lead, is_title

_FEWEST = 3
_LEAST_TEXT = 30  # code points between a heading and the next, over all of them
_LARGEST_STEP = 2
_MOST_LEVELS = 6
# Begins with a line end, so that it is searched for fast.
_OPENING = re.compile(
    r"[\n\r\f][ \t]{0,24}"
    r"(?=§|\d{1,3}[.) ]|(?:[Ss]ection|SECTION|[Aa]rticle|ARTICLE|Clause|CLAUSE)\s)"
)
_OWN_LINE = re.compile(
    r"(?P<number>(?:(?i:section|article|clause)\s|§\s?)?"
    r"(?:\d{1,3}(?:\.\d{1,3}){0,4}|(?<=\s)[IVXLC]{1,7}))[.:)]?"
    r"(?:[ \t]+[-–—]?[ \t]*|[ \t]*(?:(?:\r\n|[\n\r])[ \t]*){1,2}(?=[A-Z]))"
    r"(?P<title>[^\W\d_][^\n\r]{1,90}?)[.:]?[ \t]*(?=[\n\r]|\Z)"
)
_UNTITLED = re.compile(r"\d{1,3}(?:\.\d{1,3}){1,4}\.?(?=\s)")
_EXHIBIT = re.compile(
    r"[\n\r\f][ \t]*[\n\r\f][ \t]{0,40}(?=[EeSsAa])"
    r"(?P<title>(?:(?i:exhibit|schedule|annex|appendix|attachment))[ \t]+"
    r"(?:[A-Z]{1,3}|[A-Z]?[-.]?\d{1,3}(?:[-.]\d{1,3})?[A-Z]?)"
    r"(?:[ \t]*[-–—:.][ \t]*(?P<name>[A-Z][^\n\r]{0,90})?|"
    r"[ \t]*(?:\r\n|[\n\r])[ \t]*[A-Z][A-Z ,&’'()-]{2,90})?)[ \t]*(?=[\n\r]|\Z)"
)
_SAYS_SOMETHING = re.compile(
    r"\b(?:SHALL|WILL|MUST|MAY|IS|ARE|WAS|WERE|HAS|HAVE|HAD|NOT|BE|BEEN|AGREES?|HEREBY)\b"
)
_LONGEST_QUOTED = 3000
_DIGITS = re.compile(r"\b(?:\d+|[IVXLC]+)\b")


class _Found(NamedTuple):
    """A heading that may be one: its span, its number and what it says."""

    start: int
    end: int
    number: str
    title: str


def with_clauses(document: Document) -> Document:
    """The same document, with the numbered headings of its clauses besides those that it has."""
    text = document.text
    starts = [heading.span.start for heading in document.headings]
    ends = [heading.span.end for heading in document.headings]

    def is_free(start: int, end: int) -> bool:
        return bisect_left(starts, end) == bisect_right(ends, start)

    found = _in_series(
        one
        for one in _candidates(text)
        if is_free(one.start, one.end) and not _is_quoted(text, one.start)
    )
    if not _are_clauses(found, len(text)):
        return document
    headings = [_heading(one) for one in found]
    for exhibit in _EXHIBIT.finditer(text):
        span = Span(*exhibit.span("title"))
        title = " ".join(exhibit["title"].split()).rstrip(" .:-–—")
        name = (exhibit["name"] or "").rstrip(" \t.")
        if is_free(*span) and (not name or is_title(name, sure=True)):
            headings.append(Heading(span, title, 1))
    return replace(
        document, headings=tuple(sorted((*document.headings, *headings), key=lambda one: one.span))
    )


def _in_series(candidates: Iterable[_Found]) -> list[_Found]:
    """Those with a title, and bare numbers that go on where one before left off: 2.1 after 2."""
    found, seen = [], set[tuple[int, ...]]()
    for one in candidates:
        key = _key(one.number)
        if one.title or (key and (key[:-1] in seen or (*key[:-1], key[-1] - 1) in seen)):
            found.append(one)
            seen.add(key)
    return found


def _heading(one: _Found) -> Heading:
    level = min(_MOST_LEVELS, 1 + one.number.count("."))
    return Heading(Span(one.start, one.end), f"{one.number} {one.title}".strip(), level)


def _candidates(text: str) -> Iterator[_Found]:
    if one := _at(text, 0):
        yield one
    for opening in _OPENING.finditer(text):
        if one := _at(text, opening.end()):
            yield one


def _at(text: str, start: int) -> _Found | None:
    """The heading that begins at an offset, None where none does."""
    own = _OWN_LINE.match(text, start)
    if own is not None and is_title(own["title"], sure=True) and not _is_form(own["title"]):
        title = " ".join(own["title"].split())
        return _Found(start, own.end("title"), " ".join(own["number"].split()), title)
    lead = clause_lead(text, start, min(len(text), start + 400))
    if lead is not None and lead.start == start and lead.is_section and lead.title >= 0:
        number = text[lead.start : lead.number_end].rstrip(".):").strip("(")
        title = " ".join(text[lead.title : lead.title_end - 1].split())
        return _Found(start, lead.title_end, number, title)
    bare = _UNTITLED.match(text, start)
    return None if bare is None else _Found(start, bare.end(), bare[0].rstrip("."), "")


def _is_form(title: str) -> bool:
    """Whether words in capitals are a sentence of a legend or form rather than a title."""
    return title.isupper() and _SAYS_SOMETHING.search(title) is not None


def _is_quoted(text: str, start: int) -> bool:
    """Whether a quotation is open that began in the paragraph which this offset is in."""
    begin = max(0, start - _LONGEST_QUOTED)
    begin = max(begin, text.rfind("\n\n", begin, start), text.rfind("\n\r\n", begin, start))
    opened = text.rfind("“", begin, start)
    if opened >= 0:
        return text.find("”", opened, start) < 0
    return text.count('"', begin, start) % 2 == 1


def _are_clauses(found: list[_Found], length: int) -> bool:
    """Whether candidates are headings: several with a title, in order, and text between them."""
    titles = {one.title for one in found if one.title}
    if len(titles) < max(_FEWEST, sum(bool(one.title) for one in found) // 2):
        return False  # Of a page's number and running title there are many.
    gaps = [after.start - one.end for one, after in pairwise(found)]
    gaps.append(length - found[-1].end)
    with_text = sum(gap >= _LEAST_TEXT for gap in gaps)
    keys = [key for one in found if (key := _key(one.number))]
    rising = sum(
        before < after and after[0] - before[0] <= _LARGEST_STEP for before, after in pairwise(keys)
    )
    return 2 * with_text >= len(found) and 4 * rising >= 3 * (len(found) - 1)


def _key(number: str) -> tuple[int, ...]:
    """A section's number as numbers, to tell whether it stands in order."""
    return tuple(int(part) if part.isdigit() else _roman(part) for part in _DIGITS.findall(number))


def _roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in numeral]
    return sum(
        -value if value < max(values[at + 1 :], default=0) else value
        for at, value in enumerate(values)
    )
