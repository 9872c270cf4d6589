"""What a saved index holds, and how it stands to the files that it was made of."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from askdoc.cluster.address import Address
from askdoc.errors import LoadError
from askdoc.index.diff import is_passed_over
from askdoc.load import reading
from askdoc.reading.problems import as_error
from askdoc.retrieve.opening import retriever
from askdoc.store.catalog import Source
from askdoc.store.files import CHANGED, GONE


@dataclass
class Status:
    """What a saved index holds.

    Attributes:
        folder: where it is: a folder, or an address.
        roots: the paths that were named.
        documents, passages, characters: how many there are.
        kinds: how many documents of each suffix.
        size: bytes on disk; in a cluster, of one copy of all.
        updated: when a file was last looked at, nanoseconds since 1970; 0 for never.
        interrupted: whether a run of `askdoc index` has not come to its end.
        changed: names of documents whose file has changed since, as size and time tell.
        gone: names of documents whose file is no longer there.
        outdated: how many documents another version of askdoc has read, in another way.
        notes: what is to be known about how documents were read, each with its document's name.
        problems: the files that could not be read.
        passed_over: files of no kind that askdoc reads.
    """

    folder: Path | Address
    roots: tuple[str, ...] = ()
    documents: int = 0
    passages: int = 0
    characters: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    size: int = 0
    updated: int = 0
    interrupted: bool = False
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    outdated: int = 0
    notes: list[str] = field(default_factory=list)
    problems: list[LoadError] = field(default_factory=list)
    passed_over: int = 0


def status(index: str | os.PathLike[str]) -> Status:
    """Look at a saved index and at the files that it was made of, without reading these.

    Raises:
        IndexNotFound, IndexOutdated, IndexDamaged, ClusterError: it cannot be used.
    """
    opened = retriever(index)
    with closing(opened.catalog) as catalog:
        state = opened.state
        found = Status(
            opened.where,
            tuple(name for _, name in state.roots),
            interrupted=bool(state.unfinished),
        )
        for source in catalog.sources():
            found.updated = max(found.updated, source.seen)
            if not source.problem:
                _add(found, source, opened.change_of(source))
            elif is_passed_over(source):
                found.passed_over += 1
            else:
                found.problems.append(as_error(source.problem))
        found.size = opened.size()
    return found


def unread(index: str | os.PathLike[str]) -> list[LoadError]:
    """The files that were named for a saved index and could not be read.

    Raises:
        IndexNotFound, IndexOutdated, IndexDamaged, ClusterError: it cannot be used.
    """
    with closing(retriever(index).catalog) as catalog:
        return [
            as_error(source.problem)
            for source in catalog.sources()
            if source.problem and not is_passed_over(source)
        ]


def _add(found: Status, source: Source, change: str) -> None:
    found.documents += 1
    found.passages += source.passages
    found.characters += source.length
    found.kinds[PurePath(source.name).suffix.lower() or "no suffix"] += 1
    found.notes += (f"{source.name}: {note}" for note in source.notes)
    found.outdated += source.reading != reading()
    if change == GONE:
        found.gone.append(source.name)
    elif change == CHANGED:
        found.changed.append(source.name)
