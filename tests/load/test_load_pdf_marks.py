"""What is marked on a page's picture are the words that are quoted, or nothing is."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_made import Placed, made_pdf, page_of, set_in

from askdoc.errors import UnsupportedFormat
from askdoc.load.pdf.marks import Mark, marks_on
from askdoc.load.pdf.pdf import load_pdf
from askdoc.load.pdf.picture import MOST_PIXELS, picture_of, size_for
from askdoc.load.pdf.stream import letters_of
from askdoc.model import Document

_LONG = (
    "The bridge over the river was opened by the mayor in the spring of that year. It had cost "
    "rather more than anybody had said it would. Ships pass below it twice a day."
)


def _span_on(document: Document, page: int) -> tuple[int, int]:
    starts = [*document.page_starts, len(document.text)]
    return starts[page - 1], starts[page]


def _marks(data: bytes, quote: str, page: int = 1, nth: int = 0) -> list[Mark]:
    """The marks of the nth place of a quote in a page's text."""
    document = load_pdf(data, "a.pdf")
    first, last = _span_on(document, page)
    text = document.text[first:last]
    at = text.index(quote)
    for _ in range(nth):
        at = text.index(quote, at + 1)
    return marks_on(data, page, text, at, at + len(quote))


def _below(data: bytes, marks: list[Mark], page: int = 1) -> list[str]:
    """What PDFium says stands in each rectangle, in the page's own coordinates."""
    document = pdfium.PdfDocument(data)
    handle = document[page - 1]
    letters = handle.get_textpage()
    found = []
    for mark in marks:
        x, y = ctypes.c_double(), ctypes.c_double()
        corners = []
        for across, down in ((mark.left, mark.top), (mark.right, mark.bottom)):
            at = round(across * 100_000), round(down * 100_000)
            raw.FPDF_DeviceToPage(handle, 0, 0, 100_000, 100_000, 0, *at, x, y)
            corners.append((x.value, y.value))
        (x0, x1), (y0, y1) = (sorted(sides) for sides in zip(*corners, strict=True))
        # Boxes of letters touch those beside, above and below.
        dx, dy = (x1 - x0) / 4, (y1 - y0) / 4
        inside = (x0 + 0.3, y0 + dy, x1 - 0.3, y1 - dy)
        if y1 - y0 > x1 - x0:
            inside = (x0 + dx, y0 + 0.3, x1 - dx, y1 - 0.3)
        found.append(letters.get_text_bounded(*inside).strip())
    return found


def test_a_sentence_is_marked_line_by_line() -> None:
    data = made_pdf([page_of(set_in(_LONG, 72, 700, 60))])
    quote = "It had cost rather more than anybody had said it would."
    marks = _marks(data, quote)
    assert " ".join(_below(data, marks)) == quote
    assert len(marks) == 2
    assert all(0 < side < 1 for mark in marks for side in mark)


def test_a_word_broken_at_a_lines_end_is_marked_on_both() -> None:
    lines = [(72.0, 700.0, "Nobody in the whole town had ever seen such a cere-"),
             (72.0, 688.0, "mony before, and it rained for all of the afternoon.")]  # fmt: skip
    data = made_pdf([page_of(lines)])
    document = load_pdf(data, "a.pdf")
    assert "ceremony" in document.text
    start = document.text.index("ceremony")
    marks = marks_on(data, 1, document.text, start, start + len("ceremony"))
    assert [letters_of(text) for text in _below(data, marks)] == ["cere", "mony"]


def test_of_equal_sentences_the_one_that_is_quoted_is_marked() -> None:
    texts = ["It is not so.", "The first of them said that.", "It is not so.", "So did the second."]
    lines: list[Placed] = [(72, 700 - 40 * at, text) for at, text in enumerate(texts)]
    data = made_pdf([page_of(lines)])
    first, second = (_marks(data, "It is not so.", nth=nth) for nth in (0, 1))
    assert len(first) == len(second) == 1
    assert (first[0].top, second[0].top) == pytest.approx(
        ((842 - 707.5) / 842, (842 - 627.5) / 842), abs=0.001
    )


def test_a_running_title_that_says_the_same_is_not_marked() -> None:
    pages = []
    for number in range(1, 5):
        lines: list[Placed] = [(72, 800, "Annual Report"), (300, 30, str(number))]
        if number == 3:
            lines.append((72, 500, "Annual Report"))
        lines += set_in(_LONG, 72, 400, 70)
        pages.append(page_of(lines))
    data = made_pdf(pages)
    document = load_pdf(data, "a.pdf")
    first, last = _span_on(document, 3)
    assert document.text[first:last].count("Annual Report") == 1
    (mark,) = _marks(data, "Annual Report", page=3)
    assert mark.top == pytest.approx((842 - 507.5) / 842, abs=0.001)


def test_text_of_another_file_is_not_marked() -> None:
    data = made_pdf([page_of(set_in(_LONG, 72, 700, 60))])
    text = _LONG.replace("rather more", "rather less")
    start = text.index("It had")
    assert marks_on(data, 1, text, start, start + 40) == []
    assert marks_on(data, 2, text, start, start + 40) == []
    assert marks_on(data, 1, "...", 0, 3) == []


