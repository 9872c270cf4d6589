"""Three questions for whole documents of many kinds, and the forms that they are made in."""

from __future__ import annotations

from pathlib import Path

import pytest

from askdoc.assistant import Assistant
from askdoc.load import load_text
from askdoc.suggest import suggest
from askdoc.suggest.choose import made_from

DOCUMENTS = sorted((Path(__file__).parent / "documents").iterdir())


def made(text: str) -> list[str]:
    return [one.question for one in made_from([load_text(text, "a.txt")])]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_three_questions_that_the_document_answers(path: Path) -> None:
    assistant = Assistant.from_paths(path)
    found = suggest(assistant)
    # Of the four that a forum's few plain clauses make, two are answered with the words asked for.
    assert len(found) == (2 if path.name == "forum.txt" else 3)
    sources = {one.question: one for one in made_from(assistant.documents)}
    for question in found:
        answer = assistant.ask(question)
        assert answer.answered
        first = answer.citations[0]
        one = sources[question]
        assert (first.start, first.end) == (one.sentence.start, one.sentence.end)
        assert first.short is not None
        assert first.short.start < one.answer.end and one.answer.start < first.short.end


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
        ("When the bell rings, the doors of the school close.",
         "What happens when the bell rings?"),
        ("After the storm passed, nobody went out.", "What happened after the storm passed?"),
        ("If the red lamp blinks, unplug the pump.", "What should I do if the red lamp blinks?"),
        ("To stop the pump, press the green button.", "How do I stop the pump?"),
        ("Clean the filter every four weeks.", "How often should I clean the filter?"),
        ("Store the garden pump in a dry room.", "Where should I store the garden pump?"),
        ("If you lose your key, call the office.", "What should I do if I lose my key?"),
        ("The rent is 740 euros a month.", "How much is the rent?"),
        ("The repair will cost 2.4 million pounds.", "How much will the repair cost?"),
        ("The tenant must pay the rent by the third day of each month.",
         "When must the tenant pay the rent?"),
        ("The tenant shall report any damage to the office.", "What shall the tenant do?"),
        ("The office closes at 5 p.m. on Fridays.", "When does the office close?"),
        ("The seal must be replaced once a year.", "How often must the seal be replaced?"),
        ("The price depends on the season.", "What does the price depend on?"),
        ("The landlord is responsible for the roof.", "What is the landlord responsible for?"),
        ("The house was destroyed by a fire in 1846.", "What destroyed the house?"),
        ("The colony on the beach failed because foxes came.",
         "Why did the colony on the beach fail?"),
        ("The survey found that the quay leaks badly.", "What did the survey find?"),
        ("The old fox saw a crow on the roof.", "What did the old fox see?"),
        ("The king ordered the guard to open the gate.",
         "What did the king order the guard to do?"),
        ("The queen gave the boy a silver ring.", "What did the queen give the boy?"),
        ("An old man lived in a hut by the sea.", "Where did the old man live?"),
        ("The miller had three sons and a mill.", "How many sons did the miller have?"),
        ("The boar was pleased at the flattery.", "How did the boar feel?"),
        ("Rare books are kept in the vault behind the gallery.", "Where are rare books kept?"),
        ("IPX8 means that the pump is sealed.", "What does IPX8 mean?"),
        ("HAT stands for highest astronomical tide.", "What does HAT stand for?"),
        ("tidetable is a small program that predicts high water.", "What is tidetable?"),
        ("The sound quality is excellent.", "What is the sound quality like?"),
        ("2.1 The seller must deliver the goods by noon.",
         "When must the seller deliver the goods?"),
        ("“The tide comes early this month,” said the old pilot.", "What did the old pilot say?"),
        ("The king rose and opened a heavy door.", "What did the king open?"),
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
    ],
)
def test_no_question_that_would_be_clumsy(sentence: str) -> None:
    clumsy = {
        one for one in made(sentence)
        if not one.startswith(("What happens if the tenant leaves", "What happened to the men"))
    }  # fmt: skip
    assert clumsy == set()


def test_a_question_is_not_made_twice_over_by_two_sentences() -> None:
    assert made("The fox saw a crow. The fox saw a hen.") == []
    assert made("The old fox saw a crow on the roof.") != []
