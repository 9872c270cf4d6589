"""A conversation that goes on from what was said elsewhere."""

from __future__ import annotations

from fixed_reader import FixedReader

from askdoc import Assistant
from askdoc.conversation import Conversation, Turn

LOG = "Its captain is Mira Olsen. Mira Olsen lives in Port Kesk. She was born in 1970.\n"


def begun(*history: Turn) -> Conversation:
    assistant = Assistant.from_texts({"log": LOG}, reader=FixedReader({}))
    return Conversation(assistant, history=history)


def test_a_question_leans_on_the_history_as_on_answers() -> None:
    talk = begun(Turn("Who is the captain?", ("Mira Olsen",)))
    assert talk.ask("Where does she live?").question.resolved == "Where does Mira Olsen live?"


def test_questions_of_the_history_need_not_stand_alone() -> None:
    talk = begun(Turn("Who is Mira Olsen?"), Turn("Where does she live?", ("Port Kesk",)))
    assert talk.ask("When was she born?").question.resolved == "When was Mira Olsen born?"


def test_what_is_said_later_joins_it_and_reset_forgets_it_all() -> None:
    talk = begun(Turn("Who is the captain?", ("Mira Olsen",)))
    assert talk.ask("Where does she live?").question.resolved == "Where does Mira Olsen live?"
    assert talk.resolve("When was she born?").text == "When was Mira Olsen born?"
    talk.reset()
    assert talk.resolve("Where does she live?").text == "Where does she live?"


def test_a_history_of_any_length_and_of_half_characters_is_taken() -> None:
    talk = begun(*[Turn("x" * 9000 + "\ud800?", ("y\udfff" * 9000,) * 99)] * 99)
    answer = talk.ask("And then?")
    assert answer.question.asked == "And then?"
    assert answer.model_dump_json()
