"""What was committed to an index in a simulated cluster, and who adds to it and reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from interleaving import Actor, Line
from saving import one_passage, parcel_of
from simulated import ADDRESS

from askdoc.cluster.client import Client
from askdoc.cluster.layout import STATE, written
from askdoc.cluster.state import ClusterState, unpack
from askdoc.cluster.writing import Writer
from askdoc.errors import IndexChanged
from askdoc.index.cluster_place import ClusterPlace
from askdoc.index.committing import Batch
from askdoc.index.places import Opened
from askdoc.model import Passage
from askdoc.retrieve.cluster import ClusterRetriever
from askdoc.retrieve.memory import MemoryRetriever
from askdoc.store.sources import Source
from askdoc.store.state import State

Content = Mapping[str, str]
Change = Mapping[str, str | None]
Key = tuple[str, int, int]
# What stands for a file that only has another time.
TOUCHED = ""
WORDS = ("river", "tower", "lamp", "mill")
_TRIES = 8


class Meant(NamedTuple):
    """What somebody is about to commit: to what, and what there is then."""

    before: Key | None
    content: Content


class History:
    """All contents that were committed, as the cluster tells.

    Attributes:
        line: leads to the cluster.
        clock: what all take to be the time, in seconds.
        reads: how many reads came to an end.
        contents: what was committed, in order; at first there is nothing.
        meant: what would be committed by which state.
        key: the state.
        committed: the contents by epoch and edition.
    """

    def __init__(self) -> None:
        self.line = Line()
        self.line.cluster.watch = self._note
        self.clock, self.reads = 1_000_000.0, 0
        self.contents: list[Content] = [{}]
        self.meant: dict[Key, Meant] = {}
        self.key: Key | None = None
        self.committed: dict[tuple[str, int], Content] = {}

    def _note(self, index: str, id: str, document: dict[str, Any]) -> None:
        """See what was committed, and that nobody has committed it to something else."""
        assert (index, id) == (written(ADDRESS.name), STATE)
        found = unpack(document)
        key = key_of(found)
        if self.key is not None and key[:2] == self.key[:2]:
            # Who has the right, and which numbers: nothing of what there is.
            self.key = key
            return
        meant = self.meant.get(key) or Meant(None, {})
        is_new_epoch = self.key is None or key[0] != self.key[0]
        assert is_new_epoch or (meant.before or key)[:2] == self.key[:2]  # type: ignore[index]
        self.key = key
        self.contents.append(meant.content)
        self.committed[key[:2]] = meant.content

    def state(self) -> ClusterState:
        """What is committed."""
        found, _, _ = self.line.cluster.indices[ADDRESS.name].stored[STATE]
        return unpack(found)


def key_of(found: ClusterState) -> Key:
    """What tells a content from others: nobody else has had these numbers."""
    return found.epoch, found.state.edition, found.state.next_id


class Place(ClusterPlace):
    """A cluster, written by an actor."""

    def __init__(self, history: History, actor: Actor) -> None:
        super().__init__(ADDRESS, {}, lambda address, credentials: actor.client)
        self._history, self._actor = history, actor

    def _take(self, *, anew: bool = False) -> Writer:
        client: Client = self._actor.client
        writer = Writer(client, anew=anew, now=lambda: self._history.clock)
        self._actor.writer = self._writer = self._kept.enter_context(writer)
        return writer


def write(history: History, actor: Actor, changes: Sequence[Change], rebuild: bool) -> None:
    """Commit changes: by name a new text, TOUCHED, or None for what is gone."""
    place = Place(history, actor)
    with place.writing(anew=rebuild):
        fresh = rebuild or not place.is_index()
        made = place.begun(State(), seen=not rebuild) if fresh else place.opened()
        with made as opened:
            for change in changes:
                _commit(history, opened, change)


def _commit(history: History, opened: Opened, change: Change) -> None:
    catalog, commits = opened
    before = key_of(catalog.found)  # type: ignore[attr-defined]
    there = {source.name: source for source in catalog.sources()}
    meant = history.meant.get(before, Meant(None, {})).content
    content = dict(history.committed.get(before[:2], meant))
    assert content.keys() == there.keys(), (content.keys(), there.keys())
    batch = Batch()
    for name, text in change.items():
        known = there.get(name)
        if text is None:
            batch.gone += [] if known is None else [known.id]
            content.pop(name, None)
        elif text == TOUCHED:
            batch.updated += [] if known is None else [known._replace(seen=known.seen + 1)]
        else:
            parcel = parcel_of([one_passage(text, name)])
            number = commits.state.next_id + len(batch.read)
            source = Source(number, name.encode(), name, 0, 0, 0, b"", passages=1,
                            length=parcel.length, terms=parcel.term_count)  # fmt: skip
            batch.read.append((source, parcel, known))
            content[name] = text
    if batch:
        end = commits.state.next_id + len(batch.read) + len(batch.updated)
        history.meant[before[0], before[1] + 1, end] = Meant(before, content)
        commits.commit(batch, commits.state)


def read(history: History, actor: Actor, times: int) -> None:
    """See that whatever is read is what was committed at one moment while it was read."""
    retriever = ClusterRetriever(ADDRESS, actor.client)
    for _ in range(times):
        first = len(history.contents) - 1
        for _ in range(_TRIES):
            try:
                with retriever.snapshot():
                    found = _seen(retriever)
            except IndexChanged:
                continue
            history.reads += 1
            since = history.contents[first:]
            assert any(found == expected(one) for one in since), (found, since)
            break


def _seen(retriever: ClusterRetriever) -> Any:
    hits = [
        [(hit.passage.document.source, hit.passage.text, hit.score)
         for hit in retriever.search({word: 1.0, WORDS[0]: 0.5}, 3)]
        for word in WORDS[1:3]
    ]  # fmt: skip
    holding = retriever.statistics(WORDS)
    named = [one.source for one in retriever.named(["mint"])]
    listed = {one.source: one.text for one in retriever.documents}
    return hits, tuple(holding), named, listed


def expected(content: Content) -> Any:
    """What a reader of some texts sees."""
    passages: list[Passage] = [one_passage(content[name], name) for name in sorted(content)]
    memory = MemoryRetriever(passages)
    hits = [
        [(hit.passage.document.source, hit.passage.text, hit.score)
         for hit in memory.search({word: 1.0, WORDS[0]: 0.5}, 3)]
        for word in WORDS[1:3]
    ]  # fmt: skip
    held = {word: sum(word in text.split() for text in content.values()) for word in WORDS}
    length = sum(len(text.split()) for text in content.values())
    named = ["mint"] if "mint" in content else []
    return hits, (len(passages), length, held), named, dict(content)
