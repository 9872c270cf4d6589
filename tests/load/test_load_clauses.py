"""Headings of numbered clauses in texts that have no marks for headings."""

from __future__ import annotations

import pytest
from hypothesis import given
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
    headings(text)


@UNTIMED
@given(TEXTS)
def test_headings_stand_in_order_inside_any_text(text: str) -> None:
    document = load_text(f"1. Fees.\n{text}\n2. Term\n{text}\nSection 3. Law. It is.", "a.txt")
    spans = [heading.span for heading in document.headings]
    assert spans == sorted(spans)
    assert all(0 <= span.start < span.end <= len(document.text) for span in spans)
