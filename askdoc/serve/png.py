"""Pixels -> a PNG, with what Python brings along: no picture is read here, only written."""

from __future__ import annotations

import struct
import zlib

from askdoc.load.pdf.picture import Picture

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# More takes longer than it saves on this machine's own network.
_LEVEL = 4


def png_of(picture: Picture) -> bytes:
    """A PNG of eight bits a colour."""
    wide, high, pixels = picture
    stride = 3 * wide
    # A page is mostly white: rows as they are pack no worse than their differences.
    rows = b"".join(b"\0" + pixels[at : at + stride] for at in range(0, stride * high, stride))
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, _LEVEL)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)
