"""Cut HTML into tags and text, in time that grows with its length and no faster.

The standard library's parser is not used, for three reasons that were measured: it is quadratic on
unclosed tags and comments (36 s for 120 kB of `<a b="`), it raises on some input (`<![x`, a
character reference of 5,000 digits), and it was changed within Python 3.11 to 3.13, so that one
page would give different texts, and different offsets, on two machines. What is done here follows
the HTML standard's tokenizer; an unclosed quotation mark is forgiven where a browser would swallow
the rest of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import NamedTuple

# Elements whose content is not markup, up to their end tag.
_RAW = frozenset(
    ("script", "style", "iframe", "noembed", "noframes", "noscript", "textarea", "title", "xmp")
)
_SHOWN_RAW = frozenset(("title", "textarea", "xmp"))
_SWALLOWS_THE_REST = frozenset(("script", "style"))

_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*+)")
# Possessive throughout: each character is looked at once, and a tag that does not end is found
# out once (see _Cutter.trusting).
_TAG = re.compile(
    r"</?([a-zA-Z][^\s/>]*+)"
    r"((?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])))*+)>"
)
_ATTRIBUTE = re.compile(
    r"([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]*+)))?+"
)
_COMMENT_END = re.compile("--!?>")
# int() refuses thousands of digits, and html.unescape() with it.
_ENDLESS_REFERENCE = re.compile(r"&#(?:[0-9]{9,}|[xX][0-9a-fA-F]{9,});?")

_META_CHARSET = re.compile(rb"<meta\s[^>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)")
_DECLARED_WITHIN = 8192


class Tag(NamedTuple):
    """A start or end tag: its name in lower case and its attributes as they were written."""

    name: str
    closing: bool
    raw_attributes: str

    @property
    def self_closing(self) -> bool:
        return self.raw_attributes.endswith("/")

    def attributes(self) -> dict[str, str]:
        """The attributes, names in lower case, values decoded; the first of a name counts."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.raw_attributes):
            value = match[2] or match[3] or match[4] or ""
            found.setdefault(match[1].lower(), decode_references(value))
        return found


def decode_references(text: str) -> str:
    """The text with its character references (`&amp;`, `&#8217;`) decoded."""
    if "&" not in text:
        return text
    return unescape(_ENDLESS_REFERENCE.sub("\ufffd", text))


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page's own markup names, None where it names none."""
    head = data[:_DECLARED_WITHIN]
    match = _META_CHARSET.search(head) or _XML_ENCODING.search(head)
    return match[1].decode("ascii", "replace") if match else None


def cut(html: str, *, xml: bool = False) -> Iterator[Tag | str]:
    """The tags and the texts of a page, in order; texts have their references still undecoded.

    Comments, declarations and the content of scripts and style sheets are left out.

    Args:
        html: the page.
        xml: whether `<script/>` has no content, as in XHTML.
    """
    return _Cutter(html, xml).pieces()


class _Cutter:
    def __init__(self, html: str, xml: bool) -> None:
        self._html = html
        self._xml = xml
        self._at = 0
        # Whether quotation marks are believed to close. Once one was found not to, they are not
        # looked at again, or every tag could cost a search to the end of the page.
        self._trusting = True
        self._without_end: set[str] = set()

    def pieces(self) -> Iterator[Tag | str]:
        html = self._html
        while (mark := html.find("<", self._at)) != -1:
            if mark > self._at:
                yield html[self._at : mark]
            self._at = mark
            following = html[mark + 1 : mark + 3]
            if following[:1].isascii() and following[:1].isalpha():
                yield from self._tag(closing=False)
            elif following[:1] == "/" and following[1:].isascii() and following[1:].isalpha():
                yield from self._tag(closing=True)
            elif following[:1] in ("!", "?", "/") and following[:1]:
                yield from self._declaration()
            else:
                yield "<"
                self._at = mark + 1
        if self._at < len(html):
            yield html[self._at :]

    def _tag(self, closing: bool) -> Iterator[Tag | str]:
        html = self._html
        match = _TAG.match(html, self._at) if self._trusting else None
        if match is not None:
            name, attributes, end = match[1].lower(), match[2], match.end()
        else:
            self._trusting = False
            named = _NAME.match(html, self._at)
            close = html.find(">", self._at)
            if named is None or close == -1:
                self._at = len(html)  # cut off in the middle of a tag, which nobody sees
                return
            name, attributes, end = named[1].lower(), html[named.end() : close], close + 1
        self._at = end
        tag = Tag(name, closing, attributes)
        if name in _RAW and not closing and not (self._xml and tag.self_closing):
            yield from self._raw(tag)
        else:
            yield tag

    def _raw(self, tag: Tag) -> Iterator[Tag | str]:
        """An element whose content is not markup; without an end tag it is taken for a slip."""
        end = None
        if tag.name not in self._without_end:
            end = re.compile(rf"</{tag.name}(?=[\s/>])", re.IGNORECASE).search(self._html, self._at)
        if end is not None:
            yield tag
            if tag.name in _SHOWN_RAW:
                yield self._html[self._at : end.start()]
            self._at = end.start()
        elif tag.name in _SWALLOWS_THE_REST:
            self._at = len(self._html)
        else:
            self._without_end.add(tag.name)

    def _declaration(self) -> Iterator[str]:
        """A comment, `<!DOCTYPE`, `<?xml` or the like; only a CDATA section has text in it."""
        html, at = self._html, self._at
        if html.startswith("<!--", at):
            match = _COMMENT_END.search(html, at + 2)
            self._at = match.end() if match else len(html)
            return
        if html.startswith("<![CDATA[", at) and "]]>" not in self._without_end:
            end = html.find("]]>", at)
            if end != -1:
                self._at = end + 3
                yield escape(html[at + 9 : end], quote=False)
                return
            self._without_end.add("]]>")
        end = html.find(">", at)
        self._at = end + 1 if end != -1 else len(html)
