"""What questions about files leave behind, so that the next one starts at once.

A file that was read, split and analysed is kept as a parcel in the user's cache folder, under a
digest of its content: a changed file is another entry, a copied or moved one the same. Nothing here
is needed: an entry that is damaged, or a folder that cannot be written, only costs the time of
reading again. It holds the text of documents, so only its owner may look into it.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from askdoc import load
from askdoc.errors import LoadError
from askdoc.load.formats import suffix_of
from askdoc.load.walk import Found
from askdoc.model import Document
from askdoc.store.files import digest, digest_of
from askdoc.store.folder import FORMAT, analysis, replace_file
from askdoc.store.parcel import Parcel, prepare

MOST_BYTES = 256 * 2**20
"""What is kept at most; what was not used for longest goes first."""

_SUM_BYTES = 4
_SUFFIX = ".parcel"
# Cleared down to this much of the most, lest every new entry clear out one.
_LEFT = 0.75


def cache_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the user's programs keep what they can make again (XDG base directories)."""
    named = environ.get("XDG_CACHE_HOME", "")
    if named.startswith("/"):
        return Path(named) / "askdoc"
    if sys.platform == "win32" and "LOCALAPPDATA" in environ:
        return Path(environ["LOCALAPPDATA"]) / "askdoc" / "cache"
    return Path("~/.cache/askdoc").expanduser()


class Cache:
    """Parcels of files that were read before.

    Args:
        folder: where they are kept; made when it is needed.
        most_bytes: how much is kept.
    """

    def __init__(self, folder: Path | None = None, *, most_bytes: int = MOST_BYTES) -> None:
        self._folder = cache_folder() if folder is None else folder
        self._most = most_bytes
        self._kind = f"{FORMAT}-{load.VERSION}-{analysis()}"
        # By a document's source: the file and its digest, None where two files have one source.
        self._read_as: dict[str, tuple[str, bytes] | None] = {}
        self._parcels: dict[str, Parcel] = {}

    def recall(self, found: Found) -> Document | None:
        """The document of a file that was read before, None where it was not."""
        try:
            data = load.read_bytes(found.path, found.source)
        except LoadError:
            return None  # Whoever reads it next says so.
        known = found.path, digest(data)
        if self._read_as.setdefault(found.source, known) != known:
            self._read_as[found.source] = None
            return None
        parcel = self._read(self._entry(*known))
        if parcel is None:
            return None
        self._parcels[found.source] = parcel
        return parcel.document(found.source)

    def parcel_of(self, document: Document) -> Parcel | None:
        """The parcel of a document that `recall` gave."""
        return self._parcels.get(document.source)

    def prepared(self, document: Document) -> Parcel:
        """A document's parcel: as it was kept, or made and kept now."""
        known = self.parcel_of(document)
        if known is not None:
            return known
        parcel = prepare(document)
        self.keep(document, parcel)
        return parcel

    def keep(self, document: Document, parcel: Parcel) -> None:
        """Keep a document that `recall` did not know."""
        known = self._read_as.get(document.source)
        # The file may have been changed between being looked up and being read.
        if known is None or digest_of(known[0]) != known[1]:
            return
        content = parcel.to_bytes()
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            replace_file(
                self._entry(*known),
                zlib.crc32(content).to_bytes(_SUM_BYTES, "little") + content,
            )
            self._clear()

    def _entry(self, path: str, content: bytes) -> Path:
        return self._folder / f"{content.hex()}-{self._kind}{suffix_of(path)}{_SUFFIX}"

    def _read(self, path: Path) -> Parcel | None:
        try:
            content = path.read_bytes()
            check, body = content[:_SUM_BYTES], memoryview(content)[_SUM_BYTES:]
            if zlib.crc32(body).to_bytes(_SUM_BYTES, "little") != check:
                raise ValueError("damaged")
            parcel = Parcel.from_bytes(body)
        except OSError:
            return None
        except ValueError:
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)  # It was used now.
        return parcel

    def _clear(self) -> None:
        """See that no more is kept than may be."""
        entries = []
        for path in self._folder.glob(f"*{_SUFFIX}"):
            with suppress(OSError):
                status = path.stat()
                entries.append((status.st_mtime_ns, status.st_size, path))
        total = sum(size for _, size, _ in entries)
        if total <= self._most:
            return
        for _, size, path in sorted(entries):
            if total <= self._most * _LEFT:
                return
            with suppress(OSError):
                path.unlink()
                total -= size
