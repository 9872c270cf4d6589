"""The documents that are asked, in order, each with an id that tells nothing of where it stands.

An id is the same whenever the same documents are asked, so that an address with one in it goes on
being good. It is made of the name that citations give, never of a path.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from askdoc.assistant import Assistant
from askdoc.model import Document, Extent
from askdoc.serve.models import DocumentSummary
from askdoc.serve.problems import Problem, printable

_ID_BYTES = 16
UPLOADED = "uploaded/"
"""What the name of a document begins with that was handed in."""


class Entry(NamedTuple):
    """A document of a listing: its id, how much there is of it, its place among the documents."""

    id: str
    extent: Extent
    at: int

    @property
    def summary(self) -> DocumentSummary:
        """As a list shows it."""
        source, sentences, lines, characters, notes = self.extent
        return DocumentSummary(
            id=self.id,
            source=printable(source),
            kind=kind_of(source),
            sentences=sentences,
            lines=lines,
            characters=characters,
            notes=tuple(map(printable, notes)),
            uploaded=source.startswith(UPLOADED),
        )


class Listing:
    """All documents of one state of what is asked.

    Args:
        assistant: what is asked.
        generation: which state it is in.
    """

    def __init__(self, assistant: Assistant, generation: str) -> None:
        self.generation = generation
        self.documents: Sequence[Document] = assistant.documents
        self.entries: list[Entry] = []
        self.by_id: dict[str, Entry] = {}
        self.ids: dict[str, str] = {}
        """The id of the first document of each name."""
        for at, extent in enumerate(assistant.extents):
            entry = Entry(self._id(extent.source), extent, at)
            self.entries.append(entry)
            self.by_id[entry.id] = entry
            self.ids.setdefault(extent.source, entry.id)

    def _id(self, source: str) -> str:
        name = source.encode("utf-8", "surrogatepass")
        nth = 0
        while True:
            # Of documents that are shown by one name each has an id of its own.
            told = name if not nth else name + b"\0%d" % nth
            found = hashlib.blake2b(told, digest_size=_ID_BYTES, person=b"askdoc id").hexdigest()
            if found not in self.by_id:
                return found
            nth += 1

    def entry(self, id: str) -> Entry:
        """The document of an id.

        Raises:
            Problem: there is none.
        """
        if id not in self.by_id:
            raise Problem(
                "unknown-document",
                "no document has this id",
                ascii(id[:64])[1:-1],
                "/api/documents lists them.",
            )
        return self.by_id[id]

    def document(self, id: str) -> Document:
        """The same, with its text."""
        return self.documents[self.entry(id).at]

    def sources(self, named: Sequence[str]) -> list[str]:
        """Names of documents, where some are given by their id."""
        return [
            one if one in self.ids or one not in self.by_id else self.by_id[one].extent.source
            for one in named
        ]


def kind_of(source: str) -> str:
    """The suffix of a name, without the dot and in lower case; "" where it has none."""
    return printable(PurePath(source.replace("\0", "")).suffix.lower()[1:20])
