"""Read the parts of a zip archive that somebody else made: docx, pptx, xlsx, odt, epub.

A file of 500 kB can unpack to 500 MB, name the same bytes as a thousand parts, or lie about its
sizes; so sizes are capped before a part is read and kept to while it is, and whatever zipfile
raises becomes one clear error. Nothing is ever unpacked to disk: a part's name is a key, no path.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from askdoc.errors import EmptySource, SourceTooLarge, SourceUnreadable, UnsupportedFormat
from askdoc.load.common.xml import Target, damaged, parse, tree

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element
    from zipfile import ZipFile, ZipInfo

MAX_PART = 64 * 2**20
"""The largest part that is unpacked, in bytes."""

MAX_PARTS_READ = 256 * 2**20
"""How much is unpacked of one archive in all, in bytes."""

MAX_ENTRIES = 20_000
"""How many parts an archive may have."""

MAX_STREAMED = 2**30
"""The largest part that is read piece by piece, in bytes."""

PIECE = 2**22
"""How much of a part is unpacked at a time."""

_CENTRAL_HEADER = b"PK\x01\x02"
_LOCAL_HEADER_BYTES = 30
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000
_STORED, _DEFLATED = 0, 8


class Relation(NamedTuple):
    """What an Office Open XML part says of another one."""

    kind: str
    """The last word of its type's address: "styles", "slide", "hyperlink"."""
    target: str | None
    """The other part's name, None where it is outside the archive."""


