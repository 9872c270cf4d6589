"""The indices of an index in a cluster: made, published, refreshed, cleared up and removed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import islice

from askdoc.cluster.client import Client
from askdoc.cluster.committed import busy, look
from askdoc.cluster.layout import (
    EPOCH,
    NUMBER,
    SOURCE,
    STATE,
    index_of_passages,
    index_of_sources,
    passages_body,
    sources_body,
    state_body,
    written,
)
from askdoc.cluster.replies import reason
from askdoc.cluster.searching import Found, failed, pages
from askdoc.cluster.state import ClusterState, pack
from askdoc.cluster.visible import Clause, one_of
from askdoc.errors import (
    AskdocError,
    IndexUnwritable,
)

_PAGE = 1_000
# Who is on the way out, stopped by Ctrl-C say, does not wait for a cluster that does not answer.
LEAVING_SECONDS = 3.0


def make(client: Client, epoch: str, typical: int, shards: int) -> None:
    """Make the indices of an epoch, which hold nothing."""
    bodies = passages_body(typical, shards), sources_body()
    for index, body in zip(indices(client, epoch), bodies, strict=True):
        _create(client, index, body)


def indices(client: Client, epoch: str) -> tuple[str, str]:
    """The indices of an epoch: of its passages, and of its sources."""
    name = client.address.name
    return index_of_passages(name, epoch), index_of_sources(name, epoch)


def _create(client: Client, index: str, body: Mapping[str, object]) -> None:
    """Make an index, unless it is there; a try whose reply was lost may have made it."""
    body = {**body, "aliases": {written(index): {}}}
    reply = client.request("PUT", f"/{index}", body, allowed=(400,))
    if reply.status == 400 and "already_exists" not in (why := reason(reply.body)):
        raise failed(client, why)


def begin(client: Client, found: ClusterState) -> None:
    """Commit the first state of an index.

    Raises:
        IndexBusy: somebody else has just done so.
        IndexUnwritable: an index of this name belongs to something else.
    """
    name = client.address.name
    _create(client, name, state_body())
    check_own(client)
    query = {"op_type": "create", "require_alias": "true"}
    path = f"/{written(name)}/_doc/{STATE}"
    reply = client.request("PUT", path, pack(found), query=query, allowed=(409,))
    # An earlier try may have been done, and somebody else may have the right to write by now.
    if reply.status == 409 and look(client).found.epoch != found.epoch:
        raise busy(client, "it has just been made")


def check_own(client: Client) -> None:
    """See that what has the index's name is askdoc's.

    Raises:
        IndexUnwritable: it is not.
    """
    name = client.address.name
    reply = client.request("GET", f"/{name}/_mapping", allowed=(404,))
    try:
        is_own = reply.status == 404 or all(
            "askdoc" in one["mappings"]["_meta"] for one in reply.body.values()
        )
    except (LookupError, TypeError, AttributeError):
        is_own = False
    if not is_own:
        raise IndexUnwritable(
            "an index of this name belongs to something else", str(client.address),
            "Choose another name: --index https://HOST:9200/NAME",
        )  # fmt: skip


def others(client: Client, epoch: str) -> list[str]:
    """The indices of other epochs.

    They may be removed by whoever replaces the state after this: an epoch is published by one who
    has read a state before its indices were made, and cannot replace that any more. Without that
    the one that all read might be among them.
    """
    name = client.address.name
    reply = client.request("GET", f"/{name}-passages-*,{name}-sources-*/_mapping", allowed=(404,))
    if reply.status == 404 or type(reply.body) is not dict:
        return []
    shape = re.compile(rf"{re.escape(name)}-(?:passages|sources)-({EPOCH})")
    named = map(shape.fullmatch, reply.body)
    return [found[0] for found in named if found is not None and found[1] != epoch]


def drop(client: Client, unused: Iterable[str]) -> None:
    """Remove indices; where that fails, whoever writes next does."""
    client = client.hasty(LEAVING_SECONDS)
    with suppress(AskdocError):
        for index in unused:
            client.request("DELETE", f"/{index}", allowed=(404,))


def refresh(client: Client, *names: str) -> None:
    """Have what was written found by searches.

    Copies that are not there do no harm: whatever brings them back has them refreshed.

    Raises:
        ClusterFailed: a copy could not be refreshed, and would go on without what was written.
    """
    told = client.request("POST", f"/{','.join(names)}/_refresh").body
    shards = told.get("_shards") if isinstance(told, dict) else None
    if not isinstance(shards, dict) or shards.get("failed") != 0:
        raise failed(client, "a copy could not be refreshed")


def clear(
    client: Client, found: ClusterState, *, left_behind: Iterable[tuple[int, int]] = (),
    dead: Iterable[int] = (), superseded: Iterable[int] = (),
) -> None:  # fmt: skip
    """Delete what nobody sees: what stopped writers left, and what is not there any more.

    Args:
        client: speaks to the cluster.
        found: tells the indices.
        left_behind: numbers of sources, from the first to before the last.
        dead: sources that are gone.
        superseded: documents of sources of which something else is known.
    """
    of_passages = [*_ranges(SOURCE, left_behind), *one_of(SOURCE, dead)]
    of_sources = [
        *_ranges(NUMBER, left_behind), *one_of(SOURCE, dead), *one_of(NUMBER, superseded),
    ]  # fmt: skip
    both = indices(client, found.epoch)
    for index, clauses in zip(both, (of_passages, of_sources), strict=True):
        body = {"_source": [SOURCE], "query": {"bool": {"should": clauses}}}
        if clauses:
            gone = pages(client, index, body, NUMBER, _PAGE)
            routed = index == both[0]
            while some := list(islice(gone, _PAGE)):
                client.bulk([_deletion(index, one, routed) for one in some], allowed=(404,))


def _deletion(index: str, found: Found, routed: bool) -> bytes:
    action = {"_index": index, "_id": found.id}
    if routed:
        action["routing"] = str(found.source[SOURCE])
    return json.dumps({"delete": action}).encode("ascii")


def _ranges(field: str, ranges: Iterable[tuple[int, int]]) -> list[Clause]:
    return [{"range": {field: {"gte": first, "lt": last}}} for first, last in ranges]
