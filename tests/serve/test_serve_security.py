"""Who is let in: by name, by origin, by token; and what every reply says to a browser."""

from __future__ import annotations

import http.client
import json

import pytest
from running import ASK, TEXTS, Running, raw, running
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from askdoc import Assistant
from askdoc.serve import Extension
from askdoc.serve.routes import OPERATIONS
from askdoc.serve.security import OPEN

BODY = json.dumps({"question": ASK}).encode()


def path_of(path: str) -> str:
    return path.replace("{id}", "0" * 32).replace("{name}", "a.txt").replace("{kind}", "internal")


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one.method} {one.path}")
def test_nobody_is_let_in_without_the_token(server: Running, operation: object) -> None:
    method, path = operation.method, path_of(operation.path)  # type: ignore[attr-defined]
    wrong = [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": server.settings.token},
        {"Authorization": f"Basic {server.settings.token}"},
        {"Authorization": f"Bearer {server.settings.token[:-1]}"},
        {"Cookie": f"askdoc-{server.settings.port}={server.settings.token}"},
        {"Cookie": f"other={server.settings.token}"},
    ]
    for headers in wrong:
        response = server.stranger.request(
            method, path, headers={"Content-Type": "application/json", **headers}, content=b"{}"
        )
        if path in OPEN:
            assert response.status_code == 200
        else:
            assert response.status_code == 401
            assert response.headers["WWW-Authenticate"] == "Bearer"
            assert server.settings.token not in response.text
    # Nor by the token in the address of anything but the page.
    if path not in OPEN:
        response = server.stranger.request(
            method, f"{path}?token={server.settings.token}",
            headers={"Content-Type": "application/json"},
        )  # fmt: skip
        assert response.status_code == 401


@pytest.mark.parametrize("header", ["Authorization", "X-Api-Key"])
def test_the_token_lets_in(server: Running, header: str) -> None:
    token = server.settings.token
    value = f"bearer {token}" if header == "Authorization" else token
    assert server.stranger.get("/api/status", headers={header: value}).status_code == 200


def test_the_token_in_the_address_gives_a_cookie_and_is_gone_from_it(server: Running) -> None:
    response = server.stranger.get("/", params={"token": server.settings.token, "q": "a b&c"})
    assert response.status_code == 303
    assert response.headers["Location"] == "/?q=a+b%26c"
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Path=/" in cookie
    # It goes to all ports of this machine, and must not tell the token to what listens there.
    assert server.settings.token not in cookie
    with_cookie = {"Cookie": cookie.partition(";")[0]}
    server.stranger.cookies.clear()
    assert server.stranger.get("/api/status", headers=with_cookie).status_code == 200
    assert server.stranger.get("/api/status").status_code == 401
    assert server.stranger.get("/", params={"token": "wrong"}).status_code == 401


def test_the_address_that_a_browser_is_started_with_works_once() -> None:
    with running(Assistant.from_texts(TEXTS, reader="lexical")) as server:
        entry = {"token": server.settings.entry}
        assert server.stranger.get("/", params=entry).status_code == 303
        server.stranger.cookies.clear()
        assert server.stranger.get("/", params=entry).status_code == 401


def test_no_redirect_leads_elsewhere(server: Running) -> None:
    for path in (b"//evil.example/", b"/\\evil.example", b"//evil.example/%2f.."):
        target = path + b"?token=" + server.settings.token.encode()
        said = raw(
            server.settings.port,
            b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        )
        assert b"location" not in said.lower().partition(b"\r\n\r\n")[0], said


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "0.0.0.0", "10.0.0.1",
     "[::2]", "localhost:99999999", "127.0.0.1@evil.example", "", "localhost,evil.example",
     "[::1", "1"],
)  # fmt: skip
def test_a_foreign_host_is_misdirected(server: Running, host: str) -> None:
    headers = {"Host": host, "Authorization": f"Bearer {server.settings.token}"}
    for path in ("/api/status", "/healthz"):
        said = raw(
            server.settings.port,
            f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
            f"Authorization: {headers['Authorization']}\r\n\r\n".encode(),
        )
        assert said.startswith((b"HTTP/1.1 421 ", b"HTTP/1.1 400 ")), said
    assert b"documents" not in said


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1", "127.8.8.8:80", "[::1]"])
def test_the_names_of_this_machine_are_known(server: Running, host: str) -> None:
    assert server.client.get("/healthz", headers={"Host": host}).status_code == 200


