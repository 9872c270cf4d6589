"""Excel workbooks: what the sheets show, by rows, and nothing that they hide."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import outline, zipped
from packing import DATA, sample
from spreadsheet import cell, cells, data, read_xlsx, xlsx

from askdoc.errors import EmptySource, LoadError, SourceTooLarge, UnsupportedFormat
from askdoc.load.formats import loader_for
from askdoc.load.sheets.xlsx import load_xlsx
from askdoc.model import Document


def lines(document: Document) -> list[str]:
    return [line for line in document.text.split("\n") if line]


def places(document: Document) -> dict[str, str]:
    return {place.name: document.text[place.start :].split("\n")[0] for place in document.places}


@pytest.mark.parametrize("name", ["harbour.xlsx", "harbour.ods"])
def test_a_real_workbook(name: str) -> None:
    document = loader_for(name)(sample(name), name)
    assert document.text + "\n" == (DATA / "harbour.xlsx.expected.txt").read_text()
    assert outline(document) == [(1, "Fees"), (1, "Log & weather")]
    assert document.notes == (
        "hidden rows or columns were left out",
        "the hidden sheet “Scratch” was left out",
    )
    assert document.place_at(document.text.index("Ulla Brandt")) == "row 12"
    assert document.place_at(document.text.index("swell")) == "row 3"
    assert document.place_at(document.text.index("Log & weather")) is None


def test_texts_by_number_in_runs_and_inline() -> None:
    strings = (
        "<si><t>Anna</t></si><si><r><t>Mar</t></r><r><rPr/><t>t</t></r>"
        "<rPh sb='0' eb='1'><t>spoken</t></rPh></si>"
    )
    row = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>9</v></c>'
    more = '<c t="str"><f>A1&amp;1</f><v>Anna1</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c>'
    document = read_xlsx(data(f"<row>{row}{more}</row>"), strings=strings)
    assert lines(document) == ["S1", "Anna | Mart | Anna1 | TRUE | #N/A"]


STYLES = (
    '<numFmts><numFmt numFmtId="170" formatCode="0.0%"/>'
    '<numFmt numFmtId="171" formatCode="d\\ mmm\\ yyyy"/></numFmts>'
    "<fonts><font/><font><b/></font></fonts>"
    '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="170"/><xf numFmtId="171"/>'
    '<xf numFmtId="0" fontId="1"/></cellXfs>'
)


def test_numbers_are_shown_by_their_formats() -> None:
    rows = cells(1, cell("A1", 0.125, 1), cell("B1", 45356, 2), cell("C1", 0.30000000000000004))
    assert lines(read_xlsx(data(rows), styles=STYLES))[1] == "12.5% | 5 Mar 2024 | 0.3"
    later = read_xlsx(data(rows), styles=STYLES, properties='<workbookPr date1904="1"/>')
    assert lines(later)[1] == "12.5% | 6 Mar 2028 | 0.3"


def test_tables_with_titles_and_gaps() -> None:
    document = read_xlsx(
        data(
            cells(2, None, "Catch"),
            cells(3, None, "Fish", "Tonnes"),
            cells(4, None, "Cod", 12),
            cells(5, None, "Eel", 7),
            cells(7, None, "Herring", 3),
            cells(9, "Boat", "Crew", "Since"),
            cells(10, "Tern", 4, 1999),
            cells(11, "Heron", 5, 2004),
        )
    )
    assert document.text == (
        "S1\n\nCatch\nFish | Tonnes\nFish: Cod | Tonnes: 12\nFish: Eel | Tonnes: 7\n\n"
        "Fish: Herring | Tonnes: 3\n\n"
        "Boat | Crew | Since\nBoat: Tern | Crew: 4 | Since: 1999\n"
        "Boat: Heron | Crew: 5 | Since: 2004"
    )
    assert places(document)["row 7"] == "Fish: Herring | Tonnes: 3"


def test_headers_that_the_file_knows_of() -> None:
    names = [("Tern", "Kesk"), ("Heron", "Riga"), ("Petrel", "Narva"), ("Halcyon", "Kesk")]
    rows = [cells(at, *row) for at, row in enumerate(names, start=1)]
    assert lines(read_xlsx(data(*rows)))[2] == "Heron | Riga"
    table = read_xlsx(data(*rows), table='ref="A1:B4"')
    assert lines(table)[2] == "Tern: Heron | Kesk: Riga"
    filtered = read_xlsx(data(*rows, after='<autoFilter ref="A1:B4"/>'))
    assert lines(filtered)[2] == "Tern: Heron | Kesk: Riga"
    bold = cells(1, cell("A1", "Tern", 3), cell("B1", "Kesk", 3))
    assert lines(read_xlsx(data(bold, *rows[1:]), styles=STYLES))[2] == "Tern: Heron | Kesk: Riga"


def test_what_is_hidden_is_left_out_and_said() -> None:
    columns = '<cols><col min="2" max="2" hidden="1"/></cols>'
    document = read_xlsx(
        data(cells(1, "a", "secret", "b"), cells(2, "hush", more='hidden="1"'), before=columns),
        data(cells(1, "veiled")),
        states=("visible", "veryHidden"),
    )
    assert lines(document) == ["S1", "a | b"]
    assert document.notes == (
        "hidden rows or columns were left out",
        "the hidden sheet “S2” was left out",
    )


def test_merged_cells_stand_in_each_row_that_they_reach() -> None:
    rows = [cells(1, "Pier", "Boat", "Crew"), cells(2, "North", "Tern", 4)]
    rows += [cells(3, None, "Heron", 5), cells(4, "South", "Petrel", 6)]
    after = '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="A4:C1048576"/></mergeCells>'
    assert lines(read_xlsx(data(*rows, after=after)))[3] == "Pier: North | Boat: Heron | Crew: 5"


def test_a_few_cells_far_apart_cost_little() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    after = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    document = read_xlsx(
        data(cells(1, 1), far, before='<dimension ref="A1:XFD1048576"/>', after=after)
    )
    assert places(document) == {"row 1": "1", "row 1048576": "1 | 2"}


@pytest.mark.parametrize(
    "row",
    [
        '<row r="x"><c r="A0"><v>1</v></c></row>',
        '<row r="-5"><c r="1A" s="99"><v>1</v></c></row>',
        '<row r="99999999999999"><c r="ZZZ1" t="s"><v>-1</v></c><c t="?"><v>1</v></c></row>',
        '<c r="A1"><v>1</v></c><row r="2"><c r="B2"/><c r="A2"><v>1</v></c></row>',
    ],
)
def test_numbers_that_make_no_sense(row: str) -> None:
    assert lines(read_xlsx(data(row, cells(9, "end"))))[-1] == "end"


def test_what_is_no_workbook() -> None:
    with pytest.raises(UnsupportedFormat, match="not an Excel workbook"):
        load_xlsx(zipped({"a.txt": "text"}), "a.xlsx")
    with pytest.raises(UnsupportedFormat, match="another kind"):
        load_xlsx(zipped({"xl/workbook.xml": "<html/>"}), "a.xlsx")
    with pytest.raises(EmptySource):
        read_xlsx(data(cells(1, " ")))


WORDS = st.text(st.sampled_from("abé漢 .<&|"), max_size=6)
GRIDS = st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=8)


@settings(deadline=None)
@given(GRIDS)
def test_every_cell_is_in_its_row(grid: list[list[str]]) -> None:
    rows = [cells(at, *row) for at, row in enumerate(grid, start=1)]
    try:
        found = places(read_xlsx(data(*rows)))
    except EmptySource:
        found = {}
    for at, row in enumerate(grid, start=1):
        texts = [" ".join(text.split()) for text in row]
        assert (f"row {at}" in found) == any(texts)
        position = 0
        for text in texts:
            position = found.get(f"row {at}", "").index(text, position) + len(text)


REAL = sample("harbour.xlsx")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_cut_or_flipped_workbook_is_read_or_refused(drawn: st.DataObject) -> None:
    damaged = bytearray(REAL[: drawn.draw(st.integers(len(REAL) // 2, len(REAL)))])
    for _ in range(drawn.draw(st.integers(0, 3))):
        damaged[drawn.draw(st.integers(0, len(damaged) - 1))] ^= drawn.draw(st.integers(1, 255))
    try:
        assert load_xlsx(bytes(damaged), "a.xlsx").text.strip()
    except LoadError as problem:
        assert problem.where == "a.xlsx"


def test_shared_texts_may_be_used_by_all_sheets() -> None:
    row = '<row><c t="s"><v>0</v></c></row>'
    document = load_xlsx(xlsx(data(row), data(row), strings="<si><t>Kesk</t></si>"), "a.xlsx")
    assert lines(document) == ["S1", "Kesk", "S2", "Kesk"]


def test_a_long_text_that_thousands_of_cells_refer_to_is_not_written_out() -> None:
    rows = '<row><c t="s"><v>0</v></c></row>' * 6000  # 12 kB of file, 60 million characters
    with pytest.raises(SourceTooLarge, match="more text than is held in memory"):
        load_xlsx(xlsx(data(rows), strings=f"<si><t>{'a' * 10_000}</t></si>"), "a.xlsx")


def test_a_sheet_that_is_listed_again_and_again_is_read_once() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx(data("<row><c><v>7</v></c></row>")))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    entry = b'<sheet name="S1" sheetId="1" state="visible" r:id="r0"/>'
    assert entry in parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(entry, entry * 5000)
    assert lines(load_xlsx(zipped(dict(parts)), "a.xlsx")) == ["S1", "7"]


def test_formulas_that_nobody_worked_out_are_told() -> None:
    formula = '<c r="{}"><f>B1*2</f>{}</c>'
    worked, empty = formula.format("B2", "<v>4</v>"), formula.format("B3", "")
    text = '<c r="B4" t="str"><f>""</f><v></v></c>'
    rows = [cells(1, "a", 2), cells(2, "b", worked), cells(3, "c", empty), cells(4, "d", text)]
    document = read_xlsx(data(*rows))
    assert document.text.split("\n")[2:] == ["a | 2", "b | 4", "c", "d"]
    assert document.notes == (
        "a formula has no value in the sheet “S1”: a spreadsheet program that opens and saves it "
        "adds them",
    )
