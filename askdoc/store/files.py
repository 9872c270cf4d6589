"""Files as the index knows them: by size and time, and by a digest of their content."""

from __future__ import annotations

import hashlib
import os

from askdoc.store.catalog import Source

DIGEST_BYTES = 16


def digest(content: bytes) -> bytes:
    """What tells one content from another."""
    return hashlib.blake2b(content, digest_size=DIGEST_BYTES).digest()


def digest_of(path: bytes | str) -> bytes | None:
    """The digest of a file, None where it cannot be read."""
    whole = hashlib.blake2b(digest_size=DIGEST_BYTES)
    try:
        if not os.path.isfile(path):
            return None
        with open(path, "rb") as file:
            while chunk := file.read(1 << 20):
                whole.update(chunk)
    except OSError:
        return None
    return whole.digest()


SAME, CHANGED, GONE = "", "has changed", "is gone"


def change_of(source: Source, *, by_content: bool = False) -> str:
    """What happened to a source's file since it was read: nothing, a change, or it is gone.

    Args:
        source: as stored.
        by_content: whether to read a file whose size and time differ before calling it changed.
    """
    try:
        stat = os.stat(source.path)
    except OSError:
        return GONE
    if (stat.st_size, stat.st_mtime_ns) == (source.size, source.modified):
        return SAME
    if by_content and digest_of(source.path) == source.digest:
        return SAME
    return CHANGED
