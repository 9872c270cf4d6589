"""The files of the inverted index: opened, compared with what is committed, and cleared up.

None is ever changed: each is written once, under a name that no other has, and removed when it is
no longer needed. tantivy ends each with a checksum, which the catalogue keeps with the file's name
and size, so that neither a flipped bit nor another index's file can stand in for it.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import zlib
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from askdoc.store.gate import LEFT_OVER, MOST_SEGMENT, SEGMENT, open_plain, parts
from askdoc.store.state import SegmentFile

_FOOTER = struct.Struct("<II")
_MAGIC = 1337
_LONGEST_FOOTER = 4096
_CHUNK = 1 << 20
_COUNT = struct.Struct("<Q")
_TEXTS = ".store"
_MOST_LAYERS = 20
# Version, where its index begins, how it is packed (0 for not at all), and room.
_TEXTS_END = struct.Struct("<IQB15s")


def open_segment(folder: Path, file: SegmentFile, *, checked: bool) -> BinaryIO:
    """A file of the inverted index, opened; it is what was committed.

    Args:
        folder: where it is.
        file: what was committed.
        checked: whether its content was compared before, and only its size need be now.

    Raises:
        ValueError: it is another one, or damaged.
        OSError: it cannot be read.
    """
    opened = open_plain(folder / file.name, MOST_SEGMENT)
    try:
        _check(opened, file, checked)
        opened.seek(0)
    except BaseException:
        opened.close()
        raise
    return opened


def terms_in(opened: BinaryIO) -> int:
    """How many terms tantivy counts in a part of the inverted index.

    Args:
        opened: its file of postings, which begins with that: those of the terms stand first.
    """
    opened.seek(0)
    found = opened.read(_COUNT.size)
    opened.seek(0)
    return int(_COUNT.unpack(found)[0]) if len(found) == _COUNT.size else 0


def written(folder: Path, names: Iterable[str]) -> tuple[SegmentFile, ...]:
    """The files of these names, as far as they are there, as tantivy wrote them just now.

    Raises:
        ValueError: tantivy did not end one as it does.
        OSError: one cannot be read.
    """
    there = parts(folder)
    files = []
    for name in sorted(there.keys() & set(names)):
        with open_plain(folder / name, MOST_SEGMENT) as opened:
            size = os.fstat(opened.fileno()).st_size
            files.append(SegmentFile(name, size, _footer(opened, name, size)[1]))
    return tuple(files)


def content_of(folder: Path, file: SegmentFile) -> bytes:
    """A digest of what a file holds, which no other content has.

    Raises:
        ValueError: it is no plain file.
        OSError: it cannot be read.
    """
    whole = hashlib.sha256()
    with open_plain(folder / file.name, MOST_SEGMENT) as opened:
        while chunk := opened.read(_CHUNK):
            whole.update(chunk)
    return whole.digest()


def sweep(folder: Path, kept: Collection[str]) -> None:
    """Remove files of the inverted index that are not committed, and what was half-written.

    Where one cannot be removed, since somebody reads it, the next writer does.
    """
    for name in parts(folder):
        if (SEGMENT.fullmatch(name) and name not in kept) or LEFT_OVER.fullmatch(name):
            with suppress(OSError):
                (folder / name).unlink()


def _check(opened: BinaryIO, file: SegmentFile, checked: bool) -> None:
    if os.fstat(opened.fileno()).st_size != file.size:
        raise ValueError(f"{file.name} is cut short")
    body, said = _footer(opened, file.name, file.size)
    if said != file.sum:
        raise ValueError(f"{file.name} is another one")
    if file.name.endswith(_TEXTS):
        _check_texts(opened, file.name, body)
    if checked:
        return
    opened.seek(0)
    found, left = 0, body
    while left:
        chunk = opened.read(min(_CHUNK, left))
        if not chunk:
            raise ValueError(f"{file.name} is cut short")
        found = zlib.crc32(chunk, found)
        left -= len(chunk)
    if found != file.sum:
        raise ValueError(f"{file.name} was changed")


def _footer(opened: BinaryIO, name: str, size: int) -> tuple[int, int]:
    """How long its content is and which checksum that has; both follow the content, in JSON.

    After them stand their length and a magic number.
    """
    opened.seek(max(0, size - _FOOTER.size))
    try:
        length, magic = _FOOTER.unpack(opened.read())
        body = size - _FOOTER.size - length
        if magic != _MAGIC or body < 0 or length > _LONGEST_FOOTER:
            raise ValueError
        opened.seek(body)
        check = json.loads(opened.read(length))["crc"]
        if type(check) is not int or not 0 <= check < 2**32:
            raise ValueError
    except (ValueError, LookupError, TypeError, RecursionError, struct.error):
        raise ValueError(f"{name} is cut short") from None
    return body, check


def _check_texts(opened: BinaryIO, name: str, body: int) -> None:
    """A file of texts, of which askdoc has none: not packed, and with an index that has an end.

    tantivy sets room aside for as many layers as the file says, and ends the program where there
    is not so much.
    """
    if body >= _TEXTS_END.size:
        opened.seek(body - _TEXTS_END.size)
        _, start, packed, _ = _TEXTS_END.unpack(opened.read(_TEXTS_END.size))
        if not packed and start < body:
            opened.seek(start)
            # A number below 128 is one byte with its highest bit set.
            layers = opened.read(1)[0] - 0x80
            if 0 <= layers <= _MOST_LAYERS:
                return
    raise ValueError(f"{name} was changed")
