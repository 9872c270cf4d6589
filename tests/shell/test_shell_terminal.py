"""The shell as a person has it: the real program on a pseudo-terminal."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from terminal import Terminal

# The end of the toolbar: the prompt stands, and keys go to it.
READY = "  |  Ctrl-D leaves"

CTRL_C, CTRL_D, TAB, RIGHT, UP = "\x03", "\x04", "\t", "\x1b[C", "\x1b[A"

LOG = """The harbour office counts the ships of Port Kesk every evening.

The ferry Halcyon carried forty cars to the island on Monday. Its captain is Mira Olsen.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "harbour.txt").write_text(LOG)
    return tmp_path


def history_of(folder: Path) -> Path:
    return folder / ".local" / "state" / "askdoc" / "history"


def test_a_sitting_from_greeting_to_ctrl_d(folder: Path) -> None:
    with Terminal(["harbour.txt"], folder) as terminal:
        greeting = terminal.expect("Ctrl-D leaves.\n")
        assert greeting.startswith("askdoc has read harbour.txt, 3 sentences.\n")
        assert "\n  1  How many cars did the ferry" in greeting
        terminal.expect("harbour.txt, 3 sentences  |  /help" + READY)
        terminal.type("How many cars did the ferry carry?\r")
        terminal.expect("forty")
        terminal.expect("harbour.txt:3")
        terminal.expect(READY)
        terminal.type("/open 1\r")
        terminal.expect("> 3  ")
        terminal.expect("q back")
        terminal.type("q")
        terminal.expect(READY)
        terminal.type(CTRL_D)
        assert terminal.end() == 0
        assert "Traceback" not in terminal.text


def test_without_suggestions_none_are_shown(folder: Path) -> None:
    with Terminal(["--no-suggestions", "harbour.txt"], folder) as terminal:
        assert "\nAsk in plain words.\n" in terminal.expect("Ctrl-D leaves.\n")
        terminal.expect(READY)
        terminal.type(CTRL_D)
        assert terminal.end() == 0


def test_what_was_added_completes(folder: Path) -> None:
    (folder / "zebras.txt").write_text("A zebra came.")
    with Terminal(["harbour.txt"], folder) as terminal:
        terminal.expect(READY)
        terminal.type("/add zeb")
        terminal.expect("zebras.txt")
        terminal.type(TAB)
        terminal.expect("ras.txt")
        terminal.type("\r")
        terminal.expect("Added zebras.txt: 1 sentence.")
        terminal.expect(READY)
        terminal.type("/use ze")
        terminal.expect("zebras.txt")
        terminal.type(TAB)
        terminal.expect("bras.txt")
        terminal.type("\r")
        terminal.expect("Asking only zebras.txt: 1 sentence.")
        terminal.expect(READY)
        terminal.type(CTRL_D)
        assert terminal.end() == 0


def test_ctrl_c_clears_the_line_and_on_an_empty_one_tells_how_to_leave(folder: Path) -> None:
    with Terminal(["harbour.txt"], folder) as terminal:
        terminal.expect(READY)
        terminal.type("/quit" + CTRL_C + "/sources\r")
        assert "To leave" not in terminal.expect("1 document, 3 sentences")
        terminal.expect(READY)
        terminal.type(CTRL_C)
        terminal.expect("To leave, press Ctrl-D or type /quit.")
        terminal.type("/quit\r")
        assert terminal.end() == 0
        assert history_of(folder).read_text().count("+/quit") == 1


def test_history_is_private_and_kept_for_the_next_sitting(folder: Path) -> None:
    with Terminal(["harbour.txt"], folder) as terminal:
        terminal.expect(READY)
        terminal.type("/sources\r")
        terminal.expect("1 document")
        terminal.expect(READY)
        terminal.type("exit\r")
        assert terminal.end() == 0
    history = history_of(folder)
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    assert stat.S_IMODE(history.parent.stat().st_mode) == 0o700
    with Terminal(["harbour.txt"], folder) as terminal:
        terminal.expect(READY)
        terminal.type(UP + UP + "\r")
        terminal.expect("1 document")
        terminal.expect(READY)
        terminal.type(CTRL_D)
        assert terminal.end() == 0


