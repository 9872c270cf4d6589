"""Whom documents name: who is a person, whether "he" or "she", and how names are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.conversation import History, Turn, resolve_in
from askdoc.conversation.entities import entities_of

TEXT = """\
Mayor Petra Holm has asked the water board to keep the old mill. "Nobody asked us," she told a crowd
on Monday. She said she had written to Ewald twice. The board's director, Jonas Ewald, said he was
ill. Ivo Brandt, a retired miller, started a petition. In 1912 Holm's aunt married Duarte Reis.

Ewald thought that the mill was too small. The Lyse coach, Mette Krogh, disagreed with him.
"""
ENTITIES = entities_of([TEXT])


def test_a_pronoun_before_a_name_is_not_whoever_the_name_names() -> None:
    # "She said she had written to Ewald" once told that Ewald is a woman.
    she, he = ENTITIES.foremost("f"), ENTITIES.foremost("m")
    assert (she and she.text, he and he.text) == ("Petra Holm", "Jonas Ewald")


def test_whoever_the_documents_call_she_is_she_though_no_question_named_her() -> None:
    history = History(turns=(Turn("What did Ewald offer?", ("the keys",)),), entities=ENTITIES)
    assert resolve_in("why did she reject them", history).startswith("why did Holm reject")


def test_names_typed_without_capitals_are_names() -> None:
    assert ENTITIES.cased("what did ewald offer") == "what did Ewald offer"
    lower = "what is the mayor of the old mill to us"
    assert ENTITIES.cased(lower) == lower


@given(st.text(max_size=60), st.text(max_size=60))
def test_capitals_change_nothing_else(text: str, question: str) -> None:
    entities = entities_of([text, TEXT])
    assert entities.cased(question).casefold() == question.casefold()
    assert entities.cased(entities.cased(question)) == entities.cased(question)


def test_a_sentence_does_not_end_at_a_title() -> None:
    # Sentences are the documents' own: an expression here once broke at "Dr.".
    told = entities_of(["Then came Dr. Kim Osei. She spoke in Leith."])
    she = told.foremost("f")
    assert she is not None and she.text == "Kim Osei"


@pytest.mark.parametrize("text", ["Ab, " * 9_000, "Ada and Bob and " * 3_000, '"Abc def ' * 4_000])
def test_a_text_without_sentences_is_observed_in_parts(text: str) -> None:
    assert entities_of([text])


def test_what_is_behind_a_long_sentence_is_observed_as_well() -> None:
    she = entities_of(["word " * 3_000 + "as Mrs Ada Marsh said."]).foremost("f")
    assert she is not None and she.text == "Ada Marsh"
