"""The names of a question by which it tells one row of a table from the others."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from askdoc.english import background
from askdoc.english.analyzer import Token
from askdoc.english.dates import CALENDAR
from askdoc.english.terms import TERMS
from askdoc.english.word_classes import COURTESY_TITLES
from askdoc.read.analysis import QuestionAnalysis
from askdoc.read.cells import Cell, Row
from askdoc.read.seen import SeenTable

# A number of fewer digits only counts.
_FEWEST_DIGITS = 3
# A name of more words is a list of names, and a cell with more terms a text.
_MOST_WORDS, _LONGEST_CELL = 8, 6
# A question that has more names is a text.
_MOST_NAMES = 20
_NO_NAMES = frozenset(TERMS[word][0] for word in CALENDAR | COURTESY_TITLES)
_BESIDE = re.compile(r"[ .\-‐–]*")
_POSSESSIVE = ("'s", "’s", "s'", "s’")

Run = tuple[str, ...]


class Name(NamedTuple):
    """A name or number of a question: its terms, by which cell each row holds it, of those that do,
    and whether something of it is asked for: "Ada Quill's ...", "... of Ada Quill"."""

    terms: Run
    holders: dict[int, Cell]
    owns: bool

    @property
    def is_number(self) -> bool:
        return any(map(str.isdigit, self.terms[0]))


class Names(NamedTuple):
    """What a question names.

    `known` are the names that rows of the table hold. `missing` tells that it names nobody but one
    whom the table, which lists such names, does not have; `strange` are the terms of names that no
    row of such a table holds.
    """

    known: tuple[Name, ...]
    missing: bool
    strange: frozenset[str]


def names_of(asked: QuestionAnalysis, table: SeenTable) -> Names:
    """The names of a question, as they stand in it and as the cells of a table tell."""
    known, missing, strange = list[Name](), False, set[str]()
    for run, owns in islice(dict(_runs(asked, table)).items(), _MOST_NAMES):
        if table.years.intersection(run):
            continue  # a column tells of it
        holders = {at: cell for at, row in table.rows.items() if (cell := holder(row, run, table))}
        if holders:
            known.append(Name(run, holders, owns))
        elif len(run) > 1 and not any(map(str.isdigit, run[0])):
            listed = not table.proper.isdisjoint(run) or _are_in_two_columns(run, table)
            missing = missing or listed
            strange.update(run if table.proper or listed else ())
    return Names(tuple(known), missing and not known, frozenset(strange))


def _are_in_two_columns(run: Run, table: SeenTable) -> bool:
    """Whether two columns beside each other have the words of a name: given names, surnames."""
    one, other = table.columns_with(run[0]), table.columns_with(run[1])
    return any(at + 1 in other or at - 1 in other for at in one)


def holder(row: Row, run: Run, table: SeenTable) -> Cell | None:
    """The first cell that a row holds a name with, None where it does not hold it.

    A name stands in one cell, or in several that it fills, as "Ada" and "Quill" may: a row with an
    Ada in one and a Quill beside others in another has no Ada Quill.
    """
    cells = [cell for cell in row.cells if table.tells_apart(cell, run[0])]
    wanted = set(run)
    for cell in cells:
        if wanted == cell.terms or (
            wanted < cell.terms
            and len(cell.terms) <= _LONGEST_CELL
            and _may_be_part(run, cell, table)
        ):
            return cell
    if not 1 < len(run) <= _MOST_WORDS:
        return None
    filled = {cell.terms: cell for cell in reversed(cells)}
    reached: dict[int, Cell | None] = {0: None}
    for end in range(1, len(run) + 1):
        for start in [at for at in reached if at < end]:
            part = filled.get(frozenset(run[start:end]))
            if part is not None and end not in reached:
                reached[end] = reached[start] or part
    return reached.get(len(run))


def _may_be_part(run: Run, cell: Cell, table: SeenTable) -> bool:
    """Whether a name may be only a part of a cell: a given name, the year of a date."""
    return len(run) > 1 or run[0][0].isdigit() or table.column_of(cell) in table.of_names


def _runs(asked: QuestionAnalysis, table: SeenTable) -> list[tuple[Run, bool]]:
    """Words beside each other that are names, or numbers, and whether they own something."""
    found: list[list[Token]] = []
    last: Token | None = None
    for token in asked.tokens:
        if not _may_be_name(asked.text, token, table):
            last = None
            continue
        if last is not None and _go_together(asked.text, last, token):
            found[-1].append(token)
        else:
            found.append([token])
        last = token
    tells = any(asked.text[token.start].islower() for token in asked.tokens)
    return [
        (tuple(dict.fromkeys(token.term for token in run)), _owns(asked.text, run))
        for run in found
        if any(_is_name(asked.text, token, table, tells) for token in run)
        or (len(run) > 1 and all(token.term in table.proper for token in run))
    ]


def _owns(text: str, run: list[Token]) -> bool:
    last = text[run[-1].start : run[-1].end]
    return last.endswith(_POSSESSIVE) or text[: run[0].start].endswith(" of ")


def _go_together(text: str, one: Token, other: Token) -> bool:
    return (
        _BESIDE.fullmatch(text, one.end, other.start) is not None
        and not text[one.start : one.end].endswith(_POSSESSIVE)
        and one.term[0].isdigit() == other.term[0].isdigit()
    )


def _may_be_name(text: str, token: Token, table: SeenTable) -> bool:
    term = token.term
    if any(map(str.isdigit, term)):
        return sum(map(str.isdigit, term)) >= _FEWEST_DIGITS
    if term in _NO_NAMES or term in table.column_terms:
        return False
    known = term in table.terms or term not in table.around
    named = (
        text[token.start].isupper()
        or term in table.proper
        or background.idf(term) >= background.RARE
    )
    return known and named


def _is_name(text: str, token: Token, table: SeenTable, tells: bool) -> bool:
    """Whether a word is a name: by its digits, by its capital (if capitals tell anything), or since
    it is rare and the table has it in one. What is all capitals may be short for anything."""
    word = text[token.start : token.end]
    if any(map(str.isdigit, token.term)):
        return True
    if token.term in table.proper and background.idf(token.term) >= background.RARE:
        return True
    short = len(word) > 1 and word.isupper() and token.term not in table.terms
    return tells and token.start > 0 and word[0].isupper() and not short
