"""PowerPoint presentations: slide by slide, in the order in which an audience reads."""

from __future__ import annotations

import io
import zipfile
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import outline, pages, zipped
from packing import DATA, sample

from askdoc.errors import EmptySource, LoadError, UnsupportedFormat
from askdoc.load.slides.pptx import load_pptx
from askdoc.model import Document

_SCHEMAS = "http://schemas.openxmlformats.org"
_NAMES = (
    f'xmlns:p="{_SCHEMAS}/presentationml/2006/main" xmlns:a="{_SCHEMAS}/drawingml/2006/main" '
    f'xmlns:r="{_SCHEMAS}/officeDocument/2006/relationships" '
    f'xmlns:mc="{_SCHEMAS}/markup-compatibility/2006"'
)
_KIND = f"{_SCHEMAS}/officeDocument/2006/relationships"


def pptx(*slides: str, more: str = "") -> bytes:
    """A presentation of these slides, each the inside of its tree of shapes."""
    rels = f'<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">%s</Relationships>'
    relation = f'<Relationship Id="%s" Type="{_KIND}/%s" Target="%s"/>'
    ids = "".join(f'<p:sldId r:id="r{at}"/>' for at in range(len(slides)))
    targets = "".join(relation % (f"r{at}", "slide", f"s{at}.xml") for at in range(len(slides)))
    parts = {
        "_rels/.rels": rels % (relation % ("r", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {_NAMES}><p:sldIdLst>{ids}</p:sldIdLst>"
        "</p:presentation>",
        "ppt/_rels/presentation.xml.rels": rels % targets,
    }
    for at, inside in enumerate(slides):
        tree = f"<p:cSld><p:spTree>{inside}</p:spTree></p:cSld>"
        parts[f"ppt/s{at}.xml"] = f"<p:sld {_NAMES} {more}>{tree}</p:sld>"
    return zipped(dict(parts))


def paragraph(text: str, properties: str = "") -> str:
    return f"<a:p>{properties}<a:r><a:t>{escape(text)}</a:t></a:r></a:p>"


def shape(*paragraphs: str, role: str | None = None, at: tuple[int, int] | None = None) -> str:
    placeholder = "" if role is None else f'<p:ph type="{role}"/>' if role else '<p:ph idx="1"/>'
    place = f'<a:xfrm><a:off x="{at[0]}" y="{at[1]}"/></a:xfrm>' if at else ""
    inside = "".join(one if one.startswith("<a:p>") else paragraph(one) for one in paragraphs)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="x"/><p:nvPr>{placeholder}</p:nvPr></p:nvSpPr>'
        f"<p:spPr>{place}</p:spPr><p:txBody>{inside}</p:txBody></p:sp>"
    )


def read(*slides: str, more: str = "") -> Document:
    return load_pptx(pptx(*slides, more=more), "a.pptx")


@pytest.mark.parametrize("name", ["talk.pptx", "crane.pptx"])
def test_real_presentations(name: str) -> None:
    document = load_pptx(sample(name), name)
    assert document.text + "\n" == (DATA / f"{name}.expected.txt").read_text()


def test_slides_are_pages_and_places_of_the_same_number() -> None:
    document = load_pptx(sample("crane.pptx"), "crane.pptx")
    assert outline(document) == [(1, "Two piers, one crane"), (1, "Lifts by month")]
    assert [page.split("\n")[0] for page in pages(document)] == [
        "Two piers, one crane", "", "Lifts by month", "Pier | Part | Mended", "",
    ]  # fmt: skip
    at = document.text.index("Fish pier: 4")
    assert (document.place_at(at), document.page_at(at)) == ("slide 3", 3)
    assert document.notes == ("1 hidden slide is left out: 2",)


def test_shapes_are_read_from_the_top_and_from_the_left() -> None:
    document = read(
        shape("below", at=(0, 9_000_000))
        + shape("right", at=(5_000_000, 2_000_000))
        + shape("left", at=(100, 2_100_000))
        + shape("Title", role="ctrTitle", at=(0, 5_000_000))
        + shape("7", role="sldNum")
        + shape("1 May", role="dt")
        + shape("Kesk", role="ftr")
    )
    assert document.text == "Title\n\nleft\n\nright\n\nbelow"


def test_items_and_their_numbers() -> None:
    number = '<a:pPr lvl="%d"><a:buAutoNum type="%s" startAt="%d"/></a:pPr>'
    document = read(
        shape(
            "first",
            paragraph("no item", "<a:pPr><a:buNone/></a:pPr>"),
            paragraph("three", number % (0, "arabicPeriod", 3)),
            paragraph("inner", number % (1, "alphaLcParenR", 1)),
            paragraph("four", number % (0, "arabicPeriod", 3)),
            "<a:p><a:r><a:t>one</a:t></a:r><a:br/><a:r><a:t>item</a:t></a:r></a:p>",
            role="",
        )
        + shape("a box", paragraph("an item", '<a:pPr><a:buChar char="•"/></a:pPr>')),
    )
    assert document.text == (
        "- first\n\nno item\n\n3. three\na) inner\n4. four\n- one\nitem\n\na box\n\n- an item"
    )


def test_what_is_there_twice_or_hidden_is_read_once_or_not() -> None:
    twice = f"<mc:Choice>{shape('new')}</mc:Choice><mc:Fallback>{shape('old')}</mc:Fallback>"
    hidden = shape("veiled").replace('name="x"', 'name="x" hidden="1"')
    field = '<a:p><a:fld type="slidenum"><a:t>7</a:t></a:fld></a:p>'
    document = read(f"<mc:AlternateContent>{twice}</mc:AlternateContent>{hidden}{shape(field)}")
    assert document.text == "new"


def test_what_is_no_presentation() -> None:
    with pytest.raises(UnsupportedFormat, match="not a PowerPoint"):
        load_pptx(zipped({"a.txt": "text"}), "a.pptx")
    with pytest.raises(UnsupportedFormat, match="another kind"):
        load_pptx(zipped({"ppt/presentation.xml": "<html/>"}), "a.pptx")
    with pytest.raises(EmptySource):
        read(shape(" "))
    with pytest.raises(EmptySource):
        read(shape("secret"), more='show="0"')


def test_groups_within_groups() -> None:
    deep = "<p:grpSp>" * 200 + shape("deep") + "</p:grpSp>" * 200
    assert read(deep).text == "deep"
    with pytest.raises(UnsupportedFormat, match="nested"):
        read("<p:grpSp>" * 100_000)


WORDS = st.text(st.sampled_from("abé漢 .<&"), min_size=1, max_size=12).filter(str.strip)
TREES = st.recursive(WORDS, lambda inner: st.lists(inner, min_size=1, max_size=3), max_leaves=9)


def written(tree: object) -> str:
    if isinstance(tree, list):
        return f"<p:grpSp>{''.join(map(written, tree))}</p:grpSp>"
    return shape(str(tree))


def words_of(tree: object) -> list[str]:
    return [w for one in tree for w in words_of(one)] if isinstance(tree, list) else str(
        tree).split()  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.lists(TREES, max_size=4), min_size=1, max_size=4))
