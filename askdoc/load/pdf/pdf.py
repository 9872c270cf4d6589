"""PDF, as a person reads it: columns in order, words whole, running titles left out.

This only tells whether there is a PDF to read; what reads it is imported with the first one.
`reading` opens it, `page` finds what is on a page: `letters` asks PDFium for the
letters, `styles` for what they look like, `runs` and `upright` make words of them.
`unmapped` finds letters that the file does not name, `filled` what was filled in,
`noise` and `pictures` what nobody can read, which `unread` tells. `order` and
`table` find the order of reading, `plain` that of what is neither columns nor tables,
`bidi` that of lines that run to the left, `lines` makes lines of it all, `running` finds what
stands in the margins of many pages, `notes` what stands below the text, `aligned` tables
without rules, `rows` rows with the names of their columns, `flow` paragraphs and headings,
`joins` where neither file nor page tells that a line goes on with another, `hyphens` which
hyphens stay, and `text` writes it all.
"""

from __future__ import annotations

from askdoc.errors import EmptySource, UnsupportedFormat
from askdoc.model import Document

_HEAD = 1024  # within which the signature stands


def load_pdf(data: bytes, source: str) -> Document:
    """The text of a PDF with its pages, and its headings as its outline or its letters tell them.

    Raises:
        UnsupportedFormat: it is no PDF, or too damaged for any page to be found.
        SourceUnreadable: it needs a password.
        EmptySource: it has no text; a scan is a picture, and says so.
        SourceTooLarge: it has more pages, or text, than is held in memory.
    """
    if not data.strip():
        raise EmptySource(
            "there is no text in it", source, "Give a file that has some, or leave this one out."
        )
    if b"%PDF-" not in data[:_HEAD]:
        raise UnsupportedFormat(
            "it is no PDF, whatever its name says", source, "Give the PDF itself."
        )
    from askdoc.load.pdf.reading import read_pdf

    return read_pdf(data, source)
