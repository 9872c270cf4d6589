"""Titles and units stay with their tables, in every format, and end where these do."""

from __future__ import annotations

import pytest
from office import docx, p, row, table
from spreadsheet import cells, data, read_xlsx

from askdoc.load import load_text
from askdoc.load.office.docx import load_docx
from askdoc.load.sheets.csv import load_csv
from askdoc.load.tables.titles import title_of
from askdoc.load.text.markdown import load_markdown
from askdoc.load.web.html import load_html
from askdoc.model import Document

ROWS = (("Sales", "1811", "1740"), ("Costs", "1102", "1071"), ("Profit", "709", "669"))
YEARS = ("", "2022", "2021")


def at(document: Document, words: str) -> str | None:
    return document.heading_at(document.text.index(words))


def html_rows(*rows: tuple[str, ...]) -> str:
    return "".join("<tr>" + "".join(f"<td>{one}" for one in cells) for cells in rows)


def test_a_web_page_keeps_a_caption_up_to_the_end_of_its_table() -> None:
    page = (
        "<h1>Report</h1><table><caption>Income, CHF million</caption>"
        f"{html_rows(YEARS, *ROWS, ('Tax', '9', '6'))}</table><p>After it.</p>"
    )
    document = load_html(page.encode(), "a.html")
    assert at(document, "Costs | 2022: 1102 | 2021: 1071") == "Income, CHF million"
    assert at(document, "After it") == "Report"


def test_units_alone_have_the_heading_before_them() -> None:
    page = f"<h2>Balance sheet</h2><p>(in thousands of euros)</p><table>{html_rows(YEARS, *ROWS)}"
    document = load_html(page.encode(), "a.html")
    assert at(document, "Costs") == "Balance sheet – (in thousands of euros)"


def test_a_web_page_that_is_laid_out_by_a_table_has_no_names() -> None:
    menu = (
        ("Home", "News", "About"),
        ("Our shop", "Today", "Us"),
        ("a", "b", "c"),
        ("d", "e", "f"),
    )
    document = load_html(f"<table>{html_rows(*menu, ('g', 'h', 'i'))}</table>".encode(), "a.html")
    assert "Our shop | Today | Us" in document.text.split("\n")


TOWNS = (("Town", "Mayor", "Quay"), ("Kesk", "Ada Quill", "North"), ("Hull", "Ben Kern", "Old"),
         ("Riga", "Cleo Stahl", "West"))  # fmt: skip


@pytest.mark.parametrize(
    "page",
    [
        f'<table border="1">{html_rows(*TOWNS)}',
        f'<table style="border: none; border-collapse: collapse">{html_rows(*TOWNS)}',
        f"<table><caption>Towns</caption>{html_rows(*TOWNS)}",
        f"<table>{html_rows(tuple(f'<b>{one}</b>' for one in TOWNS[0]), *TOWNS[1:])}",
        f"<table><tr bgcolor='#ccc'>{html_rows(*TOWNS)[4:]}",
        "<table border=1><tr><td colspan=3><b>Towns of the coast</b>"
        f"{html_rows(tuple(f'<b>{one}</b>' for one in TOWNS[0]), *TOWNS[1:])}",
    ],
)
def test_a_first_row_in_plain_cells_names_columns_of_words_where_it_looks_so(page: str) -> None:
    lines = load_html(f"{page}</table>".encode(), "a.html").text.split("\n")
    assert "Town: Riga | Mayor: Cleo Stahl | Quay: West" in lines


def test_years_in_plain_cells_over_two_rows_name_their_columns() -> None:
    page = f"<table>{html_rows(YEARS, *ROWS[:2])}</table>"
    assert load_html(page.encode(), "a.html").text.endswith("\nCosts | 2022: 1102 | 2021: 1071")


def test_words_in_cells_without_any_look_of_a_table_have_no_names() -> None:
    assert "Riga | Cleo Stahl | West" in load_html(
        f"<table border=0>{html_rows(*TOWNS)}</table>".encode(), "a.html"
    ).text.split("\n")  # fmt: skip


def test_a_word_processor_keeps_the_line_above_the_table() -> None:
    body = p("Intro.") + p("Table 2: Income in CHF million")
    body += table(*(row(*cells) for cells in (YEARS, *ROWS))) + p("After it.")
    document = load_docx(docx(body), "a.docx")
    assert at(document, "Costs | 2022: 1102 | 2021: 1071") == "Table 2: Income in CHF million"
    assert at(document, "After it") is None


def test_a_first_row_of_one_cell_is_the_title_and_names_no_column() -> None:
    document = load_docx(
        docx(table(row("Income, CHF million"), *(row(*cells) for cells in (YEARS, *ROWS)))),
        "a.docx",
    )
    assert at(document, "Costs | 2022: 1102 | 2021: 1071") == "Income, CHF million"


def test_a_sheet_keeps_a_title_over_a_gap_with_the_next_table_only() -> None:
    document = read_xlsx(
        data(
            cells(1, "Income, CHF million"),
            cells(3, None, 2022, 2021),
            cells(4, "Sales", 1811, 1740),
            cells(5, "Costs", 1102, 1071),
            cells(7, "Gate", "Opens"),
            cells(8, "North", "06:30"),
            cells(9, "South", "04:15"),
        )
    )
    assert at(document, "Costs | 2022: 1102 | 2021: 1071") == "Income, CHF million"
    assert at(document, "Gate: South") == "S1"


