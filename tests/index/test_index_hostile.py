"""Files of an index that somebody made to do harm: it is refused or answers, and harms no other."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hostile import (
    PRECIOUS,
    READING,
    WRITING,
    Scene,
    Use,
    check_harmless,
    check_refused,
    in_time,
    journal_of,
    journal_that_names,
    victim_in,
)
from states import OLD, check_same, opened, some_documents, write

from askdoc.errors import IndexDamaged, SavedIndexError
from askdoc.index import status, update
from askdoc.store import gate
from askdoc.store.folder import DESCRIPTION, LOCK, replace_file
from askdoc.store.gate import CATALOG, JOURNAL, MANAGED, META

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, pipes and devices of Unix")


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """An index that was just made."""
    docs = some_documents(tmp_path / "docs")
    update(tmp_path / "index", docs, processes=0)
    return Scene(tmp_path / "index", docs, victim_in(tmp_path))


@pytest.mark.parametrize("use", [*READING, *WRITING])
def test_a_journal_that_names_another_file_does_not_have_it_deleted(scene: Scene, use: Use) -> None:
    journal = journal_that_names(scene.victim, scene.data / CATALOG)
    (scene.data / JOURNAL).write_bytes(journal)
    check_refused(scene, match="names another file", uses=[use])


def test_a_journal_that_is_there_only_when_the_assistant_is_open(scene: Scene) -> None:
    assistant = opened(scene.index)
    journal = journal_that_names(scene.victim, scene.data / CATALOG)
    (scene.data / JOURNAL).write_bytes(journal)
    with pytest.raises(IndexDamaged, match="names another file"):
        assistant.search("ferry")
    assert scene.is_unharmed()


def test_a_journal_does_not_make_the_catalogue_larger_than_the_disk(scene: Scene) -> None:
    size = (scene.data / CATALOG).stat().st_size
    (scene.data / JOURNAL).write_bytes(journal_of(2**32 - 1))
    check_refused(scene, match="was changed")
    assert (scene.data / CATALOG).stat().st_size == size


def test_a_journal_of_a_killed_writer_is_undone_by_whoever_asks(scene: Scene) -> None:
    (scene.data / JOURNAL).write_bytes(journal_of((scene.data / CATALOG).stat().st_size // 4096))
    assert opened(scene.index).search("ferry")
    assert not (scene.data / JOURNAL).exists()
    check_same(scene.index, scene.docs)


def test_tantivys_list_of_what_it_may_delete_is_not_taken_from_the_index(scene: Scene) -> None:
    managed = scene.data / "terms" / MANAGED
    names = [*json.loads(managed.read_bytes()), str(scene.victim), "../../../precious/thesis.txt"]
    for use in (*READING, *WRITING):
        managed.write_text(json.dumps(names))
        write(scene.docs / "ferry.txt", "Another ferry, another day.", modified=OLD + 1)
        use(scene)
        assert scene.is_unharmed()


@pytest.mark.parametrize("kind", ["pipe", "link", "endless", "folder"])
def test_no_file_of_an_index_may_be_anything_else(scene: Scene, kind: str) -> None:
    parts = sorted(file for file in scene.index.rglob("*") if file.is_file() and file.name != LOCK)
    assert len(parts) > 8
    for part in [*parts, scene.data / JOURNAL, scene.data / f"{CATALOG}-wal"]:
        before = part.read_bytes() if part.exists() else None
        part.unlink(missing_ok=True)
        if kind == "pipe":
            os.mkfifo(part)
        elif kind == "folder":
            part.mkdir()
        else:
            part.symlink_to(scene.victim if kind == "link" else "/dev/zero")
        check_refused(scene, uses=[READING[0], WRITING[0]])
        part.rmdir() if kind == "folder" else part.unlink()
        if before is not None:
            part.write_bytes(before)
    assert opened(scene.index).search("ferry")


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_the_lock_is_no_way_out_of_the_folder(scene: Scene, kind: str) -> None:
    lock = scene.index / LOCK
    lock.unlink()
    outside = scene.victim.with_name("made")
    if kind == "link":
        lock.symlink_to(outside)
    elif kind == "pipe":
        os.mkfifo(lock)
    else:
        lock.mkdir()
    check_refused(scene, match="cannot write", uses=WRITING)
    assert not outside.exists()
    assert opened(scene.index).search("ferry")


@pytest.mark.parametrize("part", ["data-1", "data-1/terms"])
def test_a_part_of_another_index_is_not_opened_by_a_link(scene: Scene, part: str) -> None:
    other = scene.index.with_name("other")
    shutil.copytree(scene.index, other)
    shutil.rmtree(scene.index / part)
    (scene.index / part).symlink_to(other / part)
    check_refused(scene, match="missing")
    check_same(other, scene.docs)


def test_a_folder_that_is_a_link_has_nothing_written_where_it_leads(scene: Scene) -> None:
    link = scene.index.with_name("link")
    link.symlink_to(scene.victim.parent)
    check_refused(Scene(link, scene.docs, scene.victim), uses=[WRITING[0]], match="link")
    link.unlink()
    link.symlink_to(scene.index)
    with pytest.raises(IndexDamaged, match=f"--index {scene.index}"):
        opened(link)


def test_what_is_half_written_is_not_written_through_a_link(scene: Scene) -> None:
    """Whoever foresees the name of the temporary file puts a link there."""
    for number in (os.getpid(), os.getpid() + 1):
        for name in (DESCRIPTION, META, MANAGED):
            folder = scene.index if name == DESCRIPTION else scene.data / "terms"
            (folder / f".{name}.{number}").symlink_to(scene.victim)
    check_harmless(scene)
    update(scene.index, scene.docs, rebuild=True, processes=0)
    assert scene.is_unharmed()
    replace_file(scene.index.with_name("file"), b"content")
    check_same(scene.index, scene.docs)


def test_a_catalogue_that_is_somebody_elses_file_as_well_is_not_written(scene: Scene) -> None:
    twin = scene.victim.with_name("twin.db")
    os.link(scene.data / CATALOG, twin)
    content = twin.read_bytes()
    for use in WRITING:
        with pytest.raises(IndexDamaged, match="another name"):
            use(scene)
    assert twin.read_bytes() == content
    assert opened(scene.index).search("ferry")  # To read it changes nothing.
    twin.unlink()


@pytest.mark.parametrize("name", [DESCRIPTION, f"data-1/terms/{META}", "data-1/terms/{}.idx"])
def test_a_file_of_a_thousand_gigabytes_is_not_read(scene: Scene, name: str) -> None:
    path = scene.index / name.format(next((scene.data / "terms").glob("*.idx")).stem)
    with path.open("r+b") as file:
        file.truncate(2**40)
    check_refused(scene, match="larger than any")


@pytest.mark.parametrize("name", ["sources.db-wal", "sources.db-shm", "sources.db-journal2"])
def test_what_askdoc_does_not_write_beside_the_catalogue(scene: Scene, name: str) -> None:
    (scene.data / name).write_bytes(b"\x37\x7f\x06\x82" + bytes(60))
    check_refused(scene, match="no file of an index")
    assert (scene.data / name).exists()


def test_what_file_managers_leave_does_no_harm(scene: Scene) -> None:
    for folder in (scene.index, scene.data, scene.data / "terms"):
        (folder / ".DS_Store").write_bytes(b"\0")
    write(scene.docs / "ferry.txt", "Another ferry, another day.", modified=OLD + 1)
    update(scene.index, scene.docs, processes=0)
    check_same(scene.index, scene.docs)


def test_a_catalogue_that_is_kept_in_another_way(scene: Scene) -> None:
    with closing(sqlite3.connect(scene.data / CATALOG)) as db:
        assert db.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
    check_refused(scene)


def test_a_file_that_is_swapped_after_it_was_looked_at(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who may write the folder changes it while it is opened."""
    check = gate._check
    victims = sorted((scene.data / "terms").glob("*.*"))
    swapped: list[str] = []

    def swap(name: str, status: os.stat_result, most: int) -> None:
        check(name, status, most)
        for file in victims:
            if file.name == name and looked.count(name) == 1:
                file.unlink()
                file.symlink_to("/dev/zero") if len(swapped) % 2 else os.mkfifo(file)
                swapped.append(name)
        looked.append(name)

    looked: list[str] = []
    monkeypatch.setattr(gate, "_check", swap)
    with in_time(), pytest.raises(SavedIndexError):
        opened(scene.index)
    assert swapped


def test_a_folder_with_the_highest_number_leaves_room_for_another(scene: Scene) -> None:
    (scene.index / "data-999999999").mkdir()
    (scene.index / "data-999999999" / "keep").write_text(PRECIOUS)
    update(scene.index, scene.docs, rebuild=True, processes=0)
    check_same(scene.index, scene.docs)
    assert (scene.index / "data-999999999" / "keep").read_text() == PRECIOUS


def test_a_folder_that_is_called_like_data_is_not_removed_through_a_link(scene: Scene) -> None:
    (scene.index / "data-7").symlink_to(scene.victim.parent)
    (scene.index / "data-8" / "terms").mkdir(parents=True)
    (scene.index / "data-8" / "terms" / "link").symlink_to(scene.victim.parent)
    update(scene.index, scene.docs, rebuild=True, processes=0)
    assert scene.is_unharmed()
    check_same(scene.index, scene.docs)


def test_a_size_on_disk_counts_nothing_outside(scene: Scene) -> None:
    size = status(scene.index).size
    (scene.index / "link").symlink_to("/usr")
    write(scene.index / "notes.txt", "x" * 10_000)
    assert status(scene.index).size == size
