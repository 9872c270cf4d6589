"""What the shell offers for half-typed words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.shell.completion import Completion, completions
from askdoc.shell.folders import MOST_LOOKED_AT, entries
from askdoc.shell.source_names import words
from askdoc.shell.table import COMMANDS

SOURCES = ["docs/ferry.txt", "docs/Ferries 2024.md", "bridge.txt"]
TREE = {
    "": [
        (".cache", True),
        (".profile", False),
        ("docs", True),
        ("my docs", True),
        ("notes.txt", False),
        ("talk.md", False),
        ("\x1b[2J.txt", False),
        ('a"b.txt', False),
    ],
    "docs/": [("a.json", False), ("deep", True), ("two words.txt", False)],
    "~/": [("home.txt", False)],
    "my docs/": [("plan.pdf", False)],
}


def listing(folder: str) -> list[tuple[str, bool]]:
    return TREE.get(folder, [])


def complete(before: str, citations: int = 3) -> list[str]:
    return [text for text, _ in completions(before, SOURCES, citations, listing)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/", list(COMMANDS)),
        ("  /S", ["/save", "/sources"]),
        ("/he", ["/help"]),
        ("/x", []),
        ("/open ", ["1", "2", "3"]),
        ("/open 2", ["2"]),
        ("/open 9", []),
        ("/why ", ["1", "2", "3"]),
        ("/history ", []),
        ("/sources ", ["ferry.txt", "Ferries 2024.md", "bridge.txt"]),
        ("/sources ferries 2", ["Ferries 2024.md"]),
        ("What does fe", ["ferry.txt", "Ferries 2024.md"]),
        ("What does docs/fer", ["docs/ferry.txt", "docs/Ferries 2024.md"]),
        ("What does BR", ["bridge.txt"]),
        ("/exact What does BR", ["bridge.txt"]),
        ("What does f", []),
        ("What does ferry.txt ", []),
        ("", []),
        ("  ", []),
    ],
)
def test_words_complete_where_they_make_sense(before: str, after: list[str]) -> None:
    assert complete(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/use ", ["ferry.txt", '"Ferries 2024.md"', "bridge.txt", "all"]),
        ("/use a", ["all"]),
        ("/use fe", ["ferry.txt", '"Ferries 2024.md"']),
        ('/use "Fe', ["ferry.txt", '"Ferries 2024.md"']),
        ("/use ferries 2", ['"Ferries 2024.md"']),
        ("/use ferry.txt ", ["ferry.txt", '"Ferries 2024.md"', "bridge.txt"]),
        ('/use "Ferries 2024.md" br', ["bridge.txt"]),
        ("/remove docs/", ["docs/ferry.txt", '"docs/Ferries 2024.md"']),
    ],
)
def test_several_names_complete_and_those_with_spaces_are_quoted(
    before: str, after: list[str]
) -> None:
    assert complete(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/add ", ["docs/", '"my docs/', "notes.txt", "talk.md"]),
        ("/add .", [".cache/", ".profile"]),
        ("/add d", ["docs/"]),
        ("/add docs/", ["docs/a.json", "docs/deep/", '"docs/two words.txt"']),
        ('/add "my docs/', ['"my docs/plan.pdf"']),
        ("/add ~", ["~/"]),
        ("/add ~/", ["~/home.txt"]),
        ("/add notes.txt do", ["docs/"]),
        ("/add docs --f", ["--follow-links"]),
        ("/save --f", []),
        ("/add nowhere/", []),
        ("/save ", ["docs/", '"my docs/', "talk.md"]),
        ("/save docs/", ["docs/a.json", "docs/deep/"]),
        ("/save talk.md ", ["--force"]),
        ("/save talk.md --f", ["--force"]),
        ("/save talk.md x", []),
    ],
)
def test_paths_complete(before: str, after: list[str]) -> None:
    assert complete(before) == after


def test_a_completion_replaces_what_was_typed_of_it() -> None:
    assert completions("/sources ferries 2", SOURCES, 0) == [
        Completion("Ferries 2024.md", len("ferries 2"))
    ]
    assert completions("Is it in bri", SOURCES, 0) == [Completion("bridge.txt", 3)]
    assert completions('/use x "Ferries', SOURCES, 0) == [Completion('"Ferries 2024.md"', 8)]
    assert completions("/use ferries 2", SOURCES, 0) == [Completion('"Ferries 2024.md"', 9)]


def test_a_completed_path_is_read_as_one_word() -> None:
    for text in complete("/add docs/") + complete("/use "):
        assert len(words(text)) == 1


@given(st.text(), st.lists(st.text()), st.integers(0, 200))
def test_completion_takes_any_text(before: str, sources: list[str], citations: int) -> None:
    for text, replaces in completions(before, sources, citations, listing):
        assert 0 <= replaces <= len(before)
        assert text.isprintable() or not text.isascii()


@given(st.sampled_from(["/add ", "/save ", "/use ", "/remove "]), st.text(" \"'~/.adfx"))
def test_arguments_take_any_text(command: str, argument: str) -> None:
    for _, replaces in completions(command + argument, SOURCES, 0, listing):
        assert 0 <= replaces <= len(argument)


def test_a_folder_is_listed_sorted_with_what_its_entries_are(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text("x")
    assert entries(f"{tmp_path}/") == [("a.txt", False), ("b", True)]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_itself_hides_no_other_entry(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "notes.txt").write_text("x")
    assert entries(str(tmp_path)) == [("loop", False), ("notes.txt", False)]


@pytest.mark.parametrize("folder", ["nowhere/", "a\0b/", "~nobody-of-this-name/"])
def test_a_folder_that_cannot_be_listed_is_empty(folder: str) -> None:
    assert entries(folder) == []


def test_a_huge_folder_is_not_looked_through_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text("x")
    monkeypatch.setattr("askdoc.shell.folders.MOST_LOOKED_AT", 20)
    assert len(entries(str(tmp_path))) == 20 < MOST_LOOKED_AT
