"""What is read in a child is what would be read here, and what need not be is read here."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_child import FAKES

from askdoc import Assistant
from askdoc.cache import Cache
from askdoc.errors import LoadError, SourceNotFound, SourceTooLarge, SourceUnreadable
from askdoc.load import files, isolation, load_paths
from askdoc.load.child import handle
from askdoc.load.files import load_file
from askdoc.load.formats import LOADERS
from askdoc.load.walk import Found, walk
from askdoc.model import Document
from askdoc.present import PLAIN
from askdoc.shell.commands import Commands
from askdoc.workers import Failure, Outcome

SECTION = "<h2>Chapter {}</h2><p>The lamp of ship {} is lit &amp; “café”.</p>"
PAGE = "".join(SECTION.format(number, number) for number in range(15_000))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(Path(__file__).parent)
    return tmp_path


@pytest.fixture
def fakes(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own loaders, in this process's table and in the children's."""
    for suffix, load in FAKES.items():
        monkeypatch.setitem(LOADERS, suffix, load)
    monkeypatch.setattr(isolation, "CHILD", "hostile_child")


@pytest.fixture
def no_children(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "CHILD", "no_such_module")


def found(path: str) -> Found:
    item = next(walk([path]))
    assert isinstance(item, Found)
    return item


@pytest.mark.parametrize("name", ["big.html", "gr\udcf6\xdfe \n.html"])
def test_a_large_page_is_read_in_a_child_and_comes_as_it_is(here: Path, name: str) -> None:
    Path(name).write_text(PAGE)
    assert not isolation.is_safe_here(name, found(name).status.st_size)
    loaded = load_paths([name])
    assert loaded.problems == ()
    expected = load_file(name, found(name).source)
    assert vars(loaded.documents[0]) == vars(expected)
    assert len(expected.headings) == 15_000


def test_small_pages_and_plain_text_of_any_size_start_no_child(
    here: Path, no_children: None
) -> None:
    for name in ("a.txt", "b.md", "c.html", "d.log", "e"):
        Path(name).write_text("The lamp is lit.\n")
    Path("big.txt").write_text("The lamp is lit.\n" * 200_000)
    Path("large.html").write_text(PAGE)
    loaded = load_paths(["."])
    assert len(loaded.documents) == 6
    assert [problem.what for problem in loaded.problems] == [
        "no process could be started to read it in"
    ]


def test_modules_in_the_folder_that_is_read_are_not_run(here: Path) -> None:
    for name in ("html", "struct", "enum", "askdoc"):
        Path(f"{name}.py").write_text("raise SystemExit('was run')\n")
    Path("page.html").write_text(PAGE)
    loaded = load_paths(["."])
    assert len(loaded.documents) == 5
    assert loaded.problems == ()


def test_order_is_kept_whatever_takes_longer(here: Path, fakes: None) -> None:
    names = [f"{number:02}.{kind}" for number in range(6) for kind in ("txt", "sound", "crash")]
    for name in names:
        Path(name).write_text(f"This is {name}.\n")
    loaded = load_paths(["."])
    expected = [f"./{name}" for name in sorted(names)]
    assert [d.source for d in loaded.documents] == [n for n in expected if "crash" not in n]
    assert [p.where for p in loaded.problems] == [n for n in expected if "crash" in n]
    assert {p.what for p in loaded.problems} == {"reading it crashed"}
    for document in loaded.documents:
        assert document.text == f"This is {document.source[2:]}.\n"
        assert document.source.endswith("txt") or document.notes


def test_one_file_that_crashes_its_reader_is_a_load_error(here: Path, fakes: None) -> None:
    Path("a.crash").write_text("x")
    with pytest.raises(SourceUnreadable) as raised:
        Assistant.from_paths("a.crash")
    assert str(raised.value).startswith("reading it crashed: a.crash. It may be damaged")


