"""PDFs whose fonts, pictures, notes and places of lines a test says itself."""

from __future__ import annotations

import textwrap

from askdoc.load.pdf.pdf import load_pdf
from lab.fuzzing.hostile.tiny_pdf import assembled, tiny_pdf

FIRST = 4  # the number of the first object that a test gives

Placed = tuple[float, float, str]
"""Where a line of text begins, from the left and from below, and the line."""


def made_pdf(
    pages: list[bytes],
    objects: list[bytes] | None = None,
    *,
    resources: bytes = b"/Font << /F 3 0 R >>",
    annotations: list[bytes] | None = None,
    catalog: bytes = b"",
) -> bytes:
    """A PDF with a page for each content stream.

    `objects` are numbered from FIRST on, after Helvetica, which is object 3. `annotations` are
    objects as well, those of the first page, and come behind the others; `catalog` goes into the
    catalogue as it is.
    """
    others, notes = objects or [], annotations or []
    first_note = FIRST + len(others)
    first = first_note + len(notes)
    kids = b" ".join(b"%d 0 R" % (first + 2 * at) for at in range(len(pages)))
    made = [
        b"<< /Type /Catalog /Pages 2 0 R %s>>" % catalog,
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *others,
        *notes,
    ]
    listed = b" ".join(b"%d 0 R" % (first_note + at) for at in range(len(notes)))
    for at, content in enumerate(pages):
        annots = b"/Annots [%s] " % listed if not at and notes else b""
        made += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] %s"
            b"/Resources << %s >> /Contents %d 0 R >>" % (annots, resources, first + 2 * at + 1),
            stream(content),
        ]
    return assembled(made)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def meanings(letters: dict[int, str]) -> bytes:
    """A stream that says which letters a font's codes, of one byte, stand for."""
    lines = b"".join(
        b"<%02X> <%s>\n" % (code, text.encode("utf-16-be").hex().encode())
        for code, text in letters.items()
    )
    return stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"%d beginbfchar\n%sendbfchar endcmap end end" % (len(letters), lines)
    )


def page_of(lines: list[Placed], size: int = 10) -> bytes:
    """A page that has these lines, written in this order."""
    parts = [
        f"BT /F {size} Tf {x:.2f} {y:.2f} Td ({text}) Tj ET".encode("latin-1")
        for x, y, text in lines
    ]
    return b"\n".join(parts)


def text_of(lines: list[Placed], size: int = 10) -> str:
    return load_pdf(tiny_pdf([page_of(lines, size)]), "a.pdf").text


def set_in(text: str, x: float, y: float, width: int) -> list[Placed]:
    return [(x, y - 12 * at, line) for at, line in enumerate(textwrap.wrap(text, width))]
