"""The bytes of files that are broken, locked, or made to do harm; the loaders' tests use them too.

All are made here, but for two PDFs that qpdf 11.3 encrypted (256 bits, --static-id): `LOCKED` asks
for a password to open, `OWNED` only to change it. Both say LAMP.
"""

from __future__ import annotations

import base64
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable

from lab.fuzzing.hostile.tiny_pdf import tiny_pdf
from lab.fuzzing.samples import sample

LAMP = "The lamp is lit in the harbour.\n"
MANY = 100_000
"""How often a piece stands where a C library reads: a deep one would overflow its stack."""

FEWER = 10_000
"""The same where Python reads: its stack ends at a thousand, and a step for each pair of these
takes more than two seconds."""

LOCKED = zlib.decompress(
    base64.b64decode(
        "eNqFVEuIHEUYPgqNePDkQbAuCyLEqXdX4RDIZmdQTJhlZ3cvQbAef+2OzHZvenqWjY+ABz0JuQiiIIrsIYhEvM"
        "SDoBcVvBjQgzcjBJGA4EUIKIh/985L9mB301X1v7+v/qq1zY3+OfZ0nq199eCjfzJGKCn9S1m3Szq94xqKyags"
        "JqRZXthY77WTdTeBXagaDemg64rlJTiCMTHk/Pnm62y6PZgQjjG3SGf72iGQzkVXu3G5h+oMitik4ispL5bToi"
        "aMdJ4fxQm5QkTr+sLc+TTe0lX8x7XAIuoJkafpLkMcufXyGKNQfJVVxEjexNp0FRrOy9qCSTmtApyC7GOU0wlR"
        "rX6GZJl/Jb1cSX8Jir16n1iNrqNxDRWOY1fDBoQytk6TugJ3kD3y+FOmv+0Pr7/13s3bX//wy2NPvnNyp3pw8s"
        "Xnbxx8dre+9eaNvU9+/uPRe7e/feXk7voTV18b/f7M4MftzYdf/Pi3Gze//27/y5/ufTrl9795/cN387ev/3Ur"
        "e/X9X+8/VPxtJ3c+2Mn+xNpmmWZVqpUqm61rIXaehfER1KPgSGc49XULrwHJ5lhbsyVWvUp1v6VoWMfZ7MK03u"
        "8dNaR2NsowOISiMbqMit5wVyzIEXxO55yiYe2K6Kq4MOEKCRyQLlCTQNtkBVM899Z6rpTnLHITVIpJ8KicN54n"
        "Y5XMGfXaekm9jA5Y0EYwaYwS0eTaKJdAKRWEdkrZQJXhEmsYYDfrKBlEZ1xwNuQJHRMzUmoWqRIcHDNRRAo6j7"
        "kT3kXvhOZGRpozKSX3TY+TcxL/UB1gB0EQIVgZNM951Fzr4ANNRjFPtUuCof0W0Q3ug/6cQByq5WKHdPMgIICw"
        "VAebDPWOWp5AJKYchGAc55ZpEyRILiXlUoBT1giFWaIwOTeMhcSVkFaFmAeeOxoicxaU1UFYhUXsIHYTg/BWUw"
        "+5tSkZrxC2dGBDypXE6MlSYFpRpzlSizEtA8Nijsx4Ey2G2cVDsmyR4wpSRkme0cVDtFJCkUQWMobt2GqKhYwJ"
        "elZm7BmZYPqMTBp+RqbUiqyu3GiMrda06VZZNpdLe+yHo5eB4NX13Aa50sVuYcpyjbUam1vBhZG4e1III3iOjP"
        "2/Bd4rvSJU1w5romcXB554V9UtK4xam62t9Qb97F8aao8I"
    )
)
OWNED = zlib.decompress(
    base64.b64decode(
        "eNqFVMtrXFUYtytxFj7ApYsDNhulznk/YAhtOjNUTEjIpFnYCJ57zneSKZN7hzs3MXUhiCtFBBHBB0jpxsfGXd"
        "1I3fQvyKqgULtzryC4sH73Zl4lC2eGued8z9/vd79zVra6/UvsNdNa+eXvO/+2GKGkyG62Oh3S7p1UkE+GRT4h"
        "9fZKd63XLNb8BHahrD2kjalLketwDCNiyepq/Wtv+X2YEI41t0l759YYSPuqr/yo2Ed3C/JYt+JLLa8WR3lFGG"
        "m/MYwTcoOIJvWtWfJZvUWqeCI1RxDVhMizdhsQh36tOMEqFL/KKWIlr2tt+RIDZ7C2YVIclQHOSPaxytmCqMY/"
        "ZbLov9ReLrVfh3y/OiBOY+pwVEGJz5GvoAuhiE3SpCrBH7aefekV29/Jxu99/NV3d++f/v70+r0vb5vOtTvPPf"
        "zjo51Hj+9/uvfm5z92Pvnr4vvPfPbiq7dX10/Lm0/11j788+u3Hz3+YO+H53+78M3li5d/3v12/M/Dzk8X3tn4"
        "9e69F77f++Ll6vTBgwPENu00RamWUNavrqHYvgajY6iGwZP24CirGno1STbj2oQtuOplqfuNRIMqTldXjqqD3n"
        "EtartbhM0x5HXQBjp6g10xF0fwmZwziQaVz6Mv4zyEKxRwk3SA8ZQk0ypkUkbhrHVUC2NiMt56kXyMWaLOSMmp"
        "095bBrh2UkPCXbSaA3fRaGuoiIrrSF20GbOUAuXKCsSwidOcOQ+QEk1gjHLgtY3KZIap5Hyk4F3mDHDslqlMMm"
        "9psJxR6pjx0njm6hknlyT+Q3mIE8SjDtI46yBlRmZeO5NYdCpJz00WKMZvE13zPuzPBMRHudhcJx0tM4Y8OVcp"
        "aiWEhUwk5mhKCljGtNRcSIOElaUgAhcOUVkkpYKikCKLTAQLwQTGwbKQ+WBoiFRnMulAA4K4jty5ctw4gbW1ky"
        "hOwHBPJXeZsDTGIBlNFiWhTiGa6CiguJCsjcFHxmsuu3hIFiNyUkJqUWJadP4hWimhSCJzG8NxbDz53MYEPW+z"
        "7pxNMH3OJi0/Z1NqyVaVfjjCUavHdLso6sulOfaD4btA8Op6vUtudASTDNVAsZV1qAkXFkXWErUXqJFa/f8IvF"
        "d6eShvjSuipxcHnnhfVo0qjDrXWlnpbfZb/wHF7Yo8"
    )
)

