"""Edits of JSON by value, so that what comes out is still JSON."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from lab.fuzzing.values import NUMBERS, nasty

_HOLE = "\ue000hole\ue000"


def edit_json(rng: Random, data: bytes) -> bytes:
    """Replace, repeat, nest or rename one value of a JSON text, or of a line of JSON lines."""
    lines = data.split(b"\n")
    at = 0 if _parsed(data) is not None else rng.randrange(len(lines))
    line = data if at == 0 and _parsed(data) is not None else lines[at]
    value = _parsed(line)
    if value is None:
        return data
    edited = _written(rng, _edited(rng, value, rng.choice((1, 2, 3, 5))))
    if line is data:
        return edited
    lines[at] = edited
    return b"\n".join(lines)


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _edited(rng: Random, value: Any, depth: int) -> Any:
    """The value with one of those inside of it, so deep, changed."""
    if depth and isinstance(value, dict) and value:
        key = rng.choice(list(value))
        return value | {_key(rng, key): _edited(rng, value[key], depth - 1)}
    if depth and isinstance(value, list) and value:
        at = rng.randrange(len(value))
        return [*value[:at], _edited(rng, value[at], depth - 1), *value[at + 1 :]]
    other = nasty(rng).decode("utf-8", "replace")
    return rng.choice(
        (
            None, True, 0, -1, 1e300, "", other, [], {}, [[]], [{}], [value] * 20, {"a": value},
            {other: value, "b": [value, {"c": value}]}, [[value, value], [value]],
            _nested(rng, value), [{"a": value}, {"b": value}, value], _HOLE,
        )
    )  # fmt: skip


def _key(rng: Random, key: str) -> str:
    return nasty(rng).decode("utf-8", "replace") if rng.random() < 0.2 else key


def _nested(rng: Random, value: Any) -> Any:
    for _ in range(rng.choice((5, 50, 190, 250))):
        value = [value] if rng.random() < 0.5 else {"a": value}
    return value


def _written(rng: Random, value: Any) -> bytes:
    """The value as JSON; a hole becomes a number as it may be written, and some that may not."""
    text = json.dumps(value, ensure_ascii=rng.random() < 0.5, indent=rng.choice((None, None, 1)))
    return (
        text.encode("utf-8", "replace")
        .replace(json.dumps(_HOLE).encode(), rng.choice(NUMBERS))
        .replace(json.dumps(_HOLE, ensure_ascii=False).encode(), rng.choice(NUMBERS))
    )
