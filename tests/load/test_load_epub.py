"""Electronic books: chapters in reading order under their headings, the way-finding left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import outline, zipped
from packing import DATA, sample

from askdoc.errors import EmptySource, LoadError, SourceUnreadable, UnsupportedFormat
from askdoc.load.web.epub import load_epub
from askdoc.model import Document

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)


def book(
    chapters: dict[str, str | None], *, items: str = "", guide: str = "", **parts: str
) -> bytes:
    """A book with these chapters by href, in this order; None is one that is not there."""
    manifest = "".join(
        f'<item id="c{at}" href="{href}" media-type="application/xhtml+xml"/>'
        for at, href in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{at}"/>' for at in range(len(chapters)))
    package = (
        f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{manifest}{items}</manifest>'
        f"<spine>{spine}</spine><guide>{guide}</guide></package>"
    )
    pages = {
        f"OEBPS/{href}".replace("OEBPS/../", "").replace("%20", " "): f"<html><head><title>Every "
        f"page has it</title></head><body>{page}</body></html>"
        for href, page in chapters.items()
        if page is not None
    }
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": package,
            **pages,
            **parts,
        }
    )


def read(chapters: dict[str, str | None], **more: str) -> Document:
    items, guide = more.pop("items", ""), more.pop("guide", "")
    return load_epub(book(chapters, items=items, guide=guide, **more), "a.epub")


def test_a_real_book() -> None:
    document = load_epub(sample("survey.epub"), "survey.epub")
    assert document.text + "\n" == (DATA / "survey.epub.expected.txt").read_text()
    assert outline(document) == [
        (1, "Seal Survey 2025"),
        (1, "Method"),
        (2, "Equipment"),
        (1, "Results"),
        (3, "Weather"),
    ]


def test_chapters_in_the_order_of_the_spine() -> None:
    document = read({"z.xhtml": "<h1>First</h1><p>One.</p>", "a.xhtml": "<h2>Then</h2>Two."})
    assert document.text == "First\n\nOne.\n\nThen\n\nTwo."
    assert outline(document) == [(1, "First"), (2, "Then")]


NCX = (
    '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://x/ncx.dtd">'
    '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>'
    "<navPoint><navLabel><text>The Sea</text></navLabel><content src='a.xhtml#top'/>"
    "<navPoint><navLabel><text>A part</text></navLabel><content src='a.xhtml#part'/></navPoint>"
    "</navPoint><navPoint><navLabel><text>CHAPTER  TWO</text></navLabel>"
    "<content src='b.xhtml'/></navPoint></navMap></ncx>"
)
NAV = (
    "<html><body><nav epub:type='landmarks'><a href='a.xhtml'>Start</a></nav>"
    "<nav epub:type='toc'><ol><li><a href='a.xhtml'>The <i>Sea</i></a></li>"
    "<li><a href='b.xhtml#x'>Chapter Two</a></li></ol></nav></body></html>"
)
PAGES: dict[str, str | None] = {"a.xhtml": "<p>Waves.</p>", "b.xhtml": "<p>Chapter Two</p>Wind."}


@pytest.mark.parametrize(
    ("items", "part"),
    [
        ('<item id="n" href="t.ncx" media-type="application/x-dtbncx+xml"/>', NCX),
        ('<item id="n" href="t.ncx" media-type="application/xhtml+xml" properties="nav"/>', NAV),
    ],
)
def test_a_chapter_without_a_heading_is_called_as_in_the_contents(items: str, part: str) -> None:
    document = read(PAGES, items=items, **{"OEBPS/t.ncx": part})
    assert document.text == "The Sea\n\nWaves.\n\nChapter Two\n\nWind."
    assert outline(document) == [(1, "The Sea"), (1, "Chapter Two")]


def test_contents_that_are_broken_or_missing_do_not_matter() -> None:
    items = '<item id="n" href="t.ncx" media-type="application/x-dtbncx+xml"/>'
    for parts in ({}, {"OEBPS/t.ncx": "<ncx><"}):
        assert read(PAGES, items=items, **parts).text == "Waves.\n\nChapter Two\n\nWind."


def test_cover_and_contents_are_left_out() -> None:
    guide = '<reference type="cover" href="c.xhtml"/><reference type="text" href="a.xhtml"/>'
    pages: dict[str, str | None] = {"c.xhtml": "<p>Cover</p>", "a.xhtml": "<p>Text.</p>"}
    assert read(pages, guide=guide).text == "Text."


def test_names_are_decoded_and_resolved_within_the_archive() -> None:
    pages: dict[str, str | None] = {
        "text/../a%20b.xhtml": "no",
        "../top.xhtml": "<p>Top.</p>",
        "../../etc/passwd": None,
        "https://example.org/x.xhtml": None,
    }
    data = book(pages, **{"OEBPS/a b.xhtml": "<p>Decoded.</p>"})
    assert load_epub(data, "a.epub").text == "Decoded.\n\nTop."


def test_missing_chapters_are_told_of() -> None:
    document = read({"a.xhtml": "<p>Here.</p>", "b.xhtml": None, "c.xhtml": "\0\1\2"})
    assert document.text == "Here."
    assert document.notes == (
        "a chapter is missing in the file: OEBPS/b.xhtml",
        "a chapter is no text: OEBPS/c.xhtml",
    )


def encryption(algorithm: str) -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
        f'<e:EncryptionMethod Algorithm="{algorithm}"/></e:EncryptedData></encryption>'
    )


def test_protected_books_are_refused_and_scrambled_fonts_are_not() -> None:
    font = encryption("http://www.idpf.org/2008/embedding")
    assert read(PAGES, **{"META-INF/encryption.xml": font}).text.startswith("Waves.")
    drm = encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    with pytest.raises(SourceUnreadable, match="protected against copying"):
        read(PAGES, **{"META-INF/encryption.xml": drm})


def test_what_is_no_book() -> None:
    with pytest.raises(UnsupportedFormat, match="not an electronic book"):
        load_epub(zipped({"a.txt": "x"}), "a.epub")
    with pytest.raises(UnsupportedFormat, match="not an electronic book"):
        load_epub(zipped({"a.opf": "<html/>"}), "a.epub")
    with pytest.raises(EmptySource):
        read({"a.xhtml": "<img/>"})


def test_bombs() -> None:
    with pytest.raises(UnsupportedFormat, match="entities"):
        bomb = '<!DOCTYPE p [<!ENTITY x "y">]><package>&x;</package>'
        load_epub(zipped({"a.opf": bomb}), "a.epub")
    # Pages are read by a tokenizer that takes no entities from them, and never recurses.
    page = '<!DOCTYPE html [<!ENTITY x "yyyy">]>' + "<div>" * 100_000 + "&x;deep"
    assert "deep" in read({"a.xhtml": page}).text


REAL = sample("survey.epub")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_cut_or_flipped_book_is_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(REAL[: data.draw(st.integers(len(REAL) // 2, len(REAL)))])
    for _ in range(data.draw(st.integers(0, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        assert load_epub(bytes(damaged), "a.epub").text.strip()
    except LoadError as problem:
        assert problem.where == "a.epub"
