"""Walking real folders and reading real files: what is found, what is said of the rest."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from askdoc.errors import (
    EmptySource,
    LoadError,
    SourceNotFound,
    SourceTooLarge,
    SourceUnreadable,
    UnsupportedFormat,
)
from askdoc.load.files import MAX_BYTES, displayable
from askdoc.load.formats import LOADERS, ONLY_TOLD
from askdoc.reading import Loaded, load_paths

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current one, so that paths in results are short."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, data: str | bytes = "Some words.\n") -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)


def sources(loaded: Loaded) -> list[str]:
    return [document.source for document in loaded.documents]


def only_problem(loaded: Loaded) -> LoadError:
    assert len(loaded.problems) == 1, loaded.problems
    return loaded.problems[0]


def test_files_are_read_by_their_kind_in_the_order_given(here: Path) -> None:
    write("b.md", "# Title\n\ntext")
    write("a.txt", "# no title")
    write("page.HTM", "<h1>Page</h1><p>text")
    write("notes.rst", "Notes\n=====\n")
    write("README", "Read me.")
    loaded = load_paths(["b.md", Path("a.txt"), "page.HTM", "./notes.rst", here / "README"])
    assert loaded.problems == ()
    assert sources(loaded) == ["b.md", "a.txt", "page.HTM", "./notes.rst", str(here / "README")]
    assert [[h.title for h in d.headings] for d in loaded.documents] == [
        ["Title"],
        [],
        ["Page"],
        [],
        [],
    ]
    assert loaded.documents[2].text == "Page\n\ntext"


def test_one_path_alone_will_do(here: Path) -> None:
    write("a.txt")
    assert sources(load_paths("a.txt")) == sources(load_paths(Path("a.txt"))) == ["a.txt"]


def test_nothing_given_is_nothing_read() -> None:
    assert load_paths([]) == Loaded((), ())


def test_a_folder_is_walked_in_sorted_order_without_hidden_entries(here: Path) -> None:
    for name in (
        "b.txt",
        "a/z.md",
        "a/b/c.txt",
        "a.txt",
        ".hidden.txt",
        ".git/x.txt",
        "c/.d/e.txt",
    ):
        write(f"seeds/{name}")
    found = ["a/b/c.txt", "a/z.md", "a.txt", "b.txt"]
    for given in ("seeds", "./seeds", str(here / "seeds")):
        loaded = load_paths([given])
        assert sources(loaded) == [f"{given}/{name}" for name in found]
        assert loaded.problems == ()
    assert sources(load_paths(["seeds/"])) == [f"seeds/{name}" for name in found]
    assert sources(load_paths(["seeds/.git"])) == ["seeds/.git/x.txt"]
    assert sources(load_paths(["seeds/.hidden.txt"])) == ["seeds/.hidden.txt"]


def test_nothing_is_read_twice(here: Path) -> None:
    write("seeds/a.txt")
    write("seeds/sub/b.txt")
    Path("link.txt").symlink_to("seeds/a.txt")
    os.link("seeds/sub/b.txt", "hard.txt")
    paths = ["seeds/a.txt", "seeds", "./seeds/a.txt", "link.txt", "seeds/sub", "seeds/", "hard.txt"]
    loaded = load_paths(paths)
    assert sources(loaded) == ["seeds/a.txt", "seeds/sub/b.txt"]
    assert loaded.problems == ()


def test_links_that_lead_back_are_not_followed(here: Path) -> None:
    write("seeds/a/b/c.txt")
    for name, target in (("seeds/a/up", ".."), ("seeds/a/b/top", here / "seeds"), ("x", "x")):
        Path(name).symlink_to(target)
    loaded = load_paths(["seeds", "x"])
    assert sources(loaded) == ["seeds/a/b/c.txt"]
    problem = only_problem(loaded)
    assert isinstance(problem, SourceUnreadable)
    assert problem.where == "x"


def test_a_very_deep_folder(here: Path) -> None:
    # Deeper than Python recurses, shorter than the longest path.
    folders = [Path(*["d"] * depth) for depth in range(1, 1201)]
    for folder in folders:
        folder.mkdir()
    try:
        write(f"{folders[-1]}/a.txt", "Deep.")
        loaded = load_paths(["d"])
        assert [d.text for d in loaded.documents] == ["Deep."]
        (folders[-1] / "a.txt").unlink()
    finally:  # what clears up after the tests may recurse
        for folder in reversed(folders):
            folder.rmdir()


@pytest.mark.parametrize(
    "name", ["no.txt", "no/such.txt", "", "a.txt/b.txt", "nul\0.txt", "\ud800"]
)
def test_what_is_not_there(here: Path, name: str) -> None:
    write("a.txt")
    loaded = load_paths([name, "a.txt"])
    assert sources(loaded) == ["a.txt"]
    problem = only_problem(loaded)
    assert isinstance(problem, SourceNotFound)
    assert problem.what == "no such file or folder"
    assert problem.remedy == "Check the name."
    str(problem).encode()


def test_the_error_line(here: Path) -> None:
    problem = only_problem(load_paths(["notes.txt"]))
    assert str(problem) == "no such file or folder: notes.txt. Check the name."


def test_a_link_to_nothing(here: Path) -> None:
    write("seeds/a.txt")
    Path("seeds/gone.txt").symlink_to("nowhere")
    loaded = load_paths(["seeds"])
    assert sources(loaded) == ["seeds/a.txt"]
    assert str(only_problem(loaded)) == (
        "a link to what is not there: seeds/gone.txt. Mend or remove the link."
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_sockets_and_devices_never_block(here: Path) -> None:
    write("seeds/a.txt")
    os.mkfifo("seeds/pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("seeds/sock")
        loaded = load_paths(["seeds/pipe.txt", "/dev/zero", "seeds"])
    assert sources(loaded) == ["seeds/a.txt"]
    assert [p.where for p in loaded.problems] == ["seeds/pipe.txt", "/dev/zero", "seeds/sock"]
    for problem in loaded.problems:
        assert isinstance(problem, SourceUnreadable)
        assert problem.what == "not a regular file"


@contextmanager
def without_rights() -> Iterator[None]:
    """Nobody's rights, also where the tests are run by root, whom no mode bits stop."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no mode bits here")
