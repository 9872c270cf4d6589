"""Folders and files that nobody else can read or change: what is made so, and what is refused."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from askdoc.private import NotPrivate, open_private, private_folder, replace, write_new

if os.name == "nt":
    pytest.skip("no mode bits there", allow_module_level=True)

NOBODY = 65534
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


@pytest.fixture(autouse=True)
def no_mask() -> Iterator[None]:
    """Whatever is made private is so by its maker, not by the process's mask."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = tmp_path / "own"
    place.mkdir(mode=0o700)
    return place


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_what_is_missing_is_made_for_the_user_alone(place: Path) -> None:
    assert not private_folder(place / "a" / "b", make=False)
    assert not (place / "a").exists()
    assert private_folder(place / "a" / "b")
    assert mode(place / "a") == mode(place / "a" / "b") == 0o700
    assert private_folder(place / "a" / "b", make=False)


@pytest.mark.parametrize("before", [0o755, 0o711, 0o750])
def test_a_folder_that_others_could_look_into_is_closed_to_them(place: Path, before: int) -> None:
    place.chmod(before)
    assert private_folder(place)
    assert mode(place) == 0o700


@pytest.mark.parametrize("rights", [0o777, 0o733, 0o707, 0o1777])
def test_a_folder_that_others_can_write_to_is_refused_and_left_alone(
    place: Path, rights: int
) -> None:
    place.chmod(rights)
    with pytest.raises(NotPrivate, match="other users can write to this folder") as caught:
        private_folder(place)
    assert caught.value.filename == str(place)
    assert mode(place) == rights


def test_a_link_in_the_place_of_the_folder_is_refused(place: Path) -> None:
    (place / "real").mkdir(mode=0o700)
    (place / "link").symlink_to("real")
    (place / "nowhere").symlink_to("made")
    for name in ("link", "nowhere"):
        with pytest.raises(NotPrivate, match="this is a link"):
            private_folder(place / name)
    assert not (place / "made").exists()


def test_a_folder_of_somebody_else_is_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: place.stat().st_uid + 1)
    with pytest.raises(NotPrivate, match="another user"):
        private_folder(place)


@AS_ROOT
def test_a_folder_that_was_made_first_by_another_user_in_tmp_is_refused(place: Path) -> None:
    place.chmod(0o1777)
    theirs = place / "askdoc"
    theirs.mkdir(mode=0o700)
    os.chown(theirs, NOBODY, NOBODY)
    with pytest.raises(NotPrivate, match="this folder belongs to another user"):
        private_folder(theirs)
    os.chown(place, NOBODY, NOBODY)  # whom no sticky bit keeps from renaming what is in it
    with pytest.raises(NotPrivate, match="another user can change this folder"):
        private_folder(place / "other")


def test_below_a_folder_that_all_can_write_to_only_a_sticky_one_will_do(place: Path) -> None:
    place.chmod(0o777)
    with pytest.raises(NotPrivate, match="other users can write to this folder") as caught:
        private_folder(place / "sub" / "askdoc")
    assert caught.value.filename == str(place)
    assert not (place / "sub").exists()
    place.chmod(0o1777)
    assert private_folder(place / "sub" / "askdoc")


def test_a_link_above_must_not_stand_or_lead_where_others_can_write(place: Path) -> None:
    (place / "open").mkdir()
    (place / "open").chmod(0o777)
    (place / "open" / "in").mkdir(mode=0o700)
    (place / "into").symlink_to(place / "open" / "in")
    (place / "open" / "out").symlink_to(place)
    for path in (place / "into" / "askdoc", place / "open" / "out" / "askdoc"):
        with pytest.raises(NotPrivate) as caught:
            private_folder(path)
        assert caught.value.filename == str(place / "open")
    (place / "good").mkdir(mode=0o700)
    (place / "fine").symlink_to("good")
    assert private_folder(place / "fine" / "askdoc")


