"""Commit what an update gathered: the inverted index first, then the catalogue, then clear up.

Whoever is stopped between two steps leaves files that nobody opens, and the next run clears up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from askdoc.english.analyzer import joined_terms
from askdoc.index.named import own, remember
from askdoc.store.catalog import Catalog, Source, State
from askdoc.store.prepared import PreparedDocument, count_terms
from askdoc.store.sources import pack_source
from askdoc.store.telling import damaged
from askdoc.store.writing import TermsWriter


@dataclass
class Batch:
    """What is committed at once.

    Attributes:
        read: files that were read: as they are to be stored, and what was known of the same file.
        gone: numbers of the sources that are no longer there.
        updated: sources of which something else is known now; their passages stay.
    """

    read: list[tuple[Source, PreparedDocument | None, Source | None]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    updated: list[Source] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.read or self.gone or self.updated)


class Committing:
    """What changes an index, a commit at a time.

    Args:
        folder: where the index is.
        catalog: what SQLite holds.

    Attributes:
        state: what is committed.
        broken_off: whether a commit was begun and not completed.

    Raises:
        IndexDamaged: the inverted index is not what was committed.
    """

    def __init__(self, folder: Path, catalog: Catalog) -> None:
        self._folder = folder
        self._catalog = catalog
        self._writer = TermsWriter(catalog.data)
        self.state = catalog.state()
        self.broken_off = False
        self._corrected: dict[int, list[str]] = {}
        # What is not changed is not opened, and is to be sound all the same.
        self._writer.check(self.state)
        self._is_own = self._writer.digest(self.state) in own(folder).committed

    def change(self, state: State) -> None:
        """Commit a state in which no source is another."""
        if state == self.state:
            return
        state = state._replace(generation=self.state.generation + 1)
        with self._catalog.transaction():
            self._write(state)
        self._committed(state)

    def commit(self, batch: Batch, state: State) -> None:
        """Commit what was gathered.

        Args:
            batch: what was gathered.
            state: what else is committed, as it is or is to be.
        """
        self.broken_off = True
        replaced = [*batch.gone, *(known.id for _, _, known in batch.read if known is not None)]
        state = state._replace(
            generation=self.state.generation + 1,
            edition=self.state.edition + 1,
            next_id=self.state.next_id + len(batch.read),
        )
        if replaced or any(parcel is not None for _, parcel, _ in batch.read):
            state = self._written(batch, state, replaced)
        with self._catalog.transaction():
            state = self._stored(batch, state, replaced)
            self._write(state)
        self._committed(state)
        self._writer.sweep(state)
        self.broken_off = False

    def abandon(self) -> None:
        """Let another one write: this one has ended, or was stopped."""
        self._writer.abandon()

    def _written(self, batch: Batch, state: State, replaced: Sequence[int]) -> State:
        """Have the inverted index without the old passages and with the new."""
        writer = self._writer
        # tantivy merges what it finds, and takes on trust that it is sound. What somebody else
        # wrote is analysed anew from the texts.
        writer.begin(self.state, anew=not self._is_own)
        if self._is_own:
            writer.remove(replaced)
            gone = map(self._catalog.source, replaced)
            terms = self.state.terms - sum(source.terms for source in gone if source is not None)
        else:
            terms = self._analyse(frozenset(replaced))
        for source, parcel, _ in batch.read:
            if parcel is not None:
                writer.add(source.id, parcel.terms)
                terms += source.terms
        return writer.commit(state._replace(terms=terms))

    def _analyse(self, left_out: Collection[int]) -> int:
        """Have all that is stored in the inverted index, but some; how many terms that has."""
        total = 0
        for source in self._catalog.sources():
            if source.problem or source.id in left_out:
                continue
            rows = self._catalog.rows_of(source.id)
            if len(rows) != source.passages:
                raise damaged(self._catalog.data, f"a part of source {source.id} is missing")
            texts = (row.text.decode("utf-8") for _, row in rows)
            terms = [joined_terms(text.strip()) for text in texts]
            self._writer.add(source.id, terms)
            count = count_terms(terms)
            total += count
            if count != source.terms or not self._catalog.has_terms(source.id, terms):
                self._corrected[source.id] = terms
        return total

    def _stored(self, batch: Batch, state: State, replaced: Sequence[int]) -> State:
        """Have the catalogue without the old sources and with the new; what it then holds."""
        catalog = self._catalog
        updated = self._with_corrections(batch.updated)
        before = list(map(catalog.source, (*replaced, *(one.id for one in updated))))
        catalog.remove(replaced)
        # A path may have been handed on from one file to another.
        for source in updated:
            catalog.park(source.id)
        total = state.sources_sum - sum(pack_source(one)[5] for one in before if one is not None)
        total += sum(map(catalog.update, updated))
        for source, parcel, _ in batch.read:
            total += catalog.add(source, parcel)
        after = [*updated, *(source for source, _, _ in batch.read)]
        was, now = _readable(before), _readable(after)
        return state._replace(
            sources=state.sources + len(batch.read) - len(replaced),
            sources_sum=total % 2**64,
            documents=state.documents + len(now) - len(was),
            passages=state.passages + sum(now) - sum(was),
        )

    def _with_corrections(self, updated: Sequence[Source]) -> list[Source]:
        """Sources of which something else is known now, and those whose terms were not theirs."""
        found = {source.id: source for source in updated}
        for number, terms in self._corrected.items():
            source = found.get(number) or self._catalog.source(number)
            if source is not None:
                self._catalog.correct(number, terms)
                found[number] = source._replace(terms=count_terms(terms))
        self._corrected.clear()
        return list(found.values())

    def _write(self, state: State) -> None:
        """Write a state, and before that keep that it is this user's."""
        if self._is_own or state.files != self.state.files:
            remember(self._folder, committed=[self._writer.digest(state)])
        self._catalog.write_state(state)

    def _committed(self, state: State) -> None:
        self._is_own = self._is_own or state.files != self.state.files
        self.state = state


def _readable(sources: Iterable[Source | None]) -> list[int]:
    """How many passages those have that were read."""
    return [source.passages for source in sources if source is not None and not source.problem]
