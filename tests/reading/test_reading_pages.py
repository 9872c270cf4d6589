"""Pages of PDFs are drawn in a child, which may crash, lie or be gone."""

from __future__ import annotations

import struct
import threading
from pathlib import Path

import pages_child
import pytest

from askdoc.load.pdf.pdf import load_pdf
from askdoc.reading import pages
from askdoc.reading.pages import Pages, Source
from askdoc.store.files import digest
from lab.fuzzing.hostile.tiny_pdf import tiny_pdf

_TEXT = "The bridge was opened by the mayor."
_PDF = tiny_pdf([b"BT /F 12 Tf 72 700 Td (%s) Tj ET" % _TEXT.encode()])


def test_a_file_and_bytes_at_hand_are_drawn_and_marked_alike(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(_PDF)
    text = load_pdf(_PDF, "a.pdf").text
    with Pages() as drawer:
        sources = Source(str(path), digest=digest(_PDF).hex()), Source(data=_PDF)
        first, second = (drawer.picture(source, 1, 300) for source in sources)
        assert first is not None
        assert first == second
        assert first.width == 300
        one, other = (drawer.marks(source, 1, text, 4, 10) for source in sources)
        assert len(one) == 1
        assert one == other


def test_a_file_that_is_another_by_now_is_not_drawn(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(_PDF)
    known = Source(str(path), digest=digest(_PDF).hex())
    path.write_bytes(_PDF.replace(b"mayor", b"queen"))
    with Pages() as drawer:
        assert drawer.picture(known, 1, 300) is None
        assert drawer.marks(known, 1, _TEXT, 0, 10) == []


def test_what_cannot_be_drawn_costs_nobody_else_a_thing(tmp_path: Path) -> None:
    with Pages() as drawer:
        assert drawer.picture(Source(data=b"%PDF-1.4 no more"), 1, 300) is None
        assert drawer.picture(Source(str(tmp_path / "none.pdf")), 1, 300) is None
        assert drawer.picture(Source(data=_PDF), 99, 300) is None
        assert drawer.picture(Source(data=_PDF), 1, 300) is not None


def test_several_threads_may_ask_at_once() -> None:
    found: list[object] = []
    with Pages() as drawer:
        threads = [
            threading.Thread(target=lambda: found.append(drawer.picture(Source(data=_PDF), 1, 200)))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(found) == 4
    assert found[0] is not None
    assert all(one == found[0] for one in found)


def test_after_the_end_nothing_is_drawn() -> None:
    drawer = Pages()
    drawer.close()
    assert drawer.picture(Source(data=_PDF), 1, 200) is None


@pytest.mark.parametrize("reply", pages_child.REPLIES)
def test_a_child_that_was_taken_over_is_not_believed(
    reply: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "CHILD", "pages_child")
    with Pages() as drawer:
        assert drawer.picture(Source(data=reply), 1, 200) is None
        assert drawer.marks(Source(data=reply), 1, _TEXT, 0, 3) == []


def test_a_child_that_tells_the_truth_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "CHILD", "pages_child")
    with Pages() as drawer:
        picture = drawer.picture(Source(data=struct.pack("<II", 1, 1) + b"rgb"), 1, 200)
        assert picture == (1, 1, b"rgb")
        marks = drawer.marks(Source(data=struct.pack("<4d", 0.1, 0.2, 0.3, 0.4)), 1, _TEXT, 0, 3)
        assert marks == [(0.1, 0.2, 0.3, 0.4)]
