"""PowerPoint presentations (.pptx and its kin), slide by slide as an audience reads them.

A slide is shapes on top of each other; what reads first is decided by where they stand. What the
speaker notes below a slide follows it as "Notes: ...".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from askdoc.errors import EmptySource, UnsupportedFormat
from askdoc.load.common.archive import Archive, Relation
from askdoc.load.common.layout import BLOCK, Layout
from askdoc.load.common.xml import children, descendant
from askdoc.load.slides.frames import write_frame
from askdoc.load.slides.paragraphs import one_line_of, pieces, write_body
from askdoc.load.slides.shapes import Placed, Shape, bodies, placeholders, shapes_of
from askdoc.model import Document

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def load_pptx(data: bytes, source: str) -> Document:
    """A document of a presentation's slides: titles as headings, lists, tables, speaker's notes.

    A slide is a page and a place ("slide 3"). Slide numbers, dates and footers are left out, and
    so are hidden slides, which a note names.

    Raises:
        UnsupportedFormat: it is no presentation, or a damaged one.
        SourceUnreadable: it is protected by a password.
        SourceTooLarge: it unpacks to more than is held in memory.
        EmptySource: no slide has text.
    """
    archive = Archive(data, source)
    main = _main_part(archive)
    root = archive.xml(main)
    if root is None or root.tag != "p:presentation":
        raise UnsupportedFormat(
            "it is an office document of another kind than its name says",
            source,
            "Give it the suffix of its kind.",
        )
    relations = archive.relations(main)
    listed = [
        relation.target
        for one in children(descendant(root, "p:sldIdLst"), "p:sldId")
        if (relation := relations.get(one.get("r:id", ""))) is not None and relation.target
    ]
    slides = tuple(dict.fromkeys(listed))  # each once: a damaged list may name one a million times
    writer = _Slides(archive)
    for number, slide in enumerate(slides, start=1):
        writer.write(slide, number)
    return writer.document(source, len(slides))


def _main_part(archive: Archive) -> str:
    for relation in archive.relations("").values():
        if relation.kind == "officeDocument" and relation.target and relation.target in archive:
            return relation.target
    if "ppt/presentation.xml" in archive:
        return "ppt/presentation.xml"
    raise UnsupportedFormat(
        "not a PowerPoint presentation, or a damaged one",
        archive.source,
        "Check what it is, or leave it out.",
    )


class _Slides:
    """The text of the slides."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._layout = Layout()
        self._hidden: list[int] = []
        self._missing: list[int] = []
        self._placeholders: dict[str, dict[str, Placed]] = {}

    def write(self, part: str, number: int) -> None:
        layout = self._layout
        layout.start_page()
        root = self._archive.xml(part)
        if root is None:
            self._missing.append(number)
            return
        if root.get("show") in ("0", "false"):
            self._hidden.append(number)
            return
        layout.start_place(f"slide {number}")
        relations = self._archive.relations(part)
        tree = descendant(root, "p:cSld/p:spTree")
        for shape in shapes_of(tree, self._places(_target(relations, "slideLayout"))):
            self._write_shape(shape, relations)
        notes = _target(relations, "notesSlide")
        if notes is not None:
            self._write_notes(self._archive.xml(notes))

    def document(self, source: str, slides: int) -> Document:
        text = self._layout.result()
        if not text:
            raise EmptySource(
                "there is no text in it", source, "Give a file that has some, or leave it out."
            )
        starts = self._layout.page_starts
        notes: list[str] = []
        for numbers, what in ((self._hidden, "hidden"), (self._missing, "missing")):
            if numbers:
                kind = "slides are" if len(numbers) > 1 else "slide is"
                named = ", ".join(map(str, numbers[:20])) + " and others" * (len(numbers) > 20)
                notes.append(f"{len(numbers)} {what} {kind} left out: {named}")
        return Document(
            text,
            source,
            headings=tuple(self._layout.headings),
            # Slides without text behind the last one that has some.
            page_starts=(*starts, *[len(text)] * (slides - len(starts))),
            notes=tuple(notes),
            places=tuple(self._layout.places),
            tables=tuple(self._layout.tables),
        )

    def _places(self, part: str | None) -> dict[str, Placed]:
        if part is None:
            return {}
        if part not in self._placeholders:
            root = self._archive.xml(part)
            self._placeholders[part] = placeholders(descendant(root, "p:cSld/p:spTree"))
        return self._placeholders[part]

    def _write_shape(self, shape: Shape, relations: dict[str, Relation]) -> None:
        layout = self._layout
        layout.set_off(BLOCK)
        if shape.element.tag == "p:graphicFrame":
            write_frame(layout, shape.element, self._archive, relations)
        for body in bodies(shape):
            if shape.is_title:
                layout.start_heading(1)
                layout.text(one_line_of(body))
                layout.end_heading()
            else:
                write_body(layout, body, shape.has_bullets)
        layout.set_off(BLOCK)

    def _write_notes(self, root: Element | None) -> None:
        """What the speaker wrote down, each paragraph on a line."""
        layout = self._layout
        layout.set_off(BLOCK)
        lead = "Notes: "
        for shape in shapes_of(descendant(root, "p:cSld/p:spTree"), {}):
            if shape.role != "body":
                continue
            for body in bodies(shape):
                for paragraph in children(body, "a:p"):
                    text = " ".join(pieces(paragraph)).strip()
                    if text:
                        layout.text(lead + text)
                        layout.set_off(BLOCK)
                        lead = ""


def _target(relations: dict[str, Relation], kind: str) -> str | None:
    return next((one.target for one in relations.values() if one.kind == kind), None)
