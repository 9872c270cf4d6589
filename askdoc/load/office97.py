"""Documents of Word and PowerPoint 97 to 2003: no well-kept library reads them, and askdoc says so.

What only goes by such a name is read as what it is, as long as that is text.
"""

from __future__ import annotations

from askdoc.errors import SourceUnreadable, UnsupportedFormat
from askdoc.load.archive import password
from askdoc.load.plain import load_plain
from askdoc.model import Document

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def load_doc(data: bytes, source: str) -> Document:
    """A document of what goes by the name of a Word document and is text.

    Raises:
        UnsupportedFormat: it is a Word document of 97 to 2003; the message says what converts it.
        EmptySource: there is no text in it.
    """
    return _load(data, source, "Word", "docx")


def load_ppt(data: bytes, source: str) -> Document:
    """As `load_doc`, for presentations."""
    return _load(data, source, "PowerPoint", "pptx")


def _load(data: bytes, source: str, program: str, suffix: str) -> Document:
    if data.startswith(COMPOUND_FILE):
        raise _old(data, source, program, suffix)
    return load_plain(data, source)


def _old(
    data: bytes, source: str, program: str, suffix: str
) -> SourceUnreadable | UnsupportedFormat:
    if _ENCRYPTED in data:
        return password(source)
    return UnsupportedFormat(
        f"it is in the format of {program} 97 to 2003",
        source,
        f"Save it as .{suffix} in {program}, or let LibreOffice convert it: "
        f"soffice --convert-to {suffix}.",
    )
