"""PDFs of a few lines, for what no program would make on purpose."""

from __future__ import annotations


def tiny_pdf(pages: list[bytes], trailer: bytes = b"", outline: list[str] | None = None) -> bytes:
    """A PDF with a page for each content stream, with Helvetica as /F.

    `trailer` goes into the trailer as it is; `outline` holds titles that lead to the first page.
    """
    first = 4
    kids = b" ".join(b"%d 0 R" % (first + 2 * at) for at in range(len(pages)))
    marks = first + 2 * len(pages)
    titles = outline or []
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s>>" % (b"/Outlines %d 0 R " % marks if titles else b""),
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for at, content in enumerate(pages):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            b" /Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R >>" % (first + 2 * at + 1),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    if titles:
        last = marks + len(titles)
        objects.append(
            b"<< /First %d 0 R /Last %d 0 R /Count %d >>" % (marks + 1, last, len(titles))
        )
        for at, title in enumerate(titles, start=1):
            after = b"/Next %d 0 R " % (marks + at + 1) if at < len(titles) else b""
            objects.append(
                b"<< /Title (%s) /Parent %d 0 R %s/Dest [%d 0 R /Fit] >>"
                % (title.encode(), marks, after, first)
            )
    return assembled(objects, trailer)


def assembled(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of objects 1, 2, ..., the first of which is its catalogue."""
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<< /Size %d /Root 1 0 R %s>>\n" % (len(objects) + 1, trailer + b" ")
    return data + b"startxref\n%d\n%%%%EOF\n" % start
