"""Finding files: each once, in order, as a stream, with the status that was asked for only once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from askdoc.errors import LoadError, SourceNotFound
from askdoc.load.walk import Found, Walked, walk


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(f"This is {name}.\n")


def test_files_come_with_folder_and_status_and_each_folder_ends(here: Path) -> None:
    write("docs/b/c.txt", "docs/a.txt", "lone.txt", "docs/.git/x")
    Path("docs/gone").symlink_to("nowhere")
    items = list(walk(["docs", Path("lone.txt")]))
    found = [item for item in items if isinstance(item, Found)]
    assert [(f.path, f.source, f.folder) for f in found] == [
        ("docs/a.txt", "docs/a.txt", "docs"),
        ("docs/b/c.txt", "docs/b/c.txt", "docs"),
        ("lone.txt", "lone.txt", None),
    ]
    assert [f.status for f in found] == [os.stat(f.path) for f in found]  # noqa: PTH116
    assert isinstance(items[2], SourceNotFound)
    assert items[3] == Walked("docs", repeated=False, problems=1)


def test_what_is_named_again_is_said_to_be(here: Path) -> None:
    write("docs/a.txt", "docs/b.txt")
    items = list(walk(["docs/b.txt", "docs", "docs/a.txt", "docs/b.txt", "docs/a.txt", "docs"]))
    found = [(item.path, item.again) for item in items if isinstance(item, Found)]
    assert found == [("docs/b.txt", False), ("docs/a.txt", False), ("docs/a.txt", True)]
    assert [item for item in items if isinstance(item, Walked)] == [Walked("docs", True, 0)]


def test_files_are_given_out_as_they_are_found(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(*(f"docs/{folder}/{name}.txt" for folder in range(3) for name in range(50)))
    asked: list[str] = []

    def counted(name: str) -> None:
        real = getattr(os, name)

        def ask(path: str, **how: object) -> os.stat_result:
            if str(path).startswith("docs"):  # and not what is above it
                asked.append(path)
            return real(path, **how)  # type: ignore[no-any-return]

        monkeypatch.setattr(os, name, ask)

    counted("stat")
    counted("lstat")
    items = walk(["docs"])
    next(items)
    # Once more for the folder itself: where it really is.
    assert asked == ["docs", "docs", "docs/0", "docs/0/0.txt"]
    list(items)
    assert len(asked[1:]) == len(set(asked)) == 1 + 3 + 3 * 50


def test_what_vanishes_meanwhile_is_named_and_the_rest_is_found(here: Path) -> None:
    write("docs/a.txt", "docs/b.txt", "docs/c/d.txt", "docs/e.txt")
    items = walk(["docs"])
    first = next(items)
    Path("docs/b.txt").unlink()
    Path("docs/c/d.txt").unlink()
    Path("docs/c").rmdir()
    rest = list(items)
    assert isinstance(first, Found)
    assert [item.where for item in rest if isinstance(item, LoadError)] == ["docs/b.txt", "docs/c"]
    assert [item.path for item in rest if isinstance(item, Found)] == ["docs/e.txt"]
    assert rest[-1] == Walked("docs", repeated=False, problems=2)
