"""A document -> the bytes of its file, as long as it is the one that was read.

An index may have been made by somebody who wants to know what stands in a file that it names. So
what is given out has the very content that was indexed, or is the very file that was there when the
server started, unchanged in size and time.
"""

from __future__ import annotations

import os
import stat
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import NamedTuple

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from askdoc.errors import LoadError
from askdoc.load.opening import open_at_once
from askdoc.model import Document
from askdoc.serve.limits import Room
from askdoc.serve.problems import Problem
from askdoc.store.files import digest
from askdoc.store.stored import StoredDocument
from askdoc.verify.sources import NoFile, path_of

MOST = 2**28
"""Bytes of a file that is given out."""
_PART = 2**18


class Original(NamedTuple):
    """A document's file: the document's name and the bytes."""

    source: str
    content: bytes


class Attachment(StreamingResponse):
    """The bytes of a file, to be saved; they take their place among what is sent until they are.

    Args:
        content: the bytes.
        room: where they have their place, which was taken before.
        headers: what the reply has besides.
    """

    def __init__(self, content: bytes, room: Room, headers: Mapping[str, str]) -> None:
        held = memoryview(content)
        parts = (held[at : at + _PART] for at in range(0, len(held), _PART))
        super().__init__(
            _each(parts),
            media_type="application/octet-stream",
            headers={**headers, "Content-Length": str(len(content))},
        )
        self._room, self._size = room, len(content)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them as the client takes them."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._room.leave(self._size)


async def _each(parts: Iterable[memoryview]) -> AsyncIterator[memoryview]:
    for part in parts:
        yield part


def status_of(source: str) -> os.stat_result | None:
    """What the system tells of the file that a name is that of, None where there is none."""
    try:
        status = os.stat(path_of(source))  # noqa: PTH116 (a Path would change the name)
    except (NoFile, OSError, ValueError):
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def read_original(document: Document, before: os.stat_result | None) -> Original:
    """A document's file.

    Args:
        document: one of a saved index, or in memory.
        before: of one in memory, what the system told of its file; None where it has none.

    Raises:
        Problem: it has no file, or its file is not the one that was read.
    """
    source = document.source
    if isinstance(document, StoredDocument):
        content, _ = _read(os.fsdecode(document.stored.path), source)
        if digest(content) != document.stored.digest:
            raise _changed(source)
        return Original(source, content)
    if before is None:
        raise Problem(
            "not-found", "the document is not a file", source, "Its text is all there is of it."
        )
    content, status = _read(path_of(source), source)
    if _identity(status) != _identity(before):
        raise _changed(source)
    return Original(source, content)


def _identity(status: os.stat_result) -> tuple[int, ...]:
    """What tells a file from another. Size and time alone can be those of any file: who may write
    in a folder gives them to one of their own, and puts a link to the other in its place later."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _read(path: str, source: str) -> tuple[bytes, os.stat_result]:
    """The bytes of a regular file, and what the system tells of it."""
    try:
        with open(
            path, "rb", opener=lambda name, flags: open_at_once(name, flags, source, "")
        ) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > MOST:
                raise _changed(source)
            content = file.read(MOST + 1)
    except (OSError, ValueError, LoadError):
        raise _changed(source) from None
    if len(content) > MOST:
        raise _changed(source)
    return content, status


def _changed(source: str) -> Problem:
    return Problem(
        "original-changed",
        "the file is gone, or another one than was read",
        source,
        "Bring the index up to date, or start the server anew.",
    )
