"""Files as the index knows them: by size and time, and by a digest of their content."""

from __future__ import annotations

import hashlib
import os
import stat

from askdoc.store.sources import Source

DIGEST_BYTES = 16
_FLAGS = getattr(os, "O_NONBLOCK", 0)


def digest(content: bytes) -> bytes:
    """What tells one content from another."""
    return hashlib.blake2b(content, digest_size=DIGEST_BYTES).digest()


def digest_of(path: bytes | str) -> bytes | None:
    """The digest of a file, None where it cannot be read."""
    whole = hashlib.blake2b(digest_size=DIGEST_BYTES)
    try:
        # A pipe is not waited for, and a device not read: neither has a content.
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _FLAGS)) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            while chunk := file.read(1 << 20):
                whole.update(chunk)
    except (OSError, ValueError):
        return None
    return whole.digest()


SAME, CHANGED, GONE = "", "has changed", "is gone"


def change_of(source: Source) -> str:
    """What happened to a source's file since it was read: nothing, a change, or it is gone.

    The file is looked up by the path that the index tells, and not opened.
    """
    try:
        status = os.stat(source.path)
    except (OSError, ValueError):
        return GONE
    same = (status.st_size, status.st_mtime_ns) == (source.size, source.modified)
    return SAME if same else CHANGED
