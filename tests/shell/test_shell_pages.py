"""A document on a screen: every row once, in order, however one scrolls."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.answer import cite
from askdoc.model import Citation, Document, Extract, Sentence
from askdoc.present.wrap import cells
from askdoc.shell.pages import Pages


def pages_of(text: str, quote: str, width: int = 40, height: int = 6) -> Pages:
    document = Document(text, "a.txt")
    start = text.index(quote)
    pages = Pages(document, cited(document, start, start + len(quote)))
    pages.fit(width, height)
    pages.to_citation()
    return pages


def cited(document: Document, start: int, end: int) -> Citation:
    return cite(Extract(Sentence(document, start, end), 0.5))


LOG = "\n".join(f"Line {number} of the log." for number in range(1, 101))


def texts(pages: Pages) -> list[str]:
    return [row.text for row in pages.rows]


def test_one_begins_where_the_quote_is_in_sight() -> None:
    pages = pages_of(LOG, "Line 50 of")
    assert [row.number for row in pages.rows] == [48, 49, 50, 51, 52, 53]
    quoted = pages.rows[2]
    assert quoted.text[quoted.marked.start : quoted.marked.end] == "Line 50 of"
    assert [row.quoted for row in pages.rows] == [False, False, True, False, False, False]


def test_scrolling_stops_at_both_ends() -> None:
    pages = pages_of(LOG, "Line 50 of")
    pages.to_start()
    pages.up(3)
    assert texts(pages)[0] == "Line 1 of the log."
    pages.to_end()
    assert texts(pages)[-1] == "Line 100 of the log."
    assert len(pages.rows) == 6
    pages.down(500)
    assert texts(pages) == ["Line 100 of the log."]
    assert pages.share == 1.0
    pages.to_citation()
    assert "Line 50 of the log." in texts(pages)


def test_a_long_line_is_broken_and_numbered_once() -> None:
    pages = pages_of("word " * 5_000 + "the quote " + "word " * 5_000, "the quote")
    assert any(row.marked.start < row.marked.end for row in pages.rows)
    pages.to_start()
    assert [row.number for row in pages.rows] == [1, None, None, None, None, None]


def test_what_acts_on_a_terminal_is_made_harmless() -> None:
    pages = pages_of("A\x1b[2Jb\tc\x07 quote", "quote")
    assert "\x1b" not in pages.rows[0].text
    assert "\x07" not in pages.rows[0].text


@pytest.mark.parametrize("size", [(1, 1), (20, 3), (200, 60)])
def test_any_size_will_do(size: tuple[int, int]) -> None:
    pages = pages_of(LOG, "Line 50 of")
    pages.fit(*size)
    assert pages.rows
    pages.page_down()
    pages.page_up()
    assert len(pages.rows) <= size[1]


@given(
    text=st.text(st.sampled_from("ab 中\n\r\t"), min_size=1, max_size=400),
    width=st.integers(5, 60),
    data=st.data(),
)
def test_going_down_and_up_again_ends_where_it_began(
    text: str, width: int, data: st.DataObject
) -> None:
    document = Document(text, "a.txt")
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    pages = Pages(document, cited(document, start, end))
    pages.fit(width, 5)
    pages.to_start()
    seen = []
    spots = []
    while True:
        seen.append(pages.rows[0])
        spots.append(pages.top)
        pages.down(1)
        if pages.top == spots[-1]:
            break
    for spot in reversed(spots):
        assert pages.top == spot
        pages.up(1)
    numbers = [row.number for row in seen if row.number is not None]
    assert numbers == list(range(1, document.lines + 1))
    room = max(10, width - pages.gutter)
    assert all(cells(row.text.rstrip()) <= room for row in seen)
    marked = "".join(row.text[row.marked.start : row.marked.end] for row in seen)
    assert marked.replace(" ", "") == "".join(text[start:end].split())