def test_a_file_that_takes_too_long_is_told_what_helps(here: Path, fakes: None) -> None:
    for name in ("a.late", "docs/a.late"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text("x" * 10**6)
    late = "reading it took longer than 24 s of processor time"
    alone = "Split it, or name it alone to try again: then it may take 4 times as long."
    for paths in (["a.late", "docs/a.late"], ["docs"], ["docs", "docs/a.late"]):
        for problem in load_paths(paths).problems:
            assert str(problem) == f"{late}: {problem.where}. {alone}"
    (problem,) = load_paths(iter(["a.late"])).problems
    assert str(problem) == (
        "reading it took longer than 96 s of processor time: a.late. "
        "Save it as plain text, or split it into smaller files."
    )
    assert isolation.seconds(isolation.job(found("a.late"))) == 24.0
    assert isolation.seconds(isolation.job(found("a.late"), alone=True)) == 96.0


def test_what_could_not_be_read_is_tried_again_by_whoever_asks_next(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("page.html").write_text(PAGE)
    Path("log.txt").write_text("The lamp is lit.\n")
    with monkeypatch.context() as patch:
        patch.setattr(isolation, "CHILD", "no_such_module")
        asked = Assistant.from_paths(".", reader="lexical", cache=Cache(here / "cache"))
        shell = Commands(Assistant.from_paths("log.txt", reader="lexical"), lambda: PLAIN)
        assert [problem.where for problem in asked.problems] == ["./page.html"]
        assert "no process could be started" in shell.reply("/add page.html").text
    asked = Assistant.from_paths(".", reader="lexical", cache=Cache(here / "cache"))
    assert asked.problems == ()
    assert shell.reply("/add page.html").text.startswith("Added page.html:")


@pytest.mark.parametrize("failure", Failure)
def test_every_failure_is_a_clear_line(here: Path, failure: Failure) -> None:
    Path("a.html").write_text(PAGE)
    problem = isolation.result(found("a.html"), Outcome(None, failure))
    assert isinstance(problem, LoadError)
    assert problem.where == "a.html"
    assert problem.what[-1] != "." and problem.remedy.endswith(".")


@pytest.mark.parametrize("reply", [b"", b"nonsense", b"D" * 40])
def test_a_reply_that_is_none_is_a_crash(here: Path, reply: bytes) -> None:
    Path("a.html").write_text(PAGE)
    problem = isolation.result(found("a.html"), Outcome(reply))
    assert isinstance(problem, SourceUnreadable)
    assert problem.what == "reading it crashed"


# Files that change between being found and being read


def _vanishes(path: Path) -> None:
    path.unlink()


def _grows(path: Path) -> None:
    os.truncate(path, files.MAX_BYTES + 1)


def _becomes_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _becomes_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("suffix", [".txt", ".html", ".sound"])
@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (_vanishes, SourceNotFound),
        (_grows, SourceTooLarge),
        (_becomes_a_pipe, SourceUnreadable),
        (_becomes_a_folder, SourceUnreadable),
    ],
)
def test_a_file_that_changes_after_it_was_found(
    fakes: None,
    suffix: str,
    change: Callable[[Path], None],
    kind: type[LoadError],
) -> None:
    path = Path(f"changing{suffix}")
    path.write_text("The lamp is lit.\n")
    item = found(str(path))
    change(path)
    problem = isolation.result(item, Outcome(handle(isolation.job(item))))
    assert type(problem) is kind
    assert problem.where == str(path)


def test_standard_input_keeps_its_place_among_files_of_children(here: Path, fakes: None) -> None:
    for name in ("a.sound", "b.sound"):
        Path(name).write_text("The lamp is lit.\n")
    loaded = load_paths(["a.sound", "-", "b.sound"], stdin=io.BytesIO(b"Piped in.\n"))
    assert [d.source for d in loaded.documents] == ["a.sound", "(standard input)", "b.sound"]


def test_load_file_reads_in_this_process(here: Path, no_children: None) -> None:
    Path("large.html").write_text(PAGE)
    document = load_file("large.html", "shown as this")
    assert isinstance(document, Document)
    assert document.source == "shown as this"
