"""The sources of an index in a cluster with their passages, and what is committed: to be read.

What a state lets be seen stays there until two more states were committed. So what is found is of
one state where the cluster was not two states further when all was read; where it was, that is
`IndexChanged`, and whoever asks tries again.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import NamedTuple

from askdoc.cluster.address import harmless
from askdoc.cluster.client import Client
from askdoc.cluster.committed import Committed, look
from askdoc.cluster.layout import (
    COUNTS,
    MARKS,
    NUMBER,
    RECORD,
    ROW,
    SOURCE,
    decoded,
    index_of_passages,
    index_of_sources,
    without_text,
)
from askdoc.cluster.records import content_of, number_in, pack_marks, passage_of, unpack_record
from askdoc.cluster.searching import Found, documents, pages, search
from askdoc.cluster.state import ClusterState
from askdoc.cluster.visible import one_of, sources
from askdoc.errors import ClusterFailed, IndexDamaged
from askdoc.store.occurrences import Counting
from askdoc.store.prepared import PassageRecord
from askdoc.store.sources import (
    Record,
    Source,
    source_of,
    unpack_source,
)
from askdoc.store.state import State
from askdoc.store.telling import changed, damaged

# Passages that were found are kept as they were read: most of them are asked for at once.
_MOST_KEPT = 4_000
# A page of sources, of passages.
_SOURCES, _PASSAGES = 5_000, 500
_AT_ONCE = 500
# Readers of a state find all of it until so many others were committed.
_LATER = 2
_NUMBER = struct.Struct("<Q")
_CHECK = struct.Struct("<I")
# Of the largest number of a passage.
_MOST_DIGITS = 19
_NOT_WRITTEN = (
    TypeError, ValueError, LookupError, ArithmeticError, RecursionError, struct.error,
)  # fmt: skip


class Listing(NamedTuple):
    """All sources of a state.

    `records` are they by number, `by_path` their numbers by path, and `documents` the number of
    the document that each has in the cluster.
    """

    generation: int
    records: dict[int, Record]
    by_path: dict[bytes, int]
    documents: dict[int, int]


class ClusterCatalog:
    """What stands in the cluster.

    For several threads at once, which wait for one another.

    Args:
        client: speaks to the cluster.
        writes: what is committed, for the one who writes: it is not looked for.

    Attributes:
        data: what errors name.
        lock: held by the thread that reads.

    Raises:
        IndexNotFound, IndexOutdated, IndexDamaged: it cannot be used.
        ClusterError: the cluster does not answer, or not in full; all methods raise it.
    """

    def __init__(self, client: Client, writes: Committed | None = None) -> None:
        self.client = client
        self.data = client.address
        self.lock = RLock()
        self.committed = writes or look(client)
        # Who writes knows what is committed, and nobody else changes it.
        self._pinned = writes is not None
        self._kept: dict[int, tuple[bytes, bytes]] = {}
        self._listed: Listing | None = None

    def close(self) -> None:
        """Let go of it."""
        self.client.close()

    @property
    def found(self) -> ClusterState:
        """What was committed when it was last looked."""
        return self.committed.found

    @property
    def passages_index(self) -> str:
        """The index of the passages."""
        return index_of_passages(self.data.name, self.found.epoch)

    @property
    def sources_index(self) -> str:
        """The index of the sources."""
        return index_of_sources(self.data.name, self.found.epoch)

    # What is committed

    def state(self) -> State:
        """What is committed, as of the last look."""
        return self.found.state

    def version(self) -> int:
        """A number that changes whenever something was committed; looks, unless within
        `reading`."""
        with self.lock:
            if not self._pinned:
                self.look()
            return self.found.state.generation

    def look(self) -> None:
        """See what is committed now.

        Raises:
            IndexChanged: the index was made anew.
        """
        with self.lock:
            now = look(self.client)
            if now.found.epoch != self.found.epoch:
                raise changed(self.data)
            self.committed = now

    def has_left(self, edition: int) -> bool:
        """Whether what was committed in that edition may be gone in part by now."""
        now = look(self.client).found
        return now.epoch != self.found.epoch or now.state.edition >= edition + _LATER

    def has_moved(self, version: int) -> bool:
        """Whether something was committed since."""
        now = look(self.client).found
        return (now.epoch, now.state.generation) != (self.found.epoch, version)

    @contextmanager
    def reading(self) -> Iterator[int]:
        """All that is read within is of the state that was looked at last.

        Raises:
            IndexChanged: at the end, that it is not, since the index was updated too often.
        """
        with self.lock:
            generation, edition = self.found.state.generation, self.found.state.edition
            if self._pinned:
                yield generation
                return
            self._pinned = True
            try:
                yield generation
                if self.has_left(edition):
                    raise changed(self.data)
            except (ClusterFailed, IndexDamaged):
                # What is there no more was perhaps made anew, or updated too often.
                if self.has_left(edition):
                    raise changed(self.data) from None
                raise
            finally:
                self._pinned = False

    # Sources

    def sources(self) -> Iterator[Source]:
        """All sources, by number."""
        with self.lock:
            records = self.listing().records
            return map(self.source_in, [records[number] for number in sorted(records)])

    def paths(self) -> tuple[list[int], list[bytes]]:
        """The numbers of all sources and where their files are, by number."""
        with self.lock:
            records = self.listing().records
            numbers = sorted(records)
            return numbers, [records[number][1] for number in numbers]

    def source(self, number: int) -> Source | None:
        """The source of this number, None where there is none (any more)."""
        found = self.records([number])
        return self.source_in(found[number]) if found else None

    def records(self, numbers: Sequence[int]) -> dict[int, Record]:
        """The sources of these numbers, as far as they are there (any more), for `source_in`."""
        with self.lock:
            if self._listed is not None and self._listed.generation == self.found.state.generation:
                records = self._listed.records
                return {number: records[number] for number in numbers if number in records}
            found: dict[int, Record] = {}
            for some in _portions(numbers):
                query = {"bool": {"filter": [sources(self.found), *one_of(SOURCE, some)]}}
                body = {"size": len(some), "_source": [RECORD], "query": query}
                with self.translated():
                    for one in search(self.client, self.sources_index, body):
                        record = unpack_record(one.source[RECORD])
                        found[record[0]] = record
            return found

    def source_at(self, path: bytes) -> Source | None:
        """The source of this absolute path."""
        with self.lock:
            _, records, by_path, _ = self.listing()
            number = by_path.get(path)
            return None if number is None else self.source_in(records[number])

    def sources_at(self, path: bytes) -> Iterator[Source]:
        """The sources of this absolute path and of those below it, by path."""
        with self.lock:
            _, records, by_path, _ = self.listing()
            below = path.removesuffix(b"/") + b"/"
            found = sorted(one for one in by_path if one == path or one.startswith(below))
            return map(self.source_in, [records[by_path[one]] for one in found])

    def source_in(self, record: Record) -> Source:
        """The source in a record."""
        try:
            return unpack_source(record)
        except ValueError as error:
            raise damaged(self.data, str(error)) from None

    def marks(self, number: int) -> bytes:
        """The marks of a source, packed.

        Raises:
            IndexChanged: there is no such source any more.
        """
        with self.lock, self.translated():
            query = {"bool": {"filter": [sources(self.found), {"term": {SOURCE: number}}]}}
            body = {"size": 1, "_source": [MARKS], "query": query}
            for one in search(self.client, self.sources_index, body):
                packed = decoded(one.source[MARKS])
                marks = packed[_CHECK.size :]
                if packed != pack_marks(number, marks):
                    raise ValueError(f"the marks of source {number} were changed")
                return marks
        raise changed(self.data)

    # Passages

    def keep(self, found: Iterable[Found]) -> list[int]:
        """Keep passages that a search gave with their text; their numbers."""
        with self.lock, self.translated():
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
            numbers = []
            for one in found:
                number = number_in(one)
                self._kept[number] = content_of(one)
                numbers.append(number)
            return numbers

    def counts(
        self, numbers: Sequence[int], terms: Iterable[str]
    ) -> dict[int, tuple[int, Sequence[int], bytes]]:
        """Of the passages of these numbers, as far as they are there (any more): how many terms
        each has, how often each of these terms stands there, in their order, and the passage
        itself, for `unpacked`."""
        counting = Counting(terms)
        with self.lock, self.translated():
            return {
                number: (*counting.counts(number, packed), row)
                for number, (packed, row) in self._fetched(numbers).items()
            }

    def unpacked(self, rows: Mapping[int, bytes]) -> dict[int, PassageRecord]:
        """Passages by number that `counts` gave."""
        with self.translated():
            return {number: passage_of(number, row) for number, row in rows.items()}

    def rows(self, numbers: Sequence[int]) -> dict[int, PassageRecord]:
        """The passages of these numbers, as far as they are there (any more)."""
        with self.lock:
            fetched = self._fetched(numbers)
        return self.unpacked({number: row for number, (_, row) in fetched.items()})

    def rows_of(self, source: int) -> list[tuple[int, PassageRecord]]:
        """All passages of a source, with their numbers, in order."""
        found: dict[int, bytes] = {}
        body = {"_source": [ROW], "query": {"bool": {"filter": [{"term": {SOURCE: source}}]}}}
        with self.lock, self.translated():
            for one in pages(
                self.client, self.passages_index, body, NUMBER, _PASSAGES, routing=source
            ):
                number = number_in(one)
                # So there is an end to them, too.
                if source_of(number) != source or number in found:
                    raise ValueError(f"source {source} has passages of another")
                found[number] = without_text(one.source[ROW])
        return list(self.unpacked(found).items())

    def _fetched(self, numbers: Sequence[int]) -> dict[int, tuple[bytes, bytes]]:
        there = {number: self._kept[number] for number in numbers if number in self._kept}
        unknown = [number for number in numbers if number not in there]
        for some in _portions(unknown):
            asked = [(str(number), str(source_of(number))) for number in some]
            with self.translated():
                some_found = documents(self.client, self.passages_index, asked, (COUNTS, ROW))
                there |= {number_in(one): content_of(one) for one in some_found}
            # Nothing of them is lost where it is too much to be kept.
            self.keep(some_found)
        return {number: there[number] for number in numbers if number in there}

    # Inside

    @contextmanager
    def translated(self) -> Iterator[None]:
        """What is damaged in the user's words; and what was removed since it was looked, which is
        no fault of the cluster's.

        Raises:
            IndexDamaged: what stands there is not what was written.
            IndexChanged: the index was made anew, and what was before is removed.
        """
        try:
            yield
        except _NOT_WRITTEN as error:
            raise damaged(self.data, harmless(str(error))) from None
        except ClusterFailed:
            # Who makes it anew alone knows of what is not published yet.
            if self.committed.sequence >= 0 and look(self.client).found.epoch != self.found.epoch:
                raise changed(self.data) from None
            raise

    def listing(self) -> Listing:
        """All sources, read once for a state."""
        state = self.found.state
        if self._listed is None or self._listed.generation != state.generation:
            records, numbers, total = dict[int, Record](), dict[int, int](), 0
            body = {"_source": [RECORD], "query": sources(self.found)}
            with self.lock, self.translated():
                for one in pages(self.client, self.sources_index, body, NUMBER, _SOURCES):
                    record = unpack_record(one.source[RECORD])
                    records[record[0]] = record
                    numbers[record[0]] = number_in(one)
                    total += record[5]
                    if len(numbers) > state.sources:
                        break  # There may be no end to it.
            if (len(records), total % 2**64) != (state.sources, state.sources_sum):
                if self.has_left(state.edition):
                    raise changed(self.data)
                raise damaged(self.data, "its sources were changed")
            by_path = {record[1]: number for number, record in records.items()}
            self._listed = Listing(state.generation, records, by_path, numbers)
        return self._listed

    def know(self, committed: Committed, listing: Listing) -> None:
        """What the one who writes has committed, and all sources of it."""
        self.committed = committed
        self._listed = listing._replace(generation=committed.found.state.generation)


def _portions(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[at : at + _AT_ONCE] for at in range(0, len(numbers), _AT_ONCE))
