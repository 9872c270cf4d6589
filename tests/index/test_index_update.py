"""Updates over real files: what is read again, what is kept, what is dropped, and what is said."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from states import (
    FERRY,
    OLD,
    Watched,
    check_same,
    contents,
    names,
    opened,
    some_documents,
    told,
    write,
)

from askdoc.errors import SourceNotFound
from askdoc.index import remove, status


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return some_documents(tmp_path / "docs")


@pytest.fixture
def index(place: os.PathLike[str], docs: Path) -> Watched:
    """An index of `docs`, just made."""
    made = Watched(place)
    made.update(docs)
    return made


def test_it_holds_what_the_files_hold(index: Watched, docs: Path) -> None:
    saved = check_same(index.index, docs)
    assert [d.source for d in saved.documents] == [
        f"{docs}/ferry.txt", f"{docs}/notes/crew.txt", f"{docs}/notes/tower.md"
    ]  # fmt: skip
    (citation,) = saved.ask("How many cars did the ferry carry?").citations
    assert citation.quote == FERRY


def test_what_is_as_it_was_is_not_read(index: Watched, docs: Path) -> None:
    assert told(index.update(docs)) == (0, 0, 0, 0, 3)
    assert index.read == 0
    check_same(index.index, docs)


def test_added(index: Watched, docs: Path) -> None:
    write(docs / "a" / "b" / "new.txt", "A new pier was opened.")
    assert told(index.update(docs)) == (1, 0, 0, 0, 3)
    assert index.read == 1
    check_same(index.index, docs)


@pytest.mark.parametrize("text", ["Nothing runs.", FERRY.replace("forty", "fifty")])
def test_changed(index: Watched, docs: Path, text: str) -> None:
    write(docs / "ferry.txt", text, modified=OLD + 1)
    assert told(index.update(docs)) == (0, 1, 0, 0, 2)
    assert index.read == 1
    check_same(index.index, docs)


def test_an_older_version_was_put_back(index: Watched, docs: Path) -> None:
    write(docs / "ferry.txt", FERRY.replace("forty", "fifty"), modified=OLD - 10**12)
    assert told(index.update(docs)) == (0, 1, 0, 0, 2)
    check_same(index.index, docs)


def test_touched_only(index: Watched, docs: Path) -> None:
    write(docs / "ferry.txt", FERRY, modified=OLD + 10**9)
    assert told(index.update(docs)) == (0, 0, 0, 0, 3)
    assert index.read == 1
    assert told(index.update(docs)) == (0, 0, 0, 0, 3)
    assert index.read == 0
    assert opened(index.index).changes(opened(index.index).ask("ferry")) == {}


def test_moved(index: Watched, docs: Path) -> None:
    (docs / "ferry.txt").rename(docs / "notes" / "boat.TXT")
    assert told(index.update(docs)) == (0, 0, 1, 0, 2)
    assert index.read == 0
    check_same(index.index, docs)


def test_moved_and_changed_is_another_file(index: Watched, docs: Path) -> None:
    (docs / "ferry.txt").unlink()
    write(docs / "boat.txt", FERRY.replace("forty", "fifty"))
    assert told(index.update(docs)) == (1, 0, 0, 1, 2)
    check_same(index.index, docs)


def test_moved_and_read_otherwise(index: Watched, docs: Path) -> None:
    (docs / "notes" / "tower.md").rename(docs / "notes" / "tower.txt")
    assert told(index.update(docs)) == (1, 0, 0, 1, 2)
    saved = check_same(index.index, docs)
    assert all(not document.headings for document in saved.documents)


def test_copied(index: Watched, docs: Path) -> None:
    write(docs / "copy.txt", FERRY)
    assert told(index.update(docs)) == (1, 0, 0, 0, 3)
    check_same(index.index, docs)


def test_one_of_two_copies_moved_and_the_other_went(index: Watched, docs: Path) -> None:
    write(docs / "copy.txt", FERRY)
    index.update(docs)
    (docs / "copy.txt").rename(docs / "again.txt")
    (docs / "ferry.txt").unlink()
    assert told(index.update(docs)) == (0, 0, 1, 1, 2)
    check_same(index.index, docs)


def test_two_files_changed_places(index: Watched, docs: Path) -> None:
    crew, ferry, aside = docs / "notes" / "crew.txt", docs / "ferry.txt", docs / "aside"
    crew.rename(aside)
    ferry.rename(crew)
    aside.rename(ferry)
    assert told(index.update(docs)) == (0, 2, 0, 0, 1)
    check_same(index.index, docs)


def test_a_file_moved_and_another_one_took_its_place(index: Watched, docs: Path) -> None:
    (docs / "ferry.txt").rename(docs / "boat.txt")
    write(docs / "ferry.txt", "Another ferry, another day.", modified=OLD + 1)
    index.update(docs)
    check_same(index.index, docs)


def test_removed(index: Watched, docs: Path) -> None:
    (docs / "ferry.txt").unlink()
    assert told(index.update(docs)) == (0, 0, 0, 1, 2)
    saved = check_same(index.index, docs)
    assert not saved.search("ferry")


def test_all_of_them_removed(index: Watched, docs: Path) -> None:
    shutil.rmtree(docs)
    docs.mkdir()
    report = index.update(docs)
    assert told(report) == (0, 0, 0, 3, 0)
    assert (report.documents, report.passages) == (0, 0)
    saved = opened(index.index)
    assert (list(saved.documents), list(saved.passages), saved.search("ferry")) == ([], [], [])
    assert not saved.ask("What did the ferry carry?", threshold=0.0).answered


def test_renamed_folder(index: Watched, docs: Path) -> None:
    (docs / "notes").rename(docs / "a notes")
    assert told(index.update(docs)) == (0, 0, 2, 0, 1)
    assert index.read == 0
    check_same(index.index, docs)


def test_many_files_of_one_size_moved(tmp_path: Path, place: os.PathLike[str]) -> None:
    docs, index = tmp_path / "docs", Watched(place)
    for number in range(120):
        write(docs / "old" / f"{number:03}.txt", f"Ship {number:03} left.")
    index.update(docs)
    (docs / "old").rename(docs / "new")
    assert told(index.update(docs)) == (0, 0, 120, 0, 0)
    assert contents(opened(index.index).documents).keys() == {
        f"{docs}/new/{number:03}.txt" for number in range(120)
    }


def test_a_file_becomes_a_folder_and_a_folder_a_file(index: Watched, docs: Path) -> None:
    (docs / "ferry.txt").unlink()
    write(docs / "ferry.txt" / "log.txt", "The log of the ferry.")
    shutil.rmtree(docs / "notes")
    write(docs / "notes", "All notes in one file.")
    assert told(index.update(docs)) == (2, 0, 0, 3, 0)
    check_same(index.index, docs)


def test_a_named_file_that_is_gone_is_kept_and_told(index: Watched, docs: Path) -> None:
    pier = write(docs.parent / "pier.txt", "The pier is closed.")
    index.update(docs, pier)
    pier.unlink()
    with pytest.raises(SourceNotFound, match="askdoc remove"):
        index.update(pier)
    report = index.update()
    assert names(report.problems) == [str(pier)] and told(report) == (0, 0, 0, 0, 3)
    assert opened(index.index).search("pier")
    assert status(index.index).gone == [str(pier)]
    assert remove(index.index, [pier]) == (1, [])
    assert index.update().problems == []
    check_same(index.index, docs)


def test_a_folder_that_is_gone_is_kept_and_told(index: Watched, docs: Path) -> None:
    away = docs.rename(docs.with_name("away"))
    report = index.update()
    assert names(report.problems) == [str(docs)] and report.documents == 3
    away.rename(docs)
    assert told(index.update()) == (0, 0, 0, 0, 3)
    assert index.read == 0
