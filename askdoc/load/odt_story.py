"""Follow the XML of an OpenDocument text, element by element, and give out its blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from askdoc.load.blocks import LINE_END, PAGE, Block, Cell, Paragraph, Row, Table
from askdoc.load.numbering import numeral, whole_number
from askdoc.load.odt_lists import Lists
from askdoc.load.odt_styles import Styles

_INDEXES = frozenset(
    f"text:{kind}"
    for kind in (
        "table-of-content", "alphabetical-index", "illustration-index", "table-index",
        "object-index", "user-index",
    )
)  # fmt: skip
_DROPPED = _INDEXES | {
    "office:annotation", "office:forms", "office:binary-data", "office:master-styles",
    "office:meta", "office:settings", "office:scripts", "office:font-face-decls",
    "text:deletion", "text:ruby-text", "text:hidden-text", "text:hidden-paragraph",
    "text:placeholder", "svg:title", "svg:desc",
}  # fmt: skip
_INLINE = {"text:s": " ", "text:tab": "\t", "text:line-break": LINE_END}
_LINE_BREAKS = str.maketrans("\n\r\f", "   ")


@dataclass(slots=True)
class _Paragraph:
    block: Paragraph
    parts: list[str] = field(default_factory=list)
    hidden: bool = False
    bold: bool = False
    has_bold: bool = False
    has_light: bool = False
    break_after: bool = False
    is_heading: bool = False


@dataclass(slots=True)
class _Container:
    """What holds blocks: the body, a cell, a note."""

    blocks: list[Block] = field(default_factory=list)
    paragraphs: list[_Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class _Grid:
    """A table that is open, and which of its columns cells from above still cover."""

    table: Table = field(default_factory=Table)
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)  # rows left, width
    column: int = 0
    covered: int = 0  # how many of the next cells are part of the one before
    in_header: bool = False


class Story:
    """A target for styles.xml and content.xml, one after the other, or for a flat file.

    Args:
        write: takes the blocks of the body as they are complete.
    """

    def __init__(self, write: Callable[[Iterable[Block]], None]) -> None:
        self.is_text = False
        self.knows_pages = False
        self.endnotes: list[Block] = []
        self._write = write
        self._styles = Styles()
        self._lists = Lists(self._styles)
        self._depth = 0
        self._dropped_at = 0  # the depth of the element that is dropped, 0 for none
        self._containers = [_Container()]
        self._grids: list[_Grid] = []
        self._spans: list[tuple[bool, bool]] = []  # hidden, bold
        self._notes: list[tuple[str, list[str]]] = []  # class, what the citation shows
        self._counts: dict[str, int] = {}
        self._caught: list[str] | None = None  # text that is kept for something else
        self._pages = 0  # that begin with the next text
        self._has_text = False
        self._region = ""  # the change that is being told of
        self._deletions: set[str] = set()
        self._deleting = ""  # the deletion that the text stands in

    def text(self, text: str) -> None:
        if self._dropped_at:
            return
        if self._caught is not None:
            self._caught.append(text)
        else:
            self._add(text.translate(_LINE_BREAKS))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._dropped_at:
            return
        if name in _DROPPED or _is_hidden_section(name, attributes):
            self._dropped_at = self._depth
            if name == "text:deletion":
                self._deletions.add(self._region)
            return
        started = _STARTS.get(name)
        if started is not None:
            started(self, attributes)
        elif name in _INLINE:
            self._add(_INLINE[name])
        elif name == "text:soft-page-break":
            self.knows_pages = True
            self._page()
        else:
            self._styles.start(name, attributes)

    def end(self, name: str) -> None:
        if not self._dropped_at:
            ended = _ENDS.get(name)
            if ended is not None:
                ended(self)
        elif self._dropped_at == self._depth:
            self._dropped_at = 0
        self._depth -= 1

    @property
    def _paragraph(self) -> _Paragraph | None:
        open_here = self._containers[-1].paragraphs
        return open_here[-1] if open_here else None

    def _add(self, text: str) -> None:
        paragraph = self._paragraph
        if paragraph is None:
            return
        hidden, bold = self._spans[-1] if self._spans else (paragraph.hidden, paragraph.bold)
        if hidden or self._deleting:
            return
        if text.strip():
            self._has_text = True
            paragraph.has_bold |= bold
            paragraph.has_light |= not bold
        paragraph.parts.append(text)

    def _page(self) -> None:
        paragraph = self._paragraph
        if paragraph is None:
            self._pages += 1
        else:
            paragraph.parts.append(PAGE)

    def _start_body(self, attributes: dict[str, str]) -> None:
        self.is_text = True
        if attributes.get("text:use-soft-page-breaks") == "true":
            self.knows_pages = True

    def _start_paragraph(self, attributes: dict[str, str]) -> None:
        self._open(attributes, heading=False)

    def _start_heading(self, attributes: dict[str, str]) -> None:
        self._open(attributes, heading=True)

    def _open(self, attributes: dict[str, str], heading: bool) -> None:
        name = attributes.get("text:style-name", "")
        style = self._styles.get("paragraph", name)
        level = max(1, whole_number(attributes.get("text:outline-level"), 1)) if heading else 0
        label = self._lists.item_label(name)
        if heading and not label and attributes.get("text:is-list-header") != "true":
            label = self._lists.heading_label(level, attributes)
        block = Paragraph("", level or int(style.name == "Title"), label)
        paragraph = _Paragraph(block, hidden=bool(style.hidden), bold=bool(style.bold))
        paragraph.break_after = bool(style.break_after)
        if style.break_before and self._has_text and self._paragraph is None:
            self._pages += 1
        paragraph.parts.append(PAGE * self._pages)
        self._pages = 0
        self._containers[-1].paragraphs.append(paragraph)
        self._spans.append((paragraph.hidden, paragraph.bold))

    def _end_paragraph(self) -> None:
        self._spans.pop()
        paragraph = self._containers[-1].paragraphs.pop()
        block = paragraph.block
        block.text = "".join(paragraph.parts)
        block.bold = paragraph.has_bold and not paragraph.has_light
        self._pages += paragraph.break_after
        self._give(block)

    def _give(self, block: Block) -> None:
        """A block is complete: what stands in a frame of a paragraph goes below that."""
        paragraph = self._paragraph
        if paragraph is not None:
            paragraph.block.after.append(block)
        elif len(self._containers) == 1:
            self._write((block,))
        else:
            self._containers[-1].blocks.append(block)

    def _start_region(self, attributes: dict[str, str]) -> None:
        self._region = attributes.get("text:id", "")

    def _start_change(self, attributes: dict[str, str]) -> None:
        """Some files keep deleted text where it was."""
        change = attributes.get("text:change-id", "")
        if change in self._deletions:
            self._deleting = change

    def _end_change(self, attributes: dict[str, str]) -> None:
        if self._deleting == attributes.get("text:change-id"):
            self._deleting = ""

    def _start_span(self, attributes: dict[str, str]) -> None:
        style = self._styles.get("text", attributes.get("text:style-name", ""))
        hidden, bold = self._spans[-1] if self._spans else (False, False)
        self._spans.append(
            (
                hidden if style.hidden is None else style.hidden,
                bold if style.bold is None else style.bold,
            )
        )

    def _end_span(self) -> None:
        self._spans.pop()

    def _start_note(self, attributes: dict[str, str]) -> None:
        self._notes.append((attributes.get("text:note-class", "footnote"), []))

    def _start_citation(self, attributes: dict[str, str]) -> None:
        self._caught = []

    def _end_citation(self) -> None:
        mark = "".join(self._caught or ()).strip()
        self._caught = None
        if not self._notes:
            return
        kind, marks = self._notes[-1]
        self._counts[kind] = self._counts.get(kind, 0) + 1
        if mark in ("", "0"):  # saved by a program that had not yet counted
            mark = numeral(self._counts[kind], "lowerRoman" if kind == "endnote" else "decimal")
        marks.append(f"[{mark}]")
        self._add(f"[{mark}]")

    def _start_note_body(self, attributes: dict[str, str]) -> None:
        self._containers.append(_Container())
        self._lists.enter()

    def _end_note_body(self) -> None:
        blocks = self._containers.pop().blocks
        self._lists.leave()
        kind, marks = self._notes[-1] if self._notes else ("footnote", [])
        first = next((block for block in blocks if isinstance(block, Paragraph)), None)
        if first is not None and marks:
            first.label = marks[-1]
        paragraph = self._paragraph
        hidden = self._spans[-1][0] if self._spans else False
        if hidden:
            return
        if kind == "endnote" or paragraph is None:
            self.endnotes += blocks
        else:
            paragraph.block.after += blocks

    def _end_note(self) -> None:
        self._notes.pop()

    def _start_number(self, attributes: dict[str, str]) -> None:
        self._caught = []

    def _end_number(self) -> None:
        number = "".join(self._caught or ()).strip()
        self._caught = None
        paragraph = self._paragraph
        if paragraph is None:
            self._lists.shown = number
        elif number:
            paragraph.block.label = number

    def _start_list(self, attributes: dict[str, str]) -> None:
        self._lists.start(attributes)

    def _end_list(self) -> None:
        self._lists.end()

    def _start_item(self, attributes: dict[str, str]) -> None:
        self._lists.start_item(attributes)

    def _start_list_header(self, attributes: dict[str, str]) -> None:
        self._lists.start_header()

    def _start_table(self, attributes: dict[str, str]) -> None:
        style = self._styles.get("table", attributes.get("table:style-name", ""))
        self._pages += bool(style.break_before and self._has_text)
        self._grids.append(_Grid())

    def _end_table(self) -> None:
        self._give(self._grids.pop().table)

    def _start_header_rows(self, attributes: dict[str, str]) -> None:
        if self._grids:
            self._grids[-1].in_header = True

    def _end_header_rows(self) -> None:
        if self._grids:
            self._grids[-1].in_header = False

    def _start_row(self, attributes: dict[str, str]) -> None:
        if self._grids:
            grid = self._grids[-1]
            grid.table.rows.append(Row(is_header=grid.in_header))
            grid.column = grid.covered = 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._containers.append(_Container())
        self._lists.enter()
        if not self._grids or not self._grids[-1].table.rows:
            return
        grid = self._grids[-1]
        spanned = max(1, whole_number(attributes.get("table:number-columns-spanned"), 1))
        repeated = max(1, whole_number(attributes.get("table:number-columns-repeated"), 1))
        rows = whole_number(attributes.get("table:number-rows-spanned"), 1)
        if rows > 1:
            grid.spans[grid.column] = (rows - 1, spanned)
        grid.covered = spanned - 1
        grid.column += spanned * repeated
        grid.table.rows[-1].cells.append(Cell(columns=spanned * repeated))

    def _end_cell(self) -> None:
        blocks = self._containers.pop().blocks
        self._lists.leave()
        if self._grids and self._grids[-1].table.rows and self._grids[-1].table.rows[-1].cells:
            self._grids[-1].table.rows[-1].cells[-1].blocks = blocks

    def _covered_cell(self, attributes: dict[str, str]) -> None:
        """A cell that others lie over: from the left (nothing is left of it) or from above."""
        self._containers.append(_Container())
        self._lists.enter()
        if not self._grids or not self._grids[-1].table.rows:
            return
        grid = self._grids[-1]
        repeated = max(1, whole_number(attributes.get("table:number-columns-repeated"), 1))
        while repeated > 0:
            if grid.covered:
                taken = min(grid.covered, repeated)
                grid.covered -= taken
                repeated -= taken
                continue
            left, width = grid.spans.pop(grid.column, (0, 1 if grid.spans else repeated))
            if left > 1:
                grid.spans[grid.column] = (left - 1, width)
            grid.table.rows[-1].cells.append(Cell(columns=width, goes_on=left > 0))
            grid.column += width
            grid.covered = width - 1
            repeated -= 1

    def _end_covered_cell(self) -> None:
        self._containers.pop()
        self._lists.leave()


def _is_hidden_section(name: str, attributes: dict[str, str]) -> bool:
    return name == "text:section" and (
        attributes.get("text:display") == "none" or attributes.get("text:is-hidden") == "true"
    )


_STARTS: dict[str, Callable[[Story, dict[str, str]], None]] = {
    "office:text": Story._start_body,
    "text:p": Story._start_paragraph,
    "text:h": Story._start_heading,
    "text:changed-region": Story._start_region,
    "text:change-start": Story._start_change,
    "text:change-end": Story._end_change,
    "text:span": Story._start_span,
    "text:note": Story._start_note,
    "text:note-citation": Story._start_citation,
    "text:note-body": Story._start_note_body,
    "text:number": Story._start_number,
    "text:list": Story._start_list,
    "text:list-item": Story._start_item,
    "text:list-header": Story._start_list_header,
    "table:table": Story._start_table,
    "table:table-header-rows": Story._start_header_rows,
    "table:table-row": Story._start_row,
    "table:table-cell": Story._start_cell,
    "table:covered-table-cell": Story._covered_cell,
}
_ENDS: dict[str, Callable[[Story], None]] = {
    "text:p": Story._end_paragraph,
    "text:h": Story._end_paragraph,
    "text:span": Story._end_span,
    "text:note": Story._end_note,
    "text:note-citation": Story._end_citation,
    "text:note-body": Story._end_note_body,
    "text:number": Story._end_number,
    "text:list": Story._end_list,
    "table:table": Story._end_table,
    "table:table-header-rows": Story._end_header_rows,
    "table:table-cell": Story._end_cell,
    "table:covered-table-cell": Story._end_covered_cell,
}
