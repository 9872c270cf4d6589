"""Parse the XML of documents without being led anywhere by it.

Entities, outside references and (unless asked for) document types are refused, and so is nesting
beyond what any program writes: whoever walks a parsed tree may not be made to recurse without end.
Names come as `w:p` or `text:h`, with the prefix that the format's own standard uses, whatever
prefix the file has chosen, and the same for the strict as for the transitional form of Office Open
XML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from askdoc.errors import LoadError, SourceTooLarge, UnsupportedFormat

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_DEPTH = 256
"""How deep elements may be nested: the limit that libxml2 keeps, too."""

MAX_ELEMENTS = 1_000_000
"""How many elements a tree may have; an element is some hundred bytes of memory."""

_TRANSITIONAL = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    "http://www.w3.org/XML/1998/namespace": "xml",
    # Office Open XML
    f"{_TRANSITIONAL}wordprocessingml/2006/main": "w",
    f"{_STRICT}wordprocessingml/main": "w",
    f"{_TRANSITIONAL}spreadsheetml/2006/main": "x",
    f"{_STRICT}spreadsheetml/main": "x",
    f"{_TRANSITIONAL}presentationml/2006/main": "p",
    f"{_STRICT}presentationml/main": "p",
    f"{_TRANSITIONAL}drawingml/2006/main": "a",
    f"{_STRICT}drawingml/main": "a",
    f"{_TRANSITIONAL}drawingml/2006/chart": "c",
    f"{_STRICT}drawingml/chart": "c",
    f"{_TRANSITIONAL}drawingml/2006/diagram": "dgm",
    f"{_STRICT}drawingml/diagram": "dgm",
    f"{_TRANSITIONAL}drawingml/2006/wordprocessingDrawing": "wp",
    f"{_STRICT}drawingml/wordprocessingDrawing": "wp",
    f"{_TRANSITIONAL}officeDocument/2006/relationships": "r",
    f"{_STRICT}officeDocument/relationships": "r",
    f"{_TRANSITIONAL}officeDocument/2006/math": "m",
    f"{_STRICT}officeDocument/math": "m",
    f"{_TRANSITIONAL}package/2006/relationships": "rel",
    f"{_TRANSITIONAL}package/2006/content-types": "ct",
    f"{_TRANSITIONAL}markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "urn:schemas-microsoft-com:vml": "v",
    # OpenDocument
    **{
        f"{_ODF}{name}:1.0": name
        for name in ("office", "text", "table", "style", "presentation", "meta", "manifest")
    },
    f"{_ODF}drawing:1.0": "draw",
    f"{_ODF}xsl-fo-compatible:1.0": "fo",
    f"{_ODF}svg-compatible:1.0": "svg",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1998/Math/MathML": "math",
    # EPUB
    "http://www.idpf.org/2007/opf": "opf",
    "urn:oasis:names:tc:opendocument:xmlns:container": "ocf",
    "http://www.daisy.org/z3986/2005/ncx/": "ncx",
    "http://www.w3.org/2001/04/xmlenc#": "enc",
    "http://www.w3.org/1999/xhtml": "h",
    "http://www.idpf.org/2007/ops": "epub",
}


class Target(Protocol):
    """Who is told what stands in a part, in order. Names are as the module says."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def text(self, text: str) -> None: ...

    def end(self, name: str) -> None: ...


def parse(data: bytes, source: str, target: Target, *, doctype: bool = False) -> None:
    """Tell `target` all elements and texts of an XML document.

    Memory does not grow with the document but for what the target keeps.

    Args:
        data: the XML, in the encoding that it names.
        source: what errors name.
        doctype: whether a DOCTYPE is let pass (it is not read); entities never are.

    Raises:
        UnsupportedFormat: it is not well-formed, nested too deep, or has entities or a DOCTYPE.
    """
    # In one piece: fed piecewise, Expat reads a long name or text again with each piece.
    for _ in fed((data,), source, target, doctype=doctype):
        pass


def fed(
    pieces: Iterable[bytes], source: str, target: Target, *, doctype: bool = False
) -> Iterator[None]:
    """As `parse`, of a document that comes in pieces; yields after each.

    Pieces should be large, see `parse`.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    parser = DefusedXMLParser(target=_Guard(source, target), forbid_dtd=not doctype)
    try:
        for piece in pieces:
            parser.feed(piece)
            yield
        parser.close()
    except LoadError:
        raise
    except DefusedXmlException:
        raise UnsupportedFormat(
            "its XML declares entities or a document type, which documents do not need",
            source,
            "Open it in the program that made it and save it again, if you trust it.",
        ) from None
    except (ParseError, ValueError, LookupError):
        raise damaged(source) from None


def tree(data: bytes, source: str, *, doctype: bool = False) -> Element:
    """The root of an XML document, names as the module says; for small parts.

    Raises:
        UnsupportedFormat: as `parse`.
        SourceTooLarge: it has more than MAX_ELEMENTS elements.
    """
    growing = _Tree(source)
    parse(data, source, growing, doctype=doctype)
    return growing.root()


def children(element: Element | None, name: str) -> list[Element]:
    """The children of this name, none of None. (Element.findall takes `w:p` for something else.)"""
    return [] if element is None else [child for child in element if child.tag == name]


def descendant(element: Element | None, path: str) -> Element | None:
    """The element at a path of names parted by slashes, each step to the first child so named."""
    for name in path.split("/"):
        if element is None:
            return None
        element = next((child for child in element if child.tag == name), None)
    return element


def damaged(source: str) -> UnsupportedFormat:
    """The error for a document whose inside is not what it must be."""
    return UnsupportedFormat(
        "the file is damaged", source, "Get a whole copy of it, or leave it out."
    )


class _Names(dict[str, str]):
    """From `{namespace}name` to `prefix:name`; a name of no known namespace stays as it is."""

    def __missing__(self, full: str) -> str:
        namespace, closed, local = full[1:].partition("}")
        prefix = _PREFIXES.get(namespace) if full[:1] == "{" and closed else None
        short = f"{prefix}:{local}" if prefix else full
        if len(self) < 10_000:  # what a hostile file can make us remember has an end
            self[full] = short
        return short


class _Guard:
    """Between the parser and the target: names shortened, depth watched."""

    def __init__(self, source: str, target: Target) -> None:
        self._source = source
        self._target = target
        self._names = _Names()
        self._depth = 0
        self.data = target.text

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise UnsupportedFormat(
                f"its XML is nested more than {MAX_DEPTH} deep",
                self._source,
                "No program writes such files; leave it out.",
            )
        names = self._names
        self._target.start(names[tag], {names[key]: value for key, value in attributes.items()})

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._target.end(self._names[tag])

    def close(self) -> None:
        pass


class _Tree:
    """A target that builds elements, and counts them."""

    def __init__(self, source: str) -> None:
        from xml.etree.ElementTree import TreeBuilder

        self._source = source
        self._builder = TreeBuilder()
        self._count = 0
        self.text = self._builder.data

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise SourceTooLarge(
                f"a part of it has more than {MAX_ELEMENTS} XML elements",
                self._source,
                "Split it into smaller files.",
            )
        self._builder.start(name, attributes)

    def end(self, name: str) -> None:
        self._builder.end(name)

    def root(self) -> Element:
        return self._builder.close()
