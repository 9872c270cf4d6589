"""Odd things where files should be: named, an error; in a folder, reported and passed over."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path

import pytest
from program import ASK, LOG, QUOTE, Inside

from askdoc import AskdocError, Assistant
from askdoc.errors import LoadError
from askdoc.load.walk import displayable
from askdoc.present import PLAIN, sanitize
from askdoc.shell.commands import Commands

if os.name == "nt":
    pytest.skip("no such files there", allow_module_level=True)

LEXICAL = "--reader=lexical"


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server, chdir(path.parent):
        server.bind(path.name)


def too_deep(path: Path) -> None:
    """Folders in folders, until their path is longer than the system takes one."""
    path.mkdir()
    at = os.open(path, os.O_RDONLY)
    for _ in range(45):
        os.mkdir("d" * 100, dir_fd=at)
        inner = os.open("d" * 100, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = inner
    os.close(at)


def link(to: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(to)


ODD: dict[str, tuple[Callable[[Path], object], str]] = {
    "pipe.txt": (os.mkfifo, "not a regular file"),
    "pipe.csv": (os.mkfifo, "not a regular file"),
    "socket": (a_socket, "not a regular file"),
    "loop.txt": (link("loop.txt"), "too many levels of symbolic links"),
    "loops": (link("loops/in/itself"), "too many levels of symbolic links"),
    "gone.txt": (link("nowhere"), "a link to what is not there"),
    "deep": (too_deep, "file name too long"),
    "locked": (Path.mkdir, "no permission to read it"),
    "two\nlines\x1b[2J.txt": (Path.touch, "there is no text in it"),
    os.fsdecode(b"caf\xe9.txt"): (Path.touch, "there is no text in it"),
    "right\u202eleft.txt": (Path.touch, "there is no text in it"),
}
"""What stands in the folder, how it is made, and what is said of it."""

NOT_FOLLOWED = (
    "askdoc: 1 link that leads out of this folder was not followed (zero.txt): docs. "
    "Use --follow-links to follow it."
)
ELSEWHERE = ["/dev/zero", "/dev/null", "/proc/self/mem", "x" * 300, "y/" * 3000, ""]


@pytest.fixture
def odd(folder: Path, inside: Inside, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with all of it, and one sound file; below the current one."""
    docs = folder / "docs"
    docs.mkdir()
    (folder / "log.md").rename(docs / "log.md")
    for name, (make, _) in ODD.items():
        make(docs / name)
    (docs / "zero.txt").symlink_to("/dev/zero")
    listdir = os.listdir

    def refuse(path: str) -> list[str]:
        if Path(path).name == "locked":  # whom no rights stop, this does
            raise PermissionError(13, "Permission denied", path)
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refuse)
    yield docs
    monkeypatch.undo()


def said_of(name: str, lines: list[str]) -> list[str]:

    return [line for line in lines if f"docs/{sanitize(displayable(name))}" in line]


@pytest.mark.parametrize("door", ["query", "index"])
def test_in_a_folder_each_is_reported_once_and_the_rest_is_asked(
    odd: Path, inside: Inside, door: str
) -> None:
    if door == "query":
        code, out, err = inside("query", ASK, "docs", LEXICAL)
    else:
        code, out, err = inside("index", "docs")
        assert code == 0
        code, out, _ = inside("query", ASK, LEXICAL)
    assert (code, out.splitlines()[0]) == (0, QUOTE)
    lines = err.splitlines()
    for name, (_, what) in ODD.items():
        (line,) = said_of(name, lines)
        assert line.startswith(f"askdoc: {what}: docs/")
    assert lines.count(NOT_FOLLOWED) == 1
    assert len(lines) == len(ODD) + 1


def test_in_a_folder_that_is_added_each_is_reported_once(odd: Path) -> None:
    commands = Commands(Assistant.from_texts({"a": "A text."}, reader="lexical"), lambda: PLAIN)
    reply = commands.reply("/add docs")
    lines = reply.text.splitlines()
    assert not reply.failed and lines[:2] == ["Added docs/log.md: 4 sentences.", "Skipped:"]
    for name in ODD:
        assert len(said_of(name, lines)) == 1
    assert len(lines) == 2 + len(ODD) + 1
    assert commands.reply(ASK).text.splitlines()[0] == QUOTE
    reply = commands.reply("/add docs --follow-links")
    assert "not a regular file: docs/zero.txt" in reply.text
    assert "--follow-links to" not in reply.text


@pytest.mark.parametrize("name", [*(f"docs/{name}" for name in ODD), "docs/zero.txt", *ELSEWHERE])
def test_named_by_itself_it_is_an_error_of_one_line(odd: Path, inside: Inside, name: str) -> None:
    if name.startswith("/proc") and not Path(name).exists():
        pytest.skip("no /proc here")
    for arguments in (["query", ASK, name, LEXICAL], ["index", name]):
        code, _, err = inside(*arguments)
        assert (code, err.count("\n")) == (2, 1), err
        assert err.startswith("askdoc: ") and "fault" not in err
        assert err.removesuffix("\n").isprintable()
    with pytest.raises(AskdocError) as caught:
        Assistant.from_paths(name)
    assert isinstance(caught.value, LoadError)


@pytest.mark.parametrize(
    "name", ["docs/pipe.txt", "docs/loop.txt", "nul\0.txt", "x" * 300, "/dev/zero"]
)
def test_added_by_itself_it_is_an_error_of_one_line(odd: Path, name: str) -> None:
    commands = Commands(Assistant.from_texts({"a": LOG}, reader="lexical"), lambda: PLAIN)
    reply = commands.reply(f"/add {name}")
    assert reply.failed and reply.text.startswith("askdoc: ") and "fault" not in reply.text
    assert reply.text.isprintable()
    assert commands.reply(ASK).text.splitlines()[0] == QUOTE


@pytest.mark.parametrize("name", ["nul\0.txt", "\ud800.txt", "\udc80"])
def test_names_that_no_file_can_have_are_not_there(odd: Path, name: str) -> None:
    assistant = Assistant.from_paths([name, "docs/log.md"], reader="lexical")
    (problem,) = assistant.problems
    assert problem.what == "no such file or folder" and problem.where.isprintable()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc here")
def test_what_the_kernel_shows_of_a_process_ends_no_question(odd: Path, inside: Inside) -> None:
    # Links to itself and to the root folder, files that say they are empty, files that fail.
    code, out, err = inside("query", ASK, "/proc/self/net", "docs/log.md", LEXICAL)
    assert (code, out.splitlines()[0]) == (0, QUOTE)
    assert "fault" not in err
