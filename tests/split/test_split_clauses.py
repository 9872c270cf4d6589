"""Clauses, captions, lists: what opens a sentence stays with it, and what leads in a list too."""

from __future__ import annotations

import pytest

from askdoc.model import Document
from askdoc.split import group, split, stamp
from split.cases import sentences


@pytest.mark.parametrize(
    "opening",
    ["14.3 Termination.", "5. Fees.", "§ 12. Notices.", "Section 9. Governing Law.",
     "(c) Survival of Terms.", "Article IV. Closing.", "2. Roof repairs."],
)  # fmt: skip
def test_a_run_in_heading_was_cited_without_its_clause(opening: str) -> None:
    clause = f"{opening} Either party may end this Agreement."
    assert sentences(f"{clause} Nobody did.") == [clause, "Nobody did."]


@pytest.mark.parametrize(
    "text",
    [
        "1. Preheat the oven.‖ Then wait.",
        "2. It failed.‖ Nobody knew.",
        "3. The pump was mended.‖ It ran again.",
        "4. Mix the flour and the milk.‖ Let it rest.",
    ],
)
def test_a_short_first_sentence_of_an_item_is_no_heading(text: str) -> None:
    assert sentences(text.replace("‖", "")) == [part.strip() for part in text.split("‖")]


def test_the_number_of_a_clause_on_its_own_line_was_a_sentence() -> None:
    lines = ["12.1", "The Supplier delivers within ten days.", "12.2", "Risk passes on delivery."]
    assert sentences("\n".join(lines)) == ["\n".join(lines[:2]), "\n".join(lines[2:])]


def test_a_column_of_numbers_and_names_is_cut_at_each_line() -> None:
    lines = ["12.1", "Oslo", "14.2", "Bergen", "9.7", "Tromsø"]
    assert sentences("\n".join(lines)) == lines


def test_a_lead_in_stood_in_another_passage_than_its_list() -> None:
    before = "The parties agree on what follows. " * 12
    items = [f"({letter}) the other party fails to do what it must do;" for letter in "abc"]
    text = "\n\n".join([f"{before}Either party may end it if:", *items, "Nothing else counts."])
    passages = list(group(split(Document(text, "a"))))
    held = [[sentence.text for sentence in passage.sentences] for passage in passages]
    assert held[1][:4] == ["Either party may end it if:", *items]


@pytest.mark.parametrize(
    ("message", "sent"),
    [
        ("[05.08.23, 5:55:01 PM] Hana: At 7:30", "[05.08.23, 5:55:01 PM]"),
        ("05/08/2023, 17:55 - Hana: At 7:30", "05/08/2023, 17:55"),
        ("[12:01] <bob> at 7:30", "[12:01]"),
        ("Hana Vogt  5:55 PM\nAt 7:30", "5:55 PM"),
    ],
)
def test_the_stamp_of_a_message_was_its_short_answer(message: str, sent: str) -> None:
    found = stamp(message)
    assert found is not None
    assert message[slice(*found)] == sent


@pytest.mark.parametrize("text", ["Doors open at 7:30 pm.", "We met at 5:55 PM\non Monday.", ""])
def test_a_time_in_a_sentence_is_no_stamp(text: str) -> None:
    assert stamp(text) is None


def test_a_message_that_is_longer_than_messages_are_is_cut_as_prose() -> None:
    said = "It rained all day. " * 60
    found = sentences(f"[12:01] <ann> {said}\n[12:02] <bob> Oh. Well.")
    assert found[0] == "[12:01] <ann> It rained all day."
    assert found[-1] == "[12:02] <bob> Oh. Well."


def test_markup_and_a_program_log_are_no_chat() -> None:
    assert sentences("<b> is bold. It stands out.\n<i> is not. It leans.\nUse both.")[0] != (
        "<b> is bold. It stands out."
    )
    assert sentences("2024-05-03 12:00:01 INFO It started. It listens.") == [
        "2024-05-03 12:00:01 INFO It started.",
        "It listens.",
    ]


def test_a_label_and_the_line_below_it_were_read_apart() -> None:
    text = "Service: Cardiology\nChief Complaint:\nchest pain\n\nAllergies:\nPenicillin"
    assert sentences(text) == [
        "Service: Cardiology",
        "Chief Complaint:\nchest pain",
        "Allergies:\nPenicillin",
    ]
