"""The screen that pictures are taken of, against what terminals do, and the pictures."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.pictures.__main__ import main
from lab.pictures.screen import Look, Screen
from lab.pictures.svg import render


def shown(written: str, rows: int = 4, columns: int = 10) -> Screen:
    screen = Screen(rows, columns)
    screen.feed(written)
    return screen


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("one\r\ntwo", ["one", "two"]),
        ("one\rtwo\n.", ["two", "   ."]),
        ("abcdefghijkl", ["abcdefghij", "kl"]),
        ("中文字中文字", ["中文字中文", "字"]),
        ("abc\x1b[2Dx", ["axc"]),
        ("abc\x1b[1;2H\x1b[K", ["a"]),
        ("abc\r\ndef\x1b[1A\x1b[J", ["abc"]),
        ("a\x1b[3;4Hb\x1b[H\x1b[0J", []),
        ("a\x1b[5Cb", ["a     b"]),
        ("one\x1b[?1049htwo\x1b[?1049l!", ["one!"]),
        ("a\x1b]0;a title\x07b", ["ab"]),
        ("\x1b]8;;file:///a\x1b\\link\x1b]8;;\x1b\\.", ["link."]),
        ("a\tb", ["a       b"]),
        ("1\r\n2\r\n3\r\n4\r\n5", ["2", "3", "4", "5"]),
    ],
)
def test_what_a_terminal_shows(written: str, lines: list[str]) -> None:
    assert [line for line in shown(written).lines if line] == lines or (
        shown(written).text.split("\n") == lines
    )


def test_what_scrolled_away_is_kept() -> None:
    assert shown("1\r\n2\r\n3\r\n4\r\n5\r\n").everything == "1\n2\n3\n4\n5"


def test_looks_are_kept_with_the_characters() -> None:
    cells = shown("a\x1b[1mb\x1b[2mc\x1b[0md\x1b]8;;x:y\x1b\\e").cells[0]
    assert [cell.look for cell in cells[:5]] == [
        Look(),
        Look(bold=True),
        Look(bold=True, dim=True),
        Look(),
        Look(link="x:y"),
    ]


@given(st.lists(st.text(st.sampled_from("ab中 \r\n\x1b[]8;1049hlHKJmA?\x07\\")), max_size=8))
def test_pieces_are_shown_as_the_whole(pieces: list[str]) -> None:
    screen = Screen(4, 10)
    for piece in pieces:
        screen.feed(piece)
    whole = shown("".join(pieces))
    assert (screen.lines, screen.row, screen.column) == (whole.lines, whole.row, whole.column)
    assert all(len(row) == 10 for row in screen.cells)


def test_a_picture_is_well_formed_and_says_what_the_screen_said() -> None:
    picture = render(shown("\x1b[1m<b>\x1b[0m & more").cells, 'a "title"')
    texts = [node.text for node in ET.fromstring(picture).iter() if node.tag.endswith("text")]
    assert texts == ['a "title"', "<b>", "& more"]


def test_the_picture_of_the_shell_can_be_taken(tmp_path: Path) -> None:
    picture = tmp_path / "shell.svg"
    assert main([str(picture)]) == 0
    text = "".join(ET.fromstring(picture.read_text()).itertext())
    assert "askdoc has read" in text
    assert "asking: Why did" in text
