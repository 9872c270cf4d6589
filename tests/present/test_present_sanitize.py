"""No document may act on a terminal, whatever it holds and whatever part of it is quoted."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from present_samples import ESCAPE_SEQUENCE, answer_of, cite, refusal

from askdoc.model import Document, Span
from askdoc.present import PLAIN, Style, as_text, one_line, sanitize, surroundings
from askdoc.present.sanitize import one_line_with
from askdoc.present.wrap import cells, fitted, wrapped

OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
STYLES = [
    PLAIN,
    Style(person=True),
    Style(person=True, width=20),
    Style(person=True, colour=True),
    Style(person=True, colour=True, width=33),
]
letters = st.characters(exclude_categories=["Cs"])
hostile = st.sampled_from(
    ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\r", "\n", "\t", "\u2028", " ", "\x00", *OVERRIDES]
)
texts = st.lists(st.one_of(letters, hostile, st.sampled_from(["word", "北京", "e\u0301"]))).map(
    "".join
)


@st.composite
def documents_with_spans(draw: st.DrawFn) -> tuple[Document, Span, Span]:
    """A document, a span of it, and a span in that."""
    text = draw(texts.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    short_start = draw(st.integers(start, end - 1))
    short_end = draw(st.integers(short_start + 1, end))
    source = draw(texts.filter(bool))
    return Document(text, source), Span(start, end), Span(short_start, short_end)


def is_active(char: str) -> bool:
    """An independent idea of what a terminal may act on."""
    return unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") or char in OVERRIDES


def bare(text: str) -> str:
    """What is left of a text without white space and active characters."""
    return "".join(char for char in text if not char.isspace() and not is_active(char))


def is_within(part: str, whole: str) -> bool:
    """Whether the characters of `part` come in `whole` in this order."""
    rest = iter(whole)
    return all(char in rest for char in part)


@given(documents_with_spans(), st.sampled_from(STYLES))
def test_every_rendering_shows_the_quote_and_no_control_of_the_document(
    case: tuple[Document, Span, Span], style: Style
) -> None:
    document, span, short = case
    citation = cite(document, *span, short, heading=document.source)
    for shown in (
        as_text(answer_of(citation, citation), style),
        as_text(refusal(citation), style),
        surroundings(document, citation, style),
    ):
        ours = ESCAPE_SEQUENCE.sub("", shown) if style.colour else shown
        assert not [char for char in ours if is_active(char) and char != "\n"]
    answer = ESCAPE_SEQUENCE.sub("", as_text(answer_of(citation), style))
    assert "".join(one_line(citation.quote).split()) in "".join(answer.split())
    assert is_within(bare(citation.quote), answer)


@given(documents_with_spans())
def test_what_is_bold_is_exactly_the_short_answer(case: tuple[Document, Span, Span]) -> None:
    document, span, short = case
    citation = cite(document, *span, short)
    shown = as_text(answer_of(citation), Style(person=True, colour=True))
    quote = shown.split("\n")[0]
    words = document.text[short.start : short.end]
    before, bold, after = ([*quote.split("\x1b[1m")[:1], "", ""])[:3]
    if "\x1b[1m" in quote:
        before, rest = quote.split("\x1b[1m")
        bold, after = rest.split("\x1b[0m")
    assert bold == one_line(words)
    if bold:
        assert one_line(before) == one_line(document.text[span.start : short.start]).strip()
        assert one_line(after) == one_line(document.text[short.end : span.end]).strip()


@given(texts, st.integers(0, 40), st.integers(0, 40))
def test_a_mark_stays_on_its_words_when_white_space_collapses(text: str, a: int, b: int) -> None:
    marked = Span(min(a, b), max(a, b))
    line, at = one_line_with(text, marked)
    assert line == one_line(text)
    assert line[at.start : at.end] == one_line(text[marked.start : marked.end])


@given(texts, texts)
def test_an_answer_in_a_pipe_is_two_lines_whatever_the_document_holds(
    text: str, source: str
) -> None:
    document = Document(text + ".", source + ".txt")
    lines = as_text(answer_of(cite(document, 0, len(document.text))), PLAIN).split("\n")
    assert len(lines) == len("".join(lines).splitlines()) + 1 == 2
    assert not lines[0].startswith(" ")
    assert lines[1].startswith("    ")


@given(texts)
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    tags = range(0xE0000, 0xE0080)
    ordinary = "".join(char for char in text if not is_active(char) and ord(char) not in tags)
    assert sanitize(ordinary) == ordinary


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("pay \u202e001$\u202c now", r"pay \u202e001$\u202c now"),
        ("bell\x07 nul\x00 del\x7f csi\x9b", r"bell\x07 nul\x00 del\x7f csi\x9b"),
        ("hidden\U000e0041", r"hidden\U000e0041"),
        ("lone \udc80", r"lone \udc80"),
        ("می\u200cخواهم \u200fשלום", "می\u200cخواهم \u200fשלום"),
    ],
)
def test_what_acts_becomes_an_escape_and_what_scripts_need_stays(text: str, shown: str) -> None:
    assert sanitize(text) == shown


# Wrapping


@given(texts.map(one_line), st.integers(4, 60))
def test_lines_fit_and_lose_nothing_but_the_space_they_break_at(text: str, width: int) -> None:
    spans = wrapped(text, width)
    lines = [text[start:end] for start, end in spans]
    assert all(cells(line.rstrip(" ")) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(left.end <= right.start for left, right in pairwise(spans))


def test_chinese_is_counted_in_cells_and_broken_anywhere() -> None:
    text = "北京是中华人民共和国的首都。"
    assert [text[start:end] for start, end in wrapped(text, 10)] == [
        "北京是中华",
        "人民共和国",
        "的首都。",
    ]


def test_a_word_wider_than_the_line_is_cut() -> None:
    text = "see https://example.org/a/long/path now"
    assert [text[start:end] for start, end in wrapped(text, 12)] == [
        "see",
        "https://exam",
        "ple.org/a/lo",
        "ng/path now",
    ]


def test_a_mark_over_a_letter_is_not_parted_from_it() -> None:
    text = "e\u0301" * 12
    assert [text[start:end] for start, end in wrapped(text, 5)] == [
        "e\u0301" * 5,
        "e\u0301" * 5,
        "e\u0301" * 2,
    ]


@given(st.text("ab 海\n", max_size=80), st.integers(12, 20))
def test_a_text_that_is_fitted_has_all_its_words_and_no_line_too_wide(
    text: str, width: int
) -> None:
    shown = fitted(text, width)
    assert "".join(shown.split()) == "".join(text.split())
    assert all(cells(line) <= width for line in shown.split("\n"))


def test_what_does_not_fit_of_an_indented_line_goes_on_further_in() -> None:
    assert fitted("one line of words\n  an indented line of words\nshort", 14) == (
        "one line of\nwords\n  an\n    indented\n    line of\n    words\nshort"
    )
    assert fitted("any text at all", None) == "any text at all"


@given(st.lists(st.text("ab 海", max_size=9), min_size=1, max_size=9), st.integers(12, 16))
def test_weight_and_links_take_no_room_and_go_on_over_a_break(parts: list[str], width: int) -> None:
    codes = ["\x1b[1m", "\x1b[0m", "\x1b]8;;file:///a%20b\x1b\\", "\x1b]8;;\x1b\\"]
    text = "".join(f"{part}{codes[at % 4]}" for at, part in enumerate(parts))
    shown = fitted(text, width)
    escapes = re.compile("|".join(map(re.escape, codes)))
    assert escapes.findall(shown) == escapes.findall(text)
    assert escapes.sub("", shown).split() == fitted(escapes.sub("", text), width).split()
    between = [part.split() for part in escapes.split(shown)]
    assert ["".join(words) for words in between] == ["".join(part.split()) for part in [*parts, ""]]
