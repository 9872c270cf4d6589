"""Rows of tables: a row answers by what it holds itself, with a whole cell of the column asked for.

Most of these ask the lexical reader, which shares the rules and all that is made of them with the
neural one; whatever the network thinks of a wrong row does not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import CORPORA, FEWER, as_documents, questions

from askdoc import Answer, Assistant, Citation, load_paths, load_text
from askdoc.model import Document, Hit
from askdoc.read.analysis import QuestionAnalysis
from askdoc.read.parts import PassageParts
from askdoc.read.rows import wrong_rows
from askdoc.split import group, split

READERS = ("lexical", "neural")
GIVEN = ("Maren", "Tobin", "Yara", "Castle")
SURNAMES = ("Holt", "Brand", "Vance", "Castle", "Ives")
COLUMNS = ("No.", "Name", "Team", "E-mail", "Hired", "Salary (EUR)")
STAFF = [
    (
        f"S{100 + at}",
        f"{given} {surname}",
        ("Kiln", "Quarry", "Office")[at % 3],
        f"{given}.{surname}@example.org".lower(),
        f"20{10 + at % 13}-0{1 + at % 9}-1{at % 9}",
        str(30_000 + 1_370 * at),
    )
    for at, (given, surname) in enumerate(
        (given, surname) for given in GIVEN for surname in SURNAMES if given != surname
    )
]
INCOME = [
    ("NOK thousand", "2023", "2022"),
    ("Ticket income", "41,250", "38,900"),
    ("Total income", "53,550", "50,680"),
    ("Wages", "(21,000)", "(19,800)"),
]


def as_csv(rows: Sequence[tuple[str, ...]]) -> str:
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows) + "\n"


def as_markdown(rows: Sequence[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join(lines) + "\n"


def as_html(rows: Sequence[tuple[str, ...]]) -> str:
    lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    lines[0] = lines[0].replace("td>", "th>")
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


WRITTEN = {"csv": as_csv, "md": as_markdown, "html": as_html}


def asked(
    folder: Path,
    rows: Sequence[tuple[str, ...]],
    question: str,
    suffix: str,
    reader: str = "lexical",
) -> Answer:
    """What ranks first, of a file with the table."""
    path = folder / f"people.{suffix}"
    path.write_text(WRITTEN[suffix](rows), "utf-8")
    return Assistant.from_paths(path, reader=reader).ask(question, threshold=0.0)


def first(answer: Answer) -> Citation:
    return answer.citations[0]


def table_of(folder: Path, text: str, name: str) -> Document:
    """A file of rows, as it is loaded."""
    (folder / name).write_text(text, "utf-8")
    ((document,), _) = load_paths([folder / name])
    return document


def passing(question: str, document: Document) -> list[str]:
    """The sentences that are no wrong rows."""
    passages = list(group(split(document)))
    wrong = wrong_rows(QuestionAnalysis(question), [PassageParts(passage) for passage in passages])
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    return [sentence.text for at, sentence in enumerate(sentences) if at not in wrong]


@pytest.mark.parametrize("suffix", WRITTEN)
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("question", "row", "short"),
    [
        ("What was the total income in 2022?", "Total income", "50,680"),
        ("What were wages in 2022?", "Wages", "(19,800)"),
    ],
)
def test_years_that_name_columns_tell_the_cell(
    tmp_path: Path, suffix: str, reader: str, question: str, row: str, short: str
) -> None:
    """The corner's "NOK thousand", or two cells and the bar between them, were short answers."""
    citation = first(asked(tmp_path, INCOME, question, suffix, reader))
    assert row in citation.quote
    assert citation.short is not None
    assert citation.short.text == short


@pytest.mark.parametrize("suffix", WRITTEN)
def test_no_row_tells_of_a_year_that_is_no_column(tmp_path: Path, suffix: str) -> None:
    assert asked(tmp_path, INCOME, "What was the total income in 2019?", suffix).confidence == 0.0


_FORMS = {
    "Team": ("Which team is {} in?", "What is {}'s team?"),
    "E-mail": ("What is the e-mail address of {}?", "{} e-mail"),
    "Hired": ("When was {} hired?", "What is the hire date of {}?"),
    "Salary (EUR)": ("What is {}'s salary?", "How much does {} earn?", "{} salary"),
}


@settings(deadline=None, max_examples=12)
@given(
    person=st.sampled_from(STAFF),
    form=st.sampled_from([(c, form) for c, forms in _FORMS.items() for form in forms]),
    low=st.booleans(),
    suffix=st.sampled_from(sorted(WRITTEN)),
    order=st.randoms(use_true_random=False),
)
def test_a_person_is_answered_from_her_own_row_with_her_whole_cell(
    tmp_path_factory: pytest.TempPathFactory,
    person: tuple[str, ...],
    form: tuple[str, str],
    low: bool,
    suffix: str,
    order: object,
) -> None:
    """The row of somebody with the same first name came first, since a neighbour had the surname,
    and short answers were cut inside cells."""
    rows = list(STAFF)
    order.shuffle(rows)  # type: ignore[attr-defined]
    column, words = form
    question = words.format(person[1].lower() if low else person[1])
    folder = tmp_path_factory.mktemp("people")
    citation = first(asked(folder, [COLUMNS, *rows], question, suffix))
    assert person[1] in citation.quote
    assert citation.short is not None
    assert citation.short.text == person[COLUMNS.index(column)]


