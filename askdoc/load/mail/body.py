"""What a part of an e-mail says: its text, and which of several forms of one text to read."""

from __future__ import annotations

import re
from typing import NamedTuple

from askdoc.errors import LoadError
from askdoc.load.common.decode import decode
from askdoc.load.common.markup import declared_encoding
from askdoc.load.mail.flowed import unflow
from askdoc.load.mail.mime import Part
from askdoc.load.web.html import Extracted, extract

# A text this short may only say that the letter is in HTML.
_STUB = 2000
_SAYS_HTML = re.compile(r"\bHTML\b", re.IGNORECASE)


class Shown(NamedTuple):
    """What a part shows, and what is to be known of how it was read."""

    page: Extracted
    notes: tuple[str, ...] = ()


def shown(part: Part, source: str, *, title: bool = False) -> Shown:
    """The text of a part, plain or HTML, as it is shown, and what is marked in it.

    Raises:
        UnsupportedFormat: the bytes are not text.
        EmptySource: there is nothing but white space.
    """
    data = part.body()
    is_html = part.type.endswith("html") or part.type.endswith("html+xml")
    named = part.charset or (declared_encoding(data) if is_html else None)
    if named and named.lower() in ("us-ascii", "ascii"):
        named = None  # what mail programs say who do not know
    text, notes = decode(data, source, named)
    if named:
        notes = tuple(note for note in notes if "U+FFFD" in note)
    if is_html:
        return Shown(extract(text, with_title=title), notes)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if part.parameter("format").lower() == "flowed":
        text = unflow(text, delete_space=part.parameter("delsp").lower() == "yes")
    return Shown(Extracted(text.rstrip().lstrip("\n"), (), ()), notes)


def is_stub(plain: Part, rich: Part | None) -> bool:
    """Whether a plain text only says that the letter is in HTML, or nothing."""
    html = html_of(rich) if rich is not None else None
    if html is None:
        return False
    short = _text_of(plain)
    if len(short) > _STUB:
        return False
    full = _text_of(html)
    if _SAYS_HTML.search(short):
        return len(short) < len(full)
    return len(short) * 4 < len(full)


def _text_of(part: Part) -> str:
    try:
        return shown(part, "").page.text
    except LoadError:
        return ""


def html_of(part: Part) -> Part | None:
    """The HTML of a form of a text: itself, or the first of what belongs together."""
    for _ in range(3):
        if part.type == "text/html":
            return part
        if not part.type.startswith("multipart/"):
            return None
        part = next(part.parts(), part)
    return None
