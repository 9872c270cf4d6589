"""E-mail messages as a mail program shows them: who wrote to whom, the text, what was attached.

Of a text that is sent in several forms one is read: plain text, unless it only says that the letter
is in the other one. Forwarded messages and attachments of a kind that askdoc reads follow as parts
with a heading and a place of their own; what cannot be read is named in a note.
"""

from __future__ import annotations

import re
from itertools import islice

from askdoc.errors import EmptySource, LoadError, UnsupportedFormat
from askdoc.load.common.decode import HEAD_BYTES, from_utf16, looks_like_text, not_text
from askdoc.load.common.joined import Joined
from askdoc.load.mail.body import html_of, is_stub, shown
from askdoc.load.mail.mime import Part, cut_message
from askdoc.load.text.plain import load_plain
from askdoc.model import Document

_SHOWN_FIELDS = ("From", "To", "Cc", "Bcc", "Date")
# Without one of these, a file is no message.
_FIELDS_OF_MESSAGES = frozenset(
    ("from to cc subject date message-id mime-version content-type received sender").split()
)
_MOST_PARTS = 1000
_DEEPEST = 20
_MESSAGES = frozenset(("message/rfc822", "message/global", "message/news"))
_SIGNATURES = frozenset(
    ("application/pgp-signature", "application/pgp-keys", "application/pkcs7-signature",
     "application/x-pkcs7-signature")
)  # fmt: skip
_MAIL_SUFFIXES = frozenset((".eml", ".mht", ".mhtml", ".mbox"))
_SUFFIXES = {"application/pdf": ".pdf", "text/html": ".html", "text/csv": ".csv"}
_MBOX_START = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]*\d\d:\d\d[^\n]*(?:\n|\Z)")
_MBOX_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def load_eml(data: bytes, source: str) -> Document:
    """A document of one message: its subject as heading, its header, text and attachments.

    Raises:
        UnsupportedFormat: the bytes are not a message.
        EmptySource: the message has neither header nor text to show.
    """
    if not data.strip():
        raise _empty(source)
    mail = Mail(source)
    mail.read_message(message_of(data, source), depth=0, place="")
    if mail.text.is_empty:
        raise _empty(source)
    return mail.text.result(source)


