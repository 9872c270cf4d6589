"""A cluster that says what no cluster says: whoever asks or writes is told so in a line."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from histories import WORDS
from hypothesis import given, settings
from hypothesis import strategies as st
from saving import one_passage, parcel_of, save_in_cluster
from simulated import ADDRESS, SimulatedClient, SimulatedCluster

from askdoc.cluster.address import Address
from askdoc.cluster.committed import look
from askdoc.cluster.layout import STATE
from askdoc.cluster.state import pack, unpack
from askdoc.cluster.writing import Writer
from askdoc.errors import AskdocError, ClusterMisnamed, IndexBusy, IndexDamaged, IndexUnwritable
from askdoc.index.cluster_place import ClusterPlace
from askdoc.index.committing import Batch
from askdoc.retrieve.cluster import ClusterRetriever
from askdoc.store.sources import Source
from askdoc.store.state import State, pack_state, unpack_state

Exchange = Callable[[str, str, bytes | None], tuple[int, bytes]]
_TEXTS = {"mint": "river tower", "plum": "lamp tower", "fig": "mill"}
_MOST_REQUESTS = 2_000
_ODD: list[Any] = [
    None, True, False, -1, 0, 1, 2**31, 2**63, 2**200, -(2**70), 0.5, 1e308, -1e308, "", "x", "_",
    "\x1b[31m", "a\x00b", "\ud800", "../..", "*", "-1", "1_0", "9" * 400, "x" * 1_000, [], [[]],
    {}, {"a": {}}, [1, "x"],
]  # fmt: skip


def _filled() -> SimulatedCluster:
    cluster = SimulatedCluster()
    passages = [one_passage(_TEXTS[name], name) for name in sorted(_TEXTS)]
    save_in_cluster(passages, _place(cluster.exchange))
    return cluster


def _place(exchange: Exchange) -> ClusterPlace:
    return ClusterPlace(ADDRESS, {}, lambda address, _: SimulatedClient(exchange, address))


def ask(exchange: Exchange) -> None:
    """Everything that a reader asks."""
    retriever = ClusterRetriever(ADDRESS, SimulatedClient(exchange))
    with retriever.snapshot():
        for word in WORDS:
            for hit in retriever.search({word: 1.0, WORDS[0]: 0.5}, 3):
                document = hit.passage.document
                told = (hit.passage.text, document.text, document.headings, document.source)
                assert all(type(part) in (str, tuple) for part in told)
    assert all(type(document.opening(20)) is str for document in retriever.documents)
    assert type(retriever.size()) is int
    retriever.named(["mint"])
    retriever.changes(["mint"])
    list(retriever.extents)


def update(exchange: Exchange) -> None:
    """What a writer does."""
    place = _place(exchange)
    with place.writing(), place.opened() as (catalog, commits):
        known = list(catalog.sources())
        batch = Batch(gone=[one.id for one in known[:1]], updated=known[1:2])
        parcel = parcel_of([one_passage("river", "pear")])
        source = Source(commits.state.next_id, b"pear", "pear", 0, 0, 0, b"", passages=1,
                        length=parcel.length, terms=parcel.term_count)  # fmt: skip
        batch.read.append((source, parcel, None))
        commits.commit(batch, commits.state)
        commits.commit(Batch(gone=[source.id]), commits.state)


class Lying:
    """A cluster of which some replies are changed.

    Args:
        change: changes a reply, given its number and its JSON.
    """

    def __init__(self, cluster: SimulatedCluster, change: Callable[[int, Any], Any]) -> None:
        self._cluster, self._change = cluster, change
        self.requests = 0

    def exchange(self, method: str, target: str, content: bytes | None) -> tuple[int, bytes]:
        self.requests += 1
        assert self.requests < _MOST_REQUESTS, "there is no end to it"
        status, reply = self._cluster.exchange(method, target, content)
        if not reply:
            return status, reply
        return status, json.dumps(self._change(self.requests, json.loads(reply))).encode()


def _changed(found: Any, draw: Random) -> Any:
    """The same with one odd thing somewhere in it."""
    if not isinstance(found, dict | list) or not found or draw.random() < 0.15:
        return draw.choice(_ODD)
    keys = list(found) if isinstance(found, dict) else range(len(found))
    at = draw.choice(keys)
    copy = found.copy()
    copy[at] = _changed(found[at], draw)
    return copy


def _is_told(do: Callable[[Exchange], None], exchange: Exchange) -> None:
    try:
        do(exchange)
    except AskdocError as error:
        assert str(error).isprintable(), str(error)
        assert len(str(error)) < 1_000


@settings(deadline=None)
@given(draw=st.randoms(use_true_random=False), first=st.integers(1, 25), always=st.booleans())
@pytest.mark.parametrize("do", [ask, update])
def test_whatever_a_cluster_replies_is_an_answer_or_an_error_in_a_line(
    do: Callable[[Exchange], None], draw: Random, first: int, always: bool
) -> None:
    def change(number: int, reply: Any) -> Any:
        is_changed = number == first or (always and number > first)
        return _changed(reply, draw) if is_changed else reply

    _is_told(do, Lying(_filled(), change).exchange)


def _state_of(cluster: SimulatedCluster) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(cluster.indices["docs"].stored[STATE].source["content"])
    return found


def _put_state(cluster: SimulatedCluster, state: dict[str, Any]) -> None:
    content = json.dumps(state)
    stored = cluster.indices["docs"].stored
    document = {"content": content, "sum": zlib.crc32(content.encode())}
    stored[STATE] = stored[STATE]._replace(source=document)


@settings(deadline=None)
@given(draw=st.randoms(use_true_random=False))
@pytest.mark.parametrize("do", [ask, update])
def test_whatever_stands_in_the_state_is_a_state_or_an_error_in_a_line(
    do: Callable[[Exchange], None], draw: Random
) -> None:
    cluster = _filled()
    state = _state_of(cluster)
    if draw.random() < 0.5:
        inner = json.dumps(_changed(json.loads(state["state"]), draw))
        state["state"] = inner
    else:
        state = _changed(state, draw)
    _put_state(cluster, state)
    _is_told(do, Lying(cluster, lambda number, reply: reply).exchange)


def _inside(packed: str, draw: Random) -> str:
    found = _changed(json.loads(base64.b64decode(packed)), draw)
    return base64.b64encode(json.dumps(found).encode()).decode()


@settings(deadline=None)
@given(draw=st.randoms(use_true_random=False))
@pytest.mark.parametrize("do", [ask, update])
def test_whatever_stands_in_documents_is_one_or_an_error_in_a_line(
    do: Callable[[Exchange], None], draw: Random
) -> None:
    cluster = _filled()
    for name, index in cluster.indices.items():
        if name == "docs":
            continue
        for id, document in index.stored.items():
            source = dict(document.source)
            field = draw.choice(list(source))
            if field == "record" and draw.random() < 0.8:
                source[field] = _inside(source[field], draw)
            elif field in ("number", "source", "terms", "named"):
                continue  # OpenSearch keeps them to their types.
            else:
                source[field] = draw.choice([one for one in _ODD if isinstance(one, str)])
            index.stored[id] = document._replace(source=source)
        index.refresh()
    _is_told(do, Lying(cluster, lambda number, reply: reply).exchange)


def test_pages_that_come_again_and_again_are_an_error() -> None:
    """A reader gathered them until there was no memory left."""
    cluster = _filled()

    def change(number: int, reply: Any) -> Any:
        hits = reply.get("hits", {}).get("hits")
        if hits:
            reply["hits"]["hits"] = (hits * 5_000)[:5_000]
        return reply

    with pytest.raises(AskdocError):
        ask(Lying(cluster, change).exchange)


@pytest.mark.parametrize(
    "epoch", ["", "*", "x,payroll", "../payroll", "0123456789ab/_doc", "0123456789AB", "x" * 500]
)
def test_the_epoch_in_the_state_names_no_other_index(epoch: str) -> None:
    """It went into the path of requests as it was."""
    cluster = _filled()
    state = unpack(cluster.indices["docs"].stored[STATE].source)
    other = state._replace(state=state.state._replace(listing=epoch))
    document = pack(other)
    stored = cluster.indices["docs"].stored
    stored[STATE] = stored[STATE]._replace(source=document)
    for do in (ask, update):
        lying = Lying(cluster, lambda number, reply: reply)
        with pytest.raises(IndexDamaged):
            do(lying.exchange)


def test_numbers_that_are_used_up_are_told_and_the_state_stays_readable() -> None:
    cluster = _filled()
    state = unpack(cluster.indices["docs"].stored[STATE].source)
    last = 2**38 - 2
    full = state._replace(reserved=last, state=state.state._replace(next_id=last))
    stored = cluster.indices["docs"].stored
    stored[STATE] = stored[STATE]._replace(source=pack(full))
    with pytest.raises(IndexUnwritable):
        update(cluster.exchange)
    ask(cluster.exchange)


def test_what_the_cluster_says_of_an_error_is_harmless_and_holds_no_secret() -> None:
    cluster = _filled()
    reason = "\x1b]0;title\x07" + "no " * 1_000

    def change(number: int, reply: Any) -> Any:
        for one in reply.get("docs", ()):
            one["error"] = {"reason": reason}
        return reply

    with pytest.raises(AskdocError) as error:
        retriever = ClusterRetriever(ADDRESS, SimulatedClient(Lying(cluster, change).exchange))
        retriever.catalog.rows([1 << 24])
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 500


@pytest.mark.parametrize("path", ["\ud800", "/a\x00b", "/a/\ud912\ud912"])
def test_what_is_no_path_is_none_in_a_state(path: str) -> None:
    """The next update failed with what Python says of a text that is no path."""
    state = State(roots=(("/a", "a"),), unfinished=("/a",))
    assert unpack_state(*pack_state(state)) == state
    for wrong in (state._replace(roots=((path, "a"),)), state._replace(unfinished=(path,))):
        with pytest.raises(ValueError, match="its state was changed"):
            unpack_state(*pack_state(wrong))


@pytest.mark.parametrize("kind", ["passages", "sources"])
def test_an_index_is_not_called_like_a_part_of_another(kind: str) -> None:
    """It would have been removed when the other was made anew."""
    with pytest.raises(ClusterMisnamed, match="a part of another"):
        Address.parse(f"https://search.example/docs-{kind}-0123456789ab")
    assert Address.parse(f"https://search.example/docs-{kind}-2026").name == f"docs-{kind}-2026"


def test_passages_of_a_source_that_never_end_are_an_error() -> None:
    """Each page went on where the one before had ended, with passages of other sources."""
    cluster = _filled()

    def change(number: int, reply: Any) -> Any:
        hits = reply.get("hits", {}).get("hits")
        if hits and "row" in hits[0]["_source"] and "sort" in hits[0]:
            hits *= 500
            reply["hits"]["hits"] = [
                {**one, "_id": str((number + 1) << 24 | at), "sort": [number << 24 | at]}
                for at, one in enumerate(hits[:500])
            ]
        return reply

    lying = Lying(cluster, change)
    retriever = ClusterRetriever(ADDRESS, SimulatedClient(lying.exchange))
    with pytest.raises(AskdocError):
        assert [passage.text for passage in retriever.passages]
    assert lying.requests < 10


def test_a_right_that_was_given_back_in_a_hurry_stays_given_back() -> None:
    """A thread that was just prolonging it took it once more, for a minute and nobody."""
    exchange = SimulatedCluster().exchange
    save_in_cluster([one_passage("river", "pear")], _place(exchange))
    client = SimulatedClient(exchange)
    writer = Writer(client)
    writer.is_clean = False
    with writer:
        pass
    with pytest.raises(IndexBusy):
        writer.prolong(client)
    lease = look(client).found.lease
    assert lease is not None
    assert lease.until == 0
