"""Conversations over documents: their files are sound, and templates match what they should."""

from __future__ import annotations

import pytest

from lab.evaluation.dialogs import report, run
from lab.evaluation.talks import HALVES, Dialog, Row, dialogs, plain, read

DIALOG = """\
# mill
* Who sold the mill?
! Ada Marsh
> when was that
= when did [ada] marsh {sell|give up} mill
= when ... mill ... sold
! 1902
> why
= why did ... sell ...
- refused
"""


def test_a_template_matches_what_may_be_left_out_and_either_word() -> None:
    row = Row("when", False, ["when did [ada] marsh {sell|give up} mill ..."])
    assert row.accepts("When did Marsh give up the mill?")
    assert row.accepts("when did Ada Marsh sell the mill in Leith")
    assert not row.accepts("When did Marsh buy the mill?")


def test_anything_is_anything_but_a_pronoun() -> None:
    row = Row("when", False, ["when ... sell ..."])
    assert row.accepts("When did Marsh sell the mill?")
    assert not row.accepts("When did she sell it?")


def test_a_file_is_read_line_by_line() -> None:
    (dialog,) = read(DIALOG, "mill", "Ada Marsh sold the mill in 1902.")
    assert [row.alone for row in dialog.rows] == [True, False, False]
    assert dialog.rows[1].resolutions[1] == "when ... mill ... sold"
    assert dialog.rows[2].refused


@pytest.mark.parametrize("lines", ["* Who?", "# a\n= who", "# a\n* Who?\n+ what"])
def test_a_line_that_may_not_stand_there_is_told(lines: str) -> None:
    with pytest.raises(ValueError, match="d: "):
        list(read(lines, "d", ""))


def test_a_conversation_is_asked_and_counted() -> None:
    text = "Ada Marsh sold the mill to Jonas Pell in 1902. It stood in Leith."
    (dialog,) = read(DIALOG, "mill", text)
    outcomes = list(run(dialog))
    assert [outcome.first for outcome in outcomes] == [True, False, False]
    lines = list(report(outcomes))
    assert lines[0] == "1 conversations, 2 follow-ups, 1 stand alone"
    assert lines[1].endswith("% of 2")


@pytest.mark.parametrize("half", HALVES)
def test_what_must_answer_stands_in_the_document(half: str) -> None:
    found: list[Dialog] = list(dialogs(half))
    assert len(found) >= 12
    for dialog in found:
        text = " ".join(dialog.text.lower().split())
        for row in dialog.rows:
            assert row.answers or row.refused, row.question
            assert row.alone or row.resolutions, row.question
            assert all(answer.lower() in text for answer in row.answers), row.question


def test_plain_text_has_no_articles_marks_or_cleft() -> None:
    assert plain("When was it that the Mill's owner sold “it”?") == "when mill's owner sold it "
