"""How a cluster is asked, by whom, and from how many threads."""

from __future__ import annotations

import json
import os
import socket
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from answering import (
    OK,
    Asked,
    Step,
    Time,
    address,
    answering,
    asked,
    client,
    doing,
    fine,
    raw,
)

from askdoc.cluster.address import Address
from askdoc.cluster.client import Client
from askdoc.cluster.credentials import Credentials
from askdoc.errors import (
    ClusterFailed,
    ClusterRefused,
    ClusterUnreachable,
)


def test_a_request_says_what_was_asked_and_its_reply_what_was_said(time: Time) -> None:
    with answering(fine({"found": "é"}), fine([1], 201)) as server, client(server, time) as cluster:
        path, query = "/a b/é?#%2e", {"q": "x y&z", "r": "é"}
        reply = cluster.request("PUT", path, {"t": "ü\ud83d"}, query=query)
        assert reply == (200, {"found": "é"})
        assert cluster.request("GET", "/_cat/indices") == (201, [1])
    first, second = server.asked
    assert first.method == "PUT"
    assert first.target == "/a%20b/%C3%A9%3F%23%252e?q=x+y%26z&r=%C3%A9"
    # Half a character, as documents have them, is no UTF-8.
    assert json.loads(first.body) == {"t": "ü\ud83d"}
    assert first.headers["content-type"] == "application/json"
    assert first.headers["host"] == f"127.0.0.1:{server.port}"
    assert "authorization" not in first.headers
    assert second.body == b"" and "content-type" not in second.headers


def test_a_cluster_on_an_ip6_address_is_asked(time: Time) -> None:
    try:
        running = answering(fine({}), host="::1")
        with running as server:
            there = Address.parse(f"http://[::1]:{server.port}/docs")
            assert Client(there).request("GET", "/").status == 200
            assert server.asked[0].headers["host"] == f"[::1]:{server.port}"
    except OSError:
        pytest.skip("this machine has no IPv6")


def test_a_connection_is_kept(time: Time) -> None:
    with answering(fine({})) as server, client(server, time) as cluster:
        for _ in range(5):
            cluster.request("GET", "/")
    assert server.connections == 1 and asked(server) == 5


def test_threads_get_the_replies_to_their_own_requests() -> None:
    with answering(doing(lambda asked: json.loads(asked.body))) as server:
        cluster = Client(address(server))

        def ask(number: int) -> bool:
            return bool(cluster.request("POST", "/x", {"n": number}).body == {"n": number})

        with ThreadPoolExecutor(8) as threads:
            assert all(threads.map(ask, range(200)))
        cluster.close()
    assert server.connections <= 8


