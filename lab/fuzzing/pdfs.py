"""Edits of PDFs by object, with streams opened so that the operators in them can be edited."""

from __future__ import annotations

import binascii
import re
import zlib
from random import Random

from lab.fuzzing.edits import Growth, TokenEdits, edit_bytes

_OBJECT = re.compile(rb"(\d+ 0 obj\b)(.*?)(?=endobj)endobj", re.DOTALL)
_STREAM = re.compile(rb"(<<.*?)>>\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_FILTER = re.compile(rb"/Filter\s*\[\s*/ASCIIHexDecode\s*/FlateDecode\s*\]")
_REFERENCE = re.compile(rb"\b\d+ 0 R\b")
_TRAILER = re.compile(rb"trailer\s*(<<.*>>)\s*startxref", re.DOTALL)
_WORDS = (
    *b"<< >> [ ] ( ) /Type /Page /Pages /Kids /Count /Parent /MediaBox /CropBox /Rotate /Rotate 90 "
    b"/UserUnit /Resources /Contents /Font /XObject /Form /Image /BBox /Matrix /Length /Filter "
    b"/FlateDecode /LZWDecode /ASCII85Decode /RunLengthDecode /Predictor /ToUnicode /Encoding "
    b"/Differences /Widths /FirstChar /LastChar /W /DW /Type0 /Type3 /CIDFontType2 /Identity-H "
    b"/Outlines /First /Next /Prev /Last /Dest /Title /Annots /StructTreeRoot /Lang /Encrypt /Root "
    b"BT ET Tj TJ ' \" Td TD Tm T* Tf Tc Tw Tz TL Tr Ts q Q cm re f S m l h W n Do BI ID EI sh gs "
    b"BMC BDC EMC BX EX d0 d1 1 0 0 1 0 0 null true".split(),
    b" 0 0 0 0 0 0 Tm ",
    b" 1 0 0 1 0 0 cm ",
    b" 9 0 R ",
    b"<feff0041>",
    b"(a) Tj ",
    b" 0 0 m 9 9 l S ",
)
_TOKENS = TokenEdits(
    rb"/[\w+.-]+|[-\d.]+|\d+ 0 R|[A-Za-z*]+|\((?:\\.|[^()\\])*\)|<<|>>|\s+", _WORDS
)


def opened(data: bytes) -> bytes:
    """A sample's PDF with its streams as they are, as text where they draw text."""
    return _assembled(data, [(head, _opened(body)) for head, body in _OBJECT.findall(data)])


def edit_pdf(rng: Random, data: bytes) -> bytes:
    """The PDF with some of its objects edited; its table of objects is right, or as it was."""
    if rng.random() < 0.1:
        return edit_bytes(rng, data)
    objects = _OBJECT.findall(data)
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        _edit(rng, objects)
    if rng.random() < 0.15:
        return b"".join(head + body + b"endobj\n" for head, body in objects)
    return _assembled(data, objects)


def grow_pdf(rng: Random, data: bytes) -> Growth:
    """A PDF with operators or values again and again; PDFium finds the objects all the same."""
    objects = _OBJECT.findall(data)
    streams = [at for at, (_, body) in enumerate(objects) if b" Tf" in body or b" re" in body]
    at = rng.choice(streams) if streams and rng.random() < 0.7 else rng.randrange(len(objects))
    head, body = objects[at]
    start = body.find(b"stream\n") + 7 if b"stream\n" in body else 0
    grown = _TOKENS.growth(rng, body[start:])
    before = _assembled(data, objects[:at] + objects[at + 1 :]) + head + body[:start]
    return grown._replace(head=before + grown.head, tail=grown.tail + b"\nendobj\n")


def _edit(rng: Random, objects: list[tuple[bytes, bytes]]) -> None:
    if not objects:
        return
    at = rng.randrange(len(objects))
    head, body = objects[at]
    other = rng.choice(objects)
    match rng.randrange(8):
        case 0:
            del objects[at]
        case 1:
            objects[at] = (head, other[1])
        case 2 | 3:
            references = list(_REFERENCE.finditer(body))
            if references:
                old = rng.choice(references)
                new = rng.choice((head, other[0])).replace(b"obj", b"R")  # itself, or another
                objects[at] = (head, body[: old.start()] + new + body[old.end() :])
        case _:
            objects[at] = (head, _TOKENS.edit(rng, body))


def _opened(body: bytes) -> bytes:
    stream = _STREAM.search(body)
    if stream is None or not _FILTER.search(stream[1]):
        return body
    try:
        inside = zlib.decompress(binascii.unhexlify(re.sub(rb"[\s>]", b"", stream[2])))
    except (ValueError, zlib.error):
        return body
    entries = re.sub(rb"/Length \d+", b"/Length %d" % len(inside), _FILTER.sub(b"", stream[1]))
    return body[: stream.start()] + entries + b">>\nstream\n" + inside + b"\nendstream\n"


def _assembled(data: bytes, objects: list[tuple[bytes, bytes]]) -> bytes:
    """A PDF of these objects, with the trailer that `data` has."""
    trailer = _TRAILER.search(data)
    out = bytearray(b"%PDF-1.5\n")
    places = {}
    for head, body in objects:
        places[int(head.split()[0])] = len(out)
        out += head + body + b"endobj\n"
    start = len(out)
    out += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % place for place in places.items())
    out += b"trailer\n" + (trailer[1] if trailer else b"<</Root 1 0 R>>")
    return bytes(out) + b"\nstartxref\n%d\n%%%%EOF\n" % start
