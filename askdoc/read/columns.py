"""Which column of a table a question asks for, and the cell of a row that answers it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from askdoc.english import background
from askdoc.english.analyzer import terms
from askdoc.english.answer_types import AnswerType, candidates
from askdoc.model import Span
from askdoc.read.analysis import QuestionAnalysis
from askdoc.read.cells import Cell, Row, years_in

MOST_TERMS = 40
"""A question of more terms is a text, and names no column by its later ones."""
# Of a cell with more code points than this the words that answer are a part.
_LONGEST_SHORT = 120
# Terms that are nearer in meaning than this may name the same column: telephone, phone.
_LEAST_NEAR, _NEAR_WORTH = 0.6, 0.5
# From this share on a name is named, though not by all its words.
_LEAST_SHARE, _WHOLE = 0.4, 0.999
_BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]")
_PERIOD = re.compile(r"\W*(?:fy|cy|[qh][1-4])?\W*(?:1[5-9]|20)\d\d\W*", re.I)
_EITHER = re.compile(r"\w or \w")
_DIGIT = re.compile(r"\d")
# What stands in a column of amounts and has no digit.
_AMOUNTS = frozenset("free|none|nil|zero|included|unlimited|n/a|-|–|—".split("|"))
_OF_PEOPLE = ("name", "person")
# What a year counts among the words of a question: each as much as any other.
_YEAR_WEIGHT = 9.0
# What one asks for by a word that has another meaning in running text.
_SAME_COLUMN = tuple(
    frozenset(terms(words))
    for words in (
        "earn earns earned earning paid pay pays makes wage salary remuneration compensation",
        "hired hire joined join started employed employment",
        "born birth birthday birthdate",
        "email mail",
        "phone telephone tel call mobile",
        "old age",
        "live lives address residence",
        "cost costs price charge",
        "tall height",
        "heavy weigh weighs weight",
        "long length",
        "deep depth",
        "wide width breadth",
        "fast speed",
        "far distance",
    )
)


class Match(NamedTuple):
    """How far a question names a column: by the weight of the name's terms that it has, and by
    their share in the name without what stands in brackets."""

    weight: float
    share: float

    @property
    def is_whole(self) -> bool:
        return self.share >= _WHOLE


@lru_cache(maxsize=4096)
def match(asked: tuple[str, ...], name: str) -> Match:
    """How far the terms of a question name a column."""
    inside = name_terms(name)
    own = name_terms(_BRACKETED.sub(" ", _BRACKETED.sub(" ", name))) or inside
    if not inside or not asked:
        return Match(0.0, 0.0)
    near = background.relatedness(background.vectors(inside) @ background.vectors(asked).T)
    held = {
        term: _weight(term) * max(map(_alike, [term] * len(asked), asked, row))
        for term, row in zip(inside, near.tolist(), strict=True)
    }
    total = sum(map(_weight, own))
    return Match(sum(held.values()), sum(held[term] for term in own) / total)


@lru_cache(maxsize=4096)
def name_terms(name: str) -> tuple[str, ...]:
    """The terms of a column's name, and the years in it."""
    return tuple(dict.fromkeys([*terms(name), *years_in(name)]))


def _weight(term: str) -> float:
    return _YEAR_WEIGHT if years_in(term) else background.idf(term)


def _alike(one: str, other: str, near: float) -> float:
    if one == other or any(one in group and other in group for group in _SAME_COLUMN):
        return 1.0
    return _NEAR_WORTH if near >= _LEAST_NEAR else 0.0


def names_terms(asked: tuple[str, ...], names: Iterable[str]) -> set[str]:
    """Which terms of a question name a column, or a part of one."""
    names = list(names)
    return {term for term in asked if any(match((term,), name).weight > 0.0 for name in names)}


def asked_column(asked: tuple[str, ...], names: Iterable[str]) -> str | None:
    """The column that a question names best, None where it names none, or several as well."""
    scores = {name: match(asked, name) for name in names if name}
    best = max(scores.values(), default=Match(0.0, 0.0))
    if best.weight <= 0.0:
        return None
    found = [name for name, score in scores.items() if score == best]
    return found[0] if len(found) == 1 else None


def is_said(asked: QuestionAnalysis, cell: Cell) -> bool:
    """Whether the question itself says all that stands in a cell."""
    return bool(cell.terms) and all(term in asked.weight for term in cell.terms)