class Archive:
    """The parts of a zip archive by name.

    Args:
        data: the whole file.
        source: what errors name.

    Raises:
        EmptySource: there are no bytes but white space.
        UnsupportedFormat: it is no zip archive, or a damaged one.
        SourceUnreadable: it is protected by a password.
        SourceTooLarge: it has more than MAX_ENTRIES parts.
    """

    def __init__(self, data: bytes, source: str) -> None:
        self.source = source
        self._zip = _opened(data, source)
        self._infos: dict[str, ZipInfo] = {}
        for info in self._zip.infolist():
            if not info.is_dir():
                self._infos.setdefault(info.filename, info)
        # Office Open XML does not tell part names apart by case; some programs part them as Windows
        # does.
        self._folded = {_folded(name): name for name in reversed(self._infos)}
        self._left = MAX_PARTS_READ

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts as they stand in the archive; never to be used as paths."""
        return tuple(self._infos)

    def __contains__(self, name: str) -> bool:
        return self._find(name) is not None

    def read(self, name: str) -> bytes | None:
        """A part's bytes, None where there is no part of this name (in this or another case).

        Raises:
            UnsupportedFormat: the part is damaged or compressed in an unknown way.
            SourceTooLarge: the part, or what has been read with it, is over the caps.
        """
        info = self._find(name)
        if info is None:
            return None
        self._check_method(info)
        if info.file_size > min(MAX_PART, self._left):
            most = MAX_PART if info.file_size > MAX_PART else MAX_PARTS_READ
            raise SourceTooLarge(
                f"it unpacks to more than {most // 2**20} MiB",
                self.source,
                "Split it into smaller files.",
            )
        self._left -= info.file_size
        part = self._unpacked(info)
        if len(part) != info.file_size:
            raise damaged(self.source)
        return part

    def size(self, name: str) -> int | None:
        """How many bytes a part says to have, None where there is none of this name."""
        info = self._find(name)
        return None if info is None else info.file_size

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a part piece by piece, for parts too large to be held; none of no part.

        Raises:
            UnsupportedFormat: as `read`.
            SourceTooLarge: the part has more than MAX_STREAMED bytes.
        """
        import zlib
        from zipfile import BadZipFile

        info = self._find(name)
        if info is None:
            return
        self._check_method(info)
        if info.file_size > MAX_STREAMED:
            raise SourceTooLarge(
                f"it unpacks to more than {MAX_STREAMED // 2**20} MiB",
                self.source,
                "Split it into smaller files.",
            )
        try:
            with self._zip.open(info) as part:
                while piece := part.read(PIECE):
                    yield piece
        except (BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
            raise damaged(self.source) from None

    def _check_method(self, info: ZipInfo) -> None:
        if info.compress_type not in (_STORED, _DEFLATED):
            raise UnsupportedFormat(
                "a part of it is compressed in a way that documents do not use",
                self.source,
                "Open it in the program that made it and save it again.",
            )

    def needed(self, name: str) -> bytes:
        """A part's bytes, where the file is damaged without that part.

        Raises:
            UnsupportedFormat, SourceTooLarge: as `read`, or there is no such part.
        """
        part = self.read(name)
        if part is None:
            raise damaged(self.source)
        return part

    def xml(self, name: str, *, doctype: bool = False) -> Element | None:
        """The root element of a part, None where there is no such part; see `common/xml.py`."""
        part = self.read(name)
        return None if part is None else tree(part, self.source, doctype=doctype)

    def parse(self, name: str, target: Target, *, doctype: bool = False) -> bool:
        """Tell `target` what stands in a part, for parts that may be large; False: no such part."""
        part = self.read(name)
        if part is None:
            return False
        parse(part, self.source, target, doctype=doctype)
        return True

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part of an Office Open XML file refers to, by id; of the whole file for ""."""
        folder, _, file = name.rpartition("/")
        rels = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        root = self.xml(rels)
        found: dict[str, Relation] = {}
        for element in root if root is not None else ():
            kind = element.get("Type", "").rpartition("/")[2]
            outside = element.get("TargetMode", "").lower() == "external"
            target = None if outside else resolve(name, element.get("Target", ""))
            found[element.get("Id", "")] = Relation(kind, target)
        return found

    def _find(self, name: str) -> ZipInfo | None:
        info = self._infos.get(name)
        return info if info is not None else self._infos.get(self._folded.get(_folded(name), ""))

    def _unpacked(self, info: ZipInfo) -> bytes:
        import zlib
        from zipfile import BadZipFile

        try:
            with self._zip.open(info) as part:
                # One byte more than it says, to notice one that lies.
                return part.read(info.file_size + 1)
        except (BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
            # NotImplementedError is a RuntimeError.
            raise damaged(self.source) from None


def _folded(name: str) -> str:
    return name.lower().replace("\\", "/")


def resolve(base: str, reference: str) -> str | None:
    """The name of the part that a reference in the part `base` points to.

    Percent-encoding and a fragment (`#chapter`) are taken off; None where the reference has a
    scheme (`https:`), or climbs out of the archive.
    """
    reference = reference.partition("#")[0].partition("?")[0]
    head = reference.partition("/")[0]
    if ":" in head or reference.startswith("//"):
        return None
    steps = [] if reference.startswith("/") else base.split("/")[:-1]
    if not reference:
        return base
    for step in unquote(reference).replace("\\", "/").split("/"):
        if step == "..":
            if not steps:
                return None
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _opened(data: bytes, source: str) -> ZipFile:
    import struct
    from zipfile import BadZipFile, ZipFile

    if not data.strip():
        raise EmptySource(
            "there is no text in it", source, "Give a file that has some, or leave this one out."
        )
    if data.startswith(_COMPOUND_FILE):
        raise _compound_file(data, source)
    # Counted before zipfile makes an object of each.
    if data.count(_CENTRAL_HEADER) > MAX_ENTRIES:
        raise SourceTooLarge(
            f"it has more than {MAX_ENTRIES} parts", source, "Split it into smaller files."
        )
    try:
        archive = ZipFile(io.BytesIO(data))
    except (BadZipFile, OSError, ValueError, RuntimeError, EOFError, struct.error, IndexError):
        if data.startswith(b"PK\x03\x04"):
            raise damaged(source) from None
        raise _not_zip(source) from None
    if any(info.flag_bits & _ENCRYPTED_FLAGS for info in archive.infolist()):
        raise password(source)
    _refuse_overlaps(archive, source)
    return archive


def _refuse_overlaps(archive: ZipFile, source: str) -> None:
    """Parts that share their bytes are how a small file claims to hold petabytes."""
    end = 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise damaged(source)
        # At least so long: the extra field of the local header is not known here.
        end = info.header_offset + _LOCAL_HEADER_BYTES + len(info.filename) + info.compress_size
    if end > archive.start_dir:
        raise damaged(source)


def password(source: str) -> SourceUnreadable:
    """The error for a document that only opens with a password."""
    return SourceUnreadable(
        "it is protected by a password", source, "Save a copy without a password and name that."
    )


def _compound_file(data: bytes, source: str) -> SourceUnreadable | UnsupportedFormat:
    """What stands in the container of Office 97, which is also that of protected newer files."""
    if _ENCRYPTED_PACKAGE in data:
        return password(source)
    return UnsupportedFormat(
        "it is in the format of Office 97 to 2003",
        source,
        "Open it in an office program and save it in the newer format.",
    )


def _not_zip(source: str) -> UnsupportedFormat:
    suffix = PurePath(source).suffix.lower()
    return UnsupportedFormat(
        f"not really a {suffix} file" if suffix else "not an office document",
        source,
        "Check what it is, or leave it out.",
    )
