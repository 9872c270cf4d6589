"""What an index was made of is read again only where this user named it for an index there."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from hostile import Scene, victim_in
from states import FERRY, OLD, check_same, names, opened, some_documents, told, write

from askdoc.cli import main
from askdoc.errors import IndexDamaged, NoDocuments
from askdoc.index import remove, status, update
from askdoc.index.named import own, remember
from askdoc.store import segments
from lab.fuzzing.index_crafts import change_state


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user's programs keep things."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def scene(tmp_path: Path, home: Path) -> Scene:
    """An index that was just made."""
    docs = some_documents(tmp_path / "docs")
    update(tmp_path / "index", docs, processes=0)
    return Scene(tmp_path / "index", docs, victim_in(tmp_path))


def named(index: Path) -> list[tuple[str, str]]:
    return list(own(index).named.items())


def sources(index: os.PathLike[str]) -> set[str]:
    return {document.source for document in opened(index).documents}


def test_roots_that_were_rewritten_are_not_read(scene: Scene) -> None:
    secret = str(scene.victim.parent)
    for name in (secret, str(scene.docs), "docs"):
        change_state(
            scene.data,
            lambda state, name=name: state.update(roots=[[secret, name]]),  # type: ignore[misc]
        )
        for rebuild in (False, True):
            with pytest.raises(NoDocuments, match="was not named by you"):
                update(scene.index, rebuild=rebuild, processes=0)
        assert not any("thesis" in source for source in sources(scene.index))


def test_a_root_beside_ones_own_is_left_out_and_told(scene: Scene) -> None:
    secret = str(scene.victim.parent)
    change_state(
        scene.data, lambda state: state.update(roots=[*state["roots"], [secret, "harmless"]])
    )
    write(scene.docs / "new.txt", "A new pier was opened.")
    report = update(scene.index, processes=0)
    assert told(report) == (1, 0, 0, 0, 3)
    assert names(report.problems) == ["harmless"]
    assert "not named by you" in str(report.problems[0])
    with pytest.raises(NoDocuments, match="harmless"):
        update(scene.index, rebuild=True, processes=0)
    assert names(update(scene.index, scene.docs, rebuild=True, processes=0).problems) == [
        "harmless"
    ]
    assert status(scene.index).roots == (str(scene.docs),)
    check_same(scene.index, scene.docs)


def test_a_file_is_not_cited_under_a_name_that_is_not_its_own(scene: Scene) -> None:
    root = str(scene.docs)
    change_state(scene.data, lambda state: state.update(roots=[[root, "/official/report"]]))
    write(scene.docs / "ferry.txt", FERRY.replace("forty", "fifty"), modified=OLD + 1)
    update(scene.index, processes=0)
    assert sources(scene.index) == {
        f"{root}/ferry.txt", f"{root}/notes/crew.txt", f"{root}/notes/tower.md"
    }  # fmt: skip


def test_an_index_of_somebody_else_is_asked_and_updated_by_naming_paths(
    tmp_path: Path, place: os.PathLike[str], home: Path
) -> None:
    docs, index = some_documents(tmp_path / "docs"), place
    update(index, docs, processes=0)
    shutil.rmtree(home)  # as if another user had made it
    assert opened(index).search("ferry")
    with pytest.raises(NoDocuments, match=f"{docs}"):
        update(index, processes=0)
    assert told(update(index, docs / "notes", processes=0)) == (0, 0, 0, 0, 2)
    (docs / "ferry.txt").unlink()
    (docs / "notes" / "crew.txt").unlink()
    # Of what was named by others nothing is looked at.
    report = update(index, processes=0)
    assert (names(report.problems), told(report)) == ([str(docs)], (0, 0, 0, 1, 1))
    assert told(update(index, docs, processes=0)) == (0, 0, 0, 1, 1)
    assert told(update(index, processes=0)) == (0, 0, 0, 0, 1)


def test_below_what_was_named_all_may_be_read(scene: Scene) -> None:
    below = str(scene.docs / "notes")
    change_state(scene.data, lambda state: state.update(roots=[[below, "x"]]))
    (scene.docs / "notes" / "crew.txt").unlink()
    assert told(update(scene.index, processes=0)) == (0, 0, 0, 1, 1)
    assert f"{below}/tower.md" in sources(scene.index)


def test_another_index_put_in_its_place_reads_nothing_else(scene: Scene) -> None:
    other = scene.index.with_name("other")
    update(other, scene.victim.parent, processes=0)
    shutil.rmtree(scene.index)
    other.rename(scene.index)
    with pytest.raises(NoDocuments, match="not named by you"):
        update(scene.index, processes=0)


def test_what_others_can_write_does_not_count(scene: Scene, home: Path) -> None:
    (record,) = home.glob("askdoc/indexed/*.json")
    assert record.stat().st_mode & 0o777 == 0o600
    assert record.parent.stat().st_mode & 0o777 == 0o700
    for place in (record, record.parent):
        rights = place.stat().st_mode
        place.chmod(0o777)
        assert named(scene.index) == []
        place.chmod(rights)
    assert named(scene.index) == [(str(scene.docs), str(scene.docs))]


@pytest.mark.parametrize("kind", ["link", "pipe", "garbage", "deep", "another"])
def test_a_record_that_is_none(scene: Scene, home: Path, kind: str) -> None:
    (record,) = home.glob("askdoc/indexed/*.json")
    content = record.read_bytes()
    record.unlink()
    if kind == "link":
        aside = write(home / "aside", content)
        aside.chmod(0o600)
        record.symlink_to(aside)
    elif kind == "pipe":
        os.mkfifo(record, 0o600)
    else:
        odd = {"garbage": b"\xff", "deep": b"[" * 99_999, "another": b'{"index": "/", "named": 1}'}
        write(record, odd[kind])
        record.chmod(0o600)
    assert named(scene.index) == []
    update(scene.index, scene.docs, processes=0)
    assert named(scene.index) == [(str(scene.docs), str(scene.docs))]
    assert not record.is_symlink()


def test_without_a_place_to_keep_it_paths_are_named_each_time(
    tmp_path: Path, place: os.PathLike[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = some_documents(tmp_path / "docs")
    monkeypatch.setenv("XDG_STATE_HOME", str(write(tmp_path / "file", "")))
    update(place, docs, processes=0)
    with pytest.raises(NoDocuments, match="Name what is to be read"):
        update(place, processes=0)
    assert told(update(place, docs, processes=0)) == (0, 0, 0, 0, 3)


def test_what_was_named_is_kept_for_an_index_by_its_real_place(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    remember(tmp_path / "index", [("/a", "a")])
    monkeypatch.chdir(tmp_path)
    assert named(Path("index")) == named(tmp_path / "link" / "index") == [("/a", "a")]
    remember(Path("index"), [("/b", "b"), ("/a", "../a")])
    assert dict(named(tmp_path / "index")) == {"/a": "../a", "/b": "b"}
    assert named(tmp_path / "other") == []


def test_on_the_command_line(scene: Scene, home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    name = "docs\x1b]0;owned\x07"
    change_state(
        scene.data,
        lambda state: state.update(roots=[[str(scene.victim.parent), name]]),
    )
    assert main(["index", "--index", str(scene.index)]) == 2
    error = capfd.readouterr().err
    assert error.startswith("askdoc: what the saved index was made of was not named by you")
    assert error.endswith("Name what is to be read: askdoc index PATH...\n")
    assert "\x1b" not in error and "\x07" not in error


def test_taken_out_is_not_read_again(tmp_path: Path, place: os.PathLike[str], home: Path) -> None:
    docs, index = some_documents(tmp_path / "docs"), place
    update(index, docs, processes=0)
    assert remove(index, [docs]) == (3, [])
    with pytest.raises(NoDocuments, match="no documents were named"):
        update(index, processes=0)
    (record,) = home.glob("askdoc/indexed/*.json")
    real = os.path.realpath(index) if isinstance(index, Path) else os.fspath(index)
    assert json.loads(record.read_bytes())["index"] == real


def stems(scene: Scene) -> set[str]:
    return {file.stem for file in scene.data.glob("terms/*.idx")}


def test_what_somebody_else_wrote_is_not_merged_but_analysed_anew(scene: Scene, home: Path) -> None:
    """tantivy takes on trust what it merges; where it is made to do harm it ends the program."""
    before = stems(scene)
    write(scene.docs / "new.txt", "A new pier was opened.")
    update(scene.index, scene.docs, processes=0)
    assert before < stems(scene)  # It is the user's own.
    shutil.rmtree(home)
    before = stems(scene)
    assert told(update(scene.index, scene.docs, processes=0)) == (0, 0, 0, 0, 4)
    assert stems(scene) == before  # Nothing is to be written.
    write(scene.docs / "ferry.txt", FERRY.replace("forty", "fifty"), modified=OLD + 1)
    (scene.docs / "notes" / "crew.txt").unlink()
    assert told(update(scene.index, scene.docs, processes=0)) == (0, 1, 0, 1, 2)
    assert not before & stems(scene)
    check_same(scene.index, scene.docs)
    before = stems(scene)
    write(scene.docs / "newer.txt", "A newer pier was opened.")
    update(scene.index, processes=0)
    assert before < stems(scene)  # Now it is.
    check_same(scene.index, scene.docs)


def test_an_index_that_was_changed_since_is_somebody_elses(scene: Scene) -> None:
    before = stems(scene)
    change_state(scene.data, lambda state: state.update(generation=state["generation"] + 1))
    write(scene.docs / "new.txt", "A new pier was opened.")
    update(scene.index, processes=0)
    assert not before & stems(scene)
    check_same(scene.index, scene.docs)


def test_an_older_state_that_was_put_back_is_still_ones_own(scene: Scene, tmp_path: Path) -> None:
    shutil.copytree(scene.index, tmp_path / "backup")
    write(scene.docs / "new.txt", "A new pier was opened.")
    update(scene.index, processes=0)
    shutil.rmtree(scene.index)
    (tmp_path / "backup").rename(scene.index)
    before = stems(scene)
    update(scene.index, processes=0)
    assert before < stems(scene)
    check_same(scene.index, scene.docs)


def test_a_content_made_to_have_the_same_checksum_is_somebody_elses(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may write the folder can have any content with any CRC-32."""
    file = next(scene.data.glob("terms/*.term"))
    content = bytearray(file.read_bytes())
    content[5] ^= 1
    file.write_bytes(content)
    before = stems(scene)
    write(scene.docs / "new.txt", "A new pier was opened.")
    with pytest.raises(IndexDamaged):
        update(scene.index, processes=0)
    with monkeypatch.context() as patch:
        patch.setattr(segments, "_check", lambda *_: None)  # as if the sums were the same
        update(scene.index, processes=0)
    assert not before & stems(scene)
    check_same(scene.index, scene.docs)
