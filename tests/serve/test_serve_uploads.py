"""Files that are handed in: read by a child, held in memory, asked with the others."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import pytest
from running import LONGEST, QUOTE, TEXTS, Running, raw, running

from askdoc import Assistant
from askdoc.serve.serving import MOST_TAKEN_IN

MINUTES = b"The committee met on Friday. It approved the dredging of the harbour."
ASK = "What did the committee approve?"


@pytest.fixture
def taking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with running(Assistant.from_texts(TEXTS, reader="lexical"), uploads=True, held=4096) as server:
        yield server
    assert not list(tmp_path.iterdir())


def put(server: Running, name: str, content: bytes) -> tuple[int, dict[str, object]]:
    path = f"/api/uploads/{quote(name, safe='')}"
    response = server.client.put(path, content=content)
    return response.status_code, response.json()


def test_a_file_is_handed_in_asked_replaced_and_withdrawn(taking: Running, tmp_path: Path) -> None:
    status, summary = put(taking, "minutes.txt", MINUTES)
    assert status == 201
    assert summary["source"] == "uploaded/minutes.txt" and summary["uploaded"] is True
    assert not list(tmp_path.iterdir())  # Nothing of it is left on the disk.
    answer = taking.answer(ASK)
    assert "dredging" in answer.text
    (citation,) = answer.citations
    id = taking.ids()["uploaded/minutes.txt"]
    asked = {"start": citation.start, "end": citation.end}
    text = taking.client.get(f"/api/documents/{id}/text", params=asked).json()["text"]
    assert text == citation.quote
    assert taking.client.get(f"/api/documents/{id}/original").content == MINUTES
    assert put(taking, "minutes.txt", b"It approved the new pier.")[0] == 200
    assert len(taking.ids()) == 3
    assert "pier" in taking.answer("What was approved?").text
    assert taking.answer().text == QUOTE  # What was there before is asked as well.
    path = "/api/uploads/minutes.txt"
    assert taking.client.delete(path).status_code == 204
    assert taking.client.delete(path).status_code == 404
    assert "uploaded/minutes.txt" not in taking.ids()
    assert not taking.answer("What was approved?").answered


def test_what_cannot_be_read_is_refused_by_name_and_leaves_nothing(taking: Running) -> None:
    for name, content, status, kind in (
        ("empty.txt", b"", 422, "empty-source"),
        ("noise.xyz", b"\x7fELF" + bytes(range(256)), 415, "unsupported-format"),
        ("broken.pdf", b"%PDF-1.7\n" + b"\x00" * 99, 415, "unsupported-format"),
        ("broken.docx", b"PK\x03\x04" + b"x" * 99, 415, "unsupported-format"),
    ):
        said = put(taking, name, content)
        assert said[0] == status, said
        assert said[1]["type"] == f"/problems/{kind}"
        assert said[1]["where"] == f"uploaded/{name}"
        assert said[1]["remedy"]
    assert len(taking.ids()) == len(TEXTS)


@pytest.mark.parametrize(
    "name",
    ["..", ".", ".hidden", "a/b.txt", "..\\a.txt", "a\x00.txt", "\x1b[2J.txt", "x" * 201, "a\n.txt",
     "\x85.txt"],
)  # fmt: skip
def test_a_name_that_is_a_path_is_none(taking: Running, name: str) -> None:
    path = f"/api/uploads/{quote(name, safe='')}"
    response = taking.client.put(path, content=MINUTES)
    assert response.status_code in (404, 422)
    assert len(taking.ids()) == len(TEXTS)


def test_names_in_all_scripts_are_kept(taking: Running) -> None:
    for name in ("北京 notes.txt", "a b&c?d#e%20.txt", "\u202etxt.exe.txt"):
        assert put(taking, name, MINUTES)[1]["source"] == f"uploaded/{name}"


def test_there_is_an_end_to_what_is_held(taking: Running) -> None:
    assert put(taking, "one.txt", b"The pier is long. " * 120)[0] == 201
    status, problem = put(taking, "two.txt", b"The pier is old. " * 120)
    assert status == 507 and problem["type"] == "/problems/too-much-held"
    # One in the place of another needs no room of its own.
    assert put(taking, "one.txt", b"The pier is new. " * 120)[0] == 200
    said = raw(
        taking.settings.port,
        f"PUT /api/uploads/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: {2**26 + 1}\r\n"
        f"Authorization: Bearer {taking.settings.token}\r\n\r\n".encode(),
    )
    assert said.startswith(b"HTTP/1.1 413 ")


def test_files_that_come_slowly_take_no_more_memory_than_a_few(taking: Running) -> None:
    # What comes is held until it is whole: hundreds that come at the same time filled the memory.
    begun = (
        f"PUT /api/uploads/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
        f"Authorization: Bearer {taking.settings.token}\r\n\r\nThe pier".encode()
    )
    where = ("127.0.0.1", taking.settings.port)
    with ExitStack() as open_ones:
        for _ in range(MOST_TAKEN_IN):
            client = open_ones.enter_context(socket.create_connection(where, LONGEST))
            client.sendall(begun)
        while taking.serving.taken_in < MOST_TAKEN_IN:
            assert taking.client.get("/healthz").status_code == 200
        status, problem = put(taking, "minutes.txt", MINUTES)
        assert status == 503 and problem["type"] == "/problems/too-busy"
    # Who leaves in the middle takes no place any more.
    while taking.serving.taken_in:
        assert taking.client.get("/healthz").status_code == 200
    assert put(taking, "minutes.txt", MINUTES)[0] == 201


def test_an_upload_does_not_take_the_place_of_what_is_asked() -> None:
    texts = {"uploaded/minutes.txt": "The minutes that were there before."}
    with running(Assistant.from_texts(texts, reader="lexical"), uploads=True) as server:
        status, problem = put(server, "minutes.txt", MINUTES)
        assert status == 409 and problem["type"] == "/problems/name-taken"


def test_without_uploads_nothing_is_taken(server: Running) -> None:
    for response in (
        server.client.put("/api/uploads/a.txt", content=MINUTES),
        server.client.delete("/api/uploads/a.txt"),
    ):
        assert response.status_code == 403
        assert response.json()["type"] == "/problems/uploads-are-off"
