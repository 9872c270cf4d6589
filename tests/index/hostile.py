"""An index that somebody made to do harm, all the ways to open it, and what must not be harmed."""

from __future__ import annotations

import os
import signal
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from states import opened, write

from askdoc.errors import AskdocError, SavedIndexError
from askdoc.index import remove, status, update

PRECIOUS = "Years of work."
SECONDS = 60


@dataclass(frozen=True)
class Scene:
    """An index of some documents, and beside it a folder that is none of its business."""

    index: Path
    docs: Path
    victim: Path

    @property
    def data(self) -> Path:
        """Where its data stands."""
        return self.index / "data-1"

    def is_unharmed(self) -> bool:
        """Whether the folder beside it is as it was."""
        beside = [file.name for file in self.victim.parent.iterdir()]
        return self.victim.read_text() == PRECIOUS and beside == [self.victim.name]


Use = Callable[[Scene], object]
"""A way to open an index."""

READING: list[Use] = [
    lambda scene: opened(scene.index).search("ferry"),
    lambda scene: status(scene.index),
]
WRITING: list[Use] = [
    lambda scene: update(scene.index, scene.docs, processes=0),
    lambda scene: update(scene.index, processes=0),
    lambda scene: remove(scene.index, [scene.docs / "ferry.txt"]),
]


def victim_in(folder: Path) -> Path:
    """A file that is none of the index's business."""
    return write(folder / "precious" / "thesis.txt", PRECIOUS)


@contextmanager
def in_time() -> Iterator[None]:
    """Whatever is done within must not wait for ever."""

    def stop(*_: object) -> None:
        raise TimeoutError("it hangs")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def check_refused(scene: Scene, *, match: str | None = None, uses: list[Use] | None = None) -> None:
    """However it is opened, it is refused with a clear error, in time, and nothing is harmed."""
    for use in [*READING, *WRITING] if uses is None else uses:
        with in_time(), pytest.raises(SavedIndexError, match=match) as told:
            use(scene)
        assert told.value.where and told.value.remedy
        assert scene.is_unharmed()


def check_harmless(scene: Scene) -> None:
    """However it is opened, it answers or is refused, in time, and nothing is harmed."""
    for use in [*READING, *WRITING]:
        with in_time():
            try:
                use(scene)
            except AskdocError as error:
                assert error.remedy
        assert scene.is_unharmed()


def journal_that_names(victim: Path, database: Path) -> bytes:
    """A journal of SQLite's that it would undo, and then delete the file that it names."""
    magic, page = bytes.fromhex("d9d505f920a163d7"), 4096
    pages = database.stat().st_size // page
    name = os.fsencode(victim)
    check = sum(byte if byte < 128 else byte - 256 for byte in name) & 0xFFFFFFFF
    end = struct.pack(">I", 0x40000000 // page + 1)
    return journal_of(pages) + end + name + struct.pack(">II", len(name), check) + magic


def journal_of(pages: int) -> bytes:
    """A journal of SQLite's that undoes nothing but the size of the file."""
    magic = bytes.fromhex("d9d505f920a163d7")
    return (magic + struct.pack(">IIIII", 0, 12345, pages, 512, 4096)).ljust(512, b"\0")
