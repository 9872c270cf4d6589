"""Many operations at once, of which each may fail alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from askdoc.cluster.replies import PASSING, reason
from askdoc.errors import ClusterFailed

_ACTION = re.compile(rb'\s*\{\s*"(index|create|update|delete)"\s*:')


class Operation:
    """One operation.

    Attributes:
        action: "index", "create", "update" or "delete".
        content: its lines as they are sent.
        result: what came of it; empty until then.
    """

    __slots__ = ("action", "content", "result")

    def __init__(self, action: str, content: bytes) -> None:
        self.action, self.content = action, content
        self.result: dict[str, Any] = {}


def portions(lines: Iterable[bytes], most: int) -> Iterator[list[Operation]]:
    """Operations in runs that have at most so many bytes together; a larger one goes alone.

    Raises:
        ValueError: a line that should be an action is none, or an action lacks its source.
    """
    run: list[Operation] = []
    total = 0
    for one in _operations(lines):
        if run and total + len(one.content) > most:
            yield run
            run, total = [], 0
        run.append(one)
        total += len(one.content)
    if run:
        yield run


def take_results(
    sent: Sequence[Operation], body: Any, allowed: Collection[int]
) -> tuple[list[Operation], str]:
    """Give each operation what came of it.

    Args:
        sent: the operations, in order.
        body: the reply to them.
        allowed: statuses beside 2xx that are no failure.

    Returns:
        Those that the cluster had no room for, and why it had none.

    Raises:
        ClusterFailed: one failed for good, or the reply is not one to these.
    """
    items = body.get("items") if isinstance(body, dict) else None
    if not isinstance(items, list) or len(items) != len(sent):
        raise _unsaid()
    later, why = [], ""
    for one, item in zip(sent, items, strict=True):
        result = item.get(one.action) if isinstance(item, dict) else None
        status = result.get("status") if isinstance(result, dict) else None
        if not isinstance(result, dict) or type(status) is not int:
            raise _unsaid()
        if 200 <= status < 300 or status in allowed:
            one.result = result
            continue
        said = reason(result)
        why = f"the cluster did not do an operation ({status}{', ' if said else ''}{said})"
        if status not in PASSING:
            raise ClusterFailed(why)
        later.append(one)
    return later, why


def _unsaid() -> ClusterFailed:
    return ClusterFailed("the cluster did not say what came of each operation")


def _operations(lines: Iterable[bytes]) -> Iterator[Operation]:
    rest = iter(lines)
    for line in rest:
        action = _ACTION.match(line)
        if action is None:
            raise ValueError("this line is no action")
        content = [line]
        if action[1] != b"delete":
            source = next(rest, None)
            if source is None:
                raise ValueError("an action lacks its source")
            content.append(source)
        if any(b"\n" in part for part in content):
            raise ValueError("a line has a line end in it")
        yield Operation(action[1].decode(), b"".join(part + b"\n" for part in content))
