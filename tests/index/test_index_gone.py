"""A file that is gone while its text is still in an index, beside one that is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from askdoc import Assistant, load_paths, verify
from askdoc.index import update
from askdoc.model import Answer

ASK = "How many staff has the bakery in Holm?"
OLD, NEW = (f"The bakery in Holm has {count} staff.\n" for count in (40, 55))


@pytest.fixture
def here(
    tmp_path: Path, place: os.PathLike[str], monkeypatch: pytest.MonkeyPatch
) -> os.PathLike[str]:
    monkeypatch.chdir(tmp_path)
    Path("staff.txt").write_text(OLD)
    update(place, "staff.txt")
    return place


def renamed_and_changed() -> None:
    """Both are in the index: what was named is kept, that it be told that it is gone."""
    Path("staff.txt").rename("people.txt").write_text(NEW)


def cited(answer: Answer) -> list[str]:
    assert verify.all_stand(verify.verify([answer]))
    return [citation.source for citation in answer.citations]


def test_two_files_that_are_there_disagree(here: os.PathLike[str]) -> None:
    Path("people.txt").write_text(NEW)
    update(here, "people.txt")
    answer = Assistant.open(here, reader="lexical").ask(ASK)
    assert answer.disagreement and sorted(cited(answer)) == ["people.txt", "staff.txt"]


def test_a_file_that_is_gone_does_not_disagree_with_its_renamed_self(
    here: os.PathLike[str],
) -> None:
    renamed_and_changed()
    update(here, "people.txt")
    saved = Assistant.open(here, reader="lexical")
    assert {extent.source for extent in saved.extents} == {"people.txt", "staff.txt"}
    answer = saved.ask(ASK)
    assert not answer.disagreement and cited(answer) == ["people.txt"]


def test_nor_with_its_renamed_self_that_is_only_added_for_now(here: os.PathLike[str]) -> None:
    renamed_and_changed()
    answer = Assistant.open(here, reader="lexical").adding(*load_paths("people.txt")).ask(ASK)
    assert not answer.disagreement and cited(answer) == ["people.txt"]


def test_where_all_are_gone_they_disagree_as_before(here: os.PathLike[str]) -> None:
    Path("people.txt").write_text(NEW)
    update(here, "people.txt")
    for name in ("people.txt", "staff.txt"):
        Path(name).unlink()
    answer = Assistant.open(here, reader="lexical").ask(ASK)
    assert answer.disagreement and len(answer.citations) == 2


def test_copies_do_not_disagree_though_each_says_two_things(here: os.PathLike[str]) -> None:
    for name in ("a.txt", "b.txt"):
        Path(name).write_text(f"{OLD}\n{NEW}")
    update(here, ["a.txt", "b.txt"])
    Path("staff.txt").unlink()
    answer = Assistant.open(here, reader="lexical").only(["a.txt", "b.txt"]).ask(ASK)
    assert answer.citations and not answer.disagreement
