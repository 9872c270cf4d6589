"""Word documents: what is on the page comes out, in its order and once, and nothing else."""

from __future__ import annotations

import io
import zipfile

import pytest
from office import (
    DOCX_STYLES,
    STRICT_W,
    W,
    cell,
    docx,
    outline,
    p,
    pages,
    read_docx,
    row,
    run,
    table,
    zipped,
)
from packing import DATA, sample

from askdoc.load.office.docx import load_docx


@pytest.mark.parametrize("name", ["lease.docx", "survey.docx"])
def test_real_documents(name: str) -> None:
    document = load_docx(sample(name), name)
    assert document.text + "\n" == (DATA / f"{name}.expected.txt").read_text()
    assert document.page_starts == ()


def test_headings_of_real_documents() -> None:
    assert outline(load_docx(sample("lease.docx"), "lease.docx")) == [
        (1, "Berth Lease Agreement"),
        (1, "1. Premises"),
        (2, "1.1 Berth"),
        (2, "1.2 Access"),
        (1, "2. Rent"),
        (1, "3. Ending"),
    ]
    assert outline(load_docx(sample("survey.docx"), "survey.docx")) == [
        (1, "Seal Survey 2025"),
        (1, "Method"),
        (2, "Equipment"),
        (1, "Results"),
        (3, "Weather"),
    ]


