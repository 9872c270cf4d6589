"""Questions as they are written become rows whose places are right, and what is wrong is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.training.questions import checks
from lab.training.questions.placed import FieldDocument
from lab.training.questions.rows import FieldRow, FieldText, all_rows, kept_documents, own_texts
from lab.training.questions.written import rows_of

CLUB = "# Rules\n\nThe fee is due in May. The fee is 40 pounds.\nVisitors pay\nnothing in May.\n"
WRITTEN = """
Q when plain | When is the fee due?
A in May
E The fee is due in May
N scope | When is the fee for visitors due?

Q how-much search | club fee
A 40 pounds
"""


def written(text: str = WRITTEN) -> list[FieldRow]:
    return rows_of(text, "clubs/rules.md", "clubs", CLUB)


def known() -> dict[str, FieldText]:
    return {"clubs/rules.md": FieldText("clubs/rules.md", "clubs", "rules.md", "Rules", CLUB)}


def complaints(rows: list[FieldRow]) -> str:
    return "\n".join([*checks.well_formed(rows), *checks.in_place(rows, known())])


def test_what_is_written_becomes_rows_in_pairs() -> None:
    when, twin, fee = written()
    assert CLUB[when.answers[0][1] :].startswith("in May. The fee")
    assert not twin.answerable and (twin.twin, when.twin) == (when.id, twin.id)
    assert CLUB[slice(*fee.evidence)] == "The fee is due in May. The fee is 40 pounds."
    assert complaints(written()) == ""


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("Q when plain | When?\nA in May\n", "A stands 2 times"),
        ("Q when plain | When?\nA in June\nE The fee is due in May\n", "A does not stand within E"),
        ("Q when | When?\nA 40 pounds\n", "Q needs a type, a style"),
        ("Q when plain | When?\nA 40 pounds\nN When not?\n", "N needs how it was made"),
        ("Q when plain | When?\n", "neither A nor E"),
        ("When?\n", "not a line of a block"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_block(wrong: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        written(wrong)


def test_evidence_may_go_over_a_line() -> None:
    (row,) = written("Q how-much plain | What do visitors pay?\nA nothing\nE pay\\nnothing\n")
    assert CLUB[slice(*row.evidence)] == "pay\nnothing"


def test_answers_are_found_however_the_lines_of_a_document_break() -> None:
    (row,) = written(
        "Q how-much plain | What do visitors pay?\nA pay nothing\nE Visitors pay nothing in May\n"
    )
    assert row.answers == (("pay\nnothing", CLUB.index("pay\n")),)
    assert complaints([row]) == ""


def test_each_thing_that_can_be_wrong_with_a_pair_is_a_complaint() -> None:
    when, twin, fee = written()
    for wrong, told in (
        ([when, twin, when], "stand twice"),
        ([replace(when, type="whenever"), twin], "unknown type"),
        ([replace(when, question=" ?"), twin], "no question"),
        ([when], "is none"),
        ([when, replace(twin, question=when.question.upper())], "asks what its twin asks"),
        ([when, replace(twin, evidence=(1, 2))], "about another place"),
        ([replace(fee, answers=(("40 pound", 1),))], "does not stand at 1"),
        ([replace(fee, evidence=(0, 5))], "stands outside its evidence"),
        ([replace(fee, evidence=(0, 5000))], "is not in the document"),
        ([replace(fee, kind="bylaws")], "is of kind clubs"),
    ):
        assert told in complaints(wrong)


def test_a_kept_document_that_is_nearly_a_trained_one_is_a_complaint() -> None:
    words = " ".join(f"word{number}" for number in range(60))
    texts = {
        name: FieldText(name, "leases", name, name, text)
        for name, text in (("a", words), ("b", f"Lease of B. {words} End."), ("c", "Other. " * 40))
    }
    told = list(checks.families_apart(texts, frozenset(("a", "c"))))
    assert len(told) == 1 and told[0].startswith("a is kept") and told[0].endswith("in b")
    assert not list(checks.families_apart(texts, frozenset(("a", "b"))))


def test_what_is_measured_on_is_found() -> None:
    row = replace(written()[0], question="Which river runs through the town of Ellery?")
    told = list(
        checks.not_measured_on([row], {}, [("which river runs through the town of Ellery", "")])
    )
    assert len(told) == 1
    words = " ".join(f"word{number}" for number in range(30))
    text = FieldText("d", "clubs", "d.md", "d", words)
    assert list(checks.not_measured_on([], {"d": text}, [("", words)]))
    assert not list(checks.not_measured_on([], {"d": text}, [("", "other words")]))


def test_a_cell_is_found_where_askdoc_writes_it() -> None:
    raw = 'Name,Office,Mobile\n"Ruth, Ann",12,12\nOwen,7,12\n'
    document = FieldDocument("staff.csv", raw)
    for start, row, column in ((raw.index("12,12"), 2, "Office"), (raw.rindex("12"), 3, "Mobile")):
        place = document.place(start, "12")
        assert place is not None
        line = document.document.text.rfind("\n", 0, place) + 1
        assert document.document.place_at(place) == f"row {row}"
        assert document.document.text[line:place].endswith(f"{column}: ")


@given(st.text("abc ,.\n|", max_size=80), st.integers(0, 80))
def test_what_stands_in_plain_text_is_where_it_stands(text: str, start: int) -> None:
    if text.strip():
        assert FieldDocument("notes.txt", text).place(start, "") == start


def test_all_questions_hold() -> None:
    rows, texts = all_rows(), own_texts()
    told = [
        *checks.well_formed(rows),
        *checks.in_place(rows, texts),
        *checks.halves_apart(rows, kept_documents()),
        *checks.families_apart(texts, kept_documents()),
    ]
    assert told == []
