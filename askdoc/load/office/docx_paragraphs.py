"""Gather the text of a Word document's paragraphs from its runs: what is shown, in which looks.

`Paragraphs` knows the paragraphs and runs that are open and the containers that hold blocks (the
body, a cell, a text box, a note), each of which can stand in a paragraph of another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from askdoc.load.common.numbering import whole_number
from askdoc.load.common.raised import Rise, rise_in_xml, rise_of, shown_at
from askdoc.load.common.symbols import symbol
from askdoc.load.office.blocks import PAGE, Block, Paragraph
from askdoc.load.office.docx_styles import Numbering, Style, Styles, heading_level, is_true

Refer = Callable[[str, str, bool], tuple[str, list[Block]]]
"""Kind of note, its id, whether the text has its own mark -> the mark, the blocks that go below."""


@dataclass(slots=True)
class _Container:
    """What holds blocks."""

    blocks: list[Block] = field(default_factory=list)
    carried: str = ""
    """Text of paragraphs whose end was deleted: it runs on in the next one."""
    fields: list[bool] = field(default_factory=list)
    """The fields that are open, and whether each is still in its instruction."""
    instructions: int = 0


@dataclass(slots=True)
class _Paragraph:
    parts: list[str] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    style: str | None = None
    outline: str | None = None
    number: str | None = None
    depth: str | None = None
    end_is_deleted: bool = False
    has_bold: bool = False
    has_light: bool = False


@dataclass(slots=True)
class _Run:
    style: str | None = None
    hidden: bool | None = None
    bold: bool | None = None
    rise: Rise | None = None


class Paragraphs:
    """The paragraphs of a part of a Word document.

    Args:
        styles: the document's styles.
        numbering: its lists.
        write: takes the blocks of the body as they are complete.
        refer: is told of each reference to a note.
    """

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        write: Callable[[Iterable[Block]], None],
        refer: Refer,
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._write = write
        self._refer = refer
        self._containers = [_Container()]
        self._paragraphs: list[_Paragraph] = []
        self._runs: list[_Run] = []

    def _paragraph_property(self, name: str, value: str | None) -> None:
        if not self._paragraphs:
            return
        paragraph = self._paragraphs[-1]
        if name == "w:pStyle":
            paragraph.style = value
        elif name == "w:outlineLvl":
            paragraph.outline = value
        elif name == "w:numId":
            paragraph.number = value
        elif name == "w:ilvl":
            paragraph.depth = value

    def _open_container(self) -> None:
        self._containers.append(_Container())

    def _run_property(self, name: str, value: str | None, holder: str) -> None:
        if holder == "w:pPr":
            # The properties of the paragraph's end, not of its text.
            if name in ("w:del", "w:moveFrom") and self._paragraphs:
                self._paragraphs[-1].end_is_deleted = True
        elif holder == "w:r" and self._runs:
            if name == "w:rStyle":
                self._runs[-1].style = value
            elif name == "w:vanish":
                self._runs[-1].hidden = is_true(value)
            elif name == "w:b":
                self._runs[-1].bold = is_true(value)
            elif name == "w:vertAlign":
                self._runs[-1].rise = rise_in_xml(value)
            elif name == "w:position" and self._runs[-1].rise is None:
                self._runs[-1].rise = rise_of(whole_number(value, 0))

    def _add(self, text: str) -> None:
        """Text in the innermost run, if it is shown."""
        if not self._paragraphs or self._containers[-1].instructions:
            return
        paragraph = self._paragraphs[-1]
        hidden, bold = self._looks(paragraph)
        if hidden and text != PAGE:
            return
        before = paragraph.parts[-1] if paragraph.parts else ""
        paragraph.parts.append(shown_at(self._rise(), text, before))
        if text.strip():
            paragraph.has_bold |= bold
            paragraph.has_light |= not bold

    def _looks(self, paragraph: _Paragraph) -> tuple[bool, bool]:
        """Whether the innermost run is hidden, and whether it is bold."""
        run = self._runs[-1] if self._runs else _Run()
        own = self._styles.get(run.style) if run.style is not None else Style()
        around = self._styles.get(paragraph.style)
        hidden = own.is_hidden or around.is_hidden if run.hidden is None else run.hidden
        bold = own.is_bold or around.is_bold if run.bold is None else run.bold
        return hidden, bold

    def _rise(self) -> Rise:
        """Whether the innermost run stands above or below its line."""
        if not self._runs:
            return Rise.NONE
        run = self._runs[-1]
        if run.rise is None and run.style is not None:
            return self._styles.get(run.style).rise
        return run.rise or Rise.NONE

    def _start_paragraph(self, attributes: dict[str, str]) -> None:
        self._paragraphs.append(_Paragraph())

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        container = self._containers[-1]
        if container.instructions:
            # An instruction that does not end must not swallow the rest of the document.
            container.fields, container.instructions = [], 0
        text = container.carried + "".join(paragraph.parts)
        container.carried = ""
        style = self._styles.get(paragraph.style)
        if style.is_contents:
            text = PAGE * text.count(PAGE)
        elif paragraph.end_is_deleted:
            container.carried = text
            text = ""
        label = "" if paragraph.end_is_deleted else self._label(paragraph, style)
        level = style.level
        if paragraph.outline is not None:
            level = heading_level(paragraph.outline)
        bold = paragraph.has_bold and not paragraph.has_light
        self._give(Paragraph(text, level, label, bold, paragraph.after))

    def _label(self, paragraph: _Paragraph, style: Style) -> str:
        number = style.number if paragraph.number is None else paragraph.number
        if number is None or number == "0":
            return ""
        depth = None if paragraph.depth is None else whole_number(paragraph.depth, 0)
        if depth is None and paragraph.number is not None and style.number is None:
            depth = 0
        return self._numbering.label(number, depth, paragraph.style, style.depth)

    def _give(self, block: Block) -> None:
        """A block is complete: the body's are written at once, others wait for their container."""
        if len(self._containers) == 1:
            self._write((block,))
        else:
            self._containers[-1].blocks.append(block)

    def _end_body(self) -> None:
        self._give_carried()

    def _give_carried(self) -> None:
        container = self._containers[-1]
        if container.carried:
            self._give(Paragraph(container.carried))
            container.carried = ""

    def _start_run(self, attributes: dict[str, str]) -> None:
        self._runs.append(_Run())

    def _end_run(self) -> None:
        self._runs.pop()

    def _closed(self) -> list[Block]:
        """The blocks of the innermost container, which ends."""
        self._give_carried()
        return self._containers.pop().blocks

    def _note_reference(self, kind: str, attributes: dict[str, str]) -> None:
        if not self._paragraphs or self._looks(self._paragraphs[-1])[0]:
            return
        own_mark = attributes.get("w:customMarkFollows")
        has_own_mark = own_mark is not None and is_true(own_mark)
        mark, blocks = self._refer(kind, attributes.get("w:id", ""), has_own_mark)
        self._paragraphs[-1].parts.append(mark)
        self._paragraphs[-1].after += blocks

    def _field(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("w:fldCharType")
        container = self._containers[-1]
        if kind == "begin":
            container.fields.append(True)
            container.instructions += 1
        elif container.fields and kind in ("separate", "end"):
            container.instructions -= container.fields[-1]
            container.fields[-1] = False
            if kind == "end":
                container.fields.pop()

    def _symbol(self, attributes: dict[str, str]) -> None:
        try:
            code = int(attributes.get("w:char", "0")[:8], 16)
        except ValueError:
            return
        self._add(symbol(code, attributes.get("w:font", "")))
