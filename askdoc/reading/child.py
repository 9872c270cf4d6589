"""The program of a child process: reads, splits and analyses the files that it is told to."""

from __future__ import annotations

import gc

from askdoc.errors import EmptySource, LoadError
from askdoc.load import load_bytes, read_bytes
from askdoc.reading.protocol import Job, failed, read, same
from askdoc.store.files import digest
from askdoc.store.prepared import prepare


def handle(message: bytes) -> bytes:
    """Do the job that a message asks for; the reply is one that `Result.from_bytes` understands."""
    job = Job.from_bytes(message)
    try:
        data = read_bytes(job.path, job.name, job.within)
    except LoadError as error:
        return failed(b"", error)
    found = digest(data)
    if found.hex() == job.digest:
        return same(found)
    try:
        document = load_bytes(data, job.path, job.name)
        del data  # What follows needs the room.
        parcel = prepare(document)
        del document
        if not parcel.rows:
            raise _empty(job)
        return read(found, parcel)
    except LoadError as error:
        return failed(found, error)


def _empty(job: Job) -> EmptySource:
    remedy = "Give a file that has some, or leave it out."
    return EmptySource("there is no text in it", job.name, remedy)


def main() -> None:
    """Do jobs until the program that gives them has ended."""
    from askdoc.workers import serve

    # What a job leaves behind has few cycles: looking for them often takes a tenth of the time.
    gc.set_threshold(100_000)
    serve(handle)


if __name__ == "__main__":
    main()
