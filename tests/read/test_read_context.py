"""What a passage's surroundings are called, as the network is told it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.english.analyzer import name_in_words
from askdoc.load import load_text
from askdoc.read.context import columns_at, context_of

LEASE = """# Lease of the Mill

Between Ann Roe and Owen Ltd.

## 4. Rent

The rent is 900 pounds.

| Month | Rent | Paid |
|---|---|:-:|
| May | 900 | yes |
| June | 950 | no |
"""


def test_a_clause_stands_under_its_title_its_files_name_and_its_heading() -> None:
    document = load_text(LEASE, "folder/roe_lease-2024.md")
    told = context_of(document, LEASE.index("The rent is"))
    assert told == ("roe lease 2024", "Lease of the Mill", "4. Rent", "")
    assert told.line() == "Lease of the Mill · roe lease 2024 · 4. Rent"


def test_a_heading_is_not_its_own_context() -> None:
    document = load_text(LEASE, "lease.md")
    assert context_of(document, LEASE.index("## 4. Rent")).heading == ""
    assert context_of(document, 0).line() == "Lease of the Mill"


@pytest.mark.parametrize("row", ["| May", "| June"])
def test_a_row_is_told_its_columns(row: str) -> None:
    document = load_text(LEASE, "lease.md")
    assert columns_at(document, LEASE.index(row)) == "Month | Rent | Paid"
    assert columns_at(document, LEASE.index("| Month")) == ""
    assert columns_at(document, LEASE.index("The rent")) == ""


def test_what_was_said_already_is_not_said_again() -> None:
    document = load_text("Nothing here.", "notes.txt")
    assert context_of(document, 0).line() == "notes"
    assert context_of(load_text("# Notes\n\nHere.", "notes.md"), 9).line() == "Notes"


@given(st.text(max_size=300), st.text("ab/._- 2", max_size=30), st.integers(0, 300))
def test_any_place_of_any_text_has_one_short_line(text: str, name: str, at: int) -> None:
    document = load_text(text, f"{name}.md")
    line = context_of(document, min(at, len(text))).line()
    assert len(line.splitlines()) <= 1
    assert len(line) <= len(text) + len(name) + 20


def test_names_of_files_are_words() -> None:
    assert name_in_words("a/b/late_fees-2024.final.pdf") == "late fees 2024 final"
    assert name_in_words("") == ""
