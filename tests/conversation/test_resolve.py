"""Each kind of follow-up, in conversations made up for it."""

from __future__ import annotations

import pytest

from askdoc import resolve
from askdoc.conversation import Talk, Turn, resolve_in

PAGE = ["Ada Marsh", "Early life"]
BAND = ["The Tin Lanterns", "2004: Blue Coast"]


@pytest.mark.parametrize(
    ("history", "question", "alone"),
    [
        (PAGE, "Where was she born?", "Where was Ada Marsh born?"),
        (PAGE, "Who was her father?", "Who was Ada Marsh's father?"),
        (PAGE, "What did people say about her?", "What did people say about Ada Marsh?"),
        (BAND, "When did they split up?", "When did The Tin Lanterns split up?"),
        (BAND, "What were their first songs?", "What were The Tin Lanterns' first songs?"),
        (["When did the bridge fall?", "In 1987."], "Who built it?", "Who built the bridge?"),
        (
            ["Why did Sheinbaum reject Trump's offer?", "She said that Mexico is not for sale."],
            "What did she say to him?",
            "What did Sheinbaum say to Trump?",
        ),
        (
            ["Who wrote the report?", "Maria Lopez and Karl Weber"],
            "When did they write it?",
            "When did Maria Lopez and Karl Weber write the report?",
        ),
        (
            ["What is the Blue Coast Treaty?", "It ended the fishing war."],
            "Who signed it?",
            "Who signed the Blue Coast Treaty?",
        ),
    ],
)
def test_a_pronoun_gives_way_to_what_it_stands_for(
    history: list[str], question: str, alone: str
) -> None:
    assert resolve(question, history) == alone


@pytest.mark.parametrize(
    "question",
    [
        "When did Jonas Pell sell his boat?",
        "Why did the mayor say that he would resign?",
        "Did the sailors get their wages?",
        "Is it true that cod is rare?",
        "How long does it take to sail to Leith?",
        "Who said that he had seen the ghost?",
    ],
)
def test_a_pronoun_that_its_own_question_explains_stays(question: str) -> None:
    assert resolve(question, PAGE) == question


def test_a_pronoun_keeps_its_meaning_over_turns_until_somebody_else_is_asked_about() -> None:
    history = [*PAGE, "Who was Pell?", "A ship's cook.", "What did he write?", "A cookery book."]
    assert resolve("When did he die?", history) == "When did Pell die?"
    assert resolve("When did she die?", history) == "When did Ada Marsh die?"


def test_a_name_of_the_other_sex_is_passed_over() -> None:
    history = [*PAGE, "Who did she marry?", "She married George Pell in 1902."]
    assert resolve("What was his trade?", history) == "What was George Pell's trade?"


@pytest.mark.parametrize(
    ("before", "answer", "question", "alone"),
    [
        ("Did Ada Marsh sell the mill?", "Yes.", "Why?", "Why did Ada Marsh sell the mill?"),
        ("Where was Ada Marsh born?", "In Leith.", "When?", "When was Ada Marsh born?"),
        ("What did Trump propose?", "a swap", "When was that?", "When did Trump propose a swap?"),
        ("Who sold the mill?", "Jonas Pell", "Why?", "Why did Jonas Pell sell the mill?"),
        (
            "What were the sales in January?",
            "12,000 tons",
            "And in February?",
            "What were the sales in February?",
        ),
        ("What did Trump propose?", "", "And Sheinbaum?", "What did Sheinbaum propose?"),
        (
            "Did the Harbour Authority buy any cranes?",
            "Yes.",
            "How many?",
            "How many cranes did the Harbour Authority buy?",
        ),
        (
            "Did the Harbour Authority buy any cranes?",
            "Yes.",
            "Which ones?",
            "Which cranes did the Harbour Authority buy?",
        ),
    ],
)
def test_a_fragment_takes_over_the_question_before_it(
    before: str, answer: str, question: str, alone: str
) -> None:
    assert resolve(question, [before, answer]) == alone


def test_a_fragment_follows_a_fragment() -> None:
    history = ["What were the sales in January?", "12 tons", "And in February?", "9 tons"]
    assert resolve("And in March?", history) == "What were the sales in March?"


def test_a_fragment_takes_over_a_question_that_had_a_pronoun() -> None:
    history = [*PAGE, "Where did she go to school?", "In Perth."]
    assert resolve("When?", history) == "When did Ada Marsh go to school?"


def test_a_surname_becomes_the_whole_name() -> None:
    assert resolve("What was Marsh's first book?", PAGE) == "What was Ada Marsh's first book?"


def test_the_album_is_the_album_that_was_named() -> None:
    history = [*BAND, "What came next?", "In 2004 they made the album Blue Coast."]
    assert resolve("Who produced the album?", history) == "Who produced the album Blue Coast?"


def test_a_question_without_any_name_gets_the_topic() -> None:
    history = [*BAND, "What did they release?", "Many singles and two albums."]
    alone = resolve("Were there any hit singles?", history)
    assert alone.startswith("Were there any hit singles") and "The Tin Lanterns" in alone
    assert resolve("What happened in 2004?", BAND) == "What happened to The Tin Lanterns in 2004?"


def test_other_says_what_it_is_other_than_but_not_to_who_looks_for_an_answer() -> None:
    talk = Talk(tuple(PAGE), (Turn("What did she write?", ("Salt and Rope",)),))
    resolved = resolve_in("Did she write any other books?", talk)
    assert resolved.text == "Besides Salt and Rope, did Ada Marsh write any other books?"
    assert resolved.core == "Did Ada Marsh write any other books?"


def test_a_turn_may_tell_several_answers_and_the_first_that_says_something_counts() -> None:
    turn = Turn("Who rejected the offer?", ("I don't know.", "President Claudia Sheinbaum"))
    asked = resolve_in("When was she elected?", Talk(turns=(turn,)))
    assert asked.text == "When was Claudia Sheinbaum elected?"


def test_questions_alone_are_history_enough() -> None:
    history = ["Who leads the Harbour Authority?", "Where was Ada Marsh born?"]
    assert resolve("Did she have any children?", history) == "Did Ada Marsh have any children?"
