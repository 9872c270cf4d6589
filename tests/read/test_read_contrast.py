"""The same question about somebody else whom the text names: who that is, and what it does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc import Assistant
from askdoc.model import Document, Hit, Question
from askdoc.read.contrast import about_others, is_running
from askdoc.read.neural import SURE, NeuralReader, standing
from askdoc.split import group, split

_LETTERS = "abdefgiklmnoprstuvzéøłñšaeiou"
_PART = st.text(_LETTERS, min_size=6, max_size=11).map(lambda word: "Q" + word)
_NAMES = st.lists(st.tuples(_PART, _PART), min_size=3, max_size=3, unique=True).filter(
    lambda names: len({part for name in names for part in name}) == 6
)


@given(names=_NAMES)
def test_those_are_asked_about_whom_the_text_names_instead(names: list[tuple[str, str]]) -> None:
    asked, there, before = (" ".join(name) for name in names)
    question = f"Why did {asked} leave the meeting?"
    sentence = f"Mr {there} left the meeting since the doors were locked."
    found = about_others(question, sentence, [f"The clerk was {before}."])
    assert found == [
        f"Why did Mr {there} leave the meeting?",
        f"Why did {before} leave the meeting?",
    ]
    # Where the sentence has the name nobody before it is meant.
    told = f"{asked} left the meeting with {there}, whom nobody had asked."
    assert about_others(question, told, [f"The clerk was {before}."]) == [
        f"Why did {there} leave the meeting?"
    ]


@given(names=_NAMES)
def test_nobody_is_asked_about_with_the_answer_or_with_his_own_surname(
    names: list[tuple[str, str]],
) -> None:
    asked, answer, _ = names
    question = f"Who accused {' '.join(asked)} of theft?"
    sentence = f"Dr {asked[1]} was accused of theft by {' '.join(answer)} in the hall."
    assert about_others(question, sentence, [], " ".join(answer)) == []


@given(question=st.text(max_size=200), text=st.text(max_size=300), before=st.text(max_size=100))
def test_any_text_may_be_looked_through(question: str, text: str, before: str) -> None:
    found = about_others(question, text, [before])
    assert len(found) <= 3 and question not in found
    is_running(text)


@pytest.mark.parametrize(
    ("text", "running"),
    [
        ("He told his story to the clerk.", True),
        ('"I read it in the corridor," she told me.”', True),
        ("Attending doctor: Dr Quill from ward nine, called at nine.", False),
        ("| Ada Quill | treasurer of the club | 2021 to 2024.", False),
        ("Signed for the committee of the club", False),
        ("She left.", False),
        ("", False),
        ("a" * 100_000 + ": " + "b " * 50_000 + ".", False),
        ("a.b-" * 50_000, False),
    ],
)
def test_only_running_text_is_asked_about_others(text: str, running: bool) -> None:
    """And none takes long to tell, whatever stands in it."""
    assert is_running(text) == running


TEXT = (
    "Ada Quill left the firm in May. Ben Ode, the clerk, stayed until the winter. "
    "He told his story to a printer in Ostelund, who published it as a book."
)


def test_what_is_told_of_another_is_less_sure_and_the_rest_is_as_before() -> None:
    """To whom did A tell his story: to the one whom B told it (93%)."""
    hits = [Hit(passage, 1.0) for passage in group(split(Document(TEXT, "a")))]
    reader = NeuralReader()
    at = SURE.index("contrast")
    found = {}
    for who in ("Ada Quill", "Ben Ode", "the clerk"):
        asked = f"To whom did {who} tell the story?"
        judged = reader.judge(Question(asked=asked, resolved=asked), hits)
        found[who] = judged.contrast.tolist()
        assert len(judged.contrast) == len(judged.sentences)
        assert all(-4.0 <= value <= 0.0 for value in judged.contrast)
        assert sum(value != 0.0 for value in judged.contrast) <= 1
        scores = judged.rows.sum(axis=1)
        assert standing(judged, scores)[:, at].tolist() == found[who]
    assert min(found["Ada Quill"]) < min(found["Ben Ode"])
    assert found["the clerk"] == [0.0] * len(found["the clerk"])


def test_it_is_told_among_the_marks() -> None:
    assistant = Assistant.from_texts({"a": TEXT})
    answer = assistant.ask("To whom did Ada Quill tell the story?", threshold=0.0)
    marks = {mark.name: mark for mark in assistant.explain(answer).marks}
    assert marks["contrast"].value < 0.0 and marks["contrast"].counts < 0.0
