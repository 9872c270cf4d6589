"""Updates over real files: what is read again, what is kept, what is dropped, and what is said."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from states import OLD, Watched, check_same, contents, names, opened, told, write

from askdoc import Assistant
from askdoc.errors import IndexDamaged, IndexUnwritable, NoDocuments, SourceNotFound
from askdoc.index import remove, status
from askdoc.load import walk as walking
from askdoc.store.folder import DESCRIPTION

FERRY = "The ferry Halcyon carried forty cars to the island on Monday."
TOWER = "# Tower\n\nThe tower of Port Kesk is of red brick.\n\nAda Brandt kept its lamp."
CREW = "Mira Olsen is captain of the Halcyon.\n\nJonas Lind steers the Petrel."


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    write(folder / "ferry.txt", FERRY)
    write(folder / "notes" / "tower.md", TOWER)
    write(folder / "notes" / "crew.txt", CREW)
    return folder


@pytest.fixture
def index(tmp_path: Path, docs: Path) -> Watched:
    """An index of `docs`, just made."""
    made = Watched(tmp_path / "index")
    assert told(made.update(docs)) == (3, 0, 0, 0, 0)
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


def test_many_files_of_one_size_moved(tmp_path: Path) -> None:
    docs, index = tmp_path / "docs", Watched(tmp_path / "index")
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
    assert len(list(index.index.glob("data-*"))) == 1


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
    tmp_path: Path, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Watched(tmp_path / "index")
    with monkeypatch.context() as patch:

        def refuse(path: str, source: str) -> bytes:
            raise PermissionError(13, "Permission denied", path)

        patch.setattr("askdoc.load.files._open_at_once", refuse)
        assert names(index.update(docs).problems) == [
            f"{docs}/ferry.txt", f"{docs}/notes/crew.txt", f"{docs}/notes/tower.md"
        ]  # fmt: skip
        assert len(index.update(docs).problems) == 3
    assert index.update(docs).documents == 3
    check_same(index.index, docs)


def test_changed_right_after_it_was_read(tmp_path: Path) -> None:
    file, index = tmp_path / "now.txt", Watched(tmp_path / "index")
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


def test_names_that_are_no_text(tmp_path: Path) -> None:
    docs, index = tmp_path / os.fsdecode(b"d\xf6cs"), Watched(tmp_path / "index")
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


def test_an_empty_folder(tmp_path: Path) -> None:
    docs, index = tmp_path / "docs", Watched(tmp_path / "index")
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
def test_the_text_is_handed_over_as_it_is(tmp_path: Path, content: bytes) -> None:
    index = Watched(tmp_path / "index")
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


def test_what_a_writer_left_behind_is_cleared_away(index: Watched, docs: Path) -> None:
    left = index.index / "data-7" / "terms"
    left.mkdir(parents=True)
    (left.parent / "sources.db").write_bytes(b"half")
    index.update(docs)
    assert not left.parent.exists()
    check_same(index.index, docs)