Parts = dict[str, bytes]

_MADE = (2026, 1, 1, 0, 0, 0)

MAIN = {
    "survey.docx": "word/document.xml",
    "talk.pptx": "ppt/slides/slide1.xml",
    "harbour.xlsx": "xl/worksheets/sheet1.xml",
    "survey.odt": "content.xml",
    "harbour.ods": "content.xml",
    "talk.odp": "content.xml",
    "survey.epub": "EPUB/text/ch001.xhtml",
}
"""Samples that are archives, and where most of their text stands."""


def changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A sample of which the main part was changed; a page says LAMP as well."""
    parts = parts_of(name)
    main = parts[MAIN[name]].replace(b"</body>", f"<p>{LAMP}</p></body>".encode())
    parts[MAIN[name]] = change(main)
    return zipped(parts.items())


def parts_of(name: str) -> Parts:
    with zipfile.ZipFile(io.BytesIO(sample(name))) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def zipped(parts: Iterable[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with (
        warnings.catch_warnings(),
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        warnings.simplefilter("ignore", UserWarning)  # names that stand twice
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name, _MADE), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def nested_xml(part: bytes) -> bytes:
    """Elements in elements, before the root ends."""
    at = part.rindex(b"</")
    many = FEWER if b"</html>" in part else MANY
    return part[:at] + b"<a>" * many + b"</a>" * many + part[at:]


def billion_laughs(part: bytes) -> bytes:
    """Ten entities, each ten of the one before."""
    entities = '<!ENTITY e0 "ha">' + "".join(
        f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 11)
    )
    return _with_doctype(part, f"[{entities}]", b"&e10;")


def external_entity(part: bytes) -> bytes:
    """An entity that stands for a file of this computer."""
    return _with_doctype(part, '[<!ENTITY e SYSTEM "file:///etc/hostname">]', b"&e;")


def _with_doctype(part: bytes, inside: str, entity: bytes) -> bytes:
    start = part.index(b"?>") + 2 if part.startswith(b"<?xml") else 0
    rest = re.sub(rb"\s*<!DOCTYPE[^>]*>", b"", part[start:])
    at = rest.rindex(b"</")
    doctype = f"<!DOCTYPE a {inside}>".encode()
    return part[:start] + doctype + rest[:at] + entity + rest[at:]


def flat_bomb(name: str) -> bytes:
    """A sample with blanks after its main part, 65 MiB in all: 300 kB of file."""
    return changed(name, lambda part: part.ljust(65 * 2**20))


def nested_bomb() -> bytes:
    """An archive in an archive, five deep, each of ten equal ones, down to a megabyte of NULs."""
    inner = bytes(2**20)
    for _ in range(5):
        inner = zipped((f"{at}.zip", inner) for at in range(10))
    return inner


def encrypted(archive: bytes) -> bytes:
    """An archive whose parts are marked as encrypted, as `zip -e` does."""
    data = bytearray(archive)
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(head)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(head, at + 4)
    return bytes(data)


def protected_office() -> bytes:
    """The beginning of what Word saves with a password: another container, with one known name."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016)
    return head + "EncryptedPackage".encode("utf-16-le") + bytes(480)