def test_what_a_later_edit_took_away_is_gone() -> None:
    body = (
        f"<w:p>{run('Kept ')}<w:del><w:r><w:delText>out</w:delText></w:r></w:del>"
        f"<w:ins>{run('in')}</w:ins><w:moveFrom>{run('old place')}</w:moveFrom>"
        f"<w:moveTo>{run(' moved')}</w:moveTo></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("Joined ") + "</w:p>" + p("below.")
        + p("Now text", '<w:pPrChange><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:pPrChange>')
        + p("Now seen", "", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>")
    )  # fmt: skip
    document = read_docx(body)
    assert document.text == "Kept in moved\n\nJoined below.\n\nNow text\n\nNow seen"
    assert document.headings == ()


def test_hidden_text() -> None:
    body = (
        f"<w:p>{run('Seen. ')}{run('Hidden. ', '<w:vanish/>')}"
        + run("By style. ", "<w:rStyle w:val='Secret'/>")
        + run("Shown.", "<w:vanish w:val='0'/>")
        + "</w:p>"
        "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>" + run("Only its end is hidden.") + "</w:p>"
    )
    assert read_docx(body, styles=DOCX_STYLES).text == "Seen. Shown.\n\nOnly its end is hidden."


def test_fields_show_their_results() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    nested = mark("begin") + run("HYPERLINK ") + mark("begin") + run("X") + mark("separate")
    nested += run("Y") + mark("end") + mark("separate") + run("link") + mark("end")
    body = (
        f"<w:p>{run('A ')}{nested}{run(' here, ')}"
        f'<w:fldSimple w:instr="PAGE">{run("7")}</w:fldSimple>'
        f"<w:hyperlink>{run(' and there')}</w:hyperlink></w:p>"
        f"<w:p>{mark('begin')}{run('never ends')}</w:p>" + p("But this is read.")
    )
    assert read_docx(body).text == "A link here, 7 and there\n\nBut this is read."


def test_text_boxes_once_and_below_their_paragraph() -> None:
    box = f"<w:txbxContent>{p('In the box.')}</w:txbxContent>"
    body = (
        f"<w:p>{run('Around ')}<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx>"
        f"</mc:Choice><mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback>"
        f"</mc:AlternateContent></w:r>{run('it.')}</w:p>"
    )
    assert read_docx(body).text == "Around it.\n\nIn the box."
    assert read_docx(f"<w:p><w:r><w:pict>{box}</w:pict></w:r></w:p>").text == "In the box."


def test_characters_that_are_elements() -> None:
    body = (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/>"
        '<w:t>d\u00ade</w:t><w:softHyphen/><w:t>f\nstill</w:t><w:sym w:font="Wingdings" '
        'w:char="F0FC"/><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="X" w:char="zz"/>'
        "</w:r><w:r><w:ruby><w:rt><w:r><w:t>rubi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t>"
        "</w:r></w:rubyBase></w:ruby></w:r></w:p>"
        "<w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r>"
        "</m:den></m:f></m:oMath></w:p>"
    )
    assert read_docx(body).text == "a b\nc-def still✓α漢\n\n1/2"


def test_controls_smart_tags_and_what_only_prompts() -> None:
    def control(inside: str, properties: str = "") -> str:
        return (
            f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
        )

    contents = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    body = (
        control(p("Contents ... 1"), contents)
        + control(p("Filled in."))
        + f"<w:p><w:smartTag>{run('Tagged ')}</w:smartTag>"
        + control(run("Click here to enter text."), "<w:showingPlcHdr/>")
        + control(run("text."))
        + "</w:p>"
        + table(control(row("a", "b")))
        + "<w:altChunk/>"
    )
    document = read_docx(body)
    assert document.text == "Filled in.\n\nTagged text.\n\na | b"
    assert document.notes == ("a part that was inserted as a file of another format was not read",)


def test_notes_stand_below_their_paragraph() -> None:
    def ref(number: int, more: str = "") -> str:
        return f'<w:r><w:footnoteReference w:id="{number}"{more}/></w:r>'

    notes = (
        f'<w:footnote w:id="0" w:type="separator">{p("___")}</w:footnote>'
        f'<w:footnote w:id="7">{p("Seventh.")}{p("More.")}</w:footnote>'
        f'<w:footnote w:id="3">{p("Third.")}</w:footnote>'
        f'<w:footnote w:id="4">{p("* Own mark.")}</w:footnote>'
    )
    ends = f'<w:endnote w:id="1">{p("The end.")}</w:endnote>'
    document = read_docx(
        f"<w:p>{run('One')}{ref(7)}{run(' two')}{ref(3)}{run(' three')}"
        + ref(4, ' w:customMarkFollows="1"')
        + f"{run('*')}{ref(99)}</w:p>"
        + p("Next")
        + '<w:p><w:r><w:t>Last</w:t><w:endnoteReference w:id="1"/></w:r></w:p>'
        + p("Really."),
        footnotes=notes,
        endnotes=ends,
    )
    assert document.text.split("\n\n") == [
        "One[1] two[2] three*", "[1] Seventh.", "More.", "[2] Third.", "* Own mark.",
        "Next", "Last[i]", "Really.", "[i] The end.",
    ]  # fmt: skip


def test_notes_of_cells_stand_below_the_table() -> None:
    cell_with_note = "<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id='1'/></w:r></w:p>"
    document = read_docx(
        table(row(cell(cell_with_note), "b"), row("c", "d")),
        footnotes=f'<w:footnote w:id="1">{p("Note.")}</w:footnote>',
    )
    assert document.text == "a[1] | b\nc | d\n\n[1] Note."


def test_pages_where_word_left_its_marks() -> None:
    page = "<w:lastRenderedPageBreak/>"
    document = read_docx(
        p("One.")
        + f"<w:p><w:r><w:t>Crosses a </w:t></w:r><w:r>{page}<w:t>page.</w:t></w:r></w:p>"
        + f'<w:p><w:r><w:br w:type="page"/></w:r><w:r>{page}</w:r></w:p>'
        + f"<w:p><w:r>{page}</w:r></w:p>"
        + f"<w:p><w:pPr><w:outlineLvl w:val='0'/></w:pPr><w:r>{page}<w:t>Five</w:t></w:r></w:p>"
        + table(row(cell(f"<w:p><w:r>{page}<w:t>six</w:t></w:r></w:p>"),
                    cell(f"<w:p><w:r>{page}<w:t>6</w:t></w:r></w:p>")))
    )  # fmt: skip
    assert document.text == "One.\n\nCrosses a page.\n\nFive\n\nsix | 6"
    assert pages(document) == ["One.\n\nCrosses a", "page.", "", "", "Five", "six | 6"]
    assert (
        read_docx('<w:p><w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r></w:p>').text
        == "a\nb"
    )


def test_the_strict_form_reads_as_the_other() -> None:
    body = p("A", '<w:outlineLvl w:val="0"/>') + table(row("a", "b"))
    strict = load_docx(docx(body, namespace=STRICT_W), "a.docx")
    assert strict.text == read_docx(body).text == "A\n\na | b"
    assert outline(strict) == [(1, "A")]


def related(data: bytes, *relations: tuple[str, str, str], **parts: bytes | str) -> bytes:
    """A Word file with these relations (id, kind, target) and parts besides."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    more = "".join(
        f'<Relationship Id="{name}" Type="{kind}/{what}" Target="{target}"/>'
        for name, what, target in relations
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    rels = "word/_rels/document.xml.rels"
    known = inside[rels]
    assert isinstance(known, bytes)
    inside[rels] = known.decode().replace("</Relationships>", f"{more}</Relationships>")
    return zipped(inside | parts)


LEVEL_2 = '<w:outlineLvl w:val="1"/>'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def test_a_file_with_text_only_in_its_headers_was_called_empty() -> None:
    def margin(kind: str, text: str) -> str:
        return f'<w:{kind} xmlns:w="{W}">{p(text)}</w:{kind}>'

    parts = {
        "word/h1.xml": margin("hdr", "Notice of 4 May"),
        "word/h2.xml": margin("hdr", "Notice of 4 May"),
        "word/f1.xml": margin("ftr", "Keep this."),
    }
    relations = [("a", "header", "h1.xml"), ("b", "header", "h2.xml"), ("c", "footer", "f1.xml")]
    document = load_docx(related(docx(p("")), *relations, **parts), "a.docx")
    assert document.text == "Notice of 4 May\n\nKeep this."
    assert document.notes == ("its only text is in headers and footers",)
    with_body = load_docx(related(docx(p("Body.")), *relations, **parts), "a.docx")
    assert (with_body.text, with_body.notes) == ("Body.", ())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("c.htm", b"<title>Export</title><h2>Fees</h2><p>The fee is 40.</p><p>It is due.</p>"),
        ("c.rtf", rb"{\rtf1 {\outlinelevel1 Fees\par}\pard The fee is 40.\par It is due.\par}"),
        ("c.docx", docx("".join((p("Fees", LEVEL_2), p("The fee is 40."), p("It is due."))))),
        ("c.bin", b"<html><h2>Fees</h2><p>The fee is 40.</p><p>It is due.</p>"),
    ],
)  # fmt: skip
def test_what_stands_whole_in_a_document_was_lost(name: str, data: bytes) -> None:
    body = p("Above.") + f'<w:altChunk {R} r:id="c"/>' + p("Below.")
    whole = related(docx(body), ("c", "aFChunk", name), **{f"word/{name}": data})
    document = load_docx(whole, "a.docx")
    assert document.text == "Above.\n\nFees\n\nThe fee is 40.\n\nIt is due.\n\nBelow."
    assert outline(document) == [(2, "Fees")]
    assert document.notes == ()


def test_a_document_in_a_document_in_a_document_is_told() -> None:
    whole = docx(p("Deep."))
    for depth in range(3):
        body = p(f"Level {depth}.") + f'<w:altChunk {R} r:id="c"/>' * 300
        whole = related(docx(body), ("c", "aFChunk", "c.docx"), **{"word/c.docx": whole})
    document = load_docx(whole, "a.docx")
    assert document.text.startswith("Level 2.\n\nLevel 1.")
    assert "Deep." not in document.text
    assert document.notes == ("a part that was inserted as a file of another format was not read",)
