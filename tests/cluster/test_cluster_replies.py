"""What is believed of what a cluster replies."""

from __future__ import annotations

import json
from typing import Any

import pytest
from answering import (
    CHUNKED,
    OK,
    Time,
    address,
    answering,
    asked,
    client,
    endless,
    fine,
    raw,
)

from askdoc.cluster.client import Client, whole
from askdoc.cluster.credentials import Credentials
from askdoc.errors import (
    ClusterError,
    ClusterFailed,
    ClusterUnreachable,
)

FULL = {"total": 3, "successful": 3, "skipped": 1, "failed": 0}
FOUND = {"timed_out": False, "_shards": FULL, "hits": {"hits": []}}

ENDLESS = {
    "a body": endless(OK + b"\r\n", b" " * 1000),
    "chunks": endless(CHUNKED, b"4\r\n    \r\n"),
    "a size of a chunk": endless(CHUNKED, b"0" * 1000),
    "a trailer": endless(CHUNKED + b"0\r\n", b"X: y\r\n"),
    "headers": endless(OK, b"X: y\r\n"),
    "a header": endless(OK + b"X: ", b"y" * 1000),
    "a status": endless(b"HTTP/1.1 200 ", b"y" * 1000),
    "patience": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "what was said": endless(OK + b"Content-Length: 999999999999\r\n\r\n", b" " * 1000),
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_a_reply_without_end_has_one(kind: str) -> None:
    time = Time(tick=0.05)
    with (
        answering(ENDLESS[kind]) as server,
        client(server, time, timeout=2, largest_reply=1 << 18) as cluster,
        pytest.raises(ClusterError) as caught,
    ):
        cluster.request("GET", "/")
    assert str(address(server)) in str(caught.value)


def test_a_reply_that_drips_is_not_waited_for_longer_than_one_that_does_not_come() -> None:
    """Each byte came in time, so that a limit for each would have gone on for days."""
    time = Time(tick=1)
    drip = endless(OK + b"Content-Length: 200000000\r\n\r\n", b" ")
    with (
        answering(drip) as server,
        client(server, time, timeout=30) as cluster,
        pytest.raises(ClusterUnreachable, match="no reply in time"),
    ):
        cluster.request("GET", "/")
    assert 30 < time.now - 1000 < 100


GARBAGE = {
    "nothing": fine(b""),
    "no JSON": fine(b"<html>Welcome!</html>"),
    "half of it": fine(b'{"a": '),
    "more than it": fine(b"{} {}"),
    "no number": fine(b'{"a": NaN}'),
    "a number without end": fine(b'{"a": ' + b"9" * 5000 + b"}"),
    "no UTF-8": fine(b'{"a": "\xff"}'),
    "a text": fine(b'"text"'),
    "null": fine(b"null"),
    "nested without end": fine(b"[" * 100_000),
    "packed": fine(b"\x1f\x8b\x08\x00", headers="Content-Encoding: gzip\r\n"),
    "no HTTP": raw(b"SSH-2.0-OpenSSH_9.9\r\n"),
    "no status": raw(b"HTTP/1.1 abc OK\r\n\r\n"),
    "another protocol": raw(b"\x15\x03\x01\x00\x02\x02\x16"),
}


@pytest.mark.parametrize("kind", GARBAGE)
def test_a_reply_that_is_none_is_an_error_of_one_line(time: Time, kind: str) -> None:
    with (
        answering(GARBAGE[kind]) as server,
        client(server, time) as cluster,
        pytest.raises((ClusterFailed, ClusterUnreachable)) as caught,
    ):
        cluster.request("GET", "/")
    assert str(caught.value).isprintable() and len(str(caught.value)) < 300
    assert asked(server) == 1


def test_a_reply_may_be_as_large_as_is_allowed_and_no_larger(time: Time) -> None:
    bodies = [json.dumps({"a": "x" * size}).encode() for size in (991, 992)]
    assert [len(body) for body in bodies] == [1000, 1001]
    chunked = [CHUNKED + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) for body in bodies]
    for small, large in (map(fine, bodies), map(raw, chunked)):
        with answering(small, large) as server, client(server, time, largest_reply=1000) as cluster:
            assert cluster.request("GET", "/").status == 200
            with pytest.raises(ClusterFailed, match="larger than 1000 bytes"):
                cluster.request("GET", "/")


def test_a_reply_that_says_it_is_too_large_is_not_waited_for(time: Time) -> None:
    head = raw(OK + b"Content-Length: 1001\r\n\r\n", close=False)
    with (
        answering(head) as server,
        client(server, time, largest_reply=1000, timeout=5) as cluster,
        pytest.raises(ClusterFailed, match="larger than 1000 bytes"),
    ):
        cluster.request("GET", "/")


def test_a_head_request_has_no_body(time: Time) -> None:
    head = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", close=False)
    with answering(head) as server, client(server, time) as cluster:
        assert cluster.request("HEAD", "/x") == (200, None)
        assert cluster.request("HEAD", "/x") == (200, None)
    assert server.connections == 1


