"""Word documents (.docx and its kin), read as their pages read: numbers, notes and tables included.

Word keeps what a person sees and what nobody sees side by side: deleted text, hidden text, field
codes, a text box twice for old and new programs, old properties beside new ones. The reader here
goes through the parts once, keeps what is shown, and adds what only the program would show, the
numbers of lists and headings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from askdoc.errors import UnsupportedFormat
from askdoc.load.common.archive import Archive
from askdoc.load.common.numbering import numeral
from askdoc.load.office.blocks import Block, Paragraph
from askdoc.load.office.docx_chunks import Chunks
from askdoc.load.office.docx_story import Story
from askdoc.load.office.docx_styles import Numbering, Styles
from askdoc.load.office.writer import ONLY_MARGINS, Writer
from askdoc.model import Document

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MARGINS = ("header", "footer")
_EMBEDDED = "a part that was inserted as a file of another format was not read"


def load_docx(data: bytes, source: str, within: int = 0) -> Document:
    """A document of what a Word file shows: text, lists with their numbers, tables, notes.

    Comments, deleted and hidden text and the table of contents are left out, and so are headers and
    footers where there is other text. Pages are known where Word left a mark of how it had broken
    them.

    Args:
        data: the whole file.
        source: the name that the document gets.
        within: in how many documents it stands whole; what stands whole in it is then not read.

    Raises:
        UnsupportedFormat: it is no Word file, or a damaged one.
        SourceUnreadable: it is protected by a password.
        SourceTooLarge: it unpacks to more than is held in memory.
        EmptySource: there is no text in it.
    """
    archive = Archive(data, source)
    main = _main_part(archive)
    found = archive.relations(main)
    relations = {one.kind: one.target for one in found.values() if one.target}
    chunks = Chunks(within)

    def chunk(name: str) -> list[Block] | None:
        part = found[name].target if name in found else None
        data = archive.read(part) if part is not None else None
        return None if part is None or data is None else chunks.blocks(part, data)

    styles = Styles(_optional(archive, relations.get("styles")))
    numbering = Numbering(_optional(archive, relations.get("numbering")))
    notes = _Notes(archive, styles, numbering)
    notes.read("footnote", relations.get("footnotes"))
    notes.read("endnote", relations.get("endnotes"))
    writer = Writer()
    body = Story(styles, numbering, writer.write, notes.refer, chunk)
    archive.parse(main, body)
    if not body.is_document:
        raise UnsupportedFormat(
            "it is an office document of another kind than its name says",
            source,
            "Give it the suffix of its kind.",
        )
    writer.write(notes.endnotes())
    told = [_EMBEDDED] if body.has_embedded_file else []
    if writer.is_empty:
        margins = [one.target for one in found.values() if one.kind in _MARGINS and one.target]
        for part in dict.fromkeys(margins):
            archive.parse(part, Story(styles, numbering, writer.write_once, notes.refer, chunk))
        told.append(ONLY_MARGINS)
    return writer.document(source, told)


def _optional(archive: Archive, part: str | None) -> Element | None:
    return None if part is None else archive.xml(part)


def _main_part(archive: Archive) -> str:
    for relation in archive.relations("").values():
        if relation.kind == "officeDocument" and relation.target and relation.target in archive:
            return relation.target
    if "word/document.xml" in archive:
        return "word/document.xml"
    raise UnsupportedFormat(
        "not a Word document, or a damaged one",
        archive.source,
        "Check what it is, or leave it out.",
    )


class _Notes:
    """Footnotes and endnotes by id, and those that were referred to, in order."""

    def __init__(self, archive: Archive, styles: Styles, numbering: Numbering) -> None:
        self._archive = archive
        self._styles = styles
        self._numbering = numbering
        self._blocks: dict[tuple[str, str], list[Block]] = {}
        self._counts = {"footnote": 0, "endnote": 0}
        self._ended: list[Block] = []

    def read(self, kind: str, part: str | None) -> None:
        if part is None:
            return
        story = Story(self._styles, self._numbering, lambda blocks: None, lambda *_: ("", []))
        self._archive.parse(part, story)
        for name, blocks in story.notes.items():
            self._blocks[kind, name] = blocks

    def refer(self, kind: str, name: str, has_own_mark: bool) -> tuple[str, list[Block]]:
        """The mark of the note that the text refers to, and what is to stand below the text."""
        blocks = self._blocks.pop((kind, name), None)
        if blocks is None:
            return "", []
        label = ""
        if not has_own_mark:
            self._counts[kind] += 1
            count = self._counts[kind]
            label = f"[{count if kind == 'footnote' else numeral(count, 'lowerRoman')}]"
            _label(blocks, label)
        if kind == "endnote":
            self._ended += blocks
            return label, []
        return label, blocks

    def endnotes(self) -> list[Block]:
        return self._ended


def _label(blocks: list[Block], label: str) -> None:
    """The mark before a note's first paragraph."""
    for block in blocks:
        if isinstance(block, Paragraph) and block.text.strip():
            block.label = label
            return
