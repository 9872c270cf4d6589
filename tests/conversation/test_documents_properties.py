"""What holds of follow-ups over every document."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdoc.conversation import Talk, Turn, resolve_in
from askdoc.conversation.known import known_from

PIECES = st.sampled_from(
    "who what why when where did was is are the a how many which one and of in to she he it they "
    'them his her there mill Ada Marsh Leith Holm said director retired mills . ? , ; \n " “ ” '
    "1997 's and".split(" ")
)
LINES = st.lists(PIECES, max_size=18).map(" ".join)
TEXTS = st.one_of(LINES, st.text(max_size=60))
TURNS = st.lists(
    st.builds(
        lambda question, answers, typed: Turn(question, tuple(answers), typed=typed),
        TEXTS,
        st.lists(TEXTS, max_size=3),
        TEXTS,
    ),
    max_size=5,
)


@settings(max_examples=300, deadline=None)
@given(TEXTS, TURNS, st.lists(TEXTS, max_size=4).map("\n".join))
def test_any_question_over_any_document_is_one_line_and_always_the_same(
    question: str, turns: list[Turn], text: str
) -> None:
    talk = Talk(turns=tuple(turns), known=known_from([text]))
    first = resolve_in(question, talk)
    again = resolve_in(question, Talk(turns=tuple(turns), known=known_from([text])))
    assert first == again
    assert len(first.text.splitlines()) <= 1


@given(TEXTS, TEXTS)
def test_capitals_change_nothing_else(text: str, question: str) -> None:
    known = known_from([text])
    assert known.cased(question).casefold() == question.casefold()
    assert known.cased(known.cased(question)) == known.cased(question)


@pytest.mark.parametrize("text", ["Ab, " * 9_000, "Ada and Bob and " * 3_000, '"Abc def ' * 4_000])
def test_a_text_without_sentences_is_heard_in_parts(text: str) -> None:
    known = known_from([text])
    assert known
    assert resolve_in("why did she go", Talk(turns=(Turn("Who is Ab?"),), known=known)).text


def test_what_is_behind_a_long_sentence_is_heard_as_well() -> None:
    known = known_from(["word " * 3_000 + "as Mrs Ada Marsh said."])
    assert [name.text for name in known.people("f")] == ["Ada Marsh"]
