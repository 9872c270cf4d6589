"""Read, split and analyse files: what a child process does for the index.

A job is a list of files, as a JSON object each: its `path`, the `name` for its document, its
`size`, the `digest` of what is stored of it ("" for nothing), the folder `within` which it must
be ("" for any), and whether it is `alone` in being named. The reply is a list as long, packed, of
what came of each: SAME where the content is what is stored, READ with the digest and the parcel,
FAILED with the error's kind, what, where and remedy. Small files come many at a time, since it
takes longer to hand one over than to read it.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable
from typing import NamedTuple

from askdoc.errors import LoadError
from askdoc.load import load_bytes, read_bytes
from askdoc.load.isolation import seconds_for
from askdoc.store.files import digest
from askdoc.store.parcel import packed, prepare
from askdoc.workers import serve

SAME, READ, FAILED = b"same", b"read", b"failed"


class Errand(NamedTuple):
    """A file to read, as `handle` is told of it."""

    path: str
    name: str
    size: int
    digest: str
    within: str = ""
    alone: bool = False


def job(files: Iterable[Errand]) -> bytes:
    """A job for `handle`."""
    return json.dumps([errand._asdict() for errand in files]).encode("ascii")


def seconds(asked: bytes) -> float:
    """Processor time for a job: for reading, and as much again for what is done with the text."""
    files = json.loads(asked)
    return 2 * seconds_for(sum(file["size"] for file in files), files[0]["alone"])


def handle(asked: bytes) -> bytes:
    """Do one job."""
    return b"".join(packed(_handle(Errand(**file)) for file in json.loads(asked)))


def _handle(file: Errand) -> list[bytes]:
    try:
        data = read_bytes(file.path, file.name, file.within)
    except LoadError as error:
        return packed(([FAILED], [b""], [_told(error)]))
    found = digest(data)
    if found.hex() == file.digest:
        return packed(([SAME], [found]))
    try:
        document = load_bytes(data, file.path, file.name)
    except LoadError as error:
        return packed(([FAILED], [found], [_told(error)]))
    del data  # what follows needs the room
    parcel = prepare(document)
    del document
    return packed(([READ], [found], parcel.pieces()))


def _told(error: LoadError) -> bytes:
    return json.dumps([type(error).__name__, error.what, error.where, error.remedy]).encode()


if __name__ == "__main__":
    # What a job leaves behind has few cycles: looking for them often takes a tenth of the time.
    gc.set_threshold(100_000)
    serve(handle)
