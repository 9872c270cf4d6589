"""Markdown, read as it was written: the text is the source, only headings and tables are marked.

So line numbers and offsets are those of the file, and a quote can be found again in the editor.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from askdoc.load.common.clauses import with_clauses
from askdoc.load.common.decode import decode
from askdoc.load.text.pipe_tables import mark_tables
from askdoc.model import Document, Heading, Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.utils import EnvType

# Metadata between two lines of hyphens (or plus signs) at the very top. CommonMark does not know
# it and would make the last entry a heading, underlined by the closing hyphens. The first line
# must be an entry, lest a text between two rules be taken for metadata.
_FRONT_MATTER = re.compile(
    r"(?P<mark>---|\+\+\+)[ \t]*(?:\r\n?|\n)"
    r"(?=(?:#[^\r\n]*(?:\r\n?|\n))*[\w\"'.-]+[ \t]*[:=])"
    r"(?:(?!(?P=mark)[ \t]*(?:[\r\n]|\Z)|\.\.\.[ \t]*(?:[\r\n]|\Z))[^\r\n]*(?:\r\n?|\n))++"
    r"(?:(?P=mark)|\.\.\.)[ \t]*(?=[\r\n]|\Z)"
)
_LINE_END = re.compile(r"\r\n?|\n")
_LONGEST_TITLE = 1000


def load_markdown(data: bytes, source: str) -> Document:
    """A document whose text is the Markdown source, decoded, with its headings.

    Raises:
        UnsupportedFormat: the bytes are not text.
        EmptySource: there is nothing but white space.
    """
    text, notes = decode(data, source)
    return with_clauses(mark_tables(mark_headings(Document(text, source, notes=notes))))


def mark_headings(document: Document) -> Document:
    """The same document with the headings that its Markdown has.

    A heading's span runs from its first character, marks included, to the end of its last line's
    content (the underline of a setext heading is in it); its title is what a reader would see.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    # Inline text is parsed for headings only: the rest of the file need not be paid for.
    parser.disable("inline")
    body, first_line = _without_front_matter(document.text)
    env: EnvType = {}
    tokens = parser.parse(body, env)
    headings: list[Heading] = []
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open" or opening.map is None:
            continue
        title = _title(parser, inline.content, env)
        span = _lines(document, first_line + opening.map[0], first_line + opening.map[1])
        if title and span.start < span.end:
            headings.append(Heading(span, title, int(opening.tag[1:])))
    return replace(document, headings=tuple(headings))


def _without_front_matter(text: str) -> tuple[str, int]:
    """The text after the metadata, and how many line ends come before it."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return text, 0
    return text[match.end() :], len(_LINE_END.findall(match[0]))


def _lines(document: Document, first: int, last: int) -> Span:
    """The content of the lines [first, last), counted from 0, without surrounding white space."""
    start = document.line_span(first + 1).start
    end = document.line_span(min(last, document.line_count)).end
    content = document.text[start:end]
    start += len(content) - len(content.lstrip())
    return Span(start, max(start, start + len(content.strip())))


def _title(parser: MarkdownIt, content: str, env: EnvType) -> str:
    tokens: list[Token] = []
    parser.inline.parse(content[:_LONGEST_TITLE], parser, env, tokens)
    return " ".join(_plain(tokens).split())


def _plain(tokens: list[Token]) -> str:
    """What a reader sees of inline Markdown: marks, addresses and HTML tags left out."""
    parts: list[str] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(_plain(token.children or []))
        elif token.type != "html_inline":
            parts.append(token.content)
    return "".join(parts)
