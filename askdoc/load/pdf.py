"""PDF, as a person reads it: columns in order, words whole, running titles left out.

This only tells whether there is a PDF to read; what reads it is imported with the first one.
`pdf_reading` opens it, `pdf_page` finds what is on a page: `pdf_letters` asks PDFium for the
letters, `pdf_styles` for what they look like, `pdf_runs` and `pdf_upright` make words of them.
`pdf_unmapped` finds letters that the file does not name, `pdf_filled` what was filled in,
`pdf_noise` and `pdf_pictures` what nobody can read, which `pdf_unread` tells. `pdf_order` and
`pdf_table` find the order of reading, `pdf_plain` that of what is neither columns nor tables,
`pdf_bidi` that of lines that run to the left, `pdf_lines` what runs over the pages, `pdf_aligned`
tables without rules, `pdf_rows` rows with the names of their columns, `pdf_flow` paragraphs and
headings, `pdf_hyphens` which hyphens stay, and `pdf_text` writes it all.
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
    from askdoc.load.pdf_reading import read_pdf

    return read_pdf(data, source)
