"""Follow a part of a Word document, element by element, and give out its blocks.

`Story` is told what stands in the XML (`common/xml.py`), leaves out what is not shown, and keeps
only what is open: tables and notes here, paragraphs and their text in `docx_paragraphs`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from askdoc.load.common.numbering import whole_number
from askdoc.load.office.blocks import LINE_END, PAGE, Block, Cell, Row, Table
from askdoc.load.office.docx_paragraphs import Paragraphs, Refer
from askdoc.load.office.docx_styles import Numbering, Styles, is_true

_TEXTS = frozenset(("w:t", "m:t"))
# Shown by no program, or shown elsewhere; of what a later edit replaced, the old properties.
_DROPPED = frozenset(("w:rt", "w:comment", "w:delText", "w:instrText", "w:txbxStory", "w:binData"))
_IN_RUN = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": LINE_END,
    "w:cr": LINE_END,
    "w:lastRenderedPageBreak": PAGE,
    "w:noBreakHyphen": "-",
}
# How a formula's parts are parted in a line.
_IN_FORMULA = {"m:den": "/", "m:sup": "^", "m:sub": "_"}
_LINE_BREAKS = str.maketrans("\n\r\f", "   ")


class Story(Paragraphs):
    """A target for the XML of a document part or of a part with notes.

    Args:
        styles: the document's styles.
        numbering: its lists.
        write: takes the blocks of the body as they are complete.
        refer: is told of each reference to a note.
        chunk: gives the blocks of a file that stands whole in the document, by the id of its
            relation; None where they cannot be had.
    """

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        write: Callable[[Iterable[Block]], None],
        refer: Refer,
        chunk: Callable[[str], list[Block] | None] = lambda name: None,
    ) -> None:
        self._chunk = chunk
        self.is_document = False
        self.has_embedded_file = False
        self.notes: dict[str, list[Block]] = {}
        super().__init__(styles, numbering, write, refer)
        self._open: list[str] = ["", ""]
        self._dropped_at = 0  # how many elements were open, 0 where nothing is dropped
        self._tables: list[Table] = []
        self._rows: list[Row] = []
        self._deleted_rows: list[bool] = []
        self._cells: list[Cell] = []
        self._chosen: list[bool] = []  # of the alternatives that are open, whether one was taken
        self._left_out: list[bool] = []  # of the controls that are open, whether they only prompt
        self._note = ""

    def text(self, text: str) -> None:
        if not self._dropped_at and self._open[-1] in _TEXTS:
            self._add(text.translate(_LINE_BREAKS))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._dropped_at:
            if self._is_dropped(name, attributes):
                self._dropped_at = len(self._open)
            else:
                self._started(name, attributes)
        self._open.append(name)

    def end(self, name: str) -> None:
        self._open.pop()
        if not self._dropped_at:
            ended = _ENDS.get(name)
            if ended is not None:
                ended(self)
        elif self._dropped_at == len(self._open):
            self._dropped_at = 0

    def _is_dropped(self, name: str, attributes: dict[str, str]) -> bool:
        if name in _DROPPED or name.endswith("Change"):
            return True
        if name in ("w:del", "w:moveFrom"):
            return self._open[-1] not in ("w:rPr", "w:trPr")
        if name in ("mc:Choice", "mc:Fallback") and self._chosen:
            taken = self._chosen[-1]
            self._chosen[-1] = True
            return taken
        if name == "w:sdtContent":
            return bool(self._left_out) and self._left_out[-1]
        if name in ("w:footnote", "w:endnote"):
            return attributes.get("w:type", "normal") != "normal"
        return False

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        started = _STARTS.get(name)
        if started is not None:
            started(self, attributes)
        elif name in _IN_RUN:
            if self._open[-1] == "w:r":
                self._add(_IN_RUN[name])
        elif name in _IN_FORMULA:
            self._add(_IN_FORMULA[name])
        else:
            self._property(name, attributes.get("w:val"))

    def _property(self, name: str, value: str | None) -> None:
        """What stands in the properties of the innermost paragraph, run, row or cell."""
        parent, holder = self._open[-1], self._open[-2]
        if parent in ("w:pPr", "w:numPr"):
            self._paragraph_property(name, value)
        elif parent == "w:rPr":
            self._run_property(name, value, holder)
        elif parent == "w:tcPr" and self._cells:
            if name == "w:gridSpan":
                self._cells[-1].columns = max(1, whole_number(value, 1))
            elif name == "w:vMerge":
                self._cells[-1].goes_on = value != "restart"
        elif parent == "w:trPr" and self._rows:
            if name == "w:tblHeader":
                self._rows[-1].is_header = is_true(value)
            elif name == "w:gridBefore":
                self._rows[-1].skipped = max(0, whole_number(value, 0))
            elif name == "w:del":
                self._deleted_rows[-1] = True
        elif self._left_out and (
            name == "w:showingPlcHdr"
            or (name == "w:docPartGallery" and value == "Table of Contents")
        ):
            self._left_out[-1] = True

    def _start_document(self, attributes: dict[str, str]) -> None:
        self.is_document = True

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._tables.append(Table())

    def _end_table(self) -> None:
        self._give(self._tables.pop())

    def _table_style(self, attributes: dict[str, str]) -> None:
        if self._tables:
            style = self._styles.get(attributes.get("w:val", ""))
            self._tables[-1].may_have_header = style.has_first_row

    def _table_look(self, attributes: dict[str, str]) -> None:
        first_row = attributes.get("w:firstRow")
        if first_row is not None:
            wanted = is_true(first_row)
        else:
            try:
                wanted = bool(int(attributes.get("w:val", "0")[:8], 16) & 0x20)
            except ValueError:
                wanted = False
        if self._tables and not wanted:
            self._tables[-1].may_have_header = False

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._rows.append(Row())
        self._deleted_rows.append(False)

    def _end_row(self) -> None:
        row = self._rows.pop()
        if not self._deleted_rows.pop() and self._tables:
            self._tables[-1].rows.append(row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cells.append(Cell())
        self._open_container()

    def _end_cell(self) -> None:
        cell = self._cells.pop()
        cell.blocks = self._closed()
        if self._rows:
            self._rows[-1].cells.append(cell)

    def _start_box(self, attributes: dict[str, str]) -> None:
        self._open_container()

    def _end_box(self) -> None:
        blocks = self._closed()
        if self._paragraphs:
            self._paragraphs[-1].after += blocks
        else:
            for block in blocks:
                self._give(block)

    def _start_note(self, attributes: dict[str, str]) -> None:
        self._note = attributes.get("w:id", "")
        self._open_container()

    def _end_note(self) -> None:
        self.notes[self._note] = self._closed()

    def _embedded_file(self, attributes: dict[str, str]) -> None:
        blocks = self._chunk(attributes.get("r:id", ""))
        if blocks is None:
            self.has_embedded_file = True
        for block in blocks or ():
            self._give(block)

    def _start_control(self, attributes: dict[str, str]) -> None:
        self._left_out.append(False)

    def _end_control(self) -> None:
        self._left_out.pop()

    def _start_alternatives(self, attributes: dict[str, str]) -> None:
        self._chosen.append(False)

    def _end_alternatives(self) -> None:
        self._chosen.pop()


_STARTS: dict[str, Callable[[Story, dict[str, str]], None]] = {
    "w:document": Story._start_document,
    "w:p": Story._start_paragraph,
    "w:r": Story._start_run,
    "w:tbl": Story._start_table,
    "w:tblStyle": Story._table_style,
    "w:tblLook": Story._table_look,
    "w:tr": Story._start_row,
    "w:tc": Story._start_cell,
    "w:txbxContent": Story._start_box,
    "w:footnote": Story._start_note,
    "w:endnote": Story._start_note,
    "w:footnoteReference": lambda story, found: story._note_reference("footnote", found),
    "w:endnoteReference": lambda story, found: story._note_reference("endnote", found),
    "w:fldChar": Story._field,
    "w:sym": Story._symbol,
    "w:altChunk": Story._embedded_file,
    "w:sdt": Story._start_control,
    "mc:AlternateContent": Story._start_alternatives,
}
_ENDS: dict[str, Callable[[Story], None]] = {
    "w:body": Story._end_body,
    "w:p": Story._end_paragraph,
    "w:r": Story._end_run,
    "w:tbl": Story._end_table,
    "w:tr": Story._end_row,
    "w:tc": Story._end_cell,
    "w:txbxContent": Story._end_box,
    "w:footnote": Story._end_note,
    "w:endnote": Story._end_note,
    "w:sdt": Story._end_control,
    "mc:AlternateContent": Story._end_alternatives,
}
