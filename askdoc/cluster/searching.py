"""Searches and look-ups: what OpenSearch found, checked as far as its form goes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from askdoc.cluster.client import Client
from askdoc.cluster.replies import reason
from askdoc.errors import ClusterFailed

_OTHERWISE = "its answer has another form"


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
    return _hits(client, answer(client, index, body, routing=routing), body["size"])


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
    """All that a search finds, by a whole number that no two documents have alike, page by page.

    Raises:
        ClusterFailed: what comes is in no order, so that there might be no end to it.
    """
    after: dict[str, Any] = {}
    last = -1
    while True:
        one = {**body, "size": size, "sort": [{field: "asc"}], **after}
        found = search(client, index, one, routing=routing)
        for hit in found:
            (place,) = hit.sort if len(hit.sort) == 1 else (None,)
            if type(place) is not int or place <= last:
                raise failed(client, "its answer is in no order")
            last = place
            yield hit
        if len(found) < size:
            return
        after = {"search_after": [last]}


def documents(
    client: Client, index: str, asked: Sequence[tuple[str, str]], fields: Sequence[str]
) -> list[Found]:
    """Documents by identifier and routing, as far as they are there."""
    body = {"docs": [{"_id": id, "routing": routing} for id, routing in asked]}
    query = {"_source_includes": ",".join(fields)}
    told = client.request("POST", f"/{index}/_mget", body, query=query).body
    documents = told.get("docs") if isinstance(told, dict) else None
    if not isinstance(documents, list) or len(documents) != len(asked):
        raise failed(client, _OTHERWISE)
    found = []
    for one, (id, _) in zip(documents, asked, strict=True):
        if not isinstance(one, dict) or one.get("_id") != id:
            raise failed(client, _OTHERWISE)
        if "error" in one:
            raise failed(client, client.hidden(reason(one)) or _OTHERWISE)
        if one.get("found") is True:
            found.append(_found(client, one))
    return found


def failed(client: Client, why: str) -> ClusterFailed:
    """That the cluster answered with something else than what was asked for."""
    return ClusterFailed(
        f"the cluster did not answer in full ({why})", str(client.address), "Try again."
    )


def _hits(client: Client, told: Mapping[str, Any], most: int) -> list[Found]:
    hits = told.get("hits")
    found = hits.get("hits") if isinstance(hits, dict) else None
    if not isinstance(found, list) or len(found) > most:
        raise failed(client, _OTHERWISE)
    return [_found(client, one) for one in found]


def _found(client: Client, told: Any) -> Found:
    """A document that was found, each part of it of the type that it has to be."""
    if not isinstance(told, dict):
        raise failed(client, _OTHERWISE)
    id, score, source, sort = map(told.get, ("_id", "_score", "_source", "sort"))
    score = 0.0 if score is None else score
    # Neither is there where nobody has asked for it.
    source, sort = {} if source is None else source, () if sort is None else sort
    if not (
        type(id) is str
        and type(score) in (float, int)
        and 0.0 <= score < math.inf
        and type(source) is dict
        and type(sort) in (list, tuple)
    ):
        raise failed(client, _OTHERWISE)
    return Found(id, float(score), source, sort)