def escaping(prefix: str) -> bytes:
    """A Word file with a part, and a reference to it, outside of the archive; LAMP is inside."""
    parts = parts_of("survey.docx")
    relation = (
        '<Relationship Id="evil" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/footnotes" Target="{prefix}etc/passwd"/></Relationships>'
    ).encode()
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", relation)
    text = b"<w:p><w:r><w:t>" + LAMP.strip().encode() + b"</w:t></w:r></w:p>"
    parts[MAIN["survey.docx"]] = parts[MAIN["survey.docx"]].replace(b"<w:body>", b"<w:body>" + text)
    return zipped([*parts.items(), (f"{prefix}etc/passwd", b"root:x:0:0")])


def twice() -> bytes:
    """A Word file with another main part of the same name behind the first, which has LAMP."""
    parts = parts_of("survey.docx")
    name = MAIN["survey.docx"]
    text = b"<w:body><w:p><w:r><w:t>" + LAMP.strip().encode() + b"</w:t></w:r></w:p>"
    first = parts.pop(name).replace(b"<w:body>", text)
    return zipped([*parts.items(), (name, first), (name, first.replace(b"lamp", b"gold"))])


def multiparts(text: str) -> str:
    """A message with some text, and then messages in messages."""
    parts = "".join(
        f"Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n" for at in range(FEWER)
    )
    first = f"Content-Type: text/plain\n\n{text}\n--b\n"
    top = "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
    return f"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n{top}{first}{parts}\n"


def page(body: str) -> bytes:
    return f"<html><body>{body}<p>{LAMP}</p></body></html>".encode()


def drawing() -> bytes:
    return f'<?xml version="1.0"?><svg><text>{LAMP}</text></svg>'.encode()


def pdf(content: bytes = b"") -> bytes:
    shown = LAMP.strip().encode()
    return tiny_pdf([b"BT /F 12 Tf 50 700 Td (%s) Tj ET\n%s" % (shown, content)])


def cut_pdf() -> bytes:
    """Half a PDF of six pages: the last pages and the table of objects are gone."""
    whole = tiny_pdf([b"BT /F 12 Tf 50 700 Td (%s) Tj ET" % LAMP.strip().encode()] * 6)
    return whole[: len(whole) // 2]
