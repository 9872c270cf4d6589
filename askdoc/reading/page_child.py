"""The program of a child process: draws pages of PDFs, and finds where words stand on them."""

from __future__ import annotations

import json

from askdoc.load import read_bytes
from askdoc.load.pdf.marks import marks_on
from askdoc.load.pdf.picture import picture_of
from askdoc.reading.pages import MARKS, Wish, marks_told, picture_told
from askdoc.store.files import digest
from askdoc.store.prepared import unpack


def handle(message: bytes) -> bytes:
    """Do what a message asks for; the reply is one that `Pages` understands."""
    head, given = unpack(message)
    wish = Wish(*json.loads(bytes(head)))
    data = read_bytes(wish.path, wish.path, wish.within) if wish.path else bytes(given)
    if wish.digest and digest(data).hex() != wish.digest:
        return b""
    if wish.kind == MARKS:
        return marks_told(marks_on(data, wish.page, wish.text, wish.start, wish.end))
    return picture_told(picture_of(data, wish.page, wish.width))


def main() -> None:
    """Do as the program that asks wishes, until that has ended."""
    from askdoc.workers import serve

    serve(handle)


if __name__ == "__main__":
    main()
