"""Links out of a named folder, and files that are changed between being found and being read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from askdoc import Assistant
from askdoc.errors import LinksNotFollowed, LoadError, SourceUnreadable
from askdoc.load.files import MAX_BYTES
from askdoc.load.walk import Found
from askdoc.reading import Loaded, load_paths

if os.name == "nt":
    pytest.skip("links need rights there", allow_module_level=True)

SECRET = "The key lies under the third stone.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with docs/, which was made by somebody else, and what is not in it."""
    monkeypatch.chdir(tmp_path)
    for name, text in (
        ("docs/a.txt", "The ferry left at nine."),
        ("docs/sub/b.txt", "The bridge opened in May."),
        ("docs/sub/c.csv", "ship,cars\nHalcyon,40\n"),
        ("private/key.txt", SECRET),
        ("private/key.csv", f"what,where\nkey,{SECRET}"),
    ):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)
    return tmp_path


def sources(loaded: Loaded) -> list[str]:
    return [document.source for document in loaded.documents]


def problems(loaded: Loaded) -> list[str]:
    return [str(problem) for problem in loaded.problems]


def has_secret(loaded: Loaded) -> bool:
    return any("third stone" in document.text for document in loaded.documents)


def test_links_out_of_a_folder_are_not_followed_and_told_once(here: Path) -> None:
    Path("docs/folder").symlink_to(here / "private")
    Path("docs/sub/key.txt").symlink_to("../../private/key.txt")
    Path("docs/sub/up").symlink_to("../..")
    loaded = load_paths("docs")
    assert sources(loaded) == ["docs/a.txt", "docs/sub/b.txt", "docs/sub/c.csv"]
    assert problems(loaded) == [
        "3 links that lead out of this folder were not followed (folder, sub/key.txt, sub/up): "
        "docs. Use --follow-links to follow them."
    ]
    assert isinstance(loaded.problems[0], LinksNotFollowed)


def test_links_are_followed_where_that_is_asked_for(here: Path) -> None:
    Path("docs/folder").symlink_to(here / "private")
    loaded = load_paths("docs", follow_links=True)
    assert sources(loaded)[1:3] == ["docs/folder/key.csv", "docs/folder/key.txt"]
    assert loaded.problems == ()
    asked = Assistant.from_paths("docs", follow_links=True, reader="lexical")
    assert asked.search("stone")
    assert not Assistant.from_paths("docs", reader="lexical").search("stone")


def test_many_links_are_counted_and_the_first_are_named(here: Path) -> None:
    for number in range(1200):
        Path(f"docs/l{number:04}").symlink_to("/")
    (problem,) = load_paths("docs").problems
    assert problem.what == (
        "1,200 links that lead out of this folder were not followed "
        "(l0000, l0001, l0002, l0003, l0004 and 1,195 more)"
    )


def test_links_within_a_folder_are_followed_and_nothing_is_read_twice(here: Path) -> None:
    Path("docs/0.txt").symlink_to("sub/b.txt")
    Path("docs/1").symlink_to(here / "docs" / "sub")
    Path("docs/z").symlink_to("../private/../docs/a.txt")
    Path("docs/round").symlink_to("../private/back")
    Path("private/back").symlink_to(here / "docs" / "sub")
    loaded = load_paths("docs")
    assert sources(loaded) == ["docs/0.txt", "docs/1/c.csv", "docs/a.txt"]
    assert loaded.problems == ()


@pytest.mark.parametrize("name", ["link", "./link", "link/", "link/."])
def test_a_path_that_is_a_link_is_followed(here: Path, name: str) -> None:
    Path("link").symlink_to("docs")
    Path("docs/inner.txt").symlink_to("sub/b.txt")
    Path("key.txt").symlink_to("private/key.txt")
    loaded = load_paths([name, "key.txt"])
    base = name.rstrip("/")
    assert sources(loaded) == [f"{base}/a.txt", f"{base}/inner.txt", f"{base}/sub/c.csv", "key.txt"]
    assert loaded.problems == ()


