"""Answers and passages -> CSV (RFC 4180, with LF for line ends): a row for each sentence.

A cell that a spreadsheet would take for a formula begins with an apostrophe, which spreadsheets
hide; so a quote that begins with `=`, `+`, `-` or `@` stands behind one. A question without an
answer has a row with no quote.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence

from askdoc.model import Answer, Citation, Hit
from askdoc.present.context import AroundOf, nothing

_ANSWER = (
    "question", "understood", "verdict", "kind", "quote", "source", "line", "page", "place",
    "heading", "start", "end", "confidence", "short", "before", "after",
)  # fmt: skip
_PASSAGE = ("text", "source", "line", "page", "place", "heading", "start", "end", "score")
# Also behind what some programs strip before they look.
_FORMULA = re.compile(r"[\s\0]*[=+\-@＝＋－＠]|[\t\r]")


def header() -> str:
    """The names of the columns of answers, as a line."""
    return _lines([_ANSWER])


def rows(answer: Answer, *, nearest: bool = False, around: AroundOf = nothing) -> str:
    """The rows of an answer, as lines; of sentences that are no answer only if they are asked for.

    The column "kind" is "cited", "perhaps" or "nearest", and empty where there is no sentence.
    """
    near = answer.nearest if nearest and not answer.citations else ()
    kind = "perhaps" if answer.verdict == "perhaps" else "nearest"
    shown = [("cited", one) for one in answer.citations] + [(kind, one) for one in near]
    asked = [answer.question.asked, answer.question.resolved, answer.verdict]
    if not shown:
        return _lines([[*asked, *[""] * (len(_ANSWER) - len(asked))]])
    return _lines([*asked, what, *_cells(one), *around(one).in_lines] for what, one in shown)


def passages(hits: Sequence[Hit], *, named: Callable[[str], str] = str) -> str:
    """Found passages, below the names of the columns, as lines."""
    return _lines([_PASSAGE, *(_of_passage(hit, named) for hit in hits)])


def guarded(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers are ours, and stay."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _cells(citation: Citation) -> list[object]:
    return [
        citation.quote, citation.source, citation.line, citation.page, citation.place,
        citation.heading, citation.start, citation.end, citation.confidence,
        citation.short.text if citation.short else None,
    ]  # fmt: skip


def _of_passage(hit: Hit, named: Callable[[str], str]) -> list[object]:
    start, document = hit.passage.start, hit.passage.document
    return [
        hit.passage.text, named(document.source), document.line_at(start), document.page_at(start),
        document.place_at(start), document.heading_at(start), start, hit.passage.end, hit.score,
    ]  # fmt: skip


def _lines(cells: Iterable[Sequence[object]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([guarded(one) for one in row] for row in cells)
    return written.getvalue()
