"""Answers made to have something read: pipes, devices, huge files, and what is private."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from askdoc import Assistant, load_paths
from askdoc.model import Answer, Citation, Question
from askdoc.split.sentences import blocks
from askdoc.verify import Standing, Verdict, verify
from askdoc.verify.quotes import Effort

SECRET = "The password of the harbour office is 8Qz-swordfish."
LOG = f"# Keys of pier nine\n\n{SECRET} Nobody else has it.\n"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no such files there")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("log.md").write_text(LOG)
    return tmp_path


def citing(source: str, quote: str, start: int = 0) -> Citation:
    return Citation(
        quote=quote, source=source, start=start, end=start + len(quote), line=1, confidence=0.5
    )


def answer(*citations: Citation) -> Answer:
    return Answer(
        question=Question(asked="What?", resolved="What?"),
        answered=True,
        confidence=0.5,
        citations=citations,
    )


def verdict_on(source: str, quote: str = "What is it?") -> Verdict:
    (verdict,) = verify([answer(citing(source, quote))])
    return verdict


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: os.mkfifo("odd"), "not a regular file"),
        (lambda: Path("odd").symlink_to("/dev/zero"), "not a regular file"),
        (lambda: Path("odd").symlink_to("/dev/tty"), "not a regular file"),
        (lambda: Path("odd").mkdir(), "a folder is there now"),
        (lambda: Path("odd").touch(), "there is nothing in it"),
        (lambda: os.truncate(os.open("odd", os.O_CREAT | os.O_RDWR), 2**30), "not a text file"),
    ],
)
def test_what_is_no_plain_file_of_bounded_size_is_not_read(
    make: Callable[[], object], why: str
) -> None:
    make()
    verdict = verdict_on("odd")
    assert (verdict.standing, verdict.detail) == (Standing.UNREADABLE, why)


def test_a_text_of_a_gigabyte_is_not_read() -> None:
    with Path("odd.txt").open("wb") as file:
        file.write(b"Ships lay at anchor.\n" * 1000)
        file.truncate(2**30)
    verdict = verdict_on("odd.txt")
    assert (verdict.standing, verdict.detail) == (Standing.UNREADABLE, "larger than 64 MiB")


def test_a_link_to_itself_is_not_followed_for_ever() -> None:
    Path("odd").symlink_to("odd")
    assert verdict_on("odd").standing is Standing.UNREADABLE


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc there")
def test_files_that_the_system_makes_up_are_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr("askdoc.verify.sources.load_paths", opened.append)
    for name in ("/proc/self/environ", "/proc/kmsg", "/proc/self/../self/maps"):
        assert verdict_on(name).detail in ("there is nothing in it", "no permission to read it")
    assert not opened


@pytest.mark.parametrize(
    "name", ["a\0b", "x" * 5000, "\ufeff", "~/.ssh/id", "//", "file:///etc/passwd"]
)
def test_names_of_nothing_are_told_so(name: str) -> None:
    verdict = verdict_on(name)
    assert verdict.standing is not Standing.STANDS and verdict.detail


def test_an_answer_cannot_have_a_file_shown() -> None:
    """A quote that is like a line of a private file had the whole line printed."""
    near = SECRET.replace("8Qz-swordfish", "unknown")
    quotes = (near, "Nobody else has it!", "has it", "has it.", "Nobody else has it.", "harbour")
    for quote in quotes:
        for start in (0, 5, LOG.find("has it"), 4000):
            one = citing("log.md", quote, start)
            told = verify([answer(one)])[0].model_dump_json()
            assert "swordfish" not in told and "pier nine" not in told, quote
    (verdict,) = verify([answer(citing("log.md", near))], reveal=True)
    assert verdict.nearest is not None and verdict.nearest.quote == SECRET


def test_one_file_under_many_names_is_read_and_cut_once(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "link.md").symlink_to("log.md")
    read: list[object] = []
    cut: list[str] = []

    def counting_read(paths: list[str]) -> object:
        read.extend(paths)
        return load_paths(paths)

    def counting_cut(text: str) -> Iterator[list[tuple[int, int]]]:
        cut.append(text)
        return blocks(text)

    monkeypatch.setattr("askdoc.verify.sources.load_paths", counting_read)
    monkeypatch.setattr("askdoc.verify.quotes.blocks", counting_cut)
    names = ["log.md", "./log.md", str(here / "log.md"), "link.md", ".//././log.md"]
    at = LOG.index(SECRET)
    citations = [citing(name, SECRET, at) for name in names] * 50
    verdicts = verify([answer(*citations[n : n + 5]) for n in range(0, 250, 5)])
    assert [verdict.citation for verdict in verdicts] == citations
    assert {verdict.standing for verdict in verdicts} == {Standing.MISPLACED}
    assert len(read) == 1 and cut == [LOG]


def test_quotes_that_are_nowhere_are_not_searched_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("askdoc.verify.check.Effort", lambda: Effort(10 * len(LOG)))
    citations = [citing("log.md", f"Gull {number} sang.", number) for number in range(100)]
    verdicts = verify([answer(*citations, citing("log.md", SECRET, LOG.index(SECRET)))])
    assert {verdict.standing for verdict in verdicts[:-1]} == {Standing.CHANGED}
    assert verdicts[0].detail == "the source no longer has this sentence"
    assert "was not searched after so many others" in verdicts[99].detail
    assert verdicts[-1].standing is Standing.MISPLACED, (
        "what is at its offsets is seen all the same"
    )


def test_a_pasted_text_cannot_be_checked_unless_a_file_has_its_name() -> None:
    assert verdict_on("pasted 1").standing is Standing.UNCHECKABLE
    assert verdict_on("pasted twice").standing is Standing.GONE
    Path("pasted 1").write_text("What is it?")
    assert verdict_on("pasted 1").standing is Standing.STANDS


def test_an_honest_answer_over_a_link_stands(here: Path) -> None:
    (here / "link.md").symlink_to("log.md")
    asked = Assistant.from_paths("link.md", reader="lexical").ask("Whose password?", threshold=0.0)
    assert [verdict.standing for verdict in verify([asked])] == [Standing.STANDS]
