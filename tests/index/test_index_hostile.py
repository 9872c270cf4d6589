"""An index that somebody made to do harm: it is refused or it answers, and harms no other file."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from states import OLD, opened, some_documents, write

from askdoc.errors import IndexDamaged
from askdoc.index import remove, status, update
from askdoc.store.gate import JOURNAL

Use = Callable[[Path, Path], object]
"""A way to open an index: it, and the folder that it was made of."""

READING: list[Use] = [
    lambda index, _: opened(index).search("ferry"),
    lambda index, _: status(index),
]
WRITING: list[Use] = [
    lambda index, docs: update(index, docs, processes=0),
    lambda index, docs: remove(index, [docs / "ferry.txt"]),
]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return some_documents(tmp_path / "docs")


@pytest.fixture
def index(tmp_path: Path, docs: Path) -> Path:
    """An index of `docs`, just made."""
    update(tmp_path / "index", docs, processes=0)
    return tmp_path / "index"


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A file that is none of the index's business."""
    return write(tmp_path / "precious" / "thesis.txt", "Years of work.")


def is_whole(victim: Path) -> bool:
    return victim.read_text() == "Years of work." and len(list(victim.parent.iterdir())) == 1


def journal_that_names(victim: Path, database: Path) -> bytes:
    """A journal of SQLite's that it would undo, and then delete the file that it names."""
    magic, page = bytes.fromhex("d9d505f920a163d7"), 4096
    pages = database.stat().st_size // page
    head = (magic + struct.pack(">IIIII", 0, 12345, pages, 512, page)).ljust(512, b"\0")
    name = os.fsencode(victim)
    check = sum(byte if byte < 128 else byte - 256 for byte in name) & 0xFFFFFFFF
    end = struct.pack(">I", 0x40000000 // page + 1)
    return head + end + name + struct.pack(">II", len(name), check) + magic


@pytest.mark.parametrize("use", [*READING, *WRITING])
def test_a_journal_that_names_another_file_does_not_have_it_deleted(
    index: Path, docs: Path, victim: Path, use: Use
) -> None:
    data = index / "data-1"
    (data / JOURNAL).write_bytes(journal_that_names(victim, data / "sources.db"))
    with pytest.raises(IndexDamaged, match="names another file"):
        use(index, docs)
    assert is_whole(victim)


@pytest.mark.parametrize("use", WRITING)
def test_tantivys_list_of_what_it_may_delete_is_not_taken_from_the_index(
    index: Path, docs: Path, victim: Path, use: Use
) -> None:
    managed = index / "data-1" / "terms" / ".managed.json"
    names = [*json.loads(managed.read_bytes()), str(victim), "../../../precious/thesis.txt"]
    managed.write_text(json.dumps(names))
    write(docs / "ferry.txt", "Another ferry, another day.", modified=OLD + 1)
    use(index, docs)
    assert is_whole(victim)
