"""An index of passages as the third tier has it, and what is asked of it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from lab.cluster import Cluster

_TOKENIZER = {"type": "char_group", "tokenize_on_chars": [" "], "max_token_length": 1024}
_MAPPING = {
    "dynamic": "strict",
    "_source": {"excludes": ["terms"]},
    "_routing": {"required": True},
    "properties": {
        "terms": {"type": "text", "analyzer": "terms", "index_options": "freqs"},
        "number": {"type": "long"},
        "source": {"type": "long"},
        "length": {"type": "integer"},
        "row": {"type": "binary"},
    },
}


def create(cluster: Cluster, name: str, *, shards: int = 1, replicas: int = 0) -> None:
    """An empty index of passages, all of whose copies are in place."""
    analysis = {
        "tokenizer": {"blank": _TOKENIZER},
        "analyzer": {"terms": {"type": "custom", "tokenizer": "blank"}},
    }
    settings = {"number_of_shards": shards, "number_of_replicas": replicas, "analysis": analysis}
    reply = cluster.ask("PUT", f"/{name}", {"settings": settings, "mappings": _MAPPING})
    assert reply.status == 200, reply
    cluster.wait()


def passage(number: int, terms: Sequence[str], row: bytes = b"") -> dict[str, Any]:
    """The document of a passage; ten passages are of one source."""
    return {
        "terms": " ".join(terms),
        "number": number,
        "source": number // 10,
        "length": len(terms),
        "row": base64.b64encode(row).decode(),
    }


def bulk(cluster: Cluster, name: str, documents: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write documents and refresh; what became of each, in their order."""
    lines: list[dict[str, Any]] = []
    for one in documents:
        action = {"_id": str(one["number"]), "routing": str(one["source"])}
        lines += [{"index": action}, one]
    reply = cluster.ask("POST", f"/{name}/_bulk?refresh=true", lines)
    assert reply.status == 200, reply
    return [item["index"] for item in reply.body["items"]]


def search(
    cluster: Cluster, name: str, terms: Sequence[str], size: int = 10, how: str = ""
) -> dict[str, Any]:
    """The body of the reply to a question of any of the terms, by the whole index's statistics."""
    query = {"match": {"terms": {"query": " ".join(terms)}}}
    path = f"/{name}/_search?search_type={how or 'dfs_query_then_fetch'}"
    reply = cluster.ask("POST", path, {"query": query, "size": size, "track_total_hits": True})
    assert reply.status == 200, reply
    body: dict[str, Any] = reply.body
    return body
