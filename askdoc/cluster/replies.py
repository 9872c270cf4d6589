"""What a cluster replies, checked: it is hostile, or broken, until it was looked at."""

from __future__ import annotations

import json
from typing import Any

from askdoc.cluster.address import harmless
from askdoc.errors import ClusterFailed

# What may be otherwise in a moment.
PASSING = frozenset({429, 502, 503, 504})
_PARTIAL = "a part of the index did not answer"
_REMEDY = "See that all shards of the index are there, and ask again."


def parsed(content: bytes) -> Any:
    """The JSON in a reply; None where there is nothing in it.

    Raises:
        ValueError: it is no JSON, or nested too deep.
    """
    if not content:
        return None
    try:
        return json.loads(content.decode("utf-8"), parse_constant=_no_number)
    except RecursionError:
        raise ValueError("nested too deep") from None


def reason(body: Any) -> str:
    """Why something failed in OpenSearch's own words, short and harmless; empty where it says none.

    Args:
        body: a reply, or what stands in one for one of several requests.
    """
    error = body.get("error") if isinstance(body, dict) else None
    if isinstance(error, str):
        return harmless(error)
    if not isinstance(error, dict):
        return ""
    # "All shards failed" is no reason, and neither is an empty one: why the first did is.
    roots = error.get("root_cause")
    for one in (roots[0] if isinstance(roots, list) and roots else None, error.get("caused_by")):
        if isinstance(one, dict) and one.get("reason"):
            error = one
            break
    said = [one for one in (error.get("type"), error.get("reason")) if isinstance(one, str) and one]
    return harmless(": ".join(said))


def whole(body: Any) -> dict[str, Any]:
    """The reply to a search, a count or several searches, if all shards had their say.

    `_shards.successful` includes those that were skipped because nothing in them can match. Shards
    of which no copy is there count as neither successful nor failed.

    Args:
        body: the JSON of `_search`, `_count` or `_msearch`.

    Raises:
        ClusterFailed: a part of the index did not answer, or this is no such reply.
    """
    if isinstance(body, dict) and isinstance(body.get("responses"), list):
        for one in body["responses"]:
            _check_whole(one)
    else:
        _check_whole(body)
    return body  # type: ignore[no-any-return]


def _check_whole(body: Any) -> None:
    if why := reason(body):
        raise ClusterFailed(f"{_PARTIAL} ({why})", remedy=_REMEDY)
    shards = body.get("_shards") if isinstance(body, dict) else None
    shards = shards if isinstance(shards, dict) else {}
    total, successful, failed = map(shards.get, ("total", "successful", "failed"))
    if not all(type(one) is int for one in (total, successful, failed)):
        raise ClusterFailed("the cluster's reply is not one to a search", remedy=_REMEDY)
    if (
        body.get("timed_out", False) is not False
        or body.get("terminated_early", False) is not False
    ):
        raise ClusterFailed(f"{_PARTIAL} (not in time)", remedy=_REMEDY)
    # None at all is what an alias without an index gives.
    if failed != 0 or successful != total or not total:
        raise ClusterFailed(f"{_PARTIAL} ({successful} of {total} shards)", remedy=_REMEDY)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON")
