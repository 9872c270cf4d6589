"""Which rows name the columns: tables as people lay them out, half of them blind."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.load.sheets.csv import load_csv
from askdoc.load.tables.cell_looks import is_period
from askdoc.load.tables.column_names import header_of

DATA = Path(__file__).parents[1] / "data"
UNDER = "under: "


class Case(NamedTuple):
    """A table, lines that its text must have, and the heading that the last of them is under."""

    name: str
    table: str
    lines: list[str]
    under: str | None


def read_cases(path: Path) -> list[Case]:
    cases = []
    for part in path.read_text("utf-8").split("\n== ")[1:]:
        name, *rows = part.rstrip("\n").split("\n")
        expected = [row[3:] for row in rows if row.startswith(">> ")]
        table = "\n".join(row for row in rows if not row.startswith(">> ")).rstrip("\n") + "\n"
        under = [row.removeprefix(UNDER) for row in expected if row.startswith(UNDER)]
        lines = [row for row in expected if not row.startswith(UNDER)]
        cases.append(Case(name, table, lines, under[0] if under else None))
    return cases


def is_right(case: Case) -> bool:
    document = load_csv(case.table.encode(), "a.csv")
    if not set(case.lines) <= set(document.text.split("\n")):
        return False
    last = document.text.index(case.lines[-1])
    return case.under is None or document.heading_at(last) == case.under


CASES = read_cases(DATA / "headers-tune.txt")


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_header(case: Case) -> None:
    assert case.lines
    assert is_right(case), load_csv(case.table.encode(), "a.csv").text


def test_most_blind_cases_are_right() -> None:
    """Only counted: whoever tunes the rules must not learn which of them fail."""
    cases = read_cases(DATA / "headers-blind.txt")
    assert len(cases) >= 30
    assert sum(map(is_right, cases)) >= 0.9 * len(cases)


PERIODS = (
    "2023|1998|2023E|FY2021|FY 2021|FY21|2022/23|2020-2021|2022 (restated)|Q1|Q1 2023|1Q23|2023 Q4|"
    "H1 2023|KW 36|Week 3|2024-03|2024-03-01|31.12.2022|31/12/22|Jan|Sept 2024|31 Dec 2022|"
    "December 31, 2022|September 28,2024|Year ended 30 June 2022|as at 31 December 2022|März 2021|"
    "Three months ended June 29, 2024"
).split("|")
NO_PERIODS = (
    "1,804|12|Marching|mayor|2023 votes|Q5|-2020|20,230|Decision 4|99.5 %|3000|12:30|"
).split("|")


@pytest.mark.parametrize(
    ("table", "line"),
    [
        # Amounts that look like years, under years.
        ("Item,2022,2021\nSales,1811,1740\nCosts,1102,1071\n",
         "Item: Sales | 2022: 1811 | 2021: 1740"),
        (",2019,2020,2021\nDebt,1804,1867,2011\nCash,1762,1839,1790\n",
         "Debt | 2019: 1804 | 2020: 1867 | 2021: 2011"),
        # Years under nothing.
        ("Anna,2001,2002\nMart,1999,2003\nOtto,2005,2009\n", "Anna | 2001 | 2002"),
        ("North,2001,2002,2003\nSouth,2002,2003,2004\n", "South | 2002 | 2003 | 2004"),
    ],
)  # fmt: skip
def test_years_above_what_looks_like_years(table: str, line: str) -> None:
    assert line in load_csv(table.encode(), "a.csv").text.split("\n")


@pytest.mark.parametrize("text", PERIODS)
def test_what_stands_above_columns_of_figures(text: str) -> None:
    assert is_period(text)


@pytest.mark.parametrize("text", NO_PERIODS)
def test_what_is_no_period(text: str) -> None:
    assert not is_period(text)


@given(
    st.lists(
        st.lists(st.sampled_from(["", "Men", "2020", "2021", "km", "7", "8.5"]), min_size=1),
        max_size=8,
    ),
    st.floats(-4, 4),
    st.booleans(),
)
def test_a_header_lies_above_rows_of_the_table(
    rows: list[list[str]], more: float, goes_on: bool
) -> None:
    rows = [row for row in rows if any(row)]
    for known in (None, *range(len(rows))):
        found = header_of(rows, more, known, goes_on=goes_on)
        if found is None:
            assert known is None
            continue
        assert 0 <= found.first <= found.last < len(rows) - (known is None)
        assert found.last - found.first <= 1
        assert known is None or known in (found.first, found.last)
        for name in filter(None, found.names):
            head = " ".join(cell for row in rows[found.first : found.last + 1] for cell in row)
            assert set(name.split()) <= set(head.split())
