"""tantivy: the passages with their text, found by the terms that stand in them.

It knows passages by number. What it keeps is checked against the checksums that it writes itself at
the end of each file, once for each file: it does not look at them when it opens one. Only a large
file of texts is left out; each text has its number and a checksum of its own. `schema` is what it
keeps, `snapshot` is searched, `writing` writes.
"""

from __future__ import annotations

import json
import os
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from askdoc.store.folder import TERMS, damaged, replace_file, unwritable
from askdoc.store.mirror import UNWRITABLE, Mirror
from askdoc.store.schema import BLANKS, schema
from askdoc.store.snapshot import Snapshot

if TYPE_CHECKING:
    from tantivy import Index

_META, _MANAGED, _WRITER_LOCK = "meta.json", ".managed.json", ".tantivy-writer.lock"
_KINDS = ("term", "idx", "fieldnorm", "fast", "pos", "store")
_TEXTS = ".store"
# A part of the index: what it belongs to, which deletions it tells, its kind.
_OWN = re.compile(rf"[0-9a-f]{{32}}\.(?:{'|'.join(_KINDS)}|[0-9]{{1,20}}\.del)")
# Texts of more bytes are not compared with their checksum: that would take longer than all else.
_LARGE_TEXTS = 16 * 2**20
_FOOTER = struct.Struct("<II")
_MAGIC = 1337
_CHUNK = 1 << 20
_BLOCK_BYTES = 4096
_NO_ROOM = re.compile(rf"No space left|File too large|quota|{UNWRITABLE}", re.I)

# What comes of damaged files besides a panic of tantivy's.
_FOREIGN = (
    ValueError, OSError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError,
    MemoryError, struct.error,
)  # fmt: skip


class Terms:
    """The inverted index of a saved index.

    Args:
        data: the folder of the index's data.
        create: whether to make a new one.
        writes: whether to change it, which only the holder of the lock may.
    """

    def __init__(self, data: Path, *, create: bool = False, writes: bool = False) -> None:
        import tantivy

        self._folder = data / TERMS
        self._checked: set[str] = set()
        self._mirror: Mirror | None = None
        with self.translated():
            if create:
                tantivy.Index(schema(), str(self._folder))
                _store_in_small_blocks(self._folder / _META)
            elif writes:
                self._list_files()
            self._index = self._opened()
            blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
            self._index.register_tokenizer(BLANKS, blanks)
            # No thread that watches the folder: it is looked up when it matters.
            self._index.config_reader("manual", 0)

    def _list_files(self) -> None:
        """Write anew the list of what tantivy may delete, from what stands in its own folder.

        It deletes whatever that list names, wherever that is: nobody else's list will do.
        """
        names = [
            entry.name
            for entry in os.scandir(self._folder)
            if _OWN.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)
        ]
        replace_file(self._folder / _MANAGED, json.dumps([*sorted(names), _META]).encode("ascii"))

    def _opened(self) -> Index:
        import tantivy

        try:
            return tantivy.Index.open(str(self._folder))
        except ValueError as error:
            if not re.search(UNWRITABLE, str(error)):
                raise
        self._mirror = Mirror(self._folder)
        return tantivy.Index.open(str(self._mirror.path))

    @property
    def index(self) -> Index:
        return self._index

    @property
    def folder(self) -> Path:
        """Where it stands."""
        return self._folder

    def share(self) -> None:
        """Give tantivy's own lists, which nobody else may read, the rights of its other files."""
        # Not all file systems have rights.
        with suppress(OSError):
            rights = (self._folder / _WRITER_LOCK).stat().st_mode & 0o777
            for name in (_META, _MANAGED):
                (self._folder / name).chmod(rights)

    def checksum(self) -> int:
        """The checksum of the list of files, which is what tantivy replaces to commit."""
        with self.translated():
            return zlib.crc32((self._folder / _META).read_bytes())

    def check(self, checksum: int | None = None) -> None:
        """Compare every file that was not compared yet with the checksum that it ends with.

        Args:
            checksum: what `checksum` gave, None where a writer may have changed it since.

        Raises:
            IndexDamaged: one is missing, cut short or changed.
        """
        with self.translated():
            meta = (self._folder / _META).read_bytes()
            if checksum is not None and zlib.crc32(meta) != checksum:
                raise damaged(self._folder, "the list of its files was changed")
            for name in _files(meta):
                if name in self._checked:
                    continue
                file = self._folder / name
                if file.suffix != _TEXTS or file.stat().st_size <= _LARGE_TEXTS:
                    _check_file(file)
                self._checked.add(name)

    def snapshot(self) -> Snapshot:
        """What is committed now, to be searched."""
        with self.translated():
            while True:
                before = (self._folder / _META).read_bytes()
                if self._mirror is not None:
                    self._mirror.follow()
                self._index.reload()
                # A writer may have replaced the list in between.
                if (self._folder / _META).read_bytes() == before:
                    held = sum(one["max_doc"] for one in json.loads(before)["segments"])
                    return Snapshot(self, self._index.searcher(), held)

    @contextmanager
    def translated(self) -> Iterator[None]:
        """tantivy's errors in the user's words; on damaged files it may panic as well."""
        try:
            yield
        except _FOREIGN as error:
            if _NO_ROOM.search(str(error)):
                raise unwritable(error, self._folder) from None
            raise damaged(self._folder, _first_line(error)) from None
        except BaseException as error:
            if type(error).__name__ != "PanicException":
                raise
            raise damaged(self._folder, _first_line(error)) from None


def _store_in_small_blocks(path: Path) -> None:
    """Have few texts packed together: whoever wants one has to unpack all of a block.

    tantivy has this among its settings, but its Python package hands on no other than its own.
    """
    meta = json.loads(path.read_bytes())
    meta["index_settings"]["docstore_blocksize"] = _BLOCK_BYTES
    replace_file(path, json.dumps(meta).encode("ascii"))


def _files(meta: bytes) -> list[str]:
    """The files that tantivy's own list names."""
    names = []
    for segment in json.loads(meta)["segments"]:
        stem = segment["segment_id"].replace("-", "")
        names += [f"{stem}.{kind}" for kind in _KINDS]
        if segment["deletes"]:
            names.append(f"{stem}.{segment['deletes']['opstamp']}.del")
    return names


def _check_file(path: Path) -> None:
    """A file of tantivy's is its content, a footer in JSON, the footer's length, a magic number."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _FOOTER.size))
        length, magic = _FOOTER.unpack(file.read())
        body = size - _FOOTER.size - length
        if magic != _MAGIC or body < 0:
            raise ValueError(f"{path.name} is cut short")
        file.seek(body)
        expected = json.loads(file.read(length))["crc"]
        file.seek(0)
        found, left = 0, body
        while left:
            chunk = file.read(min(_CHUNK, left))
            if not chunk:
                raise ValueError(f"{path.name} is cut short")
            found = zlib.crc32(chunk, found)
            left -= len(chunk)
        if found != expected:
            raise ValueError(f"{path.name} was changed")


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
