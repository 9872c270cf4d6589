"""OpenDocument presentations: slide by slide, in the order in which an audience reads."""

from __future__ import annotations

import pytest
from office import odf_xml, outline, pages, zipped

from askdoc.errors import EmptySource, UnsupportedFormat
from askdoc.load import load_bytes
from askdoc.load.slides.odp import load_fodp, load_odp
from askdoc.model import Document

_MORE = (
    'xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
)
STYLES = (
    '<style:style style:name="off" style:family="drawing-page"><style:drawing-page-properties '
    'presentation:visibility="hidden"/></style:style>'
    '<style:style style:name="up" style:family="text"><style:text-properties '
    'style:text-position="super 58%"/></style:style>'
    '<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="•"/></text:list-style>'
)


def frame(text: str, y: str, *, role: str = "outline", x: str = "1cm") -> str:
    inside = text if text.startswith("<") else f"<text:p>{text}</text:p>"
    return (
        f'<draw:frame presentation:class="{role}" svg:x="{x}" svg:y="{y}"><draw:text-box>'
        f"{inside}</draw:text-box></draw:frame>"
    )


def slide(*inside: str, style: str = "on") -> str:
    return f'<draw:page draw:name="p" draw:style-name="{style}">{"".join(inside)}</draw:page>'


def flat(*slides: str) -> bytes:
    xml = odf_xml("document", "".join(slides), STYLES, kind="presentation")
    return xml.replace("xmlns:office", f"{_MORE}xmlns:office", 1).encode()


def read(*slides: str) -> Document:
    return load_fodp(flat(*slides), "a.fodp")


def test_slides_are_pages_and_places_with_their_titles_as_headings() -> None:
    items = (
        '<text:list text:style-name="L"><text:list-item><text:p>The keel is laid.</text:p>'
        "</text:list-item><text:list-item><text:p>10<text:span text:style-name='up'>6</text:span> "
        "rivets</text:p></text:list-item></text:list>"
    )
    speech = frame("Speak slowly.", "9cm", role="notes")
    notes = f"<presentation:notes>{speech}</presentation:notes>"
    document = read(
        slide(frame(items, "5cm"), frame("The Halcyon", "12cm", role="title"), notes),
        slide(frame("Hidden.", "1cm"), style="off"),
        slide(),
        slide(frame("Below.", "50mm"), frame("Right.", "1in", x="9cm"), frame("Left.", "2.5cm")),
    )
    assert document.text == (
        "The Halcyon\n\n- The keel is laid.\n- 10⁶ rivets\n\nNotes: Speak slowly.\n\n"
        "Left.\n\nRight.\n\nBelow."
    )
    assert outline(document) == [(1, "The Halcyon")]
    assert pages(document)[1:] == ["", "", "Left.\n\nRight.\n\nBelow."]
    assert [place.name for place in document.places] == ["slide 1", "slide 4"]
    assert document.place_at(document.text.index("Left")) == "slide 4"
    assert document.notes == ("1 hidden slide is left out: 2",)


def test_shapes_tables_and_what_stands_on_every_slide() -> None:
    table = (
        "<table:table><table:table-row><table:table-cell><text:p>Port</text:p></table:table-cell>"
        "<table:table-cell><text:p>Kesk</text:p></table:table-cell></table:table-row></table:table>"
    )
    document = read(
        slide(
            f'<draw:frame svg:y="3cm">{table}</draw:frame>',
            '<draw:g><draw:custom-shape svg:y="1cm"><text:p>In a shape.</text:p>'
            "</draw:custom-shape></draw:g>",
            frame("4 May", "19cm", role="date-time"),
        )
    )
    assert document.text == "In a shape.\n\nPort | Kesk"


def test_an_archive_and_what_is_none() -> None:
    content = flat(slide(frame("Read.", "1cm")))
    data = zipped({"mimetype": "x", "content.xml": content})
    assert load_bytes(data, "a.odp", "a.odp").text == "Read."
    with pytest.raises(EmptySource):
        read(slide())
    with pytest.raises(UnsupportedFormat, match="another kind"):
        load_odp(zipped({"content.xml": odf_xml("document-content", "")}), "a.odp")
    with pytest.raises(UnsupportedFormat, match="not an OpenDocument presentation"):
        load_odp(zipped({"a.txt": ""}), "a.odp")
    odd = read(slide(frame("Far.", "99999999999cm"), frame("Near.", "x")))
    assert sorted(odd.text.split("\n\n")) == ["Far.", "Near."]
