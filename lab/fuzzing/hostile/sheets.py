"""Hostile workbooks: xlsx, ods, fods."""

from __future__ import annotations

from lab.fuzzing.biff import book
from lab.fuzzing.hostile.case import LINE, Case, numbered, text
from lab.fuzzing.hostile.files import MAIN, parts_of, zipped
from lab.fuzzing.hostile.office import with_inside
from lab.fuzzing.samples import samples

_MB = 1_000_000
_LAMP = LINE.strip()
_XLSX = ("harbour.xlsx", b"</sheetData>")
_ODS = ("harbour.ods", b"</table:table>")


def _part(part: str, mark: bytes, piece: str, count: int) -> bytes:
    """The sample workbook with a piece again and again before a mark of one of its parts."""
    parts = parts_of("harbour.xlsx")
    inside = "".join(piece.replace("{}", str(at)) for at in range(count)).encode()
    parts[part] = parts[part].replace(mark, inside + mark, 1)
    return zipped(parts.items())


def _merges(count: int) -> bytes:
    """Cells merged a million at a time."""
    parts = parts_of("harbour.xlsx")
    main = MAIN["harbour.xlsx"]
    cells = "".join(f'<mergeCell ref="A{at + 1}:ALL{at + 1000}"/>' for at in range(count))
    merged = f"</sheetData><mergeCells>{cells}</mergeCells>".encode()
    parts[main] = parts[main].replace(b"</sheetData>", merged, 1)
    return zipped(parts.items())


def _same_sheet(count: int) -> bytes:
    parts = parts_of("harbour.xlsx")
    listed = parts["xl/workbook.xml"]
    start = listed.index(b"<sheet ")
    end = listed.index(b"/>", start) + 2
    parts["xl/workbook.xml"] = listed[:end] + listed[start:end] * count + listed[end:]
    return zipped(parts.items())


def _long_string(count: int) -> bytes:
    """One long text that every cell shows."""
    parts = parts_of("harbour.xlsx")
    main = MAIN["harbour.xlsx"]
    strings = parts["xl/sharedStrings.xml"]
    at = strings.index(b"<si")
    parts["xl/sharedStrings.xml"] = (
        strings[:at] + b"<si><t>" + b"a " * count + b"</t></si>" + strings[at:]
    )
    rows = '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>' * (count // 10)
    parts[main] = parts[main].replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    return zipped(parts.items())


def _date_formats(count: int) -> bytes:
    code = "yyyy-mm-dd" * 20
    return _part(
        "xl/styles.xml", b"</numFmts>", f'<numFmt numFmtId="{{}}" formatCode="{code}"/>', count
    )


XLSX = [
    Case("merges.xlsx", 20_000, _merges),
    Case("one merge.xlsx", 1, _merges),
    Case(
        "rows.xlsx", 200_000, with_inside(_XLSX, text("", '<row><c t="str"><v>lamp</v></c></row>'))
    ),
    Case(
        "cells.xlsx",
        300_000,
        with_inside(_XLSX, text('<row r="2000">', "<c><v>1</v></c>", "</row>")),
    ),
    Case(
        "far.xlsx",
        100_000,
        with_inside(_XLSX, text("", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    ),
    Case(
        "wide rows.xlsx",
        10_000,
        with_inside(_XLSX, text("", '<row><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>')),
    ),
    Case(
        "wide headers.xlsx",
        16_000,
        with_inside(_XLSX, numbered('<row r="9000">', '<c t="str"><v>h{}</v></c>', "</row>")),
    ),
    Case("number.xlsx", 5 * _MB, with_inside(_XLSX, text("<row><c><v>", "9", "</v></c></row>"))),
    Case(
        "dates.xlsx",
        200_000,
        with_inside(_XLSX, text("", '<row><c s="2"><v>99999999999</v></c></row>')),
    ),
    Case(
        "phonetic.xlsx",
        200_000,
        lambda n: _part(
            "xl/sharedStrings.xml", b"</sst>", "<si><rPh><t>a</t></rPh><t>b</t></si>", n
        ),
    ),
    Case(
        "strings.xlsx",
        300_000,
        lambda n: _part("xl/sharedStrings.xml", b"</sst>", "<si><t>s{}</t></si>", n),
    ),
    Case("formats.xlsx", 50_000, _date_formats),
    Case(
        "columns.xlsx",
        200_000,
        lambda n: _part(
            MAIN["harbour.xlsx"], b"<sheetData>", '<col min="1" max="16384" hidden="1"/>', n
        ),
    ),
    Case("same sheet.xlsx", 100_000, _same_sheet),
    Case("long string.xlsx", 100_000, _long_string),
]
_ROW = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p>{}</text:p>'
    "</table:table-cell></table:table-row>"
)
_BLANKS = '<text:s text:c="65535"/>'
_REPEATED = _ROW.replace(
    "<table:table-row>", '<table:table-row table:number-rows-repeated="1048576">'
).replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="16384"')
_REPEATED = _REPEATED.format("1")
_SPANNED = _ROW.replace(
    "<table:table-cell",
    '<table:table-cell table:number-columns-spanned="1024" table:number-rows-spanned="1024"',
).format("a")
_CELL = f'<table:table-cell office:value-type="string"><text:p>{_LAMP}</text:p></table:table-cell>'
ODS = [
    Case("repeated.ods", 1_000, with_inside(_ODS, text("", _REPEATED))),
    Case("spanned.ods", 20_000, with_inside(_ODS, text("", _SPANNED))),
    Case(
        "cells.ods",
        200_000,
        with_inside(_ODS, text("<table:table-row>", _CELL, "</table:table-row>")),
    ),
    Case(
        "rows.ods",
        100_000,
        with_inside(_ODS, text("", f"<table:table-row>{_CELL}</table:table-row>")),
    ),
    Case(
        "groups.ods",
        100,
        with_inside(_ODS, text("", "<table:table-row-group>", "</table:table-row-group>" * 100)),
    ),
    Case("repeated.fods", 100, lambda n: _fods(_REPEATED * n)),
    Case("blanks.fods", 1_000, lambda n: _fods(_ROW.format(_BLANKS * n + "a"))),
]


def _fods(inside: str) -> bytes:
    head, mark, tail = samples(".fods")[0].rpartition(_ODS[1])
    return head + inside.encode() + mark + tail


_WIDE = [(0, 65_000, 0, 255)]
XLS = [
    Case("rows.xls", 60_000, lambda count: book(("S", [["lamp", 4]] * count))),
    Case("merged.xls", 1_000, lambda count: book(("S", [["lamp"]] * 9), merged=_WIDE * count)),
    Case("many.xls", 2_000, lambda count: book(*[("S", [["lamp"]])] * count)),
]
CASES = [*XLSX, *ODS, *XLS]
