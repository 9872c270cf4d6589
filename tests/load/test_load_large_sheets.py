"""Sheets of a million rows: read in pieces, the same as in one, and up to where memory ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import odf_xml, zipped
from spreadsheet import cells, data, xlsx

from askdoc.errors import SourceTooLarge
from askdoc.load import files
from askdoc.load.common import archive
from askdoc.load.sheets import csv
from askdoc.load.sheets import written as sheets
from askdoc.load.sheets import xlsx as workbook
from askdoc.load.sheets.csv import load_csv
from askdoc.load.sheets.ods import load_ods
from askdoc.load.sheets.xlsx import load_xlsx
from askdoc.load.sheets.xlsx_sheet import end_of
from askdoc.load.tables import lines

SHIPS = st.lists(
    st.tuples(
        st.integers(1, 3), st.sampled_from(["Ship", "Kesk", "a & b", "é"]), st.integers(0, 9)
    ),
    min_size=1,
    max_size=40,
)


def book(rows: list[tuple[int, str, int]], merged: str = "") -> bytes:
    made, number = [cells(1, "Name", "Port", "Tons")], 1
    for step, name, tons in rows:
        number += step
        made.append(cells(number, name, None if tons % 2 else "Bergen", tons))
    after = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    return xlsx(data(*made, after=after), data(cells(1, "Last", 5)))


@settings(deadline=None)
@given(SHIPS, st.sampled_from(["", "B1:B2", "A2:A9", "B3:B40"]), st.integers(40, 400))
def test_a_sheet_reads_the_same_in_pieces_as_in_one(
    rows: list[tuple[int, str, int]], merged: str, piece: int
) -> None:
    whole = load_xlsx(book(rows, merged), "a.xlsx")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook, "_LARGE", 0)
        patch.setattr(archive, "PIECE", piece)
        in_pieces = load_xlsx(book(rows, merged), "a.xlsx")
    assert (in_pieces.text, in_pieces.places, in_pieces.notes) == (
        whole.text, whole.places, whole.notes,
    )  # fmt: skip


def test_a_table_of_more_rows_than_are_looked_at_together_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ships = [cells(at, f"Ship {at}", "Bergen", at) for at in range(2, 40)]
    rows = [cells(1, "Name", "Port", "Tons"), *ships]
    whole = load_xlsx(xlsx(data(*rows)), "a.xlsx")
    monkeypatch.setattr(sheets, "_MOST_TOGETHER", 7)
    assert load_xlsx(xlsx(data(*rows)), "a.xlsx").text == whole.text
    late = [*rows, cells(40, "Ship 40", "Oslo", 3, "late")]
    text = load_xlsx(xlsx(data(*late)), "a.xlsx").text
    assert text.endswith("Name: Ship 40 | Port: Oslo | Tons: 3 | late")


FULL = "from row {} of “S1” on it was not read: there is more than is held in memory; "


def test_the_part_of_a_sheet_that_there_is_room_for_is_read_and_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [cells(at, f"Ship {at}", "Bergen", at) for at in range(2, 3000)]
    monkeypatch.setattr(lines, "MOST_HELD", 200_000)
    monkeypatch.setattr(workbook, "_LARGE", 0)
    monkeypatch.setattr(archive, "PIECE", 5000)
    several = xlsx(data(cells(1, "Name", "Port", "Tons"), *rows), data(cells(1, "Last", 5)))
    document = load_xlsx(several, "a.xlsx")
    last = int(document.places[-1].name.removeprefix("row "))
    assert 100 < last < 2000
    assert document.text.endswith(f"Name: Ship {last} | Port: Bergen | Tons: {last}")
    assert len(document.notes) == 2
    assert document.notes[0].startswith("the sheet “S2” was not read: ")
    assert document.notes[1].startswith(FULL.format(last + 1))


def test_the_part_of_other_tables_that_there_is_room_for_is_read_and_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lines, "MOST_HELD", 200_000)
    monkeypatch.setattr(archive, "PIECE", 5000)
    table = "Name,Port\n" + "".join(f"Ship {at},Bergen\n" for at in range(2, 3000))
    document = load_csv(table.encode(), "a.csv")
    last = int(document.places[-1].name.removeprefix("row "))
    assert document.text.endswith(f"Name: Ship {last} | Port: Bergen")
    assert document.notes[0].startswith(f"from row {last + 1} on it was not read: ")
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = "".join(
        f"<table:table-row>{cell.format(f'Ship {at}')}{cell.format('Bergen')}</table:table-row>"
        for at in range(1, 3000)
    )
    sheet = f'<table:table table:name="S1">{rows}</table:table>'
    content = odf_xml("document-content", sheet, kind="spreadsheet")
    monkeypatch.setattr(sheets, "_MOST_TOGETHER", 100)
    document = load_ods(zipped({"content.xml": content}), "a.ods")
    last = int(document.places[-1].name.removeprefix("row "))
    assert document.text.endswith(f"Ship {last} | Bergen")
    assert document.notes[0].startswith(FULL.format(last + 1))


def test_a_sheet_that_unpacks_to_any_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_STREAMED", 5000)
    monkeypatch.setattr(workbook, "_LARGE", 0)
    large = xlsx(data(*(cells(at, "Ship") for at in range(1, 500))))
    with pytest.raises(SourceTooLarge, match="unpacks to more than"):
        load_xlsx(large, "a.xlsx")
    content = odf_xml("document-content", " " * 6000, kind="spreadsheet")
    with pytest.raises(SourceTooLarge, match="unpacks to more than"):
        load_ods(zipped({"content.xml": content}), "a.ods")


@given(st.binary(max_size=200), st.integers(1, 60))
def test_what_stands_behind_the_rows_is_found_over_pieces(rows: bytes, size: int) -> None:
    rows = rows.replace(b"<", b"")
    whole = b"<x:sheetData>" + rows + b"</x:sheetData><a/>"
    pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
    assert end_of(pieces) == b"</x:sheetData><a/>"
    assert end_of([rows]) == b""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_of_a_larger_table_the_first_rows_are_read_and_told(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    """A CSV file of a million rows, more than 64 MiB, was refused and nothing of it read."""
    table = "Name,Port\n" + "".join(f"Ship {at},Bergenøy\n" for at in range(2, 3000))
    bom = "\ufeff" if encoding == "utf-16-be" else ""
    written = (bom + table).encode(encoding)
    for most in range(5000, 5040):
        monkeypatch.setattr(csv, "MAX_BYTES", most)
        document = load_csv(written, "a.csv")
        last = int(document.places[-1].name.removeprefix("row "))
        assert 100 < last < 400
        assert document.text.endswith(f"\nName: Ship {last} | Port: Bergenøy")
        assert f"from row {last + 1} on it was not read" in " ".join(document.notes)


def test_a_cell_of_several_lines_at_the_end_of_what_is_read_is_left_out_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = '"Ship, {}",Bergen,"keel laid\nin Kesk\nin spring"\n'
    table = "Name,Port,Log\n" + "".join(row.format(at) for at in range(2, 300))
    for most in range(5000, 5060):
        monkeypatch.setattr(csv, "MAX_BYTES", most)
        document = load_csv(table.encode(), "a.csv")
        last = document.text.rpartition("\n")[2]
        assert last.startswith("Name: Ship, ")
        assert last.endswith("| Port: Bergen | Log: keel laid in Kesk in spring")


def test_only_as_much_of_a_large_table_is_taken_from_the_disk_as_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Name,Port\n" + "Ship,Bergen\n" * 5000)
    monkeypatch.setattr(files, "MAX_BYTES", 20_000)
    assert len(files.read_bytes(str(path), "a.csv")) == 20_001
    path.rename(tmp_path / "a.log")
    with pytest.raises(SourceTooLarge):
        files.read_bytes(str(tmp_path / "a.log"), "a.log")
