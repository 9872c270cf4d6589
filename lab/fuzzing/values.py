"""What a loader may not expect to find: values for attributes, fields and control words."""

from __future__ import annotations

from random import Random

NUMBERS = (
    *b"-1 0 1 2 7 -32768 65535 65536 999999 2147483647 -2147483648 4294967296 9223372036854775808 "
    b"1e9 1e308 1e999 -1e999 NaN nan inf -inf 0x7f 007 1.5 -0.0 1,5 1_000 +5 9e-400 .5 5. "
    b"99999999999999999999999999999999999999".split(),
    b"9" * 5000, "٣".encode(), "²".encode(), "五".encode(), b"",
)  # fmt: skip
"""Numbers at the edge of what is one, and past it; the long one is more than int() takes."""

TEXTS = (
    b"", b" ", b"\n", b"\t", b"\r", b"\x00", b"\x01", b"\x0b", b"\x0c", b"\x1b", b"\x7f", b"\xff",
    b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
    b"&#xD800;", b"&#0;", b"&#x110000;", b"&#99999999999999999999;", b"&amp;", b"&lt;", b"&x;",
    b"&", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?xml?>", b"%", b"%00", b"%ff", b"../",
    b"../../a", b"/", b"#", b"\\", b'"', b"'", b"{", b"}", b"[", b"]", b"(", b")", b"<", b">", b"=",
    b";", b":", b",", b"|", b"true", b"null", b"none", b"auto", b"A1", b"ZZZZ9", b"A0",
    b"XFD1048577",    b"1:1", b"A:A", b"A1:B", b"B2:A1", b"rId1", b"a" * 3000, b" " * 3000,
    b"http://[", b"file:///etc/passwd",
    b"//a/b", b"00:00:00,000 --> 99:99:99,999", b"-->", b"P1Y", b"2024-02-30",
    b"0000-00-00T25:61:61",
    "\u2028".encode(), "\u202e".encode(), "\ud7ff\ufffe".encode(), "\ufeff".encode(),
    "\xad".encode(), "\u0301".encode() * 50, "世界".encode(),
    "İ".encode(), "ß".encode(), "\U0001f600".encode(),
)  # fmt: skip


def nasty(rng: Random) -> bytes:
    """A number or a text."""
    return rng.choice(NUMBERS) if rng.random() < 0.5 else rng.choice(TEXTS)
