"""Many operations at once, of which some fail."""

from __future__ import annotations

import json

import pytest
from answering import (
    Asked,
    Time,
    answering,
    client,
    doing,
    fine,
)

from askdoc.errors import (
    ClusterFailed,
)


def line(body: object) -> bytes:
    return json.dumps(body).encode()


def indexed(number: int, text: str = "x") -> list[bytes]:
    return [line({"index": {"_index": "i", "_id": str(number)}}), line({"text": text})]


class Bulk:
    """Does operations, each as often as `fails` has a status for its id, with that status."""

    def __init__(self, fails: dict[str, list[int]] | None = None) -> None:
        self.fails = fails or {}
        self.done: list[str] = []
        self.sizes: list[int] = []

    def __call__(self, asked: Asked) -> object:
        assert asked.body.endswith(b"\n") and asked.headers["content-type"].endswith("x-ndjson")
        self.sizes.append(len(asked.body))
        lines, items = iter(asked.body.split(b"\n")[:-1]), []
        for one in lines:
            ((action, where),) = json.loads(one).items()
            if action != "delete":
                next(lines)
            left = self.fails.get(where["_id"], [])
            status = left.pop(0) if left else 200
            if status == 200:
                self.done.append(where["_id"])
            said = {"error": {"type": "t", "reason": "r"}} if status >= 400 else {}
            items.append({action: {"_id": where["_id"], "status": status, **said}})
        return {"errors": True, "items": items}


def test_operations_go_in_portions_and_come_back_in_order(time: Time) -> None:
    bulk = Bulk()
    lines = [part for number in range(50) for part in indexed(number, "x" * number)]
    lines[20:20] = [line({"delete": {"_index": "i", "_id": "gone"}})]
    lines += indexed(99, "y" * 5000)
    with answering(doing(bulk)) as server, client(server, time, portion=1000) as cluster:
        results = cluster.bulk(lines, query={"routing": "r"})
        assert cluster.bulk([]) == []
    assert [one["_id"] for one in results] == [
        *map(str, range(10)), "gone", *map(str, range(10, 50)), "99"
    ]  # fmt: skip
    assert len(bulk.sizes) > 3 and all(size <= 1000 for size in bulk.sizes[:-1])
    assert bulk.sizes[-1] > 5000
    assert {one.target for one in server.asked} == {"/_bulk?routing=r"}


def test_only_operations_without_room_go_again(time: Time) -> None:
    bulk = Bulk({"3": [429], "5": [503, 429, 503]})
    lines = [part for number in range(8) for part in indexed(number)]
    with answering(doing(bulk)) as server, client(server, time) as cluster:
        results = cluster.bulk(lines)
    assert [(one["_id"], one["status"]) for one in results] == [(str(n), 200) for n in range(8)]
    assert bulk.done == ["0", "1", "2", "4", "6", "7", "3", "5"]
    assert len(time.pauses) == 3


def test_an_operation_that_finds_no_room_is_an_error_in_the_end(time: Time) -> None:
    with (
        answering(doing(Bulk({"1": [429] * 1000}))) as server,
        client(server, time) as cluster,
        pytest.raises(ClusterFailed, match="429, t: r"),
    ):
        cluster.bulk([*indexed(0), *indexed(1)])
    assert 20 < sum(time.pauses) <= 30


@pytest.mark.parametrize("status", [400, 404, 409, 500])
def test_one_operation_that_fails_is_an_error_unless_it_is_allowed(time: Time, status: int) -> None:
    lines = [part for number in range(3) for part in indexed(number)]
    with answering(doing(Bulk({"1": [status, status]}))) as server, client(server, time) as cluster:
        with pytest.raises(ClusterFailed, match=rf"{status}, t: r.*{server.port}"):
            cluster.bulk(lines)
        assert [one["status"] for one in cluster.bulk(lines, allowed=(status,))] == [
            200,
            status,
            200,
        ]
    assert not time.pauses


ITEM = {"index": {"_id": "0", "status": 200}}


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"items": {}},
        {"items": []},
        {"items": [ITEM, ITEM]},
        {"items": [5]},
        {"items": [{"delete": {"status": 200}}]},
        {"items": [{"index": 200}]},
        {"items": [{"index": {"status": "200"}}]},
        {"items": [{"index": {"status": True}}]},
        {"errors": False},
    ],
)
def test_an_operation_of_which_nothing_is_said_was_not_done(time: Time, body: object) -> None:
    with (
        answering(fine(body)) as server,
        client(server, time) as cluster,
        pytest.raises(ClusterFailed, match="did not say"),
    ):
        cluster.bulk(indexed(0))


@pytest.mark.parametrize(
    "lines", [[b"{}"], [b'{"get":{}}'], indexed(0)[:1], [b'{"index":{}}', b"{\n}"], [b""]]
)
def test_what_is_no_operation_is_not_sent(time: Time, lines: list[bytes]) -> None:
    with answering(fine({})) as server, client(server, time) as cluster, pytest.raises(ValueError):
        cluster.bulk(lines)
    assert not server.asked
