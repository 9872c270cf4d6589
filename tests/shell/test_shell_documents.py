"""The shell's commands about documents: /sources, /use, /add, /remove."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc import Assistant
from askdoc.errors import SourceNotFound, UnknownSource
from askdoc.index import update
from askdoc.load import load_text
from askdoc.present import PLAIN, Style
from askdoc.present.wrap import cells
from askdoc.shell.command import Reply
from askdoc.shell.commands import Commands
from askdoc.shell.source_names import chosen, last_word, quoted, words

FERRY = "The ferry Halcyon carried forty cars. Its captain is Mira Olsen.\n"
BRIDGE = "The bridge opened in May. It cost nine million crowns.\n"
LIGHT = "The lighthouse keeper is Jon Brandt.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    (tmp_path / "ferry.txt").write_text(FERRY)
    (tmp_path / "the bridge.txt").write_text(BRIDGE)
    return tmp_path


def shell(*paths: str) -> Commands:
    named = paths or ("ferry.txt", "the bridge.txt")
    return Commands(Assistant.from_paths(named, reader="lexical"), lambda: PLAIN)


def first(commands: Commands, question: str) -> str:
    return commands.reply(question).text.splitlines()[0]


def test_only_the_documents_in_use_are_asked(folder: Path) -> None:
    commands = shell()
    assert commands.reply("/use bridge") == Reply(
        "Asking only the bridge.txt: 2 sentences. /use all asks all again."
    )
    assert first(commands, "Who is the captain of the Halcyon?") == "The documents don't say."
    assert commands.reply("/sources").text.splitlines() == [
        "2 documents, 4 sentences; 1 of them asked now (*)",
        "  ferry.txt       2 sentences  1 line  65 characters",
        "* the bridge.txt  2 sentences  1 line  55 characters",
    ]
    assert commands.reply("/use all") == Reply("Asking all: 2 documents, 4 sentences.")
    assert first(commands, "Who is the captain of the Halcyon?").startswith("Its captain is")


def many() -> Commands:
    texts = {f"logs of the harbour/year {at}/log.txt": FERRY for at in range(10_000)}
    problems = tuple(SourceNotFound("no such file", f"gone {at}.txt", "Look.") for at in range(99))
    assistant = Assistant([load_text(text, name) for name, text in texts.items()])
    assistant.problems = problems
    return Commands(assistant, lambda: Style(person=True, width=80))


def test_of_ten_thousand_documents_some_are_listed_and_said_how_to_see_others() -> None:
    commands = many()
    for line in ("/sources", "/use 1", "/sources", "/use log.txt"):
        lines = commands.reply(line).text.splitlines()
        assert len(lines) < 300 and max(map(len, lines)) <= 80
    said = commands.reply("/sources").text
    assert "\n  and 9,800 more; /sources NAME lists those with NAME in their names\n" in said
    assert "\n  and 49 more; /sources NAME" in said
    assert commands.reply("/sources gone 98").text.splitlines() == [
        "0 documents, 0 sentences",
        "Skipped:",
        "  no such file: gone 98.txt. Look.",
    ]


def test_a_long_name_pushes_no_other_line_over_the_edge() -> None:
    texts = {"a.txt": FERRY, f"{'deep/' * 12}the log.txt": BRIDGE}
    commands = Commands(Assistant.from_texts(texts), lambda: Style(person=True, width=80))
    assert commands.reply("/sources").text.splitlines() == [
        "2 documents, 4 sentences",
        "  a.txt",
        "      2 sentences, 1 line, 65 characters",
        f"  {'deep/' * 12}the log.txt",
        "      2 sentences, 1 line, 55 characters",
    ]


ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("colour", [True, False])
def test_no_line_of_a_reply_is_wider_than_the_terminal(colour: bool) -> None:
    name = "the harbour office/letters and notes/of the year nineteen hundred and four/the log.md"
    texts = {name: f"# Harbour log\n\n{FERRY}\n\n{BRIDGE}", "b.txt": f"{LIGHT}{FERRY}"}
    style = Style(person=True, colour=colour, width=80)
    commands = Commands(Assistant.from_texts(texts, reader="lexical"), lambda: style)
    lines = (
        "How many cars did the ferry carry?|/why|/more|/open|/copy|/history|/sources|/verify"
        f"|/use long|/add {'x/' * 60}|/remove b|Which zebra won it?|/history|/why|/help"
    )
    for line in lines.split("|"):
        said = ESCAPES.sub("", commands.reply(line).text)
        assert all(cells(shown) <= 80 for shown in said.split("\n")), said


@pytest.mark.parametrize("line", ["/use", "/use all", "/use ALL", "/use ferry bridge", "/use t"])
def test_using_all_documents_marks_none(folder: Path, line: str) -> None:
    commands = shell()
    commands.reply("/use ferry")
    assert commands.reply(line) == Reply("Asking all: 2 documents, 4 sentences.")
    assert "*" not in commands.reply("/sources").text


def test_several_documents_are_used_by_their_names(folder: Path) -> None:
    (folder / "light.txt").write_text(LIGHT)
    commands = shell("ferry.txt", "the bridge.txt", "light.txt")
    assert commands.reply('/use "the bridge" LIGHT').text == (
        "Asking only the bridge.txt, light.txt: 2 documents, 3 sentences. /use all asks all again."
    )
    # Words that together are a part of one name.
    assert "only the bridge.txt: 2" in commands.reply("/use the bridge").text


@pytest.mark.parametrize("command", ["/use", "/remove", "/sources"])
def test_a_name_that_no_document_has_is_an_error(folder: Path, command: str) -> None:
    assert shell().reply(f"{command} ferry zebra\x1b") == Reply(
        "askdoc: no document has this in its name: zebra\\x1b. /sources lists all of them.",
        failed=True,
    )


def test_a_file_is_added_and_asked(folder: Path) -> None:
    (folder / "my light.txt").write_text(LIGHT)
    commands = shell()
    assert commands.reply('/add "my light.txt"') == Reply("Added my light.txt: 1 sentence.")
    assert first(commands, "Who is the lighthouse keeper?") == LIGHT.strip()
    assert commands.reply("/sources light").text.startswith("1 document, 1 sentence")


def test_home_and_folders_are_added(folder: Path) -> None:
    (folder / "home" / "logs").mkdir()
    (folder / "home" / "logs" / "a.txt").write_text(LIGHT)
    (folder / "home" / "logs" / ".hidden.txt").write_text("Not this.")
    reply = shell().reply("/add ~/logs")
    assert reply == Reply(f"Added {folder}/home/logs/a.txt: 1 sentence.")


def test_what_is_added_is_asked_even_if_only_some_are(folder: Path) -> None:
    (folder / "light.txt").write_text(LIGHT)
    commands = shell()
    commands.reply("/use bridge")
    assert commands.reply("/add light.txt").text.splitlines() == [
        "Added light.txt: 1 sentence.",
        "Asking only the bridge.txt, light.txt: 2 documents, 3 sentences. /use all asks all again.",
    ]
    assert first(commands, "Who is the lighthouse keeper?") == LIGHT.strip()


def test_a_changed_file_takes_the_place_of_what_it_was(folder: Path) -> None:
    commands = shell()
    first(commands, "Who is the captain?")
    (folder / "ferry.txt").write_text("The captain is Ole Lund.\n")
    assert commands.reply("/add ferry.txt") == Reply("Read again ferry.txt: 1 sentence.")
    assert first(commands, "Who is the captain?") == "The captain is Ole Lund."
    assert commands.reply("/sources").text.startswith("2 documents, 3 sentences")


def test_a_file_under_another_name_is_not_asked_twice(folder: Path) -> None:
    commands = shell()
    path = folder / "ferry.txt"
    assert commands.reply(f"/add {path}") == Reply(
        f"Added {path}: 2 sentences.\nThey take the place of ferry.txt."
    )
    assert commands.reply("/sources").text.startswith("2 documents, 4 sentences")


def test_what_cannot_be_read_is_said_beside_what_can(folder: Path) -> None:
    (folder / "light.txt").write_text(LIGHT)
    (folder / "empty.txt").write_text("")
    reply = shell().reply("/add light.txt gone.txt empty.txt")
    assert not reply.failed
    assert reply.text.splitlines() == [
        "Added light.txt: 1 sentence.",
        "Skipped:",
        "  no such file or folder: gone.txt. Check the name.",
        "  there is no text in it: empty.txt. Give a file that has some, or leave this one out.",
    ]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("/add", "there is nothing to add. For example: /add notes.txt"),
        ("/add gone.txt", "no such file or folder: gone.txt. Check the name."),
        ("/add -", "no such file or folder: ./-. Check the name."),
        (
            "/add gone.txt away.txt",
            "none of the 2 sources could be read. "
            "The first: no such file or folder: gone.txt. Check the name.",
        ),
        ("/remove", "there is nothing to remove. For example: /remove notes.txt"),
    ],
)
def test_what_cannot_be_done_is_one_line(folder: Path, line: str, error: str) -> None:
    commands = shell()
    assert commands.reply(line) == Reply(f"askdoc: {error}", failed=True)
    assert commands.reply("/sources").text.startswith("2 documents, 4 sentences")


def test_a_file_that_needs_a_parser_is_read_in_a_child_and_its_fault_is_said(folder: Path) -> None:
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 not really")
    reply = shell().reply("/add broken.docx")
    assert reply.failed and "broken.docx" in reply.text and len(reply.text.splitlines()) == 1


def test_removed_documents_are_not_asked_and_stay_on_disk(folder: Path) -> None:
    commands = shell()
    assert commands.reply("/remove ferry") == Reply(
        "Removed ferry.txt: 2 sentences, for this session only. The files are as before."
    )
    assert first(commands, "Who is the captain of the Halcyon?") == "The documents don't say."
    assert (folder / "ferry.txt").read_text() == FERRY
    commands.reply("/add ferry.txt")
    assert first(commands, "Who is the captain of the Halcyon?").startswith("Its captain")


def test_what_was_skipped_is_still_told_when_documents_come_and_go(folder: Path) -> None:
    (folder / "light.txt").write_text(LIGHT)
    commands = shell("ferry.txt", "the bridge.txt", "gone.txt")
    commands.reply("/add light.txt away.txt")
    commands.reply("/remove bridge")
    commands.reply(f"/add {folder}/light.txt")
    assert commands.reply("/sources").text.splitlines()[3:] == [
        "Skipped:",
        "  no such file or folder: gone.txt. Check the name.",
        "  no such file or folder: away.txt. Check the name.",
    ]


def test_removing_all_leaves_nothing_to_ask(folder: Path) -> None:
    commands = shell()
    assert commands.reply("/remove ferry bridge").text.splitlines()[-1] == (
        "There are no documents left to ask; /add PATH adds some."
    )
    assert commands.reply("Who is the captain?") == Reply(
        "askdoc: there are no documents left to ask. /add PATH adds some.", failed=True
    )
    commands.reply("/add ferry.txt")
    assert first(commands, "Who is the captain?").startswith("Its captain")


def test_removing_what_was_in_use_asks_the_rest(folder: Path) -> None:
    commands = shell()
    commands.reply("/use ferry")
    assert commands.reply("/remove ferry").text.splitlines()[-1] == (
        "None is left of those that were asked. Asking all: 1 document, 2 sentences."
    )


def test_a_saved_index_is_never_changed(folder: Path) -> None:
    (folder / "light.txt").write_text(LIGHT)
    update("index", ["ferry.txt", "the bridge.txt"])
    before = {path: path.read_bytes() for path in (folder / "index").rglob("*") if path.is_file()}
    commands = Commands(Assistant.open("index", reader="lexical"), lambda: PLAIN)
    assert commands.reply("/add light.txt").text.splitlines() == [
        "Added light.txt: 1 sentence.",
        "The saved index is as it was: askdoc index PATH would keep them there.",
    ]
    ferry = next(one.source for one in commands.extents if "ferry" in one.source)
    assert commands.reply("/remove ferry") == Reply(
        f"Removed {ferry}: 2 sentences, for this session only. The saved index is as before."
    )
    assert first(commands, "Who is the lighthouse keeper?") == LIGHT.strip()
    assert first(commands, "Who is the captain of the Halcyon?") == "The documents don't say."
    fresh = Commands(Assistant.open("index", reader="lexical"), lambda: PLAIN)
    assert fresh.reply("/sources").text.startswith("2 documents, 4 sentences")
    after = {path: path.read_bytes() for path in (folder / "index").rglob("*") if path.is_file()}
    assert {path.name for path in before} == {path.name for path in after}


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("a b", ["a", "b"]),
        ('"a b" c', ["a b", "c"]),
        ("'a b' c", ["a b", "c"]),
        ("o'brien.txt it's", ["o'brien.txt", "it's"]),
        ('my" "file', ["my file"]),
        ('"open to the end', ["open to the end"]),
        ("\"it's here\" 'x y'", ["it's here", "x y"]),
        ('""', []),
        ("", []),
    ],
)
def test_words_of_an_argument(argument: str, expected: list[str]) -> None:
    assert words(argument) == expected


@given(st.text())
def test_a_word_that_is_quoted_is_that_word(name: str) -> None:
    if '"' in name or not name:
        return
    assert words(quoted(name)) == [name]
    assert last_word(quoted(name)) == quoted(name)


def test_a_whole_name_means_this_document_alone() -> None:
    sources = ["a.txt", "data.txt", "x/a.txt", "b.txt"]
    assert chosen(sources, "a.txt") == ["a.txt", "x/a.txt"]
    assert chosen(sources, "x/a.txt") == ["x/a.txt"]
    assert chosen(sources, "a") == ["a.txt", "data.txt", "x/a.txt"]
    with pytest.raises(UnknownSource):
        chosen(sources, "zebra")


def test_a_name_in_bytes_that_are_no_text_can_be_used(folder: Path) -> None:
    os.mkdir(b"logs")  # noqa: PTH102
    with open(b"logs/caf\xe9.txt", "wb") as file:  # noqa: PTH123
        file.write(LIGHT.encode())
    commands = shell("ferry.txt", "logs")
    assert "logs/caf\\udce9.txt: 1 sentence" in commands.reply("/use caf\\udce9").text
