"""Commit what an update gathered to a cluster: the documents first, then the state, which tells
that they count. What is no longer needed is deleted with the next commit but one.

Whoever is stopped between two steps leaves documents that nobody looks at.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from askdoc.cluster.catalog import ClusterCatalog, Listing
from askdoc.cluster.client import encoded as as_json
from askdoc.cluster.committed import Committed
from askdoc.cluster.indices import clear, refresh
from askdoc.cluster.layout import (
    COUNTS,
    MARKS,
    NAMED,
    NUMBER,
    RECORD,
    ROW,
    SOURCE,
    TERMS,
    WORDS,
    encoded,
    key,
    keys,
    written,
)
from askdoc.cluster.records import pack_counts, pack_marks, pack_record, pack_row
from askdoc.cluster.searching import failed
from askdoc.cluster.state import ClusterState
from askdoc.cluster.visible import one_of
from askdoc.cluster.writing import Writer
from askdoc.errors import ClusterReplyLost
from askdoc.index.committing import Batch
from askdoc.retrieve.names import terms_of, words_of
from askdoc.store.prepared import PreparedDocument
from askdoc.store.sources import Record, Source, first_passage, pack_source
from askdoc.store.state import State

# Bytes that are handed to the cluster at once.
_AT_ONCE = 4 * 2**20


class ClusterCommitting:
    """What changes an index in a cluster, a commit at a time.

    Args:
        catalog: what is there; it knows of each commit.
        writer: the right to write.
        unpublished: whether what is written is a new epoch, which nobody sees yet.

    Attributes:
        broken_off: whether a commit was begun and not completed.
    """

    def __init__(
        self, catalog: ClusterCatalog, writer: Writer, *, unpublished: bool = False
    ) -> None:
        self._catalog = catalog
        self._writer = writer
        self._client = catalog.client
        self._unpublished = unpublished
        self.broken_off = False

    @property
    def state(self) -> State:
        """What is committed."""
        return self._catalog.found.state

    def change(self, state: State) -> None:
        """Commit a state in which no source is another."""
        if state != self.state:
            listing = self._catalog.listing()
            state = state._replace(generation=self.state.generation + 1)
            self._replace(self._catalog.found._replace(state=state), listing)

    def commit(self, batch: Batch, state: State) -> None:
        """Commit what was gathered.

        Args:
            batch: what was gathered.
            state: what else is committed, as it is or is to be.
        """
        self.broken_off = True
        listing = self._catalog.listing()
        found = self._cleared(self._catalog.found)
        replaced = [*batch.gone, *(known.id for _, _, known in batch.read if known is not None)]
        first = self.state.next_id
        documents = [*(source for source, _, _ in batch.read), *batch.updated]
        numbered = list(enumerate(documents, start=first))
        end = first + len(documents)
        if not self._unpublished:
            self._writer.reserve(end)
            self._writer.is_clean = False
        if self._put(batch, numbered):
            found = found._replace(doubtful=(*found.doubtful, (first, end)))
        edition = self.state.edition + 1
        state = state._replace(generation=self.state.generation + 1, edition=edition, next_id=end)
        updated = [source.id for source in batch.updated]
        left = [self._catalog.source_in(listing.records[one]) for one in (*replaced, *updated)]
        before = [listing.documents[one] for one in updated]
        # What is known of a source that is gone is not seen for that alone, unless it may come back
        # when the source is forgotten.
        before += filter(found.is_doubtful, (listing.documents[one] for one in replaced))
        superseded = ((number, edition) for number in before)
        found = found._replace(
            state=_counted(state, left, documents),
            dead=(*found.dead, *((number, edition) for number in replaced)),
            superseded=(*found.superseded, *superseded),
        )
        self._replace(found, _listed(listing, replaced, numbered))
        self._writer.is_clean = True
        self.broken_off = False

    def abandon(self) -> None:
        """Let another one write: the right is given back by whoever took it."""

    # Inside

    def _replace(self, found: ClusterState, listing: Listing) -> None:
        if self._unpublished:
            committed = Committed(found, -1, -1)
        else:
            # Only who holds the right sets numbers aside.
            self._writer.replace(found._replace(reserved=self._writer.found.reserved))
            committed = self._writer.committed
        self._catalog.know(committed, listing)

    def _cleared(self, found: ClusterState) -> ClusterState:
        """A state without what no reader needs any more, which is deleted.

        What may arrive once more is deleted each time, and not forgotten.
        """
        edition = found.state.edition
        dead = [number for number, left in found.dead if left < edition]
        superseded = [number for number, left in found.superseded if left < edition]
        clear(self._client, found, dead=dead, superseded=superseded)

        def stays(one: tuple[int, int]) -> bool:
            return one[1] >= edition or found.is_doubtful(one[0])

        return found._replace(
            dead=tuple(one for one in found.dead if stays(one)),
            superseded=tuple(one for one in found.superseded if stays(one)),
        )

    def _put(self, batch: Batch, numbered: Sequence[tuple[int, Source]]) -> bool:
        """Have the documents in the cluster, and see that they are there.

        Returns:
            Whether some were sent more than once, so that they may arrive once more.
        """
        again = False
        catalog, client = self._catalog, self._client
        marks = {source.id: parcel.marks for source, parcel, _ in batch.read if parcel is not None}
        marks |= {source.id: catalog.marks(source.id) for source in batch.updated}
        for some in _portions(self._lines(batch, numbered, marks)):
            try:
                client.bulk(some, again=False)
            except ClusterReplyLost:
                again = True
                client.bulk(some)
        passages, sources = catalog.passages_index, catalog.sources_index
        refresh(client, passages, sources)
        with_text = [source for source, parcel, _ in batch.read if parcel is not None]
        self._see(passages, SOURCE, [one.id for one in with_text],
                  sum(source.passages for source in with_text))  # fmt: skip
        self._see(sources, NUMBER, [number for number, _ in numbered], len(numbered))
        return again

    def _lines(
        self, batch: Batch, numbered: Iterable[tuple[int, Source]], marks: dict[int, bytes]
    ) -> Iterator[bytes]:
        passages, sources = self._catalog.passages_index, self._catalog.sources_index
        for source, parcel, _ in batch.read:
            if parcel is not None:
                yield from _of_passages(passages, source.id, parcel)
        for number, source in numbered:
            yield from _lines(
                sources,
                str(number),
                {
                    NUMBER: number,
                    SOURCE: source.id,
                    NAMED: _named(source),
                    WORDS: words_of(os.fsdecode(source.path)),
                    RECORD: pack_record(source),
                    MARKS: encoded(pack_marks(source.id, marks.get(source.id, b""))),
                },
            )

    def _see(self, index: str, field: str, numbers: Sequence[int], count: int) -> None:
        """See that there are so many documents; OpenSearch has said of each that it was kept."""
        body = {"query": {"bool": {"should": one_of(field, numbers)}}}
        if not numbers:
            return
        there = self._client.count(index, body)
        if there != count:
            raise failed(self._client, f"{there:.6g} of {count} documents are there")


def _counted(state: State, left: Sequence[Source], now: Sequence[Source]) -> State:
    """A state without some sources and with others, or with these as they are now."""
    total = state.sources_sum
    total += sum(pack_source(source)[5] for source in now)
    total -= sum(pack_source(source)[5] for source in left)
    was = [source for source in left if not source.problem]
    are = [source for source in now if not source.problem]
    return state._replace(
        sources=state.sources + len(now) - len(left),
        sources_sum=total % 2**64,
        documents=state.documents + len(are) - len(was),
        passages=state.passages + sum(s.passages for s in are) - sum(s.passages for s in was),
        terms=state.terms + sum(s.terms for s in are) - sum(s.terms for s in was),
    )


def _listed(
    listing: Listing, gone: Iterable[int], numbered: Iterable[tuple[int, Source]]
) -> Listing:
    """All sources after a commit. What is known is changed, since there may be very many."""
    _, records, by_path, documents = listing
    for number in gone:
        record = records.pop(number)
        documents.pop(number)
        if by_path.get(record[1]) == number:
            del by_path[record[1]]
    parked: list[Record] = []
    for number, source in numbered:
        record = pack_source(source)
        before = records.get(source.id)
        if before is not None and by_path.get(before[1]) == source.id:
            del by_path[before[1]]
        records[source.id], documents[source.id] = record, number
        parked.append(record)
    # A path may have been handed on from one file to another.
    by_path.update((record[1], record[0]) for record in parked)
    return listing


def _of_passages(index: str, source: int, parcel: PreparedDocument) -> Iterator[bytes]:
    rows = zip(parcel.rows, parcel.terms, strict=True)
    for number, (row, words) in enumerate(rows, start=first_passage(source)):
        yield from _lines(
            index,
            str(number),
            {
                TERMS: keys(words),
                NUMBER: number,
                SOURCE: source,
                ROW: pack_row(number, row),
                COUNTS: pack_counts(number, words),
            },
            routing=str(source),
        )


def _lines(
    index: str, id: str, document: dict[str, object], routing: str = ""
) -> tuple[bytes, bytes]:
    """A document as it is handed over in bulk: what is to be done, and with what."""
    action: dict[str, object] = {"_index": written(index), "_id": id, "require_alias": True}
    if routing:
        action["routing"] = routing
    return as_json({"index": action}), as_json(document)


def _named(source: Source) -> list[str]:
    """The terms of a file's name, by which a question may mean it.

    Also of one that could not be read: what too many names have tells none of them apart.
    """
    return sorted(set(map(key, terms_of(os.fsdecode(source.path)))))


def _portions(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    some, size = list[bytes](), 0
    for line in lines:
        some.append(line)
        size += len(line)
        # Each two belong together.
        if size >= _AT_ONCE and len(some) % 2 == 0:
            yield some
            some, size = [], 0
    if some:
        yield some
