"""`--watch` of the real program: what it says while files change, and how it ends."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest
from program import ASK, ENVIRON, LOG, Inside

from askdoc.store.folder import locked

LONG = 60.0
"""Seconds after which a program is killed that says nothing more."""


class Program:
    """The program at work, and the lines that it says."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        assert process.stderr is not None
        self.process, self._out, self._errors = process, process.stdout, process.stderr

    def line(self) -> str:
        return self._out.readline().rstrip("\n")

    def told(self) -> str:
        """The next line of standard error."""
        return self._errors.readline().rstrip("\n")

    def stop(self, by: signal.Signals = signal.SIGINT) -> tuple[int, str, str]:
        """End it: exit code, and what else it said."""
        self.process.send_signal(by)
        out, errors = self.process.communicate()
        return self.process.returncode, out, errors


@contextmanager
def askdoc(folder: Path, *arguments: str) -> Iterator[Program]:
    process = subprocess.Popen(
        [sys.executable, "-m", "askdoc", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**ENVIRON, "HOME": str(folder)},
    )
    timer = Timer(LONG, process.kill)
    timer.start()
    try:
        with process:
            yield Program(process)
            process.kill()
    finally:
        timer.cancel()


def put(path: Path, text: str) -> None:
    """Write a file in one step: the program might see it half-written otherwise."""
    beside = path.with_name(f".{path.name}")
    beside.write_text(text)
    beside.replace(path)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_file_that_is_written_is_answered_from_and_ctrl_c_ends_it_well(
    folder: Path, inside: Inside, by: signal.Signals
) -> None:
    with askdoc(folder, "index", "log.md", "notes", "--watch") as program:
        # What is named but not there yet is waited for, too.
        assert "no such file or folder: notes" in program.told()
        assert program.line().startswith("index: 1 added")
        assert program.told() == "askdoc: watching for changes; Ctrl-C ends it."
        (folder / "notes" / "deep").mkdir(parents=True)
        put(folder / "notes" / "deep" / "tug.txt", "The tug Calder was sold.")
        assert program.line().startswith("index: 1 added; 2 documents in all (")
        assert "notes/deep/tug.txt:1" in inside("search", "Calder")[1]
        (folder / "log.md").unlink()
        assert "What was read of it is kept" in program.told()
        assert program.stop(by) == (0, "", "")


def test_while_somebody_else_writes_it_waits_and_says_so(folder: Path) -> None:
    with locked(folder / "index"), askdoc(folder, "index", "log.md", "--watch") as program:
        assert program.told() == (
            "askdoc: somebody else is writing the saved index: index. "
            "It is waited for until they have finished."
        )
        assert program.stop() == (0, "", "")


def test_a_saved_answer_that_no_longer_stands_is_told(folder: Path, inside: Inside) -> None:
    saved = folder / "saved"
    saved.mkdir()
    _, answer, _ = inside("query", ASK, "log.md", "--json", "--reader", "lexical")
    (saved / "first.json").write_text(answer)
    (saved / "odd.json").write_text("{}")
    (saved / "readme.txt").write_text("Nothing.")
    with askdoc(folder, "verify", "--watch", "saved") as program:
        assert program.told().startswith("askdoc: not a saved answer")
        assert program.line() == "Your saved answer stands."
        put(saved / "odd.json", answer)
        assert program.line() == "All 2 of your saved answers stand."
        put(folder / "log.md", LOG.replace("forty", "fifty"))
        lines = [program.line() for _ in range(2)]
        assert [line.split("  ")[0] for line in sorted(lines)] == [
            "saved/first.json: changed",
            "saved/odd.json: changed",
        ]
        assert program.line() == "2 of your 2 saved answers no longer stand."
        (saved / "odd.json").unlink()
        assert program.line() == "Your saved answer no longer stands."
        assert program.stop() == (1, "", "")


@pytest.mark.parametrize("arguments", [["index"], ["verify", "saved"]])
def test_what_cannot_be_watched_is_an_error(inside: Inside, arguments: list[str]) -> None:
    code, out, errors = inside(*arguments, "--watch")
    assert (code, out) == (2, "")
    assert errors.startswith("askdoc: ")
    code, _, errors = inside("verify", "log.md", "--watch", "--json")
    assert (code, errors) == (
        2,
        "askdoc: --watch gives lines of text: --json. Leave out one of the two.\n",
    )


def test_answers_are_looked_up_in_the_index_that_was_asked(folder: Path, inside: Inside) -> None:
    inside("index", "log.md")
    _, answer, _ = inside("query", ASK, "--json", "--reader", "lexical")
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere" / "answer.json").write_text(answer)
    assert json.loads(answer)["citations"]
    place = folder / "elsewhere"
    with askdoc(place, "verify", "--watch", ".", "--index", "../index") as program:
        assert program.line() == "Your saved answer stands."
        put(folder / "log.md", "Nothing of it is left.")
        assert program.line().startswith("./answer.json: changed")
