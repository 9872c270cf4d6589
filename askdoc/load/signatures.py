"""What a file is by its first bytes, for whoever gave it a name of another kind."""

from __future__ import annotations

import re
from typing import NamedTuple

from askdoc.load.common.decode import HEAD_BYTES, looks_like_text

_ZIP = b"PK\x03\x04"
_NAMES_BYTES = 2**20  # within which one of the telling parts of an archive begins

# In Office Open XML the main part tells, in the others the first one, which is not compressed.
_MAIN_PART = re.compile(
    rb"PK\x03\x04.{26}(word(?=.document)|xl(?=.workbook)|ppt(?=.presentation))[/\\]\w+\.xml",
    re.DOTALL,
)
_MIMETYPE = re.compile(
    rb"PK\x03\x04.{26}mimetypeapplication/(epub|vnd\.oasis\.opendocument\.(?:text|spreadsheet|presentation))",
    re.DOTALL,
)
HTML_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype\s+html|<html)[\s>]", re.IGNORECASE)


class Kind(NamedTuple):
    """What a file is, in words, and the suffix that such files have."""

    words: str
    suffix: str


_PDF, _RTF = Kind("a PDF", ".pdf"), Kind("an RTF document", ".rtf")
_PAGE, _TEXT = Kind("a web page", ".html"), Kind("plain text", ".txt")
_ARCHIVES = {
    b"word": Kind("a Word document", ".docx"),
    b"xl": Kind("an Excel workbook", ".xlsx"),
    b"ppt": Kind("a PowerPoint presentation", ".pptx"),
    b"epub": Kind("an electronic book", ".epub"),
    b"vnd.oasis.opendocument.text": Kind("an OpenDocument text", ".odt"),
    b"vnd.oasis.opendocument.spreadsheet": Kind("an OpenDocument spreadsheet", ".ods"),
    b"vnd.oasis.opendocument.presentation": Kind("an OpenDocument presentation", ".odp"),
}
NOT_TEXT = (_PDF, _RTF, *_ARCHIVES.values())
"""The kinds whose loaders refuse what is plain text or a web page."""


def kind_of(data: bytes) -> Kind | None:
    """What a file is that begins with these bytes, None where they do not tell."""
    if data.startswith(b"%PDF-"):
        return _PDF
    if data.startswith(b"{\\rtf"):
        return _RTF
    if data.startswith(_ZIP):
        names = data[:_NAMES_BYTES]
        found = _MIMETYPE.match(names) or _MAIN_PART.search(names)
        return _ARCHIVES[found[1]] if found else None
    if HTML_START.match(data):
        return _PAGE
    return _TEXT if data.strip() and looks_like_text(data[:HEAD_BYTES]) else None
