"""Gather the paragraphs, tables and notes of an RTF file from what its control words do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from askdoc.load.common.numbering import BULLET, numeral
from askdoc.load.common.raised import Rise, shown_at
from askdoc.load.office.blocks import LINE_END, Block, Cell, Paragraph, Row, Table
from askdoc.load.office.rtf_columns import widen

_DEEPEST_TABLE = 6
_MOST_CELLS = 200
# Lists of programs that write no list text but the number or bullet itself, and a tab.
_INLINE_LABEL = re.compile(r"\s*([•·▪◦●–-]|\(?\w{1,3}[.)])[ \xa0]*\t\s*")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Look:
    """What a paragraph's control words say of it when it ends."""

    level: int = 0
    is_contents: bool = False
    depth: int = 0
    """In how many tables it stands."""


@dataclass(slots=True)
class _CellForm:
    """What a row says of one of its cells before their texts."""

    goes_right: bool = False
    goes_on: bool = False
    end: int = 0
    """Where it ends on the page, in twips."""


@dataclass(slots=True)
class _RowForm:
    is_header: bool = False
    cells: list[_CellForm] = field(default_factory=list)
    open: _CellForm = field(default_factory=_CellForm)


@dataclass(slots=True)
class _Level:
    """A table that is open: what is done of it, of its row, and of its cell."""

    table: Table = field(default_factory=Table)
    cells: list[list[Block]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    ends: list[list[int]] = field(default_factory=list)
    """For each row, where its cells end, of those that say it."""


@dataclass(slots=True)
class _Flow:
    """A stream of paragraphs: the body, a note, a text box."""

    parts: list[str] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    has_bold: bool = False
    has_light: bool = False
    levels: list[_Level] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    is_note: bool = False
    mark_at: int | None = None
    """The part where the mark of a note goes, once it is known which kind of note."""


class Story:
    """The text of a file under construction.

    Args:
        write: takes the blocks of the body as they are complete.
    """

    def __init__(self, write: Callable[[Iterable[Block]], None]) -> None:
        self._write = write
        self._flows = [_Flow()]
        self._forms = {False: _RowForm(), True: _RowForm()}  # True: of a table in a cell
        self._counts = {"footnote": 0, "endnote": 0}
        self._endnotes: list[Block] = []

    def add(self, text: str, bold: bool, rise: Rise) -> None:
        flow = self._flows[-1]
        flow.parts.append(shown_at(rise, text, flow.parts[-1] if flow.parts else ""))
        if text.strip():
            flow.has_bold |= bold
            flow.has_light |= not bold

    def add_label(self, text: str) -> None:
        self._flows[-1].label.append(text)

    def line_end(self) -> None:
        self._flows[-1].parts.append(LINE_END)

    def note_mark(self) -> None:
        """The mark of a note, which follows; in a note it is that note's own."""
        flow = self._flows[-1]
        if not flow.is_note:
            flow.mark_at = len(flow.parts)
            flow.parts.append("")

    def open(self, *, is_note: bool) -> None:
        """A note or a text box begins."""
        self._flows.append(_Flow(is_note=is_note))

    def close_box(self, look: Look) -> None:
        blocks = self._closed(look)
        self._flows[-1].after += blocks

    def close_note(self, kind: str, look: Look) -> None:
        blocks = self._closed(look)
        flow = self._flows[-1]
        first = next((block for block in blocks if isinstance(block, Paragraph)), None)
        if flow.mark_at is not None and first is not None:
            self._counts[kind] += 1
            count = self._counts[kind]
            shown = numeral(count, "lowerRoman" if kind == "endnote" else "decimal")
            flow.parts[flow.mark_at] = first.label = f"[{shown}]"
        flow.mark_at = None
        if kind == "endnote":
            self._endnotes += blocks
        else:
            flow.after += blocks

    def end_paragraph(self, look: Look) -> None:
        flow = self._flows[-1]
        if not (flow.parts or flow.after or flow.label):
            return
        text = _whole("".join(flow.parts))
        label = _whole("".join(flow.label)).strip()
        if not label:
            inline = _INLINE_LABEL.match(text)
            if inline:
                label, text = inline[1], text[inline.end() :]
        if len(label) == 1 and not label.isalnum():
            label = BULLET
        bold = flow.has_bold and not flow.has_light
        level = look.level if not look.depth else 0
        block = Paragraph("" if look.is_contents else text, level, label, bold, flow.after)
        flow.parts, flow.after, flow.label = [], [], []
        flow.has_bold = flow.has_light = False
        flow.mark_at = None
        if text.strip() or block.after:
            self._give(block, min(look.depth, _DEEPEST_TABLE))

    def _has_open_text(self) -> bool:
        flow = self._flows[-1]
        return bool(flow.after) or any(part.strip() for part in flow.parts)

    def _give(self, block: Block, depth: int) -> None:
        """A block at a depth of tables, which ends those that are deeper."""
        levels = self._flows[-1].levels
        self._close_tables(depth)
        while len(levels) < depth:
            levels.append(_Level())
        if levels:
            levels[-1].blocks.append(block)
        else:
            self._done(block)

    def _done(self, block: Block) -> None:
        if len(self._flows) == 1:
            self._write((block,))
        else:
            self._flows[-1].blocks.append(block)

    def _close_tables(self, depth: int) -> None:
        levels = self._flows[-1].levels
        while len(levels) > depth:
            last = levels.pop()
            if last.blocks or last.cells:
                # A row that was not ended.
                cells = [*last.cells, last.blocks] if last.blocks else last.cells
                last.table.rows.append(Row([Cell(blocks) for blocks in cells]))
                last.ends.append([])
            if not last.table.rows:
                continue
            widen(last.table.rows, last.ends)
            if levels:
                levels[-1].blocks.append(last.table)
            else:
                self._done(last.table)

    def row_word(self, word: str, number: int | None, *, nested: bool) -> None:
        """A word that says how the cells of a row are merged or end, or that it is a header."""
        form = self._forms[nested]
        if word == "trowd":
            self._forms[nested] = _RowForm()
        elif word == "trhdr":
            form.is_header = True
        elif word == "clmrg":
            form.open.goes_right = True
        elif word == "clvmrg":
            form.open.goes_on = True
        elif word == "cellx":
            form.open.end = number or 0
            if len(form.cells) < _MOST_CELLS:
                form.cells.append(form.open)
            form.open = _CellForm()

    def end_cell(self, look: Look) -> None:
        """A cell ends, and the paragraph that is open in it."""
        depth = min(max(1, look.depth), _DEEPEST_TABLE)
        look.depth = depth
        if self._has_open_text():
            self.end_paragraph(look)
        flow = self._flows[-1]
        flow.parts, flow.label, flow.mark_at = [], [], None
        levels = self._flows[-1].levels
        self._close_tables(depth)
        while len(levels) < depth:
            levels.append(_Level())
        levels[-1].cells.append(levels[-1].blocks)
        levels[-1].blocks = []

    def end_row(self, look: Look) -> None:
        depth = min(max(1, look.depth), _DEEPEST_TABLE)
        self._close_tables(depth)
        levels = self._flows[-1].levels
        if len(levels) < depth or not levels[-1].cells:
            return
        last = levels[-1]
        forms = self._forms[depth > 1]
        row, ends = Row(is_header=forms.is_header), list[int]()
        for number, blocks in enumerate(last.cells):
            form = forms.cells[number] if number < len(forms.cells) else _CellForm()
            if form.goes_right and row.cells:
                row.cells[-1].columns += 1
                row.cells[-1].blocks += blocks
                ends[-1:] = [form.end]
            else:
                ends.append(form.end)
                row.cells.append(Cell(blocks, goes_on=form.goes_on))
        last.table.rows.append(row)
        last.ends.append(ends)
        last.cells = []

    def _closed(self, look: Look) -> list[Block]:
        """The blocks of the innermost flow, which ends."""
        if self._has_open_text():
            self.end_paragraph(look)
        self._close_tables(0)
        return self._flows.pop().blocks

    def finish(self, look: Look) -> None:
        """The file ends."""
        while len(self._flows) > 1:
            self.close_box(look)
        if self._has_open_text():
            self.end_paragraph(look)
        self._close_tables(0)
        self._write(self._endnotes)


def _whole(text: str) -> str:
    """The text with pairs of surrogates joined, and lone ones replaced."""
    if not _SURROGATES.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
