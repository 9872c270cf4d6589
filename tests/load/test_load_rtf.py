"""RTF: what is on the page comes out, in any code page, and control words never do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import outline
from packing import DATA, sample

from askdoc.errors import EmptySource, LoadError, UnsupportedFormat
from askdoc.load.office.rtf import load_rtf
from askdoc.model import Document


def read(body: str | bytes) -> Document:
    inside = body.encode("latin-1") if isinstance(body, str) else body
    return load_rtf(b"{\\rtf1\\ansi\\ansicpg1252 " + inside + b"}", "a.rtf")


@pytest.mark.parametrize("name", ["lease.rtf", "survey.rtf"])
def test_real_documents(name: str) -> None:
    document = load_rtf(sample(name), name)
    assert document.text + "\n" == (DATA / f"{name}.expected.txt").read_text()


def test_headings_of_real_documents() -> None:
    assert outline(load_rtf(sample("lease.rtf"), "a"))[:3] == [
        (1, "Berth Lease Agreement"),
        (1, "1. Premises"),
        (2, "1.1 Berth"),
    ]
    assert outline(load_rtf(sample("survey.rtf"), "a")) == [
        (1, "Method"),
        (2, "Equipment"),
        (1, "Results"),
        (3, "Weather"),
    ]


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (r"caf\'e9", "café"),
        (r"\u8220?quoted\u8221\'94", "“quoted”"),
        (r"{\uc0\u233}t\u233 e", "été"),
        (r"\uc2\u8364\'80\'80\uc1 5", "€5"),
        (r"\u-10179?\u-8704?!", "😀!"),
        (r"a\u-10179?b", "a\ufffdb"),
        (r"\u233{\'e9}", "éé"),
        (r"\u233\emdash x", "éx"),
        (r"\lquote a\rquote\~b\_c\-d\{e\}\\f", "‘a’ b-cd{e}\\f"),
        (r"a\tab b\line c", "a b\nc"),
        ("one\r\nword\\par two\\\nthree", "oneword\n\ntwo\n\nthree"),
        (r"a{\v hidden}b{\deleted gone}c\v x\v0 d", "abcd"),
        (r"a{\*\unknown b{c}d}e{\pict 00ff}f{\*\shppict{\pict 00}}", "aef"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}} on", "link on"),
        (r"{\upr{an{\i s}i}{\*\ud u\u241?icode}}", "uñicode"),
        (r"{\header Top\par}{\footerl Foot}body{\*\annotation note}", "body"),
        (r"{\xe index entry}text{\tc contents}", "text"),
        (r"a\plain\b0 b\fs24 c\unknownword12 d\u0x", "abcd"),
        (r"{\listtext\f1 \'b7\tab}item\par {\pntext 2.\tab}second", "- item\n2. second"),
        (r"\bullet\tab item", "- item"),
        (r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt In box.\par}}{\shprslt old}}Beside.",
         "Beside.\n\nIn box."),
        (r"a\page b", "a\nb"),
    ],
)  # fmt: skip
def test_text(rtf: str, text: str) -> None:
    assert read(rtf).text == text


FONTS = (
    r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fnil\fcharset204 Arial{\*\falt X};}"
    r"{\f2\fcharset128 Mincho;}{\f3\fcharset2 Symbol;}{\f4\cpg1253 Other;}}"
)


@pytest.mark.parametrize(
    ("font", "codec", "text"),
    [
        (0, "cp1252", "Größe"),
        (1, "cp1251", "Привет"),
        (2, "cp932", "世界の表"),
        (4, "cp1253", "Λόγος"),
    ],
)
def test_bytes_are_read_in_the_code_page_of_their_font(font: int, codec: str, text: str) -> None:
    encoded = "".join(f"\\'{byte:02x}" for byte in text.encode(codec))
    assert read(FONTS + rf"{{\f{font} {encoded}}} end").text == f"{text} end"
    # Some programs write the bytes as they are.
    raw = text.encode(codec)
    if b"\\" not in raw and b"{" not in raw:
        assert read(FONTS.encode() + rf"\f{font} ".encode() + raw).text == text


def test_the_files_own_code_page() -> None:
    data = rb"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8}"
    assert load_rtf(data, "a").text == "При"
    assert load_rtf(rb"{\rtf1\mac \'8e}", "a").text == "é"
    assert load_rtf(rb"{\rtf1\ansi\ansicpg99999 \'e9}", "a").text == "é"
    assert read(FONTS + r"{\f3 a\'b3}x").text == "α≥x"


def test_headings_by_style_level_and_name() -> None:
    styles = (
        r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel1 Own;}{\s2\sbasedon1 Child;}"
        r"{\s3 heading 3;}{\s4 toc 1;}{\*\cs5 Emphasis;}{\s6\sbasedon7 a;}{\s7\sbasedon6 b;}}"
    )
    body = (
        r"\pard\s1 One\par\pard\s2 Two\par\pard\s3 Three\par\pard\s4 Contents 3\par"
        r"\pard\s0\outlinelevel0 Four\par\pard\s1\outlinelevel9 Text\par\pard\s6 More"
    )
    document = read(styles + body)
    assert outline(document) == [(2, "One"), (2, "Two"), (3, "Three"), (1, "Four")]
    assert document.text.endswith("Four\n\nText\n\nMore")


ROW = r"\trowd\cellx1\cellx2\pard\intbl "


def test_tables() -> None:
    header = r"\trowd\trhdr\cellx1\cellx2\pard\intbl Country\cell Capital\cell\row"
    body = ROW + r"Peru\cell Lima\cell\row" + ROW + r"Chad\cell\cell\row\pard After"
    assert read(r"Before\par" + header + body).text == (
        "Before\n\nCountry | Capital\nCountry: Peru | Capital: Lima\nCountry: Chad\n\nAfter"
    )


def test_merged_nested_and_unended_cells() -> None:
    merged = (
        r"\trowd\clvmgf\cellx1\clmgf\cellx2\clmrg\cellx3\intbl a\cell b\cell\cell\row"
        r"\trowd\clvmrg\cellx1\cellx2\cellx3\intbl\cell c\cell d\cell\row\pard"
    )
    assert read(merged).text == "a | b\na | c | d"
    nested = (
        r"\trowd\cellx1\cellx2\pard\intbl left\cell\pard\intbl\itap2 in\nestcell side\nestcell"
        r"{\*\nesttableprops\trowd\cellx1\cellx2\nestrow}{\nonesttables\par}"
        r"\pard\intbl right\cell\row\pard After"
    )
    assert read(nested).text == "left\n\nin | side\n\nright\n\nAfter"
    assert read(ROW + r"a\cell b").text == "a | b"


def test_notes() -> None:
    foot = r"{\super\chftn}{\footnote\pard\plain{\super\chftn} Below.\par More.}"
    end = r"{\super\chftn}{\footnote\ftnalt{\super\chftn} At the end.}"
    document = read(rf"a{foot} b{foot}\par c{end}\par d")
    assert document.text.split("\n\n") == [
        "a[1] b[2]", "[1] Below.", "More.", "[2] Below.", "More.", "c[i]", "d", "[i] At the end.",
    ]  # fmt: skip


def test_binary_data_is_stepped_over() -> None:
    assert read(b"a{\\pict\\bin5 }}}\\{}b").text == "ab"
    assert read(b"a\\bin3 \\v{b").text == "ab"
    assert read(b"a\\bin-5 b\\bin99999999 c").text == "ab"


def test_what_is_no_rtf() -> None:
    with pytest.raises(UnsupportedFormat, match="not an RTF file"):
        load_rtf(b"Plain words.", "a.rtf")
    for nothing in (b"", b"  \n", b"{\\rtf1}", b"{\\rtf1{\\info{\\title T}}\\par}"):
        with pytest.raises(EmptySource):
            load_rtf(nothing, "a.rtf")
    assert load_rtf(b"\xef\xbb\xbf \n{\\rtf1 x}trailing", "a.rtf").text == "x"


def test_groups_nested_without_end() -> None:
    with pytest.raises(UnsupportedFormat, match="nested"):
        read("{" * 100_000)
    assert read("{" * 5000 + "deep" + "}" * 5000).text == "deep"
    assert read(r"{\footnote " * 2000 + "deep").text == "deep"
    assert read(r"\itap9999\intbl x\nestcell\nestrow").text == "x"


WORDS = st.sampled_from(
    r"\par \cell \row \trowd \intbl \itap2 \nestcell \nestrow \pard \footnote \chftn \ftnalt \* "
    r"\shptxt \listtext \v \v0 \plain \u8364 \uc0 \uc5 \u-1 \'e9 \bin2 \fonttbl \stylesheet \s1 "
    r"\upr \ud \clmrg \clvmrg \cellx9 \trhdr \outlinelevel0 { } { } word \pict"
    .split(" ")
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(WORDS, max_size=40))
def test_control_words_in_any_order_do_no_harm(words: list[str]) -> None:
    try:
        text = read(" ".join(words)).text
    except EmptySource:
        return
    assert text.strip()
    assert "\\" not in text
    text.encode()


REAL = sample("lease.rtf")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_cut_or_flipped_document_is_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(REAL[: data.draw(st.integers(0, len(REAL)))])
    for _ in range(data.draw(st.integers(0, 6)) if damaged else 0):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert load_rtf(bytes(damaged), "a.rtf").text.strip()
    except LoadError as problem:
        assert problem.where == "a.rtf"


def test_a_file_with_text_only_in_its_header_was_called_empty() -> None:
    document = read(r"{\header Notice of 4 May\par}{\headerf Notice of 4 May}{\footer Keep.}\par ")
    assert document.text == "Notice of 4 May\n\nKeep."
    assert document.notes == ("its only text is in headers and footers",)
