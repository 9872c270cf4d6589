"""Word files that are broken, hostile, or put together by chance."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import cell, docx, docx_lines, p, read_docx, row, table, zipped
from packing import sample

from askdoc.errors import EmptySource, LoadError, SourceTooLarge, UnsupportedFormat
from askdoc.load.common.archive import MAX_PART
from askdoc.load.office.docx import load_docx


def test_what_is_no_word_document() -> None:
    with pytest.raises(UnsupportedFormat, match="not a Word document"):
        load_docx(zipped({"a.txt": "text"}), "a.docx")
    with pytest.raises(UnsupportedFormat, match="another kind"):
        load_docx(zipped({"word/document.xml": "<html/>"}), "a.docx")
    with pytest.raises(EmptySource):
        read_docx(p("  "))


def test_bombs() -> None:
    with pytest.raises(SourceTooLarge):
        load_docx(zipped({"word/document.xml": bytes(MAX_PART + 1)}), "a.docx")
    entity = '<!DOCTYPE a [<!ENTITY x "yyyy">]>'
    with pytest.raises(UnsupportedFormat, match="entities"):
        load_docx(zipped({"word/document.xml": entity + "<a>&x;</a>"}), "a.docx")
    with pytest.raises(UnsupportedFormat, match="nested"):
        read_docx("<w:tbl><w:tr><w:tc>" * 40_000)
    # As deep as the parser lets through, it neither recurses nor fails.
    deep = "<w:tbl><w:tr><w:tc>" * 80 + p("deep") + "</w:tc></w:tr></w:tbl>" * 80
    assert read_docx(deep).text == "deep"
    wide = row(cell("A", properties='<w:gridSpan w:val="999999999"/>'), "b")
    assert docx_lines(table(wide, wide)) == ["A | b", "A | b"]


def test_many_headers_and_open_fields_cost_no_more_than_their_length() -> None:
    header = "".join(row(str(at), "x", properties="<w:tblHeader/>") for at in range(20_000))
    assert read_docx(table(header, row("a", "b"))).text.endswith("19999 | x\na | b")
    begun = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>'
    assert read_docx(begun * 20_000 + p("Read.")).text == "Read."


def test_repeated_names_do_not_make_a_small_file_huge() -> None:
    long = "x" * 100_000
    header = row(long, "b", properties="<w:tblHeader/>")
    merged = row(cell(properties="<w:vMerge/>"), "2")
    document = read_docx(table(header, row(long, "1"), *[merged] * 2000))
    assert len(document.text) < 3 * len(long)


WORDS = st.text(st.sampled_from("abcé漢 .<&"), min_size=1, max_size=12).filter(str.strip)


def few(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(inner, min_size=1, max_size=3)


BLOCKS = st.recursive(WORDS, lambda inner: few(few(few(inner))), max_leaves=12)


def written(block: object) -> str:
    if isinstance(block, list):
        return table(*[row(*[cell(*map(written, one)) for one in line]) for line in block])
    return p(escape(str(block)))


def words_of(block: object) -> list[str]:
    return [w for one in block for w in words_of(one)] if isinstance(block, list) else str(
        block).split()  # fmt: skip


@settings(deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=6))
def test_any_tree_of_paragraphs_and_tables_comes_back_in_order(blocks: list[object]) -> None:
    text = load_docx(docx("".join(map(written, blocks))), "a.docx").text
    cells = [cell for line in text.split("\n") for cell in line.split(" | ")]
    # Names of columns, which are repeated, end with a colon; no word here has one.
    bare = [cell.rpartition(": ")[2] for cell in cells]
    found = [word for cell in bare for word in cell.split() if word != "|"]
    assert found == [word for block in blocks for word in words_of(block)]


REAL = sample("lease.docx")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_cut_or_flipped_document_is_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(REAL[: data.draw(st.integers(len(REAL) // 2, len(REAL)))])
    for _ in range(data.draw(st.integers(0, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        assert load_docx(bytes(damaged), "a.docx").text.strip()
    except LoadError as problem:
        assert problem.where == "a.docx"


TAGS = st.sampled_from(
    "<w:p> </w:p> <w:r> </w:r> <w:tbl> </w:tbl> <w:tr> </w:tr> <w:tc> </w:tc> <w:pPr> </w:pPr> "
    "<w:t>x </w:t> <w:sdt> </w:sdt> <w:sdtContent> </w:sdtContent> <w:txbxContent> "
    "</w:txbxContent> <w:tab/> <mc:AlternateContent> </mc:AlternateContent> <mc:Choice> "
    "</mc:Choice> <w:vMerge/> <w:tcPr> </w:tcPr> <w:footnote> </w:footnote> <w:del> </w:del> "
    "<w:tblStyle/> <w:sym/> <w:fldChar/> ".split()
)


@settings(max_examples=200, deadline=None)
@given(st.lists(TAGS, max_size=30))
def test_elements_in_wrong_places_do_no_harm(tags: list[str]) -> None:
    # Every end tag that fits nothing is left out, and what is open at the end is ended.
    opened: list[str] = []
    body = ""
    for tag in tags:
        if tag.startswith("</"):
            if opened and opened[-1] == tag[2:-1]:
                body += tag
                opened.pop()
            continue
        body += tag
        if not tag.endswith("/>"):
            opened.append(tag[1:].partition(">")[0])
    body += "".join(f"</{name}>" for name in reversed(opened))
    assert read_docx(body + p("The end.")).text.endswith("The end.")
