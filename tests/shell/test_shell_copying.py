"""`/copy`: what goes to the clipboard, and what is said where nothing can."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path

import pytest
from fake_assistant import fake
from hypothesis import given
from hypothesis import strategies as st
from terminal import Terminal

from askdoc.present import PLAIN, Style
from askdoc.shell.commands import Commands
from askdoc.shell.copying import sequence, takes_text

PERSON = Style(person=True, width=80)
FERRY = "The ferry left at nine. It carried forty\ncars. It carried two cars."
OSC_52 = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


def asked(text: str, *, clipboard: bool = True, style: Style = PERSON) -> Commands:
    shell = Commands(fake(text), lambda: style, clipboard=clipboard)
    shell.reply("What about cars?")
    return shell


def test_a_sentence_is_copied_with_its_address_on_one_line() -> None:
    shell = asked(FERRY)
    assert shell.reply("/copy").copied == "It carried forty cars. (docs/text1.txt:1)"
    reply = shell.reply("copy 2")
    assert reply.copied == "It carried two cars. (docs/text1.txt:2)"
    assert reply.text.startswith("Sentence 2 and its address went to the terminal")
    assert shell.reply("/copy 3").failed


def test_before_an_answer_there_is_nothing_to_copy() -> None:
    said = Commands(fake(FERRY), lambda: PERSON, clipboard=True).reply("/copy").text
    assert said == "askdoc: there is no answer to copy. Ask a question first."


def test_a_pipe_has_no_clipboard() -> None:
    reply = asked(FERRY, style=PLAIN).reply("/copy")
    assert reply.failed and not reply.copied
    assert "since the output is no terminal" in reply.text and "/save FILE.md" in reply.text


def test_a_terminal_without_a_clipboard_shows_what_to_select() -> None:
    reply = asked(FERRY, clipboard=False).reply("/copy")
    assert not reply.copied and not reply.failed
    assert reply.text.endswith("\nIt carried forty cars. (docs/text1.txt:1)")


def test_what_an_old_terminal_would_cut_off_is_refused() -> None:
    shell = asked(f"It carried {'𐐷' * 1_500} cars.")
    reply = shell.reply("/copy")
    assert reply.failed and not reply.copied


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_nothing_that_is_copied_acts_where_it_is_pasted(text: str) -> None:
    reply = asked(f"It carried {text} cars.").reply("/copy")
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e]", reply.copied)
    if reply.copied:
        found = OSC_52.fullmatch(sequence(reply.copied))
        assert found is not None
        assert b64decode(found[1]).decode() == reply.copied


@pytest.mark.parametrize(
    ("environ", "taken"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "screen-256color", "TMUX": "/tmp/x"}, True),
        ({"TERM": "screen.xterm-256color"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, False),
    ],
)
def test_terminals_that_are_known_to_take_nothing(environ: dict[str, str], taken: bool) -> None:
    assert takes_text(environ) is taken


def test_the_real_terminal_gets_the_sentence(tmp_path: Path) -> None:
    (tmp_path / "log.txt").write_text("The ferry carried forty cars to the island on Monday.\n")
    with Terminal(["log.txt", "--no-suggestions", "--reader=lexical"], tmp_path) as terminal:
        terminal.expect("  |  Ctrl-D leaves")
        terminal.type("How many cars did the ferry carry?\r")
        terminal.expect("log.txt:1")
        terminal.expect("  |  Ctrl-D leaves")
        terminal.type("/copy\r")
        terminal.expect("went to the terminal")
        (sent,) = OSC_52.findall(terminal.raw)
        assert b64decode(sent) == (
            b"The ferry carried forty cars to the island on Monday. (log.txt:1)"
        )