def test_a_suggestion_from_history_is_taken_with_the_right_arrow(folder: Path) -> None:
    history_of(folder).parent.mkdir(parents=True)
    history_of(folder).write_text("\n# then\n+/sources harbour\n")
    with Terminal(["harbour.txt"], folder) as terminal:
        terminal.expect(READY)
        terminal.type("/so")
        terminal.expect("urces harbour")
        terminal.type(RIGHT + "\r")
        terminal.expect("1 document, 3 sentences")
        terminal.expect(READY)
        terminal.type(CTRL_D)
        assert terminal.end() == 0


def test_a_history_that_others_could_read_becomes_private(folder: Path) -> None:
    history = folder / "state" / "askdoc" / "history"
    history.parent.mkdir(parents=True)
    history.touch(mode=0o644)
    with Terminal(["harbour.txt"], folder, {"XDG_STATE_HOME": str(folder / "state")}) as terminal:
        terminal.expect(READY)
        terminal.type(CTRL_D)
        assert terminal.end() == 0
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    assert not history_of(folder).exists()


def test_without_a_place_for_its_history_the_shell_says_so_and_goes_on(folder: Path) -> None:
    (folder / "state").write_text("a file, no folder")
    with Terminal(["harbour.txt"], folder, {"XDG_STATE_HOME": str(folder / "state")}) as terminal:
        terminal.expect("askdoc: what you ask is not kept:")
        terminal.expect(READY)
        terminal.type("/sources\r")
        terminal.expect("1 document, 3 sentences")
        terminal.expect(READY)
        terminal.type(CTRL_D)
        assert terminal.end() == 0


def test_tab_completes_commands_and_the_documents_names(folder: Path) -> None:
    with Terminal(["harbour.txt"], folder) as terminal:
        terminal.expect(READY)
        terminal.type("/sources harb" + TAB)
        terminal.expect("our.txt")
        terminal.type("\r")
        terminal.expect("1 document, 3 sentences")
        terminal.expect(READY)
        terminal.type(CTRL_D)
        assert terminal.end() == 0


def test_pasted_lines_and_bytes_that_are_no_text_do_no_harm(folder: Path) -> None:
    with Terminal(["harbour.txt"], folder) as terminal:
        terminal.expect(READY)
        os.write(terminal._ours, b"\x1b[200~/sources\n harb\xff\x1b[201~\r")
        terminal.expect("no document has this in its name")
        terminal.expect(READY)
        terminal.type("/sources\r")
        terminal.expect("1 document, 3 sentences")
        terminal.expect(READY)
        terminal.type(CTRL_D)
        assert terminal.end() == 0


def test_without_colour_nothing_is_coloured(folder: Path) -> None:
    with Terminal(["harbour.txt"], folder, {"NO_COLOR": "1"}) as terminal:
        terminal.expect(READY)
        terminal.type("How many cars did the ferry carry?\r")
        terminal.expect("harbour.txt:3")
        terminal.expect(READY)
        terminal.type(CTRL_D)
        assert terminal.end() == 0
        assert "\x1b[1m" not in terminal.raw and "\x1b[38" not in terminal.raw


def test_a_dumb_terminal_gets_text_and_no_escapes(folder: Path) -> None:
    with Terminal(["harbour.txt"], folder, {"TERM": "dumb"}) as terminal:
        terminal.expect("> ")
        terminal.type("/sources\n")
        terminal.expect("1 document, 3 sentences")
        terminal.type("/quit\n")
        assert terminal.end() == 0
        assert "\x1b" not in terminal.raw


def test_documents_from_a_pipe_leave_the_terminal_for_the_questions(folder: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, LOG.encode())
    os.close(writing)
    with Terminal(["-"], folder, stdin=reading) as terminal:
        os.close(reading)
        terminal.expect("askdoc has read (standard input), 3 sentences.")
        terminal.expect(READY)
        terminal.type("/sources\r")
        terminal.expect("1 document, 3 sentences")
        terminal.expect(READY)
        terminal.type(CTRL_D)
        assert terminal.end() == 0


def test_documents_typed_at_the_terminal_can_then_be_asked(folder: Path) -> None:
    with Terminal(["-"], folder) as terminal:
        terminal.expect("Ctrl-D at the start of a line ends it.")
        terminal.type("The ferry carried forty cars.\n" + CTRL_D)
        terminal.expect("askdoc has read (standard input), 1 sentence.")
        terminal.expect(READY)
        terminal.type("/quit\r")
        assert terminal.end() == 0
