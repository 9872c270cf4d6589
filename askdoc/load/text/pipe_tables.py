"""Find the tables of a text that is kept as it was written: rows of cells with bars between them.

The rows stay as they are, so that they can be cited from the file itself. What their columns are
called, and what the line above the table says of it, is marked beside the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from askdoc.load.tables.column_names import header_of
from askdoc.load.tables.named_rows import LONGEST_NAME, one_line
from askdoc.load.tables.titles import LONGEST_TITLE, joined, title_of
from askdoc.model import Document, Heading, Span, Table

# The line below the names: hyphens for each column, and a bar.
_RULE = re.compile(
    r"^[ \t>]*+(?=[^\r\n]*\|)\|?(?:[ \t]*+:?-++:?[ \t]*+(?:\||(?=[\r\n]|\Z)))++[ \t]*+"
    r"(?=[\r\n]|\Z)",
    re.M,
)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.M)
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_BAR = re.compile(r"(?<!\\)\|")
_MARKS = re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}|<br ?/?>")
_EMPHASIS = re.compile(r"(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1:?")
_LONGEST_LINE = 20_000
_LINES_ABOVE = 3
# Of as many columns and rows it is looked whether their names go on in a second row.
_MOST_COLUMNS, _SAMPLE_ROWS = 64, 40
_MOST_TABLES = 2000
"""Of one text: more than any has, and few enough to be found at once."""


def mark_tables(document: Document) -> Document:
    """The same document with the tables that it has between bars."""
    text = document.text
    if "|" not in text or "-" not in text:
        return document
    tables: list[Table] = []
    fences = [match.start() for match in _FENCE.finditer(text)]
    for rule in _RULE.finditer(text):
        if bisect_right(fences, rule.start()) % 2 or (
            tables and rule.start() < tables[-1].span.end
        ):
            continue  # a listing, or a row of the table before
        if (table := _table(document, rule.start(), rule.end())) is not None:
            tables.append(table)
        if len(tables) == _MOST_TABLES:
            break
    return replace(document, tables=tuple(tables)) if tables else document


def _table(document: Document, rule: int, after: int) -> Table | None:
    """The table with its rule at these offsets, None if there is nothing above the rule."""
    text = document.text
    above = [*islice(_lines_before(text, rule), 1 + _LINES_ABOVE)]
    if not above or "|" not in (head := text[slice(*above[0])]) or len(head) > _LONGEST_LINE:
        return None
    rows = [_cells(head)]
    end = after
    for match in _LINE.finditer(text, _next_line(text, after)):
        line = match[0]
        if "|" not in line:
            break
        if len(rows) < _SAMPLE_ROWS and len(line) <= _LONGEST_LINE:
            rows.append(_cells(line))
        end = match.start() + len(line.rstrip())
    title = _title([text[slice(*line)].strip(" \t>") for line in above[1:]])
    section = _section(document.headings, above[0][0])
    names, units = _names(rows)
    title = joined([part for part in (title, units) if part], section)
    return Table(Span(above[0][0], end), title, names) if title or names else None


def _names(rows: list[list[str]]) -> tuple[tuple[str, ...], str]:
    """What the columns are called, and the units in the corner.

    Of the row above the rule, and of the next if the names go on there.
    """
    units = ""
    filled = [row for row in rows[1:] if any(row)]
    names: Sequence[str] = rows[0]
    if any(names) and filled and len(names) <= _MOST_COLUMNS:
        header = header_of([rows[0], *filled], known=0, goes_on=True)
        if header is not None:
            names, units = header.names, header.units
    short = [name if len(name) <= LONGEST_NAME else "" for name in names]
    return (tuple(short) if any(short) else ()), units


def _cells(line: str) -> list[str]:
    bare = line.strip(" \t\r\n>")
    bare = bare.removeprefix("|")
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    return [one_line(_MARKS.sub("", cell).replace("\\|", "|")) for cell in _BAR.split(bare)]


def _title(lines: list[str]) -> str:
    """What stands above a table, over a blank line or none: its number, units, a line in bold."""
    line = next(filter(None, lines), "")
    if len(line) > LONGEST_TITLE or line.startswith("#"):
        return ""
    bare = _MARKS.sub("", line)
    return one_line(bare) if _EMPHASIS.fullmatch(line) else title_of(bare)


def _section(headings: Sequence[Heading], offset: int) -> str:
    at = bisect_right(headings, offset, key=lambda heading: heading.span.start)
    return headings[at - 1].title if at else ""


def _lines_before(text: str, offset: int) -> Iterator[tuple[int, int]]:
    """The lines before the one that begins at an offset, upwards, without their ends."""
    while offset > 0:
        end = offset - 1
        if end and text[end - 1 : offset] == "\r\n":
            end -= 1
        offset = text.rfind("\n", 0, end) + 1
        offset = max(offset, text.rfind("\r", offset, end) + 1)
        yield offset, end


def _next_line(text: str, offset: int) -> int:
    line = _LINE.match(text, offset)
    return line.end() if line is not None else len(text)