def test_where_nothing_tells_equal_places_apart_none_is_marked() -> None:
    lines: list[Placed] = [(72, 700 - 40 * at, "It is not so.") for at in range(3)]
    data = made_pdf([page_of(lines)])
    assert marks_on(data, 1, "It is not so.", 0, 13) == []


def test_a_row_of_a_table_is_marked_without_the_names_of_its_columns() -> None:
    rows = [("Country", "People", "Area"), ("Mexico", "130", "1,964"), ("Peru", "34", "1,285")]
    lines: list[Placed] = [
        (80 + 120 * column, 706 - 20 * at, cell)
        for at, row in enumerate(rows)
        for column, cell in enumerate(row)
    ]
    level = b"".join(b"72 %d m 430 %d l S\n" % (y, y) for y in (720, 700, 680, 660))
    upright = b"".join(b"%d 660 m %d 720 l S\n" % (x, x) for x in (72, 192, 312, 430))
    data = made_pdf([page_of(lines) + b"\n" + level + upright])
    row = "Country: Peru | People: 34 | Area: 1,285"
    marks = _marks(data, row)
    assert _below(data, marks) == ["Peru", "34", "1,285"]


def test_a_quotation_that_begins_inside_a_word_begins_there() -> None:
    data = made_pdf(
        [page_of([(72, 700, "The so-called half/quarter rule was never followed here.")])]
    )
    marks = _marks(data, "quarter rule")
    assert _below(data, marks) == ["quarter rule"]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_marked_as_shown(turned: int) -> None:
    plain = made_pdf([page_of(set_in(_LONG, 72, 700, 60))])
    data = plain.replace(b"/MediaBox [0 0 595 842]", b"/MediaBox [0 0 595 842] /Rotate %d" % turned)
    quote = "It had cost rather more"
    assert " ".join(_below(data, _marks(data, quote))) == quote


def test_text_that_stands_upright_on_a_page_is_marked_where_it_is_shown() -> None:
    lines = b"\n".join(
        f"BT /F 10 Tf 0 1 -1 0 {100 + 12 * at} 72 Tm ({text}) Tj ET".encode()
        for at, (_, _, text) in enumerate(set_in(_LONG, 0, 0, 60))
    )
    data = made_pdf([lines])
    quote = "Ships pass below it twice a day."
    marks = _marks(data, quote)
    assert " ".join(_below(data, marks)) == quote
    assert all(mark.bottom - mark.top > mark.right - mark.left for mark in marks)


_WORDS = st.lists(st.sampled_from(sorted(set(_LONG.lower().split()))), min_size=12, max_size=80)


@settings(max_examples=25, deadline=None)
@given(_WORDS, st.data())
def test_whatever_is_marked_are_the_letters_of_the_quotation(
    words: list[str], data: st.DataObject
) -> None:
    pdf = made_pdf([page_of(set_in(" ".join(words), 72, 760, 50))])
    text = load_pdf(pdf, "a.pdf").text
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    marks = marks_on(pdf, 1, text, start, end)
    # What is cut inside of a letter's box may take the next letter along.
    if marks and not (text[start - 1 : start].strip() or text[end : end + 1].strip()):
        assert letters_of("".join(_below(pdf, marks))) == letters_of(text[start:end])


def test_a_picture_is_as_wide_as_wished_and_dark_where_words_stand() -> None:
    data = made_pdf([page_of(set_in(_LONG, 72, 700, 60))])
    (mark,) = _marks(data, "Ships pass below it twice a day.")
    picture = picture_of(data, 1, 600)
    assert picture is not None
    assert (picture.width, picture.height) == (600, 849)
    assert len(picture.pixels) == 3 * 600 * 849

    def darkest(left: float, top: float, right: float, bottom: float) -> int:
        rows = range(int(top * picture.height), int(bottom * picture.height))
        across = slice(3 * int(left * picture.width), 3 * int(right * picture.width))
        return min(min(picture.pixels[1800 * y : 1800 * (y + 1)][across]) for y in rows)

    assert darkest(*mark) < 100
    assert darkest(0.0, 0.8, 1.0, 1.0) == 255


def test_a_page_that_says_it_is_huge_makes_no_huge_picture() -> None:
    for width, height in ((1e7, 1e7), (1e7, 0.1), (0.1, 1e7), (595, 842)):
        size = size_for(width, height, 10**9)
        assert size is not None
        assert size[0] * size[1] <= MOST_PIXELS + 16 * 7_200
        assert max(size) <= 7_200
    assert size_for(float("nan"), 100, 100) is size_for(0, 100, 100) is None
    data = made_pdf([b""]).replace(b"[0 0 595 842]", b"[0 0 9e9 9e9]")
    picture = picture_of(data, 1, 2_000)
    assert picture is None or picture.width * picture.height <= MOST_PIXELS


def test_what_is_no_pdf_has_neither_picture_nor_marks() -> None:
    with pytest.raises(UnsupportedFormat):
        picture_of(b"%PDF-1.4 no more", 1, 600)
    with pytest.raises(UnsupportedFormat):
        marks_on(b"%PDF-1.4 no more", 1, "text", 0, 4)
    assert picture_of(made_pdf([b""]), 2, 600) is None
