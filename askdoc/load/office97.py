"""Documents of Word and PowerPoint 97 to 2003: no well-kept library reads them, and askdoc says so.

What only goes by such a name is read as what it is, as long as that is text.
"""

from __future__ import annotations

from pathlib import PurePath

from askdoc.errors import UnsupportedFormat
from askdoc.load.archive import password
from askdoc.load.plain import load_plain
from askdoc.model import Document

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SLIDES = (".ppt", ".pps", ".pot")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def load_office97(data: bytes, source: str) -> Document:
    """A document of what goes by the name of a Word document or a presentation and is text.

    Raises:
        UnsupportedFormat: it is one of 97 to 2003; the message says what converts it.
        SourceUnreadable: it is protected by a password.
        EmptySource: there is no text in it.
    """
    if not data.startswith(COMPOUND_FILE):
        return load_plain(data, source)
    if _ENCRYPTED in data:
        raise password(source)
    is_slides = PurePath(source).suffix.lower() in _SLIDES
    program, suffix = ("PowerPoint", "pptx") if is_slides else ("Word", "docx")
    raise UnsupportedFormat(
        f"it is in the format of {program} 97 to 2003",
        source,
        f"Save it as .{suffix} in {program}, or let LibreOffice convert it: "
        f"soffice --convert-to {suffix}.",
    )
