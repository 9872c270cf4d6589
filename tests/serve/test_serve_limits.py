"""How much is taken: bytes, characters, seconds, questions at a time; and JSON that is odd."""

from __future__ import annotations

import json
import threading

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import ASK, LONGEST, TEXTS, HeldReader, Running, raw, running

from askdoc import Assistant
from askdoc.serve.bodies import parsed
from askdoc.serve.problems import KINDS, Problem, meanings

JSON = {"Content-Type": "application/json"}


def post(server: Running, body: bytes, path: str = "/api/ask") -> httpx.Response:
    return server.client.post(path, content=body, headers=JSON)


ODD = [
    b"", b"\x00", b"nul", b"{", b"[]", b"null", b"0", b'"question"', b'{"question": NaN}',
    b'{"question": "cars", "threshold": Infinity}', b'{"question": "cars", "threshold": 1e999}',
    b'{"question": "cars", "limit": ' + b"9" * 5000 + b"}", b"[" * 100_000, b'{"a":' * 50_000,
    b'{"question": "cars", "question": "ships"}', b'{"question": "\\ud800"}',
    b'{"question": "cars", "\\udfff": 1}', b'{"question": "cars"} {"question": "cars"}',
    '{"question": "cars"}'.encode("utf-16"), b'\xef\xbb\xbf{"question": "cars"}',
    b'{"question": "\xff\xfe"}', b"{'question': 'cars'}", b'{"question": "cars", "more": 1}',
    b'{"question": ["cars"]}', b'{"question": 1}', b'{"question": null}', b"{}",
    b'{"question": "cars", "limit": 0}', b'{"question": "cars", "limit": 101}',
    b'{"question": "cars", "limit": 1.0}', b'{"question": "cars", "limit": true}',
    b'{"question": "cars", "limit": "3"}', b'{"question": "cars", "threshold": 1.1}',
    b'{"question": "cars", "threshold": "0.5"}', b'{"question": "cars", "sources": []}',
    b'{"question": "cars", "sources": "log.md"}', b'{"question": "cars", "sources": [1]}',
    b'{"question": "cars", "conversation": 1}', b'{"question": "cars", "exact": 1}',
]  # fmt: skip


@pytest.mark.parametrize("body", ODD, ids=lambda body: repr(body[:40]))
def test_odd_json_is_a_problem_and_no_answer(server: Running, body: bytes) -> None:
    for path in ("/api/ask", "/api/search", "/api/explain", "/api/verify", "/v1/responses"):
        response = post(server, body, path)
        assert response.status_code in (400, 422), response.text
        problem = response.json()
        assert problem["status"] == response.status_code
        assert problem["remedy"] and problem["title"]
    assert post(server, json.dumps({"question": ASK}).encode()).status_code == 200


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters()), inner),
    max_leaves=10,
)


@settings(max_examples=30, deadline=None)
@given(value=_JSON)
def test_any_json_gets_a_reply_that_is_foreseen(server: Running, value: object) -> None:
    for body in (value, {"question": value}, {"question": "cars", "sources": value}):
        response = post(server, json.dumps(body).encode())
        assert response.status_code in (200, 400, 404, 422), response.text


@settings(max_examples=100)
@given(value=_JSON)
def test_what_is_parsed_is_what_was_written(value: object) -> None:
    try:
        written = json.dumps(value, allow_nan=False)
    except ValueError:
        with pytest.raises(Problem):
            parsed(json.dumps(value).encode())
        return
    numbers = [part for part in written.replace("]", " ").split() if len(part) > 25]
    if not numbers:
        assert parsed(written.encode()) == value


def test_a_question_may_have_8000_characters_and_no_more(server: Running) -> None:
    # Code points, whatever they take as bytes.
    assert server.ask("\U0001f6a2 ferry" + "\U0001f6a2" * 7_993).status_code == 200
    response = server.ask("x" * 8_001)
    assert response.status_code == 422 and response.json()["where"] == "question"


