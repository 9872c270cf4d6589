"""Which documents of the cluster a state lets be seen, as clauses of OpenSearch's queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from askdoc.cluster.layout import NUMBER, SOURCE
from askdoc.cluster.state import ClusterState

# OpenSearch takes 65,536 values in a clause.
_AT_ONCE = 50_000

Clause = dict[str, Any]


def one_of(field: str, numbers: Iterable[int]) -> list[Clause]:
    """Clauses of which one matches where a field is one of some numbers; none for no numbers."""
    ordered = sorted(numbers)
    return [
        {"terms": {field: ordered[at : at + _AT_ONCE]}} for at in range(0, len(ordered), _AT_ONCE)
    ]


def passages(found: ClusterState) -> Clause:
    """What matches all passages that are committed."""
    return {
        "bool": {
            "filter": [{"range": {SOURCE: {"lt": found.state.next_id}}}],
            "must_not": [*_holes(SOURCE, found), *_dead(found)],
        }
    }


def hidden(found: ClusterState) -> list[Clause]:
    """Clauses of which one matches a passage that is not committed, or not any more."""
    return [
        {"range": {SOURCE: {"gte": found.state.next_id}}},
        *_holes(SOURCE, found),
        *_dead(found),
    ]


def sources(found: ClusterState) -> Clause:
    """What matches the documents of all sources that are committed."""
    superseded = one_of(NUMBER, (number for number, _ in found.superseded))
    return {
        "bool": {
            "filter": [{"range": {NUMBER: {"lt": found.state.next_id}}}],
            "must_not": [*_holes(NUMBER, found), *_dead(found), *superseded],
        }
    }


def _holes(field: str, found: ClusterState) -> Iterator[Clause]:
    for first, last in found.holes:
        yield {"range": {field: {"gte": first, "lt": last}}}


def _dead(found: ClusterState) -> list[Clause]:
    return one_of(SOURCE, (source for source, _ in found.dead))
