"""Files that are broken on purpose, through the real program: named, skipped, and the rest read.

A new way to do harm is a new row of the table. All rows lie in one folder, which is read once.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from askdoc.load.walk import displayable

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such files there")

HERE = Path(__file__).parent
ASK = "Where is the lamp lit?"
LAMP = "The lamp is lit in the harbour.\n"

READ = "read like any other"
SILENT = "passed over without a word"
PIPE = "To read from a pipe, give - and pipe it in."
DAMAGED = "It may be damaged: open it in its own program and save it again, or as plain text."
SMALLER = "Save it as plain text, or split it into smaller files."
ELSEWHERE = "Check it, or copy it elsewhere and name the copy."


class Row(NamedTuple):
    """A file's name, what makes it, what is said of it (READ, SILENT), and what it is advised."""

    name: str
    make: Callable[[Path], object]
    what: str
    remedy: str = ""


def text(content: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(content)


def link(target: str) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(target)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        # Bound by a short name: the whole path may be too long for a socket's.
        before = Path.cwd()
        os.chdir(path.parent)
        try:
            server.bind(path.name)
        finally:
            os.chdir(before)


def _nested_folders(path: Path) -> None:
    for _ in range(200):
        path.mkdir()
        path /= "d"
    path.with_name("leaf.txt").write_text(LAMP)


NESTED = "<div>" * 100_000 + f"<p>{LAMP}</p>" + "</div>" * 100_000
UNCLOSED = f"<p>{LAMP}</p>" + "<table><tr><td>" * 100_000
TABLE = [
    Row("pipe.txt", os.mkfifo, "not a regular file", PIPE),
    Row("pipe.html", os.mkfifo, "not a regular file", PIPE),
    Row("sock.md", _socket, "not a regular file", PIPE),
    Row("zero.txt", link("/dev/zero"), "not a regular file", PIPE),
    Row("terminal.crash", link("/dev/tty"), "not a regular file", PIPE),
    Row("loop.txt", link("loop.txt"), "too many levels of symbolic links", ELSEWHERE),
    Row("gone.txt", link("nowhere"), "a link to what is not there", "Mend or remove the link."),
    Row("up", link("."), SILENT),
    Row("nested", _nested_folders, READ),
    Row("caf\udce9.txt", text(LAMP), READ),
    Row("\x1b[31mred\n.txt", text(LAMP), READ),
    Row("nested.html", text(NESTED), READ),
    Row("unclosed.html", text(UNCLOSED), READ),
    Row(
        "nul.html",
        lambda path: path.write_bytes(bytes(2**21)),
        "not a text file",
        "Save it as text, Markdown or HTML, or leave it out.",
    ),
    Row("a.crash", text("x"), "reading it crashed", DAMAGED),
    Row("a.bug", text("x"), "reading it crashed", DAMAGED),
    Row("a.hang", text("x"), "reading it took longer than 2 s", SMALLER),
    Row("a.hunger", text("x"), "reading it needs more than 1 GiB of memory", SMALLER),
    Row("a.sound", text(LAMP), READ),
    Row("b.sound", text(LAMP), READ),
]


class Said(NamedTuple):
    errors: list[str]
    sources: set[str]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What the program says of a folder of all rows, and which files it read."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "docs").mkdir()
    for row in TABLE:
        row.make(folder / "docs" / row.name)
    arguments = ["query", ASK, "docs", "--json", "-n99", "--threshold=0", "--reader=lexical"]
    done = subprocess.run(
        [sys.executable, "-m", "hostile_child", "askdoc", *arguments],
        cwd=folder,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parents[1])])},
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr.decode()
    answer = json.loads(done.stdout)
    return Said(done.stderr.decode().splitlines(), {c["source"] for c in answer["citations"]})


@pytest.mark.parametrize("row", TABLE, ids=lambda row: repr(row.name))
def test_a_hostile_file_is_read_or_named(said: Said, row: Row) -> None:
    shown = f"docs/{displayable(row.name)}"
    errors = [line for line in said.errors if f" {shown}." in line or f" {shown}:" in line]
    is_read = any(f"{source}/".startswith(f"{shown}/") for source in said.sources)
    assert is_read == (row.what is READ)
    if row.what in (READ, SILENT):
        assert not [line for line in errors if "read in process" not in line]
    else:
        assert errors == [f"askdoc: {row.what}: {shown}. {row.remedy}"]


def test_nothing_else_is_said(said: Said) -> None:
    rows = [row for row in TABLE if row.what not in (READ, SILENT)]
    notes = [line for line in said.errors if "read in process" in line]
    assert len(said.errors) == len(rows) + len(notes)
    assert len(notes) == sum(row.name.endswith(".sound") for row in TABLE)
