"""One statement in every format that has tables: each row has its names, its title, its units."""

from __future__ import annotations

from pathlib import Path

import pytest
from statements import WRITERS, Statement

from askdoc import Assistant
from askdoc.index import update
from askdoc.load import load_bytes
from askdoc.model import Document

ROUTES = Statement(
    "Skagen Ferries by route",
    "(passengers in thousands, except per ship)",
    [
        [("", 1), ("2022", 2), ("2023", 2)],
        [("Route", 1), ("Summer", 1), ("Winter", 1), ("Summer", 1), ("Winter", 1)],
    ],
    [
        ("Hull - Oslo", "81", "12", "85", "14"),
        ("Leith - Riga", "40", "9", "44", "11"),
        ("Kesk - Bergen", "17", "8", "", "(7)"),
        ("Total", "138", "29", "129", "18"),
    ],
    ["Source: ticket office of the company."],
)
YEARS = Statement(
    "Income of Skagen Ferries",
    "in millions of CHF",
    [[("", 1), ("2023", 1), ("2022", 1)]],
    [
        ("Ticket revenue", "41,250", "38,900"),
        ("Total revenue", "53,550", "50,680"),
        ("Wages", "(21,000)", "(19,800)"),
        ("Tax rate", "12.5%", "13.0%"),
    ],
)


def read(made: Statement, kind: str) -> Document:
    return load_bytes(WRITERS[kind](made), f"a.{kind}", f"a.{kind}")


def row_at(document: Document, name: str) -> dict[str, str]:
    """The cells of the row that begins with a name, by the names of their columns."""
    at = document.text.index(name)
    start, end = document.text.rfind("\n", 0, at) + 1, document.text.find("\n", at)
    line = document.text[start : end if end >= 0 else None]
    table = document.table_at(at)
    if table is not None and table.columns:
        cells = [one.strip() for one in line.strip("|").split("|")]
        return {name: cell for name, cell in zip(table.columns, cells, strict=True) if cell}
    parted = [one.rpartition(": ") for one in line.split(" | ")]
    return {name: cell for name, _, cell in parted}


@pytest.mark.parametrize("kind", WRITERS)
def test_names_over_two_rows_stand_in_each_row_and_empty_cells_move_none(kind: str) -> None:
    """RTF whose wide cells are not marked as merged, and PDFs whose years stand in the middle over
    their columns, gave the year of one column to another."""
    document = read(ROUTES, kind)
    row = row_at(document, "Kesk - Bergen")
    assert {name: row[name] for name in row if name not in ("", "Route")} == {
        "2022 Summer": "17", "2022 Winter": "8", "2023 Winter": "(7)",
    }  # fmt: skip
    assert "Kesk - Bergen" in row.values()


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("made", [ROUTES, YEARS], ids=["routes", "years"])
def test_title_and_units_stay_with_the_last_row_and_end_with_it(made: Statement, kind: str) -> None:
    """E-mail lost both, and word processors' tables their title where it stood over the units."""
    document = read(made, kind)
    heading = document.heading_at(document.text.index(made.rows[-1][0])) or ""
    assert made.title in heading
    assert made.units in heading
    for note in made.notes:
        below = document.heading_at(document.text.index(note)) or ""
        assert made.units not in below or kind in ("csv", "xlsx", "xls", "ods")


@pytest.mark.parametrize("kind", WRITERS)
def test_a_blank_corner_and_years_name_the_columns(kind: str) -> None:
    row = row_at(read(YEARS, kind), "Wages")
    assert (row["2023"], row["2022"]) == ("(21,000)", "(19,800)")
    assert row_at(read(YEARS, kind), "Tax rate")["2022"] == "13.0%"


def test_the_cell_that_is_asked_for_and_its_units_are_cited_from_a_saved_index(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    for kind, write in WRITERS.items():
        (folder / f"a.{kind}").write_bytes(write(YEARS))
    update(tmp_path / "index", [str(folder)])
    assistant = Assistant.open(tmp_path / "index", reader="lexical")
    for kind in WRITERS:
        source = str(folder / f"a.{kind}")
        answer = assistant.only([source]).ask("What were wages in 2022?")
        assert answer.citations, source
        cited = answer.citations[0]
        assert "(19,800)" in cited.quote, source
        assert cited.short is not None
        assert cited.short.text == "(19,800)", source
        assert YEARS.units in (cited.heading or ""), source
