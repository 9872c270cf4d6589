"""One statement of figures as a file of every format that has tables.

A title and the units stand above it, notes below; `head` has the rows that name the columns, each
name with how many columns it is over.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from office import cell as docx_cell
from office import docx, odf_xml, odt, p, zipped
from office import row as docx_row
from office import table as docx_table
from spreadsheet import cells, data, xlsx
from test_load_epub import book
from test_load_odp import flat, frame, slide
from test_load_pptx import paragraph as pptx_paragraph
from test_load_pptx import pptx, shape

from lab.fuzzing import biff
from lab.fuzzing.hostile.tiny_pdf import tiny_pdf

Head = Sequence[Sequence[tuple[str, int]]]


@dataclass(frozen=True)
class Statement:
    """What stands in the file, from the top; each of `rows` has a cell a column, "" for none."""

    title: str
    units: str
    head: Head
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()

    def grid(self) -> list[list[str]]:
        """All rows, a name over several columns in the first of them."""
        heads = [[piece for name, span in row for piece in (name, *[""] * (span - 1))]
                 for row in self.head]  # fmt: skip
        return [*heads, *map(list, self.rows)]

    def spans(self) -> Iterator[Sequence[tuple[str, int]]]:
        """All rows, each cell with how many columns it is over."""
        yield from self.head
        for row in self.rows:
            yield [(one, 1) for one in row]


def _csv(made: Statement) -> bytes:
    file = io.StringIO(newline="")
    above = [[made.title], [made.units]]
    csv.writer(file).writerows([*above, *made.grid(), *([note] for note in made.notes)])
    return file.getvalue().encode()


def _sheet_rows(made: Statement) -> list[list[str]]:
    return [[made.title], [made.units], *made.grid(), *([note] for note in made.notes)]


def _merged(made: Statement) -> Iterator[tuple[int, int, int]]:
    """Row, first and last column, from 0, of what is merged in a sheet."""
    for at, row in enumerate(made.head, start=2):
        column = 0
        for _, span in row:
            if span > 1:
                yield at, column, column + span - 1
            column += span


def _xlsx(made: Statement) -> bytes:
    rows = [
        cells(number, *(value or None for value in row))
        for number, row in enumerate(_sheet_rows(made), start=1)
    ]
    merged = "".join(
        f'<mergeCell ref="{chr(65 + first)}{row + 1}:{chr(65 + last)}{row + 1}"/>'
        for row, first, last in _merged(made)
    )
    return xlsx(data(*rows, after=f"<mergeCells>{merged}</mergeCells>" if merged else ""))


def _xls(made: Statement) -> bytes:
    rows: list[biff.Row] = [[value or None for value in row] for row in _sheet_rows(made)]
    merged = [(row, row, first, last) for row, first, last in _merged(made)]
    return biff.book(("S1", rows), merged=merged)


def _odf_table(rows: Sequence[Sequence[tuple[str, int]]]) -> str:
    made = ""
    for row in rows:
        inside = "".join(
            f'<table:table-cell table:number-columns-spanned="{span}"><text:p>{escape(text)}'
            f"</text:p></table:table-cell>{'<table:covered-table-cell/>' * (span - 1)}"
            for text, span in row
        )
        made += f"<table:table-row>{inside}</table:table-row>"
    return f'<table:table table:name="S1">{made}</table:table>'


def _ods(made: Statement) -> bytes:
    notes = [[(note, 1)] for note in made.notes]
    rows = [[(made.title, 1)], [(made.units, 1)], *made.spans(), *notes]
    return zipped(
        {"content.xml": odf_xml("document-content", _odf_table(rows), kind="spreadsheet")}
    )


def _odt(made: Statement) -> bytes:
    above, below = (_odf_lines(lines) for lines in ((made.title, made.units), made.notes))
    return odt(above + _odf_table([*made.spans()]) + below)


def _odf_lines(lines: Sequence[str]) -> str:
    return "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)


def _odp(made: Statement) -> bytes:
    below = "".join(frame(note, "15cm") for note in made.notes)
    return flat(
        slide(
            frame(made.title, "1cm", role="title"),
            frame(made.units, "3cm"),
            f'<draw:frame svg:y="5cm">{_odf_table([*made.spans()])}</draw:frame>',
            below,
        )
    )


def _docx(made: Statement) -> bytes:
    rows = [
        docx_row(
            *(
                docx_cell(text, properties=f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
                for text, span in row
            )
        )
        for row in made.spans()
    ]
    above = p(escape(made.title)) + p(escape(made.units))
    return docx(above + docx_table(*rows) + "".join(p(escape(note)) for note in made.notes))


def _rtf(made: Statement) -> bytes:
    rows = ""
    for row in made.spans():
        ends, inside, at = "", "", 0
        for text, span in row:
            at += span
            ends += rf"\cellx{1000 * at}"
            inside += rf" {text}\cell"
        rows += rf"\trowd{ends}\pard\intbl{inside}\row "
    below = "".join(rf"{note}\par " for note in made.notes)
    written = rf"{{\rtf1\ansi {made.title}\par {made.units}\par {rows}\pard {below}}}"
    return "".join(one if one.isascii() else rf"\u{ord(one)}?" for one in written).encode()


def _html_table(made: Statement, head: str) -> str:
    rows = ""
    for at, row in enumerate(made.spans()):
        tag = head if at < len(made.head) else "td"
        inside = "".join(f'<{tag} colspan="{span}">{escape(text)}</{tag}>' for text, span in row)
        rows += f"<tr>{inside}</tr>"
    return f"<table>{rows}</table>" + "".join(f"<p>{escape(note)}</p>" for note in made.notes)


def _page(made: Statement, head: str) -> bytes:
    above = f"<h2>{escape(made.title)}</h2><p>{escape(made.units)}</p>"
    return f"<html><body>{above}{_html_table(made, head)}</body></html>".encode()


def _epub(made: Statement) -> bytes:
    return book({"one.xhtml": _page(made, "td").decode()})


def _eml(made: Statement) -> bytes:
    head = "From: ada@example.org\r\nSubject: Figures\r\nMIME-Version: 1.0\r\n"
    return f"{head}Content-Type: text/html; charset=utf-8\r\n\r\n".encode() + _page(made, "td")


def _md(made: Statement) -> bytes:
    first, *others = made.grid()
    lines = [f"## {made.title}", "", made.units, "", _bars(first), "|" + "---|" * len(first)]
    return "\n".join([*lines, *map(_bars, others), "", *made.notes, ""]).encode()


def _bars(row: Sequence[str]) -> str:
    return f"| {' | '.join(row)} |"


def _pptx(made: Statement) -> bytes:
    rows = ""
    for row in made.spans():
        inside = ""
        for text, span in row:
            body = f"<a:txBody>{pptx_paragraph(text)}</a:txBody>"
            inside += (
                f'<a:tc gridSpan="{span}">{body}</a:tc>' if span > 1 else f"<a:tc>{body}</a:tc>"
            )
            inside += '<a:tc hMerge="1"><a:txBody/></a:tc>' * (span - 1)
        rows += f"<a:tr>{inside}</a:tr>"
    frame_of = (
        f"<a:graphic><a:graphicData><a:tbl><a:tblPr/>{rows}</a:tbl></a:graphicData></a:graphic>"
    )
    shapes = [
        shape(made.title, role="title", at=(0, 0)),
        shape(made.units, at=(0, 100)),
        f'<p:graphicFrame><p:xfrm><a:off x="0" y="200"/></p:xfrm>{frame_of}</p:graphicFrame>',
        *(shape(note, at=(0, 900)) for note in made.notes),
    ]
    return pptx("".join(shapes))


_LEFT, _FIRST_RIGHT, _STEP, _LINE = 72, 300, 85, 16


def _pdf(made: Statement, ruled: bool = False) -> bytes:
    page, y = _put(_LEFT, 760, made.title) + _put(_LEFT, 744, made.units), 720
    top = y + 12
    for row in made.spans():
        column = 0
        for text, span in row:
            right = _FIRST_RIGHT + _STEP * (column - 1)
            if column == 0:
                page += _put(_LEFT, y, text)
            elif span > 1:
                middle = right - _STEP + _STEP * span / 2
                page += _put(middle - 2.5 * len(text), y, text)
            elif text:
                page += _put(right - _width(text), y, text)
            column += span
        y -= _LINE
    if ruled:
        columns = sum(span for _, span in made.head[0])
        ends = [_LEFT - 6, *(_FIRST_RIGHT + 8 + _STEP * (at - 1) for at in range(columns))]
        levels = [top - _LINE * at for at in range(len(made.head) + len(made.rows) + 1)]
        page += b"".join(b"%d %d m %d %d l S " % (ends[0], h, ends[-1], h) for h in levels)
        page += b"".join(b"%d %d m %d %d l S " % (x, top, x, levels[-1]) for x in ends)
    for note in made.notes:
        y -= _LINE
        page += _put(_LEFT, y, note)
    return tiny_pdf([page])


def _put(x: float, y: float, text: str) -> bytes:
    escaped = text.replace("(", "\\(").replace(")", "\\)")
    return f"BT /F 10 Tf {x:.2f} {y:.2f} Td ({escaped}) Tj ET\n".encode("latin-1")


def _width(text: str) -> float:
    """How wide Helvetica of 10 points sets a figure, about."""
    narrow = {"(": 3.33, ")": 3.33, ",": 2.78, ".": 2.78, " ": 2.78, "%": 8.89, "-": 3.33}
    return sum(narrow.get(one, 5.56) for one in text)


WRITERS: dict[str, Callable[[Statement], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "xls": _xls,
    "ods": _ods,
    "docx": _docx,
    "odt": _odt,
    "rtf": _rtf,
    "html": lambda made: _page(made, "td"),
    "th.html": lambda made: _page(made, "th"),
    "md": _md,
    "epub": _epub,
    "eml": _eml,
    "pptx": _pptx,
    "fodp": _odp,
    "pdf": _pdf,
    "ruled.pdf": lambda made: _pdf(made, ruled=True),
}
"""What a format's file is called at the end -> how it is written."""
