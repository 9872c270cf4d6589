"""Tables by rows: below a header each row names it, so that a row alone says all it means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.load.common.layout import Layout
from askdoc.load.web.html import extract

Cell = str | tuple[str, int, int]  # text, columns, rows


def lay_out(*rows: list[Cell], headers: int = 1) -> str:
    layout = Layout()
    layout.start_table()
    for number, cells in enumerate(rows):
        layout.start_row(header=number < headers)
        for cell in cells:
            text, span, down = (cell, 1, 1) if isinstance(cell, str) else cell
            layout.start_cell(span, rows=down)
            layout.text(text)
        layout.end_row()
    return layout.result()


def test_each_row_names_its_headers() -> None:
    assert lay_out(["Port", "Ships", "Crew"], ["Oslo", "4", "90"], ["Bergen", "", "31"]) == (
        "Port | Ships | Crew\nPort: Oslo | Ships: 4 | Crew: 90\nPort: Bergen | Crew: 31"
    )


def test_a_first_cell_without_text_leaves_no_trace_below_a_header() -> None:
    assert lay_out(["", "Ships"], ["", "4"], ["Oslo", "5"], ["", ""]) == (
        "| Ships\nShips: 4\nOslo | Ships: 5"
    )


def test_two_rows_of_headers_are_read_together() -> None:
    text = lay_out(
        [("Port", 1, 2), ("2020", 2, 1), ("2021", 2, 1)],
        ["Ships", "Crew", "Ships", "Crew"],
        ["Oslo", "4", "90", "5", "91"],
        headers=2,
    )
    assert text.splitlines()[-1] == (
        "Port: Oslo | 2020 Ships: 4 | 2020 Crew: 90 | 2021 Ships: 5 | 2021 Crew: 91"
    )


def test_a_cell_below_several_headers_has_none() -> None:
    text = lay_out(["Port", "Ships", "Crew"], [("North", 3, 1)], ["Oslo", ("unknown", 2, 1)])
    assert text.splitlines()[1:] == ["North", "Port: Oslo | unknown"]


def test_a_cell_that_spans_rows_is_read_in_each_of_them() -> None:
    text = lay_out(
        ["Port", "Year", "Ships", "Flag"],
        [("Oslo", 1, 2), "2020", "4", ("Norway", 1, 3)],
        ["2021", "5"],
        ["Bergen", "2021", "6"],
        ["Hull", "2021", "7", "UK"],
    )
    assert text.splitlines()[1:] == [
        "Port: Oslo | Year: 2020 | Ships: 4 | Flag: Norway",
        "Port: Oslo | Year: 2021 | Ships: 5 | Flag: Norway",
        "Port: Bergen | Year: 2021 | Ships: 6 | Flag: Norway",
        "Port: Hull | Year: 2021 | Ships: 7 | Flag: UK",
    ]


def test_a_header_with_a_colon_has_one_and_a_long_one_is_not_repeated() -> None:
    assert lay_out(["Port:", "x" * 101], ["Oslo", "4"]).endswith("\nPort: Oslo | 4")


def test_a_new_header_and_a_new_table_start_afresh() -> None:
    layout = Layout()
    for title in ("One", "Two"):
        layout.start_table()
        for header, cells in ((True, (title, "x")), (False, ("a", "b")), (False, ("c", "d"))):
            layout.start_row(header=header)
            for cell in cells:
                layout.start_cell()
                layout.text(cell)
            layout.end_row()
    layout.start_table()
    layout.start_row()
    layout.start_cell()
    layout.text("bare")
    layout.end_row()
    assert layout.result() == (
        "One | x\nOne: a | x: b\nOne: c | x: d\n\nTwo | x\nTwo: a | x: b\nTwo: c | x: d\n\nbare"
    )


def test_a_nested_table_has_its_own_headers_and_gives_the_outer_ones_back() -> None:
    layout = Layout()
    layout.start_table()
    for name in ("Port", "Oslo", "Hull"):
        layout.start_row(header=name == "Port")
        for cell in (name, "Notes" if name == "Port" else "see"):
            layout.start_cell()
            layout.text(cell)
        if name == "Oslo":
            layout.start_table()
            layout.start_row()
            layout.start_cell()
            layout.text("inner")
            layout.end_row()
        layout.end_row()
    assert (
        layout.result()
        == "Port | Notes\nPort: Oslo | Notes: see\n\ninner\n\nPort: Hull | Notes: see"
    )


def test_a_cell_of_several_blocks_names_its_header_once() -> None:
    layout = Layout()
    layout.start_table()
    for header, cells in ((True, ["Port", "Notes"]), (False, ["Oslo", "One.\nTwo."])):
        layout.start_row(header=header)
        for cell in cells:
            layout.start_cell()
            for line in cell.split("\n"):
                layout.set_off(2)
                layout.text(line)
                layout.set_off(2)
        layout.end_row()
    assert layout.result() == "Port | Notes\nPort: Oslo | Notes: One.\n\nTwo."


def test_a_heading_in_a_cell_is_only_the_heading() -> None:
    text, headings, *_ = extract(
        "<table><thead><tr><th>A<th>B</thead><tr><td>1<td>2<tr><td>3<td>4</table><h2>End</h2>"
    )
    assert text == "A | B\nA: 1 | B: 2\nA: 3 | B: 4\n\nEnd"
    layout = Layout()
    layout.start_table()
    for level in (0, 2):
        layout.start_row(header=not level)
        layout.start_cell()
        if level:
            layout.start_heading(level)
        layout.text("Title")
        layout.end_heading()
        layout.end_row()
    assert [h.title for h in layout.headings] == ["Title"]
    assert [h.title for h in headings] == ["End"]


@given(
    st.lists(st.lists(st.sampled_from(["", "a", "b c"]), max_size=4), min_size=1, max_size=5),
    st.lists(st.booleans(), min_size=5, max_size=5),
    st.lists(st.integers(0, 3), min_size=20, max_size=20),
)
def test_no_text_of_a_table_is_lost(
    rows: list[list[str]], headers: list[bool], spans: list[int]
) -> None:
    layout = Layout()
    layout.start_table()
    sizes = iter(spans)
    for number, cells in enumerate(rows):
        layout.start_row(header=headers[number])
        for cell in cells:
            layout.start_cell(next(sizes), rows=1 + number % 2)
            layout.text(cell)
        layout.end_row()
    lines = layout.result().splitlines()
    written = [cells for cells in rows if any(cells)]
    assert len(lines) == len(written)
    for line, cells in zip(lines, written, strict=True):
        at = 0
        for cell in filter(None, cells):
            at = line.index(cell, at) + len(cell)


HEAD = "<tr><th>Port<th>Ships"
DATA = "<tr><td>Oslo<td>4<tr><td>Hull<td>5"
NAMED = "Port: Oslo | Ships: 4\nPort: Hull | Ships: 5"
BARE = "Oslo | 4\nHull | 5"


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (f"<table>{HEAD}{DATA}", NAMED),
        (f"<table><thead><tr><td>Port<td>Ships</thead>{DATA}", NAMED),
        (f"<table><tr><th colspan=2>Ports of call</tr>{HEAD}{DATA}", NAMED),
        (f"<table>{HEAD}<tr><th scope=row>Oslo<td>4<tr><th>Hull<td>5",
         "Oslo | Ships: 4\nHull | Ships: 5"),
        ("<table><tr><td>&nbsp;<th>Ships<th>Crew<tr><th>Oslo<td>4<td>9<tr><th>Hull<td>5<td>8",
         "Oslo | Ships: 4 | Crew: 9\nHull | Ships: 5 | Crew: 8"),
        (f"<table>{HEAD}{DATA}<tr><th>All<th>9<tr><td>Rest<td>1",
         f"{NAMED}\nAll | 9\nPort: Rest | Ships: 1"),
        (f"<table>{HEAD}{DATA}<tr><th>Lake<th>Boats<tr><td>Como<td>3",
         f"{NAMED}\nLake | Boats\nLake: Como | Boats: 3"),
        (f"<table>{HEAD}{DATA}<tfoot><tr><th>Sum<th>all</tfoot>", f"{NAMED}\nSum | all"),
        (f"<table role=presentation>{HEAD}{DATA}", BARE),
        (f"<table><tr><th>Port</th></tr>{DATA}", BARE),
        (f"<table><tr><td>Port<td>Ships{DATA}", BARE),
        (f"<table>{HEAD}<tr><td><h2>News</h2><tr><td>a<td>b", "News\na | b"),
        ("<table><tr><th>Founded<td>1880<tr><th>Berths<td>12<tr><th>Depth<td>9 m",
         "Founded | 1880\nBerths | 12\nDepth | 9 m"),
    ],
)  # fmt: skip
def test_which_html_tables_have_headers(table: str, rows: str) -> None:
    assert extract(f"{table}</table>after")[0].endswith(f"{rows}\n\nafter")


def test_a_table_in_a_hidden_part_does_not_shift_the_headers_of_the_next() -> None:
    html = f"<div hidden><table>{HEAD}{DATA}</table></div><table><tr><td>a<td>b</table>"
    html += f"<table>{HEAD}{DATA}</table>"
    assert extract(html)[0] == f"a | b\n\nPort | Ships\n{NAMED}"


MANY = 20_000
HOSTILE = {
    "long headers": f"<th>{'x' * MANY}<th>y<tr><td>1<td>2" + "<tr><td>1" * MANY,
    "wide headers": "<th colspan=9999>a<th>b" * MANY + "<tr><td>1<td>2" * MANY,
    "header rows": "<tr><th colspan=9999>a<th>b" * MANY + "<tr><td>1<td>2" * 9,
    "reaching": "<th>a<th>b<tr>" + "<td rowspan=9999>c" * MANY + "<tr><td>d" * MANY,
    "reaching heads": "<th rowspan=9999>a<th>b" * MANY + "<tr><td>c" * MANY,
    "nested": "<tr><th>a<th>b<tr><td><table>" * MANY + "<td>x",
    "bare rows": "<th>a<th>b<tr><td rowspan=9999>1<td>2<tr><td>x" + "<tr>" * MANY,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_tables_are_read(name: str) -> None:
    html = f"<table><thead><tr>{HOSTILE[name]}</table>end"
    text = extract(html)[0]
    assert text.endswith("end")
    assert len(text) < 40 * len(html)
