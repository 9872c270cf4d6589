"""Files of other formats that stand whole in a Word document, which shows what is in them.

Their element is `w:altChunk`. Programs that put documents together leave their parts
so, as pages, RTF, text or Word documents.
"""

from __future__ import annotations

import re

from askdoc.errors import LoadError
from askdoc.load.common.decode import decode
from askdoc.load.common.markup import declared_encoding
from askdoc.load.office.blocks import Block, Paragraph
from askdoc.load.signatures import kind_of
from askdoc.load.web.html import extract
from askdoc.model import Document

_SUFFIXES = frozenset(".htm .html .xhtml .mht .mhtml .rtf .txt .docx .docm .dotx .odt".split())
_MOST = 200
_MOST_BYTES = 32 * 2**20  # of all that are read, so that no part can be named without end
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


class Chunks:
    """Reads the files within a document.

    Args:
        within: in how many documents that one stands itself.
    """

    def __init__(self, within: int) -> None:
        self._within = within
        self._count = self._bytes = 0

    def blocks(self, name: str, data: bytes) -> list[Block] | None:
        """What a part shows, None where it cannot be read.

        Args:
            name: the part's, whose suffix may tell what it is.
            data: its bytes.
        """
        from askdoc.load.formats import LOADERS, suffix_of
        from askdoc.load.office.docx import load_docx

        self._count += 1
        self._bytes += len(data)
        if self._within or self._count > _MOST or self._bytes > _MOST_BYTES:
            return None
        kind, suffix = kind_of(data), suffix_of(name)
        if suffix not in _SUFFIXES and kind is not None:
            suffix = kind.suffix
        if suffix not in _SUFFIXES:
            return None
        try:
            if suffix in (".htm", ".html", ".xhtml"):
                page = extract(decode(data, name, declared_encoding(data)).text, with_title=False)
                return _blocks_of(Document(page.text, name, headings=page.headings))
            if suffix in (".docx", ".docm", ".dotx"):
                return _blocks_of(load_docx(data, name, within=1))
            return _blocks_of(LOADERS[suffix](data, name))
        except LoadError:
            return None


def _blocks_of(document: Document) -> list[Block]:
    """The blocks of a text that was read, its headings among them."""
    text, blocks, at = document.text, list[Block](), 0
    for span, _, level in document.headings:
        if text[span.end : span.end + 1] not in ("", "\n", "\r"):
            continue  # It runs in: its clause goes on behind it.
        blocks += _paragraphs(text[at : span.start])
        blocks.append(Paragraph(text[span.start : span.end], level))
        at = max(at, span.end)
    return [*blocks, *_paragraphs(text[at:])]


def _paragraphs(text: str) -> list[Block]:
    pieces = _BLANK_LINE.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    return [Paragraph(piece) for piece in pieces if piece.strip()]
