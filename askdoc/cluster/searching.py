"""Searches and look-ups: what OpenSearch found, checked as far as its form goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from askdoc.cluster.client import Client
from askdoc.errors import ClusterFailed


class Found(NamedTuple):
    """A document: its identifier, its score, what it holds, and what it was sorted by."""

    id: str
    score: float
    source: Mapping[str, Any]
    sort: Sequence[Any] = ()


def search(
    client: Client, index: str, body: Mapping[str, Any], *, routing: int | None = None
) -> list[Found]:
    """What a search finds, in order.

    Raises:
        ClusterError: it was not answered, or not by all parts of the index.
    """
    return _hits(client, answer(client, index, body, routing=routing))


def answer(
    client: Client, index: str, body: Mapping[str, Any], *, routing: int | None = None
) -> Mapping[str, Any]:
    """All that OpenSearch says to a search."""
    query = {} if routing is None else {"routing": str(routing)}
    return client.search(index, {"track_total_hits": False, **body}, query=query)


def pages(
    client: Client,
    index: str,
    body: Mapping[str, Any],
    field: str,
    size: int,
    *,
    routing: int | None = None,
) -> Iterator[Found]:
    """All that a search finds, by a field that no two documents have alike, page by page."""
    after: dict[str, Any] = {}
    while True:
        one = {**body, "size": size, "sort": [{field: "asc"}], **after}
        found = search(client, index, one, routing=routing)
        yield from found
        if len(found) < size:
            return
        after = {"search_after": list(found[-1].sort)}


def documents(
    client: Client, index: str, asked: Sequence[tuple[str, str]], fields: Sequence[str]
) -> list[Found]:
    """Documents by identifier and routing, as far as they are there."""
    body = {"docs": [{"_id": id, "routing": routing} for id, routing in asked]}
    query = {"_source_includes": ",".join(fields)}
    reply = client.request("POST", f"/{index}/_mget", body, query=query)
    found = []
    try:
        for one in reply.body["docs"]:
            if "error" in one:
                raise failed(client, str(one["error"].get("reason", "")))
            if one["found"]:
                found.append(Found(one["_id"], 0.0, one["_source"]))
    except (LookupError, TypeError, AttributeError):
        raise failed(client, "its answer has another form") from None
    return found


def failed(client: Client, why: str) -> ClusterFailed:
    """That the cluster answered with something else than what was asked for."""
    return ClusterFailed(
        f"the cluster did not answer in full ({why})", str(client.address), "Try again."
    )


def _hits(client: Client, body: Mapping[str, Any]) -> list[Found]:
    try:
        return [
            Found(str(one["_id"]), one.get("_score") or 0.0, one.get("_source", {}),
                  one.get("sort", ()))
            for one in body["hits"]["hits"]
        ]  # fmt: skip
    except (LookupError, TypeError, AttributeError):
        raise failed(client, "its answer has another form") from None
