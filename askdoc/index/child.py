"""Read, split and analyse one file: what a child process does for the index.

The job is a JSON object: the file's `path`, the `name` for its document, and the `digest` of what
is stored of it ("" for nothing). The reply begins with what came of it: SAME where the content is
what is stored, READ with the digest and the parcel, FAILED with the error's kind, what, where and
remedy.
"""

from __future__ import annotations

import json

from askdoc.errors import LoadError
from askdoc.load import load_bytes, read_bytes
from askdoc.load.isolation import seconds_for
from askdoc.store.files import digest
from askdoc.store.parcel import pack, prepare
from askdoc.workers import serve

SAME, READ, FAILED = b"same", b"read", b"failed"


def job(path: str, name: str, size: int, known: bytes) -> bytes:
    """A job for `handle`: the file, the bytes that it has, and the digest of what is stored."""
    task = {"path": path, "name": name, "size": size, "digest": known.hex()}
    return json.dumps(task).encode("ascii")


def seconds(asked: bytes) -> float:
    """How long a job may take: reading, and as long again for what is done with the text."""
    return 2 * seconds_for(json.loads(asked)["size"])


def handle(asked: bytes) -> bytes:
    """Do one job."""
    task = json.loads(asked)
    try:
        data = read_bytes(task["path"], task["name"])
    except LoadError as error:
        return pack((FAILED, b"", _told(error)))
    found = digest(data)
    if found.hex() == task["digest"]:
        return pack((SAME, found))
    try:
        parcel = prepare(load_bytes(data, task["path"], task["name"]))
    except LoadError as error:
        return pack((FAILED, found, _told(error)))
    return pack((READ, found, parcel.to_bytes()))


def _told(error: LoadError) -> bytes:
    return json.dumps([type(error).__name__, error.what, error.where, error.remedy]).encode()


if __name__ == "__main__":
    serve(handle)
