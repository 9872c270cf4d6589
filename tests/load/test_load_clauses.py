"""Headings of numbered clauses in texts that have no marks for headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from office import docx, level, numbered, numbering_of, odt, p
from strategies import TEXTS, UNTIMED

from askdoc.load import load_bytes, load_text
from askdoc.split import split

AGREEMENT = """SERVICES AGREEMENT
(Version 1.0)

This Agreement is made between Castell Foods Ltd. and Brandt GmbH.

ARTICLE 14
TERM AND TERMINATION

14.1 Term. This Agreement goes on for two years. It may be renewed once.

14.2 Renewal. The Client may renew on sixty days' notice.

14.3 Termination. Either party may end this Agreement at the end of a month.

14.4 Either party may give notice by e-mail.

ARTICLE 15
GENERAL

15.1 Governing Law. The law of Norway governs this Agreement.
"""


def headings(text: str) -> list[str]:
    return [heading.title for heading in load_text(text, "a.txt").headings]


def test_every_clause_of_a_plain_contract_had_no_heading() -> None:
    document = load_text(AGREEMENT, "a.txt")
    at = document.text.index("Either party may end")
    assert document.heading_at(at) == "14.3 Termination"
    assert document.heading_at(document.text.index("by e-mail")) == "14.4"
    assert document.heading_at(document.text.index("This Agreement is made")) is None
    assert document.heading_at(document.text.index("The law of")) == "15.1 Governing Law"


def test_a_file_and_its_text_have_the_same_headings() -> None:
    loaded = load_bytes(AGREEMENT.encode(), "a.txt", "a.txt")
    assert loaded.headings == load_text(AGREEMENT, "a.txt").headings


def test_a_clause_with_a_run_in_heading_is_no_heading_itself() -> None:
    document = load_text(AGREEMENT, "a.txt")
    kinds = {
        sentence.text: document.is_heading(sentence.start, sentence.end)
        for block in split(document)
        for sentence in block
    }
    assert kinds["ARTICLE 14\nTERM AND TERMINATION"]
    assert not kinds["14.1 Term. This Agreement goes on for two years."]


@pytest.mark.parametrize(
    "text",
    [
        "1. Ann Hollis\n2. Tom Berg\n3. Ruth Callan\n4. Mary Adeyemi",
        "Contents\n1. Terms ..... 2\n2. Notices ..... 4\n3. Closing ..... 9",
        "1. Mix the flour with milk.\n2. Let it rest for an hour.\n3. Bake it until it is brown.",
        "34 Cabot Company\n" + "Some words. " * 9 + "\n36 Cabot Company\n" + "Other words. " * 9
        + "\n38 Cabot Company\n" + "Some words. " * 9 + "\n40 Cabot Company\nThe end.",
        "12.50 was paid.\n13.70 was owed to the bank.\n14.20 was lost.",
    ],
)  # fmt: skip
def test_lists_contents_and_running_titles_are_no_clauses(text: str) -> None:
    assert headings(text) == []


def test_a_letter_for_a_number_stopped_the_loader() -> None:
    text = "".join(f"Section {one}. Fee. The fee is due on the first day.\n\n" for one in "ABCD")
    assert load_text(text, "a.txt").text == text


@UNTIMED
@given(TEXTS)
def test_headings_stand_in_order_inside_any_text(text: str) -> None:
    document = load_text(f"1. Fees.\n{text}\n2. Term\n{text}\nSection 3. Law. It is.", "a.txt")
    spans = [heading.span for heading in document.headings]
    assert spans == sorted(spans)
    assert all(0 <= span.start < span.end <= len(document.text) for span in spans)


CLAUSES = [
    ("Term", "This Agreement goes on for two years. It may be renewed once."),
    ("Renewal", "The Client may renew on sixty days' notice to the Supplier."),
    ("Termination", "Either party may end this Agreement at the end of a month."),
    ("Governing Law", "The law of Norway governs this Agreement and all that follows from it."),
]
AGREED = "This Agreement is made between Castell Foods Ltd. and Brandt GmbH."


def docx_with_typed_numbers() -> bytes:
    lines = [f"14.{at} {name}. {text}" for at, (name, text) in enumerate(CLAUSES, start=1)]
    return docx("".join(map(p, [AGREED, *lines])))


def docx_with_numbers_of_its_own() -> bytes:
    numbering = numbering_of(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2")).replace(
        'w:start w:val="1"', 'w:start w:val="14"', 1
    )
    clauses = [numbered(f"{name}. {text}", 1, 1) for name, text in CLAUSES]
    return docx(p(AGREED) + numbered("Term and End", 1) + "".join(clauses), numbering=numbering)


def odt_with_numbers_of_its_own() -> bytes:
    styles = (
        '<text:list-style style:name="N"><text:list-level-style-number text:level="1" '
        'style:num-format="1" style:num-prefix="14."/></text:list-style>'
    )
    items = "".join(
        f"<text:list-item><text:p>{name}. {text}</text:p></text:list-item>"
        for name, text in CLAUSES
    )
    body = f'<text:p>{AGREED}</text:p><text:list text:style-name="N">{items}</text:list>'
    return odt(body, styles)


def rtf_with_numbers_of_its_own() -> bytes:
    clauses = "".join(
        rf"{{\listtext 14.{at}\tab}}{{\b {name}.}} {text}\par "
        for at, (name, text) in enumerate(CLAUSES, start=1)
    )
    return (r"{\rtf1\ansi " + AGREED + r"\par " + clauses + "}").encode()


def page_with_typed_numbers() -> bytes:
    clauses = "".join(
        f"<p>14.{at}&nbsp; <u>{name}</u>. {text}"
        for at, (name, text) in enumerate(CLAUSES, start=1)
    )
    return f"<html><body><p>{AGREED}{clauses}</body></html>".encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("typed.docx", docx_with_typed_numbers()),
        ("numbered.docx", docx_with_numbers_of_its_own()),
        ("numbered.odt", odt_with_numbers_of_its_own()),
        ("numbered.rtf", rtf_with_numbers_of_its_own()),
        ("typed.html", page_with_typed_numbers()),
    ],
)
def test_clauses_of_word_processors_and_pages_had_no_heading(name: str, data: bytes) -> None:
    document = load_bytes(data, name, name)
    for at, (title, text) in enumerate(CLAUSES, start=1):
        assert document.heading_at(document.text.index(text)) == f"14.{at} {title}"
    assert document.heading_at(document.text.index(AGREED)) is None
    sentences = [sentence.text for block in split(document) for sentence in block]
    assert "14.1 Term. This Agreement goes on for two years." in sentences


def test_a_number_alone_above_a_blank_line_was_a_sentence() -> None:
    lines = [f"14.{at}\n\n{name}. {text}" for at, (name, text) in enumerate(CLAUSES, start=1)]
    document = load_text("\n\n".join([AGREED, *lines]), "a.txt")
    sentences = [sentence.text for block in split(document) for sentence in block]
    assert "14.1\n\nTerm. This Agreement goes on for two years." in sentences
    assert document.heading_at(document.text.index("Either party")) == "14.3 Termination"
    alone = load_text("The mean was\n\n2.5\n\nThe bridge opened in May.", "a.txt")
    assert [s.text for block in split(alone) for s in block][1:] == [
        "2.5",
        "The bridge opened in May.",
    ]


LEGEND = """14.5 Legend. Each certificate must bear the following words:

