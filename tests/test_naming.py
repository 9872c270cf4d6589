"""Questions that name a document: it is found by its name, its title and the parties in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from askdoc import Assistant
from askdoc.index import update
from askdoc.load import load_text
from askdoc.read.said import said_terms

CLAUSES = (
    "We send an invoice each month.",
    "A late payment charge of {rate} percent a month applies to overdue invoices.",
    "The customer may end this agreement with {days} days' notice.",
    "We keep a copy of the data for {days} days.",
)
# Company, name of the file, title, rate: each is named in one place alone.
TERMS = (
    ("Bramble Cloud", "bramble-cloud.txt", "Terms of service", 2),
    ("Nimbus Host", "b.txt", "Nimbus Host terms of service", 3),
    ("Orla Data", "c.txt", "Terms of service", 5),
    ("Pico Wave", "d.txt", "Terms of service", 7),
)
# Spells the name in every sentence, with most of the words that are asked for.
NEWS = (
    "{0} raised a charge. {0} said that a payment was late. {0} and its customers disagree about "
    "the wages of its staff. The board of {0} met under the chair of its founder."
)


def write(folder: Path) -> None:
    for at, (company, name, title, rate) in enumerate(TERMS):
        clauses = "\n\n".join(CLAUSES).format(rate=rate, days=30 + at)
        party = f'Between {company} Ltd ("the Provider") and the customer.\n\n' if at > 1 else ""
        (folder / name).write_text(f"{title}\n\n{party}{clauses}\n", "utf-8")
    news = "\n\n".join(NEWS.format(company) for company, *_ in TERMS)
    (folder / "news.txt").write_text(news, "utf-8")


def in_memory(folder: Path) -> Assistant:
    return Assistant.from_paths(sorted(folder.glob("*.txt")))


def in_an_index(folder: Path) -> Assistant:
    update(folder / "index", sorted(folder.glob("*.txt")))
    return Assistant.open(folder / "index")


def in_both(folder: Path) -> Assistant:
    update(folder / "index", sorted(folder.glob("[a-c]*.txt")))
    others = Assistant.from_paths([folder / "d.txt", folder / "news.txt"])
    return Assistant.open(folder / "index").adding(others.documents)


@pytest.mark.parametrize("place", [in_memory, in_an_index, in_both])
def test_the_named_document_answers_among_others_that_spell_the_name(
    place: Callable[[Path], Assistant], tmp_path: Path
) -> None:
    write(tmp_path)
    assistant = place(tmp_path)
    for company, name, _, rate in TERMS:
        question = f"What is the late payment charge under the {company} terms?"
        best = assistant.ask(question, threshold=0.0).citations[0]
        assert Path(best.source).name == name, question
        assert f"{rate} percent" in best.quote
        typed = assistant.ask(f"late payment charge {company.lower()}", limit=3, threshold=0.0)
        assert any(f"{rate} percent" in citation.quote for citation in typed.citations)


def test_what_others_say_of_a_named_one_is_still_found(tmp_path: Path) -> None:
    write(tmp_path)
    best = in_memory(tmp_path).ask(
        "What do the customers of Pico Wave disagree about?", threshold=0.0
    )
    assert Path(best.citations[0].source).name == "news.txt"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('Lease\n\nJane Roe ("the Tenant") rents from Owen Ltd.', {"leas", "jane", "roe", "owen"}),
        ("# Minutes of the Harbour Board\n\nPresent: all.", {"minut", "harbour", "board"}),
        ("A long first sentence says nothing of what this is. It goes on.", set()),
    ],
)
def test_title_and_parties_are_said(text: str, said: set[str]) -> None:
    found = said_terms(load_text(text, "x.md")) - {"x"}
    assert said <= found
    assert bool(found) == bool(said)
