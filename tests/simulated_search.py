"""What a simulated cluster finds: the clauses that askdoc uses, and the score of its passages."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from typing import Any

Json = dict[str, Any]
# As OpenSearch is set where nobody sets it.
_MOST_CLAUSES, _MOST_VALUES = 1024, 65_536
_SIMILARITY = re.compile(r"doc\.freq \+ ([\d.]+) \+ ([\d.]+) \* doc\.length / ([\d.]+)\)")
_FREE = 24


def found_by(index: Any, query: Json, routing: str | None = None) -> Iterator[tuple[str, float]]:
    """The documents that match, with their scores."""
    for id, document in index.seen.items():
        if routing is None or document.routing == routing:
            score = _score(index, document.source, query)
            if score is not None:
                yield id, _single(score)


def in_order(
    index: Any, found: Iterable[tuple[str, float]], body: Json
) -> list[tuple[str, float | None, Json]]:
    """What was found in the order that was asked for: identifier, score, what it was sorted by."""
    if "sort" not in body:
        assert "search_after" not in body
        return [(id, score, {}) for id, score in sorted(found, key=lambda one: -one[1])]
    ways = [next(iter(one.items())) for one in body["sort"]]
    signs = [1 if way == "asc" else -1 for _, way in ways]
    rows = []
    for id, score in found:
        source = index.seen[id].source
        sort = [score if field == "_score" else source[field] for field, _ in ways]
        rows.append((id, score if body.get("track_scores") else None, {"sort": sort}))

    def key(sort: Iterable[float]) -> tuple[float, ...]:
        return tuple(sign * value for sign, value in zip(signs, sort, strict=True))

    rows.sort(key=lambda row: key(row[2]["sort"]))
    after = body.get("search_after")
    return rows if after is None else [row for row in rows if key(row[2]["sort"]) > key(after)]


def numbers_of(index: Any, aggregations: Json) -> Json:
    """How many documents the parts of an aggregation hold."""
    return _parts(index, aggregations, {"match_all": {}})


def check_clauses(query: Json) -> None:
    """See that a query has no more clauses than are taken.

    Numbers are looked for in two ways, of which the faster is gone, and both count.
    """
    assert _clauses(query) <= _MOST_CLAUSES


def _parts(index: Any, aggregations: Json, within: Json) -> Json:
    told = {}
    for name, asked in aggregations.items():
        if "filter" in asked:
            assert asked.keys() <= {"filter", "aggs"}
            both = {"bool": {"filter": [within, asked["filter"]]}}
            told[name] = {
                "doc_count": len(list(found_by(index, both))),
                **_parts(index, asked.get("aggs", {}), both),
            }
            continue
        assert asked.keys() == {"filters"}
        buckets = {
            key: {"doc_count": len(list(found_by(index, {"bool": {"filter": [within, one]}})))}
            for key, one in asked["filters"]["filters"].items()
        }
        told[name] = {"buckets": buckets}
    return told


def _clauses(query: Json) -> int:
    ((kind, told),) = query.items()
    if kind != "bool":
        return 2 if kind in ("range", "terms") else 1
    return sum(_clauses(one) for parts in told.values() for one in parts)


def _score(index: Any, source: Json, query: Json) -> float | None:
    """How well a document matches; None where it does not."""
    ((kind, told),) = query.items()
    match kind:
        case "match_all":
            return 1.0
        case "match_none":
            return None
        case "exists":
            # A text without a word is as none.
            return 1.0 if source[told["field"]].split(" ") != [""] else None
        case "bool":
            return _joined(index, source, told)
        case "range":
            ((field, limits),) = told.items()
            assert limits.keys() <= {"gte", "lt"}
            is_in = limits.get("gte", source[field]) <= source[field]
            return 1.0 if is_in and source[field] < limits.get("lt", source[field] + 1) else None
        case "terms":
            ((field, values),) = told.items()
            assert len(values) <= _MOST_VALUES
            return 1.0 if source[field] in values else None
        case "prefix":
            ((field, begin),) = told.items()
            return 1.0 if any(one.startswith(begin) for one in source[field]) else None
        case "term":
            ((field, wanted),) = told.items()
            return _term(index, source, field, wanted)
    raise AssertionError(f"askdoc has no clause {kind}")


def _joined(index: Any, source: Json, told: Json) -> float | None:
    assert told.keys() <= {"must", "filter", "should", "must_not"}
    for one in told.get("must_not", ()):
        if _score(index, source, one) is not None:
            return None
    if any(_score(index, source, one) is None for one in told.get("filter", ())):
        return None
    must = [_score(index, source, one) for one in told.get("must", ())]
    should = [_score(index, source, one) for one in told.get("should", ())]
    if None in must:
        return None
    if (
        "should" in told
        and not ("must" in told or "filter" in told)
        and not any(one is not None for one in should)
    ):
        # Where nothing else narrows it, one of them has to match; none at all match everything.
        return None if should else 1.0
    return sum(one for one in (*must, *should) if one is not None)


def _term(index: Any, source: Json, field: str, wanted: Any) -> float | None:
    value, boost = (wanted["value"], wanted["boost"]) if type(wanted) is dict else (wanted, 1.0)
    kind = index.mappings["properties"][field]["type"]
    if kind != "text":
        held = source[field]
        return 1.0 if value == held or (type(held) is list and value in held) else None
    words = [word for word in source[field].split(" ") if word]
    times = words.count(value)
    if not times:
        return None
    settings = index.body["settings"]
    script = settings["similarity"]["typical"]["script"]["source"]
    parts = _SIMILARITY.search(script)
    assert parts is not None
    flat, steep, typical = map(float, parts.groups())
    length = _as_kept(len(words))
    return _single(_single(boost) * times / (times + flat + steep * length / typical))


def _as_kept(length: int) -> int:
    """A length as Lucene keeps it, in a byte: from 40 on it is rounded down."""
    if length < _FREE:
        return length
    rest = length - _FREE
    shift = max(rest.bit_length() - 4, 0)
    return _FREE + ((rest >> shift) << shift)


def _single(number: float) -> float:
    found: float = struct.unpack("<f", struct.pack("<f", number))[0]
    return found
