"""Files of Office 97 to 2003 that no well-kept library reads: askdoc says what converts them.

These are texts of Word, slides of PowerPoint and messages of Outlook. What only goes by such a name
is read as what it is, as long as that is text.
"""

from __future__ import annotations

from pathlib import PurePath

from askdoc.errors import UnsupportedFormat
from askdoc.load.common.archive import password
from askdoc.load.text.plain import load_plain
from askdoc.model import Document

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONVERTED = "Save it as .{0} in {1}, or let LibreOffice convert it: soffice --convert-to {0}."
_WORD = "in the format of Word 97 to 2003", _CONVERTED.format("docx", "Word")
_SLIDES = "in the format of PowerPoint 97 to 2003", _CONVERTED.format("pptx", "PowerPoint")
_KINDS = {
    **dict.fromkeys((".doc", ".dot"), _WORD),
    **dict.fromkeys((".ppt", ".pps", ".pot"), _SLIDES),
    ".msg": ("a message of Outlook", "Save it as .eml, or let msgconvert make one of it."),
}
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def load_office97(data: bytes, source: str) -> Document:
    """A document of what goes by the name of such a file and is text.

    Raises:
        UnsupportedFormat: it is one of 97 to 2003, or a message of Outlook; the error says what
            converts it.
        SourceUnreadable: it is protected by a password.
        EmptySource: there is no text in it.
    """
    if not data.startswith(COMPOUND_FILE):
        return load_plain(data, source)
    if ENCRYPTED_PACKAGE in data:
        raise password(source)
    kind, remedy = _KINDS.get(PurePath(source).suffix.lower(), _KINDS[".doc"])
    raise UnsupportedFormat(f"it is {kind}", source, remedy)
