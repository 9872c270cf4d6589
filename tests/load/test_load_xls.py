"""Workbooks of Excel 97 to 2003: what the sheets show, and nothing that they hide."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import outline
from spreadsheet import cells, data, xlsx

from askdoc.errors import EmptySource, LoadError, SourceUnreadable, UnsupportedFormat
from askdoc.load.sheets.xls import load_xls
from lab.fuzzing.biff import BOLD, DATE, PERCENT, Row, book

FEES: list[Row] = [
    [("Ship", BOLD), ("Built", BOLD), ("Share", BOLD), ("Tons", BOLD)],
    ["Kesk", (36526, DATE), (0.125, PERCENT), 1250],
    ["Hidden", 1, 2, 3],
    ["Grüner „Seehund“", (36557.0, DATE), (0.5, PERCENT), 0.1 + 0.2],
]


def test_values_are_written_as_they_are_shown() -> None:
    made = book(("Fees", FEES), ("Scratch", [["x"]]), hidden=["Scratch"], hidden_rows=[2])
    document = load_xls(made, "a.xls")
    assert document.text == (
        "Fees\n\nShip | Built | Share | Tons\n"
        "Ship: Kesk | Built: 2000-01-01 | Share: 12.5% | Tons: 1250\n"
        "Ship: Grüner „Seehund“ | Built: 2000-02-01 | Share: 50.0% | Tons: 0.3"
    )
    assert outline(document) == [(1, "Fees")]
    assert document.place_at(document.text.index("Grüner")) == "row 4"
    assert document.notes == (
        "hidden rows or columns were left out",
        "the hidden sheet “Scratch” was left out",
    )


def test_hidden_columns_and_merged_cells() -> None:
    rows: list[Row] = [["Port", "Ship", "Note"], ["Vell", "Kesk", "a"], [None, "Halcyon", "b"]]
    document = load_xls(book(("S", rows), hidden_columns=[2], merged=[(1, 2, 0, 0)]), "a.xls")
    assert document.text.splitlines()[2:] == [
        "Port | Ship",
        "Port: Vell | Ship: Kesk",
        "Port: Vell | Ship: Halcyon",
    ]


@pytest.mark.parametrize(
    "made",
    [
        b"<html><body><table><tr><td>Kesk</td><td>40</td></tr></table></body></html>",
        b"Kesk\t40\n",
        xlsx(data(cells(1, "Kesk", 40))),
    ],
)
def test_what_is_only_called_a_workbook_is_read(made: bytes) -> None:
    assert load_xls(made, "a.xls").text.splitlines()[-1] == "Kesk | 40"


def test_what_is_no_workbook() -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    with pytest.raises(UnsupportedFormat, match=r"damaged: a\.xls"):
        load_xls(compound + bytes(600), "a.xls")
    with pytest.raises(SourceUnreadable, match="password"):
        load_xls(compound + "EncryptedPackage".encode("utf-16-le"), "a.xls")
    with pytest.raises(UnsupportedFormat):
        load_xls(bytes(range(256)), "a.xls")
    for nothing in (b"", book(("S", []))):
        with pytest.raises(EmptySource):
            load_xls(nothing, "a.xls")


REAL = book(("Fees", FEES), ("More", [["x", True, None, 5]]), merged=[(1, 3, 1, 2)])


@settings(deadline=None)
@given(st.data())
def test_a_cut_or_flipped_workbook_is_read_or_refused(drawn: st.DataObject) -> None:
    damaged = bytearray(REAL[: drawn.draw(st.integers(0, len(REAL)))])
    for _ in range(drawn.draw(st.integers(0, 4)) if damaged else 0):
        damaged[drawn.draw(st.integers(0, len(damaged) - 1))] ^= drawn.draw(st.integers(1, 255))
    try:
        assert load_xls(bytes(damaged), "a.xls").text.strip()
    except LoadError as problem:
        assert problem.where == "a.xls"