def test_any_tree_of_shapes_is_read_in_its_order(slides: list[list[object]]) -> None:
    words = [words_of(slide) for slide in slides]
    try:
        document = read(*["".join(map(written, slide)) for slide in slides])
    except EmptySource:
        assert not any(words)
        return
    assert [page.split() for page in pages(document)] == words


REAL = sample("crane.pptx")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_cut_or_flipped_presentation_is_read_or_refused(drawn: st.DataObject) -> None:
    damaged = bytearray(REAL[: drawn.draw(st.integers(len(REAL) // 2, len(REAL)))])
    for _ in range(drawn.draw(st.integers(0, 3))):
        damaged[drawn.draw(st.integers(0, len(damaged) - 1))] ^= drawn.draw(st.integers(1, 255))
    try:
        assert load_pptx(bytes(damaged), "a.pptx").text.strip()
    except LoadError as problem:
        assert problem.where == "a.pptx"


def test_a_slide_that_is_listed_again_and_again_is_read_once() -> None:
    with zipfile.ZipFile(io.BytesIO(pptx(shape(paragraph("Tide"))))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    entry = b'<p:sldId r:id="r0"/>'
    name = "ppt/presentation.xml"
    parts[name] = parts[name].replace(entry, entry * 5000)
    document = load_pptx(zipped(dict(parts)), "a.pptx")
    assert (document.text, document.page_starts) == ("Tide", (0,))


@pytest.mark.parametrize("said", ["", 'firstRow="1"'])
def test_groups_over_columns_are_a_part_of_their_names(said: str) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<a:tc {properties}><a:txBody>{paragraph(text)}</a:txBody></a:tc>"

    two, covered = 'gridSpan="2"', cell("", 'hMerge="1"')
    rows = [
        [cell("Port"), cell("2022", two), covered, cell("2023", two), covered],
        [cell(text) for text in ("", "Ships", "Crew", "Ships", "Crew")],
        [cell(text) for text in ("Oslo", "4", "90", "5", "91")],
        [cell(text) for text in ("Hull", "6", "12", "7", "14")],
    ]
    inside = "".join(f"<a:tr>{''.join(cells)}</a:tr>" for cells in rows)
    frame = f"<a:graphic><a:graphicData><a:tbl><a:tblPr {said}/>{inside}</a:tbl></a:graphicData>"
    document = read(
        shape("Income (CHF million)"), f"<p:graphicFrame>{frame}</a:graphic></p:graphicFrame>"
    )
    line = "Port: Hull | 2022 Ships: 6 | 2022 Crew: 12 | 2023 Ships: 7 | 2023 Crew: 14"
    assert document.text.split("\n")[-1] == line