def test_a_body_may_have_a_mebibyte_and_no_more(server: Running) -> None:
    whole = json.dumps({"question": ASK}).encode()
    assert post(server, whole + b" " * (2**20 - len(whole))).status_code == 200
    assert post(server, whole + b" " * (2**20 - len(whole) + 1)).status_code == 413
    # Nor where it is not told how much there will be.
    chunks = (b" " * 2**16 for _ in range(64))
    response = server.client.post("/api/ask", content=chunks, headers=JSON)
    assert response.status_code == 413
    assert response.json()["type"] == "/problems/body-too-large"
    # Whoever sends much more sees the reply, and is not cut off while sending.
    assert post(server, whole + b" " * 2**23).status_code == 413
    said = raw(
        server.settings.port,
        f"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {server.settings.token}\r\n"
        f"Content-Length: {'9' * 15}\r\n\r\n".encode(),
    )
    assert said.startswith(b"HTTP/1.1 413 ")


def test_a_body_that_never_comes_is_not_waited_for() -> None:
    with running(Assistant.from_texts(TEXTS, reader="lexical"), seconds=0.2) as server:
        import socket

        with socket.create_connection(("127.0.0.1", server.settings.port), LONGEST) as client:
            client.sendall(
                f"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                f"Authorization: Bearer {server.settings.token}\r\n"
                f"Content-Length: 9\r\n\r\n".encode()
            )
            assert client.recv(65536).startswith(b"HTTP/1.1 400 ")


def test_so_many_wait_and_who_comes_then_is_told_when_to_come_again() -> None:
    reader = HeldReader()
    with running(Assistant.from_texts(TEXTS, reader=reader), workers=1, waiting=3) as server:
        found: list[int] = []
        threads = [
            threading.Thread(target=lambda: found.append(server.ask().status_code))
            for _ in range(4)
        ]
        threads[0].start()
        reader.wait_until_begun()
        for thread in threads[1:]:
            thread.start()
        while server.serving.questions.waiting < 3:
            assert server.client.get("/healthz").status_code == 200
        for accept in ("application/json", "text/event-stream"):
            response = server.client.post(
                "/api/ask", json={"question": ASK}, headers={"Accept": accept}
            )
            assert response.status_code == 503
            assert int(response.headers["Retry-After"]) > 0
            assert response.json()["type"] == "/problems/too-busy"
        reader.go_on.set()
        for thread in threads:
            thread.join(LONGEST)
        assert found == [200] * 4
        assert server.ask().status_code == 200


def test_who_waits_too_long_is_told_and_takes_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = HeldReader()
    texts = Assistant.from_texts(TEXTS, reader=reader)
    with running(texts, workers=1, waiting=2, seconds=0.3) as server:
        for _ in range(4):  # More than may wait: none of them is left behind.
            response = server.ask()
            assert response.status_code == 503
            assert response.json()["type"] == "/problems/too-long"
        assert server.serving.questions.waiting == 0
        reader.go_on.set()


def test_every_problem_has_a_type_that_tells_what_it_means(server: Running) -> None:
    from askdoc import errors

    raised = {name for name in dir(errors) if isinstance(getattr(errors, name), type)}
    assert len(meanings()) == len(KINDS) + len(raised - {"annotations"})
    for kind, (status, meaning) in meanings().items():
        response = server.client.get(f"/problems/{kind}")
        assert response.text == f"{status} {kind}: {meaning}\n"
        assert meaning.endswith(".") and 400 <= status < 600
    assert server.client.get("/problems/nothing").status_code == 404


def test_a_fault_is_told_without_where_it_happened(
    server: Running, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("a secret of the server")

    monkeypatch.setattr(server.serving.library, "listing", fail)
    response = server.client.get("/api/documents")
    assert response.status_code == 500
    assert response.json()["type"] == "/problems/internal"
    assert "secret" not in response.text and "line" not in response.text
    said = capfd.readouterr().err
    assert "Traceback" not in said and "ZeroDivisionError" in said