def test_two_titles_of_a_csv_file_are_one() -> None:
    text = (
        "Oberfeld AG,,\nin thousands of CHF,,\nItem,2022,2021\nSales,1811,1740\nCosts,1102,1071\n"
    )
    document = load_csv(text.encode(), "a.csv")
    assert [heading.title for heading in document.headings] == [
        "Oberfeld AG",
        "in thousands of CHF",
    ]
    assert at(document, "Item: Costs") == "Oberfeld AG – in thousands of CHF"
    assert [place.name for place in document.places][:3] == ["row 1", "row 2", "row 3"]


UNITS = "CHF million"
CORNER = ((UNITS, "2022", "2021"), *ROWS)


@pytest.mark.parametrize(
    "document",
    [
        load_csv("\n".join(map(",".join, CORNER)).encode(), "a.csv"),
        load_docx(docx(table(*(row(*cells) for cells in CORNER))), "a.docx"),
        load_html(f"<table>{html_rows(*CORNER, ('Tax', '9', '6'))}</table>".encode(), "a.html"),
        read_xlsx(data(*(cells(at + 1, *one) for at, one in enumerate(CORNER)))),
        load_markdown(f"|{'|'.join(CORNER[0])}|\n|-|-|-|\n|Costs|1102|1071|\n".encode(), "a.md"),
    ],
    ids=lambda document: document.source,
)
def test_units_in_the_corner_hold_for_all_rows(document: Document) -> None:
    assert (at(document, "Costs") or "").endswith(UNITS)


MARKDOWN = """# Report

(in millions of CHF)

| | 2022 | 2021 |
|---|---:|---:|
| **Sales** | 1811 | 1740 |
| Costs | 1102 | 1071 |

After it.
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_a_table_between_bars_has_its_columns_beside_the_text(name: str, ends: str) -> None:
    text = MARKDOWN.replace("\n", ends)
    document = load_text(text, name)
    assert document.text == text
    (found,) = document.tables
    assert found.columns == ("", "2022", "2021")
    assert found.title == ("Report – " if name == "a.md" else "") + "(in millions of CHF)"
    assert text[found.span.start : found.span.end].split(ends)[0] == "| | 2022 | 2021 |"
    assert text[found.span.start : found.span.end].endswith("| Costs | 1102 | 1071 |")
    assert document.table_at(text.index("After")) is None


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ("a | b\n--|--\n1 | 2\n", ("a", "b")),
        ("|**Name**|`Size`|\n|:-:|-|\n|x|1|\n", ("Name", "Size")),
        ("| | Men | | Women | |\n|-|-|-|-|-|\n| | 2020 | 2021 | 2020 | 2021 |\n"
         "| Bern | 1 | 2 | 3 | 4 |\n| Uri | 5 | 6 | 7 | 8 |\n",
         ("", "Men 2020", "Men 2021", "Women 2020", "Women 2021")),
        # Whoever wrote this lost over how many columns the groups are.
        ("| | Men | Women | | |\n|-|-|-|-|-|\n| | 2020 | 2021 | 2020 | 2021 |\n"
         "| Bern | 1 | 2 | 3 | 4 |\n| Uri | 5 | 6 | 7 | 8 |\n",
         ("", "Men 2020", "Men 2021", "Women 2020", "Women 2021")),
        ("| x \\| y | z |\n|---|---|\n| 1 | 2 |\n", ("x | y", "z")),
        ("text\n---\nmore | text\n", None),
        ("```\na | b\n--|--\n1 | 2\n```\n", None),
        ("|--|--|\n| a | b |\n", None),
    ],
)  # fmt: skip
def test_tables_between_bars(rows: str, columns: tuple[str, ...] | None) -> None:
    document = load_markdown(rows.encode(), "a.md")
    assert [table.columns for table in document.tables] == ([columns] if columns else [])


@pytest.mark.parametrize(
    ("line", "is_title"),
    [
        ("Table 3. Ships by port", True),
        ("(in millions of CHF)", True),
        ("Amounts in thousands of euros, unless stated otherwise", True),
        ("All figures are in US dollars", True),
        ("Consolidated statements of income (USD thousands, except per share)", True),
        ("The prices are as follows:", False),
        ("Table tennis is played on Mondays.", False),
        ("The museum is open in the summer.", False),
        ("We fed 30 animals in May.", False),
    ],
)
def test_which_lines_above_a_table_are_its_title(line: str, is_title: bool) -> None:
    assert bool(title_of(line)) is is_title


MANY = 100_000
HOSTILE = [
    "|-|-|\n" * MANY,
    "a|b\n-|-\n" * MANY,
    "|" + "-|" * MANY,
    "| " * MANY + "\n" + "|-" * MANY + "|\n",
    "```\n" * MANY + "a|b\n-|-\n",
    "x" * MANY + "\n" + "a|b\n-|-\n\n" * MANY,
    "-" * MANY + "|",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_bars_and_hyphens_are_read(text: str) -> None:
    document = load_text(text, "a.txt")
    ends = [0, *(table.span.end for table in document.tables)]
    starts = [*(table.span.start for table in document.tables), len(text)]
    assert all(end <= start for end, start in zip(ends, starts, strict=True))
    assert all(len(table.title) <= 300 for table in document.tables)
