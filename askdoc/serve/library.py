"""What is asked: the documents that the server was started with, and those handed in since.

All methods may wait for the disk, and are for threads. What an assistant is asked under a
generation is of one state; whoever meets another one (IndexChanged) asks again.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from threading import Lock, RLock
from typing import NamedTuple, TypeVar

from askdoc.assistant import Assistant
from askdoc.errors import IndexChanged, LoadError, UnknownSource
from askdoc.model import Document
from askdoc.serve.listing import UPLOADED, Listing
from askdoc.serve.originals import Original, read_original, status_of
from askdoc.serve.problems import Problem
from askdoc.suggest import suggest

T = TypeVar("T")
_TRIES = 5
_MOST_NARROWED = 16
_MOST_UPLOADS = 1_000
_SUGGESTED = 3


class Upload(NamedTuple):
    """A file that was handed in: its document, and its bytes as they came."""

    document: Document
    content: bytes


class Library:
    """The documents that are asked.

    Args:
        assistant: what is asked at first.
        held: bytes of all files that are handed in, at most.
    """

    def __init__(self, assistant: Assistant, held: int) -> None:
        self._base = self._assistant = assistant
        self._held = held
        self._uploads: dict[str, Upload] = {}
        self._started, self._revision = secrets.token_hex(8), 0
        self._changing, self._listing_made = RLock(), Lock()
        self._listing: Listing | None = None
        self._narrowed: OrderedDict[tuple[str, frozenset[str]], Assistant] = OrderedDict()
        self._suggested: tuple[str, list[str]] | None = None
        self._files = {} if assistant.index else _files_of(assistant)

    @property
    def assistant(self) -> Assistant:
        """What is asked now."""
        return self._assistant

    def replace(self, assistant: Assistant) -> None:
        """Have another assistant in the place of the one that the server was started with."""
        with self._changing:
            self._base = assistant
            self._files = {} if assistant.index else _files_of(assistant)
            self._renew()

    def generation(self) -> str:
        """What tells the state of all that is asked from any other, of this and other servers."""
        told = f"{self._started} {self._revision} {self._assistant.generation}"
        return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()

    def listing(self) -> Listing:
        """The documents as they are now."""
        with self._listing_made:
            for _ in range(_TRIES):
                assistant, generation = self._assistant, self.generation()
                if self._listing is not None and self._listing.generation == generation:
                    return self._listing
                with suppress(IndexChanged), assistant.snapshot():
                    found = Listing(assistant, generation)
                    # An update between the two is seen by whoever looks next.
                    if self.generation() == generation and len(found.documents) == len(
                        found.entries
                    ):
                        self._listing = found
                        return found
            return Listing(assistant, generation)

    def of_document(self, id: str, look: Callable[[Document], T]) -> T:
        """What is seen in the document of an id, of one state.

        Raises:
            Problem: there is none.
            IndexChanged: it was updated again and again.
        """
        for _ in range(_TRIES):
            with suppress(IndexChanged):
                return look(self.listing().document(id))
        return look(self.listing().document(id))

    def narrowed(self, sources: Sequence[str] | None) -> Assistant:
        """What asks the documents of these names or ids alone, or all.

        Raises:
            UnknownSource: there is no such document.
        """
        assistant = self._assistant
        if sources is None:
            return assistant
        listing = self.listing()
        names = frozenset(listing.sources(sources))
        for name in sorted(names.difference(listing.ids)):
            remedy = "/api/documents lists them."
            raise UnknownSource("no document has this name or id", name[:80], remedy)
        key = listing.generation, names
        with self._changing:
            if key not in self._narrowed:
                self._narrowed[key] = assistant.only(names)
                if len(self._narrowed) > _MOST_NARROWED:
                    self._narrowed.popitem(last=False)
            return self._narrowed[key]

    def suggestions(self) -> list[str]:
        """Questions that the documents answer, found once for each state."""
        generation = self.generation()
        if self._suggested is None or self._suggested[0] != generation:
            self._suggested = generation, suggest(self._assistant, _SUGGESTED)
        return self._suggested[1]

    def problems(self) -> list[LoadError]:
        """The sources that could not be read."""
        found = list(self._assistant.problems)
        if self._assistant.index is not None:
            from askdoc.index import unread

            found += unread(self._assistant.index)
        return found

    def original(self, id: str) -> Original:
        """A document's file, as it was when it was read.

        Raises:
            Problem: there is no such document, it has no file, or its file is another one now.
        """
        entry = self.listing().entry(id)
        source = entry.extent.source
        upload = self._uploads.get(source)
        if upload is not None:
            return Original(source, upload.content)
        return self.of_document(id, lambda one: read_original(one, self._files.get(source)))

    def paths_of(self, sources: Collection[str]) -> dict[str, str]:
        """Where the files of some sources are, as far as the saved index knows."""
        if self._assistant.index is None:
            return {}
        from askdoc.verify import indexed

        locate = indexed(self._assistant.index, sources)
        found = {name: locate(name) for name in sources}
        return {name: path for name, path in found.items() if path is not None}

    def is_held(self, source: str) -> bool:
        """Whether a document was handed in."""
        return source in self._uploads

    # Files that are handed in

    def check_room(self, source: str, size: int) -> None:
        """See that a file may be handed in.

        Raises:
            Problem: there is no room, or a document that was not handed in has its name.
        """
        with self._changing:
            taken = sum(len(one.content) for name, one in self._uploads.items() if name != source)
            if taken + size > self._held or len(self._uploads) >= _MOST_UPLOADS:
                remedy = "Remove some of those that were handed in, or index them instead."
                raise Problem("too-much-held", "there is no room for more files", source, remedy)
        if source not in self._uploads and source in self.listing().ids:
            raise Problem("name-taken", "another document has this name", source, "Rename it.")

    def add(self, source: str, upload: Upload) -> None:
        """Ask a document that was handed in, in the place of one that was handed in before.

        Raises:
            Problem: there is no room for it.
        """
        with self._changing:
            self.check_room(source, len(upload.content))
            self._uploads[source] = upload
            self._renew()

    def remove(self, source: str) -> None:
        """Ask a document no more that was handed in.

        Raises:
            Problem: there is none of this name.
        """
        with self._changing:
            if source not in self._uploads:
                raise Problem("unknown-document", "no such file was handed in", source)
            del self._uploads[source]
            self._renew()

    def _renew(self) -> None:
        documents = [one.document for one in self._uploads.values()]
        self._assistant = self._base.adding(documents) if documents else self._base
        self._revision += 1
        self._narrowed.clear()


def uploaded(name: str) -> str:
    """What the document of a file is called that is handed in."""
    return f"{UPLOADED}{name}"


def _files_of(assistant: Assistant) -> dict[str, os.stat_result]:
    """The files of documents in memory, by name, with their status."""
    statuses = {one.source: status_of(one.source) for one in assistant.documents}
    return {source: status for source, status in statuses.items() if status is not None}
