"""Files that cannot be read, odd names, odd texts, and files of somebody else's."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from states import (
    FERRY,
    IN_A_FOLDER,
    Watched,
    check_same,
    contents,
    names,
    opened,
    some_documents,
    told,
    write,
)

from askdoc import Assistant
from askdoc.errors import IndexDamaged, IndexUnwritable
from askdoc.index import status
from askdoc.store.folder import DESCRIPTION


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return some_documents(tmp_path / "docs")


@pytest.fixture
def index(place: os.PathLike[str], docs: Path) -> Watched:
    """An index of `docs`, just made."""
    made = Watched(place)
    made.update(docs)
    return made


def test_problems_are_kept_and_not_read_again(index: Watched, docs: Path) -> None:
    write(docs / "bad.pdf", b"%PDF-1.7\nnothing")
    write(docs / "empty.txt", b"")
    write(docs / "picture.png", b"\x89PNG\r\n\x1a\n" + bytes(60))
    report = index.update(docs)
    assert names(report.problems) == [f"{docs}/bad.pdf", f"{docs}/empty.txt"]
    assert (report.passed_over, report.unread) == (1, 0)
    report = index.update(docs)
    assert (index.read, report.problems, report.passed_over, report.unread) == (0, [], 1, 2)
    (docs / "bad.pdf").rename(docs / "worse.pdf")
    report = index.update(docs)
    assert (index.read, told(report)) == (0, (0, 0, 0, 0, 3))
    assert names(status(index.index).problems) == [f"{docs}/empty.txt", f"{docs}/worse.pdf"]
    write(docs / "empty.txt", "Not empty any more.")
    index.update(docs)
    assert names(status(index.index).problems) == [f"{docs}/worse.pdf"]
    assert opened(index.index).search("empty")


def test_a_file_that_could_not_be_opened_is_tried_again(
    place: os.PathLike[str], docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Watched(place)
    with monkeypatch.context() as patch:

        def refuse(path: str, *_: object) -> int:
            raise PermissionError(13, "Permission denied", path)

        patch.setattr("askdoc.load.files.open_at_once", refuse)
        assert names(index.update(docs).problems) == [
            f"{docs}/ferry.txt", f"{docs}/notes/crew.txt", f"{docs}/notes/tower.md"
        ]  # fmt: skip
        assert len(index.update(docs).problems) == 3
    assert index.update(docs).documents == 3
    check_same(index.index, docs)


def test_changed_right_after_it_was_read(tmp_path: Path, place: os.PathLike[str]) -> None:
    file, index = tmp_path / "now.txt", Watched(place)
    file.write_text("The ferry left at nine.")
    times = file.stat()
    index.update(file)
    file.write_text("The ferry left at five.")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert told(index.update(file)) == (0, 1, 0, 0, 0)
    check_same(index.index, file)


def test_two_names_of_one_file(index: Watched, docs: Path) -> None:
    os.link(docs / "ferry.txt", docs / "zz.txt")
    assert told(index.update(docs)) == (0, 0, 0, 0, 3)
    check_same(index.index, docs)
    os.link(docs / "ferry.txt", docs / "a.txt")
    index.update(docs)
    check_same(index.index, docs)
    (docs / "a.txt").unlink()
    (docs / "ferry.txt").unlink()
    assert told(index.update(docs)) == (0, 0, 1, 0, 2)
    check_same(index.index, docs)


def test_names_that_are_no_text(tmp_path: Path, place: os.PathLike[str]) -> None:
    docs, index = tmp_path / os.fsdecode(b"d\xf6cs"), Watched(place)
    for name in (b"caf\xe9.txt", b"line\nbreak.txt", "café.txt".encode(), b"sub\xff/a.txt"):
        write(docs / os.fsdecode(name), f"The ferry {name!r} left.")
    assert told(index.update(docs)) == (4, 0, 0, 0, 0)
    saved = check_same(index.index, docs)
    for document in saved.documents:
        assert document.source.isprintable() and document.source.encode()
    assert told(index.update(docs)) == (0, 0, 0, 0, 4)
    assert index.read == 0
    (docs / os.fsdecode(b"caf\xe9.txt")).rename(docs / os.fsdecode(b"th\xe9.txt"))
    assert told(index.update(docs)) == (0, 0, 1, 0, 3)
    check_same(index.index, docs)


def test_an_index_does_not_index_itself(docs: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(docs)
    for inner, root in [
        (docs / "index", docs),
        (tmp_path / "link" / "index", docs),
        (docs / "index", tmp_path / "link"),
        (docs / "index", tmp_path),
    ]:
        index = Watched(inner)
        assert index.update(root).documents == 3
        assert told(index.update(root)) == (0, 0, 0, 0, 3)
        shutil.rmtree(inner)


def test_an_empty_folder(tmp_path: Path, place: os.PathLike[str]) -> None:
    docs, index = tmp_path / "docs", Watched(place)
    docs.mkdir()
    assert told(index.update(docs)) == (0, 0, 0, 0, 0)
    assert list(opened(index.index).documents) == []
    write(docs / "ferry.txt", FERRY)
    assert told(index.update()) == (1, 0, 0, 0, 0)
    check_same(index.index, docs)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfA mark in front.\r\n\r\n  And blanks.  \r\n",
        "Old\rends\r\rof lines.\x0c\x0bAnd\u2028others\x85here.".encode(),
        "A \U0001f6a2 ship, e\u0301 and é; \u202e turned.\n\n\n\n\n".encode(),
        "Ünïcödé in Latin-1: Straße, Ærø. ".encode("latin-1") * 8,
        ("One line without an end " * 3000).encode(),
        b"\n\n\t\n- a\n- b\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    ],
)
def test_the_text_is_handed_over_as_it_is(
    tmp_path: Path, place: os.PathLike[str], content: bytes
) -> None:
    index = Watched(place)
    for name in ("a.txt", "a.md"):
        write(tmp_path / "docs" / name, content)
    index.update(tmp_path / "docs", processes=1)
    saved = check_same(index.index, tmp_path / "docs")
    for document in saved.documents:
        text = document.text
        for start in range(0, len(text), len(text) // 50 + 1):
            assert document.part(start, start + 7) == text[start : start + 7]
    starts = [(p.document, s.start) for p in saved.passages for s in p.sentences]
    memory = Assistant.from_paths(tmp_path / "docs").passages
    expected = [p.document.line_at(s.start) for p in memory for s in p.sentences]
    assert [document.line_at(start) for document, start in starts] == expected


@IN_A_FOLDER
def test_what_a_child_reads_is_what_is_read_here(index: Watched, docs: Path) -> None:
    write(docs / "bad.pdf", b"%PDF-1.7\nnothing")
    for number in range(150):
        write(docs / "many" / f"{number}.txt", f"Ship {number} left at noon.")
    report = index.update(docs, processes=2)
    assert told(report) == (150, 0, 0, 0, 3) and names(report.problems) == [f"{docs}/bad.pdf"]
    assert contents(opened(index.index).documents) == contents(Assistant.from_paths(docs).documents)


def test_nothing_of_anybody_elses_is_removed(tmp_path: Path, docs: Path) -> None:
    place = tmp_path / "project"
    for name in ("data-raw/a.txt", "data-1/b.txt", "data-2/terms/c.txt", "data-2/d.txt"):
        write(place / name, "Mine.")
    index = Watched(place)
    index.update(docs)
    index.update(docs, rebuild=True)
    check_same(place, docs)
    for name in ("data-raw/a.txt", "data-1/b.txt", "data-2/terms/c.txt", "data-2/d.txt"):
        assert (place / name).read_text() == "Mine."


def test_a_file_of_the_same_name_is_not_replaced(tmp_path: Path, docs: Path) -> None:
    place = tmp_path / "website"
    write(place / DESCRIPTION, '{"pages": []}')
    index = Watched(place)
    with pytest.raises(IndexDamaged):
        index.update(docs)
    with pytest.raises(IndexUnwritable, match="--index"):
        index.update(docs, rebuild=True)
    assert (place / DESCRIPTION).read_text() == '{"pages": []}'


def test_what_a_writer_left_behind_is_cleared_away(tmp_path: Path, docs: Path) -> None:
    index = Watched(tmp_path / "index")
    index.update(docs)
    left = tmp_path / "index" / "data-7" / "terms"
    left.mkdir(parents=True)
    (left.parent / "sources.db").write_bytes(b"half")
    index.update(docs)
    assert not left.parent.exists()
    check_same(index.index, docs)
