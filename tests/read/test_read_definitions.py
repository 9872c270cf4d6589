"""Who or what a document says that a term is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TEXTS

from askdoc import Assistant
from askdoc.read.definitions import asked_term, definition

LEASE = """LEASE AGREEMENT

This Lease is made on 3 March 2025 between Harbour Estates Limited (the "Landlord") and Brightwater
Cycles LLP (the "Tenant").

The Landlord repairs the roof. The Tenant keeps the inside in good repair.

Signed: Maeve Ryan for the Landlord; Tom Byrne for the Tenant.
"""


def said(term: str, text: str) -> str | None:
    wanted = asked_term(f"What does {term} mean?")
    assert wanted is not None
    found = definition(wanted, text)
    assert found is not None
    return found.meaning and text[found.meaning.start : found.meaning.end]


@pytest.mark.parametrize("reader", ["neural", "lexical"])
@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Who is the landlord?", "Harbour Estates Limited"),
        ("Who is the tenant under this lease?", "Brightwater\nCycles LLP"),
    ],
)
def test_a_party_is_who_the_contract_says_not_who_signed(
    question: str, short: str, reader: str
) -> None:
    assistant = Assistant.from_texts({"lease.txt": LEASE}, reader=reader)
    answer = assistant.ask(question)
    assert answer.answered
    assert answer.citations[0].short is not None
    assert answer.citations[0].short.text == short
    told = assistant.explain(answer)
    assert "defines" in {mark.name for mark in told.marks}


@pytest.mark.parametrize(
    ("term", "text", "meaning"),
    [
        ("Seller", 'Jane Roe, a resident of Cork (hereinafter the "Seller"), sells.', "Jane Roe"),
        ("Buyer", 'She sells to Calder & Co. (with its heirs, the "Buyer").', "Calder & Co."),
        ("Company", "the Treasurer of AFC Gamma, Inc. (the “Company”) left.", "AFC Gamma, Inc."),
        ("EPS", "diluted earnings per share (“EPS”) of $7.73", "earnings per share"),
        ("SEC", "Neither the Securities and Exchange Commission (the “SEC”) nor", None),
        ("Act", "the Securities Exchange Act of 1934, as amended (the “Act”)", None),
        ("Losses", "“Losses” means any claims or costs.", "any claims or costs"),
    ],
)
def test_what_stands_before_the_bracket(term: str, text: str, meaning: str | None) -> None:
    found = said(term, text)
    assert found is not None
    assert meaning is None or found == meaning


@pytest.mark.parametrize(
    "question", ["What is the rent?", "Who repairs the roof?", "When was the lease made?"]
)
def test_what_no_sentence_defines_is_left_to_the_reader(question: str) -> None:
    term = asked_term(question)
    assert term is None or all(definition(term, line) is None for line in LEASE.splitlines())


@pytest.mark.parametrize(
    "question",
    ["Who is a" + " " * 180 + "x", "Who is a" + " " * 8000 + "x", "What is " + "a." * 4000],
)
def test_a_question_of_blanks_takes_no_time(question: str) -> None:
    """One of 8,000 blanks took ten minutes."""
    asked_term(question)


@given(TEXTS, st.sampled_from(["Landlord", "SEC", "a", "Third-Party Models"]))
def test_any_text_is_looked_through(text: str, term: str) -> None:
    wanted = asked_term(f"Who is {term}?")
    for line in (text, f'{text} (the "{term}")', f"“{term}” means {text}"):
        found = definition(wanted or ("x",), line)
        if found is not None and found.meaning is not None:
            assert 0 <= found.meaning.start < found.meaning.end <= len(line)