def load_mbox(data: bytes, source: str) -> Document:
    """A document of all messages of a mailbox, each in a place of its own ("message 2").

    Raises:
        UnsupportedFormat: the bytes are not a mailbox.
        EmptySource: no message has anything to show.
    """
    if not data.strip():
        raise _empty(source)
    decoded = from_utf16(data)
    if decoded is not None:
        data = decoded.encode("utf-8", "replace")
    starts = list(_MBOX_START.finditer(data))
    if not starts:
        raise UnsupportedFormat("not a mailbox", source, "Give it the suffix of its format.")
    text = Joined()
    ends = [*(start.start() for start in starts[1:]), len(data)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        message = _MBOX_QUOTED.sub(rb"\1", data[start.end() : end])
        part = cut_message(message, in_utf8=decoded is not None)
        Mail(source, text).read_message(part, depth=0, place=f"message {number}")
    if text.is_empty:
        raise _empty(source)
    return text.result(source)


def message_of(data: bytes, source: str) -> Part:
    """The message that a file holds, in parts yet to be read.

    Raises:
        UnsupportedFormat: the bytes are not a message.
    """
    text = from_utf16(data)
    if text is not None:
        data = text.encode("utf-8", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if data.startswith(b"From "):
        data = data.partition(b"\n")[2]  # as it stood in a mailbox
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    message = cut_message(data, in_utf8=text is not None)
    if not any(name in _FIELDS_OF_MESSAGES for name, _ in message.fields):
        if not looks_like_text(data[:HEAD_BYTES]):
            raise not_text(source)
        raise UnsupportedFormat("not an e-mail message", source, "Save it as text instead.")
    return message


def _empty(source: str) -> EmptySource:
    return EmptySource("there is no text in it", source, "Give a file that has some.")


class Mail:
    """A message that is being read, and what has been written of it."""

    def __init__(self, source: str, text: Joined | None = None) -> None:
        self.text = text or Joined()
        self._source = source
        self._parts = 0
        self._level = 0  # in how many messages, the outermost included

    def read_message(self, message: Part, depth: int, place: str) -> None:
        """Write a message: its subject, its header, its body.

        Args:
            message: the message.
            depth: in how many parts of the file it stands.
            place: what the place of its text is called.
        """
        self.text.start_place(place)
        self._level += 1
        self.text.heading(" ".join(message.all("subject")), self._level)
        lines = [
            f"{name}: {' '.join(value.split())}"
            for name in _SHOWN_FIELDS
            for value in message.all(name.lower())
            if value.strip()
        ]
        self.text.block("\n".join(lines))
        self._read(message, depth, place)
        self._level -= 1

    def _read(self, part: Part, depth: int, place: str, *, bodies: bool = True) -> None:
        """Write a part and all in it; without `bodies` only what is attached."""
        self._parts += 1
        if depth > _DEEPEST or self._parts > _MOST_PARTS:
            self.text.note("parts are nested too deep or too many; some were not read")
            return
        kind = part.type or "text/plain"
        if kind.startswith("multipart/") and (parts := list(islice(part.parts(), _MOST_PARTS))):
            self._read_parts(kind, part, parts, depth, place, bodies)
        elif kind in _MESSAGES:
            self._read_attached_message(part, depth, place)
        elif part.is_attachment or part.name or not kind.startswith(("text/", "multipart/")):
            self._read_attachment(part, depth, place)
        elif bodies:
            self._write_body(part, depth, place)

    def _read_parts(
        self, kind: str, part: Part, parts: list[Part], depth: int, place: str, bodies: bool
    ) -> None:
        if kind == "multipart/encrypted":
            self.text.note("an encrypted part was not read")
        elif kind == "multipart/alternative" and bodies:
            self._read_alternative(parts, depth, place)
        elif kind == "multipart/related":
            self._read(parts[0], depth + 1, place, bodies=bodies)
            for other in parts[1:]:
                if other.is_attachment or not other.type.startswith(("image/", "text/css")):
                    self._read(other, depth + 1, place, bodies=False)
        else:
            for child in parts:
                if kind == "multipart/digest" and not child.type:
                    self._read_attached_message(child, depth, place)
                else:
                    self._read(child, depth + 1, place, bodies=bodies)

    def _read_alternative(self, parts: list[Part], depth: int, place: str) -> None:
        """One of several forms of a text, and whatever is attached within the others."""
        plain = next((part for part in parts if part.type in ("text/plain", "")), None)
        rich = next((part for part in reversed(parts) if html_of(part) is not None), None)
        chosen = plain if plain is not None and not is_stub(plain, rich) else rich
        if chosen is None:
            chosen = parts[0]
        for part in parts:
            if part is chosen or part.type.startswith("multipart/"):
                self._read(part, depth + 1, place, bodies=part is chosen)

    def _write_body(self, part: Part, depth: int, place: str) -> None:
        try:
            page, notes = shown(part, self._source)
        except EmptySource:
            return
        except LoadError as problem:
            self.text.note(f"a part was not read: {problem.what}")
            return
        self.text.start_place(place)
        self.text.block(page.text, page.headings, self._level, page.tables)
        for note in notes:
            self.text.note(note)

    def _read_attached_message(self, part: Part, depth: int, place: str) -> None:
        encoded = part.field("content-transfer-encoding").strip().lower()
        if encoded in ("base64", "quoted-printable"):
            message = cut_message(part.body())
        else:
            message = cut_message(part.data, part.start, part.end, in_utf8=part.in_utf8)
        name = ", ".join(filter(None, (place, "attached message")))
        if depth >= _DEEPEST:
            self.text.note("parts are nested too deep or too many; some were not read")
        else:
            self.read_message(message, depth + 1, name)

    def _read_attachment(self, part: Part, depth: int, place: str) -> None:
        from askdoc.load.formats import LOADERS, suffix_of

        if part.type in _SIGNATURES:
            return
        name = part.name or "without a name"
        suffix = suffix_of(name) or _SUFFIXES.get(part.type, "")
        if suffix in _MAIL_SUFFIXES:
            self._read_attached_message(part, depth, place)
            return
        data = part.body()
        if suffix not in LOADERS and not (data and looks_like_text(data[:HEAD_BYTES])):
            self.text.note(f"attachment {name} was not read")
            return
        load = LOADERS.get(suffix, load_plain)
        try:
            document = load(data, name if suffix_of(name) else f"{name}{suffix}")
        except LoadError as problem:
            self.text.note(f"attachment {name} was not read: {problem.what}")
            return
        self.text.start_place(", ".join(filter(None, (place, f"attachment {name}"))))
        self.text.heading(name, self._level + 1)
        self.text.document(document, self._level + 1)
