"""Small workbooks with what a test needs in them and nothing else."""

from __future__ import annotations

from html import escape

from office import zipped

from askdoc.load.sheets.xlsx import load_xlsx
from askdoc.model import Document

_X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMES = f'xmlns="{_X}" xmlns:r="{_RELATIONS}"'


def _relations(*kinds_and_targets: tuple[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="r{at}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(kinds_and_targets)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{inside}</Relationships>'


def xlsx(
    *sheets: str,
    strings: str = "",
    styles: str = "",
    properties: str = "",
    states: tuple[str, ...] = (),
    table: str = "",
) -> bytes:
    """A workbook of sheets S1, S2, ...: each the inside of its part."""
    count = len(sheets)
    states = states + ("visible",) * count
    listed = "".join(
        f'<sheet name="S{at + 1}" sheetId="{at + 1}" state="{states[at]}" r:id="r{at}"/>'
        for at in range(count)
    )
    targets = [("worksheet", f"sheet{at}.xml") for at in range(count)]
    parts = {
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"<workbook {_NAMES}>{properties}<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            *targets, ("sharedStrings", "strings.xml"), ("styles", "styles.xml")
        ),
        "xl/strings.xml": f"<sst {_NAMES}>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet {_NAMES}>{styles}</styleSheet>",
    }
    for at, inside in enumerate(sheets):
        parts[f"xl/sheet{at}.xml"] = f"<worksheet {_NAMES}>{inside}</worksheet>"
    if table:
        parts["xl/_rels/sheet0.xml.rels"] = _relations(("table", "table.xml"))
        parts["xl/table.xml"] = f"<table {_NAMES} {table}/>"
    return zipped(dict(parts))


def data(*rows: str, after: str = "", before: str = "") -> str:
    return f"{before}<sheetData>{''.join(rows)}</sheetData>{after}"


def cells(number: int, *values: str | float | None, more: str = "") -> str:
    """A row of texts and numbers from column A on; a text that is XML is the cell itself."""
    inside = "".join(
        cell(f"{chr(65 + at)}{number}", value)
        for at, value in enumerate(values)
        if value is not None
    )
    return f'<row r="{number}" {more}>{inside}</row>'


def cell(at: str, value: str | float, style: int | None = None) -> str:
    if isinstance(value, str) and value.startswith("<c"):
        return value
    styled = "" if style is None else f' s="{style}"'
    if isinstance(value, str):
        return f'<c r="{at}"{styled} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{at}"{styled}><v>{value}</v></c>'


def read_xlsx(*sheets: str, **more: object) -> Document:
    return load_xlsx(xlsx(*sheets, **more), "a.xlsx")  # type: ignore[arg-type]
