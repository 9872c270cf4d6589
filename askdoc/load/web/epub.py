"""Electronic books (.epub): their chapters in reading order, read as web pages are.

A chapter that has no heading of its own gets the title that the book's contents give it. What is
only there for finding one's way (the contents themselves, the cover) is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from askdoc.errors import EmptySource, SourceUnreadable, UnsupportedFormat
from askdoc.load.common.archive import Archive, resolve
from askdoc.load.common.decode import decode
from askdoc.load.common.markup import cut, declared_encoding, decode_references
from askdoc.load.common.xml import children, descendant
from askdoc.load.tables.titles import shifted
from askdoc.load.web.html import Extracted, extract
from askdoc.model import Document, Heading, Span, Table

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PAGES = frozenset(("application/xhtml+xml", "text/html", "text/x-oeb1-document"))
_NCX = "application/x-dtbncx+xml"
# Fonts are scrambled in books that anybody may read; chapters only in protected ones.
_FONT_SCRAMBLING = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_LONGEST_TITLE = 200


class _Item(NamedTuple):
    """A part that the book's package lists."""

    name: str | None
    kind: str
    properties: tuple[str, ...]


def load_epub(data: bytes, source: str) -> Document:
    """A document of a book's chapters in reading order, with their headings.

    Chapters that the book names but does not hold are told of in the notes.

    Raises:
        UnsupportedFormat: it is no electronic book, or a damaged one.
        SourceUnreadable: it is protected against copying.
        SourceTooLarge: it unpacks to more than is held in memory.
        EmptySource: there is no text in it.
    """
    archive = Archive(data, source)
    _refuse_protected(archive)
    book = _Book(archive)
    text = _Text()
    for name in book.chapters():
        page = archive.read(name)
        if page is None:
            text.notes.append(f"a chapter is missing in the file: {name}")
            continue
        try:
            html, notes = decode(page, source, declared_encoding(page))
        except EmptySource:
            continue
        except UnsupportedFormat:
            text.notes.append(f"a chapter is no text: {name}")
            continue
        text.notes += notes
        text.add(extract(html, xml=True, with_title=False), book.titles.get(name, ""))
    return text.document(source)


def _refuse_protected(archive: Archive) -> None:
    root = archive.xml("META-INF/encryption.xml")
    for element in root.iter("enc:EncryptedData") if root is not None else ():
        method = descendant(element, "enc:EncryptionMethod")
        if method is None or method.get("Algorithm", "") not in _FONT_SCRAMBLING:
            raise SourceUnreadable(
                "it is protected against copying", archive.source, "Get it without protection."
            )


