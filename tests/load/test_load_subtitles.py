"""Subtitles read as speech: whole sentences, each cue's time at its first character."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packing import sample

from askdoc.errors import EmptySource, UnsupportedFormat
from askdoc.load.text.subtitles import load_subtitles
from askdoc.model import Document
from askdoc.split import split


def srt(*cues: str, length: float = 2.0, gap: float = 0.1) -> Document:
    """A file of cues that follow each other, as a subtitle program writes it."""
    written = []
    for number, cue in enumerate(cues):
        start = number * (length + gap)
        times = " --> ".join(clock(at) for at in (start, start + length))
        written.append(f"{number + 1}\r\n{times}\r\n{cue}\r\n\r\n")
    return load_subtitles("".join(written).encode(), "a.srt")


def clock(seconds: float) -> str:
    ms = round(seconds * 1000)
    return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"


def test_captions_of_the_web_read_as_a_conversation() -> None:
    document = load_subtitles(sample("council.vtt"), "council.vtt")
    assert document.text == (
        "Ana Ruiz: The council voted seven to two for the new pier & its crane.\n"
        "Tom Oye: [applause] Who pays for it?\n\n"
        "- The town.\n- And the port."
    )
    places = [(place.name, document.text[place.start :][:9]) for place in document.places]
    assert places == [
        ("0:00:01", "Ana Ruiz:"),
        ("0:00:04", "for the n"),
        ("0:00:06", "Tom Oye: "),
        ("1:00:10", "- The tow"),
    ]


def test_a_sentence_over_several_cues_is_one_sentence_with_the_time_of_its_start() -> None:
    document = srt(
        "{\\an8}Mr.", "<i>Malik says that the ferry</i>", "will sail on 3", "May. She is late."
    )
    sentences = [sentence for block in split(document) for sentence in block]
    assert [sentence.text for sentence in sentences] == [
        "Mr. Malik says that the ferry will sail on 3 May.",
        "She is late.",
    ]
    assert [document.place_at(sentence.start) for sentence in sentences] == ["0:00:00", "0:00:06"]
    assert document.place_at(document.text.index("will sail")) == "0:00:04"


@pytest.mark.parametrize(
    ("cues", "text"),
    [
        (["One <font color='#fff'>two</font>", "&lt;three&gt; 5 < 6"], "One two <three> 5 < 6"),
        (["Left\nright.", "42", "7"], "Left right. 42 7"),
        (["-Who?\n-Me."], "-Who?\n-Me."),
        (["♪ [music] ♪", "(door slams) Go."], "♪ [music] ♪ (door slams) Go."),
        (["港は", "開いた。"], "港は開いた。"),
        (["First half\n\nafter a blank line.", "End."], "First half after a blank line. End."),
        (["No.", "No.", "Yes.", "So be it.", "Fine then."], "No. No. Yes. So be it. Fine then."),
        (["", "<i></i>", "Here."], "Here."),
    ],
)  # fmt: skip
def test_what_cues_say(cues: list[str], text: str) -> None:
    assert srt(*cues).text == text


def test_captions_that_roll_say_each_line_once() -> None:
    lines = [f"line number {number}" for number in range(9)]
    cues = [lines[0]]
    for before, line in pairwise(lines):
        cues += [f"{before}\n{line}", line]
    document = srt(*cues, gap=0.0)
    assert document.text.replace("\n\n", " ") == " ".join(lines)
    assert [document.text[place.start :].split("\n")[0][:13] for place in document.places] == lines


def test_speech_without_full_stops_is_cut_into_paragraphs() -> None:
    document = srt(*["and then we went on to"] * 3, *["the other side of it"] * 20)
    assert document.text.count("\n\n") == 3
    assert max(map(len, document.text.split("\n\n"))) < 150


def test_a_pause_begins_a_paragraph_only_where_a_sentence_ended() -> None:
    assert srt("The end.", "But wait", "for it.", gap=3).text == "The end.\n\nBut wait for it."


def test_files_without_subtitles_are_refused() -> None:
    with pytest.raises(UnsupportedFormat, match=r"no subtitles are in it: a\.srt\. "):
        load_subtitles(b"Just some text.", "a.srt")
    with pytest.raises(EmptySource, match="no subtitle has text"):
        load_subtitles(b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "a.vtt")


WORDS = st.text("ab .", min_size=1, max_size=12)


@given(st.lists(WORDS, min_size=1, max_size=12), st.floats(0, 4, allow_nan=False))
def test_every_word_is_kept_and_every_cue_has_its_place(cues: list[str], gap: float) -> None:
    numbered = [f"w{number} {cue}" for number, cue in enumerate(cues)]
    document = srt(*numbered, gap=gap)
    assert document.text.split() == " ".join(numbered).split()
    for number in range(len(cues)):
        at = document.text.index(f"w{number}")
        assert document.place_at(at) == clock(number * (2 + gap)).split(",")[0].removeprefix("0")


@pytest.mark.parametrize(
    "text",
    [
        "00:00:01,000 --> 00:00:02,000\nx\n\n" * 30_000,
        "00:00:01,000 -->" * 100_000 + "\n0:01 --> 0:02\nx",
        "0:01 --> 0:02\nx" + "<" * 100_000 + "{\\" * 100_000,
        "0:01 --> 0:02\nx" + "\n \t" * 100_000 + "1" * 100_000,
        "0:01 --> 0:02\nx" + "<v " * 100_000,
        "9999:99:99 --> 9999:99:99\n" + "x\n" * 100_000,
    ],
)
def test_hostile_subtitles_are_read(text: str) -> None:
    assert load_subtitles(text.encode(), "a.srt").text.startswith("x")
