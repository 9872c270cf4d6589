"""Headings, numbers and tables of Word documents, as Word itself shows them."""

from __future__ import annotations

import pytest
from office import (
    DOCX_STYLES,
    cell,
    docx_lines,
    level,
    numbered,
    numbering_of,
    outline,
    p,
    read_docx,
    row,
    styled,
    table,
)


def test_headings_by_style_ancestor_and_outline_level_in_any_language() -> None:
    document = read_docx(
        styled("One", "berschrift1")
        + styled("Two", "Kapitel")
        + styled("Three", "X")
        + styled("Text by its level", "Y")
        + styled("Text, the style is a loop", "L1")
        + styled("No such style", "Z")
        + styled("Four", "Heading4")
        + p("Five", '<w:outlineLvl w:val="6"/>')
        + styled("Text again", "berschrift1", '<w:outlineLvl w:val="9"/>')
        + styled("Contents ... 3", "V1"),
        styles=DOCX_STYLES,
    )
    assert outline(document) == [(1, "One"), (1, "Two"), (2, "Three"), (4, "Four"), (6, "Five")]
    assert document.text.endswith("Five\n\nText again")


def test_numbers_of_several_levels() -> None:
    levels = numbering_of(
        level(0, "decimal", "%1."),
        level(1, "decimal", "%1.%2"),
        level(2, "lowerRoman", "(%3)"),
        level(3, "upperLetter", "%4)", '<w:lvlRestart w:val="0"/>'),
    )
    body = [
        (0, "a"),
        (1, "b"),
        (1, "c"),
        (2, "d"),
        (2, "e"),
        (3, "f"),
        (0, "g"),
        (1, "h"),
        (3, "i"),
    ]
    items = "".join(numbered(text, 1, depth) for depth, text in body)
    assert docx_lines(items, numbering=levels) == [
        "1. a", "1.1 b", "1.2 c", "(i) d", "(ii) e", "A) f", "2. g", "2.1 h", "B) i",
    ]  # fmt: skip


def test_lists_go_on_or_start_again_as_word_has_it() -> None:
    definitions = numbering_of(
        level(0, "lowerLetter", "%1)"),
        nums='<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="27"/></w:lvlOverride></w:num>',
    )
    items = [numbered("x", number) for number in (1, 1, 2, 3, 3, 1)]
    assert docx_lines(p("no", '<w:numPr><w:numId w:val="0"/></w:numPr>') + "".join(items),
                 numbering=definitions) == [
        "no", "a) x", "b) x", "c) x", "aa) x", "bb) x", "cc) x",
    ]  # fmt: skip


def test_numbers_that_come_with_the_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>'
        '<w:basedOn w:val="H1"/></w:style>'
    )
    definitions = numbering_of(
        level(0, "upperRoman", "Article %1", '<w:pStyle w:val="H1"/>'),
        level(1, "decimal", "%1.%2", '<w:pStyle w:val="H2"/><w:isLgl/>'),
    )
    document = read_docx(
        styled("Aim", "H1") + styled("Scope", "H2") + styled("End", "H1") + styled("Date", "H2"),
        styles=styles,
        numbering=definitions,
    )
    assert outline(document) == [
        (1, "Article I Aim"),
        (2, "1.1 Scope"),
        (1, "Article II End"),
        (2, "2.1 Date"),
    ]


def test_bullets_that_show_and_bullets_that_do_not() -> None:
    definitions = numbering_of(level(0, "bullet", "\uf0b7"), level(1, "bullet", " "))
    assert docx_lines(numbered("a", 1) + numbered("b", 1, 1), numbering=definitions) == ["- a", "b"]


def test_a_table_with_a_marked_header() -> None:
    document = read_docx(
        p("Before")
        + table(
            row("Country", "Population", properties="<w:tblHeader/>"),
            row("Mexico", "130 million"),
            row("Chad", ""),
        )
        + p("After")
    )
    assert document.text == (
        "Before\n\nCountry | Population\nCountry: Mexico | Population: 130 million\n"
        "Country: Chad\n\nAfter"
    )


@pytest.mark.parametrize(
    ("properties", "named"),
    [
        ('<w:tblStyle w:val="Fancy"/><w:tblLook w:firstRow="1"/>', True),
        ('<w:tblStyle w:val="Fancy"/><w:tblLook w:val="04A0"/>', True),
        ('<w:tblStyle w:val="Fancy"/><w:tblLook w:val="0480"/>', False),
        ('<w:tblStyle w:val="Fancy"/><w:tblLook w:val="nonsense"/>', False),
        # Word ticks "header row" for every table; only a style that shows it means it.
        ('<w:tblStyle w:val="Plain"/><w:tblLook w:val="04A0" w:firstRow="1"/>', False),
    ],
)
def test_a_header_that_the_style_shows(properties: str, named: bool) -> None:
    found = docx_lines(table(row("Name", "Ada"), row("Born", "1815"), properties=properties),
                  styles=DOCX_STYLES)  # fmt: skip
    assert found == ["Name | Ada", "Name: Born | Ada: 1815" if named else "Born | 1815"]


def test_a_header_that_is_bold() -> None:
    bold = row(cell(p("Site", run="<w:b/>")), cell(p("Count", run="<w:b/>")))
    assert docx_lines(table(bold, row("A", "3")))[1] == "Site: A | Count: 3"
    assert docx_lines(table(bold, bold))[1] == "Site | Count"


def test_merged_cells() -> None:
    span = '<w:gridSpan w:val="2"/>'
    begins, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = docx_lines(
        table(
            row(cell("Site", properties=begins), cell("Count", properties=span),
                properties="<w:tblHeader/>"),
            row(cell(properties=goes_on), "2024", "2025", properties="<w:tblHeader/>"),
            row(cell("North", properties=begins), "3", "4"),
            row(cell(properties=goes_on), "5", "6"),
            row(cell("All years", properties='<w:gridSpan w:val="3"/>')),
        )
    )  # fmt: skip
    assert found == [
        "Site | Count",
        "Site | 2024 | 2025",
        "Site: North | Count 2024: 3 | Count 2025: 4",
        "Site: North | Count 2024: 5 | Count 2025: 6",
        "All years",
    ]


def test_tables_in_tables_and_tables_that_only_place_things() -> None:
    inner = table(row("a", "b"), row("c", "d"))
    assert docx_lines(table(row(cell(p("left")), cell(p("right"), inner)))) == [
        "left", "right", "a | b", "c | d",
    ]  # fmt: skip
    box = table(row(cell(p("A box."), p("Two paragraphs."))))
    assert read_docx(box).text == "A box.\n\nTwo paragraphs."
    long = "word " * 90
    assert (
        read_docx(table(row(cell(p("Note"), p(long)), "x"))).text == f"Note\n\n{long.strip()}\n\nx"
    )


def test_empty_cells_keep_their_place_and_deleted_rows_go() -> None:
    gone = row("x", "y", properties="<w:del/>")
    assert docx_lines(table(row("a", "", "c"), gone, row("", "b", ""))) == ["a | | c", "| b"]
