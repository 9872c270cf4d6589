"""Files as the index knows them: by a digest of their content."""

from __future__ import annotations

import hashlib
import os

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
