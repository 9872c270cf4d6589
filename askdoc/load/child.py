"""The program of a child process: reads the files that it is told to, one after the other."""

from __future__ import annotations

from askdoc.errors import LoadError
from askdoc.load.files import load_file
from askdoc.load.isolation import errand
from askdoc.wire import pack
from askdoc.workers import serve


def handle(message: bytes) -> bytes:
    """Read a file: what `isolation.job` says to what `isolation.result` understands."""
    try:
        return pack(load_file(*errand(message)))
    except LoadError as problem:
        return pack(problem)


if __name__ == "__main__":
    serve(handle)
