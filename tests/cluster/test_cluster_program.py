"""The whole program, where a cluster refuses, fails, loses replies or is somebody else's."""

from __future__ import annotations

import http.client
import os
import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from answering import Asked, Step, Time, answering, fine, raw
from test_cluster_tls import CA, NOW, YEAR, serving

from askdoc import Assistant
from askdoc.cli import main
from askdoc.cluster.client import Client
from lab.cluster import Cluster

Program = Callable[..., tuple[int, str]]
ASK = "When did the ship Halcyon leave Kesk?"
SECRET = "Geheim9"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "log.md").write_text("The ship Halcyon left Kesk in 1998.")
    return folder


@pytest.fixture
def program(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, time: Time
) -> Program:
    """Runs `main`, which waits for no time to pass: exit code, and what is said of an error."""
    monkeypatch.setenv("ASKDOC_CLUSTER_SHARDS", "1")
    monkeypatch.setattr("askdoc.index.api.processors", lambda: 0)
    for name, value in (("clock", time.clock), ("sleep", time.sleep)):
        monkeypatch.setitem(Client.__init__.__kwdefaults__ or {}, name, value)

    def run(*arguments: str | Path) -> tuple[int, str]:
        capsys.readouterr()
        code = main([os.fspath(one) for one in arguments])
        return code, capsys.readouterr().err

    return run


def query(program: Program, url: str) -> tuple[int, str]:
    return program("query", ASK, "--reader", "lexical", "--index", url)


def index(program: Program, docs: Path, url: str) -> tuple[int, str]:
    return program("index", docs, "--index", url)


def is_one_line(said: str, *words: str) -> bool:
    assert said.startswith("askdoc: ") and said.count("\n") == 1 and SECRET not in said, said
    return all(word in said for word in words)


def refusal(status: int, kind: str = "some_exception", reason: str = "for a reason") -> Step:
    return fine({"error": {"type": kind, "reason": reason}, "status": status}, status)


