"""Saved answers that are looked at again and again: what is told, and what is watched for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from askdoc import Answer, Assistant
from askdoc.errors import AskdocError, SourceNotFound
from askdoc.verify import Standing
from askdoc.watch import Checked, answers

TEXT = "The ferry Halcyon carried forty cars to the island on Monday."
OTHER = "The tug Calder was sold to a firm in Port Kesk."


class Looked:
    """Saved answers in a folder, looked at when a test says so."""

    def __init__(self, path: Path) -> None:
        self.told: list[tuple[list[Checked], list[Checked]]] = []
        self.notices: list[AskdocError] = []
        self.answers = answers._Answers(str(path), self._on_check, self.notices.append)

    def _on_check(self, now: list[Checked], changed: list[Checked]) -> None:
        self.told.append((now, changed))

    def look(self) -> list[tuple[list[Checked], list[Checked]]]:
        """Look; what was told."""
        self.told.clear()
        self.answers.look(None)
        return self.told


def answer(*sources: str) -> Answer:
    assistant = Assistant.from_paths(list(sources), reader="lexical")
    question = "How many cars did the ferry carry?"
    return assistant.ask(question, threshold=0.0, limit=len(sources))


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT)
    Path("b.txt").write_text(OTHER)
    folder = tmp_path / "saved"
    (folder / "deep").mkdir(parents=True)
    both = [answer("a.txt").model_dump_json(), answer("b.txt").model_dump_json()]
    (folder / "both.json").write_text("\n".join(both))
    (folder / "deep" / "b.json").write_text(both[1])
    yield folder


def test_only_the_answers_that_fell_are_told_and_when_they_stand_again(saved: Path) -> None:
    looked = Looked(saved)
    ((now, changed),) = looked.look()
    assert [(Path(one.name).name, one.answers, one.fallen) for one in now] == [
        ("both.json", 2, []),
        ("b.json", 1, []),
    ]
    assert changed == now
    assert looked.look() == []
    Path("a.txt").write_text(TEXT.replace("forty", "fifty"))
    ((now, changed),) = looked.look()
    assert [(Path(one.name).name, one.fallen) for one in changed] == [("both.json", [1])]
    assert changed[0].verdicts[0].standing is Standing.CHANGED
    assert looked.look() == []
    Path("a.txt").write_text(TEXT)
    ((now, changed),) = looked.look()
    assert [one.fallen for one in now] == [[], []]
    (saved / "both.json").unlink()
    ((now, changed),) = looked.look()
    assert (len(now), changed) == (1, [])


def test_what_is_no_answer_is_told_once_and_again_when_it_changed(saved: Path) -> None:
    looked = Looked(saved)
    (saved / "odd.json").write_text('{"question": ')
    looked.look()
    looked.look()
    assert len(looked.notices) == 1
    (saved / "odd.json").write_text('{"question":  ')
    looked.look()
    assert len(looked.notices) == 2
    (saved / "odd.json").write_text(answer("a.txt").model_dump_json())
    ((_, changed),) = looked.look()
    assert [one.name for one in changed] == [str(saved / "odd.json")]
    assert len(looked.notices) == 2


def test_the_sources_are_watched_but_no_folder_that_an_answer_cites(saved: Path) -> None:
    """An answer that cites the root of the file system had all of it listed."""
    looked = Looked(saved)
    forged = answer("a.txt").model_dump_json().replace('"a.txt"', '"/"')
    (saved / "forged.json").write_text(forged)
    ((now, _),) = looked.look()
    assert {Path(one.name).name: one.fallen for one in now}["forged.json"] == [1]
    here = saved.parent
    assert [*looked.answers.paths()] == [str(saved), str(here / "a.txt"), str(here / "b.txt")]


def test_nothing_there_is_an_error_at_first_and_a_notice_later(saved: Path) -> None:
    with pytest.raises(SourceNotFound):
        Looked(saved / "gone").look()
    looked = Looked(saved)
    looked.look()
    saved.rename(saved.with_name("aside"))
    ((now, _),) = looked.look()
    assert now == []
    assert len(looked.notices) == 1


def test_of_a_file_that_is_named_itself_the_name_does_not_matter(saved: Path) -> None:
    file = (saved / "both.json").rename(saved / "both.txt")
    ((now, _),) = Looked(file).look()
    assert [one.answers for one in now] == [2]