def test_what_may_not_be_read(here: Path) -> None:
    write("seeds/a.txt")
    write("seeds/locked/b.txt")
    write("seeds/secret.txt")
    here.chmod(0o755)
    Path("seeds").chmod(0o755)
    Path("seeds/a.txt").chmod(0o644)
    Path("seeds/locked").chmod(0)
    Path("seeds/secret.txt").chmod(0)
    try:
        with without_rights():
            if os.access("seeds/secret.txt", os.R_OK, effective_ids=True):
                pytest.skip("mode bits do not count here")
            loaded = load_paths(["seeds"])
    finally:
        Path("seeds/locked").chmod(0o700)
    for problem in loaded.problems:
        assert isinstance(problem, SourceUnreadable)
        assert problem.what == "no permission to read it"
    assert [p.where for p in loaded.problems] == ["seeds/locked", "seeds/secret.txt"]
    assert sources(loaded) == ["seeds/a.txt"]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no /proc here")
def test_a_file_whose_reading_fails() -> None:
    problem = only_problem(load_paths(["/proc/self/mem"]))
    assert isinstance(problem, SourceUnreadable)
    assert problem.where == "/proc/self/mem"
    # And one that says that it is empty, but is not.
    assert "Name:" in load_paths(["/proc/self/status"]).documents[0].text


def test_large_files_are_refused_before_they_are_read(here: Path) -> None:
    for name in ("big.txt", "big.dat", "just.bin"):
        write(name, "A line.\n" if name != "just.bin" else PNG)
        os.truncate(name, MAX_BYTES + 1)
    write("big.log", "A line of text.\n" * 600)
    os.truncate("big.log", MAX_BYTES + 1)
    write("ok.txt")
    loaded = load_paths(["big.txt", "big.log", "just.bin", "ok.txt"])
    assert sources(loaded) == ["ok.txt"]
    assert [type(p) for p in loaded.problems] == [SourceTooLarge, SourceTooLarge, UnsupportedFormat]
    assert str(loaded.problems[0]) == "larger than 64 MiB: big.txt. Split it into smaller files."


def test_a_binary_file_that_is_named_is_reported_by_name(here: Path) -> None:
    write("photo.png", PNG)
    write("data.txt", PNG)
    loaded = load_paths(["photo.png", "data.txt", "photo.png"])
    assert [type(p) for p in loaded.problems] == [UnsupportedFormat] * 2
    assert [p.where for p in loaded.problems] == ["photo.png", "data.txt"]


def test_a_folder_gathers_what_it_passes_over(here: Path) -> None:
    write("seeds/a.txt")
    write("seeds/one.jpg", PNG)
    write("seeds/sub/two.JPG", PNG)
    write("seeds/sub/three.png", PNG)
    write("seeds/marker.typed", "")
    write("seeds/empty.md", " \n")
    write("seeds/broken.html", PNG)
    loaded = load_paths(["seeds", "seeds/one.jpg"])
    assert sources(loaded) == ["seeds/a.txt"]
    assert [(type(p), p.where) for p in loaded.problems] == [
        (UnsupportedFormat, "seeds/broken.html"),
        (EmptySource, "seeds/empty.md"),
        (UnsupportedFormat, "seeds"),
        (UnsupportedFormat, "seeds/one.jpg"),
    ]
    assert str(loaded.problems[2]) == (
        "3 files of kinds that askdoc does not read (.jpg, .png): seeds. They were skipped."
    )


