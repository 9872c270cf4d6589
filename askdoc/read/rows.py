"""Rows of a table that cannot answer, however like an answer they look beside each other.

Every row has the words of the columns, and a neighbour has the rest of the question: whoever weighs
words takes "Ada Orr" above "Ben Kern" for Ada Kern. So a row has to hold by itself what the
question asks about, and what no single row says (how many there are, which is the largest) is
answered by none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from askdoc.english.answer_types import AnswerType
from askdoc.read.analysis import QuestionAnalysis
from askdoc.read.cells import Cell, Row, years_in
from askdoc.read.columns import MOST_TERMS, asked_column, is_said, match, names_terms
from askdoc.read.names import names_of
from askdoc.read.parts import PassageParts
from askdoc.read.seen import SeenTable, seen_tables

# A cell with more terms is a text that may have words of the question without meaning them.
_LONGEST_CELL = 8
_STEM = 4
# What people add to the name of a column: "phone number", "e-mail address", "hire date".
_ADDED = frozenset("number address date amount figur valu".split())
_SUPERLATIVE = re.compile(
    r"\b(?:(?<!at )(?:most|least)|fewest|highest|lowest|largest|smallest|biggest|greatest|oldest"
    r"|youngest|newest|longest|shortest|cheapest|dearest|heaviest|lightest|tallest|richest|poorest"
    r"|busiest|fastest|slowest|earliest|latest|first(?=\W*$)|last(?=\W*$))\b",
    re.I,
)
_AGGREGATE = re.compile(
    r"\b(?:average|the mean|median|total|sum|altogether|overall|combined|maximum|minimum)\b", re.I
)
_COUNT = re.compile(r"\bhow many\b|\b(?:the|what|total) number of\b", re.I)

Rows = dict[int, Row]


def wrong_rows(asked: QuestionAnalysis, passages: Sequence[PassageParts]) -> frozenset[int]:
    """Which sentences of the passages, numbered in order, are rows that cannot answer.

    None of running text, nor for a question that is a text itself. A table is judged by those of
    its rows that are among the passages.
    """
    if asked.authorship or not 0 < len(asked.terms) <= MOST_TERMS:
        return frozenset()
    tables = seen_tables(passages)
    return frozenset(chain.from_iterable(table.headers | _wrong(asked, table) for table in tables))


def _wrong(asked: QuestionAnalysis, table: SeenTable) -> set[int]:
    left = table.rows
    judging = _Judging(asked, table)
    for rule in (
        judging.with_the_names, judging.of_the_year, judging.with_all, judging.begun,
        judging.of_the_subject, judging.exact, judging.chosen, judging.told_apart, judging.filled,
        judging.counting, judging.beyond_one,
    ):  # fmt: skip
        if not left:
            break
        left = rule(left)
    return set(table.rows).difference(left)


class _Judging:
    """The rows of one table before a question; each rule gives those that pass it."""

    def __init__(self, asked: QuestionAnalysis, table: SeenTable) -> None:
        self._asked, self._table = asked, table
        self._terms = tuple(asked.terms)
        self._of_columns = names_terms(self._terms, table.columns)
        self._column = asked_column(self._terms, table.columns)
        self._names = names_of(asked, table)
        self._words = [name for name in self._names.known if not name.is_number]
        self._places = {name: at for at, name in enumerate(table.columns)}

    def with_the_names(self, rows: Rows) -> Rows:
        """A row holds each name of the question by itself, or one that others do not hold."""
        if self._names.missing:
            return {}
        known, words = self._names.known, self._words
        left = {at: row for at, row in rows.items() if all(at in name.holders for name in known)}
        if left or len(words) < 2 or set.intersection(*(set(name.holders) for name in words)):
            return left
        numbers = [name for name in known if name.is_number]
        return {  # "Does Estonia or Finland have ...": each is one of them
            at: row
            for at, row in rows.items()
            if any(at in name.holders for name in words)
            and all(at in name.holders for name in numbers)
        }

    def of_the_year(self, rows: Rows) -> Rows:
        """Where columns are years, no row tells of another."""
        years = {year for term in self._terms for year in years_in(term)}
        columns = self._table.years
        if not columns or years & columns or years <= self._table.terms | self._table.around:
            return rows
        return {}

    def with_all(self, rows: Rows) -> Rows:
        """Beside rows that hold all of the question the others are the wrong ones."""
        content = set(self._terms) - self._table.around - _ADDED
        told = content & self._of_columns
        whole = _kept(rows, lambda row: bool(content & _held(row)) and content <= told | _held(row))
        return whole or rows

    def begun(self, rows: Rows) -> Rows:
        """Beside rows whose first cell is asked about, those that have nothing of it are wrong."""
        firsts = {at: row.cells[0] for at, row in rows.items()}
        said = [at for at, cell in firsts.items() if not cell.place and is_said(self._asked, cell)]
        if not said:
            return rows
        return {at: row for at, row in rows.items() if at in said or self._has_said(row)}

    def of_the_subject(self, rows: Rows) -> Rows:
        """Of rows that hold a name, those that it stands furthest to the left in: it is theirs.

        "Ada Quill" may be the manager in other rows, which is only what they tell if the manager,
        or who, is asked for.
        """
        for name in self._words:
            if self._asked.kind is AnswerType.PERSON and self._column is None:
                break
            places = {at: self._place(name.holders[at]) for at in rows if at in name.holders}
            allowed = {min(places.values(), default=0), None}
            if not name.owns:
                allowed.add(self._places.get(self._column or ""))
            rows = {at: row for at, row in rows.items() if places.get(at) in allowed}
        return rows

    def exact(self, rows: Rows) -> Rows:
        """Of rows that hold a name, those that hold no more: "Guinea", not "Papua New Guinea"."""
        for name in self._words:
            held = {at: cell for at, cell in name.holders.items() if at in rows}
            whole = {at for at, cell in held.items() if cell.terms <= set(name.terms)}
            if whole:
                rows = {at: row for at, row in rows.items() if at in whole or at not in held}
        return rows

    def chosen(self, rows: Rows) -> Rows:
        """Some word of the question chooses a row, if all others are accounted for."""
        if len(self._table.rows) < 2 or self._left_over(rows):
            return rows
        open_terms = set(self._terms) - self._of_columns - self._table.around
        stems = {term[:_STEM] for term in open_terms if len(term) > _STEM}
        return _kept(
            rows,
            lambda row: any(
                term in self._asked.weight or term[:_STEM] in stems
                for cell in row.cells
                for term in cell.terms
            ),
        )

    def told_apart(self, rows: Rows) -> Rows:
        """No row of several that all are what was asked about and say different things."""
        if len(rows) < 2:
            return rows
        asks_who = self._asked.kind is AnswerType.PERSON and self._column is None
        if not asks_who and self._are_namesakes(rows):
            return {}
        if self._column is None or match(("name", "person"), self._column).weight > 0.0:
            return rows
        best = self._most_about(rows)
        if len(best) < 2 or not all(map(self._belongs, best.values())) or self._left_over(best):
            return rows
        cells = (cell for row in best.values() for cell in row.cells if cell.name == self._column)
        return rows if len({cell.terms for cell in cells}) < 2 else {}

    def filled(self, rows: Rows) -> Rows:
        """A row has something in the column that is asked for, and says more than its name."""
        rows = _kept(rows, lambda row: len(row.cells) > 1 or not is_said(self._asked, row.cells[0]))
        if self._column is None or not match(self._terms, self._column).is_whole:
            return rows
        return _kept(rows, lambda row: any(cell.name == self._column for cell in row.cells))

    def counting(self, rows: Rows) -> Rows:
        """How many there are of a kind is told by no row of the kind."""
        if self._asked.kind is not AnswerType.NUMBER or not _COUNT.search(self._asked.text):
            return rows
        members = _kept(self._most_about(rows), self._belongs)
        return rows if len(members) < 2 else _kept(rows, lambda row: not self._belongs(row))

    def beyond_one(self, rows: Rows) -> Rows:
        """The largest, the sum or the average is in no row, but in one that says that it is."""
        text = self._asked.text
        most = [word.group().lower() for word in _SUPERLATIVE.finditer(text)]
        summed = [word.group().lower().removeprefix("the ") for word in _AGGREGATE.finditer(text)]
        wanted = most + [word for word in summed if word not in self._table.around]
        if not wanted:
            return rows
        if len(rows) == 1 and (self._words or self._has_said(next(iter(rows.values())))):
            return rows  # the highest point of one mountain
        named = " ".join(self._table.columns).lower()
        return _kept(
            rows,
            lambda row: _is_text(row) or all(w in row.text.lower() or w in named for w in wanted),
        )

    def _most_about(self, rows: Rows) -> Rows:
        """The rows that hold most of the question."""
        weights = {
            at: sum(self._asked.weight.get(term, 0.0) for term in sorted(_held(row)))
            for at, row in rows.items()
        }
        most = max(weights.values(), default=0.0)
        return {at: row for at, row in rows.items() if weights[at] == most}

    def _has_said(self, row: Row) -> bool:
        return any(is_said(self._asked, cell) for cell in row.cells)

    def _belongs(self, row: Row) -> bool:
        """Whether the question says what a row is one of: all of a cell that is not its first."""
        return any(is_said(self._asked, cell) for cell in row.cells if cell.place)

    def _are_namesakes(self, rows: Rows) -> bool:
        """Whether a name is a part of different ones: "Ada" of all that are called so."""
        for name in self._words:
            held = [cell for at, cell in name.holders.items() if at in rows]
            parts = {cell.terms for cell in held if set(name.terms) < cell.terms}
            if len(parts) > 1 and all(
                self._table.column_of(c) in self._table.of_names for c in held
            ):
                return True
        return False

    def _left_over(self, rows: Rows) -> set[str]:
        """The words of the question that neither the rows nor the table account for."""
        told = self._of_columns | self._table.around | _ADDED | self._names.strange
        held = chain.from_iterable(map(_held, rows.values()))
        return set(self._terms).difference(told, held)

    def _place(self, cell: Cell) -> int:
        return self._places.get(cell.name, cell.place)


def _kept(rows: Rows, passes: Callable[[Row], bool]) -> Rows:
    return {at: row for at, row in rows.items() if passes(row)}


def _held(row: Row) -> set[str]:
    """The terms of a row's cells that are no texts."""
    cells: Iterable[Cell] = (cell for cell in row.cells if len(cell.terms) <= _LONGEST_CELL)
    return {term for cell in cells for term in cell.terms}


def _is_text(row: Row) -> bool:
    return any(len(cell.terms) > _LONGEST_CELL for cell in row.cells)
