"""Documents over HTTP: listed, read by offsets, had as files; and nothing else of the disk."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import QUOTE, TEXTS, Running, raw, running

from askdoc import Assistant
from askdoc.index import update

_DISPOSITION = "Content-Disposition"
PAGE = b"<html><script>alert(1)</script><body><p>The ferry Halcyon carried forty cars.</p></body>"


def test_documents_come_in_pages_and_by_name() -> None:
    texts = {f"note {number:03}.txt": f"Ship {number} sailed." for number in range(230)}
    with running(Assistant.from_texts(texts, reader="lexical")) as server:
        found, offset = [], 0
        while offset is not None:
            page = server.client.get("/api/documents", params={"offset": offset}).json()
            assert page["total"] == 230 and len(page["documents"]) <= 100
            found += page["documents"]
            offset = page["next"]
        assert [one["source"] for one in found] == list(texts)
        assert len({one["id"] for one in found}) == 230
        asked = {"q": "NOTE 01", "limit": 4}
        page = server.client.get("/api/documents", params=asked).json()
        assert page["total"] == 10 and page["next"] == 4
        far = server.client.get("/api/documents", params={"offset": 10**9}).json()
        assert far["documents"] == [] and far["next"] is None
        for query in ("offset=-1", "limit=101", "limit=x", "offset=1&offset=2", "other=1"):
            assert server.client.get(f"/api/documents?{query}").status_code == 422


@settings(max_examples=25, deadline=None)
@given(start=st.integers(0, 200), end=st.none() | st.integers(0, 200))
def test_a_stretch_of_text_is_that_of_the_document(
    server: Running, start: int, end: int | None
) -> None:
    text = TEXTS["log.md"]
    asked = {"start": start} | ({} if end is None else {"end": end})
    id = server.ids()["log.md"]
    reply = server.client.get(f"/api/documents/{id}/text", params=asked).json()
    assert reply["text"] == text[start:end] == text[reply["start"] : reply["end"]]
    assert reply["characters"] == len(text)


def test_a_long_text_comes_in_stretches() -> None:
    text = "\U0001f6a2 sailed. " * 30_000
    with running(Assistant.from_texts({"long.txt": text}, reader="lexical")) as server:
        (id,) = server.ids().values()
        found, at = "", 0
        while at < len(text):
            reply = server.client.get(f"/api/documents/{id}/text", params={"start": at}).json()
            assert len(reply["text"]) <= 100_000
            found += reply["text"]
            at = reply["end"]
        assert found == text


def test_a_document_tells_its_headings(server: Running) -> None:
    shown = server.client.get(f"/api/documents/{server.ids()['log.md']}").json()
    (heading,) = shown["headings"]
    assert heading["title"] == "Log" and heading["level"] == 1
    assert TEXTS["log.md"][heading["start"] : heading["end"]].endswith("Log")
    assert shown["kind"] == "md" and shown["sentences"] == 3


HOSTILE = [
    "..", ".", "%2e%2e", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%5c..%5cwindows", "%00", "a%00b",
    "0" * 31, "0" * 33, "0" * 32 + "%0a", "g" * 32, "0" * 32, "log.md", "%ff%fe", "/etc/passwd",
    "//etc/passwd", "....//....//etc/passwd", "~", "%252e%252e%252f", "A" * 5000, "%e2%80%ae",
]  # fmt: skip


@pytest.mark.parametrize("id", HOSTILE, ids=lambda id: id[:30])
def test_what_is_no_id_leads_nowhere(server: Running, id: str) -> None:
    document = f"/api/documents/{id}"
    for path in (document, f"{document}/text", f"{document}/original", f"/api/conversations/{id}"):
        said = raw(
            server.settings.port,
            f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            f"Authorization: Bearer {server.settings.token}\r\n\r\n".encode(),
        )
        assert said.startswith(b"HTTP/1.1 404 "), (path, said)
        assert b"root:" not in said


def test_a_documents_html_is_never_served_as_html(tmp_path: Path) -> None:
    page = tmp_path / "evil\u202e\x9b.html"
    page.write_bytes(PAGE)
    with running(Assistant.from_paths([page], reader="lexical")) as server:
        (id,) = server.ids().values()
        response = server.client.get(f"/api/documents/{id}/original")
        assert response.content == PAGE
        assert response.headers["Content-Type"] == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
        assert response.headers["Content-Disposition"].isascii()
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response.headers["Content-Security-Policy"]
        for path in ("", "/text"):
            shown = server.client.get(f"/api/documents/{id}{path}")
            assert shown.headers["Content-Type"] == "application/json"


def test_a_file_is_not_saved_by_a_name_that_looks_like_another(tmp_path: Path) -> None:
    # A browser may show "invoice<U+202E>fdp.exe" as "invoiceexe.pdf".
    (tmp_path / "invoice\u202efdp.html").write_bytes(PAGE)
    (tmp_path / "\u0645\u06cc\u200c\u062e.txt").write_text(QUOTE)
    with running(Assistant.from_paths([tmp_path], reader="lexical")) as server:
        told = [
            unquote(server.client.get(f"/api/documents/{id}/original").headers[_DISPOSITION])
            for id in server.ids().values()
        ]
    assert sorted(one.partition("''")[2] for one in told) == [
        "invoice_u202efdp.html", "\u0645\u06cc\u200c\u062e.txt",
    ]  # fmt: skip


def test_an_original_is_the_file_that_was_read_or_none(tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    log.write_text(QUOTE)
    with running(Assistant.from_paths([log], reader="lexical")) as server:
        (id,) = server.ids().values()
        assert server.client.get(f"/api/documents/{id}/original").text == QUOTE
        log.write_text(f"{QUOTE} And more.")
        assert server.client.get(f"/api/documents/{id}/original").status_code == 409
        log.unlink()
        os.mkfifo(log)
        assert server.client.get(f"/api/documents/{id}/original").status_code == 409
    with running(Assistant.from_texts(TEXTS, reader="lexical")) as server:
        id = server.ids()["log.md"]
        assert server.client.get(f"/api/documents/{id}/original").status_code == 404


def test_an_index_cannot_have_another_file_given_out(tmp_path: Path) -> None:
    # Whoever made an index may have written any path into it, or left a link where a file was.
    log, secret = tmp_path / "log.txt", tmp_path / "secret.txt"
    log.write_text(QUOTE)
    secret.write_text("The password is swordfish, and nobody else's business.")
    update(tmp_path / "index", log, processes=0)
    with running(Assistant.open(tmp_path / "index", reader="lexical")) as server:
        (id,) = server.ids().values()
        assert server.client.get(f"/api/documents/{id}/original").text == QUOTE
        log.unlink()
        log.symlink_to(secret)
        response = server.client.get(f"/api/documents/{id}/original")
        assert response.status_code == 409 and "swordfish" not in response.text


def test_a_link_to_a_file_of_the_same_size_and_time_is_not_given_out(tmp_path: Path) -> None:
    # Who may write among the documents could give one the size and time of a file that only the
    # server may read, and put a link to that in its place when the server has started.
    log, secret = tmp_path / "log.txt", tmp_path / "secret.txt"
    secret.write_text("The password is swordfish.")
    log.write_text("The ferry carried 40 cars.")
    status = secret.stat()
    assert log.stat().st_size == status.st_size
    os.utime(log, ns=(status.st_atime_ns, status.st_mtime_ns))
    with running(Assistant.from_paths([log], reader="lexical")) as server:
        (id,) = server.ids().values()
        assert server.client.get(f"/api/documents/{id}/original").content == log.read_bytes()
        log.unlink()
        log.symlink_to(secret)
        response = server.client.get(f"/api/documents/{id}/original")
        assert response.status_code == 409 and "swordfish" not in response.text


def test_documents_of_one_name_have_an_id_each() -> None:
    from askdoc import load_text

    documents = [load_text("The first sank.", "log"), load_text("The second sank.", "log")]
    with running(Assistant(documents, reader="lexical")) as server:
        listed = server.client.get("/api/documents").json()["documents"]
        texts = [
            server.client.get(f"/api/documents/{one['id']}/text").json()["text"] for one in listed
        ]
        assert texts == ["The first sank.", "The second sank."]


def test_status_tells_what_could_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "log.txt").write_text(QUOTE)
    (tmp_path / "empty.txt").write_text("")
    named = [tmp_path / "log.txt", tmp_path / "empty.txt"]
    update(tmp_path / "index", named, processes=0)
    for assistant in (
        Assistant.from_paths(named, reader="lexical"),
        Assistant.open(tmp_path / "index", reader="lexical"),
    ):
        with running(assistant) as server:
            status = server.client.get("/api/status").json()
            assert status["documents"] == 1 and status["problems_total"] == 1
            assert status["problems"][0]["type"] == "/problems/empty-source"
            assert status["problems"][0]["where"].endswith("empty.txt")