REFUSALS: dict[str, tuple[Step, str]] = {
    "401": (refusal(401), "who asks"),
    "401 in HTML": (fine(b"<html>Unauthorized</html>", 401), "who asks"),
    "403": (refusal(403), "does not allow"),
    "403, read only": (refusal(403, "cluster_block_exception", "blocked by [b]"), "blocked by"),
    "413": (refusal(413), "413"),
    "429": (refusal(429), "429"),
    "500": (refusal(500), "500"),
    "503": (refusal(503), "503"),
    "redirected": (fine({}, 302, headers="Location: https://other.example/\r\n"), "elsewhere"),
    "no JSON": (fine(b"\xff\xfe", 200), "JSON"),
    "no HTTP": (raw(b"SSH-2.0-OpenSSH_9.6\r\n"), "askdoc: "),
    "cut": (raw(b""), "askdoc: "),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_what_a_cluster_refuses_is_an_error_in_a_line(
    what: str, program: Program, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKDOC_CLUSTER_USER", "reports")
    monkeypatch.setenv("ASKDOC_CLUSTER_PASSWORD", SECRET)
    step, said = REFUSALS[what]
    with answering(step) as server:
        url = f"http://127.0.0.1:{server.port}/docs"
        for code, line in (query(program, url), index(program, docs, url)):
            assert code == 2 and is_one_line(line, said)
        code, line = program("status", "--index", url)
        assert code == 2 and is_one_line(line, said)


def test_a_certificate_that_has_expired_is_an_error_in_a_line_and_nothing_is_told(
    program: Program, docs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pem = tmp_path / "ca.pem"
    CA.cert_pem.write_to_path(str(pem))
    monkeypatch.setenv("ASKDOC_CLUSTER_CA", str(pem))
    monkeypatch.setenv("ASKDOC_CLUSTER_TOKEN", SECRET)
    expired = CA.issue_cert("127.0.0.1", not_before=NOW - 2 * YEAR, not_after=NOW - YEAR)
    with answering(fine({}), context=serving(expired)) as server:
        url = f"https://127.0.0.1:{server.port}/docs"
        for code, line in (query(program, url), index(program, docs, url)):
            assert code == 2 and is_one_line(line, "expired")
    assert not server.asked


def test_an_index_that_is_closed_for_writing_is_asked_and_written_when_it_is_open_again(
    cluster: Cluster, index_name: str, program: Program, docs: Path
) -> None:
    url = f"{cluster.url}/{index_name}"
    assert index(program, docs, url) == (0, "")
    for which in (f"{index_name}-*", index_name):
        (docs / "log.md").write_text(f"The ship Halcyon left Kesk in 1999, says {which}.")
        block(cluster, which, True)
        code, said = index(program, docs, url)
        assert code == 2 and is_one_line(said, "block")
        code, said = query(program, url)
        assert code == 0 and is_one_line(said, "changed since it was indexed")
        block(cluster, which, None)
        # The lease of the one that could not even give it back is its own.
        again = index(program, docs, url)
        if again[0]:
            assert is_one_line(again[1], "somebody else is writing")
            cluster_forgets_the_lease(url)
            again = index(program, docs, url)
        assert again == (0, "")
        assert Assistant.open(url, reader="lexical").search(which)


def block(cluster: Cluster, which: str, value: bool | None) -> None:
    reply = cluster.ask("PUT", f"/{which}/_settings", {"index.blocks.write": value})
    assert reply.status == 200, reply.body


def cluster_forgets_the_lease(url: str) -> None:
    """As if the minute that it lasts had passed."""
    from askdoc.cluster.address import Address
    from askdoc.cluster.committed import look, replaced

    with Client(Address.parse(url)) as client:
        now = look(client)
        assert now.found.lease is not None
        lease = now.found.lease._replace(until=0)
        replaced(client, now, now.found._replace(lease=lease))


class Between:
    """What stands between the program and a cluster, and spoils one request.

    Args:
        cluster: what answers.
        which: an expression that the request's method and target hold.
        number: which of those, from 1.
        fault: "before", it is not handed on and cut; "after", it is done, and cut; or a status.
    """

    def __init__(self, cluster: Cluster, which: str, number: int, fault: str) -> None:
        self._to = cluster.url.removeprefix("http://")
        self._which, self._number, self._fault = which, number, fault
        self.seen = 0

    def __call__(self, held: socket.socket, asked: Asked) -> bool:
        matches = re.search(self._which, f"{asked.method} {asked.target}") is not None
        self.seen += matches
        spoilt = matches and self.seen == self._number
        if spoilt and self._fault.isdigit():
            return refusal(int(self._fault))(held, asked)
        if spoilt and self._fault == "before":
            return False
        there = http.client.HTTPConnection(self._to)
        there.request(asked.method, asked.target, asked.body, {
            name: asked.headers[name] for name in ("content-type",) if name in asked.headers
        })  # fmt: skip
        reply = there.getresponse()
        content = reply.read()
        there.close()
        if spoilt and self._fault == "after":
            return False
        if asked.method == "HEAD":
            held.sendall(f"HTTP/1.1 {reply.status} Said\r\nContent-Length: 0\r\n\r\n".encode())
            return True
        return fine(content, reply.status)(held, asked)


FAULTS = [
    ("_bulk", 1, "after"),
    ("_bulk", 1, "429"),
    ("_refresh", 1, "503"),
    ("PUT .*/state", 1, "after"),
    ("PUT .*/state", 2, "before"),
    ("PUT .*/state", 3, "after"),
    ("PUT .*/state", 3, "503"),
    ("PUT .*-passages-", 1, "after"),
]


@pytest.mark.parametrize(("which", "number", "fault"), FAULTS)
def test_an_index_is_made_whole_where_a_reply_is_lost_or_there_was_no_room(
    which: str,
    number: int,
    fault: str,
    cluster: Cluster,
    index_name: str,
    program: Program,
    docs: Path,
) -> None:
    between = Between(cluster, which, number, fault)
    with answering(between) as server:
        made = index(program, docs, f"http://127.0.0.1:{server.port}/{index_name}")
    assert between.seen >= number
    assert made == (0, "")
    url = f"{cluster.url}/{index_name}"
    (hit,) = Assistant.open(url, reader="lexical").search("Halcyon")
    assert hit.passage.text == "The ship Halcyon left Kesk in 1998."


@pytest.mark.parametrize(("which", "fault"), [("_bulk", "413"), ("_refresh", "400")])
def test_a_commit_that_is_refused_is_an_error_in_a_line_and_the_next_run_makes_up_for_it(
    which: str, fault: str, cluster: Cluster, index_name: str, program: Program, docs: Path
) -> None:
    with answering(Between(cluster, which, 1, fault)) as server:
        url = f"http://127.0.0.1:{server.port}/{index_name}"
        code, said = index(program, docs, url)
        assert code == 2 and is_one_line(said, fault)
        code, said = query(program, url)
        # Nothing was committed, which is no reason to say that the documents don't say it.
        assert code == 2 and f"is not complete: {url}" in said
        assert index(program, docs, url) == (0, "")
        assert query(program, url) == (0, "")
