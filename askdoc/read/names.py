"""The names of a question by which it tells one row of a table from the others."""

from __future__ import annotations

import re
from typing import NamedTuple

from askdoc import lexicon
from askdoc.read.asked import Asked
from askdoc.read.cells import Row
from askdoc.read.columns import name_terms
from askdoc.read.seen import SeenTable
from askdoc.text import Token

# Rarer in general English than this is too rare for a common word.
_RARE = 8.5
# A number of fewer digits only counts.
_FEWEST_DIGITS = 3
# A name of more words is a list of names.
_MOST_WORDS = 8
_DATED = frozenset(
    "january february march april may june juli august septemb octob novemb decemb monday tuesday "
    "wednesday thursday friday saturday sunday".split()
)
_TITLES = frozenset("mr mrs ms miss dr prof professor sir dame lord ladi".split())
_BESIDE = re.compile(r"[ .\-‐–]*")
_POSSESSIVE = ("'s", "’s", "s'", "s’")

Run = tuple[str, ...]


class Names(NamedTuple):
    """What a question names: `runs` are names that the table knows in part at least, term by term;
    `strange` the terms of those that it does not know at all."""

    runs: tuple[Run, ...]
    strange: frozenset[str]


def names_of(asked: Asked, table: SeenTable) -> Names:
    """The names of a question, as they stand in it and as the cells of a table tell."""
    runs, strange = list[Run](), set[str]()
    for run in _runs(asked, table):
        known = [term for term in run if term in table.terms or term in table.column_terms]
        if not known:
            strange.update(run)
            continue
        needed = [term for term in run if term in table.terms or term not in table.around]
        if needed:
            runs.append(tuple(dict.fromkeys(needed)))
    return Names(tuple(dict.fromkeys(runs)), frozenset(strange))


def holder(row: Row, run: Run) -> int | None:
    """The first cell that a row holds a name with, None where it does not hold it.

    A name stands in one cell, or in several that it fills, as "Ada" and "Quill" may: a row with an
    Ada in one and a Quill beside others in another has no Ada Quill.
    """
    wanted = set(run)
    for at, cell in enumerate(row.cells):
        if wanted <= cell.terms:
            return at
    if len(run) == 1:
        named = (at for at, cell in enumerate(row.cells) if run[0] in name_terms(cell.name))
        return next(named, None)
    if len(run) > _MOST_WORDS:
        return None
    reached: dict[int, int] = {0: -1}
    for end in range(1, len(run) + 1):
        for start in [at for at in reached if at < end]:
            place = _cell_of(row, run[start:end])
            if place is not None and end not in reached:
                reached[end] = reached[start] if start else place
    return reached.get(len(run))


def _cell_of(row: Row, part: Run) -> int | None:
    wanted = set(part)
    cells = enumerate(row.cells)
    if len(part) == 1:
        return next((at for at, cell in cells if cell.terms == wanted), None)
    return next((at for at, cell in cells if wanted <= cell.terms), None)


def _runs(asked: Asked, table: SeenTable) -> list[Run]:
    """Words beside each other that are names, or numbers, each run by itself."""
    found: list[list[str]] = []
    last: Token | None = None
    tells = any(asked.text[token.start].islower() for token in asked.tokens)
    for token in asked.tokens:
        if not _is_name(asked.text, token, table, tells):
            last = None
            continue
        if last is not None and _go_together(asked.text, last, token):
            found[-1].append(token.term)
        else:
            found.append([token.term])
        last = token
    return [tuple(run) for run in found]


def _go_together(text: str, one: Token, other: Token) -> bool:
    return (
        _BESIDE.fullmatch(text, one.end, other.start) is not None
        and not text[one.start : one.end].endswith(_POSSESSIVE)
        and one.term[0].isdigit() == other.term[0].isdigit()
    )


def _is_name(text: str, token: Token, table: SeenTable, tells: bool) -> bool:
    """Whether a word is a name: by its capital (if capitals tell anything), its rarity, or since
    the table has it in one."""
    term = token.term
    if any(map(str.isdigit, term)):
        return sum(map(str.isdigit, term)) >= _FEWEST_DIGITS
    if term in _DATED or term in _TITLES or term in table.column_terms:
        return False
    if term not in table.terms and term in table.around:
        return False
    if term in table.proper or lexicon.idf(term) >= _RARE:
        return True
    word = text[token.start : token.end]
    # What is all capitals may be short for a column.
    short = len(word) > 1 and word.isupper() and term not in table.terms
    return tells and token.start > 0 and word[0].isupper() and not short