def test_one_file_or_many_kinds_passed_over(here: Path) -> None:
    write("a/a.txt")
    write("a/program", PNG)
    assert only_problem(load_paths(["a"])).what == (
        "1 file of a kind that askdoc does not read (no suffix)"
    )
    write("b/b.txt")
    for number in range(10):
        write(f"b/x.k{number}", PNG)
    assert only_problem(load_paths(["b"])).what == (
        "10 files of kinds that askdoc does not read "
        "(.k0, .k1, .k2, .k3, .k4, .k5, .k6, .k7 and 2 more)"
    )


def test_a_folder_with_nothing_to_read(here: Path) -> None:
    Path("empty/.hidden").mkdir(parents=True)
    problem = only_problem(load_paths(["empty"]))
    assert isinstance(problem, EmptySource)
    kinds = ", ".join(sorted(LOADERS.keys() - ONLY_TOLD))
    assert str(problem) == (
        f"there is nothing to read in this folder: empty. askdoc reads {kinds} "
        "and any other file that is plain text."
    )
    write("photos/a.png", PNG)
    problem = only_problem(load_paths(["photos"]))
    assert isinstance(problem, UnsupportedFormat)
    assert str(problem).startswith(
        "nothing but 1 file of a kind that askdoc does not read (.png): photos. askdoc reads ."
    )


@pytest.mark.skipif(os.name == "nt", reason="names are bytes elsewhere only")
def test_a_name_that_is_no_text_is_shown_escaped(here: Path) -> None:
    folder = os.fsencode(here) + b"/seeds"
    os.mkdir(folder)  # noqa: PTH102 (a name of bytes)
    try:
        for name in (b"caf\xe9.txt", b"two\nlines\x1b[31m.md"):
            with open(folder + b"/" + name, "wb") as file:  # noqa: PTH123
                file.write(b"Text.")
    except OSError:
        pytest.skip("the file system refuses such names")
    given = ["seeds", os.fsdecode(b"seeds/caf\xe9.txt"), os.fsdecode(b"n\xff")]
    loaded = load_paths(given)
    assert sources(loaded) == ["seeds/caf\\udce9.txt", "seeds/two\\x0alines\\x1b[31m.md"]
    assert only_problem(loaded).where == "n\\udcff"
    assert displayable("Größe 世界.txt") == "Größe 世界.txt"


class Trickle(io.RawIOBase):
    """A stream that gives a few bytes at a time, as a pipe may."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._data.read(min(size, 3))


class Endless(io.RawIOBase):
    """A stream without an end; it fails the test if more than the limit is taken."""

    taken = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        self.taken += size
        assert self.taken <= MAX_BYTES + 1
        return b"x" * size


def test_standard_input_is_read_once(here: Path) -> None:
    write("a.txt")
    loaded = load_paths(["-", "a.txt", "-"], stdin=Trickle("Größe.\r\n".encode()))  # type: ignore[arg-type]
    assert sources(loaded) == ["(standard input)", "a.txt"]
    assert loaded.documents[0].text == "Größe.\r\n"
    assert loaded.problems == ()


def test_a_page_on_standard_input_is_read_as_one() -> None:
    page = io.BytesIO(b"\n<!DOCTYPE html><p>Text</p>")
    assert load_paths(["-"], stdin=page).documents[0].text == "Text"
    assert load_paths(["-"], stdin=io.BytesIO(b"<p>x</p>")).documents[0].text == "<p>x</p>"


def test_standard_input_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.BytesIO(b"x")
    closed.close()
    streams = [io.BytesIO(b""), io.BytesIO(PNG), Endless(), closed]
    kinds = [EmptySource, UnsupportedFormat, SourceTooLarge, SourceUnreadable]
    for stream, kind in zip(streams, kinds, strict=True):
        problem = only_problem(load_paths(["-"], stdin=stream))  # type: ignore[arg-type]
        assert type(problem) is kind
        assert problem.where == "(standard input)"
    monkeypatch.setattr(sys, "stdin", None)
    assert isinstance(only_problem(load_paths(["-"])), SourceUnreadable)


def test_the_programs_own_standard_input() -> None:
    code = (
        "from askdoc import load_paths\n"
        "loaded = load_paths(['-', '-'])\n"
        "print(len(loaded.documents), repr(loaded.documents[0].text), loaded.problems)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=b"\xef\xbb\xbfOne.\r\n",
        capture_output=True,
        check=True,
        env=ENVIRONMENT,
    )
    assert done.stdout.decode().split() == ["1", "'One.\\r\\n'", "()"]


def test_what_is_heavy_is_imported_only_where_it_is_needed(here: Path) -> None:
    write("a.txt")
    write("b.html", "<p>x")
    code = (
        "import sys\nfrom askdoc import load_paths\nload_paths(['a.txt', 'b.html'])\n"
        "heavy = 'markdown_it', 'charset_normalizer', 'nltk', 'askdoc.workers', 'subprocess'\n"
        "print([module for module in heavy if module in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env=ENVIRONMENT,
    )
    assert done.stdout.strip() == b"[]"
