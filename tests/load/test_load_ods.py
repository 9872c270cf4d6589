"""OpenDocument spreadsheets: what the sheets show. (A real one is read beside its Excel twin.)"""

from __future__ import annotations

import pytest
from office import odf_xml, zipped

from askdoc.errors import EmptySource, SourceTooLarge, UnsupportedFormat
from askdoc.load.sheets.ods import load_fods, load_ods
from askdoc.model import Document


def read(*rows: str, columns: str = "") -> Document:
    body = f'<table:table table:name="S">{columns}{"".join(rows)}</table:table>'
    return load_fods(odf_xml("document", body, kind="spreadsheet").encode(), "a.fods")


def row(*texts: str, more: str = "", each: str = "") -> str:
    inside = "".join(
        f"<table:table-cell {each}><text:p>{text}</text:p></table:table-cell>" for text in texts
    )
    return f"<table:table-row {more}>{inside}</table:table-row>"


def test_repeated_cells_and_rows() -> None:
    document = read(
        row("a", each='table:number-columns-repeated="3"'),
        row("", more='table:number-rows-repeated="4"'),
        row("b", more='table:number-rows-repeated="2"'),
    )
    assert document.text == "S\n\na | a | a\n\nb\nb"
    assert [place.name for place in document.places] == ["row 1", "row 6", "row 7"]


def test_what_repeats_without_end_is_cut() -> None:
    many = 'table:number-rows-repeated="999999999"'
    document = read(row("b", more=many, each='table:number-columns-repeated="16384"'), row("c"))
    assert len(document.text) < 1_000_000
    columns = '<table:table-column table:number-columns-repeated="999999999"/>'
    hidden = f'{many} table:visibility="collapse"'
    assert (
        read(row("", more=hidden), row("", more=many), row("c"), columns=columns).text == "S\n\nc"
    )


def test_white_space_comments_and_values_without_text() -> None:
    cell = (
        '<table:table-cell office:value="1.50"/><table:table-cell>'
        "<office:annotation><text:p>remark</text:p></office:annotation>"
        "<text:p>a<text:s/>b<text:line-break/>c</text:p><text:p>d</text:p></table:table-cell>"
    )
    assert read(f"<table:table-row>{cell}</table:table-row>").text == "S\n\n1.50 | a b c d"


def test_hidden_columns_and_rows() -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    document = read(row("a", "b", "c"), row("d", more='table:visibility="filter"'), columns=columns)
    assert document.text == "S\n\na | c"
    assert document.notes == ("hidden rows or columns were left out",)


def test_what_is_no_spreadsheet() -> None:
    with pytest.raises(UnsupportedFormat, match="not an OpenDocument"):
        load_ods(zipped({"a.txt": "text"}), "a.ods")
    text = odf_xml("document-content", "<text:p>text</text:p>")
    with pytest.raises(UnsupportedFormat, match="another kind"):
        load_ods(zipped({"content.xml": text}), "a.ods")
    with pytest.raises(EmptySource):
        read(row(" "))


def test_a_long_text_in_a_cell_that_repeats_is_not_written_out() -> None:
    cell = f'<table:table-cell table:number-columns-repeated="9000"><text:p>{"a" * 10_000}</text:p>'
    rows = f"<table:table-row>{cell}</table:table-cell></table:table-row>"
    content = odf_xml("document-content", f"<table:table>{rows}</table:table>", kind="spreadsheet")
    with pytest.raises(SourceTooLarge, match="more text than is held in memory"):
        load_ods(zipped({"content.xml": content}), "a.ods")
