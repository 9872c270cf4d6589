"""Hostile PDFs: streams that lie or unpack without end, objects that refer to themselves."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from lab.fuzzing.hostile import files
from lab.fuzzing.hostile.case import LINE, Case
from lab.fuzzing.hostile.tiny_pdf import assembled, tiny_pdf

_MB = 1_000_000
_TEXT = b"BT /F 12 Tf 50 700 Td (%s) Tj ET\n" % LINE.strip().encode()
_HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def _stream(content: bytes, entries: bytes = b"", length: int | None = None) -> bytes:
    size = len(content) if length is None else length
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (size, entries, content)


def _pdf(content: bytes, more: list[bytes] | None = None, resources: bytes = b"") -> bytes:
    """A PDF of one page: object 4 is its page, 5 its content, and those from 6 on are `more`.

    Args:
        content: object 5, with all around its stream.
        more: further objects.
        resources: of the page, besides the font /F.
    """
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
            _HELVETICA,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            b" /Resources << /Font << /F 3 0 R >> %s>> /Contents 5 0 R >>" % resources,
            content,
            *(more or []),
        ]
    )


def _drawn(piece: bytes, before: bytes = b"") -> Callable[[int], bytes]:
    """A page on which a piece of content stands again and again."""
    return lambda count: _pdf(_stream(_TEXT + before + piece * count))


def _flate(count: int, times: int = 1, entries: bytes = b"") -> bytes:
    """Blanks packed so many times over."""
    packer, blanks = zlib.compressobj(9), b" " * min(count, _MB)
    pieces = [packer.compress(_TEXT)]
    pieces += [packer.compress(blanks) for _ in range(count // len(blanks))]
    data = b"".join([*pieces, packer.flush()])
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    filters = b"/FlateDecode " * times
    return _pdf(_stream(data, b"/Filter [%s] %s" % (filters, entries)))


def _words(count: int, across: int) -> bytes:
    """Words all over a page, so many beside each other."""
    return _pdf(
        _stream(
            b"BT /F 4 Tf\n"
            + b"".join(
                b"1 0 0 1 %d %d Tm (w%d) Tj\n"
                % (20 + 550 * (at % across) // across, 820 - (at // across) * 5 % 800, at)
                for at in range(count)
            )
            + b"ET"
        )
    )


def _pages(count: int) -> bytes:
    return tiny_pdf([_TEXT] * count)


def _same_page(count: int) -> bytes:
    """A tree that lists one page again and again."""
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, b"4 0 R " * count),
            _HELVETICA,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            b" /Resources << /Font << /F 3 0 R >> >> /Contents 5 0 R >>",
            _stream(_TEXT),
        ]
    )


def _form(inside: bytes, others: bytes) -> bytes:
    return _stream(
        inside,
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
        b"/Resources << /Font << /F 3 0 R >> /XObject << %s >> >> " % others,
    )


def _recursive_form(count: int) -> bytes:
    """A form that draws itself many times."""
    content = _stream(_TEXT + b"/X Do ")
    form = _form(_TEXT + b"/X Do " * count, b"/X 6 0 R")
    return _pdf(content, [form], b"/XObject << /X 6 0 R >> ")


def _doubling_forms(count: int) -> bytes:
    """Forms that each draw the next twice: billion laughs on paper."""
    forms = [
        _form(b"/X Do /X Do " if at + 1 < count else _TEXT, b"/X %d 0 R" % (7 + at))
        for at in range(count)
    ]
    return _pdf(_stream(_TEXT + b"/X Do "), forms, b"/XObject << /X 6 0 R >> ")


def _glyphs_of_type3(count: int) -> bytes:
    """A font whose letters draw text in that font."""
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] "
        b"/FirstChar 65 /LastChar 65 /Widths [9] /Encoding << /Differences [65 /a] >> "
        b"/CharProcs << /a 7 0 R >> /Resources << /Font << /T 6 0 R >> >> >>"
    )
    glyph = _stream(b"9 0 d0 BT /T 1 Tf (%s) Tj ET" % (b"A" * count))
    content = _stream(_TEXT + b"BT /T 12 Tf (A) Tj ET")
    page = _pdf(content, [font, glyph])
    return page.replace(b"/F 3 0 R >>", b"/F 3 0 R /T 6 0 R >>")


def _to_unicode(count: int) -> bytes:
    """A font of which each letter stands for a long text."""
    mapped = b"<41> <%s>\n" % (b"0061" * count)
    cmap = _stream(
        b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n"
        b"1 beginbfchar\n%sendbfchar endcmap" % mapped
    )
    font = _HELVETICA.replace(b" >>", b" /ToUnicode 6 0 R >>")
    content = _stream(_TEXT + b"BT /F 12 Tf 50 600 Td (%s) Tj ET" % (b"A" * 1000))
    return _pdf(content, [cmap]).replace(_HELVETICA, font)


def _object_streams(count: int) -> bytes:
    """Streams of objects, each of which claims to go on in the next, and the last in the first."""
    streams = [
        _stream(
            b"1 0 null",
            b"/Type /ObjStm /N 999999 /First 4 /Extends %d 0 R " % (6 + (at + 1) % count),
        )
        for at in range(count)
    ]
    return _pdf(_stream(_TEXT), streams)


def _outline(count: int) -> bytes:
    """Bookmarks of which the last goes on with the first."""
    data = tiny_pdf([_TEXT], outline=[f"Title {at}" for at in range(count)])
    return data.replace(
        b"/Title (Title %d)" % (count - 1), b"/Next 7 0 R /Title (Title %d)" % (count - 1)
    )


CONTENT = [
    Case("states.pdf", _MB, _drawn(b"q ")),
    Case("arrays.pdf", _MB, _drawn(b"[")),
    Case("dictionaries.pdf", 500_000, _drawn(b"<< /A ")),
    Case("strings.pdf", _MB, _drawn(b"((")),
    Case("numbers.pdf", 2 * _MB, _drawn(b"1 ")),
    Case("one number.pdf", 5 * _MB, _drawn(b"9")),
    Case("marked.pdf", 300_000, _drawn(b"/P BMC ")),
    Case("inline images.pdf", 100_000, _drawn(b"BI /W 1 /H 1 ID x EI ")),
    Case("huge image.pdf", 1, _drawn(b"BI /W 2000000000 /H 2000000000 /BPC 8 /CS /G ID x EI ")),
    Case("matrices.pdf", 300_000, _drawn(b"1e9 0 0 1e9 0 0 cm ")),
    Case("rules.pdf", 100_000, _drawn(b"9 9 m 99 9 l S ")),
    Case("rectangles.pdf", 100_000, _drawn(b"9 9 99 99 re f ")),
    Case("one path.pdf", 500_000, _drawn(b"99 9 l ", b"9 9 m ")),
    Case("curves.pdf", 300_000, _drawn(b"1 2 3 4 5 6 c ", b"9 9 m ")),
    Case(
        "grid.pdf",
        400,
        lambda n: _pdf(
            _stream(
                _TEXT
                + b"".join(
                    b"20 %d m 570 %d l S %d 20 m %d 800 l S " % (y, y, y, y)
                    for y in range(20, 20 + n)
                )
            )
        ),
    ),
    Case("one place.pdf", 200_000, _drawn(b"(lamp) Tj 0 0 Td ", b"BT /F 9 Tf 50 600 Td ")),
    Case("long word.pdf", 250_000, _drawn(b"(a) Tj ", b"BT /F 1 Tf 50 600 Td ")),
    Case("long line.pdf", 100_000, _drawn(b"(a b) Tj ", b"BT /F 0.01 Tf 50 600 Td ")),
    Case("dots.pdf", 250_000, _drawn(b"(.) Tj ", b"BT /F 0.01 Tf 50 600 Td ")),
    Case("blanks.pdf", 250_000, _drawn(b"( ) Tj ", b"BT /F 0.01 Tf 50 600 Td (x) Tj ")),
    Case("hyphens.pdf", 200_000, _drawn(b"(a-) Tj ", b"BT /F 0.01 Tf 50 600 Td ")),
    Case("words.pdf", 50_000, lambda n: _words(n, 200)),
    Case("columns.pdf", 20_000, lambda n: _words(n, 12)),
    Case("table.pdf", 6_000, lambda n: _words(n, 60)),
    Case("every letter.pdf", 299_000, _drawn(b"(lamps) Tj T* ", b"BT /F 2 Tf 1 TL 50 800 Td ")),
    Case(
        "turned.pdf",
        100_000,
        _drawn(b"0 1 -1 0 9 9 Tm (lamp) Tj 1 0 0 1 9 9 Tm (lit) Tj ", b"BT /F 9 Tf "),
    ),
    Case("no size.pdf", 100_000, _drawn(b"(lamp) Tj ", b"BT /F 0 Tf ")),
]
STREAMS = [
    Case("flate bomb.pdf", 1_000 * _MB, lambda n: _flate(n)),
    Case("double flate bomb.pdf", 1_000 * _MB, lambda n: _flate(n, 2)),
    Case("flate of flate.pdf", 5_000, lambda n: _flate(1000, n)),
    Case(
        "predictor.pdf",
        100 * _MB,
        lambda n: _flate(n, 1, b"/DecodeParms << /Predictor 15 /Columns 1 /Colors 1 >> "),
    ),
    Case(
        "wide predictor.pdf",
        _MB,
        lambda n: _flate(
            n,
            1,
            b"/DecodeParms << /Predictor 12 /Columns 2147483647 /Colors 32 >> ",
        ),
    ),
    Case(
        "run lengths.pdf",
        5 * _MB,
        lambda n: _pdf(_stream(b"\x81 " * n, b"/Filter /RunLengthDecode ")),
    ),
    Case(
        "lzw.pdf",
        5 * _MB,
        lambda n: _pdf(_stream(b"\x80\x0b\x60\x50" * (n // 4), b"/Filter /LZWDecode ")),
    ),
    Case("ascii85.pdf", 10 * _MB, lambda n: _pdf(_stream(b"z" * n, b"/Filter /ASCII85Decode "))),
    Case(
        "filters.pdf",
        100_000,
        lambda n: _pdf(_stream(b"00" * 1000, b"/Filter [%s] " % (b"/AHx " * n))),
    ),
    Case("long length.pdf", 1, lambda _: _pdf(_stream(_TEXT, length=2**31 - 1))),
    Case("no length.pdf", 1, lambda _: _pdf(_stream(_TEXT, length=-1))),
    Case(
        "length of itself.pdf",
        1,
        lambda _: _pdf(_stream(_TEXT).replace(b"/Length %d" % len(_TEXT), b"/Length 5 0 R")),
    ),
    Case("short length.pdf", 500_000, lambda n: _pdf(_stream(_TEXT * (n // 60), length=3))),
    Case(
        "contents.pdf",
        500_000,
        lambda n: _pdf(_stream(_TEXT)).replace(
            b"/Contents 5 0 R", b"/Contents [%s]" % (b"5 0 R " * n)
        ),
    ),
    Case("contents of contents.pdf", 1, lambda _: _pdf(b"[5 0 R 5 0 R]")),
]
OBJECTS = [
    Case("recursive form.pdf", 1_000, _recursive_form),
    Case("doubling forms.pdf", 40, _doubling_forms),
    Case("type 3.pdf", 1_000, _glyphs_of_type3),
    Case("to unicode.pdf", 100_000, _to_unicode),
    Case("object streams.pdf", 10_000, _object_streams),
    Case("pages.pdf", 20_000, _pages),
    Case("more pages.pdf", 21_000, _pages),
    Case("same page.pdf", 100_000, _same_page),
    Case("kids.pdf", 1, lambda _: files.pdf().replace(b"[4 0 R]", b"[2 0 R]")),
    Case(
        "kids and page.pdf",
        100_000,
        lambda n: files.pdf().replace(b"[4 0 R]", b"[%s4 0 R]" % (b"2 0 R " * n)),
    ),
    Case("parent.pdf", 1, lambda _: files.pdf().replace(b"/Parent 2 0 R", b"/Parent 4 0 R")),
    Case("count.pdf", 1, lambda _: files.pdf().replace(b"/Count 1", b"/Count 999999999")),
    Case("boxes.pdf", _MB, lambda n: files.pdf().replace(b"[0 0", b"[" * n + b"]" * n + b"[0 0")),
    Case("huge page.pdf", 1, lambda _: files.pdf().replace(b"595 842", b"1e30 1e30")),
    Case("outline.pdf", 50_000, _outline),
    Case("garbage.pdf", 5 * _MB, lambda n: b"%PDF-1.4\n" + b"1 0 obj\n<<" * (n // 10)),
    Case("xref.pdf", 1, lambda _: files.pdf().replace(b"/Size ", b"/Prev 9 /Size 99999999")),
    Case("cut.pdf", 1, lambda _: files.cut_pdf()),
    Case("locked.pdf", 1, lambda _: files.LOCKED),
    Case("owned.pdf", 1, lambda _: files.OWNED),
]
CASES = [*CONTENT, *STREAMS, *OBJECTS]