class _Book:
    """What the package of a book says: its parts, their order and their titles."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._path = self._package_name()
        package = archive.xml(self._path, doctype=True)
        if package is None or package.tag not in ("opf:package", "package"):
            raise _not_a_book(archive.source)
        self._items = {
            item.get("id", ""): _Item(
                resolve(self._path, item.get("href", "")),
                item.get("media-type", "").lower(),
                tuple(item.get("properties", "").split()),
            )
            for item in _all(package, "manifest", "item")
        }
        self._order = [item.get("idref", "") for item in _all(package, "spine", "itemref")]
        self._left_out = {
            resolve(self._path, reference.get("href", ""))
            for reference in _all(package, "guide", "reference")
            if reference.get("type", "").lower() in ("cover", "toc")
        }
        self.titles = self._titles()

    def chapters(self) -> list[str]:
        """The names of the parts to read, in order, each once."""
        names: dict[str, None] = {}
        for key in self._order:
            item = self._items.get(key)
            if item is None or item.name is None or "nav" in item.properties:
                continue
            if item.kind in _PAGES and item.name not in self._left_out:
                names[item.name] = None
        return list(names)

    def _package_name(self) -> str:
        container = self._archive.xml("META-INF/container.xml", doctype=True)
        if container is not None:
            for element in container.iter():
                path = element.get("full-path")
                if path and path in self._archive:
                    return path
        names = [name for name in self._archive.names if name.lower().endswith(".opf")]
        if not names:
            raise _not_a_book(self._archive.source)
        return names[0]

    def _titles(self) -> dict[str, str]:
        """Chapter titles by part, from the contents of either kind that the book has."""
        titles: dict[str, str] = {}
        for item in self._items.values():
            if item.name is not None and "nav" in item.properties:
                self._titles_of_page(item.name, titles)
            elif item.name is not None and item.kind == _NCX:
                try:
                    self._titles_of_ncx(item.name, titles)
                except UnsupportedFormat:
                    continue  # a book can be read without its contents
        return titles

    def _titles_of_page(self, name: str, titles: dict[str, str]) -> None:
        try:
            page, _ = decode(self._archive.read(name) or b"", self._archive.source)
        except (EmptySource, UnsupportedFormat):
            return
        target: str | None = None
        words: list[str] = []
        in_contents = False
        for piece in cut(page, xml=True):
            if isinstance(piece, str):
                if target is not None:
                    words.append(decode_references(piece))
            elif piece.name == "nav":
                in_contents = not piece.closing and piece.attributes().get("epub:type") == "toc"
            elif piece.name == "a" and not piece.closing and in_contents:
                target, words = resolve(name, piece.attributes().get("href", "")), []
            elif piece.name == "a" and target is not None:
                _add_title(titles, target, "".join(words))
                target = None

    def _titles_of_ncx(self, name: str, titles: dict[str, str]) -> None:
        root = self._archive.xml(name, doctype=True)
        for point in root.iter("ncx:navPoint") if root is not None else ():
            label = descendant(point, "ncx:navLabel/ncx:text")
            content = descendant(point, "ncx:content")
            if label is not None and content is not None:
                target = resolve(name, content.get("src", ""))
                if target is not None:
                    _add_title(titles, target, label.text or "")


def _all(package: Element, group: str, name: str) -> list[Element]:
    """The elements of a group; old books name no namespace."""
    groups = [*children(package, f"opf:{group}"), *children(package, group)]
    return [child for one in groups for child in one if child.tag in (f"opf:{name}", name)]


def _add_title(titles: dict[str, str], name: str, title: str) -> None:
    """The first entry for a part names it; later ones name places in it."""
    title = " ".join(title.split())
    if 0 < len(title) <= _LONGEST_TITLE:
        titles.setdefault(name, title)


def _not_a_book(source: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        "not an electronic book, or a damaged one", source, "Check what it is, or leave it out."
    )


class _Text:
    """The chapters read so far, one after the other."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self._parts: list[str] = []
        self._length = 0
        self._headings: list[Heading] = []
        self._tables: list[Table] = []

    def add(self, page: Extracted, title: str) -> None:
        """A chapter with its headings, and the title that the contents give it."""
        chapter, headings, tables, _ = page
        if not chapter:
            return
        if title and not headings:
            first = chapter.partition("\n")[0]
            if " ".join(first.split()).casefold() != title.casefold():
                chapter, first = f"{title}\n\n{chapter}", title
                tables = tuple(shifted(tables, len(title) + 2))
            headings = (Heading(Span(0, len(first)), " ".join(first.split()), 1),)
        if self._length:
            self._append("\n\n")
        start = self._length
        self._headings += [
            Heading(Span(start + span.start, start + span.end), name, level)
            for span, name, level in headings
        ]
        self._tables += shifted(tables, start)
        self._append(chapter)

    def document(self, source: str) -> Document:
        text = "".join(self._parts)
        if not text:
            raise EmptySource(
                "there is no text in it", source, "If it is a book of pictures, leave it out."
            )
        notes = tuple(dict.fromkeys(self.notes))
        return Document(
            text, source, tuple(self._headings), notes=notes, tables=tuple(self._tables)
        )

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