def test_a_link_that_is_named_besides_its_folder_is_followed(here: Path) -> None:
    Path("docs/key.txt").symlink_to("../private/key.txt")
    loaded = load_paths(["docs/key.txt", "docs"])
    assert sources(loaded)[0] == "docs/key.txt"
    assert has_secret(loaded)


def test_a_neighbour_whose_name_begins_alike_is_outside(here: Path) -> None:
    shutil.copytree("private", "docs-private")
    Path("docs/near").symlink_to("../docs-private")
    loaded = load_paths("docs")
    assert not has_secret(loaded)
    assert isinstance(loaded.problems[0], LinksNotFollowed)


def test_a_folder_of_nothing_but_links_out_is_told_by_these(here: Path) -> None:
    Path("links").mkdir()
    Path("links/key.txt").symlink_to("../private/key.txt")
    Path("links/gone").symlink_to("/nowhere/at/all")
    with pytest.raises(LinksNotFollowed, match=r"^2 links .*\(gone, key.txt\): links\. Use"):
        Assistant.from_paths("links")


def test_links_that_loop_within_or_outside_are_no_way_round(here: Path) -> None:
    Path("docs/x").symlink_to("x")
    Path("docs/y").symlink_to("../private/y")
    Path("private/y").symlink_to("../docs/y")
    loaded = load_paths("docs")
    assert len(sources(loaded)) == 3
    assert "too many levels of symbolic links: docs/x" in problems(loaded)[0]
    assert not has_secret(loaded)


