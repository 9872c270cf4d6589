"""Markdown stays as it was written; its headings are found where they stand."""

from __future__ import annotations

import pytest

from askdoc.load.text.markdown import load_markdown
from askdoc.model import Document

MANY = 100_000


def load(text: str) -> Document:
    document = load_markdown(text.encode(), "notes.md")
    assert document.text == text
    return document


def headings(text: str) -> list[tuple[int, str, str]]:
    document = load(text)
    return [(h.level, h.title, text[h.span.start : h.span.end]) for h in document.headings]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# One\ntext\n## Two ##\n", [(1, "One", "# One"), (2, "Two", "## Two ##")]),
        ("Title\n=====\n\nSub\n---\n", [(1, "Title", "Title\n====="), (2, "Sub", "Sub\n---")]),
        ("  # In\r\n", [(1, "In", "# In")]),
        ("over\r\ntwo  \r\n===\r\n", [(1, "over two", "over\r\ntwo  \r\n===")]),
        ("# Old\r# Mac", [(1, "Old", "# Old"), (1, "Mac", "# Mac")]),
        ("> # Quoted\n\n- ## Item", [(1, "Quoted", "> # Quoted"), (2, "Item", "- ## Item")]),
        ("```sh\n# no\n```\n~~~\nno\n---\n~~~\n    # no\n", []),
        ("```\n# never closed\n", []),
        ("<div>\n# no\n</div>\n\n<!--\n# no\n-->\n", []),
        ("#hashtag\n\n####### seven\n\n\\# no\n\na | b\n--|--\n", []),
        ("#\n\n# <br>\n\n# ![](x.png)\n\n## &nbsp;\n", []),
        ("***\n\ntext\n\n---\n", []),
    ],
)
def test_headings(text: str, found: list[tuple[int, str, str]]) -> None:
    assert headings(text) == found


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# *Big* __news__ of `git log`", "Big news of git log"),
        ("# [Home](http://x.org 'tip') <http://y.org>", "Home http://y.org"),
        ("# See [the guide][1]\n\n[1]: http://x.org", "See the guide"),
        ("# ![A *red* boat](boat.png) sails", "A red boat sails"),
        ("# R&amp;D \\*now\\* &copy; <b>2020</b>", "R&D *now* © 2020"),
        ("two\nlines\n===", "two lines"),
    ],
)
def test_a_title_is_what_a_reader_sees(line: str, title: str) -> None:
    assert load(line).headings[0].title == title


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Notes\n---\n",
        "---  \n# a comment\ntitle: Notes\ntags:\n  - one\n\n  - two\n...\n",
        '+++\ntitle = "Notes"\n# comment\n+++\n',
    ],
)
def test_front_matter_is_no_heading(front: str, line_end: str) -> None:
    text = f"{front}\n# Real\n\nBody\n".replace("\n", line_end)
    document = load(text)
    assert [h.title for h in document.headings] == ["Real"]
    start = document.headings[0].span.start
    assert text[start : start + 6] == "# Real"
    assert document.heading_at(text.index("Body")) == "Real"


@pytest.mark.parametrize(
    "text",
    [
        "---\n\n# Real\n\n---\n",
        "---\n# Real\n\nText here\n\n---\n",
        "----\ntitle: x\n\n# Real\n",
        "---\nnever: closed\n\n# Real\n",
        "text\n\n---\n\n# Real\n\n---\n",
    ],
)
def test_a_rule_is_no_front_matter(text: str) -> None:
    assert "Real" in [h.title for h in load(text).headings]


def test_a_byte_order_mark_before_front_matter() -> None:
    document = load_markdown(b"\xef\xbb\xbf---\r\na: b\r\n---\r\n# Real\r\n", "notes.md")
    assert [h.title for h in document.headings] == ["Real"]


def test_lines_of_headings_are_those_of_the_file() -> None:
    text = "one\r\ntwo\rthree\n\n# Four\u2028still four\x0b\x0c\x85\n\n## Six\n"
    document = load(text)
    assert [document.line_at(h.span.start) for h in document.headings] == [5, 7]


@pytest.mark.parametrize(
    "text",
    [
        "> " * MANY,
        "- " * MANY,
        "# " + "[" * MANY,
        "# " + "*a_`" * MANY,
        "# " + "![" * MANY + "](",
        "`" * MANY,
        "[a]: <\n" * (MANY // 10),
        "---\na: b\n" + "c: d\n" * MANY,
        "\n" * (10 * MANY) + "x",
    ],
    ids=range(9),
)
def test_hostile_markdown_is_read(text: str) -> None:
    assert load(text).line_count == text.count("\n") + 1
