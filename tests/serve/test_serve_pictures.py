"""Pages of PDFs as pictures with marks over HTTP, and the files and the form of the page."""

from __future__ import annotations

import socket
import struct
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import LONGEST, Running, running

from askdoc import Assistant
from askdoc.load.pdf.picture import Picture
from askdoc.serve.page import extension
from askdoc.serve.png import png_of
from lab.fuzzing.hostile.tiny_pdf import tiny_pdf

_QUOTE = "The ferry Halcyon carried forty cars."
_PAGES = ["Nothing of note.", _QUOTE]


@pytest.fixture
def ferry(tmp_path: Path) -> Iterator[Running]:
    pages = [b"BT /F 12 Tf 72 500 Td (%s) Tj ET" % text.encode() for text in _PAGES]
    (tmp_path / "ferry.pdf").write_bytes(tiny_pdf(pages))
    (tmp_path / "other.txt").write_text("It is no PDF.")
    assistant = Assistant.from_paths([tmp_path], reader="lexical")
    with running(assistant, [extension()]) as server:
        yield server


def _id(server: Running, suffix: str) -> str:
    (found,) = [id for source, id in server.ids().items() if source.endswith(suffix)]
    return found


def _pixels(png: bytes) -> tuple[int, int, bytes]:
    """What a PNG of unfiltered rows holds, each part of it held against its check sum."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, data, shape = 8, b"", (0, 0)
    while at < len(png):
        size, name = struct.unpack_from(">I4s", png, at)
        body = png[at + 8 : at + 8 + size]
        assert struct.unpack_from(">I", png, at + 8 + size) == (zlib.crc32(name + body),)
        if name == b"IHDR":
            shape = struct.unpack_from(">II", body)
        elif name == b"IDAT":
            data += body
        at += 12 + size
    wide, high = shape
    rows = zlib.decompress(data)
    stride = 3 * wide + 1
    assert len(rows) == stride * high
    assert not any(rows[::stride])
    return wide, high, b"".join(rows[y * stride + 1 : (y + 1) * stride] for y in range(high))


def test_a_png_holds_the_pixels_that_it_was_made_of() -> None:
    pixels = bytes(range(2 * 5 * 3))
    assert _pixels(png_of(Picture(2, 5, pixels))) == (2, 5, pixels)


def test_a_page_is_a_png_of_the_width_that_is_asked_for(ferry: Running) -> None:
    path = f"/api/documents/{_id(ferry, '.pdf')}/pages"
    reply = ferry.client.get(f"{path}/2.png", params={"width": 300})
    assert reply.headers["content-type"] == "image/png"
    wide, high, pixels = _pixels(reply.content)
    assert (wide, high) == (300, 424)
    assert min(pixels) < 100 < max(pixels) == 255
    for page in ("0", "3", "x", "-1", "99999999", "²"):
        assert ferry.client.get(f"{path}/{page}.png").status_code == 404
    for width in ("99", "2401", "x"):
        assert ferry.client.get(f"{path}/1.png", params={"width": width}).status_code == 422
    other = f"/api/documents/{_id(ferry, '.txt')}/pages/1.png"
    assert ferry.client.get(other).status_code == 404


def test_marks_are_where_the_words_stand_and_on_no_other_page(ferry: Running) -> None:
    (cited,) = ferry.answer("How many cars did the ferry Halcyon carry?").citations
    assert cited.page == 2
    path = f"/api/documents/{_id(ferry, '.pdf')}/pages"
    span = {"start": cited.start, "end": cited.end}
    found = ferry.client.get(f"{path}/2/marks", params=span).json()
    assert found["page"] == 2
    (mark,) = found["marks"]
    assert mark["left"] == pytest.approx(72 / 595, abs=0.01)
    assert mark["top"] < 342 / 842 < mark["bottom"]
    assert ferry.client.get(f"{path}/1/marks", params=span).json()["marks"] == []
    assert ferry.client.get(f"{path}/2/marks").status_code == 422
    far = {"start": 10**9, "end": 10**9 + 5}
    assert ferry.client.get(f"{path}/2/marks", params=far).json()["marks"] == []


def test_a_file_that_is_another_one_now_is_not_drawn(ferry: Running, tmp_path: Path) -> None:
    path = f"/api/documents/{_id(ferry, '.pdf')}/pages/2"
    (tmp_path / "ferry.pdf").write_bytes(tiny_pdf([b"", b""]))
    assert ferry.client.get(f"{path}.png").status_code == 409
    assert ferry.client.get(f"{path}/marks?start=20&end=30").status_code == 409


def test_pages_that_take_long_keep_nobody_from_anything_else(
    ferry: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two pages of a PDF that was made to be slow kept even the list of documents waiting.
    begun, go_on = threading.Semaphore(0), threading.Event()
    drawn: list[int] = []

    def slowly(source: object, page: int, width: int) -> Picture:
        drawn.append(width)
        begun.release()
        assert go_on.wait(LONGEST)
        return Picture(1, 1, b"abc")

    monkeypatch.setattr(ferry.serving.pages, "picture", slowly)
    path = f"/api/documents/{_id(ferry, '.pdf')}/pages/1.png"
    threads = [threading.Thread(target=ferry.client.get, args=(f"{path}?width=10{at}",))
               for at in range(3)]  # fmt: skip
    threads[0].start()
    assert begun.acquire(timeout=LONGEST)
    where = ("127.0.0.1", ferry.settings.port)
    with socket.create_connection(where, LONGEST) as client:
        client.sendall(
            f"GET {path}?width=999 HTTP/1.1\r\nHost: localhost\r\n"
            f"Authorization: Bearer {ferry.settings.token}\r\n\r\n".encode()
        )
        for thread in threads[1:]:
            thread.start()
        while ferry.serving.drawings.waiting < 3:
            assert ferry.client.get("/healthz").status_code == 200
    for other in ("/api/status", "/api/documents", "/readyz"):
        assert ferry.client.get(other).status_code == 200
    # Who turned to the next page waits for this one no more, and it is not drawn for nobody.
    while ferry.serving.drawings.waiting > 2:
        assert ferry.client.get("/healthz").status_code == 200
    go_on.set()
    for thread in threads:
        thread.join(LONGEST)
    assert sorted(drawn) == [100, 101, 102]


def test_only_the_pages_own_files_are_given_out(ferry: Running) -> None:
    assert ferry.client.get("/").headers["content-type"].startswith("text/html")
    kinds = {"app.js": "text/javascript", "style.css": "text/css", "icon.svg": "image/svg+xml"}
    for name, kind in kinds.items():
        assert ferry.client.get(f"/static/{name}").headers["content-type"].startswith(kind)
    for name in ("..%2fpage.py", "%2e%2e/page.py", "index.html", "none.js", "%00.js", "../page.py"):
        assert ferry.client.get(f"/static/{name}").status_code in (401, 404)


def test_a_form_is_taken_from_the_servers_own_page_alone(ferry: Running) -> None:
    form = {"question": "How many cars did the ferry Halcyon carry?"}

    def sent(**headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return ferry.client.post("/ask", data=form, headers=named).status_code

    assert sent(Origin=ferry.address) == 200
    # With "no-referrer" this is what a browser says of the page's own form.
    assert sent(Origin="null", Sec_Fetch_Site="same-origin") == 200
    assert sent(Origin="null", Sec_Fetch_Site="cross-site") == 403
    assert sent(Origin="null") == 403
    assert sent(Origin="http://elsewhere.example", Sec_Fetch_Site="same-origin") == 403
    assert sent() == 403
    asked = {"question": form["question"]}
    null = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    assert ferry.client.post("/api/ask", json=asked, headers=null).status_code == 403


def test_what_is_wrong_with_a_form_is_told_on_the_page(ferry: Running) -> None:
    own = {"Origin": ferry.address, "Content-Type": "application/x-www-form-urlencoded"}
    for body in (
        "question=",
        f"question={'x' * 9000}",
        "question=%ff",
        "a=1&" * 50,
        "question=%00",
    ):
        reply = ferry.client.post("/ask", content=body, headers=own)
        assert reply.status_code in (200, 400, 422)
        assert reply.headers["content-type"].startswith("text/html")
        assert ('role="alert"' in reply.text) == (reply.status_code != 200)
