"""The child of `askdoc index`, with a loader that costs it its life.

A file named *.lost holds the code with which its child ends, unless a file named .mended stands
beside it; one named .tries gets longer by one with each try.
"""

from __future__ import annotations

import os
from pathlib import Path

from askdoc.load.formats import LOADERS
from askdoc.model import Document
from askdoc.reading import child

SUFFIX = ".lost"
MENDED, TRIES = ".mended", ".tries"


def load(data: bytes, source: str) -> Document:
    folder = Path(source).parent
    with (folder / TRIES).open("ab") as tries:
        tries.write(b".")
    if not (folder / MENDED).exists():
        os._exit(int(data))
    return Document("The lamp is lit.", source)


if __name__ == "__main__":
    LOADERS[SUFFIX] = load
    child.main()
