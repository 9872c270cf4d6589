"""What happens when the arguments, the streams or askdoc itself are wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from program import ASK, ENVIRON, QUOTE, Inside, askdoc

from askdoc import Assistant
from askdoc.assistant import DEFAULT_READER
from askdoc.cli import main
from askdoc.cli.arguments import parse
from askdoc.cli.options import EVERYWHERE, NAMED, OPTIONS, SHELL, Option, Request
from askdoc.errors import AskdocError
from askdoc.read import READERS


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["query"], 'there is no question. Try: askdoc query "QUESTION" PATH'),
        (
            ["query", "log.md"],
            'there is no question, only a path: log.md. Try: askdoc query "QUESTION" log.md',
        ),
        (
            ["query", "log.md", "Who is it?"],
            'the question goes before the paths: log.md. Try: askdoc query "Who is it?" log.md',
        ),
        (
            ["query", "Who", "is", "it?", "log.md"],
            'a question of several words goes in quotation marks: "Who is it?". '
            'Try: askdoc query "Who is it?" log.md',
        ),
        (
            ["Who is it?", "log.md"],
            'this is a question and no file: "Who is it?". Try: askdoc query "Who is it?" log.md',
        ),
        (
            ["log.md", "What's $5 for"],
            "this is a question and no file: 'What'\"'\"'s $5 for'. "
            "Try: askdoc query 'What'\"'\"'s $5 for' log.md",
        ),
        (["qurey", "x"], 'there is no such command: qurey. Try: askdoc query "QUESTION" PATH'),
        (["query", "x", "--jsn"], "unknown option: --jsn. Did you mean --json?"),
        (
            ["query", "x", "-z"],
            "unknown option: -z. A word that begins with - goes after a lone --",
        ),
        (["query", "x", "-n"], "-n requires argument. askdoc --help shows how."),
        (
            ["query", "x", "--json=yes"],
            "--json must not have an argument. askdoc --help shows how.",
        ),
        *(
            (
                ["query", "x", "-n", number],
                f"-n takes a number from 1 up, not: {number}. For example: -n 3",
            )
            for number in ("0", "-1", "x", "1.5", "²", "99999999999")
        ),
        *(
            (
                ["query", "x", "--threshold", number],
                f"--threshold takes a number from 0 to 1, not: {number}. "
                "For example: --threshold 0.5",
            )
            for number in ("1.01", "-0.1", "nan", "inf", "half")
        ),
        (
            ["query", "x", "--color", "blue"],
            "--color takes auto, always or never, not: blue.",
        ),
        (
            ["query", "x", "--reader", "blue"],
            "--reader takes neural or lexical, not: blue.",
        ),
        (
            ["log.md", "--json"],
            'this option is for one question: --json. Try: askdoc query "QUESTION" PATH',
        ),
        (
            ["log.md", "--rebuild"],
            "the shell has no such option: --rebuild. askdoc --help tells what there is.",
        ),
        (
            ["status", "--reader", "lexical"],
            "askdoc status has no such option: --reader. askdoc --help tells what there is.",
        ),
        (["status", "x"], "status takes no path: x. Try: askdoc status"),
        (["remove"], "there is nothing to remove. Try: askdoc remove PATH"),
        (["search"], "there are no words to search. Try: askdoc search WORDS"),
        (
            ["query", "x", "log.md", "--index", "there"],
            "paths and a saved index are asked one at a time, not both: there. "
            "Leave out the paths, or --index.",
        ),
    ],
)
def test_a_mistake_is_one_line_that_shows_what_to_type(
    inside: Inside, arguments: list[str], said: str
) -> None:
    assert inside(*arguments) == (2, "", f"askdoc: {said}\n")


def test_a_mistake_on_the_real_command_line(folder: Path) -> None:
    assert askdoc(folder, "query", ASK, "--thresold", "0") == (
        2,
        "",
        "askdoc: unknown option: --thresold. Did you mean --threshold?\n",
    )


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["query", "--help"], ["x", "-z", "-h"]])
def test_help_fits_a_screen_and_names_every_option(folder: Path, arguments: list[str]) -> None:
    code, out, err = askdoc(folder, *arguments)
    assert (code, err) == (0, "")
    assert max(map(len, out.splitlines())) < 80
    for word in (*NAMED, *(one.name for one in OPTIONS), *dict(EVERYWHERE), "NO_COLOR"):
        assert word in out
    # Written out there, since help may not import what they stand in.
    told = out.partition("--reader NAME")[2].partition("-n N")[0]
    assert all(reader in told for reader in READERS)
    assert f"({DEFAULT_READER})" in told


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
@pytest.mark.parametrize("command", [*NAMED, SHELL])
def test_an_option_sets_its_own_field_of_its_own_commands(command: str, option: Option) -> None:
    alone = {SHELL: [], "completion": ["completion", "bash"]}
    alone |= {name: [name] for name in ("status", "serve", "mcp")}
    words = alone.get(command, [command, "x"])
    values = [value for value in ("3", "0.25", "there", *option.choices) if option.value]
    made = []
    for typed in values or [""]:
        given = [option.name, typed] if option.value else [option.name]
        try:
            made.append(vars(parse([*words, *given])))
        except AskdocError as error:
            assert option.value or "option" in str(error)
    if command not in option.commands:
        assert not made
        return
    before = vars(parse(words))
    changed = {name for after in made for name in after if after[name] != before[name]}
    # Where the questions stand in a file, what is named is a path.
    besides = {"question", "paths"} if option.name == "--questions" else set()
    assert changed == {option.field, "given"} | besides
    assert set(before) == set(vars(Request()))


def test_version_is_the_package_s(folder: Path) -> None:
    from askdoc import __version__

    assert askdoc(folder, "--version") == (0, f"askdoc {__version__}\n", "")


def imported_by(folder: Path, *arguments: str) -> set[str]:
    """The modules that the real program imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "askdoc", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}


