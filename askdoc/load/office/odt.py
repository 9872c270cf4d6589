"""OpenDocument texts (.odt, .ott, and .fodt in one XML file), read as their pages read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from askdoc.errors import EmptySource, UnsupportedFormat
from askdoc.load.common.archive import Archive, password, resolve
from askdoc.load.common.xml import parse
from askdoc.load.office.odt_story import Story
from askdoc.load.office.writer import ONLY_MARGINS, Writer
from askdoc.model import Document

_SHOWN = frozenset(("math:mi", "math:mn", "math:mo", "math:mtext", "math:ms"))
# What stands between the two parts of these, where a page sets one above the other.
_BETWEEN = {"math:mfrac": "/", "math:msup": "^", "math:msub": "_"}


def load_odt(data: bytes, source: str) -> Document:
    """A document of what an OpenDocument text shows: text, lists with numbers, tables, notes.

    Comments, deleted and hidden text and generated tables of contents are left out, and so are
    headers and footers where there is other text. Pages are known where the program that saved it
    left marks of how it had broken them.

    Raises:
        UnsupportedFormat: it is no OpenDocument text, or a damaged one.
        SourceUnreadable: it is protected by a password.
        SourceTooLarge: it unpacks to more than is held in memory.
        EmptySource: there is no text in it.
    """
    archive = Archive(data, source)
    if b"encryption-data" in (archive.read("META-INF/manifest.xml") or b""):
        raise password(source)

    def read(story: Story) -> None:
        archive.parse("styles.xml", story)
        if not archive.parse("content.xml", story):
            raise UnsupportedFormat(
                "not an OpenDocument text, or a damaged one",
                source,
                "Check what it is, or leave it out.",
            )

    return _document(read, source, lambda reference: formula_of(archive, reference))


def load_fodt(data: bytes, source: str) -> Document:
    """A document of an OpenDocument text that is one XML file; as `load_odt`."""
    if not data.strip():
        raise EmptySource(
            "there is no text in it", source, "Give a file that has some, or leave it out."
        )
    return _document(lambda story: parse(data, source, story), source)


def formula_of(archive: Archive, reference: str) -> str:
    """The formula in an embedded object, on one line; empty where it holds something else."""
    name = resolve("content.xml", f"{reference}/content.xml")
    try:
        root = archive.xml(name, doctype=True) if name is not None else None
    except UnsupportedFormat:
        return ""
    if root is None or root.tag != "math:math":
        return ""
    parts: list[str] = []
    seconds: dict[int, str] = {}
    for element in root.iter():
        parts.append(seconds.pop(id(element), ""))
        if element.tag in _BETWEEN and len(element) > 1:
            seconds[id(element[1])] = _BETWEEN[element.tag]
        if element.tag in _SHOWN:
            parts.append(element.text or "")
    return "".join(parts)


def _document(
    read: Callable[[Story], None],
    source: str,
    formula: Callable[[str], str] = lambda reference: "",
) -> Document:
    writer = Writer()
    story = Story(writer.write, formula)
    read(story)
    if not story.is_text:
        raise UnsupportedFormat(
            "it is an office document of another kind than its name says",
            source,
            "Give it the suffix of its kind.",
        )
    writer.write(story.endnotes)
    if writer.is_empty:
        read(Story(writer.write_once, formula, margins=True))
        return writer.document(source, (ONLY_MARGINS,))
    document = writer.document(source)
    # Without the marks of full pages, those before headings would count only some of them.
    return document if story.knows_pages else replace(document, page_starts=())
