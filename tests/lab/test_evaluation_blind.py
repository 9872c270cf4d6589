"""The set that is only counted: every span is exact, and a wrong one is told."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from askdoc import Assistant
from lab.evaluation.blind import (
    HALF,
    appended,
    faults,
    named_suggestion_texts,
    own_suggestion_texts,
    references,
    report,
    run,
    suggestion_faults,
)
from lab.evaluation.talks import HALVES, Dialog, dialogs, read

TEXT = "Ada Marsh sold the mill to Jonas Pell in 1902. It stood in Leith. Pell died in 1902."
DIALOG = """\
# mill
* Who sold the mill?
! Ada Marsh
> When was that?
= When did Ada Marsh sell the mill?
! 1902
@ Pell in 1902
> Why?
= Why did Ada Marsh sell the mill?
- refused
* Where did the mill stand?
! It stood in Leith
"""


@pytest.fixture(scope="module")
def blind() -> list[Dialog]:
    return list(dialogs(HALF))


def test_the_set_is_sound(blind: list[Dialog]) -> None:
    assert list(faults(blind)) == []
    assert list(suggestion_faults()) == []


def test_there_is_as_much_as_the_readme_says(blind: list[Dialog]) -> None:
    later = [row for dialog in blind for row in dialog.rows[1:]]
    assert len({dialog.document for dialog in blind}) == 12
    assert (len(blind), len(later), sum(row.alone for row in later)) == (40, 120, 20)
    assert sum(row.refused for row in later if not row.alone) == 20
    assert (len(own_suggestion_texts()), len(references())) == (10, 10)


def test_what_answers_lies_within_one_sentence_that_can_be_cited(blind: list[Dialog]) -> None:
    texts = {f"{dialog.document}.txt": dialog.text for dialog in blind}
    sentences: dict[str, list[tuple[int, int]]] = {name: [] for name in texts}
    for passage in Assistant.from_texts(texts, reader="lexical").passages:
        sentences[passage.document.source] += [(one.start, one.end) for one in passage.sentences]
    for dialog in blind:
        own = sentences[f"{dialog.document}.txt"]
        for row in dialog.rows:
            for start, end in row.places(dialog.text):
                assert any(a <= start and end <= b for a, b in own), dialog.text[start:end]


def test_it_shares_no_document_with_the_halves(blind: list[Dialog]) -> None:
    texts = {dialog.text for half in HALVES for dialog in dialogs(half)}
    assert not texts & {dialog.text for dialog in blind}


def test_the_place_of_words_that_are_there_twice_is_told_by_those_around_them() -> None:
    (dialog,) = read(DIALOG, "mill", TEXT)
    start = TEXT.index("1902")
    assert dialog.rows[1].places(TEXT) == ((start, start + 4),)
    dialog.rows[1].around.clear()
    with pytest.raises(ValueError, match="exactly once: 1902"):
        dialog.rows[1].places(TEXT)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("! Ada Marsh", "! Ada Marsch", "exactly once"),
        ("@ Pell in 1902\n", "", "exactly once"),
        ("= Why did Ada Marsh sell the mill?\n", "", "one question that stands alone"),
        ("= Why did Ada", "= Why did [Ada]", "one question that stands alone"),
        ("- refused\n", "", "either answers or a refusal"),
        ("* Who sold the mill?", "> Who sold the mill?", "the first is alone"),
    ],
)
def test_what_is_not_sound_is_told(old: str, new: str, told: str) -> None:
    whole = TEXT + " word" * 400
    assert list(faults(list(read(DIALOG, "mill", whole)))) == []
    found = list(faults(list(read(DIALOG.replace(old, new), "mill", whole))))
    assert any(told in fault for fault in found), found


def test_the_question_before_is_appended_to_short_ones_and_those_with_a_pronoun() -> None:
    before = "Who sold the mill?"
    assert appended("And in 1903?", before) == "And in 1903? Who sold the mill?"
    assert appended("What did she get for all of it?", before).endswith(before)
    for question in ("Where did Jonas Pell die in the end?", "Why?"):
        assert appended(question, None) == question
    assert appended("Where did Jonas Pell die?", before) == "Where did Jonas Pell die?"


def test_an_answer_is_right_only_where_it_covers_the_place() -> None:
    (dialog,) = read(DIALOG, "mill", TEXT)
    outcomes = list(run(dialog, "lexical"))
    assert [outcome.first for outcome in outcomes] == [True, False, False, False]
    by_person = outcomes[1].answers[3]
    assert by_person.citations[0].quote.startswith("Ada Marsh sold")
    assert outcomes[1].right(3)
    dialog.rows[1].around["1902"] = "died in 1902"
    assert not list(run(dialog, "lexical"))[1].right(3)


def test_the_report_counts_and_shows_no_question() -> None:
    (dialog,) = read(DIALOG, "mill", TEXT)
    lines = list(report(list(run(dialog, "lexical"))))
    assert [line.split("(")[0].strip() for line in lines[1:7]] == [
        "answered right",
        "refused rightly",
        "stand alone, right",
        "first questions, right",
        "refused wrongly",
        "changed needlessly",
    ]
    assert "mill" not in "".join(lines)


def test_a_named_text_that_is_not_among_them_is_told(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl.gz"
    rows = [{"id": one["id"], "text": one["name"]} for one in references()]
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    assert named_suggestion_texts(path) == {one["name"]: one["name"] for one in references()}
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows[1:])).encode()))
    with pytest.raises(ValueError, match=references()[0]["id"]):
        named_suggestion_texts(path)
