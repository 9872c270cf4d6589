"""The shell's /save: what the files hold, and what is never written over."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from strategies import CORPORA, UNTIMED

from askdoc import Assistant
from askdoc.english.analyzer import terms
from askdoc.model import Answer
from askdoc.present import PLAIN
from askdoc.shell.command import Reply
from askdoc.shell.commands import Commands
from askdoc.shell.saving import _FORMS, as_json
from askdoc.verify import all_stand, read_answers, verify

LOG = """# Costs

The ferry *Halcyon* carried 1. forty cars <b>to</b> the island.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    (tmp_path / "log.md").write_text(LOG)
    return tmp_path


@pytest.fixture
def commands(folder: Path) -> Commands:
    asked = Commands(Assistant.from_paths("log.md", reader="lexical"), lambda: PLAIN)
    asked.reply("How many cars did the ferry carry?")
    asked.reply("Which zebra won the chess tournament?")
    return asked


def test_markdown_has_the_quotes_with_footnotes(commands: Commands, folder: Path) -> None:
    assert commands.reply("/save talk.md") == Reply("Saved 2 questions to talk.md.")
    lines = (folder / "talk.md").read_text().splitlines()
    sure = commands_sure(folder, commands)
    assert lines == [
        "# Questions and answers",
        "",
        "## 1. How many cars did the ferry carry?",
        "",
        "> The ferry \\*Halcyon\\* carried 1. **forty** cars \\<b\\>to\\</b\\> the island.[^1]",
        "",
        "## 2. Which zebra won the chess tournament?",
        "",
        "The documents don't say. 'zebra', 'chess' and 'tournament' stand nowhere in them.",
        "",
        f'[^1]: log.md, line 3, under "Costs", characters 9-72, {sure} sure',
    ]


def commands_sure(folder: Path, commands: Commands) -> str:
    commands.reply("/save sure.json")
    first = json.loads((folder / "sure.json").read_text())[0]
    return f"{first['citations'][0]['confidence']:.0%}"


def test_json_is_a_list_of_answers_that_verify_accepts(commands: Commands, folder: Path) -> None:
    assert commands.reply("/save talk.json") == Reply("Saved 2 questions to talk.json.")
    data = (folder / "talk.json").read_bytes()
    answers = read_answers(data, "talk.json")
    assert [Answer.model_validate(one) for one in json.loads(data)] == answers
    assert [answer.answered for answer in answers] == [True, False]
    verdicts = verify(answers)
    assert len(verdicts) == 1 and all_stand(verdicts)


@UNTIMED
@given(texts=CORPORA)
def test_whatever_was_answered_is_read_back_from_json(texts: dict[str, str]) -> None:
    assistant = Assistant.from_texts(texts, reader="lexical")
    answers = [
        assistant.ask(text, threshold=threshold)
        for text in texts.values()
        for threshold in (0.0, None)
        if terms(text)
    ]
    if answers:
        assert read_answers(as_json(answers).encode(), "talk.json") == answers


def test_a_file_is_only_written_over_by_force(commands: Commands, folder: Path) -> None:
    (folder / "my talk.md").write_text("mine")
    assert commands.reply('/save "my talk.md"') == Reply(
        'askdoc: the file is there already: my talk.md. To replace it: /save "my talk.md" --force',
        failed=True,
    )
    assert (folder / "my talk.md").read_text() == "mine"
    assert not commands.reply('/save "my talk.md" --force').failed
    assert (folder / "my talk.md").read_text().startswith("# Questions")
    assert {path.name for path in folder.iterdir()} == {"home", "log.md", "my talk.md"}