def test_a_link_that_may_not_be_read_is_named_and_the_others_are_read(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As those of /proc/1 are, which ended a question to /proc.
    Path("docs/cwd").symlink_to("/")
    readlink = os.readlink

    def refuse(path: str) -> str:
        if path.endswith("cwd"):
            raise PermissionError(13, "Permission denied", path)
        return readlink(path)

    monkeypatch.setattr(os, "readlink", refuse)
    loaded = load_paths("docs")
    assert len(sources(loaded)) == 3
    assert problems(loaded) == [
        "no permission to read it: docs/cwd. Change its rights, or ask its owner for a copy."
    ]


def test_everything_is_within_the_root_folder(here: Path) -> None:
    from askdoc.load.opening import is_inside, open_at_once

    assert is_inside("/etc/x", "/") and is_inside("/", "/")
    descriptor = open_at_once(f"{here}/docs/a.txt", os.O_RDONLY, "a.txt", "/")
    assert os.read(descriptor, 9) == b"The ferry"
    os.close(descriptor)


# Between being found and being read


def reading(change: Callable[[Found], None], *paths: str) -> Loaded:
    """What is read where each file is changed just after it was found."""

    def just_found(found: Found) -> None:
        change(found)

    return load_paths(paths or ("docs",), recall=just_found)


def a_link(to: str) -> Callable[[Found], None]:
    def change(found: Found) -> None:
        Path(found.path).unlink()
        Path(found.path).symlink_to(Path.cwd() / f"{to}{Path(found.path).suffix}")

    return change


@pytest.fixture(params=["told", "not told"], autouse=True)
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Systems that tell where an open file is, and such as do not."""
    if request.param == "not told":
        monkeypatch.setattr("askdoc.load.opening._real_path", lambda file: "")


@pytest.mark.parametrize("name", ["docs/a.txt", "docs/sub/c.csv"])
def test_a_file_that_became_a_link_out_is_not_read(here: Path, name: str) -> None:
    change = a_link("private/key")
    loaded = reading(lambda found: change(found) if found.path == name else None)
    assert not has_secret(loaded)
    (problem,) = loaded.problems
    assert isinstance(problem, SourceUnreadable)
    assert str(problem) == (
        f"it now leads out of the folder that was named: {name}. "
        "Somebody put a link there while it was read: look what it is."
    )
    assert len(loaded.documents) == 2


@pytest.mark.parametrize("suffix", [".txt", ".csv"])
def test_a_folder_that_became_a_link_out_is_not_gone_through(here: Path, suffix: str) -> None:
    Path(f"docs/sub/key{suffix}").write_text("a,b\nThis,is harmless.\n")

    def change(found: Found) -> None:
        if found.path.endswith(f"key{suffix}"):
            Path("docs/sub").rename("docs/.was")
            Path("docs/sub").symlink_to(here / "private")

    loaded = reading(change)
    assert not has_secret(loaded)
    assert f"docs/sub/key{suffix}" not in sources(loaded)


def test_a_link_within_that_was_turned_outwards_is_not_followed(here: Path) -> None:
    Path("docs/0.txt").symlink_to("sub/b.txt")

    def change(found: Found) -> None:
        if found.path == "docs/0.txt":
            Path("docs/0.txt").unlink()
            Path("docs/0.txt").symlink_to("../private/key.txt")

    loaded = reading(change)
    assert not has_secret(loaded)
    assert [problem.where for problem in loaded.problems] == ["docs/0.txt"]


def test_a_file_that_became_another_is_read_as_it_is_now(here: Path) -> None:
    def change(found: Found) -> None:
        if found.path == "docs/a.txt":
            Path("new.txt").write_text("The ferry left at ten.")
            Path("new.txt").replace("docs/a.txt")  # as editors save

    assert reading(change).documents[0].text == "The ferry left at ten."


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def shorter(path: Path) -> None:
    path.write_text("The\n")


def longer(path: Path) -> None:
    path.write_text("The ferry left. " * 5000)


def empty(path: Path) -> None:
    path.write_text("")


def huge(path: Path) -> None:
    os.truncate(path, MAX_BYTES + 1)


@pytest.mark.parametrize("change", [a_pipe, a_folder, shorter, longer, empty, huge, Path.unlink])
@pytest.mark.parametrize("name", ["docs/a.txt", "docs/sub/c.csv", "docs/sub/page.html"])
def test_whatever_a_file_becomes_the_others_are_read(
    here: Path, change: Callable[[Path], None], name: str
) -> None:
    Path("docs/sub/page.html").write_text("<p>The lamp is lit.")
    loaded = reading(lambda found: change(Path(name)) if found.path == name else None)
    others = {"docs/a.txt", "docs/sub/b.txt", "docs/sub/c.csv", "docs/sub/page.html"} - {name}
    assert set(sources(loaded)) - {name} == others
    assert {problem.where for problem in loaded.problems} <= {name}
    assert len(sources(loaded)) + len(loaded.problems) == 4


def test_a_page_that_grows_past_what_is_safe_here_is_not_read_here(here: Path) -> None:
    # What is slow to read is read in a child, which can be ended; by the size that it was found by.
    Path("docs/notes.md").write_text("# Notes\n")

    def change(found: Found) -> None:
        if found.path == "docs/notes.md":
            Path("docs/notes.md").write_text("# Notes\n" * 100_000)

    (problem,) = reading(change).problems
    assert str(problem) == (
        "it grew while it was read: docs/notes.md. Ask again when nobody writes to it."
    )


def test_a_plain_file_that_gives_nothing_is_named_and_the_others_are_read(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Such as /proc/kmsg or a tracer's pipe, which say that they are plain files. A pipe that is
    # held open and taken for one does the same.
    os.mkfifo("docs/log.txt")
    held = os.open("docs/log.txt", os.O_RDWR)
    try:
        monkeypatch.setattr("stat.S_ISREG", lambda mode: True)
        loaded = load_paths(["docs", "docs/log.txt"])
        assert problems(loaded) == [
            "it gives nothing to read now: docs/log.txt. "
            "Copy what it gives to a file and name that."
        ]
        os.write(held, b"Some of it.\n" * 400)
        assert load_paths(["docs/log.txt"]).problems[0].what == "it gives nothing to read now"
    finally:
        os.close(held)
    assert len(sources(loaded)) == 3


def test_problems_are_ordered_as_they_were_found(here: Path) -> None:
    Path("docs/0.txt").symlink_to("nowhere")
    Path("docs/link").symlink_to("/")
    Path("docs/z.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    kinds = [type(problem).__name__ for problem in load_paths(["docs", "gone"]).problems]
    assert kinds == ["SourceNotFound", "UnsupportedFormat", "LinksNotFollowed", "SourceNotFound"]
    assert issubclass(LinksNotFollowed, LoadError)
