"""A cluster in memory that answers what askdoc asks as OpenSearch does, one request at a time.

What is written is found by searches after a refresh, and by identifier at once; an index that is
missing is made by whoever writes to it; a document is replaced by whoever has read it last. Any
clause, field or path that askdoc does not use is an error of the test, so that nothing passes for
having been ignored. The contract of retrievers runs against this and against a real cluster.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from itertools import count
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from simulated_search import check_clauses, found_by, in_order, numbers_of

from askdoc.cluster.address import Address
from askdoc.cluster.client import Client

Json = dict[str, Any]
_SHARDS = {"total": 1, "successful": 1, "failed": 0}


class Document(NamedTuple):
    """A document: what is in it, when it was written, and where."""

    source: Json
    sequence: int
    routing: str


class Index:
    """An index: what was written, and what searches find."""

    def __init__(self, body: Json) -> None:
        self.body = body
        self.stored: dict[str, Document] = {}
        self.seen: dict[str, Document] = {}

    @property
    def mappings(self) -> Json:
        mappings: Json = self.body.get("mappings", {})
        return mappings

    def refresh(self) -> None:
        self.seen = dict(self.stored)

    def fault(self, document: Json) -> str:
        """What is wrong with a document; empty where nothing is."""
        if self.mappings.get("dynamic") == "strict":
            unknown = document.keys() - self.mappings["properties"].keys()
            return "strict_dynamic_mapping_exception" if unknown else ""
        return ""


class Refused(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: int, kind: str, reason: str = "") -> None:
        super().__init__(kind)
        self.status, self.kind, self.reason = status, kind, reason or kind


class SimulatedCluster:
    """What one cluster holds.

    Attributes:
        indices: by name.
        watch: is told of each document that takes another's place, by index and identifier.
    """

    def __init__(self) -> None:
        self.indices: dict[str, Index] = {}
        self.watch: Callable[[str, str, Json], None] = lambda index, id, source: None
        self._sequence = count()

    def exchange(self, method: str, target: str, content: bytes | None) -> tuple[int, bytes]:
        """Answer a request: the status and the body."""
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query))
        try:
            status, body = self._answer(method, unquote(parts.path), query, content or b"")
        except Refused as error:
            told = {"type": error.kind, "reason": error.reason}
            status, body = error.status, {"error": told, "status": error.status}
        return status, b"" if method == "HEAD" else json.dumps(body).encode()

    def _answer(self, method: str, path: str, query: Json, content: bytes) -> tuple[int, Any]:
        if (method, path) == ("POST", "/_bulk"):
            return 200, self._bulk(content)
        _, names, *rest = path.split("/")
        body = json.loads(content) if content else {}
        match method, rest:
            case "PUT", []:
                return self._create(names, body)
            case "DELETE", []:
                self._one(names)
                del self.indices[names]
                return 200, {"acknowledged": True}
            case (("GET" | "HEAD"), ["_doc", id]):
                return self._get(names, id)
            case "PUT", ["_doc", id]:
                return self._put(names, id, query, body)
            case "GET", ["_mapping"]:
                return 200, {one: {"mappings": self.indices[one].mappings}
                             for one in self._named(names)}  # fmt: skip
            case "GET", ["_stats", "store"]:
                assert all(self._one(one) for one in names.split(","))
                return 200, {"_all": {"primaries": {"store": {"size_in_bytes": 1000}}}}
            case "POST", ["_refresh"]:
                for one in names.split(","):
                    self._one(one).refresh()
                return 200, {"_shards": _SHARDS}
            case "POST", ["_count"]:
                assert body.keys() == {"query"}
                found = list(found_by(self._one(names), body["query"]))
                return 200, {"count": len(found), "_shards": _SHARDS}
            case "POST", ["_search"]:
                return 200, self._search(names, query, body)
            case "POST", ["_mget"]:
                return 200, self._several(names, query, body)
        raise AssertionError(f"askdoc does not ask for {method} {path}")

    def _one(self, name: str) -> Index:
        if name not in self.indices:
            raise Refused(404, "index_not_found_exception", f"no such index [{name}]")
        return self.indices[name]

    def _named(self, names: str) -> Iterable[str]:
        for pattern in names.split(","):
            if "*" not in pattern:
                self._one(pattern)
            yield from (one for one in self.indices if fnmatchcase(one, pattern))

    def _create(self, name: str, body: Json) -> tuple[int, Json]:
        if name in self.indices:
            raise Refused(400, "resource_already_exists_exception")
        self.indices[name] = Index(body)
        return 200, {"acknowledged": True, "index": name}

    def _written(self, name: str, *, require_alias: bool) -> Index:
        """An index that is written to, made where it is missing unless an alias is required."""
        for one in self.indices.values():
            if name in one.body.get("aliases", {}):
                return one
        if require_alias:
            raise Refused(404, "index_not_found_exception", f"no such index [{name}]")
        return self.indices.setdefault(name, Index({}))

    def _get(self, name: str, id: str) -> tuple[int, Json]:
        document = self._one(name).stored.get(id)
        if document is None:
            return 404, {"_id": id, "found": False}
        return 200, {
            "_id": id, "found": True, "_source": document.source,
            "_seq_no": document.sequence, "_primary_term": 1,
        }  # fmt: skip

    def _put(self, name: str, id: str, query: Json, body: Json) -> tuple[int, Json]:
        assert query.keys() <= {"op_type", "if_seq_no", "if_primary_term", "require_alias"}
        index = self._written(name, require_alias="require_alias" in query)
        before = index.stored.get(id)
        if query.get("op_type") == "create" and before is not None:
            raise Refused(409, "version_conflict_engine_exception")
        if "if_seq_no" in query:
            expected = int(query["if_seq_no"]), int(query["if_primary_term"])
            if before is None or (before.sequence, 1) != expected:
                raise Refused(409, "version_conflict_engine_exception")
        if fault := index.fault(body):
            raise Refused(400, fault)
        sequence = next(self._sequence)
        index.stored[id] = Document(body, sequence, "")
        self.watch(name, id, body)
        return (200 if before else 201), {"_id": id, "_seq_no": sequence, "_primary_term": 1}

    def _bulk(self, content: bytes) -> Json:
        items = []
        lines = iter(content.split(b"\n")[:-1])
        for line in lines:
            ((action, told),) = json.loads(line).items()
            source = json.loads(next(lines)) if action == "index" else {}
            items.append({action: self._operation(action, told, source)})
        return {"errors": False, "items": items}

    def _operation(self, action: str, told: Json, source: Json) -> Json:
        assert told.keys() <= {"_index", "_id", "routing", "require_alias"}
        name, id, routing = told["_index"], told["_id"], told.get("routing", "")
        if action == "delete":
            if name not in self.indices:
                return {"status": 404, "error": {"type": "index_not_found_exception"}}
            gone = self.indices[name].stored.pop(id, None)
            assert gone is None or gone.routing == routing
            return {"status": 404 if gone is None else 200}
        try:
            index = self._written(name, require_alias="require_alias" in told)
        except Refused as error:
            return {"status": error.status, "error": {"type": error.kind}}
        if fault := index.fault(source):
            return {"status": 400, "error": {"type": fault}}
        status = 200 if id in index.stored else 201
        index.stored[id] = Document(source, next(self._sequence), routing)
        return {"status": status}

    def _search(self, names: str, query: Json, body: Json) -> Json:
        assert query.keys() <= {"routing", "allow_partial_search_results"}
        assert query["allow_partial_search_results"] == "false"
        assert body.keys() <= {
            "size", "query", "_source", "sort", "search_after", "track_scores", "aggs",
            "track_total_hits",
        }  # fmt: skip
        index = self._one(names)
        if body.get("size", 10) > 10_000:
            raise Refused(400, "illegal_argument_exception", "Result window is too large")
        told = {"timed_out": False, "_shards": _SHARDS, "hits": {"hits": []}}
        if "aggs" in body:
            assert body["size"] == 0
            told["aggregations"] = numbers_of(index, body["aggs"])
            return told
        check_clauses(body["query"])
        found = list(found_by(index, body["query"], query.get("routing")))
        hits = []
        for id, score, sort in in_order(index, found, body)[: body.get("size", 10)]:
            hit: Json = {"_id": id, "_score": score, **sort}
            if body["_source"] is not False:
                source = index.seen[id].source
                hit["_source"] = {name: source[name] for name in body["_source"]}
            hits.append(hit)
        told["hits"] = {"hits": hits}
        return told

    def _several(self, name: str, query: Json, body: Json) -> Json:
        index, documents = self._one(name), []
        for one in body["docs"]:
            assert one.keys() == {"_id", "routing"}
            document = index.stored.get(one["_id"])
            told: Json = {"_id": one["_id"], "found": document is not None}
            if document is not None:
                fields = query["_source_includes"].split(",")
                told["_source"] = {field: document.source[field] for field in fields}
            documents.append(told)
        return {"docs": documents}


ADDRESS = Address.parse("http://localhost:9200/docs")


class SimulatedClient(Client):
    """A client whose requests go to something else than a line.

    Args:
        exchange: answers them.
        address: what it takes itself to ask.
    """

    def __init__(
        self,
        exchange: Callable[[str, str, bytes | None], tuple[int, bytes]],
        address: Address = ADDRESS,
    ) -> None:
        self._passed = 0.0
        super().__init__(address, clock=lambda: self._passed, sleep=self._pass)
        self._exchange = exchange

    def _pass(self, seconds: float) -> None:
        self._passed += seconds

    def _once(
        self, method: str, target: str, content: bytes | None, headers: dict[str, str], again: bool
    ) -> tuple[int, bytes]:
        return self._exchange(method, target, content)