@pytest.mark.parametrize("suffix", WRITTEN)
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "question",
    [
        "What is Castle Castle's salary?",  # each name is there, nobody has both
        "What is Yara Zimmer's salary?",
        "When was Yara hired?",  # which of four?
        "What is Holt's e-mail address?",
        "How many people work in the Kiln?",
        "What is the highest salary?",
        "Who earns the most?",
        "What is the total salary?",
        "What is the average salary?",
        "What is the salary?",
    ],
)
def test_what_no_single_row_tells_is_refused(
    tmp_path: Path, suffix: str, reader: str, question: str
) -> None:
    assert asked(tmp_path, [COLUMNS, *STAFF], question, suffix, reader).confidence == 0.0


def test_an_empty_cell_is_no_answer_and_lends_none_of_the_others(tmp_path: Path) -> None:
    rows = [(*row[:4], "", row[5]) if at == 3 else row for at, row in enumerate(STAFF)]
    for suffix in WRITTEN:
        question = f"When was {STAFF[3][1]} hired?"
        assert asked(tmp_path, [COLUMNS, *rows], question, suffix).confidence == 0.0


def test_somebody_who_is_only_the_manager_in_a_row_is_not_whom_it_tells_of(tmp_path: Path) -> None:
    managed = [(*row, STAFF[-1 - at // 5][1]) for at, row in enumerate(STAFF)]
    rows = [(*COLUMNS, "Manager"), *managed]
    for at, row in enumerate(managed[:3]):
        citation = first(asked(tmp_path, rows, f"What is {row[1]}'s salary?", "csv"))
        assert f"Name: {row[1]}" in citation.quote
        citation = first(asked(tmp_path, rows, f"Who is {row[1]}'s manager?", "csv"))
        assert f"Name: {row[1]}" in citation.quote
        assert citation.short is not None
        assert citation.short.text == STAFF[-1 - at // 5][1]


def test_a_name_in_two_cells_that_it_fills_is_a_name(tmp_path: Path) -> None:
    names = "First name,Last name,Room\nAda,Orr,12\nBen,Kern,14\nAda,Kern,17\nCleo,Orr,19\n"
    document = table_of(tmp_path, names, "rooms.csv")
    assert passing("Which room is Ada Kern in?", document) == [
        "First name: Ada | Last name: Kern | Room: 17"
    ]
    assert passing("Which room is Cleo Kern in?", document) == []


def test_a_whole_name_goes_before_one_that_has_it_within(tmp_path: Path) -> None:
    text = "Country,Capital\nPapua New Guinea,Port Moresby\nGuinea,Conakry\nGuinea-Bissau,Bissau\n"
    document = table_of(tmp_path, text, "capitals.csv")
    assert passing("What is the capital of Guinea?", document) == [
        "Country: Guinea | Capital: Conakry"
    ]


def test_a_figure_that_one_row_is_about_is_told_though_it_is_a_sum_or_a_superlative(
    tmp_path: Path,
) -> None:
    text = as_csv([*INCOME, ("Highest mast", "14", "12"), ("Employees", "31", "29")])
    document = table_of(tmp_path, text, "ferries.csv")
    for question, row in (
        ("What was the total income in 2023?", "Total income"),
        ("What was the highest mast in 2023?", "Highest mast"),
        ("How many employees were there in 2023?", "Employees"),
    ):
        assert any(row in sentence for sentence in passing(question, document)), question


def test_what_stands_in_either_of_two_rows_is_refused_to_none_of_them(tmp_path: Path) -> None:
    text = "Country,Turnout\nNorway,77\nChile,84\nPeru,70\n"
    left = passing(
        "Did Norway or Chile have the higher turnout?", table_of(tmp_path, text, "votes.csv")
    )
    assert left == ["Country: Norway | Turnout: 77", "Country: Chile | Turnout: 84"]


def test_a_name_outside_the_table_costs_no_row(tmp_path: Path) -> None:
    """People name the company; the rows of its own report do not."""
    document = table_of(tmp_path, as_csv(INCOME), "report.csv")
    left = passing("What were the wages of Brennick Ferries in 2022?", document)
    assert any("Wages" in sentence for sentence in left)


def test_the_values_of_a_form_name_nobody_that_its_other_fields_would_have_to_hold() -> None:
    form = as_markdown(
        [("Field", "Value"), ("Patient", "Maren Holt"), ("Discharged", "9 March"), ("Ward", "B")]
    )
    left = passing("When was Maren Holt discharged?", load_text(form, "summary.md"))
    assert any("9 March" in sentence for sentence in left)


def test_a_cell_cut_into_sentences_is_no_row_of_its_own() -> None:
    text = as_markdown(
        [("Option", "Meaning"), ("--wait", "Waits for a lock. It gives up after 1800 seconds.")]
    )
    left = passing("When does --wait give up?", load_text(text, "options.md"))
    assert any("1800 seconds" in sentence for sentence in left)


@FEWER
@given(data=st.data(), texts=CORPORA)
def test_text_without_bars_has_no_wrong_rows(data: st.DataObject, texts: dict[str, str]) -> None:
    documents = as_documents({name: text.replace("|", " ") for name, text in texts.items()})
    passages = [passage for document in documents for passage in group(split(document))]
    parts = [PassageParts(passage) for passage in passages]
    assert wrong_rows(QuestionAnalysis(data.draw(questions(texts))), parts) == frozenset()


_CELLS = st.text("ab Ada Kern 2022 1.5 :|\\*", max_size=9)


@FEWER
@given(
    cells=st.lists(st.lists(_CELLS, min_size=1, max_size=5), min_size=1, max_size=8),
    named=st.booleans(),
    question=st.sampled_from(
        ["Who is Ada Kern?", "How many a are there in 2022?", "When did Ada or Kern b?", "a b"]
    ),
)
def test_a_short_answer_in_a_row_is_a_cell_or_a_year_that_names_one(
    cells: list[list[str]], named: bool, question: str
) -> None:
    rows = [" | ".join(f"N{at}: {c}" if named else c for at, c in enumerate(row)) for row in cells]
    document = load_text("\n".join(rows), "rows.txt")
    hits = [Hit(passage, 1.0) for passage in group(split(document))]
    for hit in hits:
        for parts in PassageParts(hit.passage).sentences:
            if parts.row is not None:
                inside = [(cell.start, cell.end) for cell in parts.row.cells]
                assert all(0 <= start < end <= len(parts.text) for start, end in inside)
                assert inside == sorted(inside)
    for citation in Assistant([document], reader="lexical").ask(question, threshold=0.0).citations:
        assert document.text[citation.start : citation.end] == citation.quote
        if citation.short is not None:
            assert citation.start <= citation.short.start < citation.short.end <= citation.end


FARES = (
    "Ticket,Adult,Child,Dog,Valid until\nKesk - Hull,24.00,12.00,free,31.12.2023\n"
    "Kesk - Riga,38.50,19.00,5.00,30.06.2024\n"
)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("How much does a dog cost on Kesk - Hull?", "free"),
        ("How much does a child cost on Kesk - Riga?", "19.00"),
        ("Until when is the ticket Kesk - Riga valid?", "30.06.2024"),
    ],
)
def test_a_cell_answers_that_has_the_form_asked_for_also_without_a_digit(
    tmp_path: Path, question: str, short: str
) -> None:
    """ "free" gave way to another price, and a date to the name that its row begins with."""
    path = tmp_path / "fares.csv"
    path.write_text(FARES, "utf-8")
    cited = first(Assistant.from_paths(path, reader="lexical").ask(question))
    assert cited.short is not None
    assert cited.short.text == short


def test_a_row_of_a_table_without_names_is_left_to_the_row_that_is_asked_about() -> None:
    """ "Puffin | 1,200 | 340" answered for the storm petrels."""
    text = "Puffin | 1,200 | 340\nRazorbill | 410 | 395\nStorm petrel | 88 | 140"
    kept = passing("How many storm petrel pairs nested in 1990?", Document(text, "birds"))
    assert kept == ["Storm petrel | 88 | 140"]


def test_a_currency_in_cells_of_its_own_leaves_the_others_their_years(tmp_path: Path) -> None:
    rows = [("", "", "2023", "", "2022"), ("Cash", "$", "1,204", "$", "980"),
            ("Receivables", "", "310", "", "295"), ("All", "$", "1,514", "$", "1,275")]  # fmt: skip
    path = tmp_path / "balance.html"
    path.write_text(as_html(rows).replace("th>", "td>"), "utf-8")
    cited = first(Assistant.from_paths(path, reader="lexical").ask("What was cash in 2022?"))
    assert cited.short is not None
    assert cited.short.text == "980"


def cut(text: str) -> list[str]:
    return [one.text for sentences in split(Document(text, "a")) for one in sentences]


def test_a_note_below_rows_is_no_part_of_the_last_of_them() -> None:
    text = "Year | Fees\nYear: 2021 | Fees: 41\nYear: 2022 | Fees: 45\nFigures for 2021 restated."
    assert cut(text) == text.split("\n")
    title = "Fees of the harbour\nYear | Fees\nYear: 2021 | Fees: 41"
    assert cut(title) == title.split("\n")
