"""What frames on a slide hold: tables, the figures of charts, the texts of diagrams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askdoc.errors import UnsupportedFormat
from askdoc.load.common.archive import Archive, Relation
from askdoc.load.common.layout import BLOCK, Layout
from askdoc.load.common.numbering import whole_number
from askdoc.load.common.xml import children, descendant
from askdoc.load.sheets.number_formats import general
from askdoc.load.slides.paragraphs import one_line_of
from askdoc.load.tables.column_names import SAMPLE_ROWS, header_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_YES = ("1", "true")
_MOST_POINTS = 10_000


def write_frame(
    layout: Layout, frame: Element, archive: Archive, relations: dict[str, Relation]
) -> None:
    """Write what a frame shows, if that is a table, a chart or a diagram."""
    data = descendant(frame, "a:graphic/a:graphicData")
    for held in data if data is not None else ():
        if held.tag == "a:tbl":
            _write_table(layout, held)
        elif held.tag == "c:chart":
            _write_chart(layout, _part(archive, relations, held.get("r:id")))
        elif held.tag == "dgm:relIds":
            _write_diagram(layout, _part(archive, relations, held.get("r:dm")))


def _part(archive: Archive, relations: dict[str, Relation], name: str | None) -> Element | None:
    relation = relations.get(name or "")
    try:
        return archive.xml(relation.target) if relation and relation.target else None
    except UnsupportedFormat:
        return None  # the slide is worth reading without it


def _write_table(layout: Layout, table: Element) -> None:
    properties = descendant(table, "a:tblPr")
    said = properties.get("firstRow") if properties is not None else None
    rows = children(table, "a:tr")
    heads = _heads(rows, said)
    layout.start_table()
    for at, row in enumerate(rows):
        layout.start_row(header=at in heads)
        for cell in children(row, "a:tc"):
            if cell.get("hMerge") in _YES or cell.get("vMerge") in _YES:
                continue
            span = min(whole_number(cell.get("gridSpan"), 1), 1000)
            layout.start_cell(span, rows=min(whole_number(cell.get("rowSpan"), 1), 1000))
            layout.text(one_line_of(descendant(cell, "a:txBody")))
        layout.end_row()
    layout.set_off(BLOCK)


def _heads(rows: list[Element], said: str | None) -> range:
    """Which rows name the columns: of the first the file may say so, or deny it."""
    texts = [_texts(row) for row in rows[: SAMPLE_ROWS + 1]]
    if len(rows) < 2 or not all(map(any, texts[:2])) or not (said in _YES or said is None):
        return range(int(said in _YES and len(rows) > 1))
    filled = [row for row in texts if any(row)]
    known = 0 if said in _YES else None
    found = header_of(filled, known=known, goes_on=True)
    return range(found.last + 1) if found is not None and found.first == 0 else range(0)


def _texts(row: Element) -> list[str]:
    """The texts of a row by column, those of merged cells in all of theirs."""
    texts: list[str] = []
    for cell in children(row, "a:tc"):
        text = one_line_of(descendant(cell, "a:txBody"))
        texts.append(texts[-1] if texts and not text and cell.get("hMerge") in _YES else text)
    return texts


def _write_chart(layout: Layout, chart: Element | None) -> None:
    """The figures of a chart as a table, a row a category; they are kept beside the picture."""
    if chart is None:
        return
    title = descendant(chart, "c:chart/c:title/c:tx/c:rich")
    layout.set_off(BLOCK)
    layout.text(one_line_of(title))
    columns: list[tuple[str, dict[int, str]]] = []
    names: dict[int, str] = {}
    for series in chart.iter("c:ser"):
        points = _points(descendant(series, "c:val")) or _points(descendant(series, "c:yVal"))
        name = " ".join(_points(descendant(series, "c:tx")).values())
        columns.append((name, points))
        for path in ("c:cat", "c:xVal"):
            names = names or _points(descendant(series, path))
    layout.start_table()
    _write_row(layout, ["", *(name for name, _ in columns)], header=True)
    for at in sorted({at for _, points in columns for at in points} | set(names)):
        _write_row(layout, [names.get(at, ""), *(points.get(at, "") for _, points in columns)])
    layout.set_off(BLOCK)


def _write_row(layout: Layout, cells: list[str], header: bool = False) -> None:
    layout.start_row(header)
    for cell in cells:
        layout.start_cell()
        layout.text(cell)
    layout.end_row()


def _points(values: Element | None) -> dict[int, str]:
    """The cached values of a reference, by their number."""
    found: dict[int, str] = {}
    for point in values.iter("c:pt") if values is not None else ():
        value = next((one.text or "" for one in children(point, "c:v")), "")
        if len(found) < _MOST_POINTS:
            found[whole_number(point.get("idx"), len(found))] = _figure(value)
    return found


def _figure(text: str) -> str:
    """A figure without the noise of its last binary digits; any other text as it is."""
    try:
        value = float(text)
    except ValueError:
        return text
    return general(value) if abs(value) < 1e15 else text


def _write_diagram(layout: Layout, diagram: Element | None) -> None:
    for point in diagram.iter("dgm:pt") if diagram is not None else ():
        text = one_line_of(descendant(point, "dgm:t"))
        if text:
            layout.start_item()
            layout.text(text)
            layout.end_item()
    layout.set_off(BLOCK)
