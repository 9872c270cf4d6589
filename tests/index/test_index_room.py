"""No room, or no right to write: a clear line, exit code 2, and the last state still answers."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from states import check_same, contents, opened, write

from askdoc.errors import IndexUnwritable
from askdoc.index import remove, status, update

FIRST, MANY = 3, 120


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    add(folder, 0, FIRST)
    return folder


def add(folder: Path, first: int, end: int) -> None:
    for number in range(first, end):
        write(folder / f"{number:03}.txt", f"The ship {number} carried {os.urandom(900).hex()}.")


def run(*arguments: str, most: int | None = None) -> tuple[int, str]:
    """The real program, which may write no file of more bytes: exit code and standard error."""

    def limit() -> None:
        if most is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    done = subprocess.run(
        [sys.executable, "-m", "askdoc", *arguments],
        capture_output=True,
        check=False,
        preexec_fn=limit,
        timeout=60,
    )
    return done.returncode, done.stderr.decode()


def check_told(code: int, errors: str, index: Path) -> None:
    assert code == 2
    assert errors.startswith("askdoc: cannot write the saved index (") and errors.count("\n") == 1
    assert str(index) in errors and "Make room" in errors


@pytest.mark.parametrize("most", [0, 4_000, 12_000, 60_000])
def test_no_file_may_grow(docs: Path, tmp_path: Path, most: int) -> None:
    index = tmp_path / "index"
    update(index, docs, processes=0)
    before = contents(opened(index).documents)
    add(docs, FIRST, MANY)
    (docs / "001.txt").unlink()
    code, errors = run("index", str(docs), "--index", str(index), most=most)
    check_told(code, errors, index)
    saved = opened(index)
    assert contents(saved.documents) == before
    assert saved.search("ship 2")
    update(index, processes=0)
    check_same(index, docs)


@pytest.mark.parametrize("most", [0, 4_000, 30_000])
def test_no_room_for_a_first_index(docs: Path, tmp_path: Path, most: int) -> None:
    index = tmp_path / "index"
    add(docs, FIRST, MANY)
    code, errors = run("index", str(docs), "--index", str(index), most=most)
    check_told(code, errors, index)
    update(index, docs, processes=0)
    check_same(index, docs)
    assert len(list(index.glob("data-*"))) == 1


@pytest.mark.parametrize("most", [50, 30_000])
def test_no_room_to_make_it_anew(docs: Path, tmp_path: Path, most: int) -> None:
    index = tmp_path / "index"
    add(docs, FIRST, MANY)
    update(index, docs, processes=0)
    check_told(*run("index", "--rebuild", "--index", str(index), most=most), index)
    check_same(index, docs)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 600 kB."""
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=600k", "tmpfs") as place:
        yield place


class mounted:  # noqa: N801
    """Something mounted at a place; the test is skipped where that may not be."""

    def __init__(self, place: Path, *options: str) -> None:
        self.place = place
        self.options = options

    def __enter__(self) -> Path:
        self.place.mkdir()
        mount = shutil.which("mount")
        command = [mount or "mount", *self.options, str(self.place)]
        if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("nothing may be mounted here")
        return self.place

    def __exit__(self, *_: object) -> None:
        subprocess.run(["umount", "--lazy", str(self.place)], check=True)


def test_a_disk_that_is_full(docs: Path, small: Path) -> None:
    index = small / "index"
    add(docs, FIRST, 30)
    update(index, docs, processes=0)
    for first in range(30, 3000, 300):
        before = contents(opened(index).documents)
        add(docs, first, first + 300)
        code, errors = run("index", str(docs), "--index", str(index))
        if code:
            break
    check_told(code, errors, index)
    saved = opened(index)
    assert contents(saved.documents) == before and saved.search("ship 2")
    for file in sorted(docs.iterdir())[:-20]:
        file.unlink()
    roomy = docs.parent / "roomy"
    shutil.copytree(index, roomy)
    update(roomy, docs, processes=0)
    check_same(roomy, docs)


def test_it_can_be_asked_where_nothing_can_be_written(docs: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    update(index, docs, processes=0)
    expected = contents(opened(index).documents)
    with mounted(tmp_path / "disc", "--bind", str(index)) as place:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(place)], check=True)
        saved = opened(place)
        assert contents(saved.documents) == expected and saved.search("ship 2")
        assert status(place).documents == FIRST
        # It is updated where it can be written, and read where it cannot.
        add(docs, FIRST, FIRST + 1)
        update(index, processes=0)
        assert saved.search(f"ship {FIRST}", limit=1)[0].passage.document.source.endswith("003.txt")
        assert len(saved.documents) == FIRST + 1
        for use in (
            lambda: update(place, docs, processes=0),
            lambda: update(place, docs, rebuild=True, processes=0),
            lambda: remove(place, [docs]),
        ):
            with pytest.raises(IndexUnwritable, match=r"[Rr]ead-only"):
                use()


def test_what_is_made_can_be_read_by_whom_its_folder_lets(docs: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    update(index, docs, processes=0)
    update(index, docs, processes=0)
    rights = {file.stat().st_mode & 0o777 for file in index.rglob("*") if file.is_file()}
    assert len(rights) == 1


def test_a_place_that_is_no_folder(docs: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "file", "Mine.")
    for index in (file, file / "below"):
        with pytest.raises(IndexUnwritable):
            update(index, docs, processes=0)
    assert file.read_text() == "Mine."
