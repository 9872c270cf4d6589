"""Gather the text of an OpenDocument text's paragraphs: what is shown, with its notes and pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from askdoc.load.common.numbering import numeral, whole_number
from askdoc.load.common.raised import Rise, shown_at
from askdoc.load.office.blocks import PAGE, Block, Paragraph
from askdoc.load.office.odt_lists import Lists
from askdoc.load.office.odt_styles import Styles


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


class Paragraphs:
    """The paragraphs of an OpenDocument text.

    Args:
        write: takes the blocks of the body as they are complete.
    """

    def __init__(self, write: Callable[[Iterable[Block]], None]) -> None:
        self.endnotes: list[Block] = []
        self._write = write
        self._styles = Styles()
        self._lists = Lists(self._styles)
        self._containers = [_Container()]
        self._spans: list[tuple[bool, bool, Rise]] = []  # hidden, bold, raised or lowered
        self._notes: list[tuple[str, list[str]]] = []  # class, what the citation shows
        self._counts: dict[str, int] = {}
        self._caught: list[str] | None = None  # text that is kept for something else
        self._pages = 0  # that begin with the next text
        self._has_text = False
        self._deleting = ""  # the deletion that the text stands in

    @property
    def _paragraph(self) -> _Paragraph | None:
        open_here = self._containers[-1].paragraphs
        return open_here[-1] if open_here else None

    def _add(self, text: str) -> None:
        paragraph = self._paragraph
        if paragraph is None:
            return
        plain = paragraph.hidden, paragraph.bold, Rise.NONE
        hidden, bold, rise = self._spans[-1] if self._spans else plain
        if hidden or self._deleting:
            return
        if text.strip():
            self._has_text = True
            paragraph.has_bold |= bold
            paragraph.has_light |= not bold
        before = paragraph.parts[-1] if paragraph.parts else ""
        paragraph.parts.append(shown_at(rise, text, before))

    def _page(self) -> None:
        paragraph = self._paragraph
        if paragraph is None:
            self._pages += 1
        else:
            paragraph.parts.append(PAGE)

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
        self._spans.append((paragraph.hidden, paragraph.bold, style.rise or Rise.NONE))

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

    def _open_container(self) -> None:
        self._containers.append(_Container())
        self._lists.enter()

    def _close_container(self) -> list[Block]:
        self._lists.leave()
        return self._containers.pop().blocks

    def _start_span(self, attributes: dict[str, str]) -> None:
        style = self._styles.get("text", attributes.get("text:style-name", ""))
        hidden, bold, rise = self._spans[-1] if self._spans else (False, False, Rise.NONE)
        self._spans.append(
            (
                hidden if style.hidden is None else style.hidden,
                bold if style.bold is None else style.bold,
                rise if style.rise is None else style.rise,
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
        self._open_container()

    def _end_note_body(self) -> None:
        blocks = self._close_container()
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
