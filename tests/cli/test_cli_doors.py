"""Whatever a document or the name of a file holds, no door lets it act on a terminal."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdoc import Assistant
from askdoc.cli import main
from askdoc.errors import SourceNotFound
from askdoc.present import as_line, sanitize
from askdoc.present.sanitize import harmless_json
from lab.pictures.sitting import Sitting

if os.name == "nt":
    pytest.skip("such names cannot be given to files there", allow_module_level=True)

PIECES = [
    "\x1b[2J", "\x1b]0;title\x07", "\x1b]52;c;aGk=\x1b\\", "\x9b31m", "\x90q\x9c", "\x85", "\x7f",
    "\x08", "\r", "\n", "\x0b", "\x0c", "\x1c", "\u2028", "\u2029", "\u202a", "\u202b", "\u202c",
    "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u206a", "\u206e", "\ufff9",
    "\U000e0001", "\U000e0041", "\U000e007f",
]  # fmt: skip
"""What a terminal would act on, or what would turn or hide the text around it."""

ACTS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
UNSEEN = "\xad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2063\ufeff\ufe0f\u3164\U000e0101"
OURS = re.compile(r"\x1b\[[012]m")
QUESTION = "How many cars did the ferry carry?"
hostile = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)


class Screen(io.StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        return True


class NoTerminal(io.StringIO):
    """What is written to a stream of which the terminal is not asked: no line is rewritten."""


@contextmanager
def seen(monkeypatch: pytest.MonkeyPatch, typed: str = "") -> Iterator[list[str]]:
    """Standard output as a terminal, both streams; afterwards what they were sent."""
    shown: list[str] = []
    with monkeypatch.context() as patch:
        out, err = Screen(), NoTerminal()
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        patch.setattr(sys, "stdin", io.StringIO(typed))
        yield shown
    shown += [out.getvalue(), err.getvalue()]


def check(shown: list[str]) -> None:
    for text in shown:
        left = OURS.sub("", text)
        assert not ACTS.search(left), repr(left)
        assert "fault in askdoc" not in left


def documents(folder: Path, piece: str) -> str:
    """Files that have it in their text, heading, table, title and name; its name."""
    folder.mkdir(exist_ok=True)
    name = piece.replace("/", "-").replace("\n", "-") + os.fsdecode(b"\xe9\x9b")
    text = f"The ferry carried forty cars to the island {piece} on Monday{piece}."
    for suffix, content in (
        (".md", f"# Log {piece} of cars\n\n{text}\n"),
        (".txt", f"{text}\n"),
        (".html", f"<title>{piece}</title><h1>{piece} cars</h1><p>{text}"),
    ):
        (folder / f"{name}{suffix}").write_text(content, errors="surrogateescape")
    (folder / f"{name}.empty.txt").write_text("")
    (folder / f"{name}.gone.txt").symlink_to(f"{name}.nowhere")
    (folder / f"{name}.out").symlink_to("/")
    (folder / f"x.{name}").write_bytes(b"\x00\xff" * 50)
    return name


@settings(deadline=None, max_examples=6)
@given(piece=hostile)
def test_questions_errors_and_the_shell(
    piece: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("doors")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.chdir(folder)
        name = documents(folder / "docs", piece)
        options = ["--reader=lexical", "--no-cache", "--threshold=0", "-n9"]
        for arguments in (
            ["query", QUESTION, "docs", *options],
            ["query", f"{QUESTION} {piece}", "docs", *options, "--color=always"],
            ["query", QUESTION, f"docs/{name}.txt", f"{name}.missing", *options],
            ["query", QUESTION, f"{name}.missing"],
            ["query", QUESTION, f"docs/{name}.gone.txt"],
            ["query", name, "docs/x"],
            ["query", f"docs/{name}.txt"],
            [f"{name} what is it?"],
            ["query", "x", f"--{name}"],
            ["query", "x", f"--color={name}"],
            ["status", "--index", name],
            ["verify", f"docs/{name}.txt"],
        ):
            with seen(monkeypatch) as shown:
                main(arguments)
            check(shown)
            assert "".join(shown).strip()
        lines = [
            QUESTION, "/more", "/why", "/open 1", "/history", "/verify", "/sources",
            f"/sources {name}", f"/use {name}", f"/use zebra{name}", f"/add docs/{name}.txt",
            f"/add {name}", f"/save {name}", f"/save {name}/x.md", f"/{name}", f"/remove {name}",
            f"{QUESTION} {name}", "/sources",
        ]  # fmt: skip
        typed = "".join(f"{sanitize(line)}\n{line.replace(chr(10), ' ')}\n" for line in lines)
        with seen(monkeypatch, typed) as shown:
            main(["docs", "--reader=lexical", "--no-cache"])
        check(shown)
        assert " documents, " in shown[0]


def test_the_saved_index_and_all_that_is_said_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    documents(tmp_path / "docs", "".join(PIECES[:15]))
    name = documents(tmp_path / "docs", "".join(PIECES[15:]))
    index = f"--index=i{''.join(PIECES[15:])}"
    for arguments in (
        ["index", "docs", index],
        ["status", index],
        ["status", "--json", index],
        ["search", "ferry", index],
        ["search", "ferry", "--json", index],
        ["query", QUESTION, index, "--reader=lexical", "--threshold=0", "-n9"],
        ["remove", f"{name}.missing", f"docs/{name}.md", index],
        ["index", f"{name}.missing", index],
    ):
        with seen(monkeypatch) as shown:
            main(arguments)
        check(shown)
        assert "".join(shown).strip()
        if "--json" in arguments:
            json.loads(shown[0])


@pytest.mark.parametrize("kind", ["query", "search"])
def test_json_at_a_terminal_parses_to_what_a_pipe_gets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = f"The ferry {''.join(PIECES[:9])}{UNSEEN} carried vierzig Autos nach 北京."
    Path("log\u202etxt.md").write_text(text)
    arguments = ["query", QUESTION, "log\u202etxt.md", "--json", "--threshold=0", "--no-cache"]
    if kind == "search":
        assert main(["index", "log\u202etxt.md"]) == 0
        arguments = ["search", "ferry", "--json"]
    capfd.readouterr()
    main(arguments)
    piped = capfd.readouterr().out
    with seen(monkeypatch) as shown:
        main(arguments)
    check(shown)
    assert json.loads(shown[0]) == json.loads(piped)
    assert not set(UNSEEN) & set(shown[0]) and "北京" in shown[0]
    assert "\u202e" in piped and "\x9b" in piped  # A program gets it as it is.


@given(st.text(st.characters()), st.sampled_from([None, 2]))
def test_json_stays_the_same_json(text: str, indent: int | None) -> None:
    for ascii_only in (False, True):
        written = json.dumps({text: [text, 1.5, None]}, indent=indent, ensure_ascii=ascii_only)
        spelt = harmless_json(written)
        assert json.loads(spelt) == {text: [text, 1.5, None]}
        assert not ACTS.search(spelt) and not set(UNSEEN) & set(spelt)
        assert ascii_only is False or spelt == written.replace("\x7f", "\\u007f")


@given(hostile, hostile)
def test_in_a_notebook_and_in_errors(piece: str, name: str) -> None:
    assistant = Assistant.from_texts({name: f"The ferry {piece} carried it."}, reader="lexical")
    answer = assistant.ask("What carried it?", threshold=0.0)
    assert not ACTS.search(answer._repr_html_())
    check([repr(answer)])
    for error in (SourceNotFound(piece, name, piece), OSError(2, piece, name)):
        check([as_line(error)])


def test_a_traceback_for_whoever_debugs_is_harmless_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKDOC_DEBUG", "1")
    try:
        raise ValueError("".join(PIECES))
    except ValueError as error:
        assert ACTS.search("".join(traceback.format_exception(error)))
        shown = as_line(error)
    assert "raise ValueError" in shown
    assert not ACTS.search(shown)


@pytest.mark.parametrize("option", ["--json", "--color=always"])
def test_the_real_program_at_a_real_terminal(tmp_path: Path, option: str) -> None:
    # U+009B begins a sequence on terminals that take C1; U+202E turns what follows round.
    evil = "The ferry \x9b2J\u202e carried \x7fforty cars.\n"
    (tmp_path / "log\u202e.txt").write_text(evil)
    arguments = ["query", QUESTION, "log\u202e.txt", "--threshold=0", "--reader=lexical", option]
    with Sitting(arguments, tmp_path) as terminal:
        assert terminal.end() == 0
    # On a slow machine it says that it is reading, and takes that back.
    raw = re.sub(r"\rReading [^\r\n]*\r +\r", "", terminal.raw)
    assert "cars" in raw
    check([raw.replace("\r\n", "\n")])
    if option == "--json":
        answer = json.loads(raw)
        assert answer["citations"][0]["quote"] == evil.strip()
        assert answer["citations"][0]["source"] == "log\u202e.txt"
