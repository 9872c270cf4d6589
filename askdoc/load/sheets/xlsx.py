"""Excel workbooks (.xlsx and its kin), read as their sheets show them.

A cell holds a number and the code of a format, or the number of a text that stands elsewhere; what
a formula gave is kept beside it. What is hidden (sheets, rows, columns) is left out and said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from askdoc.errors import UnsupportedFormat
from askdoc.load.common.archive import Archive, Relation
from askdoc.load.common.numbering import whole_number
from askdoc.load.common.raised import Rise, rise_in_xml, shown_at
from askdoc.load.common.xml import children, descendant, fed
from askdoc.load.sheets.number_formats import BUILT_IN, format_of
from askdoc.load.sheets.written import Sheets
from askdoc.load.sheets.xlsx_sheet import FilledDown, Sheet, Style, below_the_rows, end_of
from askdoc.load.tables.writer import TOO_MUCH
from askdoc.model import Document

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LARGE = 2**24  # bytes of a part that are read as a whole
HIDDEN_CELLS = "hidden rows or columns were left out"


def load_xlsx(data: bytes, source: str) -> Document:
    """A document of a workbook's sheets: a heading each, and its rows with their columns' names.

    Places are rows as the program counts them. Comments, pictures and charts are left out.

    Raises:
        UnsupportedFormat: it is no workbook, or a damaged one.
        SourceUnreadable: it is protected by a password.
        SourceTooLarge: it unpacks to more than is held in memory.
        EmptySource: no sheet shows anything.
    """
    archive = Archive(data, source)
    book = _workbook_part(archive)
    root = archive.xml(book)
    if root is None or root.tag != "x:workbook":
        raise UnsupportedFormat(
            "it is an office document of another kind than its name says",
            source,
            "Give it the suffix of its kind.",
        )
    relations = archive.relations(book)
    properties = descendant(root, "x:workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    strings = _strings(archive, relations)
    styles = _styles(archive, relations)
    sheets = Sheets(source)
    notes: list[str] = []
    seen: set[str] = set()
    for name, relation in _sheets(root, relations):
        if relation is None:
            notes.append(f"the hidden sheet “{name}” was left out")
        elif relation.kind == "worksheet" and relation.target and relation.target not in seen:
            seen.add(relation.target)  # a damaged list may name one sheet a million times
            size = archive.size(relation.target)
            if size is None:
                notes.append(f"the sheet “{name}” is missing in the file")
                continue
            if sheets.is_full:
                notes.append(f"the sheet “{name}” was not read: {TOO_MUCH}")
                continue
            sheet = Sheet(strings, styles, from_1904)
            _read(archive, relation.target, sheet, sheets, name)
            if sheet.hides:
                notes.append(HIDDEN_CELLS)
            if sheet.empty_formulas:
                notes.append(_no_values(name, sheet.empty_formulas))
    return sheets.document(source, tuple(notes))


def _read(archive: Archive, part: str, sheet: Sheet, sheets: Sheets, name: str) -> None:
    """Read the part of a sheet, a large one in pieces, and write its rows."""
    is_large = (archive.size(part) or 0) > _LARGE
    data = b"" if is_large else archive.needed(part)
    pieces = archive.pieces(part) if is_large else iter((data,))
    merged, headers = below_the_rows(end_of(archive.pieces(part)) if is_large else data)
    sheets.start(name, headers | _table_headers(archive, part))
    filled = FilledDown(merged)
    for _ in fed(pieces, archive.source, sheet):
        if sheets.is_full:
            break
        if is_large:
            sheets.add(filled.fill(sheet.take()))
    sheets.add(filled.fill(sorted(sheet.rows, key=lambda row: row.number)))
    sheets.end()


def _no_values(name: str, count: int) -> str:
    """That formulas were never worked out: a program wrote them that cannot."""
    many = f"{count} formulas have no values" if count > 1 else "a formula has no value"
    return f"{many} in the sheet “{name}”: a spreadsheet program that opens and saves it adds them"


def _workbook_part(archive: Archive) -> str:
    for relation in archive.relations("").values():
        if relation.kind == "officeDocument" and relation.target and relation.target in archive:
            if relation.target.endswith(".bin"):
                raise UnsupportedFormat(
                    "a binary workbook (.xlsb)", archive.source, "Save it as .xlsx."
                )
            return relation.target
    if "xl/workbook.xml" in archive:
        return "xl/workbook.xml"
    raise UnsupportedFormat(
        "not an Excel workbook, or a damaged one",
        archive.source,
        "Check what it is, or leave it out.",
    )


def _sheets(root: Element, relations: dict[str, Relation]) -> list[tuple[str, Relation | None]]:
    """The sheets in their order, with None for those that are hidden."""
    found: list[tuple[str, Relation | None]] = []
    for sheet in children(descendant(root, "x:sheets"), "x:sheet"):
        name = " ".join(sheet.get("name", "").split())
        if sheet.get("state", "visible") != "visible":
            found.append((name, None))
        elif (relation := relations.get(sheet.get("r:id", ""))) is not None:
            found.append((name, relation))
    return found


def _part_of(relations: dict[str, Relation], kind: str) -> str | None:
    return next((one.target for one in relations.values() if one.kind == kind), None)


class _Strings:
    """A target for the texts that cells share: what is read aloud beside them is left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._catches = False
        self._phonetic = 0
        self._rise = Rise.NONE

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "x:si":
            self._parts = []
        elif name == "x:r":
            self._rise = Rise.NONE
        elif name == "x:vertAlign":
            self._rise = rise_in_xml(attributes.get("val"))
        elif name == "x:rPh":
            self._phonetic += 1
        elif name == "x:t":
            self._catches = not self._phonetic

    def text(self, text: str) -> None:
        if self._catches:
            before = self._parts[-1] if self._parts else ""
            self._parts.append(shown_at(self._rise, text, before))

    def end(self, name: str) -> None:
        if name == "x:t":
            self._catches = False
        elif name == "x:rPh":
            self._phonetic -= 1
        elif name == "x:si":
            self.found.append("".join(self._parts))
            self._rise = Rise.NONE


