"""Folders that cannot be listed, links, several roots and their names, and what is taken out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from states import (
    FERRY,
    Watched,
    check_same,
    contents,
    kept,
    names,
    opened,
    some_documents,
    told,
    write,
)

from askdoc.errors import NoDocuments
from askdoc.index import remove, status
from askdoc.load import walk as walking


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return some_documents(tmp_path / "docs")


@pytest.fixture
def index(place: os.PathLike[str], docs: Path) -> Watched:
    """An index of `docs`, just made."""
    made = Watched(place)
    made.update(docs)
    return made


@pytest.mark.parametrize("name", ["notes", os.fsdecode(b"caf\xe9"), "tab\there"])
def test_below_a_folder_that_cannot_be_listed_nothing_is_dropped(
    index: Watched, docs: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = docs / name
    write(folder / "deep" / "rope.txt", "A rope lies on the pier.")
    index.update(docs)
    (folder / "deep" / "rope.txt").unlink()
    (docs / "ferry.txt").unlink()
    before = len(opened(index.index).documents)
    listdir = os.listdir

    def refuse(path: str) -> list[str]:
        if path == str(folder):
            raise PermissionError(13, "Permission denied", path)
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refuse)
    report = index.update(docs)
    assert names(report.problems) == [walking.displayable(str(folder))]
    assert told(report)[3] == 1
    assert len(opened(index.index).documents) == before - 1
    assert opened(index.index).search("rope")
    monkeypatch.undo()
    assert told(index.update(docs))[3] == 1
    check_same(index.index, docs)


def test_links_that_loop_or_lead_nowhere(index: Watched, docs: Path) -> None:
    (docs / "up").symlink_to(docs)
    (docs / "self").symlink_to("self")
    (docs / "nowhere").symlink_to("missing.txt")
    report = index.update(docs)
    assert told(report) == (0, 0, 0, 0, 3)
    assert names(report.problems) == [f"{docs}/nowhere", f"{docs}/self"]
    check_same(index.index, docs)


def test_several_roots_each_by_itself(tmp_path: Path, index: Watched, docs: Path) -> None:
    other = tmp_path / "other"
    write(other / "pier.txt", "The pier is closed.")
    write(other / "rope.txt", "A rope lies there.")
    assert told(index.update(other)) == (2, 0, 0, 0, 0)
    (docs / "ferry.txt").unlink()
    (other / "rope.txt").unlink()
    assert told(index.update(other)) == (0, 0, 0, 1, 1)
    assert f"{docs}/ferry.txt" in contents(opened(index.index).documents)
    assert told(index.update()) == (0, 0, 0, 1, 3)
    check_same(index.index, [docs, other])
    assert status(index.index).roots == (str(docs), str(other))


def test_moved_from_one_root_to_another(tmp_path: Path, index: Watched, docs: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (docs / "ferry.txt").rename(other / "boat.txt")
    assert told(index.update(docs, other)) == (0, 0, 1, 0, 2)
    assert index.read == 0
    check_same(index.index, [docs, other])


def test_roots_within_roots_are_indexed_once(index: Watched, docs: Path) -> None:
    assert told(index.update(docs / "notes")) == (0, 0, 0, 0, 2)
    assert told(index.update(docs / "notes", docs, docs / "ferry.txt")) == (0, 0, 0, 0, 3)
    check_same(index.index, docs)
    assert status(index.index).roots == (str(docs),)
    assert told(index.update(docs.parent))[4] == 3  # now with the index in it
    check_same(index.index, docs)
    assert status(index.index).roots == (str(docs.parent),)


def test_from_another_current_folder(
    index: Watched, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(docs.parent)
    assert told(index.update("docs")) == (0, 0, 0, 0, 3)
    assert index.read == 0
    check_same(index.index, "docs")
    monkeypatch.chdir(docs)
    assert told(index.update(".")) == (0, 0, 0, 0, 3)
    check_same(index.index, ".")
    write(docs / "pier.txt", "The pier is closed.")
    monkeypatch.chdir(docs / "notes")
    assert told(index.update()) == (1, 0, 0, 0, 3)
    assert {d.source for d in opened(index.index).documents} == {
        "./ferry.txt", "./notes/crew.txt", "./notes/tower.md", "./pier.txt"
    }  # fmt: skip


@pytest.mark.parametrize("name", ["docs/", "docs//", "./docs", "docs/../docs", "docs/ferry.txt"])
def test_names_are_as_they_are_where_files_are_asked(
    docs: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(docs.parent)
    Watched(Path("index")).update(name)
    check_same(Path("index"), name)


def test_without_paths_what_was_named_before(index: Watched, docs: Path, tmp_path: Path) -> None:
    (docs / "ferry.txt").unlink()
    assert told(index.update()) == (0, 0, 0, 1, 2)
    with pytest.raises(NoDocuments):
        Watched(tmp_path / "none").update()
    assert not (tmp_path / "none").exists()


def test_removed_by_hand(index: Watched, docs: Path) -> None:
    count, problems = remove(index.index, [docs / "notes", docs / "notes" / "crew.txt", "nowhere"])
    assert (count, names(problems)) == (2, ["nowhere"])
    assert [d.source for d in opened(index.index).documents] == [f"{docs}/ferry.txt"]
    assert told(index.update()) == (2, 0, 0, 0, 1)
    check_same(index.index, docs)
    assert remove(index.index, [docs]) == (3, [])
    assert (status(index.index).roots, status(index.index).documents) == ((), 0)
    with pytest.raises(NoDocuments):
        index.update()
    assert told(index.update(docs)) == (3, 0, 0, 0, 0)
    check_same(index.index, docs)


def test_made_anew(index: Watched, docs: Path) -> None:
    write(docs / "ferry.txt", FERRY.replace("forty", "fifty"))  # not to be seen by time
    reader = opened(index.index)
    assert reader.search("forty")
    assert told(index.update(rebuild=True)) == (3, 0, 0, 0, 0)
    assert index.read == 3
    check_same(index.index, docs)
    assert reader.search("fifty") and not reader.search("forty")
    assert len(kept(index.index)) == 1
