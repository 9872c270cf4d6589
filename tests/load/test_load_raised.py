"""Figures above and below the line, in every format that has them: 10⁶ must not read as 106."""

from __future__ import annotations

import pytest
from office import odt, p, read_docx, run
from spreadsheet import data, xlsx
from test_load_pptx import read as read_pptx

from askdoc.load.office.odt import load_odt
from askdoc.load.office.rtf import load_rtf
from askdoc.load.sheets.xlsx import load_xlsx
from askdoc.load.web.html import extract

CASES = [
    ([("10", ""), ("6", "up"), (" cells", "")], "10⁶ cells"),
    ([("2 × 10", ""), ("-3", "up"), (" g", "")], "2 × 10⁻³ g"),
    ([("10", ""), ("−", "up"), ("12", "up")], "10⁻¹²"),
    ([("25 m", ""), ("2", "up"), (" of CO", ""), ("2", "down")], "25 m² of CO2"),
    ([("in 1998", ""), ("3", "up"), (" near", "")], "in 1998³ near"),
    ([("in 1998", ""), ("2,3", "up"), (".", "")], "in 1998²,³."),
    ([("in 1998", ""), ("4a", "up"), (".", "")], "in 1998⁴a."),
    ([("3", ""), ("1", "up"), ("/", ""), ("2", "down"), (" million", "")], "3¹/2 million"),
    ([("log", ""), ("10", "down"), ("100", "")], "log₁₀100"),
    ([("1011", ""), ("2", "down"), (" is 11", "")], "1011₂ is 11"),
    ([("Ca(OH)", ""), ("2", "down"), (" and B", ""), ("12", "down")], "Ca(OH)2 and B12"),
    ([("the 1", ""), ("st", "up"), (" and Mme", ""), ("Roe", "up")], "the 1st and MmeRoe"),
    ([("10", ""), ("6 ", "up"), ("cells", "")], "10⁶ cells"),
]
Pieces = list[tuple[str, str]]
each_case = pytest.mark.parametrize(("pieces", "shown"), CASES)


@each_case
def test_a_million_was_106_in_word_documents(pieces: Pieces, shown: str) -> None:
    align = {"up": "superscript", "down": "subscript", "": "baseline"}
    runs = "".join(run(text, f'<w:vertAlign w:val="{align[at]}"/>') for text, at in pieces)
    assert read_docx(f"<w:p>{runs}</w:p>").text == shown
    steps = {"up": "6", "down": "-4", "": "0"}
    runs = "".join(run(text, f'<w:position w:val="{steps[at]}"/>') for text, at in pieces)
    assert read_docx(f"<w:p>{runs}</w:p>").text == shown


def test_a_style_of_letters_may_raise_them() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Up"><w:rPr><w:vertAlign w:val="superscript"/>'
        "</w:rPr></w:style>"
    )
    runs = run("10") + run("6", '<w:rStyle w:val="Up"/>') + run("; 7", '<w:rStyle w:val="No"/>')
    assert read_docx(f"<w:p>{runs}</w:p>" + p("8"), styles=styles).text == "10⁶; 7\n\n8"


@each_case
@pytest.mark.parametrize(("up", "down"), [("super 58%", "sub 58%"), ("33% 58%", "-8% 58%")])
def test_a_million_was_106_in_opendocument_texts(
    pieces: Pieces, shown: str, up: str, down: str
) -> None:
    styles = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties '
        f'style:text-position="{position}"/></style:style>'
        for name, position in (("up", up), ("down", down), ("", "0% 100%"))
    )
    spans = "".join(f'<text:span text:style-name="{at}">{text}</text:span>' for text, at in pieces)
    spans = spans.replace(" </text:span>", "<text:s/></text:span>")
    assert load_odt(odt(f"<text:p>{spans}</text:p>", styles), "a.odt").text == shown


@each_case
@pytest.mark.parametrize(
    ("up", "down"), [(r"{\super %s}", r"{\sub %s}"), (r"\up6 %s\up0 ", r"\dn4 %s\plain ")]
)
def test_a_million_was_106_in_rtf(pieces: Pieces, shown: str, up: str, down: str) -> None:
    forms = {"up": up, "down": down, "": "%s"}
    body = "".join(forms[at] % text for text, at in pieces)
    coded = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in body)
    assert load_rtf(b"{\\rtf1\\ansi " + coded.encode() + b"}", "a.rtf").text == shown


@each_case
def test_a_million_was_106_on_slides(pieces: Pieces, shown: str) -> None:
    base = {"up": "30000", "down": "-25000", "": "0"}
    runs = "".join(
        f'<a:r><a:rPr baseline="{base[at]}"/><a:t>{text}</a:t></a:r>' for text, at in pieces
    )
    shape = f"<p:sp><p:txBody><a:p>{runs}</a:p></p:txBody></p:sp>"
    assert read_pptx(shape).text == shown


@each_case
def test_a_million_was_106_in_cells(pieces: Pieces, shown: str) -> None:
    align = {"up": "superscript", "down": "subscript", "": "baseline"}
    runs = "".join(
        f'<r><rPr><vertAlign val="{align[at]}"/></rPr><t>{text}</t></r>' for text, at in pieces
    )
    cells = data('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>')
    strings = f"<si>{runs}</si><si><t>10</t></si>"
    document = load_xlsx(xlsx(cells, strings=strings), "a.xlsx")
    assert document.text.splitlines()[-1] == f"{shown} | 10"


@each_case
def test_pages_and_office_documents_write_them_alike(pieces: Pieces, shown: str) -> None:
    tags = {"up": "<sup>%s</sup>", "down": "<sub>%s</sub>", "": "%s"}
    assert extract("<p>" + "".join(tags[at] % text for text, at in pieces)).text == shown