def test_a_redirect_is_not_followed(time: Time) -> None:
    with answering(fine({})) as other, answering(
        *(fine({}, status, headers=f"Location: http://127.0.0.1:{other.port}/\r\n")
          for status in (301, 302, 307, 308))
    ) as server:  # fmt: skip
        secret = Credentials(address(server), token="Geheim9")
        cluster = Client(address(server), secret, clock=time.clock, sleep=time.sleep)
        for _ in range(4):
            with pytest.raises(ClusterFailed, match="leads elsewhere"):
                cluster.request("GET", "/")
        cluster.close()
    assert not other.asked and other.connections == 0


def test_the_reason_is_told_short_and_harmless(time: Time) -> None:
    error = {"type": "x_exception", "reason": "no\x1b[31m \u202e" + "y" * 1000}
    with (
        answering(fine({"error": error}, 400)) as server,
        client(server, time) as cluster,
        pytest.raises(ClusterFailed) as caught,
    ):
        cluster.request("PUT", "/x", {"text": "what a document says"})
    said = str(caught.value)
    assert "400, x_exception: no [31m yyy" in said and said.isprintable() and len(said) < 400
    assert "what a document says" not in said


@pytest.mark.parametrize(
    "cause",
    [
        {"root_cause": [{"type": "x", "reason": "too large"}, {}], "reason": "all shards failed"},
        {"root_cause": [], "reason": "", "caused_by": {"type": "x", "reason": "too large"}},
    ],
)
def test_the_reason_is_why_the_first_shard_failed(time: Time, cause: dict[str, Any]) -> None:
    """OpenSearch said "all shards failed" for 10,001 results, and nothing for missing shards."""
    body = {"error": {"type": "search_phase_execution_exception", **cause}, "status": 400}
    with (
        answering(fine(body, 400)) as server,
        client(server, time) as cluster,
        pytest.raises(ClusterFailed, match=r"\(400, x: too large\)"),
    ):
        cluster.search("docs", {})


@pytest.mark.parametrize(
    "error", [None, 5, [], {}, {"type": 5, "reason": []}, {"root_cause": [{}]}, {"root_cause": [5]}]
)
def test_a_reason_that_is_none_is_left_out(time: Time, error: object) -> None:
    with (
        answering(fine({"error": error}, 400)) as server,
        client(server, time) as cluster,
        pytest.raises(ClusterFailed, match=r"\(400\)"),
    ):
        cluster.request("GET", "/")


@pytest.mark.parametrize(
    "body",
    [
        FOUND,
        {"count": 5, "_shards": {"total": 1, "successful": 1, "failed": 0}},
        {"responses": [FOUND, FOUND]},
        {"responses": []},
    ],
)
def test_a_whole_reply_is_returned(body: dict[str, Any]) -> None:
    assert whole(body) is body


@pytest.mark.parametrize(
    "change",
    [
        {"timed_out": True},
        {"timed_out": None},
        {"timed_out": "false"},
        {"terminated_early": True},
        {"_shards": {**FULL, "failed": 1}},
        {"_shards": {**FULL, "successful": 2}},
        {"_shards": {**FULL, "successful": 2, "skipped": 1}},
        {"_shards": {**FULL, "successful": 4}},
        {"_shards": {"total": 0, "successful": 0, "failed": 0}},
        {"_shards": {**FULL, "total": True, "successful": True}},
        {"_shards": {**FULL, "total": "3"}},
        {"_shards": {"total": 3, "successful": 3}},
        {"_shards": None},
        {"_shards": [3]},
        {"error": {"type": "index_not_found_exception"}, "status": 404},
        {"error": "no"},
    ],
)
def test_a_part_of_a_reply_is_an_error_and_never_fewer_results(
    time: Time, change: dict[str, Any]
) -> None:
    body = {**FOUND, **change}
    for one in (body, {"responses": [FOUND, body]}):
        with pytest.raises(ClusterFailed):
            whole(one)
    with (
        answering(fine(body)) as server,
        client(server, time) as cluster,
        pytest.raises(ClusterFailed, match=str(address(server))),
    ):
        cluster.search("docs", {})


@pytest.mark.parametrize(
    "body", [None, [], [FOUND], "x", {}, {"responses": {}}, {"responses": [1]}]
)
def test_a_reply_to_something_else_is_an_error(body: object) -> None:
    with pytest.raises(ClusterFailed):
        whole(body)


def test_a_search_asks_for_all_or_nothing(time: Time) -> None:
    with answering(fine(FOUND)) as server, client(server, time) as cluster:
        assert cluster.search("a,b", {"query": {}}, query={"preference": "_local"}) == FOUND
    assert server.asked[0].target == (
        "/a,b/_search?allow_partial_search_results=false&preference=_local"
    )
