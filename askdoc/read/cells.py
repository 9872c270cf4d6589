"""The row of a table as cells: what stands in each, and what its column is called.

Loaders write a row as "Name: value | Name: value"; where a text is kept as it was written, the bars
are the file's own and the columns' names stand beside the text (`Document.tables`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from askdoc.english.analyzer import Token
from askdoc.model import Sentence, Span, Table

# A longer line is a text, whatever bars it has.
_LONGEST_LINE, _LONGEST_NAME = 20_000, 200
_APART = re.compile(r" \| ")
_BAR = re.compile(r"(?<!\\)\|")
_NAME = re.compile(rf"([^\n]{{1,{_LONGEST_NAME}}}?):[ ]")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
# In code points: how far a line is looked for around its sentence.
_MARGIN = 40
_OPENS_LINE = re.compile(r"(?:^|[\r\n])[\s>]*\Z")
_ENDS_LINE = re.compile(r"[ \t]*(?:[\r\n]|\Z)")
# In code points and words: a longer cell is no name, whatever capitals it has.
_LONGEST_PROPER, _MOST_PROPER = 60, 4
# What Markdown puts around the words of a cell.
_MARKS = "*_`"


class Cell(NamedTuple):
    """A cell: offsets in the text of its sentence, of its words and of its column's name there.

    `name` is "" where the column has none, `named` None where the name does not stand in the row;
    `terms` are those of its words, which are `proper` where each has a capital: "Ada Quill".
    `place` is its number in the row, empty cells counted where they stand there.
    """

    name: str
    start: int
    end: int
    terms: frozenset[str]
    named: Span | None = None
    proper: bool = False
    place: int = 0


class Row(NamedTuple):
    """A row: its text, its cells that hold anything, from the left, and the table marked around it.

    `columns` are the names of its columns, of all of them where they stand beside the text.
    """

    text: str
    cells: tuple[Cell, ...]
    columns: tuple[str, ...]
    table: Table | None


def row_of(sentence: Sentence, text: str, tokens: Sequence[Token]) -> Row | None:
    """The sentence as a row, None where it is none.

    Args:
        sentence: which.
        text: of the sentence.
        tokens: of its text.
    """
    if "|" not in text or len(text) > _LONGEST_LINE or "\n" in text:
        return None
    table = sentence.document.table_at(sentence.start)
    line = _Line(text, tokens)
    if table is not None and table.columns:
        if not _is_line(sentence):
            return None
        spans = _between_bars(text)
        names = (*table.columns, *[""] * max(0, len(spans) - len(table.columns)))
        cells = [line.cell(span, name) for name, span in zip(names, spans, strict=False)]
        return _row(text, cells, table.columns, table)
    spans = _between_bars(text) if text[0] == "|" or text[-1] == "|" else _between(text, _APART)
    if len(spans) < 2:
        return None
    cells = [line.named_cell(span) for span in spans]
    told = sum(cell.named is not None for cell in cells)
    # A currency in a cell of its own has no name.
    if 2 * told < sum(cell.named is not None or bool(cell.terms) for cell in cells):
        # What looks like a name in a row without names is a part of its cell.
        cells = [line.cell(span) for span in spans]
    return _row(text, cells, tuple(cell.name for cell in cells if cell.name), table)


def single(
    text: str, tokens: Sequence[Token], columns: Iterable[str], table: Table | None
) -> Row | None:
    """A line that is the only cell of its row, in a table with these columns; None if empty."""
    line, whole = _Line(text, tokens), Span(0, len(text))
    cell = line.named_cell(whole)
    if cell.name not in columns:
        cell = line.cell(whole)
    return _row(text, [cell], (cell.name,) if cell.name else (), table)


def years_in(text: str) -> list[str]:
    """The years that stand in a text, also within a word: "FY2022"."""
    return _YEAR.findall(text)


def _is_line(sentence: Sentence) -> bool:
    """Whether a sentence is all of its line: a cell of running text is cut into its sentences."""
    document, start, end = sentence
    before, after = document.part(max(0, start - _MARGIN), start), document.part(end, end + _MARGIN)
    return _OPENS_LINE.search(before) is not None and _ENDS_LINE.match(after) is not None


class _Line:
    """The text of a row, to take its cells from."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self._text, self._tokens = text, tokens
        self._starts = [token.start for token in tokens]

    def cell(self, span: Span, name: str = "", named: Span | None = None) -> Cell:
        text, (start, end) = self._text, span
        while start < end and (text[start].isspace() or text[start] in _MARKS):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in _MARKS):
            end -= 1
        held = self._tokens[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        terms = {token.term for token in held if not token.stop}
        terms.update(years_in(text[start:end]))
        words = text[start:end].split() if end - start <= _LONGEST_PROPER else []
        proper = 1 < len(words) <= _MOST_PROPER and all(word[0].isupper() for word in words)
        return Cell(name, start, end, frozenset(terms), named, proper)

    def named_cell(self, span: Span) -> Cell:
        match = _NAME.match(self._text, *span)
        if match is None:
            return self.cell(span)
        return self.cell(Span(match.end(), span.end), match[1], Span(*match.span(1)))


def _row(
    text: str, cells: Iterable[Cell], columns: tuple[str, ...], table: Table | None
) -> Row | None:
    """The row with those of the cells that hold anything, None if none does."""
    numbered = (cell._replace(place=at) for at, cell in enumerate(cells))
    filled = tuple(cell for cell in numbered if cell.end > cell.start)
    return Row(text, filled, columns, table) if filled else None


def _between_bars(text: str) -> list[Span]:
    spans = _between(text, _BAR)
    if text.startswith("|"):
        spans = spans[1:]
    return spans[:-1] if text.endswith("|") and not text.endswith("\\|") else spans


def _between(text: str, bar: re.Pattern[str]) -> list[Span]:
    spans, start = [], 0
    for match in bar.finditer(text):
        spans.append(Span(start, match.start()))
        start = match.end()
    return [*spans, Span(start, len(text))]
