"""`askdoc completion`, tried in the shells themselves."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from program import askdoc

from askdoc.cli.options import EVERYWHERE, NAMED, OPTIONS, SHELL, SHELLS


def script(folder: Path, shell: str) -> Path:
    code, out, err = askdoc(folder, "completion", shell)
    assert (code, err) == (0, "")
    path = folder / f"askdoc.{shell}"
    path.write_text(out)
    return path


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "HOME": str(folder), "TERM": "xterm"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def missing(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"there is no {shell} here")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "a file.md").write_text("x")
    (tmp_path / "query.txt").write_text("x")
    (tmp_path / "folder").mkdir()
    return tmp_path


def by_bash(place: Path, *lines: list[str]) -> list[set[str]]:
    """What bash offers for each of some lines, cut into words as it cuts them."""
    source = script(place, "bash")
    commands = [f"source {source}", "type -t _askdoc > /dev/null", "complete -p askdoc > /dev/null"]
    for words in lines:
        quoted = " ".join(f"'{word}'" for word in ("askdoc", *words))
        commands += [f"COMP_WORDS=( {quoted} ); COMP_CWORD={len(words)}; _askdoc",
                     'printf "%s\\n" "${COMPREPLY[@]}"; echo ---']  # fmt: skip
    found = run(place, "bash", "--norc", "-c", "\n".join(commands)).split("---\n")
    return [{line for line in part.splitlines() if line} for part in found[:-1]]


def options_of(command: str) -> set[str]:
    everywhere = {name for names, _ in EVERYWHERE for name in names.split(", ")} - {"--"}
    return {option.name for option in OPTIONS if command in option.commands} | everywhere


@missing("bash")
def test_bash_offers_for_each_command_its_own_options_and_no_others(place: Path) -> None:
    commands = (*NAMED, SHELL)
    lines = [["-"] if name == SHELL else [name, "x", "-"] for name in commands]
    for command, found in zip(commands, by_bash(place, *lines), strict=True):
        assert found == options_of(command), command


@missing("bash")
def test_bash_offers_commands_values_and_paths(place: Path) -> None:
    paths = {"a file.md", "query.txt", "folder", "askdoc.bash"}
    expected: dict[tuple[str, ...], set[str]] = {
        ("",): {*NAMED, *paths},
        ("que",): {"query", "query.txt"},
        ("query", ""): paths,
        ("query", "Who?", "a"): {"a file.md", "askdoc.bash"},
        ("query", "--reader", ""): {"neural", "lexical"},
        ("query", "--reader", "="): {"neural", "lexical"},
        ("query", "--reader", "=", "n"): {"neural"},
        ("query", "--form"): {"--format"},
        ("index", "--index", ""): {"folder"},
        ("query", "--questions", "q"): {"query.txt"},
        ("query", "-n", ""): set(),
        ("completion", ""): set(SHELLS),
        ("completion", "f"): {"fish"},
        ("--", "que"): {"query.txt"},
        ("query", "--", "-"): set(),
        ("mcp", "--print-config", "v"): {"vscode"},
    }
    found = by_bash(place, *map(list, expected))
    for line, offered in zip(expected, found, strict=True):
        assert offered == expected[line], line


@missing("fish")
def test_fish_offers_commands_options_and_values(place: Path) -> None:
    source = script(place, "fish")

    def offered(line: str) -> set[str]:
        told = run(place, "fish", "--no-config", "-c", f"source {source}; complete -C '{line}'")
        return {one.partition("\t")[0] for one in told.splitlines()}

    assert set(NAMED) <= offered("askdoc ")
    assert offered("askdoc completion ") == set(SHELLS)
    assert offered("askdoc query --reader ") == {"neural", "lexical"}
    assert offered("askdoc mcp --print-config v") == {"vscode"}
    for command in NAMED:
        long = {name for name in options_of(command) if name.startswith("--")}
        assert offered(f"askdoc {command} --") == long, command


@missing("zsh")
def test_zsh_offers_options_and_values(place: Path) -> None:
    source = script(place, "zsh")

    def completed(line: str) -> str:
        """The line as zsh has it after a tab; there is but one way to go on."""
        inner = (
            f"autoload -Uz compinit; compinit -D -u; source {source}; PS1=; "
            "show() { print -r -- \"<<$BUFFER>>\"; BUFFER=; }; zle -N show; bindkey '^X' show"
        )
        outer = (
            "zmodload zsh/zpty; zpty z zsh -f -i; "
            f"zpty -w z {shell_quoted(inner)}; zpty -w z 'print ready'; "
            "zpty -r -m z text '*ready*ready*'; "
            f"zpty -n -w z {shell_quoted(line)}$'\\t\\x18'; zpty -r -m z text '*<<*>>*'; "
            "print -r -- $text; zpty -d z"
        )
        return run(place, "zsh", "-f", "-c", outer).rpartition("<<")[2].partition(">>")[0].strip()

    assert completed("askdoc query --thresh") == "askdoc query --threshold="
    assert completed("askdoc query --reader ne") == "askdoc query --reader neural"
    assert completed("askdoc complet") == "askdoc completion"
    assert completed("askdoc completion fi") == "askdoc completion fish"
    assert completed("askdoc index --reb") == "askdoc index --rebuild"
    assert completed("askdoc query que") == "askdoc query query.txt"


def shell_quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def test_a_shell_that_is_not_known_is_an_error(place: Path) -> None:
    for arguments in (["completion"], ["completion", "csh"], ["completion", "bash", "zsh"]):
        code, out, err = askdoc(place, *arguments)
        assert (code, out) == (2, "") and "One of: bash, zsh, fish." in err