def answering(asked: QuestionAnalysis, row: Row) -> list[Span]:
    """The cells that may answer, at their offsets in the row's text: of the column asked for.

    Where the names of the columns do not tell which that is, all that have the form of the answer.
    When something was may be answered by the name of a column.
    """
    said = [cell for cell in row.cells if is_said(asked, cell)]
    if said and _EITHER.search(asked.text):
        return [Span(said[0].start, said[0].end)]  # "Has Norway or Chile more?"
    unsaid = [cell for cell in row.cells if cell not in said]
    wanted = tuple(asked.terms[:MOST_TERMS])
    scores = [match(wanted, cell.name) if cell.name else Match(0.0, 0.0) for cell in unsaid]
    best = max(scores, default=Match(0.0, 0.0))
    if best.weight > 0.0:
        alike = [pair for pair in zip(unsaid, scores, strict=True) if pair[1].weight == best.weight]
        named = [cell for cell, score in alike if score.is_whole or not best.is_whole]
        periods = all(_PERIOD.fullmatch(cell.name) for cell in named)
        if len(named) > 1 and periods:
            return []  # "between 2022 and 2023": neither of the two
        fitting = [cell for cell in named if _fits(asked.kind, row.text, cell)]
        if not fitting and (others := _also_named(asked, row, unsaid, scores)):
            return [Span(cell.start, cell.end) for cell in others]
        if best.is_whole and (periods or asked.kind not in (AnswerType.NUMBER, AnswerType.PERSON)):
            fitting = fitting or named
        if fitting and best.share >= _LEAST_SHARE:
            return [Span(cell.start, cell.end) for cell in fitting]
    unsaid = [cell for cell in unsaid if cell.terms.isdisjoint(asked.weight)] or unsaid
    fitting = [cell for cell in unsaid if _fits(asked.kind, row.text, cell)]
    if asked.kind is AnswerType.PERSON:
        called = [cell for cell in fitting if match(_OF_PEOPLE, cell.name).weight > 0.0]
        fitting = called or fitting
    if asked.kind is AnswerType.DATE and not fitting:
        return _periods(asked, row)
    return [Span(cell.start, cell.end) for cell in fitting]


def short_span(cells: Sequence[Span], found: Span | None, text: str) -> Span | None:
    """The short answer: the cell in which words were found, or the only one; offsets in `text`.

    Of a long cell it is the words themselves.
    """
    holding = [
        cell for cell in cells if found and cell.start < found.end and found.start < cell.end
    ]
    cell = holding[0] if holding else cells[0] if len(cells) == 1 else None
    if cell is None or cell.end - cell.start <= _LONGEST_SHORT:
        return cell
    if found is None or not holding:
        return None
    return Span(max(cell.start, found.start), min(cell.end, found.end))


def _periods(asked: QuestionAnalysis, row: Row) -> list[Span]:
    """The names of columns that are years, above what the question says: "When was it 50,680?"."""
    return [
        cell.named
        for cell in row.cells
        if cell.named is not None and _PERIOD.fullmatch(cell.name) and is_said(asked, cell)
    ]


def _also_named(
    asked: QuestionAnalysis, row: Row, cells: Sequence[Cell], scores: Sequence[Match]
) -> list[Cell]:
    """The cells that have the form asked for, of columns that the question names as well: "When is
    the invoice due?" names "Invoice" and "Due"."""
    if asked.kind not in (AnswerType.DATE, AnswerType.NUMBER):
        return []
    whole = [
        (score.weight, cell)
        for cell, score in zip(cells, scores, strict=True)
        if score.is_whole and _fits(asked.kind, row.text, cell)
    ]
    best = max((weight for weight, _ in whole), default=0.0)
    return [cell for weight, cell in whole if weight == best]


def _fits(kind: AnswerType, text: str, cell: Cell) -> bool:
    """Whether a cell has the form of the answer that is asked for, as far as that can be told."""
    inside = text[cell.start : cell.end]
    if kind is AnswerType.DATE:
        return bool(candidates(kind, inside))
    if kind is AnswerType.NUMBER:
        return _DIGIT.search(inside) is not None or inside.strip().lower() in _AMOUNTS
    if kind is AnswerType.PERSON:
        return inside[:1].isupper() and not _DIGIT.search(inside) and "@" not in inside
    return True