def test_help_imports_nothing_that_is_slow(folder: Path) -> None:
    imported = imported_by(folder, "--help")
    assert "askdoc.cli" in imported
    assert not imported & {"argparse", "getopt", "pydantic", "nltk", "prompt_toolkit", "pathlib"}


def test_what_asks_a_cluster_is_imported_where_one_is_asked(folder: Path) -> None:
    imported = imported_by(folder, "query", ASK, "log.md", "--reader", "lexical")
    assert "askdoc.retrieve" in imported
    assert not [name for name in imported if name.startswith("askdoc.cluster")]
    assert "askdoc.store.folder" in imported_by(folder, "index", "log.md")
    for command in (["index"], ["status"], ["search", "ferry"]):
        imported = imported_by(folder, *command)
        found = {name for name in imported if name.startswith("askdoc.cluster.")}
        assert found == {"askdoc.cluster.address"}
        assert not imported & {"http.client", "askdoc.index.clustered"}


# Streams that end, close or fill up


def test_a_closed_pipe_is_silent(folder: Path) -> None:
    (folder / "many.txt").write_text("The ferry carried forty cars.\n\n" * 4000)
    program = subprocess.Popen(
        [sys.executable, "-m", "askdoc", "query", ASK, "many.txt", "--threshold=0", "-n", "4000"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRON,
    )
    assert program.stdout is not None and program.stderr is not None
    program.stdout.close()
    assert program.stderr.read() == b""
    program.stderr.close()
    assert program.wait(60) == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_a_full_disk_is_one_line(folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "askdoc", "query", ASK, "log.md", "--threshold=0"],
            cwd=folder,
            stdout=full,
            stderr=subprocess.PIPE,
            env=ENVIRON,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == (
        b"askdoc: cannot write the answer: No space left on device. Check where it goes.\n"
    )


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_closed_stream_does_no_harm(folder: Path, closed: int) -> None:
    script = f'exec "$0" -m askdoc query "{ASK}" log.md {closed}>&-'
    done = subprocess.run(
        ["sh", "-c", script, sys.executable],
        cwd=folder,
        capture_output=True,
        env=ENVIRON,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == b""
    assert (QUOTE in done.stdout.decode()) == (closed != 1)


def test_an_unforeseen_error_is_one_line(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by design")

    monkeypatch.delenv("ASKDOC_DEBUG", raising=False)
    monkeypatch.setattr(Assistant, "ask", fails)
    assert main(["query", ASK, str(folder / "log.md")]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err == (
        "askdoc: this is a fault in askdoc itself: ZeroDivisionError: by design. "
        "Please report it; ASKDOC_DEBUG=1 shows where it happened.\n"
    )
    monkeypatch.setenv("ASKDOC_DEBUG", "1")
    assert main(["query", ASK, str(folder / "log.md")]) == 2
    assert "in fails" in capfd.readouterr().err


def test_ctrl_c_while_answering_is_130_and_no_traceback(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Assistant, "ask", interrupted)
    assert main(["query", ASK, str(folder / "log.md")]) == 130
    out, err = capfd.readouterr()
    assert (out, err.strip()) == ("", "")
