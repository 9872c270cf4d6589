"""What is said between the program and the children that read files for it.

Not by pickle, which would let a process that a hostile file has taken over run code in the one that
reads what it says. A document has one form here, in the index and in the cache: its parcel.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from askdoc.errors import LoadError, SourceNotFound, SourceUnreadable
from askdoc.model import Document
from askdoc.reading.limits import seconds_for
from askdoc.reading.problems import pack_error, unpack_error
from askdoc.store.files import DIGEST_BYTES
from askdoc.store.prepared import PreparedDocument, pack, packed, unpack

_SAME, _READ, _FAILED = b"same", b"read", b"failed"


class Job(NamedTuple):
    """A file to read, split and analyse.

    `name` is what its document is called, `size` how many bytes it has. `digest` is that of a
    content that need not be read again, in hexadecimal digits, empty where there is none; `within`
    is the folder that the file must not lead out of, empty for any. `alone` is whether it is all
    that was named, and so may take longer; `apart` whether it may cost its child, and is not to
    keep others waiting.
    """

    path: str
    name: str
    size: int
    digest: str = ""
    within: str = ""
    alone: bool = False
    apart: bool = False

    def to_bytes(self) -> bytes:
        """The message that asks a child to do it."""
        return json.dumps(self).encode("ascii")

    @classmethod
    def from_bytes(cls, message: bytes) -> Job:
        """What `to_bytes` made."""
        return cls(*json.loads(message))


def seconds(message: bytes) -> float:
    """Processor time for the job that a message asks for."""
    job = Job.from_bytes(message)
    return seconds_for(job.size, job.alone)


class Result(NamedTuple):
    """What came of a job: a document, or a problem, or that the content is the `same`.

    The document brings the parcel along that `prepare` makes of it. `digest` is that of the
    content, empty where that could not be read. `unopened` is whether the reason of a problem lies
    in the system rather than in the file, which then may be read next time as it is; `lost` is
    whether the child that read it was, which may be either's fault.
    """

    digest: bytes = b""
    document: Document | None = None
    problem: LoadError | None = None
    same: bool = False
    unopened: bool = False
    lost: bool = False

    @classmethod
    def from_bytes(cls, reply: bytes, job: Job) -> Result:
        """What a child replied, which may have been taken over by the file that it read.

        Raises:
            ValueError: it is no reply, or not one to this job.
        """
        kind, told, *rest = unpack(reply)
        digest = bytes(told)
        if len(digest) not in (0, DIGEST_BYTES):
            raise ValueError("not a digest")
        if kind == _SAME and not rest and digest and digest.hex() == job.digest:
            return cls(digest, same=True)
        (content,) = rest
        if kind == _READ and digest:
            return cls(digest, PreparedDocument.from_bytes(content).document(job.name))
        if kind != _FAILED:
            raise ValueError("not a reply")
        problem = unpack_error(bytes(content))
        unopened = not digest and isinstance(problem, SourceUnreadable | SourceNotFound)
        return cls(digest, problem=problem, unopened=unopened)


def same(digest: bytes) -> bytes:
    """The reply that a content is what is known."""
    return pack((_SAME, digest))


def read(digest: bytes, parcel: PreparedDocument) -> bytes:
    """The reply that a content was read."""
    return b"".join(packed(([_READ], [digest], parcel.pieces())))


def failed(digest: bytes, error: LoadError) -> bytes:
    """The reply that there is nothing to read; `digest` is empty where there was no content."""
    return pack((_FAILED, digest, pack_error(error)))
