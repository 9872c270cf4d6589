"""What is sent to a cluster again, for how long, and what is sent once."""

from __future__ import annotations

import socket
import sys
from contextlib import ExitStack

import pytest
from answering import (
    CHUNKED,
    CUT,
    CUT_SHORT,
    OK,
    Step,
    Time,
    address,
    answering,
    asked,
    client,
    fine,
    raw,
    silent,
)

from askdoc.cluster import connection
from askdoc.cluster.address import Address
from askdoc.cluster.client import Client
from askdoc.errors import (
    ClusterFailed,
    ClusterReplyLost,
    ClusterUnreachable,
)


def test_what_the_cluster_had_no_room_for_is_sent_again_after_growing_pauses(time: Time) -> None:
    busy = [fine({"error": "busy"}, status) for status in (429, 503, 502, 504, 429, 503)]
    with answering(*busy, fine({"at": "last"})) as server, client(server, time) as cluster:
        assert cluster.request("POST", "/x", {"n": 1}).body == {"at": "last"}
    assert [one.body for one in server.asked] == [b'{"n":1}'] * 7
    longest = [0.1 * 2**turn for turn in range(6)]
    assert all(most / 2 <= one <= most for one, most in zip(time.pauses, longest, strict=True))


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_cluster_that_stays_busy_is_given_up_after_half_a_minute(time: Time, status: int) -> None:
    reply = fine({"error": {"type": "busy_exception", "reason": "too much"}}, status)
    with (
        answering(reply) as server,
        client(server, time) as cluster,
        pytest.raises(ClusterFailed, match=rf"\({status}, busy_exception: too much\)"),
    ):
        cluster.request("GET", "/")
    assert 5 < asked(server) < 40
    assert 20 < sum(time.pauses) <= 30


@pytest.mark.parametrize("status", [400, 404, 405, 409, 413, 500, 501, 505, 301, 307, 304])
def test_nothing_else_is_sent_again(time: Time, status: int) -> None:
    with (
        answering(fine({"error": "no"}, status, close=True)) as server,
        client(server, time) as cluster,
        pytest.raises(ClusterFailed),
    ):
        cluster.request("GET", "/")
    assert asked(server) == 1 and not time.pauses


def test_a_status_that_is_allowed_is_returned(time: Time) -> None:
    with (
        answering(fine({"found": False}, 404), fine({}, 503)) as server,
        client(server, time) as cluster,
    ):
        assert cluster.request("GET", "/", allowed=(404,)) == (404, {"found": False})
        assert cluster.request("GET", "/", allowed=(503,)) == (503, {})
    assert not time.pauses


def test_a_reply_that_does_not_come_in_time_is_asked_for_again(time: Time) -> None:
    with answering(silent, fine({"a": 1})) as server, client(server, time, timeout=0.05) as cluster:
        assert cluster.request("GET", "/").body == {"a": 1}
    assert asked(server) == 2 and len(time.pauses) == 1


def test_a_cluster_that_never_replies_is_given_up(time: Time) -> None:
    with (
        answering(silent) as server,
        client(server, time, timeout=0.01) as cluster,
        pytest.raises(ClusterUnreachable, match="no reply in time") as caught,
    ):
        cluster.request("GET", "/")
    assert not isinstance(caught.value, ClusterReplyLost)
    assert sum(time.pauses) <= 30


def test_what_takes_half_a_minute_to_fail_is_still_tried_once_more(time: Time) -> None:
    """Patience that ran from the first try on would be used up by the first time-out."""
    time.tick = 10.0
    with (
        answering(silent, fine({"a": 1})) as server,
        client(server, time) as cluster,
        pytest.raises(ClusterUnreachable),
    ):
        cluster.request("GET", "/")
    assert len(time.pauses) == 1


@pytest.mark.parametrize("broken", [CUT, CUT_SHORT, raw(OK), raw(CHUNKED + b"5\r\n{")])
def test_a_connection_that_is_cut_is_made_again(time: Time, broken: Step) -> None:
    with answering(broken, fine({"a": 1})) as server, client(server, time) as cluster:
        assert cluster.request("GET", "/").body == {"a": 1}
    assert server.connections == 2


@pytest.mark.parametrize("broken", [CUT, CUT_SHORT])
def test_a_cluster_that_cuts_every_connection_is_given_up_after_some_seconds(
    time: Time, broken: Step
) -> None:
    with (
        answering(broken) as server,
        client(server, time) as cluster,
        pytest.raises(ClusterUnreachable, match="cut"),
    ):
        cluster.request("GET", "/")
    assert 2 < asked(server) < 20 and sum(time.pauses) <= 5


def test_a_connection_that_the_server_closed_meanwhile_costs_nothing(time: Time) -> None:
    with answering(fine({}, close=True)) as server, client(server, time) as cluster:
        for _ in range(3):
            cluster.request("GET", "/")
    assert server.connections == 3 and not time.pauses