def test_a_link_stays_a_link_to_what_is_replaced(commands: Commands, folder: Path) -> None:
    (folder / "kept.md").write_text("mine")
    (folder / "link.md").symlink_to("kept.md")
    assert commands.reply("/save link.md").failed
    assert not commands.reply("/save link.md --force").failed
    assert (folder / "link.md").is_symlink()
    assert (folder / "kept.md").read_text().startswith("# Questions")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_nothing_is_made_where_a_link_that_was_put_there_leads(
    commands: Commands, folder: Path
) -> None:
    # In a folder of many users anybody can put one there, to have a file made elsewhere.
    (folder / "talk.md").symlink_to("home/started-at-login")
    reply = commands.reply("/save talk.md")
    assert reply.failed and "the file is there already: talk.md." in reply.text
    assert list((folder / "home").iterdir()) == []
    assert not commands.reply("/save talk.md --force").failed
    assert (folder / "home" / "started-at-login").exists()


@pytest.mark.parametrize("put", [Path.touch, lambda path: path.symlink_to("home/made")])
def test_what_came_there_since_it_was_looked_is_not_written_over(
    commands: Commands, folder: Path, monkeypatch: pytest.MonkeyPatch, put: Callable[[Path], object]
) -> None:
    def too_late(answers: object) -> str:
        put(folder / "talk.md")
        return "ours"

    monkeypatch.setitem(_FORMS, ".md", too_late)
    reply = commands.reply("/save talk.md")
    assert reply.failed and "the file is there already: talk.md." in reply.text
    assert "ours" not in [path.read_text() for path in folder.rglob("*") if path.is_file()]


def test_a_half_written_conversation_is_taken_away_and_the_old_one_stays(
    commands: Commands, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands.reply("/save old.md")
    before = (folder / "old.md").read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for line in ("/save new.md", "/save old.md --force"):
        assert "no space left on device" in commands.reply(line).text
    assert (folder / "old.md").read_bytes() == before
    assert {path.name for path in folder.iterdir()} == {"home", "log.md", "old.md"}


@pytest.mark.skipif(os.name == "nt", reason="no mode bits there")
@pytest.mark.parametrize("force", ["", " --force"])
def test_the_user_s_mask_says_who_may_read_what_is_saved(
    commands: Commands, folder: Path, force: str
) -> None:
    before = os.umask(0o027)
    try:
        commands.reply(f"/save talk.md{force}")
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / "talk.md").stat().st_mode) == 0o640


def test_home_is_expanded(commands: Commands, folder: Path) -> None:
    assert commands.reply("/save ~/talk.MD") == Reply("Saved 2 questions to ~/talk.MD.")
    assert (folder / "home" / "talk.MD").exists()


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("/save", "there is no file to save to. For example: /save talk.md, or: /save talk.json"),
        (
            "/save talk.txt",
            "saving takes a name that ends in .md or .json: talk.txt. "
            "For example: /save talk.md, or: /save talk.json",
        ),
        ("/save my talk.md", '/save takes one file, not: my, talk.md. Put "..." around spaces.'),
        (
            "/save gone/talk.md",
            "there is no such folder to save in: gone/talk.md. Make it, or name another.",
        ),
        (
            "/save log.md/talk.md",
            "there is no such folder to save in: log.md/talk.md. Make it, or name another.",
        ),
        ("/save here.md --force", "a folder has this name: here.md. Choose another name."),
    ],
)
def test_what_cannot_be_saved_is_one_line(commands: Commands, line: str, error: str) -> None:
    Path("here.md").mkdir()
    assert commands.reply(line) == Reply(f"askdoc: {error}", failed=True)
    assert {path.name for path in Path().iterdir()} == {"home", "here.md", "log.md"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_rights_is_one_line(commands: Commands, folder: Path) -> None:
    (folder / "shut").mkdir()
    (folder / "shut").chmod(stat.S_IRUSR | stat.S_IXUSR)
    reply = commands.reply("/save shut/talk.md")
    assert reply.failed and "cannot be saved, permission denied: shut/talk.md" in reply.text


@pytest.mark.parametrize("name", ["a\x00.md", "x" * 300 + ".md", "\x1b[2J/a.md"])
def test_names_that_no_file_can_have_are_one_line(commands: Commands, name: str) -> None:
    reply = commands.reply(f"/save {name}")
    assert reply.failed and "fault" not in reply.text
    assert len(reply.text.splitlines()) == 1 and reply.text.isprintable()
