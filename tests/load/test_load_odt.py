"""OpenDocument texts: what is on the page comes out, in its order and once, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import odf_xml, odt, outline, pages, zipped
from packing import DATA, sample

from askdoc.errors import EmptySource, LoadError, SourceUnreadable, UnsupportedFormat
from askdoc.load.office.odt import load_fodt, load_odt
from askdoc.model import Document


def read(body: str, styles: str = "") -> Document:
    return load_odt(odt(body, styles), "a.odt")


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def items(*texts: str, more: str = "") -> str:
    inside = "".join(f"<text:list-item>{text}</text:list-item>" for text in texts)
    return f"<text:list {more}>{inside}</text:list>"


@pytest.mark.parametrize("name", ["lease.odt", "lease.fodt", "survey.odt"])
def test_real_documents(name: str) -> None:
    document = (load_fodt if name == "lease.fodt" else load_odt)(sample(name), name)
    # The lease is the same text, read from whichever format.
    expected = f"{name}.expected.txt" if name == "survey.odt" else "lease.docx.expected.txt"
    assert document.text + "\n" == (DATA / expected).read_text()


def test_pages_and_headings_of_a_real_document() -> None:
    document = load_odt(sample("lease.odt"), "lease.odt")
    assert outline(document)[1:4] == [(1, "1. Premises"), (2, "1.1 Berth"), (2, "1.2 Access")]
    assert [page[:12] for page in pages(document)] == ["Berth Lease ", "2. Rent\n\nRen"]


def test_white_space_as_the_format_writes_it() -> None:
    body = p("a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d\n  e\u00ad")
    assert read(body).text == "a b c\nd e"


LISTS = (
    '<text:list-style style:name="N"><text:list-level-style-number text:level="1" '
    'style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" '
    'style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>'
    '<text:list-level-style-number text:level="3" style:num-format="i" text:display-levels="3" '
    'text:start-value="4"/></text:list-style>'
    '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="•"/></text:list-style>'
    '<style:style style:name="InList" style:family="paragraph" style:list-style-name="B"/>'
)


def test_lists_with_levels_and_continued_items() -> None:
    third = items(p("e"))
    nested = items(p("b") + p("more of b"), p("c") + third)
    first = items(p("a") + nested, p("d"), more='text:style-name="N" xml:id="L"')
    again = items(p("f"), more='text:style-name="N" text:continue-list="L"')
    anew = items(p("g"), more='text:style-name="N"')
    on = items(p("h"), more='text:style-name="N" text:continue-numbering="true"')
    header = "<text:list text:style-name='N'><text:list-header>" + p("i") + "</text:list-header>"
    by_style = header + "</text:list>" + items(p("j", "InList"))
    start = '<text:list text:style-name="N"><text:list-item text:start-value="9">' + p("k")
    text = read(first + again + anew + on + by_style + start + "</text:list-item></text:list>",
                LISTS).text  # fmt: skip
    assert [line for line in text.split("\n") if line] == [
        "1. a", "(a) b", "more of b", "(b) c", "1.b.iv e", "2. d", "3. f", "1. g", "2. h", "i",
        "- j", "9. k",
    ]  # fmt: skip


def test_the_number_that_the_file_gives_is_believed() -> None:
    number = "<text:number>§ 7</text:number>"
    assert read(items(number + p("a"), more='text:style-name="N"'), LISTS).text == "§ 7 a"
    assert read(f"<text:h text:outline-level='2'>{number}Duty</text:h>").text == "§ 7 Duty"


def test_deleted_hidden_and_prompting_text() -> None:
    styles = (
        '<style:style style:name="H" style:family="text"><style:text-properties '
        'text:display="none"/></style:style>'
        '<style:style style:name="HP" style:family="paragraph" style:parent-style-name="H0"/>'
        '<style:style style:name="H0" style:family="paragraph"><style:text-properties '
        'text:display="none"/></style:style>'
    )
    body = (
        "<text:tracked-changes><text:changed-region text:id='d'><text:deletion>"
        + p("gone")
        + "</text:deletion></text:changed-region><text:changed-region text:id='i'>"
        "<text:insertion/></text:changed-region></text:tracked-changes>"
        + p("a<text:change text:change-id='d'/><text:change-start text:change-id='i'/>b"
            "<text:change-end text:change-id='i'/><text:change-start text:change-id='d'/>gone"
            "<text:change-end text:change-id='d'/>c<text:span text:style-name='H'>no</text:span>")
        + p("no", "HP")
        + "<text:section text:display='none'>" + p("no") + "</text:section>"
        + "<text:section>" + p("yes<text:placeholder>prompt</text:placeholder>") + "</text:section>"
        + "<text:table-of-content><text:index-body>" + p("Contents") + "</text:index-body>"
        "</text:table-of-content>"
        + p("d<office:annotation>" + p("comment") + "</office:annotation>")
    )  # fmt: skip
    assert read(body, styles).text == "abc\n\nyes\n\nd"


def test_notes_boxes_and_titles() -> None:
    styles = (
        '<style:style style:name="T" style:family="paragraph" style:parent-style-name="Title"/>'
    )

    def note(kind: str, mark: str, text: str) -> str:
        return (
            f'<text:note text:note-class="{kind}"><text:note-citation>{mark}</text:note-citation>'
            f"<text:note-body>{text}</text:note-body></text:note>"
        )

    box = f"<draw:frame><draw:text-box>{p('Box.')}</draw:text-box></draw:frame>"
    body = (
        p("Name", "T")
        + p("a" + note("footnote", "1", p("One.") + p("More.")) + "b" + box)
        + p("c" + note("endnote", "i", items(p("End."))))
        + p("d" + note("footnote", "", p("Two.")))
    )
    document = read(body, styles)
    assert document.text.split("\n\n") == [
        "Name", "a[1]b", "[1] One.", "More.", "Box.", "c[i]", "d[2]", "[2] Two.", "[i] End.",
    ]  # fmt: skip
    assert outline(document) == [(1, "Name")]


def cells(*texts: str) -> str:
    inside = "".join(
        text if text.startswith("<table:") else f"<table:table-cell>{p(text)}</table:table-cell>"
        for text in texts
    )
    return f"<table:table-row>{inside}</table:table-row>"


def test_tables_with_headers_and_merged_cells() -> None:
    covered = "<table:covered-table-cell/>"
    wide = f'<table:table-cell table:number-columns-spanned="2">{p("Count")}</table:table-cell>'
    high = f'<table:table-cell table:number-rows-spanned="2">{p("North")}</table:table-cell>'
    block = (
        '<table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="2">'
        f"{p('none')}</table:table-cell>"
    )
    rows = (
        f"<table:table-header-rows>{cells('Site', wide, covered)}{cells('', '2024', '2025')}"
        f"</table:table-header-rows>{cells(high, '3', '4')}{cells(covered, '5', '6')}"
        f"{cells('South', block, covered)}{cells('West', covered, covered)}"
    )
    assert read(f"<table:table>{rows}</table:table>").text.split("\n") == [
        "Site | Count",
        "| 2024 | 2025",
        "Site: North | Count 2024: 3 | Count 2025: 4",
        "Site: North | Count 2024: 5 | Count 2025: 6",
        "Site: South | Count 2024: none",
        "Site: West | Count 2024: none",
    ]


def test_pages_are_counted_with_those_that_somebody_set() -> None:
    styles = (
        '<style:style style:name="New" style:family="paragraph"><style:paragraph-properties '
        'fo:break-before="page"/></style:style>'
    )
    soft = "<text:soft-page-break/>"
    body = p("One.", "New") + p(f"Over the{soft}edge.") + p("Three.", "New") + soft + p("Four.")
    document = read(body, styles)
    assert document.text == "One.\n\nOver theedge.\n\nThree.\n\nFour."
    assert pages(document) == ["One.\n\nOver the", "edge.", "Three.", "Four."]
    # Without marks of full pages the others would give wrong numbers.
    assert read(p("One.") + p("Three.", "New"), styles).page_starts == ()


def test_a_flat_file_reads_as_the_packed_one() -> None:
    body = "<text:h text:outline-level='3'>A</text:h>" + p("b")
    flat = load_fodt(odf_xml("document", body).encode(), "a.fodt")
    assert (flat.text, outline(flat)) == (read(body).text, [(3, "A")])


def test_what_is_no_text_document() -> None:
    with pytest.raises(UnsupportedFormat, match="not an OpenDocument text"):
        load_odt(zipped({"mimetype": "x"}), "a.odt")
    sheet = odf_xml("document-content", "", kind="spreadsheet")
    with pytest.raises(UnsupportedFormat, match="another kind"):
        load_odt(zipped({"content.xml": sheet}), "a.odt")
    with pytest.raises(UnsupportedFormat, match="another kind"):
        load_fodt(b"<a/>", "a.fodt")
    with pytest.raises(EmptySource):
        read(p(" "))
    with pytest.raises(SourceUnreadable, match="password"):
        manifest = "<manifest><encryption-data/></manifest>"
        load_odt(odt(p("x"), **{"META-INF/manifest.xml": manifest}), "a.odt")


def test_bombs() -> None:
    repeated = '<table:table-cell table:number-columns-repeated="999999999"/>'
    covered = '<table:covered-table-cell table:number-columns-repeated="999999999"/>'
    row = cells(repeated, covered, "x")
    assert read(f"<table:table>{row * 50}{cells('y', 'z')}</table:table>").text.endswith("y | z")
    with pytest.raises(UnsupportedFormat, match="nested"):
        read("<text:list><text:list-item>" * 50_000)
    with pytest.raises(UnsupportedFormat, match="entities"):
        load_fodt(b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "a.fodt")
    deep = items(p("deep"))
    for _ in range(100):
        deep = items(deep)
    assert read(deep).text == "deep"


TAGS = (
    "<text:p> <text:h> <text:span> <text:list> <text:list-item> <table:table> <table:table-row> "
    "<table:table-cell> <table:covered-table-cell> <text:note> <text:note-body> <text:number> "
    "<text:note-citation> <text:section> <draw:frame> <text:list-header> <text:soft-page-break/> "
    "<table:table-header-rows> word </>"
).split()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(TAGS), max_size=30))
def test_elements_in_wrong_places_do_no_harm(tags: list[str]) -> None:
    opened: list[str] = []
    body = ""
    for tag in tags:
        if tag == "</>":
            body += f"</{opened.pop()}>" if opened else ""
            continue
        body += tag
        if tag.startswith("<") and not tag.endswith("/>"):
            opened.append(tag[1:-1])
    body += "".join(f"</{name}>" for name in reversed(opened))
    assert read(body + p("The end.")).text.count("The end.") == 1


REAL = sample("lease.odt")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_cut_or_flipped_document_is_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(REAL[: data.draw(st.integers(len(REAL) // 2, len(REAL)))])
    for _ in range(data.draw(st.integers(0, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        assert load_odt(bytes(damaged), "a.odt").text.strip()
    except LoadError as problem:
        assert problem.where == "a.odt"


def test_a_file_with_text_only_in_its_header_was_called_empty() -> None:
    masters = "<office:master-styles><style:master-page><style:header>" + p("Notice of 4 May")
    masters += "</style:header><style:header-first>" + p("Notice of 4 May")
    masters += "</style:header-first><style:footer>" + p("Keep.")
    masters += "</style:footer></style:master-page></office:master-styles>"
    whole = odf_xml("document-styles", p("")).replace("<office:body>", f"{masters}<office:body>")
    document = load_odt(odt(p(""), **{"styles.xml": whole}), "a.odt")
    assert document.text == "Notice of 4 May\n\nKeep."
    assert document.notes == ("its only text is in headers and footers",)
    assert load_odt(odt(p("Body."), **{"styles.xml": whole}), "a.odt").text == "Body."
