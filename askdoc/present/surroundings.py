"""A citation among its neighbouring lines, so that a reader can judge it in its context."""

from __future__ import annotations

from askdoc.load.formats import is_verbatim
from askdoc.model import Citation, Document, Span
from askdoc.present.address import place
from askdoc.present.sanitize import one_line, sanitize
from askdoc.present.style import Style
from askdoc.present.wrap import wrapped

_LINES_AROUND = 2
# A file may be one line of 100 MB; what is shown of a line beside the quote stays readable.
_LONGEST_BESIDE = 240
_LONGEST_WORD = 30
_CUT = "..."
_OPEN, _CLOSE = ">>", "<<"


def surroundings(document: Document, citation: Citation, style: Style) -> str:
    """The quote in its document: a few numbered lines before and after, the quote marked.

    The quote is bold, or stands between `>>` and `<<` where the style has no weight; its lines
    have a `>` before their number.
    """
    first = document.line_at(citation.start)
    last = document.line_at(max(citation.start, citation.end - 1))
    top = max(1, first - _LINES_AROUND)
    bottom = max(last, min(document.lines, last + _LINES_AROUND))
    digits = len(str(bottom))
    title = style.link(place(citation), citation.source)
    if citation.heading is not None:
        title += f', under "{one_line(citation.heading)}"'
    if not is_verbatim(citation.source):
        title += ", in the text as it was read"
    lines = [style.dim(title)]
    for number in range(top, bottom + 1):
        gutter = f"{'>' if first <= number <= last else ' '} {number:>{digits}}  "
        lines += _line(document, number, citation, gutter, style)
    return "\n".join(lines)


def _line(
    document: Document, number: int, citation: Citation, gutter: str, style: Style
) -> list[str]:
    """One line of the document, on as many lines of the terminal as it needs."""
    start, end = document.line_span(number)
    quoted_from = min(max(start, citation.start), end)
    quoted_to = max(min(end, citation.end), quoted_from)
    before = _end_of(document, start, quoted_from)
    quote = _flat(document.text[quoted_from:quoted_to].rstrip("\r\n"))
    after = _start_of(document, quoted_to, end)
    if quote and not style.colour:
        before += _OPEN if citation.start >= start else ""
        after = (_CLOSE if citation.end <= end else "") + after
    text = before + quote + after
    width = style.width and max(20, style.width - len(gutter))
    lines: list[str] = []
    for span in wrapped(text, width):
        inside = Span(len(before) - span.start, len(before) + len(quote) - span.start)
        shown = style.bold_part(text[span.start : span.end], inside)
        lines.append(((" " * len(gutter) if lines else gutter) + shown).rstrip())
    return lines


def _end_of(document: Document, start: int, end: int) -> str:
    """What stands in a line before the quote, its far end cut off between words if it is long."""
    if end - start <= _LONGEST_BESIDE:
        return _flat(document.text[start:end].rstrip("\r\n"))
    piece = document.text[end - _LONGEST_BESIDE : end].rstrip("\r\n")
    word = piece.find(" ", 0, _LONGEST_WORD) + 1
    return _CUT + _flat(piece[word:])


def _start_of(document: Document, start: int, end: int) -> str:
    """What stands in a line after the quote, cut likewise."""
    if end - start <= _LONGEST_BESIDE:
        return _flat(document.text[start:end].rstrip("\r\n"))
    piece = document.text[start : start + _LONGEST_BESIDE].rstrip("\r\n")
    space = piece.rfind(" ", len(piece) - _LONGEST_WORD)
    return _flat(piece[:space] if space > 0 else piece) + _CUT


def _flat(text: str) -> str:
    """A piece of a line: its white space kept, tabs made spaces, the rest made harmless."""
    return sanitize(text.replace("\t", "    "))