“THESE SECURITIES ARE NOT REGISTERED UNDER
SECTION 5 OF THE ACT
OR ANY OTHER LAW OF A STATE.”

14.6 THE HOLDER SHALL NOT TRANSFER THIS NOTE

IN WITNESS WHEREOF, the parties have executed this Agreement.

EXHIBIT A
FORM OF NOTICE

To the Supplier, at the address that stands in the Agreement.

Schedule 2 – Fees

The fee for each month is 400 kroner, which is due on its first day.

"""


def test_quoted_forms_are_no_headings_and_exhibits_are() -> None:
    lines = [f"14.{at} {name}. {text}" for at, (name, text) in enumerate(CLAUSES, start=1)]
    document = load_text("\n\n".join([*lines, LEGEND]), "a.txt")
    expected = {
        "THESE SECURITIES": "14.5 Legend",
        "OR ANY OTHER LAW": "14.5 Legend",
        "SHALL NOT TRANSFER": "14.6",
        "To the Supplier": "EXHIBIT A FORM OF NOTICE",
        "The fee for": "Schedule 2 – Fees",
    }
    assert expected == {
        words: document.heading_at(document.text.index(words)) for words in expected
    }
    assert document.is_heading(document.text.index("EXHIBIT A"), document.text.index("\n\nTo the"))


def test_an_exhibit_in_a_text_without_clauses_is_no_heading() -> None:
    assert headings("A letter.\n\nEXHIBIT A\n\nThe fee is 40.") == []