def test_a_child_process_does_not_write_into_its_parents_connection(
    time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    with answering(fine({})) as server, client(server, time) as cluster:
        cluster.request("GET", "/")
        monkeypatch.setattr(os, "getpid", lambda: -1)
        cluster.request("GET", "/")
    assert server.connections == 2


@pytest.mark.parametrize("stopped_at", range(1, 16))
def test_a_reply_that_was_not_waited_for_is_not_taken_for_the_next(stopped_at: int) -> None:
    looks = 0

    def clock() -> float:
        nonlocal looks
        looks += 1
        if looks == stopped_at:
            raise KeyboardInterrupt
        return float(looks)

    with answering(doing(lambda asked: {"of": asked.target})) as server:
        cluster = Client(address(server), clock=clock)
        replies = []
        for target in ("/a", "/b", "/c"):
            try:
                replies.append((target, cluster.request("GET", target).body))
            except KeyboardInterrupt:
                continue
        cluster.close()
    assert len(replies) >= 2
    assert all(body == {"of": target} for target, body in replies)


def test_no_proxy_is_asked(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with answering(fine({})) as server, client(server, time) as cluster:
        assert cluster.request("GET", "/").status == 200


def test_without_tls_nothing_is_sent_off_this_machine_whatever_localhost_is(
    time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Elsewhere(socket.socket):
        def getpeername(self) -> tuple[str, int]:
            return ("192.0.2.1", 9200)

    def connect(place: object, timeout: float) -> socket.socket:
        ours, theirs = socket.socketpair()
        others.append(theirs)
        monkeypatch.setattr(Elsewhere, "setsockopt", lambda *_: None)
        return Elsewhere(fileno=ours.detach())

    others: list[socket.socket] = []
    monkeypatch.setattr(socket, "create_connection", connect)
    there = Client(Address.parse("http://localhost:9200/docs"), clock=time.clock, sleep=time.sleep)
    with pytest.raises(ClusterUnreachable, match="tls is on off loopback"):
        there.request("GET", "/")
    assert others and all(other.recv(1) == b"" for other in others)
    for other in others:
        other.close()


def test_a_wrong_password_is_told_and_never_repeated(time: Time) -> None:
    def repeats(asked: Asked) -> object:
        return {"error": {"type": "x", "reason": f"no {asked.headers['authorization']} Geheim9"}}

    def refuse(status: int) -> Step:
        def step(held: socket.socket, asked: Asked) -> bool:
            return fine(repeats(asked), status)(held, asked)

        return step

    with answering(refuse(401), refuse(403), refuse(400)) as server:
        secret = Credentials(address(server), user="u", password="Geheim9")
        cluster = Client(address(server), secret, clock=time.clock, sleep=time.sleep)
        for kind in (ClusterRefused, ClusterRefused, ClusterFailed):
            with pytest.raises(kind) as caught:
                cluster.request("GET", "/")
            shown = "".join(traceback.format_exception(caught.value))
            assert (
                "Geheim9" not in shown and "R2VoZWlt" not in shown and "dTpHZWhlaW05" not in shown
            )
        cluster.close()
    assert asked(server) == 3
    assert server.asked[0].headers["authorization"] == "Basic dTpHZWhlaW05"


def test_a_full_disk_is_not_a_missing_right(time: Time) -> None:
    error = {"type": "cluster_block_exception", "reason": "blocked by: [FORBIDDEN/8/read-only];"}
    with (
        answering(fine({"error": error}, 403)) as server,
        client(server, time) as cluster,
        pytest.raises(ClusterFailed, match="FORBIDDEN/8"),
    ):
        cluster.request("PUT", "/x", {})


def test_credentials_of_another_cluster_are_not_taken() -> None:
    one, other = (Address.parse(f"https://{host}:9200/docs") for host in ("a", "b"))
    for wrong in (other, one._replace(port=9201), one._replace(scheme="http")):
        with pytest.raises(ValueError, match="another cluster"):
            Client(wrong, Credentials(one, token="t"))
    Client(one._replace(name="other"), Credentials(one, token="t"))


@pytest.mark.parametrize("status", [401, 413])
def test_why_the_cluster_stopped_listening_is_told(time: Time, status: int) -> None:
    """A request that is too large is answered before its end, and the connection is cut."""

    def serve() -> None:
        with suppress(OSError):
            while True:
                held, _ = listening.accept()
                with held:
                    held.recv(1000)
                    held.sendall(f"HTTP/1.1 {status} No\r\nContent-Length: 2\r\n\r\n{{}}".encode())

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, daemon=True).start()
        there = Address.parse(f"http://127.0.0.1:{listening.getsockname()[1]}/docs")
        cluster = Client(there, clock=time.clock, sleep=time.sleep)
        with pytest.raises((ClusterRefused, ClusterFailed)) as caught:
            cluster.request("POST", "/x", b"x" * 30_000_000)
        listening.shutdown(socket.SHUT_RDWR)
    assert ("does not know" if status == 401 else "too large") in str(caught.value)


def test_what_stands_behind_a_reply_is_not_taken_for_the_next(time: Time) -> None:
    one = b'HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{"of": "more"}'
    with (
        answering(raw(OK + b"Content-Length: 2\r\n\r\n{}" + one * 1000, close=False),
                  fine({"of": "next"})) as server,
        client(server, time) as cluster,
    ):  # fmt: skip
        assert cluster.request("GET", "/").body == {}
        assert cluster.request("GET", "/").body == {"of": "next"}
    assert server.connections == 2
