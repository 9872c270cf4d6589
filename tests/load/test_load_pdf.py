"""PDFs that LibreOffice, a browser and TeX made are read as a person reads them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packing import DATA, sample

from askdoc.errors import EmptySource, LoadError, SourceUnreadable, UnsupportedFormat
from askdoc.load.pdf.hyphens import Joiner
from askdoc.load.pdf.pdf import load_pdf
from askdoc.model import Document
from lab.fuzzing.hostile.tiny_pdf import tiny_pdf

SAMPLES = ["two-columns.pdf", "three-columns.pdf", "running-titles.pdf"]


def read(name: str) -> Document:
    return load_pdf(sample(name), name)


def page_of(document: Document, words: str) -> int | None:
    return document.page_at(document.text.index(words))


def titles(document: Document) -> list[tuple[int, str]]:
    return [(heading.level, heading.title) for heading in document.headings]


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_read_as_a_person_reads_them(name: str) -> None:
    expected = (DATA / f"{name}.expected.txt").read_text("utf-8")
    assert read(name).text + "\n" == expected
    assert read(name).notes == ()


def test_columns_are_read_one_after_the_other_and_sentences_go_on_over_pages() -> None:
    document = read("two-columns.pdf")
    assert len(document.page_starts) == 2
    assert page_of(document, "The inner harbour is a rectangle") == 1
    assert page_of(document, "nothing changed that could be told") == 1
    assert page_of(document, "from chance. At the southern") == 2
    assert "nothing changed that could be told from chance." in document.text
    assert page_of(document, "[2] Calibration sheets") == 1
    assert [title for _, title in titles(document)][-3:] == [
        "3.1 What went wrong",
        "4 Conclusion",
        "Acknowledgements",
    ]


def test_running_titles_and_page_numbers_are_left_out_everywhere() -> None:
    document = read("running-titles.pdf")
    assert len(document.page_starts) == 4
    assert "Ferry Office of Lomma" not in document.text
    assert not re.search(r"Page \d", document.text)
    assert page_of(document, "summer timetable") == 2
    assert titles(document)[:4] == [
        (1, "Annual Report of the Ferry Office"),
        (1, "The year in short"),
        (1, "Traffic"),
        (2, "Passengers"),
    ]


@pytest.mark.parametrize("after", [177, 180, 182])
def test_a_raised_letter_does_not_end_its_word_where_pdfium_ends_a_line(after: int) -> None:
    """It was "m² , and": PDFium ends a line where a letter stands over the one before.

    In a file without its fonts that hung on the fonts of the machine.
    """
    page = (
        b"BT /F 14 Tf 72 700 Td (It covers 5,400 m) Tj ET BT /F 9 Tf 177 706 Td (2) Tj ET "
        b"BT /F 14 Tf %d 700 Td (, and it holds boats.) Tj ET" % after
    )
    text = load_pdf(tiny_pdf([page]), "a.pdf").text
    assert text == "It covers 5,400 m\N{SUPERSCRIPT TWO}, and it holds boats."


def test_rows_repeat_their_header() -> None:
    rows = "Day: Friday | Office: 8 to 12 | Slipway: 6 to 22 | Remarks: Late slipway"
    assert rows in read("three-columns.pdf").text
    assert "Kind of vehicle: Vans | 2022: 9,870 | 2023: 10,115" in read("running-titles.pdf").text


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_read_soundly_or_refused(name: str, data: st.DataObject) -> None:
    whole = sample(name)
    if data.draw(st.booleans()):
        broken = whole[: data.draw(st.integers(9, len(whole)))]
    else:
        at = data.draw(st.integers(9, len(whole) - 1))
        broken = whole[:at] + data.draw(st.binary(min_size=1, max_size=40)) + whole[at + 1 :]
    try:
        document = load_pdf(broken, name)
    except LoadError as problem:
        assert problem.where == name
        assert problem.remedy.endswith(".")
    else:
        document.text.encode("utf-8")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f\ufffe\xad]", document.text)
        assert list(document.page_starts) == sorted(document.page_starts)
        assert document.page_starts[0] == 0
        for heading in document.headings:
            assert document.text[heading.span.start : heading.span.end].strip()


def test_half_a_file_says_that_it_is_damaged() -> None:
    whole = sample("running-titles.pdf")
    for part in (0.5, 0.8, 0.97):
        try:
            document = load_pdf(whole[: int(part * len(whole))], "half.pdf")
        except UnsupportedFormat as problem:
            assert "damaged" in problem.what
        else:
            assert any("damaged" in note or "could not be read" in note for note in document.notes)


def test_no_pdf_and_nothing_are_told_apart() -> None:
    with pytest.raises(UnsupportedFormat, match="it is no PDF"):
        load_pdf(b"Dear reader, this is a letter.", "a.pdf")
    with pytest.raises(UnsupportedFormat, match="damaged"):
        load_pdf(b"%PDF-1.4\n" + b"nothing follows " * 20, "a.pdf")
    with pytest.raises(EmptySource):
        load_pdf(b"", "a.pdf")


def test_a_scan_is_refused_with_the_way_out() -> None:
    picture = b"q 200 0 0 100 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x41 EI Q"
    with pytest.raises(EmptySource, match=r"pictures .* only.*OCR"):
        load_pdf(tiny_pdf([picture]), "scan.pdf")
    with pytest.raises(EmptySource, match="no text"):
        load_pdf(tiny_pdf([b""]), "blank.pdf")


def test_a_password_is_named() -> None:
    secret = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /Length 40 /O <%s> /U <%s> >>" % (
        b"41" * 32,
        b"42" * 32,
    )
    trailer = secret + b" /ID [<00> <00>]"
    with pytest.raises(SourceUnreadable, match="password"):
        load_pdf(tiny_pdf([b"BT ET"], trailer), "a.pdf")


def test_the_text_layer_of_a_scan_is_read() -> None:
    page = b"BT /F 12 Tf 3 Tr 72 700 Td (The ferry leaves at nine.) Tj ET"
    assert load_pdf(tiny_pdf([page]), "a.pdf").text == "The ferry leaves at nine."


def test_text_printed_twice_to_look_bold_is_read_once_and_text_beside_the_page_never() -> None:
    page = (
        b"BT /F 12 Tf 72 700 Td (The ferry leaves at nine.) Tj ET "
        b"BT /F 12 Tf 72.4 700 Td (The ferry leaves at nine.) Tj ET "
        b"BT /F 12 Tf 900 700 Td (Never seen.) Tj ET"
    )
    assert load_pdf(tiny_pdf([page]), "a.pdf").text == "The ferry leaves at nine."


def test_blank_pages_count() -> None:
    page = b"BT /F 12 Tf 72 700 Td (The %s page.) Tj ET"
    document = load_pdf(tiny_pdf([b"", page % b"second", b"", page % b"fourth", b""]), "a.pdf")
    assert len(document.page_starts) == 5
    assert page_of(document, "The second") == 2
    assert page_of(document, "The fourth") == 4


def test_a_line_inside_the_text_stays_though_it_stands_on_every_page() -> None:
    lines = b"BT /F 12 Tf 72 760 Td (Gazette of the quay) Tj 0 -60 Td (Item %d is closed.) Tj "
    lines += b"0 -240 Td (Nothing was reported.) Tj 0 -300 Td (%d) Tj ET"
    document = load_pdf(tiny_pdf([lines % (at, at) for at in range(1, 6)]), "a.pdf")
    assert document.text.count("Nothing was reported.") == 5
    assert document.text.count("is closed.") == 5
    assert document.text.count("Gazette of the quay") == 1
    assert not re.search(r"^\d$", document.text, re.MULTILINE)


def test_a_running_title_is_kept_once_where_it_says_what_the_text_does_not() -> None:
    """Who published it, and that it is confidential, was lost with the title."""
    page = (
        b"BT /F 10 Tf 72 800 Td (Harbour Board, confidential) Tj 0 -60 Td (and the board met on day"
        b" %d and heard of) Tj 0 -12 Td (the pilots of the harbour,) Tj 0 -700 Td"
        b" (The board, page %d) Tj ET"
    )
    text = load_pdf(tiny_pdf([page % (at, at) for at in range(1, 6)]), "a.pdf").text
    assert text.count("Harbour Board, confidential") == 1
    assert text.count("page") == 1
    assert text.count("heard of the pilots of the harbour, and the board met") == 4


def test_the_large_title_of_a_slide_stays_though_three_in_a_row_have_it() -> None:
    slide = (
        b"BT /F 28 Tf 72 780 Td (Results) Tj /F 14 Tf 0 -90 Td (The tide of day %d was high) Tj "
    )
    slide += b"0 -30 Td (and the quay stayed dry all the same, as every year before.) Tj ET"
    document = load_pdf(tiny_pdf([slide % at for at in range(1, 4)]), "a.pdf")
    assert [title for _, title in titles(document)] == ["Results"] * 3


def test_one_page_keeps_all_its_lines() -> None:
    page = b"BT /F 12 Tf 72 760 Td (Gazette) Tj 0 -60 Td (All is well.) Tj 0 -600 Td (1) Tj ET"
    assert load_pdf(tiny_pdf([page]), "a.pdf").text.split("\n\n") == [
        "Gazette",
        "All is well.",
        "1",
    ]


def test_a_page_that_lies_on_its_side_is_turned() -> None:
    page = b"BT /F 12 Tf 0 1 -1 0 100 100 Tm (The ferry leaves at nine.) Tj ET "
    page += b"BT /F 12 Tf 0 1 -1 0 120 100 Tm (It comes back at ten.) Tj ET"
    assert load_pdf(tiny_pdf([page]), "a.pdf").text == (
        "The ferry leaves at nine. It comes back at ten."
    )


def test_hyphens_at_line_ends_go_or_stay_as_the_document_writes_the_word() -> None:
    joiner = Joiner(
        ["a wharfinger counted", "the semi-tidal basin and", "the well-", "known crane"]
    )
    assert joiner.join(["infor-", "mation"]) == "information"
    assert joiner.join(["well-", "known"]) == "well-known"
    assert joiner.join(["wharf-", "inger"]) == "wharfinger"
    assert joiner.join(["semi-", "tidal"]) == "semi-tidal"
    assert joiner.join(["Anglo-", "Saxon"]) == "Anglo-Saxon"
    assert joiner.join(["COVID-", "19"]) == "COVID-19"
    assert joiner.join(["see https:", "//example.org"]) == "see https://example.org"
    assert joiner.join(["in- and", "outside"]) == "in- and outside"
    assert joiner.join(["inter\xad", "rup\xadtion"]) == "interruption"


def test_the_outline_gives_headings_their_levels() -> None:
    page = b"BT /F 12 Tf 72 700 Td (Tides) Tj 0 -40 Td (The tide turns twice a day here.) Tj ET"
    document = load_pdf(tiny_pdf([page], outline=["Tides"]), "a.pdf")
    assert titles(document) == [(1, "Tides")]
