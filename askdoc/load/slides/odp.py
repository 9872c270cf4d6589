"""OpenDocument presentations (.odp, .otp, and .fodp in one XML file), slide by slide.

What stands on a slide is read as the text of a document is (`odt_story`), shape by shape, and the
shapes in the order in which an audience reads them, as those of PowerPoint are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from askdoc.errors import EmptySource, UnsupportedFormat
from askdoc.load.common.archive import Archive, password
from askdoc.load.common.xml import parse
from askdoc.load.office.blocks import PAGE, Block, Paragraph
from askdoc.load.office.odt import formula_of
from askdoc.load.office.odt_story import Story
from askdoc.load.office.writer import Writer
from askdoc.load.slides.shapes import Placed, by_rows
from askdoc.model import Document, Place

_SHAPES = frozenset(
    (
        "draw:frame draw:custom-shape draw:rect draw:ellipse draw:circle draw:polygon draw:path "
        "draw:polyline draw:line draw:connector draw:caption draw:measure draw:regular-polygon"
    ).split()
)
# What stands on every slide.
_FURNITURE = frozenset(("header", "footer", "date-time", "page-number", "page"))
_LENGTH = re.compile(r"(-?\d{1,7}(?:\.\d{1,9})?)(cm|mm|in|pt|pc|px)")
_UNITS = {"cm": 360_000, "mm": 36_000, "in": 914_400, "pt": 12_700, "pc": 152_400, "px": 9_525}
_MOST_NAMED = 20


def load_odp(data: bytes, source: str) -> Document:
    """A document of a presentation's slides: titles as headings, lists, tables, speaker's notes.

    A slide is a page and a place ("slide 3"). Hidden slides are left out, and a note names them.

    Raises:
        UnsupportedFormat: it is no OpenDocument presentation, or a damaged one.
        SourceUnreadable: it is protected by a password.
        SourceTooLarge: it unpacks to more than is held in memory.
        EmptySource: no slide has text.
    """
    archive = Archive(data, source)
    if b"encryption-data" in (archive.read("META-INF/manifest.xml") or b""):
        raise password(source)
    slides = Slides(lambda reference: formula_of(archive, reference))
    archive.parse("styles.xml", slides)
    if not archive.parse("content.xml", slides):
        raise UnsupportedFormat(
            "not an OpenDocument presentation, or a damaged one",
            source,
            "Check what it is, or leave it out.",
        )
    return _document(slides, source)


def load_fodp(data: bytes, source: str) -> Document:
    """A document of a presentation that is one XML file; as `load_odp`."""
    if not data.strip():
        raise EmptySource(
            "there is no text in it", source, "Give a file that has some, or leave it out."
        )
    slides = Slides(lambda reference: "")
    parse(data, source, slides)
    return _document(slides, source)


@dataclass(slots=True)
class _Shape:
    """What stands in one place of a slide; `role` is what the program calls it."""

    role: str
    place: Placed
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class _Slide:
    hidden: bool
    shapes: list[_Shape] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)


class Slides(Story):
    """A target for styles.xml and content.xml, one after the other, or for a flat file."""

    def __init__(self, formula: Callable[[str], str]) -> None:
        super().__init__(self._take, formula)
        self.is_presentation = False
        self.slides: list[_Slide] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._shape_depth = self._notes_depth = 0  # of the element that is open, 0 for none

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if self._dropped_at:
            return
        if name == "style:style":
            self._style = attributes.get("style:name", "")
        elif attributes.get("presentation:visibility") == "hidden":
            self._hidden_styles.add(self._style)
        elif name == "office:presentation":
            self.is_presentation = True
        elif name == "draw:page":
            self.slides.append(_Slide(attributes.get("draw:style-name") in self._hidden_styles))
        elif name == "presentation:notes":
            self._notes_depth = self._depth
        elif name in _SHAPES and not self._shape_depth and self.slides:
            self._shape_depth = self._depth
            place = Placed(_length(attributes.get("svg:y")), _length(attributes.get("svg:x")))
            role = attributes.get("presentation:class", "")
            self.slides[-1].shapes.append(_Shape(role, place))

    def end(self, name: str) -> None:
        if self._depth == self._shape_depth:
            self._shape_depth = 0
        if self._depth == self._notes_depth:
            self._notes_depth = 0
        super().end(name)

    def _take(self, blocks: Iterable[Block]) -> None:
        """Blocks are complete: they stand in the shape that is open."""
        if not self.slides or not self._shape_depth:
            return
        slide = self.slides[-1]
        if slide.shapes[-1].role in _FURNITURE:
            return
        (slide.notes if self._notes_depth else slide.shapes[-1].blocks).extend(blocks)


def _length(text: str | None) -> int:
    found = _LENGTH.fullmatch(text or "")
    return round(float(found[1]) * _UNITS[found[2]]) if found else 0


def _document(slides: Slides, source: str) -> Document:
    if not slides.is_presentation:
        raise UnsupportedFormat(
            "it is an office document of another kind than its name says",
            source,
            "Give it the suffix of its kind.",
        )
    writer = Writer()
    for number, slide in enumerate(slides.slides):
        if number:
            writer.write([Paragraph(PAGE)])
        if not slide.hidden:
            _write(slide, writer)
    hidden = [number for number, slide in enumerate(slides.slides, start=1) if slide.hidden]
    document = writer.document(source, _told(hidden))
    starts = document.page_starts or (0,)
    # Of slides without text the last begins where the next one's text does.
    places = {start: f"slide {number}" for number, start in enumerate(starts, start=1)}
    kept = tuple(Place(start, name) for start, name in places.items() if start < len(document.text))
    return replace(document, places=kept)


def _write(slide: _Slide, writer: Writer) -> None:
    shapes = by_rows([(shape.place, shape) for shape in slide.shapes])
    # Sorting keeps the order of all others.
    for shape in sorted(shapes, key=lambda shape: shape.role != "title"):
        if shape.role == "title":
            for block in shape.blocks:
                if isinstance(block, Paragraph):
                    block.level = 1
        writer.write(shape.blocks)
    lead = "Notes:"
    for block in slide.notes:
        if isinstance(block, Paragraph) and lead and block.text.strip():
            block.text, lead = f"{lead} {block.text}", ""
    writer.write(slide.notes)


def _told(hidden: list[int]) -> list[str]:
    if not hidden:
        return []
    named = ", ".join(map(str, hidden[:_MOST_NAMED])) + " and others" * (len(hidden) > _MOST_NAMED)
    kind = "slides are" if len(hidden) > 1 else "slide is"
    return [f"{len(hidden)} hidden {kind} left out: {named}"]
