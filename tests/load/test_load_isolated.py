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
from askdoc.load import files, load_bytes
from askdoc.load.formats import LOADERS
from askdoc.load.walk import Found, walk
from askdoc.model import Document
from askdoc.present import PLAIN
from askdoc.reading import load_paths, pool
from askdoc.reading.child import handle
from askdoc.reading.limits import is_safe_here
from askdoc.reading.protocol import Job, same, seconds
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
    monkeypatch.setattr(pool, "CHILD", "hostile_child")


@pytest.fixture
def no_children(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "CHILD", "no_such_module")


def job(path: str, *, alone: bool = False) -> Job:
    item = found(path)
    return Job(item.path, item.source, item.status.st_size, alone=alone)


def found(path: str) -> Found:
    item = next(walk([path]))
    assert isinstance(item, Found)
    return item


@pytest.mark.parametrize("name", ["big.html", "gr\udcf6\xdfe \n.html"])
def test_a_large_page_is_read_in_a_child_and_comes_as_it_is(here: Path, name: str) -> None:
    Path(name).write_text(PAGE)
    assert not is_safe_here(name, found(name).status.st_size)
    loaded = load_paths([name])
    assert loaded.problems == ()
    expected = load_bytes(PAGE.encode(), name, found(name).source)
    for field in Document.__dataclass_fields__:
        assert getattr(loaded.documents[0], field) == getattr(expected, field)
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
    late = "reading it took longer than 48 s of processor time"
    alone = "Split it, or name it alone to try again: then it may take 4 times as long."
    for paths in (["a.late", "docs/a.late"], ["docs"], ["docs", "docs/a.late"]):
        for problem in load_paths(paths).problems:
            assert str(problem) == f"{late}: {problem.where}. {alone}"
    (problem,) = load_paths(iter(["a.late"])).problems
    assert str(problem) == (
        "reading it took longer than 192 s of processor time: a.late. "
        "Save it as plain text, or split it into smaller files."
    )
    assert seconds(job("a.late").to_bytes()) == 48.0
    assert seconds(job("a.late", alone=True).to_bytes()) == 192.0


def test_what_could_not_be_read_is_tried_again_by_whoever_asks_next(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("page.html").write_text(PAGE)
    Path("log.txt").write_text("The lamp is lit.\n")
    with monkeypatch.context() as patch:
        patch.setattr(pool, "CHILD", "no_such_module")
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
    problem = pool.result_of(job("a.html"), Outcome(None, failure)).problem
    assert isinstance(problem, LoadError)
    assert problem.where == "a.html"
    assert problem.what[-1] != "." and problem.remedy.endswith(".")


@pytest.mark.parametrize("reply", [b"", b"nonsense", same(bytes(16))])
def test_a_reply_that_is_none_is_a_crash(here: Path, reply: bytes) -> None:
    Path("a.html").write_text(PAGE)
    result = pool.result_of(job("a.html"), Outcome(reply))
    assert isinstance(result.problem, SourceUnreadable)
    assert result.problem.what == "reading it crashed"
    assert result.lost


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
    told = job(str(path))
    change(path)
    problem = pool.result_of(told, Outcome(handle(told.to_bytes()))).problem
    assert type(problem) is kind
    assert problem.where == str(path)


def test_standard_input_keeps_its_place_among_files_of_children(here: Path, fakes: None) -> None:
    for name in ("a.sound", "b.sound"):
        Path(name).write_text("The lamp is lit.\n")
    loaded = load_paths(["a.sound", "-", "b.sound"], stdin=io.BytesIO(b"Piped in.\n"))
    assert [d.source for d in loaded.documents] == ["a.sound", "(standard input)", "b.sound"]


def test_what_a_child_read_is_not_split_again_here(
    here: Path, fakes: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.sound", "b.sound"):
        Path(name).write_text(f"The lamp of {name} is lit. It is red.\n")
    asked = Assistant.from_paths(".", reader="lexical", cache=Cache(here / ".cache"))
    added = Assistant.from_texts({"c": "The ferry left."}, reader="lexical")
    added = added.adding(*load_paths("."))

    def cut(*_: object) -> None:
        raise AssertionError("split again")

    with monkeypatch.context() as patch:
        patch.setattr("askdoc.store.prepared.cut", cut)
        assert len(asked.passages) == 2
        # From the cache, too.
        again = Assistant.from_paths(".", reader="lexical", cache=Cache(here / ".cache"))
        assert [passage.text for passage in again.passages] == [p.text for p in asked.passages]
    assert len(added.passages) == 3


def test_files_for_children_are_read_in_order_among_many_that_need_none(
    here: Path, fakes: None
) -> None:
    names = [f"{number:03}.{'sound' if number % 9 == 4 else 'txt'}" for number in range(100)]
    for name in names:
        Path(name).write_text(f"This is {name}.\n")
    Path("040.sound").rename("040.crash")
    told: list[int] = []
    loaded = load_paths(".", progress=told.append)
    assert [problem.where for problem in loaded.problems] == ["./040.crash"]
    assert [d.source for d in loaded.documents] == [f"./{n}" for n in names if n[:3] != "040"]
    assert told == list(range(1, 100))