def test_a_kept_connection_that_is_closed_just_then_is_made_again_at_once(time: Time) -> None:
    with answering(fine({}), CUT, fine({"a": 1})) as server, client(server, time) as cluster:
        cluster.request("GET", "/")
        assert cluster.request("GET", "/").body == {"a": 1}
    assert asked(server) == 3 and not time.pauses


@pytest.mark.parametrize(("met", "starts_after"), [(False, 1), (True, 25)])
def test_a_node_that_starts_again_is_waited_for(time: Time, met: bool, starts_after: int) -> None:
    """A real one took seven seconds to stop, start and be ready, and was waited for five."""
    started = ExitStack()

    def sleep(seconds: float) -> None:
        before = time.now - 1000
        time.sleep(seconds)
        if before < starts_after <= time.now - 1000:
            started.enter_context(answering(fine({"a": 1}), port=port))

    with answering(fine({})) as server:
        port = server.port
        cluster = Client(address(server), clock=time.clock, sleep=sleep)
        if met:
            cluster.request("GET", "/")
    with started:
        assert cluster.request("GET", "/").body == {"a": 1}
    assert starts_after < sum(time.pauses) <= 30


def test_where_nobody_listens_is_told_after_some_seconds(time: Time) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    there = Address.parse(f"http://127.0.0.1:{port}/docs")
    with pytest.raises(ClusterUnreachable, match=str(there)):
        Client(there, clock=time.clock, sleep=time.sleep).request("GET", "/")
    assert 1 < sum(time.pauses) <= 5


def test_a_host_that_there_is_not_is_told_at_once(
    time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "nothing known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    there = Client(Address.parse("https://no.example:1/docs"), clock=time.clock, sleep=time.sleep)
    with pytest.raises(ClusterUnreachable, match="no such host"):
        there.request("GET", "/")
    assert not time.pauses


@pytest.mark.parametrize(
    "broken",
    [
        CUT,
        CUT_SHORT,
        silent,
        fine({"error": "busy"}, 503),
        fine({"error": "busy"}, 429),
        fine({"error": "x"}, 500),
        fine(b"{"),
        fine(b"", 502),
        raw(b"nonsense\r\n\r\n"),
    ],
)
def test_a_verdict_that_was_lost_is_an_error_of_its_own_and_nothing_is_sent_twice(
    time: Time, broken: Step
) -> None:
    with (
        answering(broken) as server,
        client(server, time, timeout=0.2) as cluster,
        pytest.raises(ClusterReplyLost, match="not known"),
    ):
        cluster.request("PUT", "/state", {"n": 1}, again=False)
    assert asked(server) == 1 and not time.pauses


@pytest.mark.parametrize("status", [400, 404, 409])
def test_a_verdict_that_came_is_none_that_was_lost(time: Time, status: int) -> None:
    with answering(fine({"error": "no"}, status)) as server, client(server, time) as cluster:
        with pytest.raises(ClusterFailed):
            cluster.request("PUT", "/state", {"n": 1}, again=False)
        reply = cluster.request("PUT", "/state", {"n": 1}, again=False, allowed=(status,))
        assert reply.status == status
    assert asked(server) == 2


def test_what_is_sent_once_goes_over_a_connection_that_nobody_may_have_closed(time: Time) -> None:
    with answering(fine({})) as server, client(server, time) as cluster:
        cluster.request("GET", "/")
        cluster.request("PUT", "/state", {"n": 1}, again=False)
    assert server.connections == 2


def test_a_connection_for_what_is_sent_once_may_be_tried_for_again(time: Time) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    there = Address.parse(f"http://127.0.0.1:{port}/docs")
    with pytest.raises(ClusterUnreachable) as caught:
        Client(there, clock=time.clock, sleep=time.sleep).request("PUT", "/", {}, again=False)
    assert not isinstance(caught.value, ClusterReplyLost) and len(time.pauses) > 1


@pytest.mark.skipif(sys.platform != "linux", reason="a full queue is another thing elsewhere")
def test_a_machine_that_takes_no_connection_is_not_waited_for_as_one_that_is_busy(
    time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody answered at all it took a minute to be told so: each try had its half."""
    monkeypatch.setattr(connection, "_CONNECT_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0), backlog=0) as held, ExitStack() as waiting:
        port = held.getsockname()[1]
        for _ in range(4):
            # What finds no room in the queue is left without an answer.
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        there = Address.parse(f"http://127.0.0.1:{port}/docs")
        with pytest.raises(ClusterUnreachable, match="no connection in time"):
            Client(there, clock=time.clock, sleep=time.sleep).request("GET", "/")
    assert 0 < sum(time.pauses) <= 5


def test_who_is_in_haste_waits_no_longer_than_they_say(time: Time) -> None:
    with (
        answering(silent) as server,
        client(server, time) as cluster,
        pytest.raises(ClusterUnreachable, match="no reply in time"),
    ):
        cluster.hasty(0.05).request("GET", "/")
    assert sum(time.pauses) <= 0.05
    with (
        answering(CUT) as server,
        client(server, time) as cluster,
        pytest.raises(ClusterUnreachable, match="cut"),
    ):
        cluster.hasty(0.5).request("GET", "/")
    assert sum(time.pauses) <= 1