def _strings(archive: Archive, relations: dict[str, Relation]) -> list[str]:
    strings = _Strings()
    part = _part_of(relations, "sharedStrings")
    if part is not None:
        for _ in fed(archive.pieces(part), archive.source, strings):
            pass
    return strings.found


def _styles(archive: Archive, relations: dict[str, Relation]) -> list[Style]:
    part = _part_of(relations, "styles")
    root = archive.xml(part) if part is not None else None
    codes = dict(BUILT_IN)
    for one in children(descendant(root, "x:numFmts"), "x:numFmt"):
        codes[whole_number(one.get("numFmtId"), -1)] = one.get("formatCode", "General")
    bold = [
        any(child.get("val", "1") in ("1", "true") for child in children(font, "x:b"))
        for font in children(descendant(root, "x:fonts"), "x:font")
    ]
    styles: list[Style] = []
    for one in children(descendant(root, "x:cellXfs"), "x:xf"):
        font = whole_number(one.get("fontId"), 0)
        code = codes.get(whole_number(one.get("numFmtId"), 0), "General")
        styles.append(Style(format_of(code), 0 <= font < len(bold) and bold[font]))
    return styles or [Style(format_of("General"), False)]


def _table_headers(archive: Archive, sheet: str) -> frozenset[int]:
    """The first rows of the tables that the sheet has by name, if they are headers."""
    rows: list[int] = []
    for relation in archive.relations(sheet).values():
        root = (
            archive.xml(relation.target) if relation.kind == "table" and relation.target else None
        )
        if root is not None and root.get("headerRowCount", "1") != "0":
            digits = "".join(filter(str.isdigit, root.get("ref", "").partition(":")[0]))
            rows.append(whole_number(digits, 0))
    return frozenset(rows)
