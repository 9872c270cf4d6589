"""What questions about files leave behind, so that the next one starts at once.

A file that was read, split and analysed is kept as a parcel in the user's cache folder, under a
digest of its content: a changed file is another entry, a copied or moved one the same. Nothing here
is needed: an entry that is damaged, or a folder that cannot be written, only costs the time of
reading again. It holds the text of documents, so only its owner may look into it. What somebody
else put there would be quoted as a document's own, so it is used only where nobody else can.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import time

from askdoc import load
from askdoc.errors import LoadError
from askdoc.load.formats import suffix_of
from askdoc.load.walk import Found
from askdoc.model import Document
from askdoc.private import NotPrivate, open_private, private_folder, replace
from askdoc.store.files import digest
from askdoc.store.folder import FORMAT, analysis
from askdoc.store.prepared import PreparedDocument, prepare

MOST_BYTES = 256 * 2**20
"""What is kept at most; what was not used for longest goes first."""

_SUM_BYTES = 4
_SUFFIX = ".parcel"
_MAKE_PRIVATE = (
    "Make it private to you, name a folder of your own in XDG_CACHE_HOME, or use --no-cache."
)
# What a writer that was killed left is old enough to be cleared away.
_ABANDONED_SECONDS = 3600.0
# Cleared down to this much of the most, lest every new entry clear out one.
_LEFT = 0.75


def cache_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the user's programs keep what they can make again (XDG base directories)."""
    named = environ.get("XDG_CACHE_HOME", "")
    if named.startswith("/"):
        return Path(named) / "askdoc"
    if sys.platform == "win32" and "LOCALAPPDATA" in environ:
        return Path(environ["LOCALAPPDATA"]) / "askdoc" / "cache"
    return Path(os.path.expanduser("~/.cache/askdoc"))  # noqa: PTH111 (a Path fails without home)


class Cache:
    """Parcels of files that were read before.

    Args:
        folder: where they are kept; made when it is needed.
        most_bytes: how much is kept.

    Attributes:
        refusal: why nothing is kept or recalled, where somebody else could change or replace the
            folder; empty otherwise.
    """

    def __init__(self, folder: Path | None = None, *, most_bytes: int = MOST_BYTES) -> None:
        self._folder = cache_folder() if folder is None else folder.absolute()
        self._most = most_bytes
        self._kind = f"{FORMAT}-{load.reading()}-{analysis()}"
        # By a document's source: the file and its digest, None where two files have one source.
        self._read_as: dict[str, tuple[Found, bytes] | None] = {}
        self._recalled: set[str] = set()
        self.refusal = ""
        self._is_there = False
        # Without a home folder there is nowhere to keep anything.
        self._is_used = self._folder.is_absolute()
        self._look(make=False)

    def recall(self, found: Found) -> Document | None:
        """The document of a file that was read before, None where it was not."""
        if not self._is_used:
            return None
        content = _digest(found)
        if content is None:
            return None  # Whoever reads it next says so.
        before = self._read_as.setdefault(found.source, (found, content))
        if before is None or (before[0].path, before[1]) != (found.path, content):
            self._read_as[found.source] = None
            return None
        kept = self._read(self._entry(found, content), found.source) if self._is_there else None
        if kept is not None:
            self._recalled.add(found.source)
        return kept

    def has_recalled(self, document: Document) -> bool:
        """Whether a document was kept before."""
        return document.source in self._recalled

    def prepared(self, document: Document) -> PreparedDocument:
        """A document's parcel, which is kept from now on."""
        parcel = prepare(document)
        if not self.has_recalled(document):
            self.keep(document, parcel)
        return parcel

    def keep(self, document: Document, parcel: PreparedDocument) -> None:
        """Keep a document that `recall` did not know."""
        known = self._read_as.get(document.source)
        # The file may have been changed between being looked up and being read.
        if known is None or _digest(known[0]) != known[1]:
            return
        if not self._is_there:
            self._look(make=True)
        if not self._is_used:
            return
        content = parcel.to_bytes()
        with suppress(OSError):
            replace(
                self._entry(*known),
                zlib.crc32(content).to_bytes(_SUM_BYTES, "little") + content,
            )
            self._clear()

    def _look(self, *, make: bool) -> None:
        """See whether the folder is there, and is the user's alone."""
        if not self._is_used:
            return
        try:
            self._is_there = private_folder(self._folder, make=make)
        except NotPrivate as error:
            self.refusal = f"{error.strerror}: {error.filename}. {_MAKE_PRIVATE}"
            self._is_used = False
        except OSError:
            self._is_used = False

    def _entry(self, found: Found, content: bytes) -> Path:
        return self._folder / f"{content.hex()}-{self._kind}{suffix_of(found.path)}{_SUFFIX}"

    def _read(self, path: Path, source: str) -> Document | None:
        try:
            with open_private(path) as file:
                if os.fstat(file.fileno()).st_size > self._most:
                    raise ValueError("more than is ever kept")
                content = file.read()
                with suppress(OSError):  # It was used now.
                    os.utime(file.fileno() if os.utime in os.supports_fd else path)
            check, body = content[:_SUM_BYTES], memoryview(content)[_SUM_BYTES:]
            if zlib.crc32(body).to_bytes(_SUM_BYTES, "little") != check:
                raise ValueError("damaged")
            return PreparedDocument.from_bytes(body).document(source)
        except (NotPrivate, ValueError):
            with suppress(OSError):
                path.unlink()
            return None
        except OSError:
            return None

    def _clear(self) -> None:
        """See that no more is kept than may be."""
        entries = []
        for path in self._folder.iterdir():
            with suppress(OSError):
                status = path.lstat()
                if path.suffix == _SUFFIX:
                    entries.append((status.st_mtime_ns, status.st_size, path))
                elif path.name[0] == "." and time() - status.st_mtime > _ABANDONED_SECONDS:
                    path.unlink()
        total = sum(size for _, size, _ in entries)
        if total <= self._most:
            return
        for _, size, path in sorted(entries):
            if total <= self._most * _LEFT:
                return
            with suppress(OSError):
                path.unlink()
                total -= size


def _digest(found: Found) -> bytes | None:
    """What tells a file's content from others, None where it cannot be read."""
    try:
        return digest(load.read_bytes(found.path, found.source, found.within))
    except LoadError:
        return None
