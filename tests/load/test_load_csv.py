"""Tables as text: cells in their rows, with the names of their columns."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packing import DATA, sample

from askdoc.load.sheets.csv import delimiter_of, load_csv
from askdoc.load.tables.column_names import header_of
from askdoc.load.tables.named_rows import LONGEST_NAME, MOST_REPEATED, UNNAMED, Names
from askdoc.model import Document


def read(text: str, name: str = "a.csv") -> Document:
    return load_csv(text.encode(), name)


def lines(text: str) -> list[str]:
    return read(text).text.split("\n")


@pytest.mark.parametrize(
    "text, delimiter",
    [
        ("a,b\n1,2\n", ","),
        ("a;b;c\n1,5;2,5;x\n2,5;3,5;y\n", ";"),
        ("name;price\nRope, thick;1,50\nOil;2,00\n", ";"),
        ("name\tnote\nRope\tlong, thick; old\nOil\tin cans\n", "\t"),
        ("ship|port\nHeron|Kesk, north quay\nPetrel|Narva\n", "|"),
        ("id,name,tags\n1,Rope,a;b\n2,Oil,c;d\n3,Tar,e;f\n", ","),
        ('a,b\n"x;y;z",1\n"u;v;w",2\n', ","),
        ("a,b\na,b,c\nd\ne,f,g,h\ni,j,k,l,m\n", ","),
        ("The ship, which was late, came in.\nIt left again.\nNobody, it seems, saw it.\n", ""),
        ("one\ntwo\n", ""),
    ],
)
def test_delimiters(text: str, delimiter: str) -> None:
    assert delimiter_of(text) == delimiter


def test_a_row_has_the_names_of_its_columns_and_a_place_as_a_spreadsheet_counts() -> None:
    text = 'Country;Population;Note\nMexico;130 million;"two\r\nlines"\n\nPeru;;"a ""b"" c"\n'
    document = read(text)
    assert document.text.split("\n") == [
        "Country | Population | Note",
        "Country: Mexico | Population: 130 million | Note: two lines",
        'Country: Peru | Note: a "b" c',
    ]
    assert [place.name for place in document.places] == ["row 1", "row 2", "row 4"]
    for place in document.places:
        assert place.start == 0 or document.text[place.start - 1] == "\n"


HEADERS = [
    "ship,captain\nHalcyon,Mira Olsen\nPetrel,Jonas Lind\n",
    "name,age\nAnna,12\n",
    "Name,City,Country\nAnna,Riga,Latvia\nMart,Narva,Estonia\nOtto,Narva,Estonia\n",
    "Region,2019,2020\nNorth,12,15\nSouth,13,16\n",
    ",Height,Weight\nAnna,160,55\nMart,180,80\n",
    "first_name,mail\nAnna,anna@kesk.example\nMart,mart@kesk.example\n",
    "code,state\nAX,open\nBX,open\nCX,shut\nDX,shut\nEX,shut\n",
]
NO_HEADERS = [
    "1,2\n3,4\n",
    "Anna,12\nMart,13\nOtto,14\n",
    "Anna,Riga,Latvia\nMart,Narva,Estonia\nOtto,Riga,Latvia\nUlla,Pärnu,Estonia\n",
    "2019,12\n2020,15\n",
    "name,name\nAnna,Mart\nOtto,Ulla\n",
    "Name:,Anna\nAge:,12\nTown:,Narva\n",
    "open,Kesk\nshut,Narva\nopen,Riga\nshut,Riga\nopen,Kesk\n",
    "Anna\nMart\nOtto\n",
    "a,b\n",
]


@pytest.mark.parametrize("text", HEADERS)
def test_a_first_row_that_names_the_columns(text: str) -> None:
    rows = [line.split(",") for line in text.splitlines()]
    assert header_of(rows) == (0, 0, tuple(rows[0]), "")
    expected = [f"{name}: {cell}" if name else cell for name, cell in zip(*rows[:2], strict=True)]
    assert lines(text)[1] == " | ".join(expected)


@pytest.mark.parametrize("text", NO_HEADERS)
def test_a_first_row_like_all_others(text: str) -> None:
    assert header_of([line.split(",") for line in text.splitlines()]) is None


def test_titles_stand_above_the_header() -> None:
    document = read("Catch of the year\n\nFish,Tonnes\nCod,12\nHerring,7\n")
    assert document.headings[0].title == document.heading_at(len(document.text) - 1)
    assert document.text.split("\n") == [
        "Catch of the year",
        "",
        "Fish | Tonnes",
        "Fish: Cod | Tonnes: 12",
        "Fish: Herring | Tonnes: 7",
    ]


def test_marks_that_open_no_cell_are_text() -> None:
    assert lines(
        'part,size,n\nPipe,5" wide,1\n"Bolt" M6,2",2\n"open, and on,3\nNut, "x, y" ,4'
    ) == [
        "part | size | n",
        'part: Pipe | size: 5" wide | n: 1',
        'part: "Bolt" M6 | size: 2" | n: 2',
        'part: "open | size: and on | n: 3',
        "part: Nut | size: x, y | n: 4",
    ]


def test_ragged_rows_and_empty_cells() -> None:
    assert lines("name,n,m\nAnna,1\nMart,,2,more\nOtto,1,2\n") == [
        "name | n | m",
        "name: Anna | n: 1",
        "name: Mart | m: 2 | more",
        "name: Otto | n: 1 | m: 2",
    ]
    assert lines("1,,,4\n,2,3,\n5,6,7,8\n") == ["1 | | | 4", "| 2 | 3", "5 | 6 | 7 | 8"]


def test_the_delimiter_that_the_first_line_names() -> None:
    document = read("sep=;\nname;n\nAnna;1,5\n")
    assert document.text == "name | n\nname: Anna | n: 1,5"
    assert document.places[0].name == "row 2"


def test_encodings_and_nuls() -> None:
    rows = "Name;Ort\nJörg;Köln\nÇelik;Šiauliai\n"
    assert "Name: Jörg | Ort: Köln" in load_csv(rows.encode("utf-16"), "a.csv").text
    document = load_csv(
        b"name,note\nAnna,is here and stays for the week" + b" x" * 50 + b"\0\n", "a"
    )
    assert document.text.startswith("name | note\nname: Anna | note: is here")
    assert document.notes == ("characters that mean nothing (NUL) were left out",)


def test_a_field_larger_than_the_standard_library_takes() -> None:
    long = "word " * 100_000
    assert read(f'name,text\nAnna,"{long}"\n').text.count("word") == 100_000


def test_names_do_not_make_a_small_file_huge() -> None:
    names = [f"{at:05}{'x' * (LONGEST_NAME - 5)}" for at in range(2000)]
    table = Names(names)
    assert table.line(["1"] * 2000).count("xxx: 1") == 2000
    assert not table.ran_out
    while not table.ran_out:
        table.line(["1"] * 2000)
    assert table.repeated < 2 * MOST_REPEATED
    assert table.line(["1", "2"]) == "1 | 2"
    header = ",".join(f"column {at} {'x' * 180}" for at in range(100))
    document = read(f"{header}\n" + (",".join("1" * 100) + "\n") * 4000)
    assert len(document.text) < MOST_REPEATED + 4000 * 500
    assert document.notes == (UNNAMED,)


@pytest.mark.parametrize(
    "piece", ['"', '""', '"""', '"a\n', 'x,"', '"""a\n', ',"\n', '"",', '"a"b,']
)
def test_marks_without_end_are_read_once(piece: str) -> None:
    assert read("a,b\n" + piece * 100_000 + "end")


def test_a_real_table() -> None:
    document = load_csv(sample("moorings.csv"), "moorings.csv")
    assert document.text + "\n" == (DATA / "moorings.csv.expected.txt").read_text()


CELL = st.text(st.sampled_from("abé漢 1.,;\t|\"'\n\r-"), max_size=8)
TABLES = (
    st.integers(2, 5)
    .flatmap(
        lambda width: st.lists(
            st.lists(CELL, min_size=width, max_size=width), min_size=2, max_size=8
        )
    )
    .filter(lambda rows: any(cell.strip() for row in rows for cell in row))
)


@settings(deadline=None)
@given(TABLES)
def test_what_a_writer_wrote_comes_back_cell_by_cell_in_its_row(rows: list[list[str]]) -> None:
    buffer = io.StringIO(newline="")
    buffer.write("sep=,\n")
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows(rows)
    document = load_csv(buffer.getvalue().encode(), "a.csv")
    for number, row in enumerate(rows, start=2):
        cells = [" ".join(cell.split()) for cell in row]
        starts = [place.start for place in document.places if place.name == f"row {number}"]
        assert len(starts) == any(cells)
        at = starts[0] if starts else 0
        line = document.text[at:].split("\n")[0]
        position = 0
        for cell in cells:
            position = line.index(cell, position) + len(cell)


SAFE = st.text(st.sampled_from("abcdeé"), min_size=1, max_size=6)


@settings(deadline=None)
@given(st.sampled_from(",;\t|"), st.lists(st.tuples(SAFE, SAFE, SAFE), min_size=2, max_size=8))
def test_delimiters_are_found_out(delimiter: str, rows: list[tuple[str, ...]]) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    assert delimiter_of(buffer.getvalue()) == delimiter
