"""Three questions for whole documents of many kinds, and the forms that they are made in."""

from __future__ import annotations

from pathlib import Path

import pytest

from askdoc.assistant import Assistant
from askdoc.load import load_text
from askdoc.suggest import suggest
from askdoc.suggest.choose import made_from
from lab.evaluation.suggestions import faults, suggested

DOCUMENTS = sorted((Path(__file__).parent / "documents").iterdir())


def made(text: str) -> list[str]:
    return [one.question for one in made_from([load_text(text, "a.txt")])]


FEWEST = {"forum.txt": 1}  # of its few plain clauses, most are about what no word names


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_three_questions_that_the_document_answers(path: Path) -> None:
    found = suggested(path.read_text("utf-8"), path.name)
    assert len(found.questions) >= FEWEST.get(path.name, 3)
    assert all(found.home)
    assert not any(found.wrong)


def test_whatever_is_made_of_our_documents_is_well_formed() -> None:
    texts = [load_text(path.read_text("utf-8"), path.name) for path in DOCUMENTS]
    made = [one for text in texts for one in made_from([text])]
    wrong = {one.question: faults(one.question, one.sentence.text) for one in made}
    assert len(made) >= 100
    assert {question: names for question, names in wrong.items() if names} == {}


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_no_more_than_asked_for_and_always_the_same(count: int) -> None:
    assistant = Assistant.from_paths(DOCUMENTS[0])
    found = suggest(assistant, count)
    assert len(found) <= count
    assert found == suggest(assistant, count)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("After the storm passed, nobody went out.", "What happened after the storm passed?"),
        ("If you lose your key, call the office.", "What should I do if I lose my key?"),
        ("To stop the pump, press the green button.", "How do I stop the pump?"),
        ("Clean the filter every four weeks.", "How often should I clean the filter?"),
        ("Store the box of matches in a dry room.", "Where should I store the box of matches?"),
        ("You must return your key within 14 days.", "When must I return my key?"),
        ("Your landlord must return the deposit within 14 days.",
         "When must my landlord return the deposit?"),
        ("You can pay the fee by sending a cheque.", "How can I pay the fee?"),
        ("The agreement may be terminated by the board.", "What may terminate the agreement?"),
        ("The certificate is signed by an engineer.", "Who signs the certificate?"),
        ("The exercise should take about 5 minutes.", "How long should the exercise take?"),
        ("The bridge was closed for three weeks.", "How long was the bridge closed?"),
        ("The bridge was destroyed in a night of rain.", "What happened to the bridge?"),
        ("You can find the form in the office.", "Where can I find the form?"),
        ("The rent is 740 euros a month.", "How much is the rent?"),
        ("The tenant must pay the rent by the third day of each month.",
         "When must the tenant pay the rent?"),
        ("In 1999, the council of Calder opened a school.",
         "When did the council of Calder open a school?"),
        ("The report has been published in the city library.",
         "Where has the report been published?"),
        ("The price depends on the season.", "What does the price depend on?"),
        ("The landlord is responsible for the roof.", "What is the landlord responsible for?"),
        ("The house was destroyed by a fire in 1846.", "What destroyed the house?"),
        ("The colony on the beach failed because foxes came.",
         "Why did the colony on the beach fail?"),
        ("The survey found that the quay leaks badly.", "What did the survey find?"),
        ("The king ordered the guard to open the gate.",
         "What did the king order the guard to do?"),
        ("An old man lived in a hut by the sea.", "Where did the old man live?"),
        ("The miller had three sons and a mill.", "How many sons did the miller have?"),
        ("Twelve boats sank in the harbour.", "How many boats sank in the harbour?"),
        ("The Harbour Act (H.R.2331) was signed on 3 May 2018.",
         "When was the Harbour Act signed?"),
        ("The capital of Ostrava is Calder.", "What is the capital of Ostrava?"),
        ("Jim Sheire is the director of the port.", "Who is Jim Sheire?"),
        ("HAT stands for highest astronomical tide.", "What does HAT stand for?"),
        ("tidetable is a small program that predicts high water.", "What is tidetable?"),
    ],
)  # fmt: skip
def test_each_form(sentence: str, question: str) -> None:
    assert question in made(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "She gave him a horse and went away with it.",
        "The men killed there were sailors from the north.",
        "If the tenant leaves the flat early, it remains so.",
        "“The king gave me a horse,” she said to them.",
        "The thing broke the day before that happened.",
        "My wife bought a blender last week or so.",
        "The first took an axe and left for ever.",
        "In short, it was good and nobody knew why.",
        "Analyzing the data in the lab is hard work.",
        "The strong demand for alcohol made the law useless.",  # what it made is no law
        "Management bases its estimates on experience.",  # on what, not what
        "Nora, the van is in the garage until Monday.",
        "Two parcels of books - eight messages sent to the office - were lost by them.",
    ],
)
def test_no_question_that_would_be_clumsy(sentence: str) -> None:
    clumsy = {
        one for one in made(sentence)
        if not one.startswith("What happens if the tenant leaves")
    }  # fmt: skip
    assert clumsy == set()


def test_a_city_with_a_saint_in_its_name_is_not_asked_for_with_who() -> None:
    assert not any(one.startswith("Who") for one in made("St. Louis founded a school in 1844."))
    assert "Who founded a school?" in made("Mayor Lindqvist founded a school in 1844.")


def test_a_question_is_not_made_twice_over_by_two_sentences() -> None:
    assert made("The fox saw a crow. The fox saw a hen.") == []
    assert made("The old fox saw a crow on the roof.") != []
