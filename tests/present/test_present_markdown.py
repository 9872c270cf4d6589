"""A saved conversation: rendered, it is the documents' text and no markup of theirs."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from present_samples import NOWHERE, WINE, cite_words, refusal

from askdoc.load import load_text
from askdoc.model import Answer, Citation, Question, ShortAnswer
from askdoc.present import one_line
from askdoc.present.markdown import as_markdown, escaped

# What a page of ours is made of; all else came out of a document.
OURS = {
    "heading_open", "heading_close", "inline", "paragraph_open", "paragraph_close",
    "blockquote_open", "blockquote_close", "text", "text_special", "strong_open", "strong_close",
}  # fmt: skip
TRICKY = st.sampled_from(
    [
        *("*a*", "**", "_b_", "`c`", "[d](http://e.org)", "<b>", "&amp;", "1. f", "- g", "# h"),
        *("> i", "| j | k |", "~~l~~", "[^1]", "[^1]: m", "$n$", "http://o.org", "www.p.org"),
        *("q@r.org", ":smile:", "^s^", "\\", "---", "===", "+ t", "(1) u", "a. v", "i) w", "\t"),
        *("\x1b[1m", "!", "![x](y)", "```", "{.z}", "<!-- -->", "@key", "www.", ": a", "«"),
        *("\u200b", "北京", "€5"),
    ]
)
RENDERER = MarkdownIt("gfm-like", {"linkify": False})
TEXT = st.lists(TRICKY | st.text(max_size=6), min_size=1, max_size=6).map("".join)


def tokens(page: str) -> list[Token]:
    found = RENDERER.parse(page)
    return [*found, *(child for token in found for child in token.children or ())]


def text_of(token: Token) -> str:
    return "".join(child.content for child in token.children or ())


def answer(quote: str, short: tuple[int, int] | None, asked: str, source: str) -> Answer:
    start, end = short or (0, 0)
    citation = Citation(
        quote=quote,
        source=source,
        start=10,
        end=10 + len(quote),
        line=3,
        page=2,
        heading=quote,
        confidence=0.5,
        short=ShortAnswer(text=quote[start:end], start=10 + start, end=10 + end) if short else None,
    )
    question = Question(asked=asked, resolved=asked)
    return Answer(question=question, answered=True, confidence=0.5, citations=(citation,))


@settings(max_examples=300, deadline=None)
@given(TEXT.filter(lambda text: one_line(text) != ""), st.data(), TEXT, TEXT)
def test_no_document_becomes_markup_and_every_footnote_is_there(
    quote: str, data: st.DataObject, asked: str, source: str
) -> None:
    start = data.draw(st.integers(0, len(quote) - 1))
    end = data.draw(st.integers(start + 1, len(quote)))
    page = as_markdown([answer(quote, (start, end), asked, source), answer(quote, None, "b", "c")])
    body, notes = page[: page.index("\n[^1]: ")], page[page.index("\n[^1]: ") :]
    assert re.findall(r"(?m)^\[\^(\d+)\]: ", notes) == ["1", "2"]
    assert {token.type for token in tokens(body)} <= OURS
    quotes = [token for token in tokens(body) if token.type == "inline" and "[^" in token.content]
    assert [text_of(token) for token in quotes] == [
        f"{one_line(quote)}[^{number}]" for number in (1, 2)
    ]
    title = next(token for token in tokens(body) if token.content.startswith("1."))
    assert text_of(title).split() == f"1. {one_line(asked)}".split()
    # A footnote's text is a block of its own.
    note = notes.strip().splitlines()[0].removeprefix("[^1]: ")
    assert {token.type for token in tokens(note)} <= OURS
    assert tokens(note)[0].type == "paragraph_open"
    assert "<" not in re.sub(r"</?(?:p|h\d|blockquote|strong)>", "", RENDERER.render(body))


@given(TEXT)
@example("1. a")
@example("a:// http://x ::: 12:30")
def test_what_is_escaped_renders_as_itself(text: str) -> None:
    line = one_line(text)
    if not line:
        return
    found = tokens(escaped(line))
    assert [token.type for token in found][:3] == ["paragraph_open", "inline", "paragraph_close"]
    assert text_of(found[1]) == line


def test_words_without_marks_are_left_readable() -> None:
    line = 'On 3 May 2024, at 12:30, "Halcyon" - 40 cars; it\'s 5.5 km (so he said)!'
    assert escaped(line) == line


@pytest.mark.parametrize(
    ("quote", "short", "expected"),
    [
        ("It cost nine.", "nine", "> It cost **nine**.[^1]"),
        ("It cost $9.", "$9", "> It cost **\\$9**.[^1]"),
        ("北京是首都", "北京", "> **北京**是首都[^1]"),
        # Asterisks would not be read as bold here: the footnote says it instead.
        ("是「北京」市", "「北京」", "> 是「北京」市[^1]"),
    ],
)
def test_the_short_answer_is_bold_or_in_the_footnote(quote: str, short: str, expected: str) -> None:
    start = quote.index(short)
    page = as_markdown([answer(quote, (start, start + len(short)), "a", "b.txt")])
    assert expected in page.splitlines()
    assert ("in short" in page) is ("**" not in expected)


def test_how_a_question_was_understood_is_said() -> None:
    turn = answer("He left.", None, "Why?", "b.txt")
    understood = turn.model_copy(update={"question": Question(asked="Why?", resolved="Why_x?")})
    assert "\n## 1. Why?\n\nUnderstood as: Why\\_x?\n" in as_markdown([understood])


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
def test_pandoc_makes_footnotes_of_the_footnotes() -> None:
    document = load_text("# A\n\n1. *Nine* <b>x</b> :::\n\n@smith [^2] ~a~ ^b^ $c$\n", "a b.md")
    quotes = ["1. *Nine* <b>x</b> :::", "@smith [^2] ~a~ ^b^ $c$"]
    assert all(quote in document.text for quote in quotes)
    page = as_markdown([answer(quote, None, quote, document.source) for quote in quotes])
    done = subprocess.run(
        ["pandoc", "--wrap=none", "-f", "markdown-smart", "-t", "html"],
        input=page.encode(), capture_output=True, check=True,
    )  # fmt: skip
    html = done.stdout.decode()
    assert html.count('class="footnote-ref"') == html.count('class="footnote-back"') == 2
    assert "<p>1. *Nine* &lt;b&gt;x&lt;/b&gt; :::<a" in html
    assert "<p>@smith [^2] ~a~ ^b^ $c$<a" in html
    assert "<em>" not in html and "<b>" not in html and "math" not in html


def test_what_is_no_answer_says_why() -> None:
    near = cite_words("Nobody was hurt.", "Nobody", confidence=0.18)
    answers = [
        refusal(near, missing=NOWHERE),
        refusal(near, incomplete=True),
        refusal(no_question=True),
        refusal(near, missing=WINE, perhaps_threshold=0.1),
    ]
    page = as_markdown(answers)
    told = [text_of(token) for token in tokens(page) if token.type == "inline"]
    assert told[2] == (
        "The documents don't say. 'Eiffel Tower', 'O'Brien' and '<wine>' stand nowhere in them."
    )
    assert told[4] == "What was read so far doesn't say."
    assert told[6].startswith("I only quote. Ask for ")
    assert told[8] == "Perhaps:"
    assert told[9].startswith("Nobody was hurt.")
    assert told[10] == "Nothing about 'wine' or 'vin\\x1b' stands near 'France'."
    assert page.count("[^1]") == 2 and "[^2]" not in page
