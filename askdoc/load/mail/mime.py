"""Take an e-mail message apart: its header fields, its parts, and what their bytes say.

The standard library's parser recurses into nested parts and looks at every line once for each part
that is open, so a message of a megabyte can exhaust the stack or keep it busy for an hour; reading
a header field by its modern policy takes time that grows with the square of the field and raises
what it should not. So messages are cut here, within bounds, and the library is only asked for what
it does well: the parameters of one short field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from askdoc.load.common.charset import guess_encoding

# Fields longer than this say nothing about how a part is to be read.
_LONGEST_FIELD = 4096
_FOLD = re.compile(r"\r?\n[ \t]*")
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*+(?:\n[ \t].*+)*+)\n?")
_ENCODED_WORD = re.compile(r"=\?([\w.:+-]+)(?:\*[\w-]*)?\?([bBqQ])\?([^?]*)\?=")
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_NOT_BASE64 = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
)


@dataclass(frozen=True)
class Part:
    """A message or a part of one: its fields, and where its body stands in `data`.

    Field names are in lower case, values as written, but decoded to text and unfolded.
    """

    data: bytes
    fields: tuple[tuple[str, str], ...]
    start: int
    end: int
    in_utf8: bool = False
    """Whether `data` is a text that was in UTF-16, whatever encodings its parts name."""

    def all(self, name: str) -> list[str]:
        """All fields of a name, as a mail program shows them."""
        return [decode_words(value) for field, value in self.fields if field == name]

    def field(self, name: str) -> str:
        """The first field of a name as it was written, empty where there is none."""
        return next((value for field, value in self.fields if field == name), "")

    @cached_property
    def type(self) -> str:
        """The media type, such as "text/html"; empty where the part does not say."""
        value = self.field("content-type").partition(";")[0].strip().lower()
        return value if value.count("/") == 1 else ""

    @property
    def is_attachment(self) -> bool:
        return self.field("content-disposition").strip().lower().startswith("attachment")

    @cached_property
    def name(self) -> str:
        """The name that the part's file has, on one line; empty where it has none."""
        name = self._parameter("content-disposition", "filename")
        name = name or self._parameter("content-type", "name")
        return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", decode_words(name)).split())

    @property
    def charset(self) -> str | None:
        return self.parameter("charset") or None

    def parameter(self, name: str) -> str:
        """A parameter of the content type, empty where it is not given."""
        return self._parameter("content-type", name)

    def _parameter(self, field: str, name: str) -> str:
        value = self.field(field)
        if ";" not in value:
            return ""
        from email.message import Message
        from email.utils import collapse_rfc2231_value

        message = Message()
        try:
            message[field] = value[:_LONGEST_FIELD]
            found = message.get_param(name, "", header=field)
            return collapse_rfc2231_value(found).strip()
        except (ValueError, LookupError, TypeError, AttributeError):
            return ""  # a field that is beyond it

    def body(self) -> bytes:
        """The body's bytes, with the encoding for transport undone as well as may be."""
        body = self.data[self.start : self.end]
        encoding = self.field("content-transfer-encoding").strip().lower()
        if encoding == "base64":
            return _from_base64(body)
        if encoding == "quoted-printable":
            from binascii import a2b_qp

            return a2b_qp(body)
        return b"\xef\xbb\xbf" + body if self.in_utf8 else body

    def parts(self) -> Iterator[Part]:
        """The parts of a multipart body, in order; none where its boundary is not found."""
        boundary = self.parameter("boundary").rstrip()
        if not boundary:
            return
        mark = re.escape(boundary.encode("utf-8", "replace"))
        line = re.compile(rb"^--" + mark + rb"(--)?[ \t]*+\r?(?:\n|\Z)", re.MULTILINE)
        began = None
        for found in line.finditer(self.data, self.start, self.end):
            if began is not None:
                yield self._part(began, self._before_line(found.start()))
            began = found.end()
            if found[1]:
                return
        if began is not None:
            yield self._part(began, self.end)

    def _part(self, start: int, end: int) -> Part:
        return cut_message(self.data, start, end, in_utf8=self.in_utf8)

    def _before_line(self, at: int) -> int:
        """Where the text before a boundary ends: the line end before it belongs to the boundary."""
        if self.data[at - 1 : at] == b"\n":
            at -= 1
        return at - (self.data[at - 1 : at] == b"\r")


def cut_message(
    data: bytes, start: int = 0, end: int | None = None, *, in_utf8: bool = False
) -> Part:
    """The message or part that stands in `data[start:end]`: its fields and where its body is.

    Fields end at the first empty line, or at one that cannot be a field.
    """
    end = len(data) if end is None else end
    fields: list[tuple[str, str]] = []
    at = start
    while at < end and (found := _FIELD.match(data, at, end)) is not None:
        value = _FOLD.sub(" ", text_of_field(found[2])).strip()
        fields.append((found[1].decode("ascii").lower(), value))
        at = found.end()
    if data.startswith(b"\r\n", at, end):
        at += 2
    elif data.startswith(b"\n", at, end):
        at += 1
    return Part(data, tuple(fields), min(at, end), max(min(at, end), end), in_utf8)


def text_of_field(raw: bytes) -> str:
    """The text of a header field; one that is not UTF-8, as it should be, is guessed."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(guess_encoding(raw) or "cp1252", "replace")


def decode_words(value: str) -> str:
    """A field's value with its encoded words (`=?utf-8?q?Gr=C3=BC=C3=9Fe?=`) decoded.

    White space between two of them is not shown, and a character may be cut in two by them.
    """
    if "=?" not in value:
        return value
    shown: list[str] = []
    held, charset, at = b"", "", 0
    for word in _ENCODED_WORD.finditer(value):
        between = value[at : word.start()]
        if between.strip() or not at or word[1].lower() != charset:
            shown += (_in_charset(held, charset), between if between.strip() or not at else "")
            held = b""
        charset, at = word[1].lower(), word.end()
        held += _from_base64(word[3].encode()) if word[2] in "bB" else _from_q(word[3])
    return "".join((*shown, _in_charset(held, charset), value[at:])).replace("\0", "\ufffd")


def _in_charset(raw: bytes, charset: str) -> str:
    if not raw:
        return ""
    if charset in ("us-ascii", "iso-8859-1"):
        charset = "cp1252"
    try:
        text = raw.decode(charset, "replace")
    except (LookupError, ValueError):
        text = text_of_field(raw)
    return _HALF_PAIR.sub("\ufffd", text)  # UTF-7 can give one


def _from_q(word: str) -> bytes:
    from binascii import a2b_qp

    return a2b_qp(word.encode(), header=True)


def _from_base64(data: bytes) -> bytes:
    from binascii import a2b_base64

    kept = data.translate(None, _NOT_BASE64)
    if len(kept) % 4 == 1:
        kept = kept[:-1]
    return a2b_base64(kept + b"=" * (-len(kept) % 4))