@pytest.mark.parametrize(
    ("group", "members", "is_fine"),
    [("me", [], True), ("me", ["me"], True), ("me", ["you"], False), ("staff", [], False)],
)
def test_a_group_may_write_above_where_it_is_the_user_s_alone(
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    group: str,
    members: list[str],
    is_fine: bool,
) -> None:
    import grp
    import pwd

    monkeypatch.setattr(pwd, "getpwuid", lambda _: SimpleNamespace(pw_name="me"))
    monkeypatch.setattr(grp, "getgrgid", lambda _: SimpleNamespace(gr_name=group, gr_mem=members))
    place.chmod(0o775)
    if is_fine:
        assert private_folder(place / "askdoc")
        return
    with pytest.raises(NotPrivate, match="other users can write"):
        private_folder(place / "askdoc")


def test_what_is_no_folder_or_cannot_be_made_is_an_error_of_the_system(place: Path) -> None:
    (place / "file").touch(0o600)
    for path in (place / "file", place / "file" / "askdoc", place / ("x" * 300)):
        with pytest.raises(OSError) as caught:
            private_folder(path)
        assert not isinstance(caught.value, NotPrivate)


# Files


def test_a_file_is_made_for_the_user_alone_and_closed_to_others(place: Path) -> None:
    with open_private(place / "a", "ab") as file:
        file.write(b"one")
    assert mode(place / "a") == 0o600
    (place / "a").chmod(0o644)
    with open_private(place / "a") as file:
        assert file.read() == b"one"
    assert mode(place / "a") == 0o600


@pytest.mark.parametrize("how", ["rb", "ab"])
def test_no_link_pipe_or_folder_is_opened_for_a_file(place: Path, how: str) -> None:
    (place / "mine").write_text("mine")
    (place / "link").symlink_to("mine")
    (place / "nowhere").symlink_to("made")
    (place / "folder").mkdir()
    os.mkfifo(place / "pipe", 0o600)
    for name in ("link", "nowhere", "folder", "pipe"):
        with pytest.raises(OSError):
            open_private(place / name, how)
    assert (place / "mine").read_text() == "mine"
    assert not (place / "made").exists()


@pytest.mark.parametrize("rights", [0o666, 0o602])
def test_a_file_that_others_can_write_to_is_refused(place: Path, rights: int) -> None:
    (place / "a").write_text("planted")
    (place / "a").chmod(rights)
    with pytest.raises(NotPrivate, match="other users can write to this file"):
        open_private(place / "a")


@AS_ROOT
def test_a_file_of_another_user_is_refused(place: Path) -> None:
    (place / "a").write_text("planted")
    (place / "a").chmod(0o600)
    os.chown(place / "a", NOBODY, NOBODY)
    with pytest.raises(NotPrivate, match="this file belongs to another user"):
        open_private(place / "a")


def test_a_new_file_is_written_over_nothing_and_through_no_link(place: Path) -> None:
    (place / "mine").write_text("mine")
    (place / "link").symlink_to("made")
    for name in ("mine", "link"):
        with pytest.raises(FileExistsError):
            write_new(place / name, b"other")
    assert (place / "mine").read_text() == "mine"
    assert not (place / "made").exists()
    write_new(place / "new", b"new")
    write_new(place / "open", b"new", permissions=0o644)
    assert (mode(place / "new"), mode(place / "open")) == (0o600, 0o644)


def test_a_file_is_replaced_whole_or_not_at_all(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "mine").write_text("mine")
    (place / "link").symlink_to("mine")
    replace(place / "link", b"other")
    assert (place / "mine").read_text() == "mine"
    assert not (place / "link").is_symlink() and mode(place / "link") == 0o600

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        replace(place / "mine", b"other", durable=True)
    (place / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        replace(place / "folder", b"other")
    assert (place / "mine").read_text() == "mine"
    assert {path.name for path in place.iterdir()} == {"mine", "link", "folder"}
