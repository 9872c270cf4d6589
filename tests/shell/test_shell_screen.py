"""What a person sees of the shell on a terminal of 80 by 24."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from lab.pictures.screen import Screen
from lab.pictures.sitting import Sitting

LOG = (
    "\n".join(f"On day {number} the ferry carried {number * 3} cars." for number in range(1, 61))
    + "\n\nMary Quint became the harbour master in 1998.\n"
)
PASTE = "\x1b[200~{}\x1b[201~"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "harbour.txt").write_text(LOG)
    return tmp_path


def sit(folder: Path, environ: Mapping[str, str] | None = None, *arguments: str) -> Sitting:
    given = arguments or ("harbour.txt", "--reader=lexical", "--no-suggestions")
    sitting = Sitting(given, folder, environ)
    sitting.wait(ready)
    return sitting


def ready(screen: Screen) -> bool:
    return not screen.is_alternate and screen.lines[screen.row].rstrip() == ">"


def says(text: str) -> Callable[[Screen], bool]:
    return lambda screen: ready(screen) and text in screen.everything


def looking(screen: Screen) -> bool:
    return screen.is_alternate and "q back" in screen.lines[-1]


def ask(sitting: Sitting, line: str) -> Screen:
    before = sitting.screen.everything
    sitting.type(line + "\r")
    return sitting.wait(lambda screen: ready(screen) and screen.everything != before)


def marked(screen: Screen) -> str:
    """What is in reverse video between the bars, without the breaks of its lines."""
    rows = screen.cells[1:-1]
    text = " ".join("".join(c.text for c in row if c.look.reverse).strip() for row in rows)
    return " ".join(text.split())


def test_an_answer_and_a_follow_up_as_a_person_sees_them(folder: Path) -> None:
    with sit(folder) as sitting:
        ask(sitting, "When did Mary Quint become the harbour master?")
        screen = ask(sitting, "Who is she?")
        assert screen.lines[0] == "askdoc has read harbour.txt, 61 sentences."
        assert "> When did Mary Quint become the harbour master?" in screen.lines
        assert "  harbour.txt:62, " in screen.text
        assert "asking: Who is Mary Quint?" in screen.lines
        bold = "".join(c.text for row in screen.cells for c in row if c.look.bold and c.text)
        assert "1998" in bold
        assert screen.lines[-1].startswith(" harbour.txt, 61 sentences")


def test_a_source_is_looked_at_and_scrolled(folder: Path) -> None:
    with sit(folder) as sitting:
        ask(sitting, "When did Mary Quint become the harbour master?")
        sitting.type("/open 1\r")
        screen = sitting.wait(looking)
        assert screen.lines[0].startswith(" harbour.txt:62")
        assert "> 62  Mary Quint became the harbour master in 1998." in screen.lines
        assert marked(screen) == "Mary Quint became the harbour master in 1998."
        sitting.type("g")
        screen = sitting.wait(lambda screen: "day 1 the" in screen.lines[1])
        assert screen.lines[1:3] == [
            "   1  On day 1 the ferry carried 3 cars.",
            "   2  On day 2 the ferry carried 6 cars.",
        ]
        sitting.type(" ")
        sitting.wait(lambda screen: screen.lines[1].startswith("  22  On day 22"))
        sitting.type("n")
        sitting.wait(lambda screen: "Mary Quint" in screen.text)
        sitting.type("q")
        screen = sitting.wait(ready)
        assert "> /open 1" in screen.lines
        assert "On day 59" not in screen.text, "the conversation is as it was"


def test_the_viewer_takes_any_size(folder: Path) -> None:
    with sit(folder) as sitting:
        ask(sitting, "When did Mary Quint become the harbour master?")
        sitting.type("/open\r")
        sitting.wait(looking)
        sitting.resize(10, 30)
        sitting.type("n")
        quote = "Mary Quint became the harbour master in 1998."
        screen = sitting.wait(lambda screen: marked(screen) == quote)
        assert len(screen.lines) == 10
        assert screen.lines[0].startswith(" harbour.txt:62")
        assert all(len(line) <= 30 for line in screen.lines)
        sitting.type("\x1b")
        sitting.wait(ready)


def test_without_colour_signs_mark_the_quote(folder: Path) -> None:
    with sit(folder, {"NO_COLOR": "1"}) as sitting:
        ask(sitting, "When did Mary Quint become the harbour master?")
        sitting.type("/open\r")
        screen = sitting.wait(looking)
        assert "> 62  >>Mary Quint became the harbour master in 1998.<<" in screen.lines
        assert marked(screen) == ""


def test_an_address_is_a_link_where_the_terminal_knows_links(folder: Path) -> None:
    with sit(folder, {"VTE_VERSION": "7200"}) as sitting:
        screen = ask(sitting, "When did Mary Quint become the harbour master?")
        cells = [cell for row in screen.cells for cell in row if cell.look.link]
        assert "".join(cell.text for cell in cells) == "harbour.txt:62"
        assert cells[0].look.link.endswith("/harbour.txt")
        assert cells[0].look.link.startswith("file://")


def test_a_pasted_text_can_be_a_document(folder: Path) -> None:
    memo = "Memo\r\rThe crane was sold in 1990.\rIt was green.\r"
    with sit(folder) as sitting:
        sitting.type(PASTE.format(memo))
        screen = sitting.wait(lambda screen: "[Y/n]" in screen.text)
        assert "Pasted 4 lines. Load them as a document? [Y/n]" in screen.text
        sitting.type("\r")
        sitting.wait(says("Added “pasted 1”, 3 sentences"))
        screen = ask(sitting, "When was the crane sold?")
        assert "pasted 1:3" in screen.text


def test_a_pasted_text_that_is_not_wanted_is_left_out_and_the_line_stays(folder: Path) -> None:
    with sit(folder) as sitting:
        sitting.type("When did" + PASTE.format("a\rb\rc\r"))
        sitting.wait(lambda screen: "[Y/n]" in screen.text)
        sitting.type("n\r")
        sitting.wait(lambda screen: screen.lines[screen.row] == "> When did")
        assert "Left out." in sitting.screen.lines


def test_a_question_that_is_pasted_over_two_lines_is_one(folder: Path) -> None:
    with sit(folder) as sitting:
        sitting.type(PASTE.format("When did Mary Quint\rbecome harbour master?"))
        screen = sitting.wait(lambda screen: "master?" in screen.text)
        assert screen.lines[screen.row] == "> When did Mary Quint become harbour master?"


def test_ctrl_c_twice_does_not_lose_the_session(folder: Path) -> None:
    with sit(folder) as sitting:
        sitting.type("\x03")
        sitting.type("\x03\x03")
        sitting.wait(says("To leave, press Ctrl-D"))
        sitting.type("When did Mary Quint become the harbour master?\r\x03\x03")
        sitting.wait(ready)
        assert "1998" in ask(sitting, "When did Mary Quint become the harbour master?").text
        sitting.type("\x04")
        assert sitting.end() == 0


def test_a_newcomer_has_something_to_press(folder: Path) -> None:
    (folder / "memo.txt").write_text(
        "Mary Quint became the harbour master in 1998. The Calder yard built the ferry in 1975.\n"
    )
    with sit(folder, None, "memo.txt") as sitting:
        lines = sitting.screen.lines
        at = lines.index("Ask in plain words, or type a number:")
        question = lines[at + 1].removeprefix("  1  ")
        assert question.endswith("?")
        screen = ask(sitting, "1")
        assert f"> {question}" in screen.lines
        assert "memo.txt:" in screen.text


def test_the_bar_shows_what_use_left(folder: Path) -> None:
    (folder / "memo.txt").write_text("The crane was sold in 1990.\n")
    with sit(folder, None, "harbour.txt", "memo.txt", "--no-suggestions") as sitting:
        assert sitting.screen.lines[-1].startswith(" 2 documents, 62 sentences  |")
        ask(sitting, "/use memo")
        bar = sitting.screen.lines[-1]
        assert bar.startswith(" only memo.txt, 1 sentence (of 2 documents)  |  /help")


def test_tab_completes_a_command(folder: Path) -> None:
    with sit(folder) as sitting:
        sitting.type("/sou")
        sitting.wait(lambda screen: "/sources" in screen.text)
        sitting.type("\t")
        screen = sitting.wait(lambda screen: screen.lines[screen.row] != "> /sou")
        assert screen.lines[screen.row].rstrip() == "> /sources"
