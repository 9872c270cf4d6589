"""A request to a node, and what it replies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import urlsplit


class Reply(NamedTuple):
    """`status` of HTTP, and the `body` as JSON says it (None where there is none)."""

    status: int
    body: Any


def ask(url: str, method: str, path: str, body: object = None, *, seconds: float = 60.0) -> Reply:
    """Ask the node at `url`; a list or other iterable as `body` is sent a line of JSON each.

    Raises OSError and http.client.HTTPException where no whole reply comes within `seconds` of
    silence. A status of any kind is a reply.
    """
    where = urlsplit(url)
    connection = HTTPConnection(where.hostname or "", where.port, timeout=seconds)
    try:
        connection.request(method, path, *_sent(body))
        reply = connection.getresponse()
        said = reply.read()
    finally:
        connection.close()
    return Reply(reply.status, json.loads(said) if said else None)


def _sent(body: object) -> tuple[bytes | None, dict[str, str]]:
    if body is None:
        return None, {}
    if isinstance(body, Iterable) and not isinstance(body, Mapping | str):
        lines = "".join(json.dumps(line) + "\n" for line in body)
        return lines.encode(), {"Content-Type": "application/x-ndjson"}
    return json.dumps(body).encode(), {"Content-Type": "application/json"}
