"""Hostile texts and slides of office programs: docx, odt, fodt, rtf, pptx, epub."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from lab.fuzzing.hostile import files
from lab.fuzzing.hostile.case import LINE, Case, nested, text
from lab.fuzzing.hostile.files import MAIN, parts_of, zipped
from lab.fuzzing.samples import sample, samples

_MB = 1_000_000
_LAMP = LINE.strip()
_RTF = r"{\rtf1 " + _LAMP + r"\par "

# A sample, and before which bytes of its main part something is put in.
_WORD = ("survey.docx", b"<w:sectPr")
_ODT = ("survey.odt", b"</office:text>")
_ODP = ("talk.odp", b"</office:presentation>")
_SLIDES = ("talk.pptx", b"</p:spTree>")
_BOOK = ("survey.epub", b"</body>")

_W_P = "<w:p><w:r><w:t>lamp</w:t></w:r></w:p>"
_W_TABLE = "<w:tbl><w:tr><w:tc>"
_W_TABLE_END = "</w:tc></w:tr></w:tbl>"
_W_FIELD = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>'
_W_SPAN = (
    f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/><w:vMerge/></w:tcPr>{_W_P}</w:tc></w:tr>'
)
_W_HEADER = f"<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>{_W_P}</w:tc></w:tr>"
_W_NUMBERED = (
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    "<w:r><w:t>a</w:t></w:r></w:p>"
)
_LIST_START = "<text:list><text:list-item><text:p>a</text:p>"
_LIST_END = "</text:list-item></text:list>"
_NOTE = "<text:note><text:note-body><text:p>a</text:p></text:note-body></text:note>"
_FRAME = "<draw:frame><draw:text-box><text:p>lamp</text:p></draw:text-box></draw:frame>"
_REPEATED = (
    '<table:table-row table:number-rows-repeated="99999999"><table:table-cell '
    'table:number-columns-repeated="99999999"><text:p>a</text:p></table:table-cell>'
    "</table:table-row>"
)
_SHAPE = "<p:sp><p:txBody><a:p><a:r><a:t>lamp</a:t></a:r></a:p></p:txBody></p:sp>"
_PLACED = _SHAPE.replace(
    "<p:txBody>",
    '<p:spPr><a:xfrm><a:off x="1" y="1"/><a:ext cx="9" cy="9"/></a:xfrm></p:spPr><p:txBody>',
)


def with_inside(where: tuple[str, bytes], make: Callable[[int], bytes]) -> Callable[[int], bytes]:
    """A sample archive with something more at the end of its main part."""
    name, before = where

    def made(count: int) -> bytes:
        parts = parts_of(name)
        head, mark, tail = parts[MAIN[name]].rpartition(before)
        parts[MAIN[name]] = head + make(count) + mark + tail
        return zipped(parts.items())

    return made


def _fodt(*pieces: str) -> Callable[[int], bytes]:
    """The same for a sample that is one XML file."""

    def made(count: int) -> bytes:
        head, mark, tail = sample("lease.fodt").rpartition(_ODT[1])
        return head + text(*pieces)(count) + mark + tail

    return made


def _styles(count: int) -> bytes:
    """Styles that are each based on the next, and the last on the first."""
    parts = parts_of("survey.docx")
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="c{at}">'
        f'<w:name w:val="c{at}"/><w:basedOn w:val="c{(at + 1) % count}"/></w:style>'
        for at in range(count)
    ).encode()
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(
        b"</w:styles>", styles + b"</w:styles>"
    )
    used = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="c{at}"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>'
        for at in range(count)
    )
    main = parts[MAIN["survey.docx"]]
    parts[MAIN["survey.docx"]] = main.replace(b"<w:body>", b"<w:body>" + used.encode())
    return zipped(parts.items())


def _same_slide(count: int) -> bytes:
    """A presentation that lists one slide again and again."""
    parts = parts_of("talk.pptx")
    listed = parts["ppt/presentation.xml"]
    start = listed.index(b"<p:sldId ")
    end = listed.index(b"/>", start) + 2
    parts["ppt/presentation.xml"] = listed[:end] + listed[start:end] * count + listed[end:]
    return zipped(parts.items())


def _spine(count: int) -> bytes:
    """A book that goes through one chapter again and again."""
    parts = parts_of("survey.epub")
    name = next(part for part in parts if part.endswith(".opf"))
    start = parts[name].index(b"<itemref")
    end = parts[name].index(b"/>", start) + 2
    parts[name] = parts[name][:end] + parts[name][start:end] * count + parts[name][end:]
    return zipped(parts.items())


def _inside(where: tuple[str, bytes], *pieces: str) -> Callable[[int], bytes]:
    return with_inside(where, text(*pieces))


_word, _odt, _odp = (partial(_inside, where) for where in (_WORD, _ODT, _ODP))
_slides, _book = partial(_inside, _SLIDES), partial(_inside, _BOOK)

WORD = [
    Case("paragraphs.docx", 200_000, _word("", _W_P)),
    Case("runs.docx", 300_000, _word("<w:p>", "<w:r><w:t>a</w:t></w:r>", "</w:p>")),
    Case("one run.docx", 30 * _MB, _word("<w:p><w:r><w:t>", "a", "</w:t></w:r></w:p>")),
    Case("tables.docx", 80, with_inside(_WORD, nested("", _W_TABLE, _W_P, _W_TABLE_END))),
    Case("spans.docx", 50_000, _word("<w:tbl>", _W_SPAN, "</w:tbl>")),
    Case("headers.docx", 50_000, _word("<w:tbl>", _W_HEADER, "</w:tbl>")),
    Case("fields.docx", 200_000, _word("", _W_FIELD)),
    Case("numbered.docx", 100_000, _word("", _W_NUMBERED)),
    Case("tabs.docx", 500_000, _word("<w:p><w:r>", "<w:tab/>", "</w:r></w:p>")),
    Case("styles.docx", 20_000, _styles),
]
ODT = [
    Case("blank count.odt", 1, _odt("", '<text:p>a<text:s text:c="999999999"/>b</text:p>')),
    Case("paragraphs.odt", 200_000, _odt("", "<text:p>lamp</text:p>")),
    Case(
        "spans.odt",
        120,
        with_inside(_ODT, nested("<text:p>", "<text:span>", "a", "</text:span>", "</text:p>")),
    ),
    Case("lists.odt", 100, with_inside(_ODT, nested("", _LIST_START, "", _LIST_END))),
    Case("many lists.odt", 100_000, _odt("", _LIST_START + _LIST_END)),
    Case("columns.odt", 10_000, _odt("<table:table>", _REPEATED, "</table:table>")),
    Case("headings.odt", 100_000, _odt("", '<text:h text:outline-level="9">a</text:h>')),
    Case("blanks.fodt", 100_000, _fodt("<text:p>a", '<text:s text:c="9999"/>', "b</text:p>")),
    Case("laughs.fodt", 1, lambda _: files.billion_laughs(sample("lease.fodt"))),
    Case("notes.fodt", 100_000, _fodt("<text:p>", _NOTE, "</text:p>")),
]
ODP = [
    Case("slides.odp", 50_000, _odp("", "<draw:page><draw:frame/></draw:page>")),
    Case("shapes.odp", 50_000, _odp("<draw:page>", _FRAME, "</draw:page>")),
    Case(
        "groups.odp",
        200,
        with_inside(_ODP, nested("<draw:page>", "<draw:g>", _FRAME, "</draw:g>", "</draw:page>")),
    ),
    Case("laughs.fodp", 1, lambda _: files.billion_laughs(samples(".fodp")[0])),
]
OLD = [Case("letters.doc", 10 * _MB, text("\xd0\xcf", "lamp "))]
RTF = [
    Case("nested.rtf", 9_990, nested(_RTF, "{", _LAMP, "}", "}")),
    Case("deep.rtf", 5 * _MB, nested(_RTF, "{", _LAMP, "}", "}")),
    Case("words.rtf", 2 * _MB, text(_RTF, r"\b", "}")),
    Case("bytes.rtf", _MB, text(_RTF, r"\'e9", "}")),
    Case("characters.rtf", _MB, text(_RTF, r"\u-10179?", "}")),
    Case("skipped.rtf", 500_000, text(_RTF + r"\uc9999 ", r"\u65 ", "}")),
    Case("binary.rtf", 500_000, text(_RTF, r"\bin2147483647 ", "}")),
    Case("cells.rtf", 300_000, text(_RTF + r"\trowd\intbl ", r"a\cell ", r"\row}")),
    Case(
        "edges.rtf",
        300_000,
        text(_RTF + r"\trowd\clmgf\cellx1", r"\clmrg\cellx2", r"\intbl a\cell\row}"),
    ),
    Case("rows.rtf", 100_000, text(_RTF, r"\trowd\trhdr\cellx1\intbl a\cell\row ", "}")),
    Case(
        "nested rows.rtf",
        100_000,
        text(_RTF, r"\itap9\intbl a\nestcell{\*\nesttableprops\nestrow}", "}"),
    ),
    Case("fonts.rtf", 200_000, text(r"{\rtf1{\fonttbl", r"{\f1\fcharset2 a;}", "}" + _LAMP + "}")),
    Case(
        "styles.rtf",
        100_000,
        text(r"{\rtf1{\stylesheet", r"{\s1\sbasedon1 a;}", "}" + _LAMP + "}"),
    ),
    Case("fields.rtf", 200_000, text(_RTF, r"{\field{\fldinst a}{\fldrslt b}}", "}")),
    Case("notes.rtf", 200_000, text(_RTF, r"{\footnote a}", "}")),
    Case("code pages.rtf", 200_000, text(_RTF, r"\ansicpg932 \'81", "}")),
    Case("labels.rtf", 100_000, text(_RTF, r"{\listtext 1.\tab}a\par ", "}")),
    Case("long word.rtf", 5 * _MB, text(_RTF + "\\", "a", "}")),
]
SLIDES = [
    Case("shapes.pptx", 50_000, _slides("", _SHAPE)),
    Case("groups.pptx", 200, with_inside(_SLIDES, nested("", "<p:grpSp>", _SHAPE, "</p:grpSp>"))),
    Case("placed.pptx", 20_000, _slides("", _PLACED)),
    Case(
        "breaks.pptx",
        300_000,
        _slides("<p:sp><p:txBody><a:p>", "<a:br/>", "</a:p></p:txBody></p:sp>"),
    ),
    Case("same slide.pptx", 100_000, _same_slide),
]
BOOKS = [
    Case("spine.epub", 100_000, _spine),
    Case("tables.epub", 100_000, _book("", "<table><tr><td>")),
    Case("chapter.epub", 5 * _MB, _book("<p>", "a ", "</p>")),
]
CASES = [*WORD, *ODT, *ODP, *OLD, *RTF, *SLIDES, *BOOKS]
