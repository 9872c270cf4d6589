"""Verdicts as a person, a pipe and a program get to see them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from present_samples import DOCUMENT, QUOTE, cite, cite_words

from askdoc.model import Document
from askdoc.present import PLAIN, Style
from askdoc.present.verdicts import as_json, as_text, summary
from askdoc.verify import Found, Standing, Verdict

PERSON = Style(person=True, width=60)
COLOUR = Style(person=True, colour=True, width=60)

TUGS, HURT = cite_words(QUOTE, "two tugs"), cite_words("Nobody was hurt.")
STANDS = Verdict(
    citation=TUGS,
    standing=Standing.STANDS,
    now=Found(quote=QUOTE, start=TUGS.start, end=TUGS.end, line=TUGS.line),
)
MOVED = Verdict(
    citation=HURT,
    standing=Standing.MOVED,
    detail="from line 5",
    now=Found(quote=HURT.quote, start=120, end=136, line=7),
)
CHANGED = Verdict(
    citation=HURT,
    standing=Standing.CHANGED,
    detail="the source no longer has this sentence",
    nearest=Found(quote="Nobody\nwas badly hurt.", start=110, end=132, line=6),
)
GONE = Verdict(citation=HURT, standing=Standing.GONE, detail="no such file or folder")


def test_a_pipe_gets_a_line_a_citation_and_a_summary() -> None:
    assert as_text([STANDS, MOVED, CHANGED, GONE], PLAIN).split("\n") == [
        "stands  log/port.txt:3  characters 38-106  "
        "He asked for two tugs to hold the stern, because the wind had risen.",
        "moved  log/port.txt:7  characters 120-136  Nobody was hurt.",
        "changed  log/port.txt:5  characters 107-123  Nobody was hurt.",
        "gone  log/port.txt:5  characters 107-123  Nobody was hurt.",
        "1 of 4 citations stands.",
    ]


def test_a_person_sees_what_is_the_matter_and_what_is_there_instead() -> None:
    assert as_text([STANDS, MOVED, CHANGED], PERSON, revealed=True) == (
        "He asked for two tugs to hold the stern, because the wind\n"
        "had risen.\n"
        "  [1] log/port.txt:3 stands\n\n"
        "Nobody was hurt.\n"
        "  [2] log/port.txt:7 moved: from line 5\n\n"
        "Nobody was hurt.\n"
        "  [3] log/port.txt:5 changed: the source no longer has this sentence\n"
        "  now at log/port.txt:6:\n"
        "    Nobody was badly hurt.\n\n"
        "1 of 3 citations stands."
    )


NEAR = STANDS.model_copy(update={"cited": False})
ODD = Verdict(citation=None, standing=Standing.CONTRADICTS, detail="it cites nothing", answer=2)


def test_what_only_came_near_and_what_contradicts_itself_are_told_apart() -> None:
    assert as_text([NEAR, ODD], PLAIN).split("\n") == [
        "stands  log/port.txt:3  characters 38-106  nearest  "
        "He asked for two tugs to hold the stern, because the wind had risen.",
        "contradicts  answer 2  it cites nothing",
        "No citations to check; 1 of 1 nearest sentence stands; 1 answer contradicts itself.",
    ]
    assert as_text([NEAR, ODD], PERSON).split("\n")[2:5] == [
        "  [1] log/port.txt:3 came near, stands",
        "",
        "Answer 2 contradicts: it cites nothing",
    ]


def test_a_person_is_told_how_to_see_what_is_there_now() -> None:
    hint = "With --show-now you are shown what the files have now."
    hidden = CHANGED.model_copy(update={"nearest": None})
    assert hint in as_text([hidden], PERSON)
    assert hint not in as_text([hidden], PERSON, revealed=True)
    assert hint not in as_text([STANDS, MOVED], PERSON)


def test_another_heading_is_shown_where_it_was_asked_for() -> None:
    now = Found(quote=QUOTE, start=TUGS.start, end=TUGS.end, line=TUGS.line, heading="Bills\x1b")
    detail = "its heading is not the source's"
    moved = Verdict(citation=TUGS, standing=Standing.MISPLACED, detail=detail, now=now)
    lines = as_text([moved], PERSON, revealed=True).split("\n")
    assert lines[2:4] == [
        "  [1] log/port.txt:3 misplaced: its heading is not the source's",
        "  heading now: Bills\\x1b",
    ]


def test_what_does_not_stand_is_bold() -> None:
    text = as_text([STANDS, MOVED], COLOUR)
    assert "\x1b[1mmoved\x1b[0m\x1b[2m: from line 5\x1b[0m" in text
    assert "\x1b[2mstands\x1b[0m" in text


def test_where_files_are_gone_a_person_is_told_where_they_are_looked_for() -> None:
    text = as_text([GONE], PERSON)
    assert text == (
        "Nobody was hurt.\n"
        "  [1] log/port.txt:5 gone: no such file or folder\n\n"
        "Files are looked for from the current folder: run this where\n"
        "the question was asked, or give the saved index that was\n"
        "asked with --index.\n\n"
        "0 of 1 citation stands."
    )


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ([], "No citations to check."),
        ([STANDS], "1 of 1 citation stands."),
        ([GONE], "0 of 1 citation stands."),
        ([STANDS, STANDS], "2 of 2 citations stand."),
        ([MOVED, GONE], "0 of 2 citations stand."),
        ([STANDS, STANDS, STANDS, MOVED], "3 of 4 citations stand."),
    ],
)
def test_the_summary(verdicts: list[Verdict], said: str) -> None:
    assert summary(verdicts) == said
    for style in (PLAIN, PERSON, COLOUR):
        assert as_text(verdicts, style).endswith(said)


def test_json_holds_everything() -> None:
    document = Document("Žofie owes 5 € to 北京.", "é.txt")
    verdict = MOVED.model_copy(update={"citation": cite(document, 0, 10)})
    for ascii_only in (False, True):
        text = as_json([verdict, CHANGED], ascii_only=ascii_only)
        assert "\n" not in text
        assert text.isascii() == ascii_only
        first, second = json.loads(text)
        names = ["citation", "standing", "detail", "now", "nearest", "answer", "cited"]
        assert list(first) == names
        assert first["standing"] == "moved"
        assert first["citation"]["quote"] == "Žofie owes"
        assert Verdict.model_validate(first) == verdict
        assert Verdict.model_validate(second) == CHANGED
    assert as_json([]) == "[]"


hostile = st.text(
    st.one_of(st.characters(), st.sampled_from("\x1b\x07\n\r\u2028\u202e  ab")), min_size=1
)


@given(hostile, hostile, st.sampled_from(list(Standing)))
def test_no_document_acts_on_a_terminal_or_breaks_a_line(
    text: str, source: str, standing: Standing
) -> None:
    document = Document(text, source)
    found = Found(quote=text, start=0, end=len(text), line=1)
    verdict = Verdict(
        citation=cite(document, 0, len(text)), standing=standing, detail=text, nearest=found
    )
    lines = as_text([verdict], PLAIN).split("\n")
    assert len(lines) == len("\n".join(lines).splitlines()) == 2
    assert lines[0].startswith(f"{standing.value}  ")
    shown = as_text([verdict], PERSON)
    assert not set(shown) & set("\x1b\x07\r\u2028\u202e")
    assert DOCUMENT.source not in shown