def test_a_name_that_was_allowed_is_known_and_no_other() -> None:
    hosts = frozenset(["docs.example"])
    with running(Assistant.from_texts(TEXTS, reader="lexical"), hosts=hosts) as server:
        for host, status in (("Docs.Example:8443", 200), ("other.example", 421)):
            assert server.client.get("/healthz", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "file://"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
    ],
)
def test_pages_of_others_may_not_ask(server: Running, headers: dict[str, str]) -> None:
    for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS"):
        response = server.client.request(method, "/api/ask", headers=headers, json={})
        assert response.status_code == 403
        assert response.json()["type"] == "/problems/foreign-origin"
        assert not [name for name in response.headers if name.startswith("access-control")]


def test_the_servers_own_page_may_ask(server: Running) -> None:
    headers = {"Origin": server.address, "Sec-Fetch-Site": "same-origin"}
    response = server.client.post("/api/ask", json={"question": ASK}, headers=headers)
    assert response.status_code == 200
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert server.client.get("/api/status", headers=followed).status_code == 200


@pytest.mark.parametrize(
    "kind",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
     "application/json; charset=utf-16", "application/jsonp", "text/json", "application/json,a/b"],
)  # fmt: skip
def test_a_body_that_is_not_sent_as_json_is_refused(server: Running, kind: str) -> None:
    response = server.client.post("/api/ask", content=BODY, headers={"Content-Type": kind})
    assert response.status_code == 415


def test_a_form_goes_where_forms_go_and_from_the_own_page_alone() -> None:
    async def form(request: Request) -> Response:
        return PlainTextResponse((await request.body()).decode())

    extension = Extension(routes=[Route("/", form, methods=["POST"])], forms=frozenset(["/"]))
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    with running(Assistant.from_texts(TEXTS, reader="lexical"), [extension]) as server:
        own = {**kind, "Origin": server.address}
        assert server.client.post("/", content=b"q=a", headers=own).text == "q=a"
        assert server.client.post("/", content=b"q=a", headers=kind).status_code == 403
        evil = {**kind, "Origin": "http://evil.example"}
        assert server.client.post("/", content=b"q=a", headers=evil).status_code == 403
        assert server.client.post("/api/ask", content=b"q=a", headers=own).status_code == 415
        assert server.stranger.post("/", content=b"q=a", headers=own).status_code == 401


@pytest.mark.parametrize(
    "name", ["Host", "Origin", "Authorization", "Content-Type", "Content-Length", "Accept"]
)
def test_a_header_that_stands_twice_is_no_request(server: Running, name: str) -> None:
    values = {
        "Host": f"127.0.0.1:{server.settings.port}",
        "Origin": server.address,
        "Authorization": f"Bearer {server.settings.token}",
        "Content-Type": "application/json",
        "Content-Length": str(len(BODY)),
        "Accept": "application/json",
    }
    other = "5" if name == "Content-Length" else "evil.example"
    lines = [f"{key}: {value}" for key, value in values.items()] + [f"{name}: {other}"]
    head = "POST /api/ask HTTP/1.1\r\nConnection: close\r\n" + "\r\n".join(lines) + "\r\n\r\n"
    assert raw(server.settings.port, head.encode() + BODY).startswith(b"HTTP/1.1 400 ")


def test_a_length_beside_chunks_smuggles_nothing(server: Running) -> None:
    inner = b"GET /api/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    said = raw(
        server.settings.port,
        b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n"
        + f"Authorization: Bearer {server.settings.token}\r\n\r\n0\r\n\r\n".encode()
        + inner,
    )
    # Whatever is made of it, what stands behind it is not let in by the token before it.
    assert b'"documents"' not in said


def test_every_reply_says_how_a_browser_is_to_take_it(server: Running) -> None:
    asked = [
        server.client.get("/api/status"),
        server.client.get("/nothing"),
        server.client.patch("/api/ask"),
        server.stranger.get("/api/status"),
        server.client.get("/healthz", headers={"Host": "evil.example"}),
        server.client.post("/api/ask", content=b"{"),
        server.ask(),
    ]
    assert [one.status_code for one in asked] == [200, 404, 405, 401, 421, 415, 200]
    for response in asked:
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy and "http" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store"
        assert "Server" not in response.headers


def test_without_a_token_pages_of_others_are_kept_out_all_the_same() -> None:
    with running(Assistant.from_texts(TEXTS, reader="lexical"), token="", entry="") as server:
        assert server.stranger.get("/api/status").status_code == 200
        assert server.stranger.get("/?token=").status_code == 404
        evil = {"Origin": "http://evil.example"}
        assert server.stranger.get("/api/status", headers=evil).status_code == 403
        host = {"Host": "evil.example"}
        assert server.stranger.get("/api/status", headers=host).status_code == 421


def test_a_websocket_is_not_taken(server: Running) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.settings.port, timeout=30)
    headers = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "x3JJHMbDL1EzLkh9GBhXDw==",
        "Sec-WebSocket-Version": "13",
    }
    connection.request("GET", "/api/status", headers=headers)
    assert connection.getresponse().status != 101
    connection.close()
